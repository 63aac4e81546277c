"""A plan into the database: bulk statements, parents before children. Runs inside the caller's transaction."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import Model

from quartierwerk.places.models import Address

from ..models import Contact, Location, Offer, Organisation
from .plan import Plan

IN_ORDER: tuple[type[Model], ...] = (Address, Organisation, Location, Offer, Contact)
BATCH = 1_000


def store(plan: Plan, told: Callable[[int, int], None] = lambda done, of: None) -> None:
    """Write everything. `told` hears how many of how many rows are written."""
    of = sum(len(rows) for kind in (plan.added, plan.changed) for rows in kind.values())
    done = 0
    for model in IN_ORDER:
        for some in _batches(plan.added.get(model, [])):
            _fill(some)
            model._default_manager.bulk_create(some)
            told(done := done + len(some), of)
        names = sorted(plan.changed_fields.get(model, ()))
        for some in _batches(plan.changed.get(model, [])):
            _fill(some)
            if hasattr(model, "changed_at"):
                names = sorted({*names, "changed_at"})
            # One statement for many rows and columns; an update of each would take minutes.
            model._default_manager.bulk_create(
                some,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=[_field(model, name) for name in names],
            )
            told(done := done + len(some), of)
    if plan.removed_contacts:
        Contact.objects.filter(pk__in=plan.removed_contacts).delete()


def _fill(records: Sequence[Any]) -> None:
    """What save() would compute: bulk statements do not call it."""
    for record in records:
        if hasattr(record, "fill_sort_key"):
            record.fill_sort_key()


def _field(model: type[Model], name: str) -> str:
    return model._meta.get_field(name.removesuffix("_id") if name.endswith("_id") else name).name


def _batches(rows: Sequence[Model]) -> Iterator[Sequence[Model]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
