"""The work list: every sort of work finds what is wrong, and only what is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quartierwerk.rights import Role
from quartierwerk.tenants.models import Visibility

from ..models import Offer, Organisation, PendingChange, UnreachableLink, Wish
from ..upkeep.rules import Step
from . import factories

pytestmark = pytest.mark.django_db


def page(name, cast, **keys):
    return reverse(name, kwargs={"tenant": cast.town.slug, **keys})


def pile(client, cast, name) -> list[str]:
    """Titles of the lines of one pile."""
    answer = client.get(page("staff-work", cast), {"pile": name})
    assert answer.status_code == 200
    assert answer.context["chosen"].pile.name == name
    assert answer.context["chosen"].count == len(answer.context["lines"])
    return [line.title for line in answer.context["lines"]]


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.account[Role.COORDINATOR])
    return client


@pytest.fixture
def fine(cast):
    """An offer of which there is nothing to say."""
    with cast.in_town():
        return factories.offer(
            "Alles gut", space=cast.middle, languages_spoken=["de"], visibility=Visibility.PUBLIC
        )


def test_language_unknown(desk, cast, fine):
    with cast.in_town():
        factories.offer("Unbekannt", languages_spoken=[])
    assert pile(desk, cast, "languages") == ["Unbekannt"]


def test_past_the_last_day_while_it_is_public(desk, cast, fine):
    yesterday = timezone.localdate() - timedelta(days=1)
    with cast.in_town():
        for title, values in {
            "Vorbei": {"valid_until": yesterday},
            "Heute noch": {"valid_until": timezone.localdate()},
            "Kurs vorbei": {"kind": "course", "ends_on": yesterday},
            "Frist vorbei": {"kind": "listing", "deadline": yesterday},
            "Entwurf": {"valid_until": yesterday, "visibility": Visibility.TENANT},
        }.items():
            factories.offer(title, **{"visibility": Visibility.PUBLIC, "languages_spoken": ["de"], **values})
    assert pile(desk, cast, "over") == ["Frist vorbei", "Kurs vorbei", "Vorbei"]


def test_offers_entered_twice_and_mueller_is_not_moeller(desk, cast, fine):
    with cast.in_town():
        twice = factories.organisation("Treff")
        for title in ("Begegnungscafé", "Begegnungscafé", "Sprechstunde Müller", "Sprechstunde Möller"):
            factories.offer(title, organisation=twice, languages_spoken=["de"])
        factories.offer("Begegnungscafé am Sonntag", organisation=twice, languages_spoken=["de"])
    assert pile(desk, cast, "double-offers") == [
        "Begegnungscafé",
        "Begegnungscafé",
        "Begegnungscafé am Sonntag",
    ]


def test_organisations_of_one_name_or_phone_or_website(desk, cast):
    with cast.in_town():
        for name, values in {
            "Verein A": {"phone": "0511 5555 1"},
            "Verein B": {"phone": "0511 5555 1"},
            "Chor": {"website": "https://chor.example"},
            "Singkreis": {"website": "https://chor.example"},
            "Allein": {},
            "Auch allein": {},
        }.items():
            factories.organisation(name, **values)
    assert pile(desk, cast, "double-organisations") == ["Chor", "Singkreis", "Verein A", "Verein B"]


def test_reported_wished_unknown_and_unreachable(desk, cast, fine):
    with cast.in_town():
        factories.barrier(offer=fine)
        factories.barrier(offer=fine, cleared_at=timezone.now())
        wish = factories.wish("Schwimmen")
        factories.wish("Alt", state=Wish.State.ANSWERED)
        factories.organisation("Organisation 12", is_placeholder=True)
        UnreachableLink.objects.create(kind="offer", record_id=fine.pk, url="https://weg.example")
    assert pile(desk, cast, "offer-barriers") == ["Alles gut"]
    assert pile(desk, cast, "wishes") == ["Schwimmen"]
    assert pile(desk, cast, "placeholders") == ["Organisation 12"]
    assert pile(desk, cast, "unreachable") == ["https://weg.example"]
    assert desk.get(page("directory_staff:wish", cast, pk=wish.pk)).status_code == 200
    desk.post(page("directory_staff:wish_answered", cast, pk=wish.pk))
    assert pile(desk, cast, "wishes") == []


def test_a_reported_change_is_ticked_off_once(desk, cast, fine):
    with cast.in_town():
        change = PendingChange.objects.create(offer=fine, fields={"says": "changed", "note": "Nur dienstags"})
    assert "Nur dienstags" in desk.get(page("directory_staff:changes", cast)).content.decode()
    desk.post(page("directory_staff:change_done", cast, pk=change.pk))
    desk.post(page("directory_staff:change_declined", cast, pk=change.pk))  # somebody was quicker
    with cast.in_town():
        assert PendingChange.objects.get().decision == PendingChange.Decision.ACCEPTED


def test_community_worker_has_the_work_of_her_own_quarter(client, cast):
    with cast.in_town():
        for title, space in (("Hier", cast.middle), ("Dort", cast.old)):
            offer = factories.offer(title, space=space, languages_spoken=[])
            factories.barrier(offer=offer)
            PendingChange.objects.create(offer=offer, fields={"says": "over", "note": f"Schluss {title}"})
            Organisation.objects.filter(pk=offer.organisation_id).update(space=space, confirmation=Step.PHONE)
    client.force_login(cast.account[Role.COMMUNITY_WORKER])
    assert pile(client, cast, "languages") == ["Hier"]
    assert pile(client, cast, "offer-barriers") == ["Hier"]
    changes = client.get(page("directory_staff:changes", cast)).content.decode()
    assert "Schluss Hier" in changes
    assert "Schluss Dort" not in changes


def test_the_first_page_counts_what_waits_and_leads_there(desk, cast, fine):
    with cast.in_town():
        Offer.objects.update(languages_spoken=[])
    answer = desk.get(page("staff-today", cast))
    waiting = [(one.number, one.url) for one in answer.context["waiting"]]
    assert (1, page("staff-work", cast) + "?pile=languages") in waiting
    assert all(number for number, _url in waiting)


def test_whoever_has_no_such_work_reads_so(client, cast):
    client.force_login(cast.account[Role.STEERING_MEMBER])
    assert client.get(page("staff-work", cast)).status_code == 200


@pytest.mark.parametrize(("role", "shown"), [(Role.COORDINATOR, True), (Role.PRESS_OFFICER, False)])
def test_the_navigation_leads_to_the_work_list_those_who_have_one(client, cast, role, shown):
    client.force_login(cast.account[role])
    today = client.get(page("staff-today", cast)).content.decode()
    assert (f'href="{page("staff-work", cast)}"' in today) is shown


def test_work_done_on_a_page_of_its_own_stands_in_the_list_too(cast, desk):
    with cast.in_town():
        factories.organisation("Unbestätigt", confirmation="unconfirmed")
    shown = desk.get(page("staff-work", cast)).context
    counted = {one.pile.name: one for one in shown["counted"]}
    assert counted["unconfirmed"].count == 1
    assert counted["unconfirmed"].url == page("directory_staff:confirmations", cast)
    assert "changes" in {one.pile.name for one in shown["empty"]}
