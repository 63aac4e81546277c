"""The public page of quarters: map and table, each number a link to the list it counts."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quartierwerk.places import actions
from quartierwerk.places.models import SocialSpace
from quartierwerk.places.register import register
from quartierwerk.places.tests.test_outlines import SQUARE, moved, polygon
from quartierwerk.rights import Role
from quartierwerk.tenants import scope

pytestmark = pytest.mark.django_db


def page(client, lang="de"):
    return client.get(f"/{lang}/musterstadt/places/")


def test_quarters_stand_in_their_order_with_map_and_table(cast, client):
    with cast.in_town():
        for number, space in enumerate((cast.middle, cast.old)):
            space.outline = polygon(moved(SQUARE, number * 0.1, 0))
            space.save()
    text = page(client).content.decode()
    assert text.index("Mitte") < text.index("Altdorf")
    assert text.count("<svg") > 1
    assert text.count("<tr>") == 3


def test_hidden_former_future_and_foreign_quarters_do_not_show(cast, client):
    with cast.in_town():
        SocialSpace.objects.create(name="Entwurf")
        SocialSpace.objects.create(name="Gebiet 12", kind="area", visibility="public")
        SocialSpace.objects.create(name="Vorbei", visibility="public", valid_until=date(2026, 1, 1))
        SocialSpace.objects.create(name="Kommt", visibility="public", valid_from=date(2027, 1, 1))
    with cast.in_other():
        SocialSpace.objects.create(name="Fremd", visibility="public")
    with time_machine.travel(date(2026, 11, 22)):
        text = page(client).content.decode()
    for name in ("Entwurf", "Gebiet 12", "Vorbei", "Kommt", "Fremd"):
        assert name not in text


def test_page_without_quarters_goes_on(cast, client):
    with cast.in_town():
        SocialSpace.objects.update(visibility="tenant")
    answer = page(client, "en")
    assert answer.status_code == 200
    assert "The quarters are not entered yet." in answer.content.decode()


def test_same_number_of_queries_for_many_quarters(cast, client):
    counts = []
    for rows in (2, 30):
        with cast.in_town():
            SocialSpace.objects.bulk_create(
                [
                    SocialSpace(name=f"Teil {rows} {n}", sort_key=str(n), visibility="public")
                    for n in range(rows)
                ]
            )
        page(client)
        with CaptureQueriesContext(connection) as asked, scope.entered(None):
            page(client)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_arabic_page_isolates_german_names(cast, client):
    text = page(client, "ar").content.decode()
    assert 'dir="rtl"' in text
    assert '<bdi lang="de">Mitte</bdi>' in text


def test_visitor_of_the_new_quarter_counts_what_the_old_one_had(cast, client):
    """Whoever registers a way counts with `succession.with_former`; the directory does (R4.01)."""
    from quartierwerk.directory.models import Offer, Organisation

    with cast.in_town():
        who = Organisation.objects.create(name="Verein", visibility="public")
        for number in range(3):
            Offer.objects.create(
                organisation=who, title=f"Angebot {number}", space=cast.middle, visibility="public"
            )
        Offer.objects.create(organisation=who, title="Entwurf", space=cast.middle)
        with time_machine.travel(date(2026, 11, 22)):
            new = actions.replace_space(
                cast.middle,
                SocialSpace(name="Neue Mitte", visibility="public"),
                date(2026, 11, 1),
                by=cast.person(Role.PLANNER),
            )
    with time_machine.travel(date(2026, 11, 22)):
        text = page(client, "en").content.decode()
        assert f"/en/musterstadt/offers/?quarter={new.pk}" in text
        assert str(cast.middle.pk) not in text
        listed = client.get(f"/en/musterstadt/offers/?quarter={new.pk}").content.decode()
    assert "3 offers" in text
    assert "3 offers" in listed


def test_two_packages_cannot_take_the_same_way():
    with pytest.raises(ValueError, match="offers"):
        register.add_way(register.ways["offers"])
