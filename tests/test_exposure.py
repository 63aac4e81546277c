"""Objects of another municipality, asked for in path, query, form, filter and export: none answers.

Paths are walked by `test_rights_matrix.py`; here are the other ways in. And what a visitor may never see of one's own.
"""

import pytest
from django.test import Client
from django.urls import reverse

from quartierwerk.directory.models import Offer
from quartierwerk.rights import Role
from quartierwerk.tenants.models import Visibility

pytestmark = pytest.mark.django_db


def portal(name, there, **keys):
    return reverse(name, kwargs={"lang": "de", "tenant": there.cast.town.slug, **keys})


def test_foreign_quarter_as_filter_finds_nothing(there):
    answer = Client().get(portal("directory:offers", there), {"quarter": there.foreign["space"].pk})
    assert answer.context["list"].count == 0
    assert "Fremdes" not in answer.content.decode()


@pytest.mark.parametrize("nonsense", ["x", "0", "' or 1=1 --", "%00", "9" * 40, "../..", "<script>"])
@pytest.mark.parametrize("name", ["q", "quarter", "speaks", "page"])
def test_nonsense_in_the_query_is_no_fault(name, nonsense, there):
    answer = Client().get(portal("directory:offers", there), {name: nonsense})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_foreign_names_appear_in_no_list_of_ours(there):
    client = Client()
    client.force_login(there.cast.account[Role.COORDINATOR])
    for name in ("directory_staff:offers", "directory_staff:organisations", "directory_staff:add_offer"):
        text = client.get(reverse(name, kwargs={"tenant": there.cast.town.slug})).content.decode()
        assert "Fremd" not in text, name


def test_foreign_organisation_and_quarter_are_no_choice_in_a_form(there):
    client = Client()
    client.force_login(there.cast.account[Role.COORDINATOR])
    path = reverse("directory_staff:add_offer", kwargs={"tenant": there.cast.town.slug})
    own = {"organisation": there.own["organisation"].pk, "title": "T", "language": "de"}
    for change in ({"organisation": there.foreign["organisation"].pk}, {"space": there.foreign["space"].pk}):
        assert client.post(path, own | change).status_code == 422
    with there.cast.in_town():
        assert not Offer.objects.filter(title="T").exists()


@pytest.mark.parametrize(
    "visibility", [Visibility.PRIVATE, Visibility.SPACE, Visibility.TENANT, Visibility.SHARED]
)
def test_what_is_not_public_shows_on_no_public_page(visibility, there):
    offer = there.own["offer"]
    with there.cast.in_town():
        Offer.objects.filter(pk=offer.pk).update(visibility=visibility)
    visitor = Client()
    for name in ("directory:offer", "directory:offer_pdf"):
        assert visitor.get(portal(name, there, pk=offer.pk)).status_code == 404
    for path in (
        portal("directory:offers", there),
        portal("directory:actor", there, pk=there.own["organisation"].pk),
        portal("home", there),
    ):
        assert offer.title not in visitor.get(path).content.decode()


def test_portal_of_the_neighbour_does_not_show_our_public_offers(there):
    path = reverse(
        "directory:offer", kwargs={"lang": "de", "tenant": there.cast.other.slug, "pk": there.own["offer"].pk}
    )
    assert Client().get(path).status_code == 404
