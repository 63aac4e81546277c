"""Putting items on an agenda, moving them, taking them off."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from quartierwerk import journal
from quartierwerk.rights import Person

from ...models import AgendaItem, Meeting
from ..meetings.actions import locked
from ..register import Proposed, Source, agenda
from ..rules import Refusal, Refused

Chosen = tuple[str, UUID]
STEP = 10


def still_proposed(meeting: Meeting, person: Person) -> list[tuple[Source, list[Proposed]]]:
    """What the records propose today and does not stand on this agenda yet."""
    there = set(meeting.items.exclude(source_id=None).values_list("source_name", "source_id"))
    found = agenda.proposal(meeting.concept, timezone.localdate(), person)
    rest = [
        (source, [one for one in items if (source.name, one.about) not in there]) for source, items in found
    ]
    return [(source, items) for source, items in rest if items]


@transaction.atomic
def take(meeting: Meeting, chosen: Collection[Chosen], *, by: Person) -> list[AgendaItem]:
    """Put the chosen proposals at the end, each with its reason; what is proposed no more is left out."""
    current = locked(meeting, by)
    position, made = after_the_last(current), []
    for source, items in still_proposed(current, by):
        for one in items:
            if (source.name, one.about) in chosen:
                made.append(
                    AgendaItem(
                        meeting=current,
                        position=position,
                        title=_in_one_line(one.title),
                        outside=one.outside,
                        reason=one.kept_reason,
                        source_name=source.name,
                        source_id=one.about,
                    )
                )
                position += STEP
    AgendaItem.objects.bulk_create(made)
    if made:
        journal.record("agenda items taken", current, by=by)
    return made


def _in_one_line(title: str, longest: int = 300) -> str:
    return title if len(title) <= longest else title[: longest - 1] + "…"


def after_the_last(meeting: Meeting) -> int:
    return (meeting.items.aggregate(last=Max("position"))["last"] or 0) + STEP


@transaction.atomic
def add(
    meeting: Meeting,
    title: str,
    reason: str = "",
    outside: str = "",
    *,
    by: Person,
    action: str = "planning.write",
) -> AgendaItem:
    """An item of one's own. Raises Refused without a title."""
    current = locked(meeting, by, action)
    if not title.strip():
        raise Refused(Refusal.NO_WORDS)
    made = AgendaItem.objects.create(
        meeting=current,
        position=after_the_last(current),
        title=_in_one_line(title.strip()),
        outside=outside.strip(),
        reason=reason.strip(),
    )
    journal.record("agenda item added", current, by=by)
    return made


@transaction.atomic
def move(item: AgendaItem, *, up: bool, by: Person) -> None:
    """One place up or down; at the end, or where it was taken off meanwhile, nothing happens."""
    current = locked(item.meeting, by)
    rows = list(current.items.all())
    at = next((place for place, row in enumerate(rows) if row.pk == item.pk), None)
    other = -1 if at is None else at - 1 if up else at + 1
    if at is None or not 0 <= other < len(rows):
        return
    rows[at], rows[other] = rows[other], rows[at]
    for place, row in enumerate(rows, start=1):
        row.position = place * STEP
    AgendaItem.objects.bulk_update(rows, ["position"])
    journal.record("agenda item moved", current, by=by)


@transaction.atomic
def remove(item: AgendaItem, *, by: Person) -> None:
    """Off the agenda; a proposal is then offered again. Refused once something was decided on it."""
    current = locked(item.meeting, by)
    there = current.items.filter(pk=item.pk).first()  # as it stands now
    if there is None:
        return
    if there.decisions.exists() or there.minutes:
        raise Refused(Refusal.DECIDED_ALREADY)
    there.delete()
    journal.record("agenda item removed", current, by=by)
