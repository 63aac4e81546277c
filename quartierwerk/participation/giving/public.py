"""Giving a voice without an account, and asking a person."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quartierwerk.directory.finding.pages import quarters_of
from quartierwerk.directory.requests import about
from quartierwerk.rights import open_to_all
from quartierwerk.tenants import scope
from quartierwerk.uploads.receiving import drawn
from quartierwerk.web import addresses, codes

from .. import terms
from ..following import visit
from ..models import VoiceKind, VoiceOriginal
from ..telling import where_to_follow
from . import receiving
from .forms import QuestionForm, VoiceForm


def given_of(values: dict, **more) -> receiving.Given:
    """From what a form has checked."""
    return receiving.Given(
        words=values["words"],
        language=values["language"],
        space=values.get("space"),
        topics=[values["topic"]] if values["topic"] else [],
        reach=values["reach"],
        **more,
    )


@open_to_all
def give(request):
    """What do you want to say? `?about=` a record of the plan: the voice keeps what it is about."""
    sent, spoken_of = request.method == "POST", about.of(request)
    form = VoiceForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        request=request,
        quarters=quarters_of(request),
        # Who speaks of a quarter means that one; the id of anything else is not among the choices.
        initial={"space": spoken_of.pk} if spoken_of else None,
    )
    if sent and (sizes := drawn(request, form, "photo")) is not None:
        kind = form.cleaned_data["kind"]
        photo = sizes.get("page")
        return _kept(request, given_of(form.cleaned_data, kind=kind, photo=photo, about=spoken_of))
    values = {
        "form": form,
        "about": spoken_of,
        "days": terms.term_of(request.tenant).days,
        "crumbs": [*([(spoken_of.title, spoken_of.url)] if spoken_of else []), (_("Your voice"), "")],
    }
    return render(request, "participation/public/give.html", values, status=422 if sent else 200)


@open_to_all
def ask(request):
    """A person, in a language, about a topic."""
    form = QuestionForm(
        request.POST if request.method == "POST" else None, request=request, quarters=quarters_of(request)
    )
    if form.is_bound and form.is_valid():
        return _kept(request, given_of(form.cleaned_data, kind=VoiceKind.QUESTION))
    values = {
        "form": form,
        "days": terms.term_of(request.tenant).question_days,
        "crumbs": [
            (_("Your voice"), addresses.public("participation:give", request)),
            (_("Ask a person"), ""),
        ],
    }
    return render(request, "participation/public/ask.html", values, status=422 if form.is_bound else 200)


def _kept(request, given: receiving.Given):
    voice = receiving.give(request, given)
    visit.keep(request, voice, visit.SLIP)
    return redirect(addresses.public("participation:slip", request))


@open_to_all
def sheet(request):
    """The same on paper, in the reader's language: to be filled in and brought to the office."""
    values = {
        "kinds": [label for value, label in VoiceKind.choices if value != VoiceKind.QUESTION],
        "quarters": quarters_of(request),
        "crumbs": [
            (_("Your voice"), addresses.public("participation:give", request)),
            (_("Sheet to fill in"), ""),
        ],
    }
    return render(request, "participation/public/sheet.html", values)


@open_to_all
def slip(request):
    """The code, to be noted or printed: for a quarter of an hour, in the browser that gave the voice."""
    pk = visit.of(request, visit.SLIP)
    if pk is None:
        return redirect(addresses.public("participation:follow", request))
    with scope.entered(scope.staff(request.tenant)):
        original = VoiceOriginal.objects.select_related("voice").filter(voice=pk).first()
        if original is None:
            # Given in another municipality: all portals share the session.
            return redirect(addresses.public("participation:follow", request))
        values = {
            "voice": original.voice,
            "code": codes.grouped(receiving.code_of(original)),
            "where": where_to_follow(request.tenant, request.lang),
            "has_mail": "@" in original.reach,
            "crumbs": [
                (_("Your voice"), addresses.public("participation:give", request)),
                (_("It has arrived"), ""),
            ],
        }
        response = render(request, "participation/public/slip.html", values)
    response.headers["Cache-Control"] = "no-store"
    return response
