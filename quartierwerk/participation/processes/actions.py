from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.people import throttling
from quartierwerk.rights import Person
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Visibility
from quartierwerk.web import editing

from ..models import Checked, GroupCount, Phase, Process, Proposal, ProposalComment
from ..votes import box
from . import rules
from .forms import CheckForm

MAY_PROPOSE = (Phase.Kind.COLLECT,)
MAY_COMMENT = (Phase.Kind.COLLECT, Phase.Kind.DISCUSS)


class NotNow(Exception):
    """The phase in which this can be done is not open."""


class VoteBegan(Exception):
    """What people vote on stays as it is once they may."""


def spans(phases: Sequence[Phase]) -> list[rules.Span]:
    return [rules.Span(one.kind, one.opens_at, one.closes_at) for one in phases]


def open_kind(process: Process, at: datetime | None = None) -> str:
    """Kind of the phase that is open; "" for none. Phases must be loaded."""
    found = rules.phase_at(spans(process.phases.all()), at or timezone.now())
    return found.kind if found else ""


def propose(request, process: Process, values: Mapping[str, Any]) -> Proposal:
    """From a visitor, without an account. Shown to nobody before a person has looked at it. Raises NotNow, TooMany."""
    if open_kind(process) not in MAY_PROPOSE:
        raise NotNow
    throttling.count(request, "proposal")
    throttling.count_for_place(request, "proposal_place")
    with scope.entered(scope.staff(process.tenant)), transaction.atomic():
        made = Proposal.objects.create(
            process=process,
            given_title=values["title"],
            given_words=values["words"],
            cost_cents=values["cost_cents"],
            language=values["language"],
        )
        journal.record("proposal received", made, by=request.person)
    return made


def comment(request, proposal: Proposal, process: Process, words: str) -> ProposalComment:
    """Raises NotNow, TooMany."""
    if open_kind(process) not in MAY_COMMENT:
        raise NotNow
    throttling.count(request, "proposal")
    throttling.count_for_place(request, "proposal_place")
    with scope.entered(scope.staff(process.tenant)), transaction.atomic():
        made = ProposalComment.objects.create(proposal=proposal, given_words=words, language=request.lang)
        journal.record("comment on a proposal received", made, by=request.person)
    return made


@transaction.atomic
def check_proposal(form: CheckForm, *, by: Person) -> Proposal:
    """Show a proposal in the words that somebody looked at, or hold it back with a reason.

    Once people vote, words are only taken out. Raises VoteBegan, EditedMeanwhile.
    """
    rows = Proposal.objects.select_related("process").select_for_update(of=("self",))
    proposal = rows.get(pk=form.instance.pk)
    before = {name: getattr(proposal, name) for name in Proposal.TEXTS}
    began, was_shown = has_begun(proposal.process), proposal.state == Checked.SHOWN
    if began and was_shown and not form.only_takes_out(proposal):
        raise VoteBegan
    proposal = editing.save(form, action="processes.check", by=by, through=proposal.process)
    shown = form.cleaned_data["decision"] == Checked.SHOWN
    proposal.state = form.cleaned_data["decision"]
    proposal.visibility = Visibility.PUBLIC if shown else Visibility.TENANT
    # What joins after the box was opened was not before those who voted already.
    proposal.is_on_ballot = proposal.is_on_ballot and (was_shown or not began)
    proposal.save(update_fields=["state", "visibility", "is_on_ballot"])
    # What was taken out now may still stand in a translation of the words before.
    changed = [name for name, words in before.items() if words != getattr(proposal, name)]
    proposal.translations.filter(text_name__in=changed).delete()
    journal.record("proposal shown" if shown else "proposal held back", proposal, by=by)
    return proposal


@transaction.atomic
def check_comment(comment: ProposalComment, state: str, words: str, *, by: Person) -> None:
    """Shown or held back; of one that is shown words are taken out, or it is held back. Raises NotNow."""
    rights.require(by, "processes.check", comment.proposal.process)
    comment = ProposalComment.objects.select_for_update().get(pk=comment.pk)
    shown = state == Checked.SHOWN
    words = words.replace("\r\n", "\n")
    if comment.state == Checked.HELD or (
        shown and comment.state == Checked.SHOWN and not rules.only_taken_out(comment.words, words)
    ):
        raise NotNow
    comment.words, comment.state = words if shown else "", state
    comment.visibility = Visibility.PUBLIC if shown else Visibility.TENANT
    comment.save()
    journal.record(
        "comment on a proposal shown" if shown else "comment on a proposal held back", comment, by=by
    )


def has_begun(process: Process) -> bool:
    """Whether its vote is or was open."""
    return process.votes.filter(phase__opens_at__lte=timezone.now()).exists()


@transaction.atomic
def set_phases(process: Process, wanted: Sequence[rules.Span], *, by: Person) -> None:
    """The phases as wanted; a phase that is no longer wanted goes, unless somebody votes in it. Raises VoteBegan."""
    rights.require(by, "processes.write", process)
    known = {one.kind: one for one in process.phases.select_for_update()}
    at, spans_wanted = box.database_now(), {one.kind: one for one in wanted}
    for row in known.values():
        span = rules.Span(row.kind, row.opens_at, row.closes_at)
        if row.votes.exists() and not rules.may_become(span, spans_wanted.get(row.kind), at):
            raise VoteBegan
    for span in wanted:
        row = known.pop(span.kind, None) or Phase(process=process, kind=span.kind)
        if (row.opens_at, row.closes_at) != (span.opens_at, span.closes_at):
            row.opens_at, row.closes_at = span.opens_at, span.closes_at
            row.save()
    for row in known.values():
        row.delete()
    journal.record("phases of a process set", process, by=by)


@transaction.atomic
def count_groups(process: Process, groups: Sequence[str]) -> None:
    """One more answer: only totals change. `asked` counts how many answered at all."""
    for group in (ASKED, *groups):
        row, _made = GroupCount.objects.select_for_update().get_or_create(process=process, group=group)
        row.n += 1
        row.save(update_fields=["n"])


ASKED = "asked"
