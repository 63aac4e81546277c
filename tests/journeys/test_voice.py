"""A voice in Arabic on paper: typed at the desk, checked, become a need, answered, and found again by its code (W8.1)."""

import re

import pytest

from quartierwerk.participation.models import Voice
from quartierwerk.planning.models import Need
from quartierwerk.rights import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = "جارتي أمينة 0511 123456 تقول: لا توجد دورة في المساء"
MASKED = "جارتي […] تقول: لا توجد دورة في المساء"


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def test_paper_in_arabic_is_answered_in_arabic(visitor, flawless):
    # Given a sheet of paper at the desk
    town = visitor.cast.town.slug
    desk = visitor.page(visitor.cast.account[Role.COORDINATOR])
    desk.goto(f"/staff/{town}/voices/new/")
    flawless(desk)
    desk.get_by_label("von Papier").check()
    press(desk, "Speichern")
    # … whose words were forgotten
    assert desk.get_by_text("Bitte sagen Sie es in wenigen Worten").first.is_visible()
    flawless(desk)
    desk.fill("[name=words]", WORDS)
    desk.select_option("[name=language]", "ar")
    press(desk, "Speichern")
    code = desk.locator(".qw-code").inner_text()
    flawless(desk)
    # When she reads it: the number is marked, and masked once she confirms it
    desk.get_by_role("link", name="Zur Stimme").click()
    desk.get_by_role("link", name="Lesen und prüfen").click()
    assert desk.locator("mark", has_text="0511 123456").is_visible()
    desk.fill("[name=words]", MASKED)
    flawless(desk)
    press(desk, "Speichern")
    # … makes it a need that everybody may see
    desk.fill("[name=title]", "Deutschkurse am Abend")
    press(desk, "Mit diesem Bedarf verknüpfen")
    assert desk.get_by_role("link", name=re.compile("المساء")).first.is_visible()
    with visitor.cast.in_town():
        Need.objects.update(visibility="public")
        voice = Voice.objects.get()
    # … and answers in both languages
    desk.goto(f"/staff/{town}/voices/{voice.pk}/answer/")
    desk.fill("[name=words]", "Ab Mai gibt es einen Kurs am Abend.")
    desk.fill("[name=own_words]", "ابتداءً من مايو توجد دورة مسائية.")
    desk.fill("[name=own_origin]", "Sprachmittlerin")
    flawless(desk)
    press(desk, "Antwort senden")
    flawless(desk)
    # Then whoever gave it reads the answer and what came of it, by keyboard alone
    giver = visitor.page(None)
    giver.goto(f"/ar/{town}/voices/code/")
    flawless(giver)
    giver.get_by_role("textbox").first.focus()
    giver.keyboard.type(code.lower())
    with giver.expect_navigation():
        giver.keyboard.press("Enter")
    assert giver.get_by_text("ابتداءً من مايو").is_visible()
    assert giver.get_by_text("Deutschkurse am Abend").first.is_visible()
    flawless(giver)
    # … and everybody reads it without name and number
    giver.goto(f"/ar/{town}/voices/heard/")
    assert MASKED in giver.content()
    assert "0511 123456" not in giver.content()
    flawless(giver)
    giver.locator("article a").first.click()
    assert giver.get_by_text("ابتداءً من مايو").first.is_visible()
    flawless(giver)
