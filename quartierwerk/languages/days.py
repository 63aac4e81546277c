"""A day as the reader's language writes it in a table or a sentence."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format


def short_day(day: date | datetime | None) -> str:
    """`31.10.2026`, of an instant the day it is here; nothing where there is none."""
    if isinstance(day, datetime):
        day = timezone.localtime(day)
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
