"""Voices that came by word of mouth or on paper, and the slip for whoever gave them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.directory.finding.pages import quarters_of
from quartierwerk.languages.choosing import frame_language
from quartierwerk.rights import needs
from quartierwerk.uploads.receiving import drawn
from quartierwerk.web import addresses, codes

from ..following import visit
from ..models import Voice
from ..telling import where_to_follow
from . import receiving
from .public import given_of
from .staff_forms import OnBehalfForm


@needs("voices.write")
def add_voice(request):
    """Told to us, or from paper. Afterwards the slip with the code is printed."""
    sent = request.method == "POST"
    form = OnBehalfForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        request=request,
        **_own_quarters(request),
    )
    if sent and (sizes := drawn(request, form, "photo")) is not None:
        values = form.cleaned_data
        given = given_of(
            values,
            kind=values["kind"],
            origin=values["origin"],
            received_on=values["received_on"],
            photo=sizes.get("page"),
        )
        voice = receiving.type_in(request.tenant, given, by=request.person)
        visit.keep(request, voice, visit.SLIP)
        messages.success(request, _("Kept. Print the slip for whoever said it."))
        return redirect(addresses.staff("participation_staff:slip", request, pk=voice.pk))
    values = {"form": form, "crumbs": [_voices(request), (_("Enter a voice"), "")]}
    return render(request, "participation/staff/add_voice.html", values, status=422 if sent else 200)


def _voices(request) -> tuple[str, str]:
    return (_("Voices"), addresses.staff("participation_staff:voices", request))


def _own_quarters(request) -> dict:
    """Those in which this person may write; whose right is bound to a quarter writes nothing for the whole town."""
    bound = rights.asking.bound_spaces(request.person, "voices.write")
    quarters = [one for one in quarters_of(request) if not bound or one.pk in bound]
    return {"quarters": quarters, "is_bound_to_quarters": bool(bound)}


@needs("voices.write")
@require_POST
def new_code(request, pk):
    """The slip was lost. Whoever asks has told what only she can know."""
    voice = rights.find_or_404(request.person, "voices.write", Voice, pk)
    if request.POST.get("checked") != "yes":
        messages.warning(
            request, _("No new code yet: first check that it is her voice, and tick that you did.")
        )
        return redirect(addresses.staff("participation_staff:voice", request, pk=pk))
    receiving.new_code(voice, by=request.person)
    visit.keep(request, voice, visit.SLIP)
    return redirect(addresses.staff("participation_staff:slip", request, pk=pk))


@needs("voices.write")
def slip(request, pk):
    """To be printed right after entering or issuing anew; later only a new code helps."""
    voice = rights.find_or_404(request.person, "voices.write", Voice, pk)
    if visit.of(request, visit.SLIP) != voice.pk:
        return redirect(addresses.staff("participation_staff:voice", request, pk=pk))
    values = {
        "voice": voice,
        "code": codes.grouped(receiving.code_of(voice.original)),
        "where": where_to_follow(request.tenant, frame_language(voice.language)),
        "crumbs": [
            _voices(request),
            (str(voice), addresses.staff("participation_staff:voice", request, pk=pk)),
        ],
    }
    response = render(request, "participation/staff/slip.html", values)
    response.headers["Cache-Control"] = "no-store"
    return response
