"""The times of all offers that visitors see as one calendar file (RFC 5545)."""

from django.utils import timezone, translation

from quartierwerk.calendar import ics
from quartierwerk.calendar.closing import closed
from quartierwerk.calendar.register import Entry
from quartierwerk.languages.showing import Shown
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant, Visibility

from .records import Records, lines

_HORIZON = ics.FARTHEST + ics.AHEAD


def as_ics(records: Records) -> bytes:
    today = timezone.localdate()
    tenant = Tenant.objects.get(pk=scope.writing())
    rest = closed(tenant, today, today + _HORIZON, public=False)
    language = translation.get_language() or tenant.source_language
    feed = ics.Feed(tenant.name, sorted(_entries(records), key=lambda entry: entry.uid), lang=language)
    return ics.written(feed, today, rest.days).encode()


def _entries(records: Records) -> list[Entry]:
    made = []
    for offer in records.offers:
        if offer.visibility != Visibility.PUBLIC:
            continue
        organiser = records.owners[offer.organisation_id].name
        for number, row in enumerate(records.schedules(offer)):
            rule = row.rule()
            if rule.opens_at is None and not (rule.weekdays or rule.nth or rule.month_days or rule.starts_on):
                continue
            made.append(
                Entry(
                    uid=f"{records.number(offer)}-{number}@quartierwerk",
                    title=Shown(offer.title, offer.language_of("title")),
                    rule=rule,
                    url=offer.website,
                    changed_at=offer.changed_at,
                    description=Shown(lines(offer.description), offer.language_of("description"))
                    if offer.description
                    else None,
                    organiser=organiser,
                    place=str(offer.address or ""),
                    space=offer.space_id,
                    languages=tuple(offer.languages_spoken),
                )
            )
    return made
