from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk import journal, rights
from quartierwerk.calendar.actions import save_date
from quartierwerk.calendar.dates import address_lines
from quartierwerk.calendar.forms import Page
from quartierwerk.calendar.models import PublicDate
from quartierwerk.chain.models import Link
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility
from quartierwerk.web import editing

from ..measures import linking, nearness
from ..measures.nearness import Double
from ..models import Concept, FieldOfAction, KickOff, Meeting, Need
from ..models.parts import key_of
from . import rules
from .forms import OutcomeForm


@transaction.atomic
def plan_kick_off(concept: Concept, page: Page, *, by: Person) -> KickOff:
    """The date in the calendar and what hangs on it. Raises Refused."""
    rights.require(by, "planning.write", concept)
    date = save_date(page, by)
    meeting = Meeting.objects.create(
        concept=concept,
        kind=Meeting.Kind.KICK_OFF,
        public_date=date,
        visibility=Visibility.PUBLIC,
        **_told_by(date),
    )
    made = KickOff.objects.create(meeting=meeting, visibility=Visibility.PUBLIC)
    journal.record("kick-off planned", made, by=by)
    return made


def _told_by(date: PublicDate) -> dict[str, Any]:
    """What the meeting repeats of its date."""
    begins = datetime.combine(date.starts_on or timezone.localdate(), date.opens_at or time(0))
    return {
        "title": date.title,
        "starts_at": timezone.make_aware(begins),
        "place": ", ".join(address_lines(date.address)) if date.address else "",
    }


def follow_date(date: PublicDate, by: Person) -> None:
    """A kick-off is moved and cancelled in the calendar; the plan says the same everywhere."""
    for record in KickOff.objects.filter(meeting__public_date=date).select_related("meeting"):
        for name, value in _told_by(date).items():
            setattr(record.meeting, name, value)
        _set_state(record, date)
        record.meeting.save(
            update_fields=["title", "starts_at", "place", "state", "cancelled_reason", "changed_at"]
        )
        journal.record("kick-off follows its date", record, by=by)


def _set_state(record: KickOff, date: PublicDate | None) -> None:
    """Not saved."""
    is_cancelled = date is not None and date.is_cancelled
    named = Link.objects.filter(source=record.element_id, target__kind="need")
    meeting = record.meeting
    meeting.state = rules.state(
        timezone.localdate(meeting.starts_at),
        timezone.localdate(),
        is_cancelled=is_cancelled,
        has_results=bool(record.outcome.strip()) or named.exists(),
    )
    why = date.cancelled_why if date else ""
    meeting.cancelled_reason = (why or _("Cancelled in the calendar.")) if is_cancelled else ""


class NotHeld(ValueError):
    """Nothing can have come of it: it is still to come, or was cancelled."""


def takes_results(record: KickOff) -> bool:
    meeting = record.meeting
    is_cancelled = meeting.state == Meeting.State.CANCELLED
    return rules.takes_results(
        timezone.localdate(meeting.starts_at), timezone.localdate(), is_cancelled=is_cancelled
    )


def _hold(record: KickOff) -> None:
    """With what came of it typed in, it was held."""
    _set_state(record, record.meeting.public_date)
    record.meeting.save(update_fields=["state", "cancelled_reason", "changed_at"])


@transaction.atomic
def write_outcome(form: OutcomeForm, *, by: Person) -> KickOff:
    """Raises NotHeld, EditedMeanwhile, Refused."""
    if not takes_results(form.instance):
        raise NotHeld
    record = editing.save(form, action="planning.write", by=by)
    _hold(record)
    return record


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
    """Each line becomes a need that came from the kick-off; one that stands there word for word is tied to it instead.

    Raises NotHeld.
    """
    rights.require(by, "planning.write", kick_off)
    if not takes_results(kick_off):
        raise NotHeld
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
    _hold(kick_off)
    return Outcome(new, known)
