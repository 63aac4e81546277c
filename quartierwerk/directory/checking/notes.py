"""Which changes wait, for lists of work and for the record's own page; and which were not taken over."""

from typing import Any

from django.db.models import Q, QuerySet

from quartierwerk import rights
from quartierwerk.calendar.models import PublicDate
from quartierwerk.rights import Person

from ..models import Offer, Organisation, PendingChange

Decision = PendingChange.Decision


def of(record: Offer | Organisation | PublicDate, may_check: bool) -> dict[str, Any]:
    """`waiting`: what waits for a check; `declined`: the last one, where it was not taken over and nothing follows."""
    if record._state.adding:
        return {"waiting": [], "declined": None}
    written = list(record.pending_changes.exclude(what=PendingChange.What.REPORT).order_by("-asked_at")[:5])
    waiting = [one for one in written if one.is_open]
    last = written[0] if written and not waiting else None
    declined = last if last and last.decision == Decision.DECLINED and not may_check else None
    return {"waiting": waiting, "declined": declined}


def written(person: Person, offers: str, organisations: str, dates: str) -> QuerySet[PendingChange]:
    """What editors wrote, of records that this person may do this with."""
    of_offers = rights.visible(person, offers, Offer.objects.order_by()).values("pk")
    of_organisations = rights.visible(person, organisations, Organisation.objects.order_by()).values("pk")
    of_dates = rights.visible(person, dates, PublicDate.objects.order_by()).values("pk")
    rows = PendingChange.objects.exclude(what=PendingChange.What.REPORT)
    return rows.filter(Q(offer__in=of_offers) | Q(organisation__in=of_organisations) | Q(date__in=of_dates))
