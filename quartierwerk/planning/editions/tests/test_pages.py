"""What people see of editions, and what refuses them, over HTTP (W2.3)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quartierwerk.rights import Role

from ...models import CouncilDecision, Edition
from ...tests import factories
from .. import actions, pages
from .test_adopting import complete, over

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(cast):
    with cast.in_town():
        field = factories.field()
        complete("Kurs mit Betreuung", field)
        by = cast.person(Role.COORDINATOR)
        made = actions.open_edition(field.concept, "Ausgabe 2027", by=by)
        return over(actions.consult(made, timezone.localdate() + timedelta(days=5), by=by))


@pytest.fixture
def at(cast, client, edition):
    client.force_login(cast.account[Role.COORDINATOR])
    return f"/staff/{cast.town.slug}/concept/editions/{edition.pk}/"


DECISION = {
    "body": "Rat",
    "paper_number": "2026/087",
    "decided_on": "",
    "votes_yes": "24",
    "votes_no": "3",
    "wording": "Das Konzept wird beschlossen.",
}


def typed(**values):
    return {**DECISION, "decided_on": f"{timezone.localdate():%d.%m.%Y}", **values}


def test_without_a_number_nothing_is_adopted_and_what_was_typed_stays(cast, client, at):
    answer = client.post(f"{at}adopt/", typed(paper_number=""))
    assert answer.status_code == 422
    assert "Das Konzept wird beschlossen." in answer.content.decode()
    with cast.in_town():
        assert Edition.objects.get().state == "consultation"
        assert not CouncilDecision.objects.exists()


def test_what_is_wrong_with_a_decision_stands_at_its_field(cast, client, at):
    later = timezone.localdate() + timedelta(days=2)
    answer = client.post(f"{at}adopt/", typed(decided_on=f"{later:%d.%m.%Y}", votes_yes="3", votes_no="10"))
    assert answer.status_code == 422
    assert set(answer.context["deciding"].errors) == {"decided_on", "votes_no"}
    assert answer.context["refusals"] == []


def test_while_it_runs_the_page_says_so_instead_of_asking_for_the_decision(cast, client, at, edition):
    with cast.in_town():
        edition.consultation_until = timezone.localdate()
        edition.save()
    page = client.get(at)
    assert len(page.context["in_the_way"]) == 1
    assert b'name="paper_number"' not in page.content


def test_a_draft_says_what_comes_before_the_decision(cast, client, at, edition):
    with cast.in_town():
        actions.back_to_draft(edition, by=cast.person(Role.COORDINATOR))
    words = client.get(at).content.decode()
    assert "Bitte beginnen Sie zuerst die Beteiligung" in words
    assert 'name="paper_number"' not in words


def test_a_decision_that_was_not_carried_is_not_stored_either(cast, client, at):
    assert client.post(f"{at}adopt/", typed(votes_no="30")).status_code == 422
    with cast.in_town():
        assert not CouncilDecision.objects.exists()


def test_adopted_it_is_public_without_anything_internal(cast, client, at):
    assert client.post(f"{at}adopt/", typed()).status_code == 302
    assert client.get(at).status_code == 200
    assert client.get(f"{at}compare/").status_code == 200
    client.logout()
    page = client.get(f"/de/{cast.town.slug}/plan/integration/editions/1/")
    assert page.status_code == 200
    words = page.content.decode()
    assert "Kurs mit Betreuung" in words
    assert "2026/087" in words
    assert "12.300,50" in words
    assert "nur für uns" not in words
    assert client.get(f"/de/{cast.town.slug}/plan/integration/editions/2/").status_code == 404


def test_a_draft_is_not_public(cast, client, edition):
    assert client.get(f"/de/{cast.town.slug}/plan/integration/editions/1/").status_code == 404
    assert client.get(f"/de/{cast.town.slug}/plan/integration/editions/").status_code == 404


def test_words_that_do_not_stand_there_take_nothing_out(cast, client, at):
    client.post(f"{at}adopt/", typed())
    answer = client.post(f"{at}redact/", {"passage": "Ada Muster", "reason": "Widerruf"})
    assert answer.status_code == 422
    with cast.in_town():
        assert Edition.objects.get().redactions == 0


def test_numbers_of_a_difference_are_written_as_people_here_write_them():
    assert pages.in_words("hours_per_week", "97.5", {}) == "97,5"
    assert pages.in_words("target", "1200", {}) == "1.200"
    assert pages.in_words("baseline", "", {}) == ""
