"""The minutes on one page, made for a phone on the table; closing them; the minutes as a file."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quartierwerk import rights
from quartierwerk.documents import docx, pdf
from quartierwerk.rights import Person, needs
from quartierwerk.web import addresses, editing
from quartierwerk.web.asked import as_uuid
from quartierwerk.web.media_types import DOCX

from ...editions.forms import RedactForm
from ...models import Decision, Meeting
from ...redactions import staff as redactions
from .. import documents, pages
from ..rules import Refused
from . import actions, redacting
from .forms import AdditionForm, CloseForm
from .sheet import Sheet


def _open(request: HttpRequest, pk) -> Meeting:
    rows = Meeting.objects.filter(kind=Meeting.Kind.MEETING)
    if request.method != "POST":
        # Whoever still writes when a colleague closes them is told so, with all that was typed.
        rows = rows.filter(frozen_at=None).exclude(state=Meeting.State.CANCELLED)
    return rights.find_or_404(request.person, "planning.minute", rows.select_related("group", "concept"), pk)


@needs("planning.minute")
def minutes(request: HttpRequest, pk) -> HttpResponse:
    """Every button stores attendance and words first; a decision that is refused is the only thing that is not kept."""
    meeting = _open(request, pk)
    sheet = Sheet(meeting, request.POST if request.method == "POST" else None)
    if "quorum" in request.POST:
        return render(request, "planning/staff/steering/_quorum.html", {"sheet": sheet, "live": True})
    status, at = 200, ""
    if request.method == "POST":
        status = 422
        try:
            at = _keep(request, sheet)
        except Refused as refused:
            sheet.refusals = refused.in_words
        except editing.EditedMeanwhile:
            status = 409
        else:
            if sheet.is_kept:
                return redirect(at)
    return render(request, "planning/staff/steering/minutes.html", {"sheet": sheet}, status=status)


def _keep(request: HttpRequest, sheet: Sheet) -> str:
    """Store what can be stored; where to go on."""
    by, sent, meeting = request.person, request.POST, sheet.meeting
    here = addresses.staff("planning_staff:minutes", request, pk=meeting.pk)
    with transaction.atomic():
        sheet.save_words(by)
    _tell_of(request, sheet.turned)
    if sheet.is_asked:
        sheet.told = _(
            "All is saved but what somebody else changed too. Please choose there and press the button again."
        )
        # Stored is all but what is asked about; that comes first, then decisions and what else was pressed.
        raise editing.EditedMeanwhile
    if (added := sheet.add_item(by)) is not None:
        here = f"{here}#item-{added.pk}"
    if found := meeting.decisions.filter(pk=as_uuid(sent.get("take_back", ""))).first():
        sheet.is_kept = False
        sheet.told = _take_back(sheet, found, by)
        return here
    if draft := sheet.sent_decision:
        return f"{here.partition('#')[0]}#item-{draft.item.pk}" if _decide(request, sheet, draft) else here
    if sheet.left_over:
        sheet.is_kept = False
        return here
    if "more" in sent:
        sheet.is_kept = False  # the page comes again with room for one more
        return here
    if sheet.drafts_in_work:
        # Everything else is stored; a decision half typed waits for its own button.
        sheet.is_kept = False
        sheet.told = _(
            "Attendance and words are saved. Decisions you have begun are not kept yet: please press their button."
        )
        return here
    messages.success(request, _("Saved."))
    if "to_close" in sent:
        return addresses.staff("planning_staff:close_minutes", request, pk=meeting.pk)
    return here


def _take_back(sheet: Sheet, found: Decision, by: Person) -> str:
    """What the page says then."""
    if not sheet.has_room_for(found):
        return _(
            "Another decision is being typed at this item. "
            "Please keep it first, or empty it; then this one can be taken back."
        )
    made = next(pages.made_of(sheet.meeting.decisions.filter(pk=found.pk)))
    actions.take_back(found, by=by)
    sheet.take_up_again(made)
    return _("The decision is taken back. Its words stand below the item, to be corrected and kept again.")


def _tell_of(request: HttpRequest, turned: list[Decision]) -> None:
    """Decisions that became another kind, as others were there than noted before."""
    for made in turned:
        if made.kind == Decision.Kind.RECOMMENDATION:
            words = _("With this attendance there is no quorum. It is now a recommendation: %(words)s")
        else:
            words = _("With this attendance there is a quorum. It is now a decision: %(words)s")
        messages.warning(request, words % {"words": made.words})


def _decide(request: HttpRequest, sheet: Sheet, draft) -> bool:
    sheet.is_kept = False
    if not draft.can_be_decided():
        return False
    try:
        made = actions.decide(
            draft.item,
            draft.cleaned_data["words"],
            draft.votes,
            [form.task(sheet.teams) for form in draft.filled],
            by=request.person,
            in_spite_of_past_days=draft.cleaned_data["in_the_past"],
        )
    except actions.NotKept as refused:
        draft.say(refused)
        return False
    if made.kind == Decision.Kind.RECOMMENDATION:
        messages.warning(request, _("There was no quorum: it is kept as a recommendation."))
    else:
        messages.success(request, _("The decision is kept, its tasks are given."))
    # Other decisions half typed are shown again; this one is done.
    sheet.is_kept = not (sheet.drafts_in_work_but(draft) or sheet.left_over)
    sheet.forget(draft)
    return True


@needs("planning.minute")
def close_minutes(request: HttpRequest, pk) -> HttpResponse:
    meeting = _open(request, pk)
    form, refusals = CloseForm(request.POST if request.method == "POST" else None), []
    if form.is_bound and form.is_valid():
        try:
            turned = actions.close(meeting, by=request.person, seen=form.cleaned_data["seen"])
        except Refused as refused:
            refusals = refused.in_words
        else:
            _tell_of(request, turned)
            messages.success(
                request, _("The minutes are closed. They can be downloaded as PDF and as a Word file.")
            )
            return redirect(addresses.staff("planning_staff:meeting", request, pk=pk))
    shown = pages.meeting_page(meeting)
    values = {"form": form, "refusals": refusals, "shown": shown, "seen": pages.fingerprint(shown)}
    return render(request, "planning/staff/steering/close.html", values, status=422 if form.is_bound else 200)


@require_POST
@needs("planning.minute")
def add_to_minutes(request: HttpRequest, pk) -> HttpResponse:
    from ..staff import meeting_page

    rows = Meeting.objects.select_related("group", "concept")
    meeting = rights.find_or_404(request.person, "planning.minute", rows, pk)
    form, refusals = AdditionForm(request.POST), []
    if form.is_valid():
        try:
            actions.add_to(meeting, form.cleaned_data["words"], by=request.person)
        except Refused as refused:
            refusals = refused.in_words
        else:
            messages.success(request, _("The addition stands below the minutes."))
            return redirect(addresses.staff("planning_staff:meeting", request, pk=pk))
    return meeting_page(request, meeting, status=422, adding=form, refusals=refusals)


@require_POST
@needs("planning.adopt")
def redact(request: HttpRequest, pk) -> HttpResponse:
    """A passage out of closed minutes."""
    from ..staff import meeting_page

    rows = Meeting.objects.select_related("group", "concept")
    meeting = rights.find_or_404(request.person, "planning.adopt", rows, pk)
    form, refusals = RedactForm(request.POST), []
    try:
        if redactions.take_out(request, form, redacting.redact, meeting):
            return redirect(addresses.staff("planning_staff:meeting", request, pk=pk))
    except Refused as refused:
        refusals = refused.in_words
    return meeting_page(request, meeting, status=422, redacting=form, refusals=refusals)


def _found(request: HttpRequest, pk) -> Meeting:
    rows = Meeting.objects.select_related("group", "concept")
    return rights.find_or_404(request.person, "planning.read_meetings", rows, pk)


@require_safe
@needs("planning.read_meetings")
def minutes_pdf(request: HttpRequest, pk) -> HttpResponse:
    meeting = _found(request, pk)
    content = pdf.render(documents.minutes(meeting, request))
    return documents.file(content, "application/pdf", documents.file_name(meeting, _("minutes"), "pdf"))


@require_safe
@needs("planning.read_meetings")
def minutes_docx(request: HttpRequest, pk) -> HttpResponse:
    meeting = _found(request, pk)
    content = docx.render(documents.minutes(meeting, request))
    return documents.file(content, DOCX, documents.file_name(meeting, _("minutes"), "docx"), inline=False)
