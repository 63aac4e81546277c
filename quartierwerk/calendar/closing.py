"""Days on which nothing takes place: holidays of the Land, and closing days of the municipality and its quarters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from quartierwerk.tenants.models import Tenant

from .holidays import holidays
from .models import ClosingDay


@dataclass(frozen=True)
class Closed:
    """What is closed when. One object serves a whole page: rules of all quarters are asked with `days(space)`."""

    holidays: dict[date, str]
    closing: tuple[tuple[date, date, str, UUID | None], ...] = ()

    def days(self, space: UUID | None = None) -> frozenset[date]:
        """As `occurrences(…, closed=)` takes them."""
        return frozenset(self.holidays) | {
            day
            for first, last, _label, where in self.closing
            if where in (None, space)
            for day in _from(first, last)
        }

    def labels(self, spaces: Iterable[UUID] | None = None) -> dict[date, list[str]]:
        """Day → why it is closed. With `spaces` the closing days of other quarters are left out."""
        asked = None if spaces is None else set(spaces)
        found = {day: [name] for day, name in self.holidays.items()}
        for first, last, label, where in self.closing:
            if where is None or asked is None or where in asked:
                for day in _from(first, last):
                    found.setdefault(day, []).append(label)
        return found

    def runs(self, spaces: Iterable[UUID] | None = None) -> list[tuple[date, date, str]]:
        """First day, last day and why, each holiday and each closing once, in order; `spaces` as with `labels`."""
        asked = None if spaces is None else set(spaces)
        found = [(day, day, name) for day, name in self.holidays.items()]
        found += [
            (first, last, label)
            for first, last, label, where in self.closing
            if where is None or asked is None or where in asked
        ]
        return sorted(found)


def closed(tenant: Tenant, first: date, last: date, *, public: bool = True) -> Closed:
    """Holidays and closing days from `first` to `last`: one query. `public` as visitors see them."""
    rows = ClosingDay.published.filter(tenant=tenant) if public else ClosingDay.objects.all()
    return Closed(
        holidays(first, last, tenant.land),
        tuple(
            (max(row.first, first), min(row.last, last), row.label, row.space_id)
            for row in rows.between(first, last)
        ),
    )


def _from(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
