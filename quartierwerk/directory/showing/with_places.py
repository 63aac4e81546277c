"""A record and its place show together: who may read where an offer is held may read the offer, and the reverse."""

from quartierwerk.places.showing import places_follow
from quartierwerk.tenants.models import Visibility

from ..models import Offer, Organisation


def show_with_place(record: Offer | Organisation, visibility: Visibility, also: tuple[str, ...] = ()) -> None:
    """Save the record with this visibility, and let its place follow. `also` names further fields to save."""
    record.visibility = visibility
    record.save(update_fields=["visibility", *also, "changed_at"])
    places_follow([record.address_id])
