"""Processes in the back office: set up, look at what came in, say what came of it."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk import journal, rights
from quartierwerk.rights import may, needs
from quartierwerk.tenants.models import Visibility
from quartierwerk.web import addresses, editing

from ..models import Checked, GroupCount, Process, ProcessMeeting, Proposal, ProposalComment, SideFormat
from ..votes import showing
from . import actions, pages
from .forms import (
    AccountForm,
    CheckForm,
    MeetingForm,
    NewProposalForm,
    PhasesForm,
    ProcessForm,
    SharesForm,
    SideFormatForm,
    masked,
)


def crumbs(request: HttpRequest, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Processes"), addresses.staff("participation_staff:processes", request)), *more]


def within(request: HttpRequest, process: Process, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page that lies below this process."""
    page = addresses.staff("participation_staff:process", request, pk=process.pk)
    return crumbs(request, (process.title, page), *more)


def _to(request: HttpRequest, process: Process, at: str = "") -> HttpResponse:
    return redirect(addresses.staff("participation_staff:process", request, pk=process.pk) + at)


def _found(request: HttpRequest, pk, action: str = "processes.read") -> Process:
    rows = Process.objects.select_related("space").prefetch_related("phases", "translations")
    return rights.find_or_404(request.person, action, rows, pk)


def _proposal(request: HttpRequest, pk) -> Proposal:
    """Through its process, whose quarter counts."""
    found = get_object_or_404(Proposal.objects.select_related("process", "side_format"), pk=pk)
    rights.find_or_404(request.person, "processes.check", Process, found.process_id)
    return found


@needs("processes.read")
def processes(request: HttpRequest) -> HttpResponse:
    rows = rights.visible(request.person, "processes.read", Process.objects.all())
    rows = rows.select_related("space").prefetch_related("phases", "translations")
    rows = rows.annotate(
        waiting=Count("proposals", filter=Q(proposals__state=Checked.RECEIVED), distinct=True)
    )
    at = timezone.now()
    values = {
        "rows": [(one, *pages.in_words(one, at)) for one in rows],
        "may_write": may(request.person, "processes.write"),
    }
    return render(request, "participation/staff/processes.html", values)


@needs("processes.write")
def add_process(request: HttpRequest) -> HttpResponse:
    return _edit(request, Process(language=request.tenant.source_language))


@needs("processes.write")
def edit_process(request: HttpRequest, pk) -> HttpResponse:
    return _edit(request, _found(request, pk, "processes.write"))


def _edit(request: HttpRequest, record: Process) -> HttpResponse:
    form = ProcessForm(request.POST or None, instance=record, by=request.person, reader=request.lang)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            saved = editing.save(form, action="processes.write", by=request.person)
            messages.success(request, _("Saved."))
            return _to(request, saved)
        except editing.EditedMeanwhile:
            status = 409
    values = {"process": record, "form": form, "crumbs": crumbs(request, (_("Process"), ""))}
    return render(request, "participation/staff/process_form.html", values, status=status)


@needs("processes.read")
def process(request: HttpRequest, pk) -> HttpResponse:
    return _page(request, _found(request, pk))


def _page(request: HttpRequest, found: Process, status: int = 200, **forms) -> HttpResponse:
    at = timezone.now()
    may_write = may(request.person, "processes.write", found)
    may_check = may(request.person, "processes.check", found)
    proposals = list(found.proposals.select_related("side_format"))
    comments = ProposalComment.objects.filter(proposal__process=found).select_related("proposal")
    comments = comments.exclude(state=Checked.HELD) if may_check else comments.none()
    values = {
        "process": found,
        "steps": pages.steps(found, at),
        "proposals": proposals,
        "waiting": [one for one in proposals if one.state == Checked.RECEIVED] if may_check else [],
        "comments": [
            (one, masked(one.given_words, one.language)) for one in comments if one.state == Checked.RECEIVED
        ],
        "shown_comments": [one for one in comments if one.state == Checked.SHOWN],
        "meetings": pages.meetings(found, request),
        "side_formats": found.side_formats.all(),
        "took_part": pages.who_took_part(found),
        "vote": showing.vote_of(found),
        "may_write": may_write,
        "may_check": may_check,
        "may_vote": may(request.person, "processes.vote", found),
        "account_form": AccountForm(instance=found),
        "meeting_form": MeetingForm(process=found),
        "side_form": SideFormatForm(),
        "crumbs": crumbs(request, (found.title, "")),
    }
    return render(request, "participation/staff/process.html", values | forms, status=status)


@needs("processes.write")
def phases(request: HttpRequest, pk) -> HttpResponse:
    found = _found(request, pk, "processes.write")
    form = PhasesForm(request.POST or None, process=found)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            actions.set_phases(found, form.spans, by=request.person)
            messages.success(request, _("Saved."))
            return _to(request, found)
        except (IntegrityError, actions.VoteBegan):
            form.add_error(None, _("People vote or have voted in one of these phases. It stays as it is."))
    values = {
        "process": found,
        "form": form,
        "crumbs": within(request, found, (_("Phases"), "")),
    }
    return render(request, "participation/staff/phases.html", values, status=status)


@needs("processes.write")
@require_POST
def account(request: HttpRequest, pk) -> HttpResponse:
    found = _found(request, pk, "processes.write")
    form = AccountForm(request.POST, instance=found)
    if not form.is_valid():
        return _page(request, found, 422, account_form=form)
    try:
        editing.save(form, action="processes.write", by=request.person)
    except editing.EditedMeanwhile:
        return _page(request, found, 409, account_form=form)
    messages.success(request, _("Saved."))
    return _to(request, found)


@needs("processes.check")
def add_proposal(request: HttpRequest, pk) -> HttpResponse:
    """From paper, the telephone, a meeting or a side format: whoever types it in has looked at it."""
    found = _found(request, pk, "processes.check")
    form = NewProposalForm(
        request.POST or None,
        process=found,
        reader=request.lang,
        instance=Proposal(
            process=found, language=request.tenant.source_language, origin=Proposal.Origin.PAPER
        ),
    )
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            made = form.save(commit=False)
            made.state, made.visibility = Checked.SHOWN, Visibility.PUBLIC
            # What joins after the box was opened was not before those who voted already.
            made.is_on_ballot = not actions.has_begun(found)
            made.save()
            journal.record("proposal shown", made, by=request.person)
        messages.success(request, _("The proposal stands on the page."))
        return _to(request, found)
    values = {
        "process": found,
        "form": form,
        "crumbs": within(request, found, (_("Enter a proposal"), "")),
    }
    return render(
        request, "participation/staff/proposal_new.html", values, status=422 if form.is_bound else 200
    )


@needs("processes.check")
def proposal(request: HttpRequest, pk) -> HttpResponse:
    """Look at a proposal before anybody else does, and later change or hold it."""
    found = _proposal(request, pk)
    form = CheckForm(request.POST or None, instance=found, reader=request.lang)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            actions.check_proposal(form, by=request.person)
            messages.success(request, _("Saved."))
            return _to(request, found.process)
        except actions.VoteBegan:
            form.add_error(
                None,
                _(
                    "People vote on it or have voted. It stays as they read it. "
                    "You can only replace what must not be read by […]."
                ),
            )
            status = 409
        except editing.EditedMeanwhile:
            status = 409
    values = {
        "proposal": found,
        "form": form,
        "crumbs": within(request, found.process, (_("Proposal"), "")),
    }
    return render(request, "participation/staff/proposal.html", values, status=status)


@needs("processes.check")
@require_POST
def check_comment(request: HttpRequest, pk) -> HttpResponse:
    """A comment on a proposal: shown in the words that stand in the field, or not."""
    comment = get_object_or_404(ProposalComment.objects.select_related("proposal__process"), pk=pk)
    found = _found(request, comment.proposal.process_id, "processes.check")
    words = request.POST.get("words", "").strip()
    shown = request.POST.get("decision") == Checked.SHOWN and words
    try:
        actions.check_comment(comment, Checked.SHOWN if shown else Checked.HELD, words, by=request.person)
    except actions.NotNow:
        messages.warning(
            request,
            _(
                "Not saved: somebody has looked at this comment already. Of a shown one words can be replaced by […]."
            ),
        )
        return _page(request, found, 409)
    messages.success(request, _("The comment is shown.") if shown else _("The comment is not shown."))
    return _to(request, found, "#comments")


@needs("processes.write")
@require_POST
def add_meeting(request: HttpRequest, pk) -> HttpResponse:
    found = _found(request, pk, "processes.write")
    form = MeetingForm(request.POST, process=found, instance=ProcessMeeting(process=found))
    if not form.is_valid():
        return _page(request, found, 422, meeting_form=form)
    with transaction.atomic():
        journal.record("meeting of a process added", form.save(), by=request.person)
    messages.success(request, _("Saved."))
    return _to(request, found, "#meetings")


@needs("processes.write")
@require_POST
def add_side_format(request: HttpRequest, pk) -> HttpResponse:
    found = _found(request, pk, "processes.write")
    form = SideFormatForm(request.POST, instance=SideFormat(process=found))
    if not form.is_valid():
        return _page(request, found, 422, side_form=form)
    editing.save(form, action="processes.write", by=request.person, through=found)
    messages.success(request, _("Saved. Enter what came of it as proposals."))
    return _to(request, found, "#side-formats")


@needs("processes.write")
def group_shares(request: HttpRequest, pk) -> HttpResponse:
    """What share of the population each group is: with it one sees who is missing."""
    found = _found(request, pk, "processes.write")
    form = SharesForm(request.POST or None, process=found)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            for group, share in form.shares():
                GroupCount.objects.update_or_create(
                    process=found, group=group, defaults={"share_percent": share}
                )
            journal.record("shares of groups set", found, by=request.person)
        messages.success(request, _("Saved."))
        return _to(request, found, "#took-part")
    values = {
        "process": found,
        "form": form,
        "crumbs": within(request, found, (_("Who is missing?"), "")),
    }
    return render(request, "participation/staff/shares.html", values, status=422 if form.is_bound else 200)
