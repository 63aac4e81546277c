"""The page of one voice, and what is done with it: taken up, answered, taken back for whoever gave it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quartierwerk import rights
from quartierwerk.chain import panel
from quartierwerk.chain.register import Reader
from quartierwerk.directory import topics
from quartierwerk.directory.requests import about
from quartierwerk.journal import actors
from quartierwerk.languages import tags
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses

from .. import rules, terms
from ..becoming_needs.forms import NeedOfVoiceForm
from ..following import actions as giver
from ..following.pages import STATE_SIGNS, answers_of
from ..models import AnswerTerm, Voice, VoicePhoto, VoiceState
from ..moving import NotNow
from . import actions
from .forms import NOT_OURS, AnswerForm, TakeUpForm, TermForm


def found(request, pk, action: str = "voices.read") -> Voice:
    rows = Voice.objects.select_related("space", "owner_team", "tenant")
    return rights.find_or_404(request.person, action, rows, pk)


def crumbs(request, voice: Voice | None = None, here: str = "") -> list[tuple[str, str]]:
    steps = [(_("Voices"), addresses.staff("participation_staff:voices", request))]
    if voice is not None:
        page = addresses.staff("participation_staff:voice", request, pk=voice.pk)
        steps.append((str(voice), page if here else ""))
    return [*steps, (here, "")] if here else steps


@needs("voices.read")
def voice(request, pk):
    return voice_page(request, found(request, pk))


def voice_page(request, record: Voice, *, status: int = 200, **forms: Any):
    may_write = may(request.person, "voices.write", record)
    owner = actors.names([record.owner_account_id]) if record.owner_account_id else {}
    moves = {
        state
        for state in VoiceState
        if may_write and rules.may_become(record.state, state, is_question=record.is_question)
    }
    values = {
        "voice": record,
        "about": about.find(request, record.about_id) if record.about_id else None,
        "may_write": may_write,
        "original": record.original if may_write else None,
        "photo": VoicePhoto.objects.filter(voice=record).exists() if may_write else False,
        "sign": STATE_SIGNS[VoiceState(record.state)],
        "is_overdue": record.is_overdue(timezone.localdate()),
        "owner": str(record.owner_team or owner.get(record.owner_account_id, "")),
        "language": tags.name(record.language, request.lang),
        "topics": [one.label for one in topics.known(record.topics)],
        "texts": list(record.translations.all()),
        "answers": answers_of(record, request.lang),
        "steps": list(record.steps.all()),
        "panel": panel.of(record, Reader.of(request)),
        "may_check": may_write and record.state != VoiceState.WITHDRAWN,
        "may_answer": VoiceState.ANSWERED in moves,
        "take_up": forms.get("take_up")
        or (TakeUpForm() if VoiceState.IN_WORK in moves and record.is_open else None),
        "need_form": forms.get("need_form") or _need_form(request, record),
        "may_withdraw": VoiceState.WITHDRAWN in moves,
        "crumbs": crumbs(request, record),
    }
    return render(request, "participation/staff/voice.html", values, status=status)


def _need_form(request, record: Voice) -> NeedOfVoiceForm | None:
    if record.state in (VoiceState.HELD, VoiceState.WITHDRAWN) or not may(request.person, "planning.write"):
        return None
    return NeedOfVoiceForm(None, voice=record, by=request.person)


def _not_now(record: Voice) -> str:
    if record.state == VoiceState.RECEIVED:
        return _("Read and check it first: nobody has decided yet what may be shown.")
    return _("Meanwhile something else happened with this voice. Please look again.")


@needs("voices.write")
@require_POST
def take_up(request, pk):
    record = found(request, pk, "voices.write")
    form = TakeUpForm(request.POST)
    if not form.is_valid():
        return voice_page(request, record, status=422, take_up=form)
    try:
        actions.take_up(record, form.cleaned_data["team"], by=request.person)
    except NotNow:
        record.refresh_from_db()
        messages.warning(request, _not_now(record))
    else:
        messages.success(request, _("Noted. Whoever gave the voice sees that somebody works on it."))
    return redirect(addresses.staff("participation_staff:voice", request, pk=pk))


@needs("voices.write")
def answer(request, pk):
    record = found(request, pk, "voices.write")
    form = AnswerForm(request.POST or None, voice=record, tenant=request.tenant, lang=request.lang)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        given = actions.Answer(
            words=values["words"],
            signed_as=values["signed_as"],
            own_words=values.get("own_words", ""),
            own_origin=values.get("own_origin", ""),
            body=values["body"].strip() if values["outcome"] == NOT_OURS else "",
        )
        try:
            actions.answer(record, given, by=request.person)
            messages.success(request, _("Answered. Whoever gave the voice reads it with the code."))
            return redirect(addresses.staff("participation_staff:voice", request, pk=pk))
        except NotNow:
            record.refresh_from_db()
            status = 409
            form.add_error(None, _not_now(record))
    values = {
        "voice": record,
        "form": form,
        "language": tags.name(record.language, request.lang),
        "crumbs": crumbs(request, record, _("Answer")),
    }
    return render(request, "participation/staff/answer.html", values, status=status)


@needs("voices.write")
@require_POST
def withdraw(request, pk):
    """Whoever gave it asks for it at the desk and has lost the code."""
    record = found(request, pk, "voices.write")
    if request.POST.get("checked") != "yes":
        messages.warning(
            request, _("Nothing is taken back yet: first check that it is her voice, and tick that you did.")
        )
        return redirect(addresses.staff("participation_staff:voice", request, pk=pk))
    try:
        giver.withdraw(record, by=request.person)
    except NotNow:
        raise Http404 from None
    messages.success(request, _("The words are gone. That there was a voice stays in the count."))
    return redirect(addresses.staff("participation_staff:voice", request, pk=pk))


@needs("voices.write")
@require_safe
def photo(request, pk):
    """Drawn anew when it arrived; shown within the back office only."""
    shown = VoicePhoto.objects.filter(voice=found(request, pk, "voices.write")).first()
    if shown is None:
        raise Http404
    answer = HttpResponse(bytes(shown.content), content_type=shown.mime_type)
    answer["Content-Disposition"] = "inline"
    answer["Cache-Control"] = "no-store"
    return answer


@needs("voices.set_terms")
def settings(request):
    """Within how many days voices are answered here."""
    term = AnswerTerm.objects.first() or terms.term_of(request.tenant)
    form = TermForm(request.POST or None, initial={"days": term.days, "question_days": term.question_days})
    if form.is_bound and form.is_valid():
        actions.set_terms(term, **form.cleaned_data, by=request.person)
        messages.success(request, _("Saved. It holds for what arrives from now on."))
        return redirect(request.get_full_path())
    values = {"form": form, "crumbs": crumbs(request, here=_("Terms for answers"))}
    return render(request, "participation/staff/terms.html", values, status=422 if form.is_bound else 200)
