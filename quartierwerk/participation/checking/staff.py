"""The page on which a person reads a voice before anybody else does."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quartierwerk import rights
from quartierwerk.directory.requests import about
from quartierwerk.directory.requests.insults import is_insulting
from quartierwerk.rights import needs
from quartierwerk.web import addresses

from .. import masking
from ..models import Voice, VoiceState
from ..moving import NotNow
from . import actions, forms
from .forms import CheckForm


def parts(words: str, marks: list[masking.Mark]) -> list[tuple[str, str]]:
    """The words in pieces, each with the kind of its mark, "" where there is none."""
    found, at = [], 0
    for mark in marks:
        found += [(words[at : mark.start], ""), (words[mark.start : mark.end], str(forms.KINDS[mark.kind]))]
        at = mark.end
    return [(text, kind) for text, kind in [*found, (words[at:], "")] if text]


@needs("voices.write")
def check(request, pk):
    rows = Voice.objects.select_related("space").exclude(state=VoiceState.WITHDRAWN)
    voice = rights.find_or_404(request.person, "voices.write", rows, pk)
    words = voice.original.words
    form = CheckForm(request.POST or None, voice=voice, words=words, tenant=request.tenant)
    status, is_stale = 422 if form.is_bound else 200, False
    if form.is_bound and form.is_valid():
        try:
            _decide(voice, form.cleaned_data, request)
            return redirect(addresses.staff("participation_staff:voice", request, pk=pk))
        except NotNow:
            status, is_stale = 409, True
            voice = rights.find_or_404(request.person, "voices.write", rows, pk)
            form.now_read(voice)
    values = {
        "voice": voice,
        "is_stale": is_stale,
        "about": about.find(request, voice.about_id) if voice.about_id else None,
        "form": form,
        "parts": parts(words, masking.marks(words, voice.language)),
        "is_insulting": is_insulting(words),
        "crumbs": [
            (_("Voices"), addresses.staff("participation_staff:voices", request)),
            (str(voice), addresses.staff("participation_staff:voice", request, pk=pk)),
            (_("Check"), ""),
        ],
    }
    return render(request, "participation/staff/check.html", values, status=status)


def _decide(voice: Voice, values: dict, request) -> None:
    if values["decision"] == forms.HOLD:
        actions.hold(voice, values["held_reason"], by=request.person, read=values["read"])
        messages.success(request, _("Held back. It goes on counting, and nobody reads it."))
        return
    is_public = values["decision"] == forms.PUBLISH
    translated = None
    if values["other_words"]:
        translated = actions.Translated(
            values["other_language"], values["other_words"], values["other_origin"], values["is_machine"]
        )
    actions.check(
        voice, words=values["words"].strip(), is_public=is_public, topics=values["topics"],
        translated=translated, by=request.person, read=values["read"],
    )  # fmt: skip
    messages.success(
        request,
        _("Checked. Everybody may read it now.") if is_public else _("Checked. Only the giver reads it."),
    )
