"""Where a page is missing, one stays where one is: colleagues in the back office, visitors on the portal."""

import pytest

from quartierwerk.rights import Role

pytestmark = pytest.mark.django_db
BAR = '<header class="qw-bar">'


@pytest.mark.parametrize("path", ["nowhere/", "directory/offers/00000000-0000-0000-0000-000000000000/"])
def test_a_colleague_stays_in_the_back_office(client, cast, path):
    client.force_login(cast.account[Role.COORDINATOR])
    answer = client.get(f"/staff/{cast.town.slug}/{path}")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert BAR in page
    assert f'href="/staff/{cast.town.slug}/"' in page


def test_visitors_and_colleagues_of_elsewhere_see_the_public_frame(client, cast):
    assert BAR not in client.get(f"/staff/{cast.town.slug}/nowhere/").content.decode()
    client.force_login(cast.account[Role.COORDINATOR])
    answer = client.get(f"/staff/{cast.other.slug}/nowhere/")
    assert (answer.status_code, BAR in answer.content.decode()) == (404, False)
    assert BAR not in client.get(f"/de/{cast.town.slug}/nowhere/").content.decode()


def test_a_person_helps_once_on_a_page(client, cast):
    type(cast.town).objects.filter(pk=cast.town.pk).update(
        contact_office="Büro", contact_phone="0511 000 41 20"
    )
    for path in ("offers/", "offers/missing/", "accessibility/", "nowhere/", ""):
        page = client.get(f"/de/{cast.town.slug}/{path}").content.decode()
        assert page.count(">Ein Mensch hilft weiter</h") == 1, path
