"""A record's history on a page, and bringing a version back (R1.08)."""

import re
from html import unescape

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from quartierwerk.directory.models import Contact, OfferSchedule, OfferText
from quartierwerk.directory.tests import factories
from quartierwerk.journal import actors, register
from quartierwerk.journal.context import during
from quartierwerk.journal.models import JournalEntry
from quartierwerk.people.models import Account
from quartierwerk.places.models import Address
from quartierwerk.privacy import history as privacy_history
from quartierwerk.privacy.registry import record_of
from quartierwerk.rights import Role
from quartierwerk.versions import pages
from quartierwerk.versions.tables import tables_of

# Each change is a transaction of its own: its moment is what makes a version.
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keeper"])


@pytest.fixture
def offer(cast):
    Account.objects.update(language="en")
    with cast.in_town():
        return factories.offer(
            "Deutsch am Vormittag", hours="Montag 9 bis 12 Uhr", cost="frei", space=cast.middle
        )


def client_of(cast, role=Role.COORDINATOR) -> Client:
    client = Client()
    client.force_login(cast.account[role])
    return client


def history_path(cast, offer) -> str:
    return f"/staff/{cast.town.slug}/history/offers/{offer.pk}/"


def change(cast, offer, *, by=Role.COORDINATOR, **values):
    with cast.in_town(), during("r1", actor=cast.account[by].pk), transaction.atomic():
        for name, value in values.items():
            setattr(offer, name, value)
        offer.save()


def versions(cast, offer) -> list[pages.Version]:
    with cast.in_town(), override("en"):
        return pages.history_of(register.kind_named("offers"), offer, None, "en").versions


def opened(client, path) -> dict:
    """What the page of a version would send: everything ticked."""
    html = client.get(path).content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', html)
    ticked = re.findall(r'name="item" value="([^"]*)" id="[^"]*" checked', html)
    return {"seen": unescape(seen[1]) if seen else "", "item": ticked}


def restored(cast, offer, version, **typed):
    client, path = client_of(cast), f"{history_path(cast, offer)}{version.number}/"
    return client.post(path, {**opened(client, path), **typed})


def test_who_changed_what_and_when_with_old_and_new_value(cast, offer):
    change(cast, offer, hours="Montag 10 bis 12 Uhr")
    newest, first = versions(cast, offer)
    assert newest.who == cast.account[Role.COORDINATOR].name
    (thing,) = newest.things
    (one,) = thing.differences
    assert (one.label, one.old, one.new) == (
        "When",
        [("same", "Montag"), ("removed", "9"), ("same", "bis 12 Uhr")],
        [("same", "Montag"), ("added", "10"), ("same", "bis 12 Uhr")],
    )
    assert first.things[0].what == "added"
    html = client_of(cast).get(history_path(cast, offer)).content.decode()
    assert "<del>9</del>" in html
    assert "<ins>10</ins>" in html
    assert "This is how it stands now" in html


def test_texts_contacts_and_hours_stand_in_the_history(cast, offer):
    with cast.in_town():
        text = OfferText.objects.create(record=offer, text_name="title", language="ar", text="الألمانية")
        contact = Contact.objects.create(offer=offer, function="Kursberatung", phone="0511 1")
        schedule = OfferSchedule.objects.create(offer=offer, freq="weekly", weekdays=["MO"])
        contact.phone = "0511 2"
        contact.save()
        schedule.delete()
        text.delete()
    told = [(thing.title, thing.what) for version in versions(cast, offer) for thing in version.things]
    assert told[:6] == [
        ("Title (Arabic)", "removed"),
        ("Time of an offer: weekly", "removed"),
        ("Contact: Kursberatung", "changed"),
        ("Time of an offer: weekly", "added"),
        ("Contact: Kursberatung", "added"),
        ("Title (Arabic)", "added"),
    ]


def test_version_comes_back_as_a_new_edit_and_nothing_is_lost(cast, offer):
    change(cast, offer, title="Deutsch am Abend", hours="abends")
    first = versions(cast, offer)[-1]
    assert restored(cast, offer, first).status_code == 302
    with cast.in_town():
        offer.refresh_from_db()
        assert (offer.title, offer.hours) == ("Deutsch am Vormittag", "Montag 9 bis 12 Uhr")
        assert offer.sort_key.startswith("deutsch am vormittag")
        entry = JournalEntry.objects.get(action="offer restored")
        assert entry.fields == ["hours", "title"]
    newest = versions(cast, offer)[0]
    assert {one.label for one in newest.things[0].differences} == {"Title", "When"}
    assert "Coordinator" in newest.who


def test_only_what_is_ticked_comes_back(cast, offer):
    change(cast, offer, title="Deutsch am Abend", hours="abends")
    first = versions(cast, offer)[-1]
    assert restored(cast, offer, first, item=["field-hours"]).status_code == 302
    with cast.in_town():
        offer.refresh_from_db()
        assert (offer.title, offer.hours) == ("Deutsch am Abend", "Montag 9 bis 12 Uhr")


def test_deleted_hours_and_texts_come_back_and_later_ones_go(cast, offer):
    with cast.in_town():
        text = OfferText.objects.create(record=offer, text_name="title", language="ar", text="قديم")
        OfferSchedule.objects.create(offer=offer, freq="weekly", weekdays=["MO"])
    then = versions(cast, offer)[0]
    with cast.in_town():
        text.delete()
        OfferText.objects.create(record=offer, text_name="title", language="ar", text="جديد")
        OfferSchedule.objects.all().delete()
        OfferSchedule.objects.create(offer=offer, freq="weekly", weekdays=["FR"])
    assert restored(cast, offer, then).status_code == 302
    with cast.in_town():
        assert [row.text for row in OfferText.objects.filter(record=offer)] == ["قديم"]
        assert [row.weekdays for row in OfferSchedule.objects.filter(offer=offer)] == [["MO"]]
        assert set(OfferText.objects.values_list("visibility", flat=True)) == {"public"}


def test_old_text_cannot_come_back_beside_the_new_one_of_its_language(cast, offer):
    with cast.in_town():
        text = OfferText.objects.create(record=offer, text_name="title", language="ar", text="قديم")
    then = versions(cast, offer)[0]
    with cast.in_town():
        pk = text.pk
        text.delete()
        OfferText.objects.create(record=offer, text_name="title", language="ar", text="جديد")
    answer = restored(cast, offer, then, item=[f"row-{pk}"])
    assert answer.status_code == 422
    assert "stands in its place" in answer.content.decode()
    with cast.in_town():
        assert OfferText.objects.get(record=offer).text == "جديد"


def test_address_comes_back_with_the_offer(cast, offer):
    with cast.in_town():
        change(cast, offer, address=Address.objects.create(street="Alte Straße 1", town="Musterstadt"))
    then = versions(cast, offer)[0]
    with cast.in_town():
        Address.objects.update(street="Neue Straße 2")
    newest = versions(cast, offer)[0]
    assert [one.label for one in newest.things[0].differences] == ["Street and number"]
    assert restored(cast, offer, then).status_code == 302
    with cast.in_town():
        assert Address.objects.get().street == "Alte Straße 1"


def test_change_meanwhile_is_shown_and_nothing_is_stored(cast, offer):
    change(cast, offer, hours="abends")
    first = versions(cast, offer)[-1]
    client, path = client_of(cast), f"{history_path(cast, offer)}{first.number}/"
    page = opened(client, path)
    change(cast, offer, hours="nachts")
    answer = client.post(path, page)
    assert answer.status_code == 409
    assert "nachts" in answer.content.decode()
    with cast.in_town():
        offer.refresh_from_db()
        assert offer.hours == "nachts"
    assert client.post(path, {**page, "seen": "forged"}).status_code == 409


def test_bringing_back_never_publishes(cast, offer):
    change(cast, offer, visibility="tenant")
    change(cast, offer, hours="abends")
    first = versions(cast, offer)[-1]
    assert restored(cast, offer, first).status_code == 302
    with cast.in_town():
        offer.refresh_from_db()
        assert (offer.hours, offer.visibility) == ("Montag 9 bis 12 Uhr", "tenant")


def test_place_gone_since_cannot_be_named_again(cast, offer):
    with cast.in_town():
        from quartierwerk.places.models import SocialSpace

        gone = SocialSpace.objects.create(name="Kurzlebig", visibility="public")
    change(cast, offer, space=gone)
    then = versions(cast, offer)[0]
    change(cast, offer, space=cast.middle)
    with cast.in_town():
        gone.delete()
    html = client_of(cast).get(history_path(cast, offer)).content.decode()
    assert "no longer there" in html
    assert restored(cast, offer, then).status_code == 302
    with cast.in_town():
        offer.refresh_from_db()
        assert offer.space is None


def test_erased_names_stay_erased_before_and_after_the_nightly_run(cast, offer):
    with cast.in_town():
        contact = Contact.objects.create(
            offer=offer, function="Beratung", name="Sevda Muster", phone="0511 99"
        )
    then = versions(cast, offer)[0]
    with cast.in_town(), privacy_history.marked():
        record_of(Contact).erase(contact)
    for _before_and_after in range(2):
        html = client_of(cast).get(history_path(cast, offer)).content.decode()
        assert "Sevda" not in html
        assert "0511 99" not in html
        page = client_of(cast).get(f"{history_path(cast, offer)}{then.number}/").content.decode()
        assert "Sevda" not in page
        assert restored(cast, offer, then).status_code == 302
        with cast.in_town():
            contact.refresh_from_db()
            assert (contact.name, contact.phone, contact.function) == ("", "", "Beratung")
            privacy_history.forget_marked(record_of(Contact))


def test_new_name_is_not_emptied_by_an_older_erased_version(cast, offer):
    with cast.in_town():
        contact = Contact.objects.create(offer=offer, function="Beratung", name="Sevda Muster")
    then = versions(cast, offer)[0]
    with cast.in_town():
        with privacy_history.marked():
            record_of(Contact).erase(contact)
        contact.name, contact.function = "Ole Beispiel", "Leitung"
        contact.save()
    assert restored(cast, offer, then).status_code == 302
    with cast.in_town():
        contact.refresh_from_db()
        assert (contact.name, contact.function) == ("Ole Beispiel", "Beratung")


def test_history_is_for_those_who_maintain_the_record(cast, offer):
    for role, status in (
        (Role.COORDINATOR, 200),
        (Role.COMMUNITY_WORKER, 200),
        (Role.TRANSLATOR, 404),
        (Role.PLANNER, 404),
        (Role.ORGANISATION_EDITOR, 404),
    ):
        assert client_of(cast, role).get(history_path(cast, offer)).status_code == status, role
    with cast.in_town():
        elsewhere = factories.offer("Anderswo", space=cast.old)
    assert client_of(cast, Role.COMMUNITY_WORKER).get(history_path(cast, elsewhere)).status_code == 404
    neighbour = Client()
    neighbour.force_login(cast.neighbour)
    assert neighbour.get(history_path(cast, offer)).status_code == 404


def test_community_worker_cannot_bring_an_offer_into_another_quarter(cast, offer):
    change(cast, offer, space=cast.old)
    then = versions(cast, offer)[0]
    change(cast, offer, space=cast.middle)
    client, path = client_of(cast, Role.COMMUNITY_WORKER), f"{history_path(cast, offer)}{then.number}/"
    assert client.post(path, opened(client, path)).status_code in (403, 404)
    with cast.in_town():
        offer.refresh_from_db()
        assert offer.space_id == cast.middle.pk


def test_unknown_kind_record_and_moment_are_not_there(cast, offer):
    client = client_of(cast)
    root = f"/staff/{cast.town.slug}/history/"
    assert client.get(f"{root}accounts/{offer.pk}/").status_code == 404
    assert client.get(f"{root}organisations/{offer.pk}/").status_code == 404
    assert client.get(f"{history_path(cast, offer)}1/").status_code == 404
    assert client.get(f"{history_path(cast, offer)}{10**30}/").status_code == 404


def test_history_costs_the_same_for_many_versions(cast, offer):
    def queries() -> int:
        client = client_of(cast)
        client.get(history_path(cast, offer))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(history_path(cast, offer)).status_code == 200
        return len(asked)

    def work(rounds: int) -> None:
        for number in range(rounds):
            change(cast, offer, hours=f"ab {number} Uhr", address=None)
            with cast.in_town():
                OfferText.objects.create(
                    record=offer, text_name="title", language=f"x-{number}{rounds}", text="x"
                )
                factories.contact_of(offer, f"0511 {number}")
                OfferSchedule.objects.create(offer=offer, freq="weekly", weekdays=["MO"])

    work(2)
    few = queries()
    work(20)
    assert queries() == few <= 32
    assert len(versions(cast, offer)) == pages.PER_PAGE


@pytest.mark.parametrize("name", ["organisations", "quarters"])
def test_other_kinds_show_their_history(cast, offer, name):
    record = offer.organisation if name == "organisations" else cast.middle
    with cast.in_town():
        record.name = "Anders"
        record.save()
    path = f"/staff/{cast.town.slug}/history/{name}/{record.pk}/"
    with cast.in_town():
        first = pages.history_of(register.kind_named(name), record, None, "en").versions[-1]
    client = client_of(cast)
    assert "Anders" in client.get(path).content.decode()
    assert client.post(f"{path}{first.number}/", opened(client, f"{path}{first.number}/")).status_code == 302
    with cast.in_town():
        record.refresh_from_db()
        assert record.name != "Anders"


def test_every_declared_kind_has_history_in_all_its_tables():
    for kind in register.kinds():
        assert all(table.kept() for table in tables_of(kind))
    with pytest.raises(ValueError, match="already"):
        register.add(register.kind_named("offers"))
    with pytest.raises(ValueError, match="no history"):
        register.add(register.Versioned("entries", JournalEntry, "journal.read", "journal.read", "x"))


def test_names_of_those_who_acted_are_known_and_erased_ones_left_out(cast):
    coordinator = cast.account[Role.COORDINATOR]
    gone = Account.objects.create_user(email="weg@beispiel.example", name="Weg")
    pk = gone.pk
    gone.delete()
    assert actors.names([coordinator.pk, pk]) == {coordinator.pk: coordinator.name}


def test_box_of_both_versions_says_who_and_leads_to_the_history(cast, offer):
    client = client_of(cast)
    path = f"/staff/{cast.town.slug}/directory/offers/{offer.pk}/edit/"
    form = client.get(path).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    change(cast, offer, by=Role.COMMUNITY_WORKER, hours="abends")
    answer = client.post(path, {**typed, "hours": "mittags", "as_opened": form.initial["as_opened"]})
    html = answer.content.decode()
    if answer.status_code == 422:
        pytest.fail(str(answer.context["form"].errors))
    assert answer.status_code == 409
    assert cast.account[Role.COMMUNITY_WORKER].name in html
    assert history_path(cast, offer) in html
