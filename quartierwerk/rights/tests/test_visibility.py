"""A row's own visibility, in lists and for single rows alike."""

import pytest

from quartierwerk.directory.models import Contact, Offer, Organisation
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.rights import Role, find_or_404, may, visible
from quartierwerk.rights.grants import Grant, Person
from quartierwerk.rights.visibility import space_path
from quartierwerk.tenants.models import Visibility

pytestmark = pytest.mark.django_db
READ = "directory.read"


@pytest.fixture
def offers(cast):
    """One offer of each visibility in each of the two quarters and in none."""
    with cast.in_town():
        who = Organisation.objects.create(name="Verein")
        for space in (cast.middle, cast.old, None):
            for visibility in Visibility:
                Offer.objects.create(
                    organisation=who,
                    title=f"{space.name if space else 'überall'} {visibility}",
                    space=space,
                    visibility=visibility,
                )
        yield cast


def seen(person) -> set[str]:
    listed = {offer.title for offer in visible(person, READ, Offer.objects.all())}
    single = {offer.title for offer in Offer.objects.all() if may(person, READ, offer)}
    assert listed == single, "lists and single rows must agree"
    return listed


def titles(*spaces: str, **but) -> set[str]:
    return {f"{space} {visibility}" for space in spaces for visibility in but["visibilities"]}


FOR_STAFF = [Visibility.TENANT, Visibility.SHARED, Visibility.PUBLIC]


def test_coordinator_sees_everything(offers):
    assert seen(offers.person(Role.COORDINATOR)) == titles(
        "Mitte", "Altdorf", "überall", visibilities=list(Visibility)
    )


def test_community_worker_sees_her_quarter_but_nobodys_private_rows(offers):
    assert seen(offers.person(Role.COMMUNITY_WORKER)) == titles(
        "Mitte", visibilities=[Visibility.SPACE, *FOR_STAFF]
    )


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.PLANNER, Role.DEPARTMENT])
def test_staff_of_no_quarter_do_not_see_what_is_for_a_quarters_staff(offers, role):
    assert seen(offers.person(role)) == titles("Mitte", "Altdorf", "überall", visibilities=FOR_STAFF)


def test_role_bound_to_a_quarter_adds_what_is_for_its_staff(offers):
    person = Person(
        account_id=offers.account[Role.PLANNER].pk,
        tenant_id=offers.town.pk,
        grants=(
            Grant(Role.PLANNER, offers.town.pk),
            Grant(Role.COMMUNITY_WORKER, offers.town.pk, offers.old.pk),
        ),
    )
    assert seen(person) == titles("Mitte", "überall", visibilities=FOR_STAFF) | titles(
        "Altdorf", visibilities=[Visibility.SPACE, *FOR_STAFF]
    )


def test_ones_own_organisation_is_seen_whatever_its_visibility(offers):
    editor = Person(
        account_id=offers.account[Role.ORGANISATION_EDITOR].pk,
        tenant_id=offers.town.pk,
        grants=(
            Grant(
                Role.ORGANISATION_EDITOR,
                offers.town.pk,
                organisation_id=Organisation.objects.get().pk,
            ),
        ),
    )
    assert len(seen(editor)) == 3 * len(Visibility)


def test_neighbour_sees_nothing(offers):
    from quartierwerk.people.persons import person_of

    assert seen(person_of(offers.neighbour, offers.other.pk)) == set()


def test_hidden_row_answers_like_a_missing_one(offers):
    from django.http import Http404

    hidden = Offer.objects.get(title="Altdorf space")
    with pytest.raises(Http404):
        find_or_404(offers.person(Role.COMMUNITY_WORKER), READ, Offer, hidden.pk)


def test_path_to_the_quarter_is_found_through_the_parent():
    assert space_path(Offer) == space_path(Address) == "space_id"
    assert space_path(Contact) == "offer__space_id"
    assert space_path(SocialSpace) == "id"
