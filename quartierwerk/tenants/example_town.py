"""Loading the example: the Region, its towns, and what every package adds to them."""

from django.db import transaction
from django.utils.module_loading import autodiscover_modules

from . import example, scope
from .actions import add_tenant
from .models import Tenant

REGION, TOWN, SECOND = "region-hannover", "laatzen", "musterdorf"


def is_loaded() -> bool:
    return Tenant.objects.filter(slug=TOWN, is_example=True).exists()


@transaction.atomic
def load() -> list[Tenant]:
    """The whole example in one transaction. A second call changes nothing."""
    autodiscover_modules("example")
    if is_loaded():
        return list(Tenant.objects.filter(is_example=True))
    contact = {
        "contact_office": "Koordinierungsstelle Integration",
        "contact_place": "Stadthaus, Zimmer 104, Marktplatz 13",
        "contact_phone": "0511 000 41 20",
        "contact_email": "integration@laatzen.example",
        "contact_hours": "Mo bis Do 9–15 Uhr, auch ohne Termin",
        "languages": ["de", "de-simple", "en", "uk", "ar", "fa", "prs", "kmr", "tr", "ru", "fr", "ti"],
        "is_example": True,
    }
    region = add_tenant(REGION, name="Region Hannover", kind=Tenant.Kind.REGION, **contact)
    town = add_tenant(TOWN, name="Laatzen", parent=REGION, postcodes=["30880"], **contact)
    second = add_tenant(SECOND, name="Musterdorf", parent=REGION, postcodes=["30999"], **contact)
    tenants = [region, town, second]
    for part in example.parts():
        for tenant in tenants:
            with scope.entered(scope.staff(tenant)):
                part.load(tenant)
    return tenants
