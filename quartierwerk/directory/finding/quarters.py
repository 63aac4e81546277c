"""The quarters of a municipality with the ground of its maps, kept by each process until something changes."""

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from quartierwerk.documents import maps as drawing
from quartierwerk.places.models import SocialSpace
from quartierwerk.tenants.models import Tenant

MOST_PORTALS = 40


@dataclass
class Quarters:
    rows: list[SocialSpace]

    @cached_property
    def ground(self) -> drawing.Ground | None:
        """What the points of a list are drawn upon; None where nobody drew outlines."""
        areas = [
            drawing.Area(one.name, drawing.outline_of(one.outline))
            for one in self.rows
            if one.outline is not None
        ]
        return drawing.Ground(areas) if areas else None


_kept: "OrderedDict[int, tuple[str, Quarters]]" = OrderedDict()


def of(tenant: Tenant, stamp: str) -> Quarters:
    """stamp   of what the portal shows at this moment (`gathering.stamp_of_today`): unlike offers these are never a moment old"""
    kept = _kept.get(tenant.pk)
    if kept is None or kept[0] != stamp:
        rows = SocialSpace.published.filter(kind=SocialSpace.Kind.QUARTER, tenant=tenant)
        kept = _kept[tenant.pk] = stamp, Quarters(list(rows.on(timezone.localdate())))
        while len(_kept) > MOST_PORTALS:
            _kept.popitem(last=False)
    return kept[1]
