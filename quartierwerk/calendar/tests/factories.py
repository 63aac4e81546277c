from datetime import date, time, timedelta

from django.utils import timezone

from quartierwerk.calendar.models import ClosingDay, PublicDate


def public_date(title: str = "Nachbarschaftsfest", **values) -> PublicDate:
    """A date two weeks ahead, from 15 to 18 o'clock, that visitors see."""
    given = {
        "title": title,
        "starts_on": timezone.localdate() + timedelta(days=14),
        "opens_at": time(15),
        "closes_at": time(18),
        "freq": PublicDate.Frequency.ONCE,
        "visibility": "public",
    }
    return PublicDate.objects.create(**given | values)


def closing_day(label: str = "Betriebsausflug", first: date | None = None, **values) -> ClosingDay:
    day = first or timezone.localdate() + timedelta(days=30)
    return ClosingDay.objects.create(
        **{"first": day, "last": day, "label": label, "visibility": "public"} | values
    )
