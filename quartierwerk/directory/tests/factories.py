from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from quartierwerk.intake.models import ImportFile
from quartierwerk.tenants.models import Visibility

from ..models import (
    Contact,
    Location,
    Moved,
    Offer,
    OfferBarrier,
    OfferedAt,
    Organisation,
    OrganisationContact,
    PendingChange,
    Registration,
    SentToMany,
    ViewCount,
    Wish,
)


def organisation(name: str = "Sprachhaus Leine", **values) -> Organisation:
    return Organisation.objects.create(name=name, **{"visibility": Visibility.PUBLIC, **values})


def offer(title: str = "Deutsch am Vormittag", **values) -> Offer:
    if "organisation" not in values:
        values["organisation"] = organisation()
    return Offer.objects.create(title=title, **{"visibility": Visibility.PUBLIC, **values})


def _columns(token: str) -> dict[str, str]:
    return {"Vorstand": f"{token}, {token.lower()}@beispiel.example"}


def organisation_of_list(token: str) -> Organisation:
    return organisation(kept_columns=_columns(token))


def location_of_list(token: str) -> Location:
    return Location.objects.create(organisation=organisation(), kept_columns=_columns(token))


def offer_of_list(token: str) -> Offer:
    return offer(kept_columns=_columns(token))


def contact(token: str, account_id=None) -> Contact:
    return Contact.objects.create(
        offer=offer(),
        function="Kursberatung",
        name=token,
        phone=f"0511 {token}",
        email=f"{token.lower()}@beispiel.example",
        account_id=account_id,
    )


def contact_of(offer: Offer, phone: str) -> Contact:
    return Contact.objects.create(offer=offer, function="Beratung", phone=phone)


def organisation_contact(token: str, account_id=None) -> OrganisationContact:
    return OrganisationContact.objects.create(
        organisation=organisation(),
        function="Migrationsberatung",
        name=token,
        phone=f"0511 {token}",
        email=f"{token.lower()}@beispiel.example",
        programmes=["Migrationsberatung für Erwachsene"],
        account_id=account_id,
    )


def offered_at_of_list(token: str) -> OfferedAt:
    one = offer()
    place = Location.objects.create(organisation=one.organisation, visibility=one.visibility)
    return OfferedAt.objects.create(offer=one, location=place, kept_columns=_columns(token))


def course(title: str = "Deutsch A1", **values) -> Offer:
    return offer(title, **{"kind": "course", "level": "A1", "seats": 12, "has_waiting_list": True, **values})


def registration(token: str = "Amina", **values) -> Registration:
    values.setdefault("offer", None)
    values["offer"] = values["offer"] or course()
    given = {"reach": f"{token.lower()}@beispiel.example", "language": "ar", "children": 1, "note": token}
    return Registration.objects.create(name=token, **{**given, **values})


def barrier(token: str = "Keine Rampe", **values) -> OfferBarrier:
    if "offer" not in values:
        values["offer"] = offer()
    return OfferBarrier.objects.create(text=token, **{"kind": OfferBarrier.Kind.ACCESS, **values})


def wish(token: str = "Schwimmen für Frauen", **values) -> Wish:
    reach = f"{''.join(token.lower().split())}@beispiel.example"
    return Wish.objects.create(words=token, **{"topic": "sport", "reach": reach, **values})


def pending_change(token: str = "Neu", **values) -> PendingChange:
    if not values.get("organisation"):
        values.setdefault("offer", offer())
    changed = {"title": {"from": "Alt", "to": f"{token} {token.lower()}@beispiel.example"}}
    decided = timezone.now() - timedelta(days=1)
    return PendingChange.objects.create(fields=changed, **{"decided_at": decided, **values})


def view_count(token: str = "", **values) -> ViewCount:
    values = {"month": date(2026, 11, 1), "count": 7, **values}
    return ViewCount.objects.create(offer=values.pop("offer", None) or offer(), **values)


def own_list(organisation: Organisation, content: bytes = b"Titel\nStricken\n") -> ImportFile:
    return ImportFile.objects.create(
        kind="own list",
        file_name="liste.csv",
        source=f"own list {organisation.pk}",
        language="de",
        content=content,
        size=len(content),
    )


def sent_to_many(token: str = "Einladung", **values) -> SentToMany:
    given = {"subject": "Runder Tisch", "number": 3, "digest": "0" * 64}
    return SentToMany.objects.create(text=token, **{**given, **values})


def moved(source_id: str = "") -> Moved:
    """An address that leads on after merging."""
    return Moved.objects.create(kind="offer", old=uuid4(), new=uuid4(), source="liste", source_id=source_id)
