"""The edition of the next year: from its draft to the council's decision and its difference to the last one (W2.3)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quartierwerk.planning.models import CostLine, CouncilDecision, Edition, Measure
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def staff(name, visitor, **keys):
    return reverse(f"planning_staff:{name}", kwargs={"tenant": visitor.cast.town.slug, **keys})


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


@pytest.fixture
def plan(visitor):
    """A course that the council adopted last year; since then a workshop that is thought through and a bus that is not."""
    today = timezone.localdate()
    whole = {
        "what": "Zwei Gruppen am Vormittag", "starts_on": today, "ends_on": today + timedelta(days=300),
        "hours_per_week": 10, "review_on": today + timedelta(days=200), "review_how": "Befragung",
    }  # fmt: skip
    with visitor.cast.in_town():
        field = factories.field()
        course = factories.measure(
            "Kurs mit Betreuung", fields=[field], stage="running", lead_team=factories.team(), **whole
        )
        CostLine.objects.create(measure=course, year=today.year, label="Honorare", planned_cents=1_000_000)
        factories.adopted_edition()
        shop = factories.measure(
            "Werkstatt", fields=[field], visibility="tenant", lead_team=factories.team(), **whole
        )
        CostLine.objects.create(measure=shop, year=today.year, label="Werkzeug", planned_cents=250_000)
        factories.measure("Bus am Abend", fields=[field])


def test_from_the_draft_to_the_decision_and_what_differs(visitor, flawless, plan):
    cast = visitor.cast
    # Given the coordinator, who begins the next edition
    page = visitor.page(cast.account[Role.COORDINATOR])
    page.goto(staff("editions", visitor))
    page.fill("[name=title]", "Integration 2027")
    press(page, "Entwurf beginnen")
    flawless(page)
    # When she puts off what is not complete
    blocking = page.locator("li", has=page.get_by_role("link", name="Bus am Abend"))
    blocking.locator("[name=reason]").fill("Das Geld ist noch offen.")
    with page.expect_navigation():
        blocking.get_by_role("button", name="Zurückstellen").click()
    # Then it counts neither as a measure nor in the sum
    short = page.locator("p.qw-brief").inner_text()
    assert "2 Maßnahmen" in short
    assert "12.500,00" in short
    # When others may comment
    page.fill("[name=until]", (timezone.localdate() + timedelta(days=14)).strftime("%d.%m.%Y"))
    press(page, "Beteiligung beginnen")
    # Then no decision is taken in before the last day is over
    assert page.locator("#decide ~ ul").first.inner_text()
    assert page.locator("[name=paper_number]").count() == 0
    flawless(page)
    address = page.url
    planner = visitor.page(cast.account[Role.PLANNER])
    planner.goto(address)
    planner.get_by_label("Wozu").select_option(label="Werkstatt")
    planner.get_by_label("Anmerkung").fill("Bitte auch am Wochenende.")
    press(planner, "Anmerkung senden")
    flawless(planner)
    with cast.in_town():
        Edition.objects.filter(state="consultation").update(
            consultation_until=timezone.localdate() - timedelta(days=1)
        )
    page.goto(address)
    assert page.locator("[name=paper_number]").count() == 0
    page.locator("[name^=answer-]").fill("Samstags ist ab Mai geöffnet.")
    press(page, "Antworten")
    # When the council's decision is typed with votes that do not carry it
    flawless(page)
    page.fill("[name=paper_number]", "2027/011")
    page.fill("[name=votes_yes]", "3")
    page.fill("[name=votes_no]", "20")
    page.fill("[name=wording]", "Der Rat beschließt das Konzept.")
    press(page, "Beschließen und festschreiben")
    # Then the field says so, and what was typed stays
    assert page.locator("[name=wording]").input_value() == "Der Rat beschließt das Konzept."
    assert page.locator("[name=votes_no]").get_attribute("aria-invalid") == "true"
    flawless(page)
    with cast.in_town():
        assert not CouncilDecision.objects.filter(paper_number="2027/011").exists()
    page.fill("[name=votes_yes]", "23")
    page.fill("[name=votes_no]", "0")
    press(page, "Beschließen und festschreiben")
    flawless(page)
    with cast.in_town():
        assert Measure.objects.get(title="Werkstatt").stage == "adopted"
    # Then a second later nothing differs from the records
    page.get_by_role("link", name="Was sich seitdem geändert hat").click()
    assert page.get_by_text("Es gibt keinen Unterschied.").count() == 1
    # … and everybody reads what differs from the edition of the last year
    visitor_page = visitor.page()
    visitor_page.goto(
        reverse(
            "planning:edition",
            kwargs={"lang": "de", "tenant": cast.town.slug, "concept": "integration", "number": 2},
        )
    )
    flawless(visitor_page)
    words = re.sub(r"\s+", " ", visitor_page.locator("main").inner_text())
    assert "12.500,00" in words
    assert "Werkstatt neu" in words
    assert "Das Geld ist noch offen." in words
