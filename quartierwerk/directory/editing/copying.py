"""A new term: last term's course as a draft, without its dates and without its people."""

from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Model, QuerySet

from quartierwerk import journal, rights
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from ..models import Offer

M = TypeVar("M", bound=Model)

# What belongs to the old record or the old term; everything else is taken over.
NOT_COPIED = {
    "id",
    "element",
    "source",
    "source_id",
    "kept_columns",
    "visibility",
    "shared_with",
    "published_at",
    "confirmed_at",
    "unconfirmed_since",
    "valid_until",
    "starts_on",
    "ends_on",
    "deadline",
    "seats_taken",
    "copied_from",
    "changed_at",
}


@transaction.atomic
def copy_offer(offer: Offer, *, by: Person) -> Offer:
    """A draft like this offer, with its texts, times of day, places and contacts."""
    rights.require(by, "directory.write", offer)
    copied = Offer(
        visibility=Visibility.TENANT,
        copied_from=offer,
        **{
            field.attname: getattr(offer, field.attname)
            for field in Offer._meta.concrete_fields
            if field.name not in NOT_COPIED
        },
    )
    copied.save()
    _copy_rows(offer.schedules.all(), offer=copied, starts_on=None, until=None, skip_dates=[])
    _copy_rows(offer.held_at.all(), offer=copied, source="", source_id="", kept_columns={})
    _copy_rows(offer.translations.all(), record=copied)
    contacts = _copy_rows(offer.contacts.all(), offer=copied)
    for contact in contacts.values():
        if contact.deputy_of_id:
            contact.deputy_of = contacts.get(contact.deputy_of_id)
            contact.save(update_fields=["deputy_of"])
    journal.record("offer copied", copied, by=by)
    return copied


def _copy_rows(rows: QuerySet[M], **changed: Any) -> dict[UUID, M]:
    """Old id → the new row."""
    copies = {}
    for row in rows:
        old, row.pk = row.pk, uuid4()
        row._state.adding = True
        for name, value in changed.items():
            setattr(row, name, value)
        row.save()
        copies[old] = row
    return copies
