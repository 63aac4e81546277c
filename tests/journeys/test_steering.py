"""A meeting of the steering group: from what the records propose to the minutes as a file (W2.1)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quartierwerk.documents.tests import reading
from quartierwerk.messages.models import Outgoing
from quartierwerk.planning.models import Decision, Meeting, Task
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def staff(name, visitor, **keys):
    return reverse(f"planning_staff:{name}", kwargs={"tenant": visitor.cast.town.slug, **keys})


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


@pytest.fixture
def group(visitor):
    """Three with a vote; one has an account, two are reached through their team."""
    cast = visitor.cast
    with cast.in_town():
        field = factories.field()
        group = factories.group("Steuerungsgruppe", kind="steering_group")
        team = factories.team("53", email="team53@stadt.example")
        factories.group_member(
            "Leitung", cast.account[Role.COORDINATOR].pk, group=group, until=None, function="Vorsitz"
        )
        for name in ("Almuth", "Birgit"):
            factories.group_member(name, group=group, until=None, team=team, deputy_name=f"Vertretung {name}")
        factories.need("Kinderbetreuung während der Kurse", fields=[field], state="new", urgency=3)
        factories.need("Bank am Platz", fields=[field], state="new", urgency=1)
    return group


def test_from_the_proposed_agenda_to_the_minutes(visitor, flawless, group):
    # Given the coordinator, who plans the next meeting
    page = visitor.page(visitor.cast.account[Role.COORDINATOR])
    page.goto(staff("meetings", visitor))
    flawless(page)
    page.get_by_role("link", name="Sitzung planen").click()
    page.fill("[name=title]", "Siebte Sitzung")
    page.fill("[name=starts_at]", (timezone.localdate() - timedelta(days=1)).strftime("%d.%m.%Y"))
    page.fill("[name=begins]", "14:00")
    page.fill("[name=place]", "Stadthaus, Saal")
    press(page, "Speichern")
    # … and is asked about the day that is over, with all she typed
    assert page.locator("[name=place]").input_value() == "Stadthaus, Saal"
    flawless(page)
    page.fill("[name=starts_at]", (timezone.localdate() + timedelta(days=14)).strftime("%d.%m.%Y"))
    press(page, "Speichern")
    # When she takes what the records propose and adds an item of her own
    assert page.get_by_label("Kinderbetreuung während der Kurse").is_checked()
    assert not page.get_by_label("Bank am Platz").is_checked()
    flawless(page)
    press(page, "Angekreuzte Punkte")
    page.fill("[name=own-title]", "Begrüßung")
    press(page, "Punkt hinzufügen")
    page.get_by_role("button", name=re.compile("Nach oben.*Begrüßung")).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("#agenda li strong").all_inner_texts() == [
        "1. Begrüßung",
        "2. Kinderbetreuung während der Kurse",
    ]
    # … and invites: one mail for herself, one for the office that stands for two
    page.get_by_role("link", name="Weiter zur Einladung").click()
    flawless(page)
    press(page, "Einladung senden")
    with visitor.cast.in_town():
        assert Outgoing.objects.filter(kind="meeting invitation").count() == 2
        meeting = Meeting.objects.get()
        assert meeting.state == Meeting.State.INVITED
        # Then the day comes
        Meeting.objects.update(starts_at=timezone.now())
    page.goto(staff("minutes", visitor, pk=meeting.pk))
    flawless(page)
    # … the quorum is told as people come in, before anything is saved
    quorum = page.locator("#quorum")
    assert "0 von 3" in quorum.inner_text()
    page.get_by_role("group", name="Leitung").get_by_label("da", exact=True).check()
    quorum.get_by_text("1 von 3").wait_for()
    assert "Empfehlung" in quorum.inner_text()
    page.get_by_role("group", name="Almuth").get_by_label("vertreten", exact=True).check()
    quorum.get_by_text("2 von 3").wait_for()
    # When a decision has nobody who does it
    item = page.locator("section[id^=item-]").last
    item.locator("textarea").first.fill("Zwölf Familien warten auf einen Platz.")
    item.locator("summary").click()
    item.get_by_label("Wortlaut").fill("Ab Februar gibt es eine zweite Gruppe.")
    item.get_by_label("Dafür").fill("2")
    item.get_by_label("Was zu tun ist").fill("Raum suchen")
    item.get_by_label("Bis", exact=True).fill(
        (timezone.localdate() + timedelta(days=60)).strftime("%d.%m.%Y")
    )
    with page.expect_navigation():
        item.get_by_role("button", name="Beschluss festhalten").click()
    # Then it is not kept, and nothing typed is lost
    flawless(page)
    item = page.locator("section[id^=item-]").last
    assert item.get_by_label("Wortlaut").input_value() == "Ab Februar gibt es eine zweite Gruppe."
    item.get_by_label("Team", exact=True).select_option(label="53 Kindertagesstätten")
    with page.expect_navigation():
        item.get_by_role("button", name="Beschluss festhalten").click()
    with visitor.cast.in_town():
        assert Decision.objects.get().kind == Decision.Kind.DECISION
        assert str(Task.objects.get().owner_team) == "53 Kindertagesstätten"
    # When the minutes are closed
    press(page, "Speichern und Protokoll abschließen")
    flawless(page)
    page.locator("[name=sure]").check()
    press(page, "Protokoll abschließen")
    flawless(page)
    # Then they can be read back from the file
    with page.expect_download() as coming:
        page.evaluate(
            "url => { const a = document.createElement('a'); a.href = url; a.download = ''; document.body.append(a); a.click() }",
            staff("minutes_pdf", visitor, pk=meeting.pk),
        )
    words = reading.text(coming.value.path().read_bytes())
    for expected in (
        "Siebte Sitzung", "2 von 3", "Vertretung Almuth", "Zwölf Familien warten", "eine zweite Gruppe",
        "Raum suchen", "53 Kindertagesstätten",
    ):  # fmt: skip
        assert expected in re.sub(r"\s+", " ", words)
    # … and what was decided stands where its owners look
    page.goto(staff("decisions", visitor))
    flawless(page)
    assert page.get_by_text("Ab Februar gibt es eine zweite Gruppe.").is_visible()
    page.goto(staff("tasks", visitor))
    flawless(page)
