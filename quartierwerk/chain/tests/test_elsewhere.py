"""Links between municipalities: a pair of rows, each behind its own wall, with what was released."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.utils import translation

from quartierwerk import jobs
from quartierwerk.chain import elsewhere, panel
from quartierwerk.chain.actions import LinkRefused
from quartierwerk.chain.models import Element, Elsewhere, Relation
from quartierwerk.chain.register import Reader
from quartierwerk.chain.rules import Refusal
from quartierwerk.chain.tests.app.models import ExampleWish, Lack
from quartierwerk.people.persons import person_of
from quartierwerk.rights import VISITOR, Refused, Role
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Visibility

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(cast):
    """Our wish, shared with the neighbour, and their public lack."""
    with cast.in_town():
        wish = ExampleWish.objects.create(
            title="Wunsch aus Musterstadt", visibility=Visibility.SHARED, shared_with=[cast.other.pk]
        )
    with cast.in_other():
        lack = Lack.objects.create(title="Bedarf der Nachbarn", visibility=Visibility.PUBLIC)
    return wish, lack


def tie(cast, wish, lack, **changes):
    values = {"is_onward": True, "by": cast.person(Role.COORDINATOR)} | changes
    with cast.in_town():
        return elsewhere.link_elsewhere(wish, cast.other, "example_lack", lack.pk, Relation.LED_TO, **values)


def test_each_side_has_its_own_row_with_the_others_title(cast, pair):
    ours = tie(cast, *pair)
    jobs.run_waiting()
    assert (ours.other_title, ours.other_id, ours.is_onward) == ("Bedarf der Nachbarn", cast.other.pk, True)
    with cast.in_other():
        theirs = Elsewhere.objects.get()
        assert (theirs.other_title, theirs.other_id, theirs.is_onward) == (
            "Wunsch aus Musterstadt",
            cast.town.pk,
            False,
        )
        assert theirs.author is None, "who linked it is not told over the wall"
    with cast.in_town():
        assert Elsewhere.objects.get() == ours


def test_job_that_runs_twice_writes_once(cast, pair):
    from quartierwerk.chain.jobs import mirror

    ours = tie(cast, *pair)
    jobs.run_waiting()
    with cast.in_town():
        mirror(ours.pk)
    tie(cast, *pair)
    jobs.run_waiting()
    for place in (cast.in_town(), cast.in_other()):
        with place:
            assert Elsewhere.objects.count() == 1


def test_record_that_was_not_released_is_refused(cast, pair):
    wish, lack = pair
    with cast.in_town():
        ExampleWish.objects.update(visibility=Visibility.TENANT)
        wish.refresh_from_db()
    with pytest.raises(LinkRefused) as refusal:
        tie(cast, wish, lack)
    assert refusal.value.reason == Refusal.NOT_RELEASED


def test_internal_record_of_the_other_is_as_good_as_missing(cast, pair):
    wish, lack = pair
    with cast.in_other():
        Lack.objects.update(visibility=Visibility.TENANT)
    with pytest.raises(LinkRefused) as refusal:
        tie(cast, wish, lack)
    assert refusal.value.reason == Refusal.GONE
    assert "Bedarf" not in refusal.value.words


def test_withdrawn_before_the_job_ran_tells_them_nothing(cast, pair):
    tie(cast, *pair)
    with cast.in_town():
        ExampleWish.objects.update(visibility=Visibility.TENANT, shared_with=[])
    jobs.run_waiting()
    with cast.in_other():
        assert not Elsewhere.objects.exists()


def test_taking_it_away_takes_both_rows(cast, pair):
    wish, _lack = pair
    ours = tie(cast, *pair)
    jobs.run_waiting()
    with cast.in_town():
        elsewhere.unlink_elsewhere(wish, ours, by=cast.person(Role.COORDINATOR))
    jobs.run_waiting()
    for place in (cast.in_town(), cast.in_other()):
        with place:
            assert not Elsewhere.objects.exists()


def test_only_those_who_may_link_do(cast, pair):
    with pytest.raises(Refused):
        tie(cast, *pair, by=cast.person(Role.TRANSLATOR))
    with pytest.raises(Refused):
        tie(cast, *pair, by=person_of(cast.neighbour, cast.other.pk))


def test_walls_hold_for_the_rows(cast, pair):
    tie(cast, *pair)
    jobs.run_waiting()
    for place, rows in (
        (cast.in_town(), 1),
        (cast.in_other(), 1),
        (scope.entered(scope.staff(cast.region)), 0),
    ):
        with place, connection.cursor() as cursor:
            cursor.execute("select count(*) from chain_elsewhere")
            assert cursor.fetchone() == (rows,)
    with cast.at_portal(), connection.cursor() as cursor:
        cursor.execute("select count(*) from chain_elsewhere")
        assert cursor.fetchone() == (0,), "our end is not public"


def test_visitors_see_it_while_our_end_is_public(cast, pair):
    wish, lack = pair
    with cast.in_town():
        ExampleWish.objects.update(visibility=Visibility.PUBLIC)
        wish.refresh_from_db()
    tie(cast, wish, lack)
    visitor = Reader(VISITOR, "en", cast.town, is_public=True)
    with cast.at_portal(), translation.override("en"):
        page = render_to_string("chain/_panel.html", {"panel": panel.of(wish, visitor)})
    assert "Bedarf der Nachbarn" in page
    assert "Nachbarstadt" in page
    with cast.in_town():
        ExampleWish.objects.update(visibility=Visibility.TENANT)
    with cast.at_portal():
        assert not Elsewhere.published.exists()


def test_deleting_our_record_leaves_a_tombstone_on_our_side(cast, pair):
    wish, lack = pair
    tie(cast, wish, lack)
    jobs.run_waiting()
    with cast.in_town():
        ExampleWish.objects.all().delete()
        assert Element.objects.get(pk=wish.element_id).removed_at
    with cast.in_other():
        Lack.objects.all().delete()
        assert Element.objects.get(pk=lack.element_id).removed_at
