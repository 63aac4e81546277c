"""What there was on the day a campaign closed: plain values that stay, and the same as a workbook.

Only what the portal shows goes in; no contact person, no mail address. Who was asked and is shown no more is counted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.directory import topics
from quartierwerk.directory.kinds import KINDS
from quartierwerk.directory.models import Offer, Organisation, OrganisationRole
from quartierwerk.documents import xlsx
from quartierwerk.documents.cells import Column
from quartierwerk.tenants.models import Visibility

from ..models import CampaignAnswer

VERSION = 1

Snapshot = dict[str, Any]


def taken(answers: Iterable[CampaignAnswer], day: date) -> Snapshot:
    """The organisations asked, each with its answer, and the public offers of that day. Two queries."""
    organisations = [organisation_then(one) for one in answers]
    offers = [_offer(one) for one in _offers()]
    by_topic = Counter(code for one in offers for code in one["topics"])
    return {
        "version": VERSION,
        "as_of": day.isoformat(),
        "asked": len(organisations),
        "answered": sum(bool(one["answered_on"]) for one in organisations),
        "offers": len(offers),
        "topics": dict(by_topic.most_common()),
        "organisations": organisations,
        "offer_list": offers,
    }


def organisation_then(answer: CampaignAnswer) -> dict[str, Any]:
    row = answer.organisation
    is_shown = _is_shown(row)
    return {
        "id": str(row.pk) if is_shown else "",
        "name": row.name if is_shown else "",
        "roles": list(row.roles) if is_shown else [],
        "topics": list(row.topics) if is_shown else [],
        "quarter": row.space.name if is_shown and row.space else "",
        "asked_on": timezone.localdate(answer.asked_at).isoformat(),
        "answered_on": timezone.localdate(answer.answered_at).isoformat() if answer.answered_at else "",
    }


def _is_shown(row: Organisation) -> bool:
    return row.visibility == Visibility.PUBLIC and not row.is_placeholder


def _offers():
    rows = Offer.objects.filter(visibility=Visibility.PUBLIC).select_related("organisation", "space")
    return rows.order_by("sort_key", "pk").iterator()


def _offer(row: Offer) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "title": row.title,
        "kind": row.kind,
        "organisation": row.organisation.name if row.organisation and _is_shown(row.organisation) else "",
        "topics": list(row.topics),
        "quarter": row.space.name if row.space else "",
        "confirmed_on": timezone.localdate(row.confirmed_at).isoformat() if row.confirmed_at else "",
    }


def percent(snapshot: Mapping[str, Any]) -> float:
    return 100 * snapshot["answered"] / snapshot["asked"] if snapshot["asked"] else 0.0


def topic_rows(snapshot: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The largest first: the database keeps no order of keys."""
    rows = [
        (str(topics.TOPICS[code].label) if code in topics.TOPICS else code, number)
        for code, number in snapshot.get("topics", {}).items()
    ]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def workbook(title: str, snapshot: Mapping[str, Any]) -> bytes:
    """Overview, organisations, offers, topics; parts that an older snapshot lacks are left out."""
    overview: list[tuple[str, Any]] = [
        (_("Title"), title),
        (_("As of"), _day(snapshot.get("as_of", ""))),
        (_("Organisations asked"), snapshot["asked"]),
        (_("Organisations that confirmed"), snapshot["answered"]),
        (_("Response in percent"), round(percent(snapshot), 1)),
        (_("Offers"), snapshot.get("offers", 0)),
    ]
    sheets = [xlsx.Sheet(_("Overview"), [Column(_("What")), Column(_("Value"))], overview)]
    if rows := snapshot.get("organisations"):
        sheets.append(
            xlsx.Sheet(
                _("Organisations"),
                [
                    Column(_("Name"), "text"),
                    Column(_("What it is"), "text"),
                    Column(_("Topics"), "text"),
                    Column(_("Quarter"), "text"),
                    Column(_("Asked on"), "date"),
                    Column(_("Confirmed on"), "date"),
                ],
                [
                    (
                        row["name"] or _("no longer shown"), _roles(row["roles"]), _topics(row["topics"]), row["quarter"],
                        _day(row["asked_on"]), _day(row["answered_on"]),
                    )
                    for row in rows
                ],
            )
        )  # fmt: skip
    if rows := snapshot.get("offer_list"):
        sheets.append(
            xlsx.Sheet(
                _("Offers"),
                [
                    Column(_("Title"), "text"),
                    Column(_("Kind"), "text"),
                    Column(_("Organisation"), "text"),
                    Column(_("Topics"), "text"),
                    Column(_("Quarter"), "text"),
                    Column(_("Confirmed on"), "date"),
                ],
                [
                    (
                        row["title"], str(KINDS[row["kind"]].label) if row["kind"] in KINDS else row["kind"],
                        row["organisation"], _topics(row["topics"]), row["quarter"], _day(row["confirmed_on"]),
                    )
                    for row in rows
                ],
            )
        )  # fmt: skip
    if counted := topic_rows(snapshot):
        sheets.append(
            xlsx.Sheet(
                _("Offers by topic"), [Column(_("Topic"), "text"), Column(_("Offers"), "integer")], counted
            )
        )
    return xlsx.render(sheets, title=title)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _topics(codes: Iterable[str]) -> str:
    return ", ".join(str(topics.TOPICS[code].label) if code in topics.TOPICS else code for code in codes)


def _roles(codes: Iterable[str]) -> str:
    known = {role.value: str(role.label) for role in OrganisationRole}
    return ", ".join(known.get(code, code) for code in codes)
