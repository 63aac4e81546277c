"""Taking minutes: attendance, what was said, decisions with their tasks; closing, and adding to what is closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.rights import Person

from ...models import AgendaItem, Attendance, Decision, Meeting, MinutesAddition, Task, Team
from .. import pages, rules
from ..meetings.actions import locked
from ..rules import CountedTwice, Refusal, Refused, Votes

ACTION = "planning.minute"
PRESENT, DEPUTY, ABSENT = "present", "deputy", "absent"


@dataclass(frozen=True)
class NewTask:
    words: str
    due_on: date
    team: Team | None = None
    account: UUID | None = None

    @property
    def has_owner(self) -> bool:
        return self.team is not None or self.account is not None


class NotKept(Refused):
    """A decision that is not stored; `faults`: number of the task (None: the decision itself) and what it lacks."""

    def __init__(self, faults: Sequence[tuple[int | None, Refusal]]):
        super().__init__(*(refusal for _place, refusal in faults))
        self.faults = list(faults)


def begun(meeting: Meeting, by: Person, today: date | None = None) -> Meeting:
    """The meeting, locked, once its day has come."""
    current = locked(meeting, by, ACTION)
    if timezone.localdate(current.starts_at) > (today or timezone.localdate()):
        raise Refused(Refusal.MEETING_TO_COME)
    return current


def _see_whether_held(meeting: Meeting, by: Person) -> None:
    """Its state follows the minutes, back too: a slip is corrected, and the meeting can still be cancelled."""
    held = rules.is_held(meeting.attendances.filter(present=True).count(), meeting.decisions.count())
    if held == (meeting.state == Meeting.State.HELD):
        return
    before = Meeting.State.INVITED if meeting.invited_at else Meeting.State.PLANNED
    meeting.state = Meeting.State.HELD if held else before
    meeting.save(update_fields=["state", "changed_at"])
    journal.record("meeting held" if held else "meeting not held yet", meeting, by=by)


@dataclass(frozen=True)
class Noted:
    """turned: decisions that became another kind; asked: seats noted otherwise meanwhile, as they are stored."""

    turned: list[Decision]
    asked: dict[UUID, str]


@transaction.atomic
def note_attendance(
    meeting: Meeting, answers: Mapping[UUID, str], *, by: Person, shown: Mapping[UUID, str] | None = None
) -> Noted:
    """Who is there, by seat; seats that were not asked about stay.

    shown: what stood there when it was answered; only what differs from it is stored, and never over another's answer.
    Raises CountedTwice where one person would be there on two seats, and then stores nothing.
    """
    current = begun(meeting, by)
    stored = {one.member_id: one for one in current.attendances.all()}
    changed, asked = False, {}
    for seat in pages.seats(current):
        answer = answers.get(seat.pk)
        if answer is None or (seat.pk in stored and answer == seat.sign):
            continue
        if shown is not None and answer != seat.sign and seat.sign != shown.get(seat.pk):
            if answer != shown.get(seat.pk):
                asked[seat.pk] = seat.sign
            continue
        row = stored.get(seat.pk) or Attendance(meeting=current, member_id=seat.pk)
        row.present, row.by_deputy = answer in (PRESENT, DEPUTY), answer == DEPUTY
        row.save()
        changed = True
    if changed:
        journal.record("attendance noted", current, by=by)
        _see_whether_held(current, by)
    _refuse_counting_twice(pages.seats(current))
    return Noted(settled(current, by=by), asked)


def _refuse_counting_twice(given: Sequence[pages.Seat]) -> None:
    if found := pages.counted_twice((seat, seat.sign) for seat in given):
        raise CountedTwice(found)


def settled(meeting: Meeting, *, by: Person) -> list[Decision]:
    """Decisions follow the attendance while the minutes are open: those that became another kind by it."""
    there, turned = pages.presence(meeting, pages.seats(meeting)), []
    for made in meeting.decisions.all():
        kind = _kind(there, _votes(made))
        if made.kind != kind:
            made.kind = kind
            made.save(update_fields=["kind", "changed_at"])
            journal.record("kind of decision changed by attendance", made, by=by)
            turned.append(made)
    return turned


def _votes(made: Decision) -> Votes:
    return Votes(made.votes_yes, made.votes_no, made.votes_abstained, made.biased)


def _kind(there: rules.Presence, votes: Votes) -> Decision.Kind:
    return Decision.Kind.RECOMMENDATION if rules.is_only_recommended(there, votes) else Decision.Kind.DECISION


@transaction.atomic
def decide(
    item: AgendaItem,
    words: str,
    votes: Votes,
    tasks: Sequence[NewTask],
    *,
    by: Person,
    in_spite_of_past_days: bool = False,
) -> Decision:
    """Store a decision with its tasks, without a quorum as a recommendation. Raises NotKept, and then stores nothing."""
    current = begun(item.meeting, by)
    if not current.items.filter(pk=item.pk).exists():
        raise NotKept([(None, Refusal.ITEM_GONE)])
    today, held_on = timezone.localdate(), timezone.localdate(current.starts_at)
    there = pages.presence(current, pages.seats(current))
    faults: list[tuple[int | None, Refusal]] = [
        (None, one) for one in rules.refusals_of_decision(words, votes, there.present)
    ]
    if not tasks:
        faults.append((None, Refusal.NO_OWNER))
    for number, task in enumerate(tasks):
        found = rules.refusals_of_task(
            task.words, has_owner=task.has_owner, due_on=task.due_on, today=today, given_on=held_on
        )
        faults += [(number, one) for one in found if not (in_spite_of_past_days and one in rules.ASKING)]
    if faults:
        raise NotKept(faults)
    made = Decision.objects.create(
        meeting=current,
        item=item,
        words=words.strip(),
        kind=_kind(there, votes),
        votes_yes=votes.yes,
        votes_no=votes.no,
        votes_abstained=votes.abstained,
        biased=votes.biased,
        decided_on=held_on,
    )
    Task.objects.bulk_create(
        Task(
            decision=made,
            words=task.words.strip(),
            owner_team=task.team,
            owner_account_id=task.account,
            given_on=held_on,
            due_on=task.due_on,
        )
        for task in tasks
    )
    journal.record("decision noted", made, by=by)
    _see_whether_held(current, by)
    return made


@transaction.atomic
def take_back(decision: Decision, *, by: Person) -> None:
    """A slip of the pen: the decision and its tasks go, as long as the minutes are open. Raises Refused."""
    current = begun(decision.meeting, by)
    if decision.principle_versions.exists():
        raise Refused(Refusal.ADOPTED_BY_IT)
    journal.record("decision taken back", decision, by=by)
    decision.delete()
    _see_whether_held(current, by)


@transaction.atomic
def close(
    meeting: Meeting, *, by: Person, seen: str | None = None, now: datetime | None = None
) -> list[Decision]:
    """The minutes are as they are from now on: seats keep their names, tasks who had them.

    seen: what somebody read before (`pages.fingerprint`); if it changed since, it is read again first.
    Gives decisions that became another kind, because the group changed since the attendance was noted.
    """
    current = begun(meeting, by)
    if seen is not None and seen != pages.fingerprint(pages.meeting_page(current)):
        raise Refused(Refusal.CHANGED_MEANWHILE)
    moment = now or timezone.now()
    if current.starts_at > moment:
        raise Refused(Refusal.NOT_BEGUN)
    given = pages.seats(current)
    if not any(seat.present for seat in given):
        raise Refused(Refusal.NOBODY_CAME)
    _refuse_counting_twice(given)
    there = pages.presence(current, given)
    if any(
        Refusal.TOO_MANY_VOTES in rules.refusals_of_decision(made.words, _votes(made), there.present)
        for made in current.decisions.all()
    ):
        raise Refused(Refusal.VOTES_OF_ABSENT)
    turned = settled(current, by=by)
    stored = {one.member_id: one for one in current.attendances.all()}
    current.attendances.exclude(member__in=[seat.pk for seat in given]).delete()  # no seat of that day
    for seat in given:
        row = stored.get(seat.pk) or Attendance(meeting=current, member_id=seat.pk)
        row.name, row.deputy_name = seat.name, seat.deputy if seat.by_deputy else ""
        row.function, row.has_vote = seat.function, seat.has_vote
        row.save()
    Task.objects.filter(decision__meeting=current).update(
        minuted_team=F("owner_team"), minuted_account_id=F("owner_account_id")
    )
    current.quorum_percent = current.group.quorum_percent if current.group else None
    current.frozen_at = moment
    current.save(update_fields=["quorum_percent", "frozen_at", "changed_at"])
    journal.record("minutes closed", current, by=by)
    return turned


@transaction.atomic
def add_to(meeting: Meeting, words: str, *, by: Person) -> MinutesAddition:
    """What is wrong or missing in closed minutes, said beside them with day and name."""
    rights.require(by, ACTION, meeting)
    if not words.strip():
        raise Refused(Refusal.NO_WORDS)
    if meeting.frozen_at is None:
        raise Refused(Refusal.MINUTES_OPEN)
    made = MinutesAddition.objects.create(meeting=meeting, words=words.strip(), by=by.account_id)
    journal.record("minutes added to", meeting, by=by)
    return made
