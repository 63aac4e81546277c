"""What the directory holds: who offers what, where and when, whom to ask, what visitors leave, how it stays true."""

from .changes import ListChange
from .contacts import Contact, OrganisationContact
from .offers import Offer, OfferedAt, OfferText
from .organisations import Confirmation, Location, Organisation, OrganisationRole, OrganisationText
from .requests import OfferBarrier, Registration, Wish
from .schedules import LocationSchedule, OfferSchedule
from .upkeep import (
    ConfirmationLink,
    Moved,
    PendingChange,
    RecordKind,
    SentToMany,
    UnreachableLink,
    ViewCount,
)

__all__ = [
    "Confirmation",
    "ConfirmationLink",
    "Contact",
    "ListChange",
    "Location",
    "LocationSchedule",
    "Moved",
    "Offer",
    "OfferBarrier",
    "OfferSchedule",
    "OfferText",
    "OfferedAt",
    "Organisation",
    "OrganisationContact",
    "OrganisationRole",
    "OrganisationText",
    "PendingChange",
    "RecordKind",
    "Registration",
    "SentToMany",
    "UnreachableLink",
    "ViewCount",
    "Wish",
]
