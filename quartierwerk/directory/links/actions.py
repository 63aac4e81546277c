"""What a night's answers do to the list of websites that do not answer."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from quartierwerk.tenants.models import Tenant, Visibility

from ..models import Location, Offer, Organisation, RecordKind, UnreachableLink
from . import rules

Link = tuple[str, UUID, str]  # kind and number of the record, website

RECORDS = {
    RecordKind.OFFER: Offer,
    RecordKind.ORGANISATION: Organisation,
    RecordKind.LOCATION: Location,
}


def shown_links() -> set[Link]:
    """Websites of the records that visitors see."""
    return {
        (str(kind), pk, url)
        for kind, model in RECORDS.items()
        for pk, url in model.objects.filter(visibility=Visibility.PUBLIC)
        .exclude(website="")
        .values_list("pk", "website")
    }


def due_links(links: set[Link], now: datetime) -> set[Link]:
    """Those whose night it is, and those that failed before."""
    failing = set(UnreachableLink.objects.values_list("kind", "record_id", "url"))
    today = timezone.localdate(now)
    return {link for link in links if rules.is_due(link[2], link in failing, today)}


@transaction.atomic
def note(links: set[Link], asked: set[Link], statuses: Mapping[str, int | None], *, now: datetime) -> None:
    """Failures count once a day; what answers again, or stands in no public record any more, is forgotten."""
    known = {(one.kind, one.record_id, one.url): one for one in UnreachableLink.objects.select_for_update()}
    for link, row in known.items():
        if link not in links or (link in asked and rules.answers(statuses.get(link[2]))):
            row.delete()
    for kind, pk, url in sorted(asked, key=str):
        status = statuses.get(url)
        if rules.answers(status):
            continue
        row = known.get((kind, pk, url)) or UnreachableLink(
            kind=kind, record_id=pk, url=url, since=now, failures=0, checked_at=None
        )
        last = timezone.localdate(row.checked_at) if row.checked_at else None
        row.failures = rules.failures_after(row.failures, last, timezone.localdate(now))
        row.status, row.checked_at = status, now
        row.save()


def agent(tenant: Tenant) -> str:
    """Who asks, and whom a webmaster may write to."""
    reach = "; ".join(filter(None, (settings.PUBLIC_URL, tenant.contact_email)))
    return f"Quartierwerk link check (+{reach})"
