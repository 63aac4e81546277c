"""Spring check (W5.1): organisations say "still true" by one click, are reminded, marked and hidden, or called."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quartierwerk.messages.models import Outgoing
from quartierwerk.messages.models import State as MailState
from quartierwerk.rights import Role, worker
from quartierwerk.tenants.models import Visibility

from ..jobs import JOB, ask_whether_true, candidates
from ..models import ConfirmationLink, Offer, Organisation, OrganisationContact, PendingChange
from ..upkeep.actions import take_step
from ..upkeep.rules import Step
from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def club(cast):
    """Two public offers, confirmed a year ago."""
    with cast.in_town():
        row = factories.organisation("Nähkreis", space=cast.middle, visibility=Visibility.PUBLIC)
        Organisation.objects.filter(pk=row.pk).update(
            email="buero@naehkreis.example", confirmed_at=timezone.now() - timedelta(days=365)
        )
        row.refresh_from_db()
        for title in ("Nähcafé", "Änderungsschneiderei"):
            Offer.objects.create(
                organisation=row, title=title, visibility=Visibility.PUBLIC, published_at=timezone.now()
            )
        return row


def night(cast, later=timedelta()):
    """The job of one night, as if so much time had passed."""
    with cast.in_town():
        for pk in candidates(cast.town):
            take_step(pk, by=worker(JOB, cast.town.pk), now=timezone.now() + later)


def links(cast) -> list[str]:
    with cast.in_town():
        mails = Outgoing.objects.filter(kind__startswith="entry still true").order_by("created_at")
        return [re.search(r"(/de/musterstadt/confirm/\S+)", mail.text)[1] for mail in mails]


def state(cast, club) -> str:
    with cast.in_town():
        return Organisation.objects.get(pk=club.pk).confirmation


def is_shown(client, cast, club) -> bool:
    page = reverse("directory:actor", kwargs={"lang": "de", "tenant": cast.town.slug, "pk": club.pk})
    return client.get(page).status_code == 200


def staff(name, cast, **keys):
    return reverse(f"directory_staff:{name}", kwargs={"tenant": cast.town.slug, **keys})


def test_the_job_of_the_night_asks_by_mail_once(cast, club):
    with cast.in_town():
        ask_whether_true(cast.town)
        ask_whether_true(cast.town)
    assert (state(cast, club), len(links(cast))) == (Step.ASKED, 1)


def test_the_example_town_stands_still(cast, club):
    cast.town.is_example = True
    with cast.in_town():
        ask_whether_true(cast.town)
    assert (state(cast, club), links(cast)) == (Step.CONFIRMED, [])


def test_opening_the_link_confirms_nothing_and_one_button_all(client, cast, club):
    night(cast)
    [link] = links(cast)
    page = client.get(link).content.decode()
    assert "Nähcafé" in page
    assert "Änderungsschneiderei" in page
    for _scanner in range(3):
        client.get(link)
        client.head(link)
    assert state(cast, club) == Step.ASKED
    assert client.post(link, {"note": ""}).status_code == 302
    with cast.in_town():
        row = Organisation.objects.get(pk=club.pk)
        assert row.confirmation == Step.CONFIRMED
        assert row.confirmed_at > timezone.now() - timedelta(minutes=1)
        assert not Offer.objects.filter(confirmed_at=None).exists()
        assert not PendingChange.objects.exists()


def test_silence_is_reminded_twice_marked_hidden_and_an_answer_shows_all_again(client, cast, club):
    for week in range(0, 60, 2):
        night(cast, timedelta(weeks=week))
        if state(cast, club) == Step.UNCONFIRMED:
            with cast.in_town():
                assert not Offer.objects.filter(unconfirmed_since=None).exists()
            assert is_shown(client, cast, club)
        if state(cast, club) == Step.HIDDEN:
            break
    assert state(cast, club) == Step.HIDDEN
    assert len(links(cast)) == 3
    assert not is_shown(client, cast, club)
    assert client.post(links(cast)[-1]).status_code == 302
    assert is_shown(client, cast, club)
    with cast.in_town():
        assert set(Offer.objects.values_list("visibility", "unconfirmed_since")) == {
            (Visibility.PUBLIC, None)
        }


def test_offer_that_staff_withdrew_before_does_not_come_back_by_a_confirmation(client, cast, club):
    with cast.in_town():
        Offer.objects.filter(title="Nähcafé").update(visibility=Visibility.TENANT)
    night(cast)
    client.post(links(cast)[0])
    with cast.in_town():
        assert Offer.objects.get(title="Nähcafé").visibility == Visibility.TENANT


def test_what_changed_or_ended_waits_for_the_staff_and_is_not_taken_off_by_a_link(client, cast, club):
    night(cast)
    with cast.in_town():
        changed, over = Offer.objects.order_by("sort_key")
    said = {f"offer-{changed.pk}": "changed", f"offer-{over.pk}": "over", "note": "Nur noch dienstags"}
    client.post(links(cast)[0], said)
    with cast.in_town():
        waiting = {row.offer_id: row.fields for row in PendingChange.objects.all()}
        assert waiting == {
            changed.pk: {"says": "changed", "note": "Nur noch dienstags"},
            over.pk: {"says": "over", "note": "Nur noch dienstags"},
        }
        assert Offer.objects.filter(visibility=Visibility.PUBLIC).count() == 2
        assert Offer.objects.get(pk=over.pk).confirmed_at is None


def test_the_link_tells_nothing_that_visitors_do_not_read(client, cast, club):
    with cast.in_town():
        Offer.objects.create(organisation=club, title="Geheimer Entwurf")
        OrganisationContact.objects.create(organisation=club, function="Leitung", phone="0511 5555 777")
    night(cast)
    page = client.get(links(cast)[0]).content.decode()
    assert "Geheimer Entwurf" not in page
    assert "5555 777" not in page


@pytest.mark.parametrize("token", ["falsch", "a" * 43])
def test_wrong_links_lead_nowhere(client, cast, club, token):
    night(cast)
    address = reverse("directory:confirm", kwargs={"lang": "de", "tenant": cast.town.slug, "token": token})
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_a_link_of_this_town_opens_nothing_in_another_and_none_after_its_time(client, cast, club):
    night(cast)
    [link] = links(cast)
    assert client.get(link.replace("musterstadt", "nachbarstadt")).status_code == 404
    with cast.in_town():
        ConfirmationLink.objects.update(valid_until=timezone.now() - timedelta(seconds=1))
    assert client.post(link).status_code == 404
    assert state(cast, club) == Step.ASKED


@pytest.mark.parametrize(
    "said", [{"offer-": "over"}, {"offer-1": "over"}, {"offer-x": "löschen"}, {"note": " "}]
)
def test_odd_answers_are_passed_over(client, cast, club, said):
    night(cast)
    assert client.post(links(cast)[0], said).status_code == 302
    with cast.in_town():
        assert not PendingChange.objects.exists()


def test_an_answer_about_somebody_elses_offer_counts_for_nothing(client, cast, club):
    with cast.in_town():
        other = factories.organisation("Rechtsberatung", visibility=Visibility.PUBLIC)
        foreign = Offer.objects.create(organisation=other, title="Sprechstunde", visibility=Visibility.PUBLIC)
    night(cast)
    client.post(links(cast)[0], {f"offer-{foreign.pk}": "over"})
    with cast.in_town():
        assert not PendingChange.objects.filter(offer=foreign).exists()


def test_a_mail_that_does_not_arrive_leads_to_the_list_of_calls(client, cast, club):
    night(cast)
    with cast.in_town():
        Outgoing.objects.update(state=MailState.BOUNCED, problem="recipient 550")
    night(cast)
    assert state(cast, club) == Step.PHONE
    client.force_login(cast.account[Role.COORDINATOR])
    page = client.get(staff("confirmations", cast)).content.decode()
    assert "Nähkreis" in page
    client.post(staff("entry_confirmed", cast, pk=club.pk))
    assert state(cast, club) == Step.CONFIRMED


def test_no_mail_address_leads_to_the_list_of_calls(cast, club):
    with cast.in_town():
        Organisation.objects.filter(pk=club.pk).update(email="")
    night(cast)
    assert (state(cast, club), links(cast)) == (Step.PHONE, [])


def test_coordinator_asks_everybody_in_spring(client, cast, club):
    with cast.in_town():
        Organisation.objects.filter(pk=club.pk).update(confirmed_at=timezone.now())
        factories.organisation("Ohne Post", visibility=Visibility.PUBLIC)
    client.force_login(cast.account[Role.COORDINATOR])
    assert client.post(staff("ask_everybody", cast)).status_code == 302
    assert (state(cast, club), len(links(cast))) == (Step.ASKED, 1)


def test_community_worker_asks_in_her_own_quarter_only(client, cast, club):
    with cast.in_town():
        elsewhere = factories.organisation("Chor", space=cast.old, visibility=Visibility.PUBLIC)
    client.force_login(cast.account[Role.COMMUNITY_WORKER])
    assert client.post(staff("entry_ask", cast, pk=club.pk)).status_code == 302
    assert client.post(staff("entry_ask", cast, pk=elsewhere.pk)).status_code == 404
    assert "Chor" not in client.get(staff("confirmations", cast) + "?state=confirmed").content.decode()


def test_mails_in_another_language_lead_to_the_page_in_it(cast, club):
    with cast.in_town():
        Organisation.objects.filter(pk=club.pk).update(language="ar")
    night(cast)
    with cast.in_town():
        mail = Outgoing.objects.get(kind="entry still true")
    assert (mail.language, "/ar/musterstadt/confirm/" in mail.text) == ("ar", True)
