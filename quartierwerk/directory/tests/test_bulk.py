"""One fact in many offers: looked at first, each whole or not at all, nobody's work overwritten."""

from datetime import date

import pytest
from django.urls import reverse

from quartierwerk.journal.models import JournalEntry
from quartierwerk.rights import Role
from quartierwerk.tenants.models import Visibility

from ..bulk import actions, rules
from ..bulk.rules import WHAT, Facts, How
from ..models import Offer
from . import factories

TODAY = date(2026, 11, 22)


def test_lists_grow_and_shrink_in_their_order():
    assert rules.new_value(How.ADD, ["a", "b"], ["b", "c"]) == ["a", "b", "c"]
    assert rules.new_value(How.REMOVE, ["a", "b"], ["a", "x"]) == ["b"]
    assert rules.new_value(How.SET, "no", "yes") == "yes"


@pytest.mark.parametrize(
    ("code", "value", "facts", "refused"),
    [
        ("level", "A1", Facts("course"), False),
        ("level", "A1", Facts("counselling"), True),
        ("intake", "open", Facts("health"), False),
        ("begins", date(2026, 12, 1), Facts("course", date(2026, 12, 1), date(2026, 11, 1)), True),
        ("valid-until", date(2026, 11, 21), Facts("general"), True),
        ("valid-until", None, Facts("general"), False),
        ("childcare", "yes", Facts("general"), False),
    ],
)
def test_what_does_not_fit_an_offer_is_refused(code, value, facts, refused):
    assert bool(rules.refusal(WHAT[code], value, facts, TODAY)) is refused


pytestmark = pytest.mark.django_db


@pytest.fixture
def offers(cast):
    with cast.in_town():
        house = factories.organisation("Sprachhaus", space=cast.middle, phone="0511 1")
        middle = {"organisation": house, "space": cast.middle}
        return [
            factories.course("Kurs am Morgen", **middle),
            factories.offer("Beratung", childcare="yes", **middle),
            factories.offer("Anderswo", organisation=house, space=cast.old),
        ]


def address(cast, *offers, **asked):
    path = reverse("directory_staff:bulk_edit", kwargs={"tenant": cast.town.slug})
    query = "&".join(
        [*(f"pk={one.pk}" for one in offers), *(f"{key}={value}" for key, value in asked.items())]
    )
    return f"{path}?{query}"


def of(cast, role, client):
    client.force_login(cast.account[role])
    return client


def test_a_coordinator_looks_and_changes(cast, offers, client):
    client = of(cast, Role.COORDINATOR, client)
    assert client.get(address(cast, *offers)).status_code == 200
    assert client.get(address(cast, *offers, what="childcare")).status_code == 200
    where = address(cast, *offers, what="childcare", look=1, value="yes")
    page = client.get(where)
    report = page.context["report"]
    assert [len(rows) for rows in (report.changes, report.stays, report.refused)] == [2, 1, 0]
    answer = client.post(where, {"seal": page.context["seal"]})
    assert answer.status_code == 302
    with cast.in_town():
        assert set(Offer.objects.values_list("childcare", flat=True)) == {"yes"}
        entries = JournalEntry.objects.filter(action="offer changed")
        assert {(entry.object_id, tuple(entry.fields)) for entry in entries} == {
            (str(offers[0].pk), ("childcare",)),
            (str(offers[2].pk), ("childcare",)),
        }


def test_next_without_a_choice_says_so(cast, offers, client):
    client.force_login(cast.account[Role.COORDINATOR])
    address = reverse("directory_staff:bulk_edit", kwargs={"tenant": cast.town.slug})
    assert client.get(address, {"all": "1"}).status_code == 200
    for asked in ({"next": "1"}, {"next": "1", "what": "unsinn"}):
        answer = client.get(address, {"all": "1", **asked})
        assert answer.status_code == 422
        assert answer.context["form"].errors["what"]


def test_all_that_the_filter_finds(cast, offers, client):
    client = of(cast, Role.COORDINATOR, client)
    page = client.get(address(cast, all=1, kind="course", what="topics-add", look=1, value="language"))
    assert [offer.title for offer in page.context["report"].changes] == ["Kurs am Morgen"]


def test_a_community_worker_reaches_her_own_quarter_only(cast, offers, client):
    client = of(cast, Role.COMMUNITY_WORKER, client)
    page = client.get(address(cast, *offers, what="step-free", look=1, value="no"))
    assert page.context["report"].seen == 2
    # Nor may she move an offer where she could not reach it any more.
    moved = client.get(address(cast, *offers, what="quarter", look=1, value=cast.old.pk))
    assert moved.status_code == 422


def test_who_changed_it_meanwhile_is_not_overwritten(cast, offers, client):
    client = of(cast, Role.COORDINATOR, client)
    where = address(cast, *offers, what="step-free", look=1, value="no")
    seal = client.get(where).context["seal"]
    with cast.in_town():
        offers[0].step_free = "yes"
        offers[0].save()
    answer = client.post(where, {"seal": seal}, follow=True)
    assert "Kurs am Morgen" in answer.content.decode()
    with cast.in_town():
        assert dict(Offer.objects.values_list("title", "step_free")) == {
            "Kurs am Morgen": "yes",
            "Beratung": "no",
            "Anderswo": "no",
        }


def test_a_seal_of_something_else_changes_nothing(cast, offers, client):
    client = of(cast, Role.COORDINATOR, client)
    seal = client.get(address(cast, *offers, what="step-free", look=1, value="no")).context["seal"]
    for asked in ({"what": "step-free", "value": "yes"}, {"what": "childcare", "value": "no"}):
        client.post(address(cast, *offers, look=1, **asked), {"seal": seal})
    client.post(address(cast, *offers, what="step-free", look=1, value="no"), {"seal": "unsinn"})
    with cast.in_town():
        assert set(Offer.objects.values_list("step_free", flat=True)) == {"unknown"}
        assert not Offer.objects.filter(childcare="no").exists()


def test_publishing_names_what_is_missing_and_withdraws_together(cast, offers, client):
    client = of(cast, Role.COORDINATOR, client)
    with cast.in_town():
        bare = factories.offer(
            "Ohne Kontakt", organisation=factories.organisation("Stumm"), visibility="tenant"
        )
        Offer.objects.filter(pk=offers[0].pk).update(visibility=Visibility.TENANT)
    where = address(cast, bare, *offers, what="publish")
    page = client.get(where)
    report = page.context["report"]
    assert [offer.title for offer in report.changes] == ["Kurs am Morgen"]
    assert [offer.title for offer, _why in report.refused] == ["Ohne Kontakt"]
    client.post(where, {"seal": page.context["seal"]})
    where = address(cast, *offers, what="withdraw")
    client.post(where, {"seal": client.get(where).context["seal"]})
    with cast.in_town():
        assert not Offer.objects.filter(visibility=Visibility.PUBLIC).exists()


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"what": "unsinn"}, 200),
        ({"what": "valid-until", "look": 1, "value": "31.02.2027"}, 422),
        ({"what": "topics-add", "look": 1, "value": "unsinn"}, 422),
        ({"what": "topics-add", "look": 1}, 422),
        ({"what": "childcare", "look": 1, "value": ""}, 422),
        ({"what": "valid-until", "look": 1, "value": ""}, 200),
    ],
)
def test_what_was_typed_wrong_is_asked_again(cast, offers, client, asked, status):
    client = of(cast, Role.COORDINATOR, client)
    assert client.get(address(cast, *offers, **asked)).status_code == status


def test_nothing_ticked_foreign_ones_and_editors(cast, offers, client):
    with cast.in_other():
        theirs = factories.offer("Fremd")
    coordinator = of(cast, Role.COORDINATOR, client)
    for path in (address(cast), address(cast, theirs), address(cast, pk="unsinn")):
        assert coordinator.get(path).status_code == 302
    assert of(cast, Role.ORGANISATION_EDITOR, client).get(address(cast, *offers)).status_code == 404


def test_the_preview_asks_no_more_for_more_offers(cast, offers, client, django_assert_max_num_queries):
    client = of(cast, Role.COORDINATOR, client)
    with cast.in_town():
        more = [
            factories.offer(f"Angebot {number}", organisation=offers[0].organisation) for number in range(9)
        ]
    client.get(address(cast, *offers))
    with django_assert_max_num_queries(10):
        client.get(address(cast, *offers, *more, what="publish"))


def test_more_than_somebody_can_look_at_are_refused(cast, offers, client, monkeypatch):
    from ..bulk import staff

    monkeypatch.setattr(staff, "MOST", 2)
    client = of(cast, Role.COORDINATOR, client)
    page = client.get(address(cast, *offers, what="childcare", look=1, value="yes"))
    assert "report" not in page.context


def test_the_list_ticks_only_for_those_who_may(cast, offers, client):
    path = reverse("directory_staff:offers", kwargs={"tenant": cast.town.slug})
    assert 'type="checkbox"' in of(cast, Role.COORDINATOR, client).get(path).content.decode()
    found = client.get(path + "?kind=course&topic=unsinn").content.decode()
    assert "Kurs am Morgen" in found
    assert ">Beratung</a>" not in found
    assert 'name="pk"' not in of(cast, Role.PLANNER, client).get(path).content.decode()


def test_signed_words_are_of_this_fact_and_value(cast, offers):
    with cast.in_town():
        by = cast.person(Role.COORDINATOR)
        with pytest.raises(actions.Outdated):
            actions.apply("", WHAT["childcare"], "yes", by=by)
