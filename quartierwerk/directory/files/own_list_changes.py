"""What an organisation's list would change, row by row: for whoever looks at it before it counts. Nothing is stored."""

import copy
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from quartierwerk.calendar.recurrence import in_words
from quartierwerk.languages import tags
from quartierwerk.tenants.models import Visibility
from quartierwerk.web import editing

from .. import topics
from ..checking.comparing import Difference
from ..models import Contact, Offer, OfferedAt, OfferSchedule
from .imports.plan import Order, Planner
from .imports.rows import Draft

# What follows from other fields, and is not said by the list.
NOT_SAID = frozenset({"sort_key", "published_at", "organisation_id", "address_id"})


@dataclass(frozen=True)
class RowChange:
    """`place` names the row among those of the list that may come in."""

    place: str
    row: int
    title: str
    is_new: bool
    is_shown: bool  # visitors see the offer
    differences: tuple[Difference, ...]


def changes(drafts: Sequence[Draft], order: Order, reader: str) -> list[RowChange]:
    """Of the drafts those that would add or change an offer."""
    # Placed on copies, since only then it is known what a row would change.
    probe = copy.deepcopy(list(drafts))
    planner = Planner(replace(order, dry_run=True), probe)
    known = {draft.key for draft in probe if draft.key in planner.stored["offer"]}
    before = Offer.objects.select_related("address", "space", "organisation").in_bulk(
        [planner.stored["offer"][key].pk for key in known]
    )
    planner.place(probe)
    found = []
    for place, draft in enumerate(probe):
        if draft.row.outcome not in ("added", "changed"):
            continue
        new = planner.stored["offer"][draft.key]
        old = before.get(new.pk)
        told = tuple(_differences(draft, old, new, planner, reader)) if old else ()
        shown = old is not None and old.visibility == Visibility.PUBLIC
        found.append(RowChange(str(place), draft.row.row, draft.row.title, old is None, shown, told))
    return found


def seal(found: Sequence[RowChange]) -> str:
    """Of all that was shown: whoever decides sends it back, and decides on nothing unseen."""
    told = [
        (one.place, one.title, one.is_new, [(each.label, each.old, each.new) for each in one.differences])
        for one in found
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def _differences(draft: Draft, old: Offer, new: Any, planner: Planner, reader: str) -> list[Difference]:
    _record, names = planner.plan.changed[Offer].get(new.pk, (None, set()))
    told = [
        Difference(
            capfirst(str(getattr(Offer._meta.get_field(name), "verbose_name", name))),
            _value(old, name, reader),
            _value(new, name, reader),
        )
        for name in sorted(names - NOT_SAID)
    ]
    if "address" in draft.row.changed or "address_id" in draft.row.changed:
        place = planner.addresses.get(new.address_id) if new.address_id else None
        told.append(Difference(_("Where"), str(old.address or ""), str(place or "")))
    if "contacts" in draft.row.changed:
        there = Contact.objects.filter(offer=old).order_by("position", "pk")
        told.append(
            Difference(
                _("Contact"), _contacts(there), _contacts([Contact(**one) for one in draft.contacts or ()])
            )
        )
    if "schedules" in draft.row.changed:
        times = OfferSchedule.objects.filter(offer=old).order_by("position", "pk")
        wanted = [OfferSchedule(**one) for one in draft.schedules or ()]
        told.append(Difference(_("When"), _times(times), _times(wanted)))
    if "places" in draft.row.changed:
        there_now = OfferedAt.objects.filter(offer=old).values_list("location__name", flat=True)
        here = [planner.stored["location"].get(one.location) for one in draft.at or ()]
        told.append(Difference(_("Places"), ", ".join(there_now), ", ".join(str(one) for one in here if one)))
    return told


def _value(offer: Any, name: str, reader: str) -> str:
    value = getattr(offer, name)
    if name == "languages_spoken":
        return ", ".join(str(tags.name(tag, reader)) for tag in value)
    if name == "topics":
        return ", ".join(str(one.label) for one in topics.known(value))
    if name == "kept_columns":
        return "; ".join(f"{column}: {cell}" for column, cell in value.items())
    field = Offer._meta.get_field(name)
    if field.is_relation:
        return str(getattr(offer, field.name) or "")
    return editing.as_text(offer, field.name)


def _contacts(rows: Any) -> str:
    said = (", ".join(filter(None, (one.function, one.phone, one.email, one.hours))) for one in rows)
    return "; ".join(filter(None, said))


def _times(rows: Any) -> str:
    said = (", ".join(filter(None, (in_words(one.rule()), one.note))) for one in rows)
    return "; ".join(dict.fromkeys(filter(None, said)))
