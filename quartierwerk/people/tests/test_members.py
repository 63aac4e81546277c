"""Roles and duties: what an administrator gives colleagues and takes back (R1.02, W1.1)."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from quartierwerk.directory.tests import factories
from quartierwerk.people import actions, rules
from quartierwerk.people.actions import Place, Refusal
from quartierwerk.people.models import Account, DutyGrant, Membership
from quartierwerk.people.persons import person_of
from quartierwerk.rights import Duty, Person, Refused, Role
from quartierwerk.tenants import scope

from .colleagues import actions_of, invite

# ---- roles ---------------------------------------------------------------------------------------------------------------


def role_of(cast, role) -> Membership:
    return Membership.objects.get(tenant=cast.town, account=cast.account[role], role=role)


def test_several_roles_for_one_person(cast, admin):
    planner = cast.account[Role.PLANNER]
    answer = admin.post(
        f"/staff/musterstadt/people/{planner.pk}/role/", {"role-role": Role.TRANSLATOR, "role-last_day": ""}
    )
    assert answer.status_code == 302
    assert person_of(planner, cast.town.pk).role_names == ["planner", "translator"]
    assert "role given" in actions_of(cast)


def test_ended_role_holds_no_longer_and_can_be_given_again(cast, admin):
    membership = role_of(cast, Role.PLANNER)
    planner = cast.account[Role.PLANNER]
    assert admin.post(f"/staff/musterstadt/people/roles/{membership.pk}/end/").status_code == 302
    assert person_of(planner, cast.town.pk).role_names == []
    planner.refresh_from_db()
    assert planner.left_at is not None  # the clock of data protection §3 starts
    assert admin.post(f"/staff/musterstadt/people/roles/{membership.pk}/end/").status_code == 404
    again = {"role-role": Role.PLANNER, "role-last_day": ""}
    assert admin.post(f"/staff/musterstadt/people/{planner.pk}/role/", again).status_code == 302
    planner.refresh_from_db()
    assert planner.left_at is None
    assert person_of(planner, cast.town.pk).role_names == ["planner"]


def test_role_ends_by_itself_after_its_last_day(cast, admin, time_machine):
    membership = role_of(cast, Role.PLANNER)
    last = timezone.localdate() + timedelta(days=3)
    answer = admin.post(
        f"/staff/musterstadt/people/roles/{membership.pk}/until/",
        {f"end-{membership.pk}-last_day": last.strftime("%d.%m.%Y")},
    )
    assert answer.status_code == 302
    page = admin.get(f"/staff/musterstadt/people/{membership.account_id}/").content.decode()
    assert last.strftime("%d.%m.%Y") in page
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert person_of(membership.account, cast.town.pk).role_names == ["planner"]
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert person_of(membership.account, cast.town.pk).role_names == []


def test_nobody_gives_rights_to_himself(cast, admin):
    me = cast.account[Role.ADMINISTRATOR]
    with cast.in_town():
        by = cast.person(Role.ADMINISTRATOR)
        with pytest.raises(Refusal):
            actions.give_role(me, Role.COORDINATOR, Place(), by=by)
        with pytest.raises(Refusal):
            actions.give_duty(me, Duty.EXPORT, timezone.now() + timedelta(days=1), by=by)
        with pytest.raises(Refusal):
            actions.invite(me.email.upper(), Role.COORDINATOR, Place(), by=by)
        with pytest.raises(Refusal):
            actions.change_end(role_of(cast, Role.ADMINISTRATOR), None, by=by)
    answer = admin.post(f"/staff/musterstadt/people/{me.pk}/role/", {"role-role": Role.COORDINATOR})
    assert answer.status_code == 422
    assert person_of(me, cast.town.pk).role_names == ["administrator"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_others_than_administrators_do_not_reach_colleagues(cast, client, role):
    client.force_login(cast.account[role])
    target = role_of(cast, Role.PLANNER)
    assert client.get("/staff/musterstadt/people/").status_code == 404
    assert invite(client).status_code == 404
    assert client.post(f"/staff/musterstadt/people/roles/{target.pk}/end/").status_code == 404
    with cast.in_town(), pytest.raises(Refused):
        actions.end_role(target, by=cast.person(role))


def test_people_of_another_municipality_do_not_exist_here(cast, admin):
    theirs = Membership.objects.get(account=cast.neighbour)
    with cast.in_other():
        by = Person(account_id=uuid4(), tenant_id=cast.other.pk, everything=True)
        waiting, _token = actions.invite("fremd@beispiel.example", Role.PLANNER, Place(), by=by)
    day = {"role-role": Role.PLANNER, "duty-duty": "export", "duty-last_day": "1.1.2099"}
    until = {f"end-{theirs.pk}-last_day": "1.1.2099"}
    base = "/staff/musterstadt/people"
    assert admin.get(f"{base}/{cast.neighbour.pk}/").status_code == 404
    assert admin.post(f"{base}/{cast.neighbour.pk}/role/", day).status_code == 404
    assert admin.post(f"{base}/{cast.neighbour.pk}/duty/", day).status_code == 404
    assert admin.post(f"{base}/roles/{theirs.pk}/end/").status_code == 404
    assert admin.post(f"{base}/roles/{theirs.pk}/until/", until).status_code == 404
    assert admin.post(f"{base}/invitations/{waiting.pk}/again/").status_code == 404
    assert admin.post(f"{base}/invitations/{waiting.pk}/withdraw/").status_code == 404
    assert admin.get("/staff/nachbarstadt/people/").status_code == 404
    assert "fremd@beispiel.example" not in admin.get(f"{base}/").content.decode()


# ---- the last administrator ----------------------------------------------------------------------------------------------


def test_last_administrator_is_neither_removed_nor_given_an_end(cast, admin):
    membership = role_of(cast, Role.ADMINISTRATOR)
    assert admin.post(f"/staff/musterstadt/people/roles/{membership.pk}/end/").status_code == 302
    assert person_of(membership.account, cast.town.pk).role_names == ["administrator"]
    assert "role ended" not in actions_of(cast)
    with cast.in_town():
        by = actions.Person(account_id=uuid4(), tenant_id=cast.town.pk, everything=True)
        with pytest.raises(Refusal):
            actions.change_end(membership, timezone.now() + timedelta(days=400), by=by)
        # Giving the same role anew with an end would come to the same.
        with pytest.raises(Refusal):
            actions.give_role(
                membership.account, Role.ADMINISTRATOR, Place(until=timezone.now() + timedelta(days=1)), by=by
            )
    membership.refresh_from_db()
    assert membership.valid_until is None
    assert actions.alone_administered_by(membership.account) == [cast.town]
    assert actions.alone_administered_by(cast.account[Role.PLANNER]) == []


def test_administrator_for_a_time_does_not_count_as_one(cast):
    with cast.in_town():
        by = cast.person(Role.ADMINISTRATOR)
        until = timezone.now() + timedelta(days=30)
        actions.give_role(cast.account[Role.PLANNER], Role.ADMINISTRATOR, Place(until=until), by=by)
        with pytest.raises(Refusal):
            actions.end_role(role_of(cast, Role.ADMINISTRATOR), by=by)
        actions.give_role(cast.account[Role.COORDINATOR], Role.ADMINISTRATOR, Place(), by=by)
        actions.end_role(role_of(cast, Role.ADMINISTRATOR), by=by)


def test_rule_of_the_last_administrator():
    someone, later = uuid4(), timezone.now()
    one = rules.Administration
    assert rules.stays_administered([one(someone, None)])
    assert not rules.stays_administered([])
    assert not rules.stays_administered([one(someone, later)])
    assert not rules.stays_administered([one(someone, None, can_sign_in=False)])
    assert rules.stays_administered([one(someone, later), one(uuid4(), None)])


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_remove_each_other_at_once_leave_one(cast):
    with cast.in_town():
        second = actions.give_role(
            cast.account[Role.COORDINATOR],
            Role.ADMINISTRATOR,
            Place(),
            by=cast.person(Role.ADMINISTRATOR),
        )
    first = role_of(cast, Role.ADMINISTRATOR)
    start, outcome = threading.Barrier(2), []

    def remove(target, by):
        try:
            with scope.entered(scope.staff(cast.town)):
                start.wait(10)
                actions.end_role(target, by=by)
                outcome.append("ended")
        except Refusal:
            outcome.append("refused")
        finally:
            connection.close()

    pairs = [(second, cast.person(Role.ADMINISTRATOR)), (first, cast.person(Role.COORDINATOR))]
    threads = [threading.Thread(target=remove, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcome) == ["ended", "refused"]
    assert actions.is_administered(cast.town)


# ---- duties --------------------------------------------------------------------------------------------------------------


def test_duty_has_a_giver_and_an_end(cast, admin, time_machine):
    planner = cast.account[Role.PLANNER]
    answer = admin.post(
        f"/staff/musterstadt/people/{planner.pk}/duty/", {"duty-duty": "export", "duty-last_day": ""}
    )
    assert answer.status_code == 422
    last = (timezone.localdate() + timedelta(days=2)).strftime("%d.%m.%Y")
    answer = admin.post(
        f"/staff/musterstadt/people/{planner.pk}/duty/", {"duty-duty": "export", "duty-last_day": last}
    )
    assert answer.status_code == 302
    grant = DutyGrant.objects.get()
    assert grant.given_by == cast.account[Role.ADMINISTRATOR].pk
    assert person_of(planner, cast.town.pk).has_duty(Duty.EXPORT)
    assert not person_of(planner, cast.other.pk).has_duty(Duty.EXPORT)
    assert not person_of(planner, cast.town.pk).has_duty(Duty.HOUSING)
    time_machine.move_to(timezone.now() + timedelta(days=3))
    assert not person_of(planner, cast.town.pk).has_duty(Duty.EXPORT)


def test_duty_goes_with_the_last_role_here(cast):
    planner = cast.account[Role.PLANNER]
    with cast.in_town():
        by = cast.person(Role.ADMINISTRATOR)
        actions.give_duty(planner, Duty.HOUSING, timezone.now() + timedelta(days=9), by=by)
        actions.end_role(role_of(cast, Role.PLANNER), by=by)
        assert not person_of(planner, cast.town.pk).has_duty(Duty.HOUSING)
        with pytest.raises(Refusal):
            actions.give_duty(planner, Duty.HOUSING, timezone.now() + timedelta(days=9), by=by)


def test_duty_of_another_municipality_cannot_be_ended(cast, admin):
    grant = DutyGrant.objects.create(
        tenant=cast.other,
        account=cast.neighbour,
        duty=Duty.EXPORT,
        valid_until=timezone.now() + timedelta(days=1),
        given_by=uuid4(),
    )
    assert admin.post(f"/staff/musterstadt/people/duties/{grant.pk}/end/").status_code == 404


def test_colleagues_page_asks_the_same_number_of_questions_however_many(
    cast, admin, django_assert_max_num_queries
):
    with django_assert_max_num_queries(25) as asked:
        admin.get("/staff/musterstadt/people/")
    before = len(asked)
    for number in range(20):
        account = Account.objects.create_user(f"p{number}@beispiel.example", name=f"Person {number}")
        Membership.objects.create(
            tenant=cast.town, account=account, role=Role.COMMUNITY_WORKER, space=cast.old
        )
    with django_assert_max_num_queries(before):
        admin.get("/staff/musterstadt/people/")


@pytest.mark.parametrize("whose", ["nobody's", "the neighbour's"])
def test_role_for_an_organisation_that_is_not_here_is_refused(cast, whose):
    with cast.in_other():
        foreign = factories.organisation("Fremder Verein").pk
    place = Place(organisation_id=uuid4() if whose == "nobody's" else foreign)
    by, role = cast.person(Role.ADMINISTRATOR), Role.ORGANISATION_EDITOR
    with cast.in_town():
        with pytest.raises(actions.Refusal):
            actions.give_role(cast.account[Role.PLANNER], role, place, by=by)
        with pytest.raises(actions.Refusal):
            actions.invite("neu@beispiel.example", role, place, by=by)
        assert not Membership.objects.filter(organisation_id=place.organisation_id).exists()


def test_whose_last_role_ended_reads_so_instead_of_a_bare_404(cast, admin):
    colleague = Client()
    colleague.force_login(cast.account[Role.COUNCIL_MEMBER])
    admin.post(f"/staff/musterstadt/people/roles/{role_of(cast, Role.COUNCIL_MEMBER).pk}/end/")
    answer = colleague.get("/staff/musterstadt/", follow=True)
    assert answer.redirect_chain == [("/staff/", 302)]
    html = answer.content.decode()
    assert "Musterstadt" in html
    assert timezone.localdate().strftime("%d.%m.%Y") in html
    assert cast.town.contact_phone in html
    # Whoever never worked there still learns nothing, and neither does the journal's reader lose the refusal.
    assert colleague.get("/staff/nachbarstadt/").status_code == 404


def test_role_elsewhere_stays_open_beside_the_one_that_ended(cast, admin):
    account = cast.account[Role.COUNCIL_MEMBER]
    Membership.objects.create(tenant=cast.other, account=account, role=Role.COUNCIL_MEMBER)
    admin.post(f"/staff/musterstadt/people/roles/{role_of(cast, Role.COUNCIL_MEMBER).pk}/end/")
    colleague = Client()
    colleague.force_login(account)
    html = colleague.get("/staff/").content.decode()
    assert 'href="/staff/nachbarstadt/"' in html
    assert 'href="/staff/musterstadt/"' not in html
