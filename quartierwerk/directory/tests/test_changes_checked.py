"""Where the municipality checks changes: what an organisation's editor writes waits until somebody looked at it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from quartierwerk import rights
from quartierwerk.messages.models import Outgoing
from quartierwerk.people.models import Membership
from quartierwerk.rights import Role
from quartierwerk.tenants.models import Visibility

from .. import actions
from ..checking import actions as checks
from ..models import Contact, Offer, OfferSchedule, Organisation, PendingChange
from . import factories

pytestmark = pytest.mark.django_db
Decision, What = PendingChange.Decision, PendingChange.What


def page(name, cast, **keys):
    return reverse(f"directory_staff:{name}", kwargs={"tenant": cast.town.slug, **keys})


@pytest.fixture
def club(cast):
    cast.town.changes_are_checked = True
    cast.town.save()
    with cast.in_town():
        club = factories.organisation("Nähkreis", space=cast.middle, email="buero@naehkreis.example")
        Membership.objects.filter(account=cast.account[Role.ORGANISATION_EDITOR]).update(
            organisation_id=club.pk
        )
    return club


@pytest.fixture
def offer(cast, club):
    with cast.in_town():
        offer = factories.offer(
            "Nähen für alle", organisation=club, space=cast.middle, language="de", cost="5 €"
        )
        factories.contact_of(offer, "0511 000 11 11")
        OfferSchedule.objects.create(offer=offer, weekdays=["TU"])
    return offer


def client_of(cast, role) -> Client:
    client = Client()
    client.force_login(cast.account[role])
    return client


@pytest.fixture
def vera(cast, club):
    return client_of(cast, Role.ORGANISATION_EDITOR)


@pytest.fixture
def office(cast):
    return client_of(cast, Role.COORDINATOR)


def form_of(client, address, **values):
    """Everything as the page opened it, and what is typed over it."""
    opened = client.get(address).context
    shown, data = opened["page"], {"change_seen": opened["draft"].seen}
    for form in shown.forms:
        for field in form:
            value = field.value()
            if value not in (None, False, ""):
                data[field.html_name] = value
    data |= {f"{rows.prefix}-rows": str(len(rows.forms)) for rows in shown.rows}
    return data | values


def send(client, cast, offer, **values):
    address = page("edit_offer", cast, pk=offer.pk)
    return client.post(address, form_of(client, address, **values))


def waiting(cast, **known) -> PendingChange:
    with cast.in_town():
        return PendingChange.objects.get(decision=Decision.OPEN, **known)


def now(cast, record):
    with cast.in_town():
        return type(record).objects.get(pk=record.pk)


def seen(client, cast, change) -> str:
    return client.get(page("change", cast, pk=change.pk)).context["told"].seen


def accept(client, cast, change, **more):
    data = {"seen": seen(client, cast, change), **more}
    return client.post(page("change_accept", cast, pk=change.pk), data)


# ---- an offer that visitors see ----------------------------------------------------------------------------------------


def test_change_waits_and_shows_to_nobody_until_it_is_taken_over(cast, vera, office, offer, client):
    answer = send(vera, cast, offer, cost="kostenlos", **{"contact-phone": "0511 000 22 22"})
    assert answer.status_code == 302
    assert now(cast, offer).cost == "5 €"
    public = f"/de/{cast.town.slug}/offers/{offer.pk}/"
    assert "kostenlos" not in client.get(public).content.decode()
    change = waiting(cast)
    mine = vera.get(page("change", cast, pk=change.pk)).content.decode()
    assert "kostenlos" in mine
    assert "22 22" in mine
    assert str(change.pk) in vera.get(page("offer", cast, pk=offer.pk)).content.decode()
    told = office.get(page("change", cast, pk=change.pk)).context["told"]
    assert [(one.old, one.new) for one in told.differences] == [
        ("5 €", "kostenlos"), ("0511 000 11 11", "0511 000 22 22"),
    ]  # fmt: skip
    assert accept(office, cast, change).status_code == 302
    assert now(cast, offer).cost == "kostenlos"
    with cast.in_town():
        assert Contact.objects.get().phone == "0511 000 22 22"
    assert "kostenlos" in client.get(public).content.decode()


def test_times_are_compared_and_taken_over_with_the_rest(cast, vera, office, offer):
    send(vera, cast, offer, **{"times-1-typed": "Do 9-12 Uhr", "times-1-skip_holidays": "on", "times-rows": "2",
                               "times-remove": "on"})  # fmt: skip
    change = waiting(cast)
    words = [
        (one.old, one.new)
        for one in office.get(page("change", cast, pk=change.pk)).context["told"].differences
    ]
    assert len(words) == 2
    assert words[0][0]
    assert "9" in words[1][1]
    accept(office, cast, change)
    with cast.in_town():
        assert [one.weekdays for one in OfferSchedule.objects.all()] == [["TH"]]


def test_with_the_setting_off_everything_counts_at_once(cast, vera, offer):
    cast.town.changes_are_checked = False
    cast.town.save()
    send(vera, cast, offer, cost="kostenlos")
    assert now(cast, offer).cost == "kostenlos"
    with cast.in_town():
        assert not PendingChange.objects.exists()


def test_who_checks_herself_does_not_wait(cast, office, offer, club):
    send(office, cast, offer, cost="kostenlos")
    assert now(cast, offer).cost == "kostenlos"


def test_what_differs_in_nothing_is_not_sent(cast, vera, offer):
    assert send(vera, cast, offer).status_code == 302
    with cast.in_town():
        assert not PendingChange.objects.exists()


def test_faults_are_told_before_anything_is_sent(cast, vera, offer):
    assert send(vera, cast, offer, title="", website="kein link").status_code == 422
    with cast.in_town():
        assert not PendingChange.objects.exists()


def test_nul_and_foreign_fields_are_not_kept(cast, vera, offer):
    send(vera, cast, offer, serves_postcodes="30\x00999", visibility="private", geheim="x\x00y")
    typed = waiting(cast).fields["typed"]
    assert typed["serves_postcodes"] == ["30999"]
    assert not {"visibility", "geheim", "csrfmiddlewaretoken"} & set(typed)


def test_editor_goes_on_from_what_she_wrote_and_there_is_one_change(cast, vera, office, offer):
    send(vera, cast, offer, cost="kostenlos")
    again = vera.get(page("edit_offer", cast, pk=offer.pk))
    assert again.context["form"]["cost"].value() == "kostenlos"
    send(vera, cast, offer, audience="Frauen")
    accept(office, cast, waiting(cast))
    assert (now(cast, offer).cost, now(cast, offer).audience) == ("kostenlos", "Frauen")


def test_editor_takes_it_back(cast, vera, office, offer):
    send(vera, cast, offer, cost="kostenlos")
    change = waiting(cast)
    held = seen(office, cast, change)
    assert vera.post(page("change_take_back", cast, pk=change.pk)).status_code == 302
    answer = office.post(page("change_accept", cast, pk=change.pk), {"seen": held})
    assert answer.status_code == 302  # told that it is gone
    assert now(cast, offer).cost == "5 €"


def test_colleague_who_sent_meanwhile_is_not_written_over_unseen(cast, vera, offer):
    address = page("edit_offer", cast, pk=offer.pk)
    opened = form_of(vera, address, cost="7 €")
    send(vera, cast, offer, cost="kostenlos")
    answer = vera.post(address, opened)
    assert answer.status_code == 409
    assert waiting(cast).fields["typed"]["cost"] == ["kostenlos"]
    seen_now = answer.context["draft"].seen
    assert vera.post(address, opened | {"change_seen": seen_now}).status_code == 302
    assert waiting(cast).fields["typed"]["cost"] == ["7 €"]


# ---- deciding ----------------------------------------------------------------------------------------------------------


def test_accepting_twice_does_it_once(cast, vera, office, offer):
    send(vera, cast, offer, cost="kostenlos")
    change = waiting(cast)
    held = seen(office, cast, change)
    for _again in range(2):
        office.post(page("change_accept", cast, pk=change.pk), {"seen": held})
    with cast.in_town():
        assert PendingChange.objects.get().decision == Decision.ACCEPTED


def test_what_changed_since_it_was_looked_at_is_shown_again(cast, vera, office, offer):
    send(vera, cast, offer, cost="kostenlos")
    change = waiting(cast)
    held = seen(office, cast, change)
    send(vera, cast, offer, cost="1000 €")
    answer = office.post(page("change_accept", cast, pk=change.pk), {"seen": held})
    assert answer.status_code == 409
    assert "1000" in answer.content.decode()
    assert now(cast, offer).cost == "5 €"
    assert office.post(page("change_accept", cast, pk=change.pk), {"seen": ""}).status_code == 409


def test_staff_changed_other_fields_meanwhile_both_stand(cast, vera, office, offer):
    send(vera, cast, offer, cost="kostenlos")
    with cast.in_town():
        Offer.objects.filter(pk=offer.pk).update(audience="Frauen")
        Contact.objects.update(phone="0511 000 33 33")
    assert accept(office, cast, waiting(cast)).status_code == 302
    stands = now(cast, offer)
    assert (stands.cost, stands.audience) == ("kostenlos", "Frauen")
    with cast.in_town():
        assert Contact.objects.get().phone == "0511 000 33 33"


@pytest.mark.parametrize(("choice", "stands"), [("mine", "kostenlos"), ("theirs", "6 €")])
def test_staff_changed_the_same_field_somebody_chooses(cast, vera, office, offer, choice, stands):
    send(vera, cast, offer, cost="kostenlos")
    with cast.in_town():
        Offer.objects.filter(pk=offer.pk).update(cost="6 €")
    change = waiting(cast)
    assert accept(office, cast, change).status_code == 422
    assert now(cast, offer).cost == "6 €"
    assert accept(office, cast, change, **{"keep-cost": choice}).status_code == 302
    assert now(cast, offer).cost == stands


def test_contact_that_staff_removed_meanwhile_does_not_come_back(cast, vera, office, offer):
    send(vera, cast, offer, cost="kostenlos")
    with cast.in_town():
        Contact.objects.all().delete()
    assert accept(office, cast, waiting(cast)).status_code == 302
    with cast.in_town():
        assert not Contact.objects.exists()


def test_change_of_a_deleted_offer_is_gone_with_it(cast, vera, office, offer):
    send(vera, cast, offer, cost="kostenlos")
    change = waiting(cast)
    with cast.in_town():
        Offer.objects.get().delete()
    assert office.post(page("change_accept", cast, pk=change.pk), {"seen": "x"}).status_code == 404


def test_change_of_an_offer_taken_off_meanwhile_does_not_show_it_again(cast, vera, office, offer):
    send(vera, cast, offer, cost="kostenlos")
    with cast.in_town():
        actions.withdraw_offer(now(cast, offer), by=cast.person(Role.COORDINATOR))
    accept(office, cast, waiting(cast))
    assert (now(cast, offer).cost, now(cast, offer).visibility) == ("kostenlos", Visibility.TENANT)


def test_day_that_passed_while_it_waited_cannot_be_taken_over_as_it_is(cast, vera, office, offer):
    send(vera, cast, offer, cost="kostenlos")
    with cast.in_town():
        change = PendingChange.objects.get()
        change.fields["typed"]["valid_until"] = ["01.01.2020"]
        change.save()
    answer = office.post(page("change_accept", cast, pk=change.pk), {"seen": "x"})
    assert answer.status_code == 422
    assert now(cast, offer).cost == "5 €"
    address = page("edit_offer", cast, pk=offer.pk) + f"?change={change.pk}"
    mended = form_of(office, address, valid_until="", change=str(change.pk))
    assert office.post(address, mended).status_code == 302
    assert now(cast, offer).cost == "kostenlos"
    with cast.in_town():
        assert PendingChange.objects.get().decision == Decision.ACCEPTED


def test_checker_changes_and_accepts_but_not_over_newer_words(cast, vera, office, offer):
    send(vera, cast, offer, cost="kostenlos")
    change = waiting(cast)
    address = page("edit_offer", cast, pk=offer.pk) + f"?change={change.pk}"
    opened = form_of(office, address, cost="gratis", change=str(change.pk))
    send(vera, cast, offer, cost="1 €")
    assert office.post(address, opened).status_code == 409
    assert now(cast, offer).cost == "5 €"
    assert (
        office.post(address, form_of(office, address, cost="gratis", change=str(change.pk))).status_code
        == 302
    )
    assert now(cast, offer).cost == "gratis"


def test_declined_with_a_reason_that_the_mail_does_not_tell(cast, vera, office, offer):
    send(vera, cast, offer, cost="kostenlos")
    change = waiting(cast)
    assert office.post(page("change_decline", cast, pk=change.pk), {"reason": " "}).status_code == 422
    assert (
        office.post(page("change_decline", cast, pk=change.pk), {"reason": "Frau Muster rief an"}).status_code
        == 302
    )
    assert now(cast, offer).cost == "5 €"
    with cast.in_town():
        mails = list(Outgoing.objects.order_by("recipient"))
    assert {one.recipient for one in mails} == {
        "buero@naehkreis.example",
        cast.account[Role.ORGANISATION_EDITOR].email,
    }
    for one in mails:
        assert "Muster rief" not in one.text
        assert "kostenlos" not in one.text
        assert re.search(rf"/changes/{change.pk}/", one.text)
    assert "Frau Muster rief an" in vera.get(page("change", cast, pk=change.pk)).content.decode()
    # What she wrote is not lost.
    address = page("edit_offer", cast, pk=offer.pk) + f"?change={change.pk}"
    assert vera.get(address).context["form"]["cost"].value() == "kostenlos"


def test_editor_neither_accepts_nor_sees_what_others_sent(cast, vera, offer):
    with cast.in_town():
        other = factories.offer("Chor", organisation=factories.organisation("Chor"))
        foreign = PendingChange.objects.create(offer=other, what=What.EDIT, fields={"typed": {}})
    send(vera, cast, offer, cost="kostenlos")
    assert vera.get(page("change", cast, pk=foreign.pk)).status_code == 404
    assert vera.post(page("change_take_back", cast, pk=foreign.pk)).status_code == 404
    own = waiting(cast, offer=offer)
    assert vera.post(page("change_accept", cast, pk=own.pk), {"seen": ""}).status_code == 404
    with cast.in_town(), pytest.raises(rights.Refused):
        checks.accept(own, seen="", choices={}, by=cast.person(Role.ORGANISATION_EDITOR), reader="de")


def test_community_worker_decides_in_her_own_quarter(cast, vera, offer):
    send(vera, cast, offer, cost="kostenlos")
    worker = client_of(cast, Role.COMMUNITY_WORKER)
    listed = reverse("staff-work", kwargs={"tenant": cast.town.slug}) + "?pile=checks"
    assert "Nähen für alle" in worker.get(listed).content.decode()
    change = waiting(cast)
    with cast.in_town():
        Offer.objects.update(space=cast.old)
    assert worker.post(page("change_accept", cast, pk=change.pk), {"seen": ""}).status_code == 404


# ---- new offers and publication ----------------------------------------------------------------------------------------


def test_new_offer_is_a_draft_and_its_publication_waits(cast, vera, office, club):
    data = {
        "kind": "general",
        "organisation": club.pk,
        "title": "Stricken",
        "language": "de",
        "contact-phone": "0511 000 44 44",
    }
    vera.post(page("add_offer", cast), data)
    with cast.in_town():
        made = Offer.objects.get()
    vera.post(page("publish", cast, pk=made.pk))
    vera.post(page("publish", cast, pk=made.pk))
    assert now(cast, made).visibility == Visibility.TENANT
    asked = waiting(cast, what=What.PUBLISH)
    held = seen(office, cast, asked)
    send(vera, cast, made, cost="9 €")  # a draft is hers; who publishes it looks again
    assert now(cast, made).cost == "9 €"
    assert office.post(page("change_accept", cast, pk=asked.pk), {"seen": held}).status_code == 409
    assert accept(office, cast, asked).status_code == 302
    assert now(cast, made).visibility == Visibility.PUBLIC
    with cast.in_town():
        assert PendingChange.objects.get().decision == Decision.ACCEPTED


def test_incomplete_offer_is_not_sent_for_publication(cast, vera, club):
    with cast.in_town():
        club.email = ""
        club.save()
        draft = factories.offer("Stricken", organisation=club, visibility=Visibility.TENANT)
    assert vera.post(page("publish", cast, pk=draft.pk)).status_code == 422
    with cast.in_town():
        assert not PendingChange.objects.exists()


def test_action_refuses_an_editor_who_would_publish_past_the_check(cast, club):
    with cast.in_town():
        draft = factories.offer("Stricken", organisation=club, visibility=Visibility.TENANT)
        with pytest.raises(rights.Refused):
            actions.publish_offer(draft, by=cast.person(Role.ORGANISATION_EDITOR))


def test_taking_off_the_pages_counts_at_once(cast, vera, offer):
    vera.post(page("withdraw", cast, pk=offer.pk))
    assert now(cast, offer).visibility == Visibility.TENANT


def test_draft_that_shares_its_address_does_not_move_the_public_offer(cast, vera, offer):
    from quartierwerk.places.models import Address

    with cast.in_town():
        place = Address.objects.create(street="Marktstraße 5", visibility=Visibility.PUBLIC)
        Offer.objects.update(address=place)
        draft = factories.offer(
            "Nähen II", organisation=offer.organisation, address=place, visibility=Visibility.TENANT
        )
    assert send(vera, cast, draft, **{"address-street": "Hafenweg 1"}).status_code == 302
    with cast.in_town():
        assert Offer.objects.get(pk=offer.pk).address.street == "Marktstraße 5"
        assert Offer.objects.get(pk=draft.pk).address.street == "Hafenweg 1"


# ---- the organisation --------------------------------------------------------------------------------------------------


def test_organisation_waits_the_same_way(cast, vera, office, club):
    address = page("edit_organisation", cast, pk=club.pk)
    data = form_of(vera, address, phone="0511 000 55 55", **{"contact-function": "Büro", "contact-rows": "1"})
    assert vera.post(address, data).status_code == 302
    assert now(cast, club).phone == ""
    change = waiting(cast, organisation=club)
    assert str(change.pk) in vera.get(address).content.decode()
    assert accept(office, cast, change).status_code == 302
    assert now(cast, club).phone == "0511 000 55 55"
    with cast.in_town():
        assert Organisation.objects.get().contacts.get().function == "Büro"


def test_reports_of_the_confirming_page_stay_a_list_of_their_own(cast, vera, office, offer):
    send(vera, cast, offer, cost="kostenlos")
    with cast.in_town():
        PendingChange.objects.create(offer=offer, fields={"says": "changed", "note": "Nur dienstags"})
    reported = office.get(page("changes", cast)).content.decode()
    assert "Nur dienstags" in reported
    assert "kostenlos" not in reported


def test_merging_two_entries_with_changes_loses_no_words(cast, vera, office, offer):
    from ..merging import moving

    with cast.in_town():
        double = factories.offer("Nähen", organisation=offer.organisation, space=cast.middle)
    send(vera, cast, offer, cost="kostenlos")
    send(vera, cast, double, cost="1 €")
    with cast.in_town():
        moving.what_hangs_on_offer(double, offer, by=cast.person(Role.COORDINATOR))
        declined = PendingChange.objects.get(decision=Decision.DECLINED)
    assert (declined.offer_id, declined.fields["typed"]["cost"]) == (offer.pk, ["1 €"])
    assert declined.reason
    assert waiting(cast).fields["typed"]["cost"] == ["kostenlos"]
