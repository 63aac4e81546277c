"""Inviting, accepting, roles, duties: what an administrator does with colleagues (R1.02, W1.1)."""

import re
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quartierwerk.journal.models import JournalEntry
from quartierwerk.messages.models import Outgoing
from quartierwerk.people import actions, rules
from quartierwerk.people.actions import Place, Refusal
from quartierwerk.people.models import Account, DutyGrant, Invitation, InvitedRole, Membership
from quartierwerk.people.persons import person_of
from quartierwerk.rights import Duty, Person, Refused, Role
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

NEW = {
    "name": "Quirin Quartier",
    "password1": "sieben-blaue-fahrraeder",
    "password2": "sieben-blaue-fahrraeder",
}


@pytest.fixture
def admin(cast, client):
    client.force_login(cast.account[Role.ADMINISTRATOR])
    return client


def invite(client, email="neu@beispiel.example", role=Role.TRANSLATOR, **more):
    return client.post(
        "/staff/musterstadt/people/invite/", {"email": email, "role": role, "last_day": "", **more}
    )


def mails():
    """What the town has sent, oldest first."""
    with scope.entered(scope.staff(Tenant.objects.get(slug="musterstadt"))):
        return list(Outgoing.objects.order_by("created_at"))


def link() -> str:
    return re.search(r"http://testserver(/accounts/invitation/\S+)", mails()[-1].text)[1]


def actions_of(cast):
    with cast.in_town():
        return list(JournalEntry.objects.order_by("at").values_list("action", flat=True))


# ---- inviting ------------------------------------------------------------------------------------------------------------


def test_invited_person_makes_an_account_and_holds_the_role(cast, admin):
    assert invite(admin).status_code == 302
    guest = Client()
    page = guest.get(link(), follow=True)
    assert page.redirect_chain[-1][0] == "/accounts/invitation/"  # the token leaves the address at once
    assert "neu@beispiel.example" in page.content.decode()
    assert guest.post("/accounts/invitation/", NEW)["Location"] == "/staff/"
    account = Account.objects.get(email="neu@beispiel.example")
    assert (account.name, account.check_password(NEW["password1"])) == ("Quirin Quartier", True)
    assert person_of(account, cast.town.pk).has_role(Role.TRANSLATOR)
    assert guest.get("/staff/musterstadt/")["Location"] == reverse("second-factor")
    assert actions_of(cast) == ["person invited", "invitation accepted"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"password1": "kurz", "password2": "kurz"}, "password1"),
        ({"password2": "etwas-ganz-anderes"}, "password2"),
        ({"password1": "neu@beispiel.example", "password2": "neu@beispiel.example"}, "password1"),
    ],
)
def test_new_account_with_faults_keeps_the_invitation(cast, admin, change, field):
    invite(admin)
    guest = Client()
    guest.get(link())
    answer = guest.post("/accounts/invitation/", NEW | change)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Account.objects.filter(email="neu@beispiel.example").exists()
    assert guest.post("/accounts/invitation/", NEW).status_code == 302


def test_same_address_twice_is_one_invitation_with_a_new_link(cast, admin):
    invite(admin, "neu@beispiel.example", Role.TRANSLATOR)
    first = link()
    invite(admin, " NEU@Beispiel.example", Role.PLANNER)
    with cast.in_town():
        invitation = Invitation.objects.get()
        assert {one.role for one in invitation.roles.all()} == {Role.TRANSLATOR, Role.PLANNER}
    assert Client().get(first, follow=True).status_code == 404
    guest = Client()
    guest.get(link())
    guest.post("/accounts/invitation/", NEW)
    account = Account.objects.get(email="neu@beispiel.example")
    assert set(person_of(account, cast.town.pk).role_names) == {"translator", "planner"}


def test_same_role_twice_is_refreshed_not_doubled(cast, admin):
    invite(admin)
    invite(admin, last_day=(timezone.localdate() + timedelta(days=30)).strftime("%d.%m.%Y"))
    with cast.in_town():
        assert InvitedRole.objects.get().valid_until is not None
        assert Invitation.objects.count() == 1


def test_database_refuses_a_second_waiting_invitation(cast):
    with cast.in_town():
        actions.invite("neu@beispiel.example", Role.PLANNER, Place(), by=cast.person(Role.ADMINISTRATOR))
        twin = Invitation(email="neu@beispiel.example", invited_by=uuid4())
        twin.renew("1-other", timezone.now())
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()


def test_plus_addresses_are_different_people(cast, admin):
    invite(admin, "neu@beispiel.example")
    invite(admin, "neu+stadt@beispiel.example")
    with cast.in_town():
        assert Invitation.objects.count() == 2


def test_two_municipalities_invite_the_same_person(cast, admin):
    invite(admin, "neu@beispiel.example", Role.PRESS_OFFICER)
    first = link()
    with cast.in_other():
        by = Person(account_id=uuid4(), tenant_id=cast.other.pk, everything=True)
        _invitation, token = actions.invite("neu@beispiel.example", Role.COUNCIL_MEMBER, Place(), by=by)
    guest = Client()
    guest.get(first)
    guest.post("/accounts/invitation/", NEW)
    guest.get(reverse("open-invitation", args=[token]))
    assert guest.post("/accounts/invitation/").status_code == 302
    account = Account.objects.get(email="neu@beispiel.example")
    assert person_of(account, cast.town.pk).role_names == ["press_officer"]
    assert person_of(account, cast.other.pk).role_names == ["council_member"]
    choice = guest.get("/staff/").content.decode()
    assert "Musterstadt" in choice
    assert "Nachbarstadt" in choice


@pytest.mark.parametrize(
    "token", ["1-falsch", "falsch", "999999-x", "-", "1", "1-", "0-\x00x", "99999999999999999999-x", "²-x"]
)
def test_wrong_token_says_only_that_it_does_not_count(cast, token):
    client = Client()
    client.get(reverse("open-invitation", args=[token]))
    page = client.get("/accounts/invitation/")
    assert page.status_code == 404
    assert client.post("/accounts/invitation/", NEW).status_code == 404


def test_used_expired_and_withdrawn_links_look_like_a_wrong_one(cast, admin, time_machine):
    pages = []
    invite(admin, "a@beispiel.example")
    used, guest = link(), Client()
    guest.get(used)
    guest.post("/accounts/invitation/", NEW)
    pages.append(Client().get(used, follow=True))
    invite(admin, "b@beispiel.example")
    withdrawn = link()
    with cast.in_town():
        pk = Invitation.objects.get(email="b@beispiel.example").pk
    assert admin.post(f"/staff/musterstadt/people/invitations/{pk}/withdraw/").status_code == 302
    pages.append(Client().get(withdrawn, follow=True))
    invite(admin, "c@beispiel.example")
    expired = link()
    late = Client()
    late.get(expired)
    time_machine.move_to(timezone.now() + timedelta(days=14, minutes=1))
    pages.append(Client().get(expired, follow=True))
    assert {page.status_code for page in pages} == {404}
    assert len({re.sub(r'value="\w{64}"', "", page.content.decode()) for page in pages}) == 1
    # Opened in time, sent too late.
    assert late.post("/accounts/invitation/", NEW).status_code == 404
    assert not Account.objects.filter(email="c@beispiel.example").exists()


def test_existing_account_signs_in_and_then_accepts(cast, admin):
    invite(admin, cast.neighbour.email.upper(), Role.PLANNER)
    guest = Client()
    page = guest.get(link(), follow=True)
    assert "next=/accounts/invitation/" in page.content.decode()
    # Sending the form for a new account does not overwrite the existing one.
    guest.post("/accounts/invitation/", NEW)
    cast.neighbour.refresh_from_db()
    assert cast.neighbour.name == "Nadja Nachbar"
    guest.force_login(cast.neighbour)
    guest.get(link())
    assert guest.post("/accounts/invitation/").status_code == 302
    assert person_of(cast.neighbour, cast.town.pk).role_names == ["planner"]
    assert person_of(cast.neighbour, cast.other.pk).role_names == ["coordinator"]


def test_invitation_of_somebody_else_is_not_accepted(cast, admin):
    invite(admin)
    thief = Client()
    thief.force_login(cast.neighbour)
    thief.get(link())
    thief.post("/accounts/invitation/")
    assert person_of(cast.neighbour, cast.town.pk).role_names == []


def test_sent_again_renews_link_and_days(cast, admin, time_machine):
    invite(admin)
    first = link()
    with cast.in_town():
        pk = Invitation.objects.get().pk
    time_machine.move_to(timezone.now() + timedelta(days=20))
    admin.force_login(cast.account[Role.ADMINISTRATOR])
    assert admin.post(f"/staff/musterstadt/people/invitations/{pk}/again/").status_code == 302
    assert Client().get(first, follow=True).status_code == 404
    assert Client().get(link(), follow=True).status_code == 200


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "kein mail"}, "email"),
        ({"email": ""}, "email"),
        ({"role": "king"}, "role"),
        ({"role": Role.OPERATOR}, "role"),
        ({"role": Role.COMMUNITY_WORKER}, "space"),
        ({"role": Role.ORGANISATION_EDITOR, "organisation": ""}, "role"),
        ({"last_day": "1.1.2020"}, "last_day"),
        ({"last_day": "31.2.2027"}, "last_day"),
    ],
)
def test_faulty_invitation_is_refused_and_keeps_what_was_typed(cast, admin, values, field):
    answer = invite(admin, **{"email": "neu@beispiel.example", **values})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not mails()


def test_quarter_of_another_municipality_does_not_exist(cast, admin):
    from quartierwerk.places.models import SocialSpace

    with cast.in_other():
        foreign = SocialSpace.objects.create(name="Fremd")
    answer = invite(admin, role=Role.COMMUNITY_WORKER, space=foreign.pk)
    assert "space" in answer.context["form"].errors


def test_whoever_works_here_is_not_invited_but_opened(cast, admin):
    answer = invite(admin, cast.account[Role.PLANNER].email)
    assert answer.status_code == 422
    assert not mails()


def test_flood_of_invitations_to_one_address_is_stopped(cast, admin):
    answers = [invite(admin).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


def test_invitation_mail_and_journal_hold_no_more_than_they_must(cast, admin):
    invite(admin)
    message = mails()[-1]
    assert message.recipient == "neu@beispiel.example"
    assert "neu@" not in message.subject + message.text + message.key
    with cast.in_town():
        entry = JournalEntry.objects.get()
    assert "neu@" not in " ".join(str(value) for value in entry.__dict__.values())
    with cast.in_town():
        assert link().rsplit("/", 2)[1] not in Invitation.objects.get().token_hash


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
def test_two_administrators_who_remove_each_other_at_once_leave_one():
    from quartierwerk import testing

    cast = testing.cast()
    try:
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
    finally:
        _clear()


def _clear():
    """The serving role may not truncate, so this test takes its rows away itself."""
    import psycopg
    from django.conf import settings

    box = settings.SERVER.url("owner", settings.DATABASES["default"]["NAME"])
    with psycopg.connect(box, autocommit=True) as owner:
        owner.execute("truncate tenants_tenant, people_account cascade")


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
