"""What is entered already under a near-same title in the same area, before it is entered twice (W3.1)."""

from dataclasses import dataclass
from typing import Any

from quartierwerk.rights import Person, visible

from ..models import Goal, Measure, Need
from .rules.likeness import Titled, near_same

READ = {Need: "planning.read_needs", Measure: "planning.read_measures", Goal: "planning.read"}


@dataclass(frozen=True)
class Double:
    record: Any
    is_same: bool


def doubles(record: Need | Measure | Goal, by: Person) -> list[Double]:
    """Those this person may read, the nearest first. Of the whole table only titles are loaded."""
    model: Any = type(record)
    rows = visible(by, READ[model], model.objects.exclude(pk=record.pk)).order_by("sort_key")
    has_area = hasattr(record, "space_id")
    names = ("pk", "title", "space_id") if has_area else ("pk", "title")
    known = [Titled(*values) for values in rows.values_list(*names)]
    near = near_same(record.title, getattr(record, "space_id", None), known)
    found = model.objects.in_bulk([one.key for one in near])
    return [Double(found[one.key], one.is_same) for one in near]
