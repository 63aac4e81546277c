from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.calendar.actions import save_date
from quartierwerk.calendar.dates import address_lines
from quartierwerk.calendar.forms import Page
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from ..measures import linking, nearness
from ..measures.nearness import Double
from ..models import Concept, FieldOfAction, KickOff, Meeting, Need
from ..models.parts import key_of

LONGEST = 300  # signs of a need's title


@transaction.atomic
def plan_kick_off(concept: Concept, page: Page, *, by: Person) -> KickOff:
    """The date in the calendar and what hangs on it. Raises Refused."""
    rights.require(by, "planning.write", concept)
    date = save_date(page, by)
    begins = datetime.combine(date.starts_on or timezone.localdate(), date.opens_at or time(0))
    meeting = Meeting.objects.create(
        concept=concept,
        kind=Meeting.Kind.KICK_OFF,
        title=date.title,
        starts_at=timezone.make_aware(begins),
        place=", ".join(address_lines(date.address)) if date.address else "",
        public_date=date,
        visibility=Visibility.PUBLIC,
    )
    made = KickOff.objects.create(meeting=meeting, visibility=Visibility.PUBLIC)
    journal.record("kick-off planned", made, by=by)
    return made


@dataclass(frozen=True)
class Line:
    """What people said, in one line. near: what is entered already under a near-same title."""

    title: str
    near: Sequence[Double] = ()


def near_ones(titles: Sequence[str], space, *, by: Person) -> list[Line]:
    """Those for which something near-same stands there already; what is word for word the same is meant to be that."""
    lines = [Line(title, nearness.doubles(Need(title=title, space=space), by)) for title in titles]
    return [line for line in lines if line.near and not _same(line.title, space)]


def _same(title: str, space) -> Need | None:
    return Need.objects.filter(key=key_of(title), space=space).first()


@dataclass(frozen=True)
class Outcome:
    new: int
    known: int


@transaction.atomic
def enter_needs(
    kick_off: KickOff, titles: Sequence[str], *, field: FieldOfAction | None, space, language: str, by: Person
) -> Outcome:
    """Each line becomes a need that came from the kick-off; one that stands there word for word is tied to it instead."""
    rights.require(by, "planning.write", kick_off)
    new = known = 0
    day = timezone.localdate(kick_off.meeting.starts_at)
    for title in dict.fromkeys(titles):
        need = _same(title, space)
        if need is None:
            need = Need.objects.create(title=title, space=space, language=language, noticed_on=day)
            if field is not None:
                need.in_fields.create(field=field)
            journal.record("need added", need, by=by)
            new += 1
        else:
            known += 1
        linking.tie(kick_off, need, by=by)
    return Outcome(new, known)
