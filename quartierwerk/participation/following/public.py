"""By the code to one's own voice; from there: not solved, taken back, no more mails."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk.people import throttling
from quartierwerk.rights import open_to_all
from quartierwerk.tenants import scope
from quartierwerk.web import addresses, codes

from ..models import Voice
from ..moving import NotNow
from . import actions, pages, visit
from .forms import CodeForm, NotSolvedForm


def _to_code(request):
    return redirect(addresses.public("participation:follow", request))


@open_to_all
def follow(request):
    """The code from the slip."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        throttling.count(request, "voice_code")
        throttling.count_for_place(request, "voice_code_place")
        if found := visit.by_code(request, codes.readable(form.cleaned_data["code"])):
            visit.keep(request, found)
            return redirect(addresses.public("participation:mine", request))
        form.add_error("code", _("No voice has this code. Please check it, or ask the office for a new one."))
    values = {
        "form": form,
        "crumbs": [_voices(request), (_("What became of it?"), "")],
    }
    return render(request, "participation/public/follow.html", values, status=422 if form.is_bound else 200)


def _voices(request) -> tuple[str, str]:
    return (_("Your voice"), addresses.public("participation:give", request))


def with_own_voice(view):
    """Hands over the voice whose code was typed in this browser, inside its municipality; without one asks for the code."""

    @wraps(view)
    def opened(request):
        pk = visit.of(request)
        for tenant in visit.tenants_of(request) if pk else ():
            with scope.entered(scope.staff(tenant)):
                rows = Voice.objects.select_related("space", "tenant")
                if voice := rows.filter(pk=pk).first():
                    response = view(request, voice)
                    response.headers["Cache-Control"] = "no-store"
                    return response
        return _to_code(request)

    return opened


def _page(request, voice: Voice, form: NotSolvedForm, status: int = 200):
    values = {
        "page": pages.of(voice, request),
        "voice": voice,
        "form": form,
        "crumbs": [_voices(request), (_("What became of your words"), "")],
    }
    return render(request, "participation/public/mine.html", values, status=status)


@open_to_all
@with_own_voice
def mine(request, voice: Voice):
    return _page(request, voice, NotSolvedForm())


@open_to_all
@require_POST
@with_own_voice
def not_solved(request, voice: Voice):
    form = NotSolvedForm(request.POST)
    if not form.is_valid():
        return _page(request, voice, form, 422)
    try:
        actions.reopen(voice, form.cleaned_data["words"], by=request.person)
    except NotNow:
        messages.warning(request, _("It cannot be opened again any more. Please give a new voice."))
    else:
        messages.success(request, _("Your voice is open again. It goes back to the same people."))
    return redirect(addresses.public("participation:mine", request))


@open_to_all
@require_POST
@with_own_voice
def withdraw(request, voice: Voice):
    actions.withdraw(voice, by=request.person)
    messages.success(request, _("Your words are gone. That there was a voice stays in the count."))
    return redirect(addresses.public("participation:mine", request))


@open_to_all
@require_POST
@with_own_voice
def no_notices(request, voice: Voice):
    actions.end_notices(voice, by=request.person)
    messages.success(request, _("You get no more messages. Your code goes on opening the answer."))
    return redirect(addresses.public("participation:mine", request))


@open_to_all
@require_POST
def leave(request):
    """Whoever uses this computer next sees nothing of it."""
    visit.end(request)
    messages.success(request, _("Closed. With your code you can open it again."))
    return _to_code(request)
