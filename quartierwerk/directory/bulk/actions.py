"""Looking at what would happen to many offers, and doing it to each as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk import journal, rights, search
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from .. import actions as publishing
from ..checking.need import publication_needs_check
from ..models import Offer
from . import rules
from .rules import Facts, How, What

SALT = "quartierwerk.directory.bulk"
MOST = 500  # offers at once; a page that lists more is looked at by nobody


class Outdated(ValueError):
    """What was sent is no preview of ours, or older than a day."""


@dataclass
class Report:
    """What becomes, or became, of each chosen offer."""

    changes: list[Offer] = field(default_factory=list)
    stays: list[Offer] = field(default_factory=list)
    refused: list[tuple[Offer, str]] = field(default_factory=list)
    # Somebody else changed them since the preview, so they were left alone.
    meanwhile: list[str] = field(default_factory=list)

    @property
    def seen(self) -> int:
        return len(self.changes) + len(self.stays) + len(self.refused)


def chosen(person: Person) -> Any:
    """Offers that this person may change in numbers."""
    rows = rights.visible(person, "directory.bulk_edit", Offer.objects.all())
    return rows.select_related("organisation", "tenant").order_by("sort_key", "pk")


def preview(offers: Iterable[Offer], what: What, value: Any, *, by: Person) -> Report:
    report = Report()
    for offer in offers:
        if why := _refusal(offer, what, value, by, timezone.localdate()):
            report.refused.append((offer, why))
        elif _stays(offer, what, value):
            report.stays.append(offer)
        else:
            report.changes.append(offer)
    return report


def seal(report: Report, what: What, value: Any) -> str:
    """Exactly what was looked at: which offers, as they stood, and what shall be done to them."""
    stood = {str(offer.pk): offer.changed_at.isoformat() for offer in report.changes}
    return signing.dumps([what.code, _plain(value), stood], salt=SALT, compress=True)


def apply(sealed: str, what: What, value: Any, *, by: Person) -> Report:
    """Do what the preview showed, to no other offer. Raises Outdated, Refused."""
    rights.require(by, "directory.bulk_edit")
    try:
        code, plain, stood = signing.loads(sealed, salt=SALT, max_age=24 * 60 * 60)
    except signing.BadSignature:
        raise Outdated from None
    if (code, plain) != (what.code, _plain(value)):
        raise Outdated
    report = Report()
    for offer in chosen(by).filter(pk__in=stood):
        _apply_to(offer, stood[str(offer.pk)], what, value, report, by)
    if report.changes:
        search.changed()
    return report


@transaction.atomic
def _apply_to(offer: Offer, stood: str, what: What, value: Any, report: Report, by: Person) -> None:
    row = Offer.objects.select_for_update(of=("self",)).filter(pk=offer.pk).first()
    if row is None or row.changed_at.isoformat() != stood:
        report.meanwhile.append(offer.title)
        return
    if why := _refusal(row, what, value, by, timezone.localdate()):
        report.refused.append((row, why))
        return
    if what.how == How.PUBLISH:
        publishing.publish_offer(row, by=by)
    elif what.how == How.WITHDRAW:
        publishing.withdraw_offer(row, by=by)
    else:
        rights.require(by, "directory.write", row)
        setattr(row, what.field, rules.new_value(what.how, getattr(row, what.field), value))
        rights.require(by, "directory.write", row)  # also where it stands now
        row.save(update_fields=[what.field, "changed_at"])
        # Said like every edit by a form: the kind, and what was done to it.
        journal.record(f"{row._meta.model_name} changed", row, by=by, fields=[what.field])
    report.changes.append(row)


def _refusal(offer: Offer, what: What, value: Any, by: Person, today: date) -> str:
    action = "directory.write" if what.takes_value else "directory.publish"
    if not rights.may(by, action, offer) or (what.how == How.PUBLISH and publication_needs_check(offer, by)):
        return _("This offer is not yours to change.")
    if what.how == How.PUBLISH and publishing.missing_in(offer):
        return _("Something is missing that visitors need.")
    after = {name: getattr(offer, name) for name in ("starts_on", "ends_on")}
    if what.field in after:
        after[what.field] = value
    return str(rules.refusal(what, value, Facts(offer.kind, **after), today))


def _stays(offer: Offer, what: What, value: Any) -> bool:
    if what.how in (How.PUBLISH, How.WITHDRAW):
        return (offer.visibility == Visibility.PUBLIC) == (what.how == How.PUBLISH)
    stands = getattr(offer, what.field)
    return bool(rules.new_value(what.how, stands, value) == stands)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value.pk) if hasattr(value, "pk") else value
