"""Public dates as a source of the calendar."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from quartierwerk.languages.showing import show_all
from quartierwerk.places.models import Address
from quartierwerk.web import addresses

from .models import PublicDate
from .register import Entry, Source, Window

# More than any month of a town of 100,000 holds; a page beyond would be read by nobody.
MOST = 500


def public_dates(window: Window, spaces: frozenset[UUID] | None, request) -> Iterable[Entry]:
    rows = PublicDate.published.with_everything().between(window.first, window.last)
    if spaces is not None:
        rows = of_spaces(rows, spaces)
    return [entry_of(row, request) for row in rows.order_by("starts_on", "opens_at", "pk")[:MOST]]


def of_spaces(rows: QuerySet, spaces: Iterable[UUID]) -> QuerySet:
    """Those of the quarters, those that take place there, and those for everybody in town."""
    quarters = list(spaces)
    for_all = Q(space=None) & (Q(address=None) | Q(address__space=None))
    return rows.filter(Q(space__in=quarters) | Q(address__space__in=quarters) | for_all)


def entry_of(record: PublicDate, request) -> Entry:
    texts = show_all(record, request.lang)
    return Entry(
        uid=f"{record.pk}@quartierwerk",
        title=texts["title"],
        description=texts["description"],
        rule=record.rule(),
        url=addresses.public("calendar:date", request, pk=record.pk),
        changed_at=record.changed_at,
        organiser=record.organiser,
        place=place_of(record),
        space=record.space_id,
        languages=tuple(record.languages_spoken),
        kind=_("Date"),
        sequence=record.sequence,
        is_cancelled=record.is_cancelled,
        cancelled_why=record.cancelled_why,
    )


def place_of(record: PublicDate) -> str:
    if record.address:
        return ", ".join(address_lines(record.address))
    return record.space.name if record.space else ""


def address_lines(address: Address) -> list[str]:
    lines = [address.name, address.street, address.detail, f"{address.postcode} {address.town}".strip()]
    return [line for line in lines if line]


def is_past(record: PublicDate, today: date) -> bool:
    last = record.starts_on if record.freq == record.Frequency.ONCE else record.until
    return last is not None and last < today


SOURCE = Source("dates", _("Public dates"), public_dates)
