from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.languages.names import name_key
from quartierwerk.places.models import Address
from quartierwerk.places.showing import places_follow
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility
from quartierwerk.web import editing

from . import closing, rules
from .forms import Page
from .models import PublicDate

LOOKS_AHEAD = timedelta(days=180)

# Whoever keeps something beside a date hears, in the same transaction, that it was moved, changed, cancelled or restored.
Follower = Callable[[PublicDate, Person], None]
followers: list[Follower] = []


def _tell(record: PublicDate, by: Person) -> None:
    for follow in followers:
        follow(record, by)


@dataclass(frozen=True)
class Neighbour:
    """A date that takes place at the same time."""

    date: PublicDate
    collision: rules.Collision


@transaction.atomic
def save_date(page: Page, by: Person) -> PublicDate:
    """Date and place stand or fall together. Raises EditedMeanwhile, Refused."""
    form, place = page.main, page.address
    is_new = form.instance._state.adding
    before = None if is_new else form.instance.address_id
    record = editing.save(form, action="calendar.write", by=by)
    changed = set(getattr(form, "changed_fields", ()))
    if not place.instance._state.adding or not place.is_empty:
        place.instance.visibility, place.instance.space_id = record.visibility, record.space_id
        address = editing.save(place, action="calendar.write", by=by, through=record)
        if getattr(place, "changed_fields", ()) or record.address_id != address.pk:
            changed.add("address")
        record.address = address
    if not is_new and changed & rules.TIME_AND_PLACE:
        record.sequence += 1
    record.save(update_fields=["address", "sequence", "changed_at"])
    places_follow({before, record.address_id})
    if not is_new:
        _tell(record, by)
    return record


@transaction.atomic
def cancel_date(record: PublicDate, why: str, *, by: Person) -> None:
    """It stays on the pages with the reason, so that nobody stands before a closed door."""
    rights.require(by, "calendar.write", record)
    record.cancelled_at, record.cancelled_why = timezone.now(), why
    record.sequence += 1
    record.save(update_fields=["cancelled_at", "cancelled_why", "sequence", "changed_at"])
    journal.record("date cancelled", record, by=by)
    _tell(record, by)


@transaction.atomic
def publish_date(record: PublicDate, *, by: Person) -> None:
    rights.require(by, "calendar.write", record)
    record.visibility = Visibility.PUBLIC
    record.save(update_fields=["visibility", "changed_at"])
    places_follow({record.address_id})
    journal.record("date published", record, by=by)


@transaction.atomic
def say_why_cancelled(record: PublicDate, why: str, *, by: Person) -> None:
    rights.require(by, "calendar.write", record)
    record.cancelled_why = why
    record.sequence += 1
    record.save(update_fields=["cancelled_why", "sequence", "changed_at"])
    journal.record("reason of cancelling changed", record, by=by)
    _tell(record, by)


@transaction.atomic
def restore_date(record: PublicDate, *, by: Person) -> None:
    rights.require(by, "calendar.write", record)
    record.cancelled_at, record.cancelled_why = None, ""
    record.sequence += 1
    record.save(update_fields=["cancelled_at", "cancelled_why", "sequence", "changed_at"])
    journal.record("date takes place again", record, by=by)
    _tell(record, by)


def copied(record: PublicDate) -> tuple[PublicDate, Address | None]:
    """A new date like this one, without its days; not saved."""
    names = (
        "title", "description", "organisation_id", "organiser", "website", "space_id", "languages_spoken", "step_free", "childcare",
        "interpreter", "language", "opens_at", "closes_at", "visibility",
    )  # fmt: skip
    place = record.address
    return PublicDate(**{name: getattr(record, name) for name in names}), place and Address(
        name=place.name,
        street=place.street,
        detail=place.detail,
        postcode=place.postcode,
        town=place.town,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def neighbours(record: PublicDate, *, by: Person) -> list[Neighbour]:
    """What takes place at the same time in the same quarter or at the same place, half a year ahead."""
    if record.is_cancelled:
        return []
    first = timezone.localdate()
    last = first + LOOKS_AHEAD
    rows = rights.visible(by, "calendar.read", PublicDate.objects.between(first, last))
    others = rows.filter(cancelled_at=None).exclude(pk=record.pk).select_related("address")
    closed = closing.closed(record.tenant, first, last, public=False)
    by_key = {one.pk: one for one in others}
    found = rules.collisions(
        _planned(record, closed), [_planned(one, closed) for one in by_key.values()], first, last
    )
    return [Neighbour(by_key[each.other], each) for each in found]


def _planned(record: PublicDate, closed: closing.Closed) -> rules.Planned:
    place = record.address
    house = name_key(f"{place.street} {place.town} {place.detail}") if place and place.street else ""
    return rules.Planned(record.pk, record.rule(), record.space_id, house, closed.days(record.space_id))
