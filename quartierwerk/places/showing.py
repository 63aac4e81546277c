"""A place is public while anything public stands there: an offer, an organisation, a public date."""

from collections.abc import Iterable
from uuid import UUID

from quartierwerk.tenants.models import Visibility, Visible

from .models import Address


def places_follow(addresses: Iterable[UUID | None]) -> None:
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
