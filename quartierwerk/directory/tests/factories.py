from quartierwerk.directory.models import Contact, Location, Offer, Organisation
from quartierwerk.tenants.models import Visibility


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
