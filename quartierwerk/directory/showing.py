"""A record and its place show together: who may read where an offer is held may read the offer, and the reverse."""

from collections.abc import Iterable
from uuid import UUID

from quartierwerk.places.models import Address
from quartierwerk.tenants.models import Visibility, Visible

from .models import Offer, Organisation


def show_with_place(record: Offer | Organisation, visibility: Visibility, also: tuple[str, ...] = ()) -> None:
    """Save the record with this visibility, and let its place follow. `also` names further fields to save."""
    record.visibility = visibility
    record.save(update_fields=["visibility", *also, "changed_at"])
    places_follow([record.address_id])


def places_follow(addresses: Iterable[UUID | None]) -> None:
    """Each place is public while anything public stands there (offer, organisation, location), and no longer."""
    wanted = {pk for pk in addresses if pk}
    if not wanted:
        return
    shown: set[UUID] = set()
    for relation in Address._meta.related_objects:
        model, name = relation.related_model, relation.field.attname
        if issubclass(model, Visible):  # history rows point here too, and count for nothing
            rows = model.objects.filter(**{f"{name}__in": wanted}, visibility=Visibility.PUBLIC)
            shown.update(rows.values_list(name, flat=True))
    rows = Address.objects.all()
    rows.filter(pk__in=shown).exclude(visibility=Visibility.PUBLIC).update(visibility=Visibility.PUBLIC)
    rows.filter(pk__in=wanted - shown, visibility=Visibility.PUBLIC).update(visibility=Visibility.TENANT)
