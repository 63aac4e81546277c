"""What a visitor without account meets: the list, the offer, what she may leave, whom she may ask."""

import pytest
from django.test import Client

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(cast):
    client = Client()
    client.town = f"/de/{cast.town.slug}"
    return client


def test_every_public_page_answers(cast, visitor):
    with cast.in_town():
        offer = factories.course(
            space=cast.middle, topics=["language"], languages_spoken=["ar"], childcare="yes"
        )
        factories.contact_of(offer, "0511 1")
    for path in (
        "offers/", "offers/?topic=language&speaks=ar&childcare=1&day=TU&open=1&near=Mitte&within=2", "offers/?topic=health",
        f"offers/{offer.pk}/", f"offers/{offer.pk}/sheet.pdf", f"offers/{offer.pk}/contacts.vcf",
        f"offers/{offer.pk}/register/", f"offers/{offer.pk}/barrier/", "offers/missing/", "my-place/",
        "contacts/", "contacts/?postcode=30999", "contacts/?postcode=3099", "contacts/?postcode=99999", "actors/",
        f"actors/{offer.organisation_id}/",
    ):  # fmt: skip
        answer = visitor.get(f"{visitor.town}/{path}")
        assert answer.status_code == 200, path
