"""The whole way of a record, through the reader's right."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from quartierwerk.chain import panel
from quartierwerk.chain.models import Link, Relation
from quartierwerk.chain.register import Knot, Reader
from quartierwerk.chain.tests.app.models import ExampleWish, Lack
from quartierwerk.rights import VISITOR, Role
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Visibility

pytestmark = pytest.mark.django_db
QUERIES = 3  # committed budget; six are allowed


def joined(source, target):
    return Link(
        source_id=source.element_id,
        target_id=target.element_id,
        relation=Relation.LED_TO,
        tenant=source.tenant,
    )


def reader(cast, role=Role.COORDINATOR, lang="en"):
    return Reader(cast.person(role), lang, cast.town, is_public=False)


def visitor(cast, lang="en"):
    return Reader(VISITOR, lang, cast.town, is_public=True)


def station(found, knot):
    return next(one for one in found.stations if one.knot == knot)


def drawn(found, lang="en"):
    with translation.override(lang):
        return render_to_string("chain/_panel.html", {"panel": found})


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def test_record_alone_shows_seven_knots_with_six_open(cast, english):
    with cast.in_town():
        found = panel.of(Lack.objects.create(title="Kinderbetreuung"), reader(cast))
        knots = found.knots
    assert [knot.is_open for knot in knots] == [True, False, True, True, True, True, True]
    assert knots[1].is_current
    assert not found.is_linked
    assert drawn(found).count("<li class=") == 7


def test_way_is_read_both_ways_from_any_element(cast, english):
    with cast.in_town():
        wish = ExampleWish.objects.create(title="Wohin mit meinem Sohn?")
        lack = Lack.objects.create(title="Kinderbetreuung")
        Link.objects.bulk_create([joined(wish, lack)])
        from_wish, from_lack = (panel.of(one, reader(cast)) for one in (wish, lack))
        for found, current in ((from_wish, Knot.VOICE), (from_lack, Knot.NEED)):
            assert [one.entries[0].title for one in found.stations[:2]] == [
                "Wohin mit meinem Sohn?",
                "Kinderbetreuung",
            ]
            assert [one.knot for one in found.stations if one.is_current] == [current]
        forwards, backwards = from_wish.forwards, from_lack.backwards
    assert "People said: <a" in forwards[0]
    assert "the need: <a" in forwards[1]
    assert "Behind it stands the need" in backwards[0]
    assert "It began with what people said" in backwards[1]
    assert forwards[2] == "Not there yet: Measure, Funding, Offer, Indicator, Answer."


def test_siblings_are_not_on_the_way(cast):
    """What else came of the same voice did not lead here."""
    with cast.in_town():
        wish = ExampleWish.objects.create(title="w")
        one, other = Lack.objects.create(title="hier"), Lack.objects.create(title="anderswo")
        Link.objects.bulk_create([joined(wish, one), joined(wish, other)])
        found = panel.of(one, reader(cast))
    assert [entry.title for entry in station(found, Knot.NEED).entries] == ["hier"]


def test_hidden_element_is_dashed_without_title_and_the_way_goes_on(cast, english):
    with cast.in_town():
        first = ExampleWish.objects.create(title="erster Wunsch", space=cast.middle)
        secret = ExampleWish.objects.create(title="GEHEIM", space=cast.old, visibility=Visibility.PRIVATE)
        lack = Lack.objects.create(title="Bedarf", space=cast.middle)
        Link.objects.bulk_create([joined(first, secret), joined(secret, lack)])
        found = panel.of(lack, reader(cast, Role.COMMUNITY_WORKER))
        page = drawn(found)
        assert "GEHEIM" not in page
        assert "erster Wunsch" in page
        assert station(found, Knot.VOICE).is_hidden
        first.delete()
        page = drawn(panel.of(lack, reader(cast, Role.COMMUNITY_WORKER)))
        assert "Not visible to you" in page
        assert "GEHEIM" not in page
        assert "GEHEIM" in drawn(panel.of(lack, reader(cast)))


def test_visitor_sees_public_elements_only_and_nothing_of_hidden_ones(cast, english):
    with cast.in_town():
        lack = Lack.objects.create(title="Bedarf", visibility=Visibility.PUBLIC)
        seen = ExampleWish.objects.create(title="öffentlich", visibility=Visibility.PUBLIC)
        secret = ExampleWish.objects.create(title="GEHEIM")
        Link.objects.bulk_create([joined(secret, lack)])
    with cast.at_portal():
        found = panel.of(lack, visitor(cast))
        assert not found.is_linked
        assert drawn(found).strip() == "", "a chain with nothing in it says nothing to a visitor"
    with cast.in_town():
        Link.objects.bulk_create([joined(seen, lack)])
    with cast.at_portal():
        found = panel.of(lack, visitor(cast))
        page = drawn(found)
    assert "öffentlich" in page
    assert "GEHEIM" not in page
    assert "qw-chain--col" in page
    assert not station(found, Knot.VOICE).is_hidden


def test_what_visitors_of_one_town_are_told_is_asked_anew_for_each(cast):
    """The statement is put together once; whom it is asked for and about what is not kept with it."""
    told = []
    for entered in (cast.in_town, cast.in_other):
        with entered():
            wish = ExampleWish.objects.create(title=f"Wish {len(told)}", visibility=Visibility.PUBLIC)
            lack = Lack.objects.create(title=f"Lack {len(told)}", visibility=Visibility.PUBLIC)
            Link.objects.bulk_create([joined(wish, lack)])
            tenant = wish.tenant
        with scope.entered(scope.portal(tenant)):
            for one, sides in ((wish, ["self", "after"]), (lack, ["before", "self"])):
                found = panel.of(one, Reader(VISITOR, "en", tenant, is_public=True))
                entries = [entry for station in found.stations for entry in station.entries]
                assert [entry.side for entry in entries] == sides
            told.append([entry.title for entry in entries])
    assert told == [["Wish 0", "Lack 0"], ["Wish 1", "Lack 1"]]


def test_tombstone_shows_that_something_was_there(cast, english):
    with cast.in_town():
        wish, lack = ExampleWish.objects.create(title="Frau Beispiel"), Lack.objects.create(title="Bedarf")
        Link.objects.bulk_create([joined(wish, lack)])
        wish.delete()
        page = drawn(panel.of(lack, reader(cast)))
    assert "No longer there" in page
    assert "Beispiel" not in page


def test_next_steps_are_offered_to_staff_only(cast):
    with cast.in_town():
        wish = ExampleWish.objects.create(title="w", visibility=Visibility.PUBLIC)
        assert f"/lacks/new/?from={wish.element_id}" in drawn(panel.of(wish, reader(cast)))
        assert panel.of(Lack.objects.create(title="l"), reader(cast)).steps == []
    with cast.at_portal():
        assert panel.of(wish, visitor(cast)).steps == []


def test_kind_of_a_package_that_is_not_installed_breaks_nothing(cast):
    from quartierwerk.chain.models import Element

    with cast.in_town():
        wish = ExampleWish.objects.create(title="w")
        strange = Element.objects.create(kind="not_installed")
        Link.objects.create(source_id=wish.element_id, target=strange, relation=Relation.LED_TO)
        assert len(panel.of(wish, reader(cast)).knots) == 7


def test_titles_are_escaped_and_isolated(cast):
    with cast.in_town():
        page = drawn(
            panel.of(ExampleWish.objects.create(title="<script>alert(1)</script>"), reader(cast)), "ar"
        )
    assert "<script>" not in page
    assert '<bdi lang="de" dir="ltr">' in page


@pytest.mark.parametrize("links", [50, pytest.param(10_000, marks=pytest.mark.slow)])
def test_many_links_cost_as_many_queries_as_one(cast, english, links):
    with cast.in_town():
        lack = Lack.objects.create(title="Bedarf", space=cast.middle)
        after = Lack.objects.create(title="Folge")
        spaces = (cast.old, cast.middle)
        wishes = ExampleWish.objects.bulk_create(
            [ExampleWish(title=f"Wunsch {n}", space=spaces[n % 2]) for n in range(links - 1)]
        )
        Link.objects.bulk_create([joined(wish, lack) for wish in wishes] + [joined(lack, after)])
        for who, voices in ((Role.COORDINATOR, links - 1), (Role.COMMUNITY_WORKER, links // 2 - 1)):
            one = reader(cast, who)
            with CaptureQueriesContext(connection) as asked:
                found = panel.of(lack, one)
                page = drawn(found)
            assert len(asked) == QUERIES, [query["sql"][:200] for query in asked]
            assert station(found, Knot.VOICE).count == voices
            assert f"and {voices - 1} more" in page
