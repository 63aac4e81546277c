"""Which public offers are current: those that have ended, or whose deadline has passed, are shown to nobody who looks."""

from datetime import date
from typing import Any

from django.db.models import Q

from ..models import Offer


def current(today: date) -> Any:
    """As `rules.last_day` decides, in SQL."""
    rows = Offer.published.exclude(kind="listing", deadline__lt=today)
    return rows.filter(
        Q(valid_until=None) | Q(valid_until__gte=today), Q(ends_on=None) | Q(ends_on__gte=today)
    )
