"""A department's monthly update on a phone: the mailed link, a report, "done" while a step is open asks, lights anew (W2.2)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quartierwerk.messages.models import Outgoing
from quartierwerk.planning.measures import facts
from quartierwerk.planning.measures.rules.light import Light
from quartierwerk.planning.models import Measure, Milestone, UpdateLink
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def team(visitor):
    today = timezone.localdate()
    with visitor.cast.in_town():
        team = factories.team("53", email="kita@musterstadt.example")
        ends = today + timedelta(days=300)
        care = factories.measure("Betreuung während der Kurse", lead_team=team, stage="running", ends_on=ends)
        Milestone.objects.create(
            measure=care, title="Zweite Gruppe eröffnen", due_on=today + timedelta(days=60)
        )
        factories.measure("Elterncafé am Vormittag", lead_team=team, stage="running", ends_on=ends)
    return team


def light_of(title: str) -> Light:
    measures = list(facts.with_parts(Measure.objects.filter(title=title)))
    return facts.lights(measures, timezone.localdate())[measures[0].pk].light


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def test_from_the_mailed_link_to_the_lights(visitor, flawless, team):
    # Given the coordination office, which sends the link by hand
    office = visitor.page(visitor.cast.account[Role.COORDINATOR])
    keys = {"tenant": visitor.cast.town.slug, "pk": team.pk}
    office.goto(reverse("planning_staff:team", kwargs=keys))
    flawless(office)
    press(office, re.compile("Link jetzt senden"))
    with visitor.cast.in_town():
        mail = Outgoing.objects.get(recipient=team.email)
        before = light_of("Elterncafé am Vormittag")
    link = re.search(r"https?://[^/]+(/\S+)", mail.text)[1]
    # When somebody of the team opens it, without an account
    page = visitor.page()
    page.goto(link)
    flawless(page)
    care = page.get_by_role("region", name="Betreuung während der Kurse")
    parents = page.get_by_role("region", name="Elterncafé am Vormittag")
    care.get_by_label("erledigt", exact=True).check()
    care.get_by_label("In einem Satz").fill("Läuft seit dem Sommer.")
    parents.get_by_label("gefährdet", exact=True).check()
    press(page, "Senden")
    # Then "done" asks about the open step, and nothing typed is lost
    flawless(page)
    assert "Zweite Gruppe eröffnen" in page.locator("main").inner_text()
    care = page.get_by_role("region", name="Betreuung während der Kurse")
    assert care.get_by_label("In einem Satz").input_value() == "Läuft seit dem Sommer."
    with visitor.cast.in_town():
        assert light_of("Elterncafé am Vormittag") == before  # nothing was stored yet
    # When the step is ticked
    care.get_by_label(re.compile("Zweite Gruppe eröffnen")).check()
    press(page, "Senden")
    # Then all is said, the lights are new, and the office sees it
    flawless(page)
    assert page.get_by_text("Das ist alles für diesen Monat").is_visible()
    with visitor.cast.in_town():
        assert light_of("Elterncafé am Vormittag") == Light.AMBER
        assert Milestone.objects.get().done_on == timezone.localdate()
        assert UpdateLink.objects.get().answered_at is not None
    office.goto(reverse("planning_staff:team", kwargs=keys))
    assert "2 von 2 Maßnahmen" in office.locator("main").inner_text()
    flawless(office)
