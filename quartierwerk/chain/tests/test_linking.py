"""Who may link what to what."""

from itertools import pairwise

import pytest

from quartierwerk.chain import actions
from quartierwerk.chain.actions import LinkRefused
from quartierwerk.chain.models import Element, Link, Relation
from quartierwerk.chain.rules import Refusal
from quartierwerk.chain.tests.app.models import ExampleWish, Lack
from quartierwerk.journal.models import JournalEntry
from quartierwerk.rights import Refused, Role
from quartierwerk.tenants.models import Visibility

pytestmark = pytest.mark.django_db
LED_TO, ANSWERED_BY = Relation.LED_TO, Relation.ANSWERED_BY


@pytest.fixture
def town(cast):
    with cast.in_town():
        yield cast


def test_linking_twice_makes_one_link_and_one_entry(town):
    by = town.person(Role.COORDINATOR)
    wish, lack = ExampleWish.objects.create(title="w"), Lack.objects.create(title="l")
    first = actions.link(wish, lack, LED_TO, by=by)
    assert actions.link(wish, lack, LED_TO, by=by) == first
    assert Link.objects.get().author == by.account_id
    assert JournalEntry.objects.filter(action="linked").count() == 1


def test_unlinking_twice_takes_away_once(town):
    by = town.person(Role.COORDINATOR)
    wish, lack = ExampleWish.objects.create(title="w"), Lack.objects.create(title="l")
    actions.link(wish, lack, LED_TO, by=by)
    assert actions.unlink(wish, lack, LED_TO, by=by) is True
    assert actions.unlink(wish, lack, LED_TO, by=by) is False
    assert JournalEntry.objects.filter(action="unlinked").count() == 1


def test_kinds_that_do_not_follow_each_other_are_refused_in_words(town):
    by = town.person(Role.COORDINATOR)
    wish, lack = ExampleWish.objects.create(title="w"), Lack.objects.create(title="l")
    with pytest.raises(LinkRefused) as refusal:
        actions.link(lack, wish, ANSWERED_BY, by=by)
    assert refusal.value.reason == Refusal.KINDS
    assert "Lack" in refusal.value.words
    assert "Wish" in refusal.value.words
    assert not Link.objects.exists()


def test_record_cannot_lead_to_itself(town):
    wish = ExampleWish.objects.create(title="w")
    with pytest.raises(LinkRefused) as refusal:
        actions.link(wish, wish, LED_TO, by=town.person(Role.COORDINATOR))
    assert refusal.value.reason == Refusal.ITSELF


def test_circle_of_one_relation_is_refused_over_any_distance(town):
    by = town.person(Role.COORDINATOR)
    wishes = [ExampleWish.objects.create(title=str(n)) for n in range(4)]
    for source, target in pairwise(wishes):
        actions.link(source, target, LED_TO, by=by)
    with pytest.raises(LinkRefused) as refusal:
        actions.link(wishes[-1], wishes[0], LED_TO, by=by)
    assert refusal.value.reason == Refusal.CIRCLE
    # Another relation says something else: that the last answered the first is no circle.
    assert actions.link(wishes[-1], wishes[0], ANSWERED_BY, by=by)


def test_community_worker_links_records_of_her_quarter_only(town):
    by = town.person(Role.COMMUNITY_WORKER)
    lack = Lack.objects.create(title="Betreuung", visibility=Visibility.PUBLIC)
    internal = Lack.objects.create(title="Entwurf")
    here = ExampleWish.objects.create(title="aus der Mitte", space=town.middle)
    there = ExampleWish.objects.create(title="aus dem Altdorf", space=town.old)
    assert actions.link(here, lack, LED_TO, by=by)
    with pytest.raises(Refused):
        actions.link(there, lack, LED_TO, by=by)
    with pytest.raises(Refused):
        actions.link(here, internal, LED_TO, by=by)


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.STEERING_MEMBER, Role.ADMINISTRATOR])
def test_other_roles_do_not_link(town, role):
    wish, lack = ExampleWish.objects.create(title="w"), Lack.objects.create(title="l")
    with pytest.raises(Refused):
        actions.link(wish, lack, LED_TO, by=town.person(role))


def test_tombstone_goes_with_its_last_link(town):
    by = town.person(Role.COORDINATOR)
    wish, lack = ExampleWish.objects.create(title="w"), Lack.objects.create(title="l")
    actions.link(wish, lack, LED_TO, by=by)
    element = Element.objects.get(pk=wish.element_id)
    wish.delete()
    element.refresh_from_db()
    assert element.removed_at
    assert actions.unlink(element, lack, LED_TO, by=by)
    assert not Element.objects.filter(pk=element.pk).exists()
    assert Element.objects.filter(pk=lack.element_id).exists()
