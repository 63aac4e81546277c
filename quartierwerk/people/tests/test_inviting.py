"""Inviting and accepting (R1.02, W1.1)."""

import re
import threading
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quartierwerk.journal.models import JournalEntry
from quartierwerk.people import actions
from quartierwerk.people.actions import Place
from quartierwerk.people.models import Account, Invitation, InvitedRole, Membership
from quartierwerk.people.persons import person_of
from quartierwerk.rights import Person, Role

from .colleagues import NEW, actions_of, invite, link, mails


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
    invite(admin, "neu@beispiel.example", Role.COUNCIL_MEMBER)
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
    assert person_of(account, cast.town.pk).role_names == ["council_member"]
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


@pytest.mark.django_db(transaction=True)
def test_link_replaced_at_the_same_moment_does_not_count(cast):
    """The administrator sends a new link while somebody opens the old one: found, it waits for the lock, and is gone."""
    by = cast.person(Role.ADMINISTRATOR)
    with cast.in_town():
        invitation, old = actions.invite("neu@beispiel.example", Role.COUNCIL_MEMBER, Place(), by=by)
    account = Account.objects.create_user("neu@beispiel.example", "ein-langes-beispiel-wort", name="Neu")
    outcome = []

    def open_old_link():
        try:
            actions.accept(old, account)
            outcome.append("accepted")
        except actions.Refusal as refusal:
            outcome.append(str(refusal))
        finally:
            connection.close()

    with cast.in_town(), transaction.atomic():
        actions.send_again(Invitation.objects.get(pk=invitation.pk), by=by)
        thread = threading.Thread(target=open_old_link)
        thread.start()
        _until_somebody_waits()
    thread.join()
    assert len(outcome) == 1
    assert outcome != ["accepted"]
    assert not Membership.objects.filter(account=account).exists()


def _until_somebody_waits():
    waiting = (
        "select count(*) from pg_locks join pg_stat_activity using (pid)"
        " where not granted and datname = current_database()"
    )
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waited for the row")
