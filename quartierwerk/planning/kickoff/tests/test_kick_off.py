"""A kick-off: planned with its date, read in many languages, printed, and what people said becomes needs (R2.07)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from quartierwerk.calendar import actions as calendar
from quartierwerk.calendar.models import PublicDate, PublicDateText
from quartierwerk.chain.models import Link
from quartierwerk.languages.states import TranslationState
from quartierwerk.planning.models import KickOff, Meeting, Need
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role
from quartierwerk.tenants import scope

from ...readiness import evidence
from .. import rules
from ..invitation import languages_of

DAY = (timezone.localdate() + timedelta(days=40)).strftime("%d.%m.%Y")
NEW = {"title": "Auftakt in der Aula", "description": "Kommen Sie!", "starts_on": DAY, "opens_at": "14:00", "closes_at": "18",
       "languages_spoken": ["de", "ar"], "step_free": "yes", "childcare": "yes", "interpreter": "yes", "language": "de",
       "place-name": "Schule am Auwald", "place-street": "Beispielweg 1", "place-postcode": "30999",
       "place-town": "Musterstadt"}  # fmt: skip


@pytest.fixture
def kick_off(cast) -> KickOff:
    with cast.in_town():
        return factories.kick_off(
            starts_on=timezone.localdate(), languages_spoken=["de", "ar"], childcare="yes", step_free="yes"
        )


def test_planned_once_it_stands_in_the_calendar_and_as_a_meeting(cast, desk):
    with cast.in_town():
        concept = factories.concept()
    answer = desk.post("/staff/musterstadt/concept/kick-offs/new/", NEW)
    assert answer.status_code == 302
    with cast.in_town():
        meeting = Meeting.objects.get()
        assert (meeting.kind, meeting.concept, meeting.visibility) == ("kick_off", concept, "public")
        assert meeting.public_date.childcare == "yes"
        assert meeting.place == "Schule am Auwald, Beispielweg 1, 30999 Musterstadt"
        assert timezone.localtime(meeting.starts_at).hour == 14
        assert KickOff.objects.get().visibility == "public"


@pytest.mark.parametrize(
    "wrong", [{"starts_on": ""}, {"starts_on": "1.1.2020"}, {"title": ""}, {"closes_at": "13:00"}]
)
def test_incomplete_or_past_dates_are_refused_and_nothing_is_left(cast, desk, wrong):
    with cast.in_town():
        factories.concept()
    assert desk.post("/staff/musterstadt/concept/kick-offs/new/", NEW | wrong).status_code == 422
    with cast.in_town():
        assert not PublicDate.objects.exists()
        assert not Meeting.objects.exists()


def test_who_may_not_write_in_the_calendar_plans_none(cast, client):
    client.force_login(cast.account[Role.PLANNER])
    with cast.in_town():
        factories.concept()
    assert client.get("/staff/musterstadt/concept/kick-offs/new/").status_code == 404


def test_lines_become_needs_that_came_from_it_and_known_ones_are_tied(cast, desk, kick_off):
    with cast.in_town():
        known = factories.need("Kinderbetreuung während der Kurse")
        field = factories.field()
    url = f"/staff/musterstadt/concept/kick-offs/{kick_off.pk}/results/"
    typed = {
        "lines": "- Bus am Abend\n\n Kinderbetreuung  während der Kurse \nBus am Abend",
        "field": str(field.pk),
    }
    assert desk.post(url, typed).status_code == 302
    with cast.in_town():
        made = Need.objects.get(title="Bus am Abend")
        assert (made.state, made.noticed_on) == ("new", timezone.localdate(kick_off.meeting.starts_at))
        assert [one.field for one in made.in_fields.all()] == [field]
        links = set(Link.objects.values_list("source", "target"))
        assert links == {(kick_off.element_id, made.element_id), (kick_off.element_id, known.element_id)}
    # A second time nothing is doubled.
    assert desk.post(url, typed).status_code == 302
    with cast.in_town():
        assert (Need.objects.count(), Link.objects.count()) == (2, 2)


def test_near_same_lines_are_shown_first_and_saved_when_they_are_other_ones(cast, desk, kick_off):
    with cast.in_town():
        factories.need("Kinderbetreuung während der Kurse")
    url = f"/staff/musterstadt/concept/kick-offs/{kick_off.pk}/results/"
    typed = {"lines": "Kinderbetreuung während des Kurses"}
    answer = desk.post(url, typed)
    assert answer.status_code == 422
    assert "Kinderbetreuung während der Kurse" in answer.content.decode()
    with cast.in_town():
        assert Need.objects.count() == 1
    assert desk.post(url, typed | {"another": "1"}).status_code == 302
    with cast.in_town():
        assert Need.objects.count() == 2


@pytest.mark.parametrize("lines", ["", " \n \n", "x" * 301])
def test_empty_and_endless_lines_are_refused(cast, desk, kick_off, lines):
    url = f"/staff/musterstadt/concept/kick-offs/{kick_off.pk}/results/"
    assert desk.post(url, {"lines": lines}).status_code == 422
    with cast.in_town():
        assert not Need.objects.exists()


def test_public_page_shows_public_needs_only(cast, client, kick_off):
    with cast.in_town():
        shown, held = factories.need("Bus am Abend"), factories.need("Noch intern", visibility="tenant")
        for need in (shown, held):
            factories.linked(kick_off, need)
        url = f"/de/musterstadt/plan/kick-off/{kick_off.pk}/"
    html = client.get(url).content.decode()
    assert "Bus am Abend" in html
    assert "Noch intern" not in html
    with cast.in_town():
        PublicDate.objects.update(visibility="tenant")
    assert client.get(url).status_code == 404


def test_invitation_has_a_part_for_each_language_with_words(cast, client, kick_off):
    with cast.in_town():
        day = kick_off.meeting.public_date
        PublicDateText.objects.create(
            record=day, language="ar", text_name="title", text="لقاء الانطلاق", state=TranslationState.HUMAN,
            source_text=day.title,
        )  # fmt: skip
        assert languages_of(PublicDate.objects.with_everything().get(pk=day.pk)) == ["de", "ar"]
    with scope.entered(None):
        answer = client.get(f"/ar/musterstadt/plan/kick-off/{kick_off.pk}/invitation.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_words_about_it_are_saved_and_read_by_all(cast, desk, client, kick_off):
    url = f"/staff/musterstadt/concept/kick-offs/{kick_off.pk}/"
    page = desk.get(url)
    opened = page.context["outcome_form"].initial["as_opened"]
    assert (
        desk.post(f"{url}outcome/", {"outcome": "140 Menschen kamen.", "as_opened": opened}).status_code
        == 302
    )
    assert (
        "140 Menschen kamen." in client.get(f"/de/musterstadt/plan/kick-off/{kick_off.pk}/").content.decode()
    )


def test_a_kick_off_in_the_past_still_takes_results(cast, desk):
    with cast.in_town():
        past = factories.kick_off(starts_on=date(2025, 5, 24))
    url = f"/staff/musterstadt/concept/kick-offs/{past.pk}/results/"
    assert desk.post(url, {"lines": "Treff für Väter"}).status_code == 302


def test_the_regions_kick_off_has_no_address_at_the_town(cast, client):
    with scope.entered(scope.staff(cast.region)):
        above = factories.kick_off()
    for page in ("", "invitation.pdf"):
        assert client.get(f"/de/musterstadt/plan/kick-off/{above.pk}/{page}").status_code == 404
    assert client.get(f"/de/musterregion/plan/kick-off/{above.pk}/").status_code == 200


# ---- planned, held, moved, cancelled ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "is_cancelled", "has_results", "told"),
    [
        (-1, False, True, "held"),
        (0, False, True, "held"),
        (-30, False, False, "planned"),
        (1, False, True, "planned"),
        (-1, True, True, "cancelled"),
        (9, True, False, "cancelled"),
    ],
)
def test_held_is_what_took_place_and_of_which_somebody_says_what_came_of_it(
    days, is_cancelled, has_results, told
):
    today = date(2026, 11, 16)
    found = rules.state(
        today + timedelta(days=days), today, is_cancelled=is_cancelled, has_results=has_results
    )
    assert found == told


def test_with_results_it_was_held_and_counts_for_the_hint(cast, desk, kick_off):
    with cast.in_town():
        concept, today = kick_off.meeting.concept, timezone.localdate()
        by = cast.person(Role.COORDINATOR)
        with pytest.raises(evidence.NotLinkable):
            evidence.link(concept, 7, "kick_off", kick_off.meeting_id, day=today, by=by)
    url = f"/staff/musterstadt/concept/kick-offs/{kick_off.pk}/results/"
    assert desk.post(url, {"lines": "Bus am Abend"}).status_code == 302
    with cast.in_town():
        assert Meeting.objects.get().state == "held"
        evidence.link(concept, 7, "kick_off", kick_off.meeting_id, day=today, by=by)
        assert evidence.board(concept, today)[6].judged.state == "fulfilled"


def test_before_its_day_nothing_can_have_come_of_it(cast, desk):
    with cast.in_town():
        ahead = factories.kick_off()
    url = f"/staff/musterstadt/concept/kick-offs/{ahead.pk}/"
    assert "results/" not in desk.get(url).content.decode()
    assert desk.post(f"{url}results/", {"lines": "Bus am Abend"}).status_code == 422
    opened = desk.get(url).context["outcome_form"].initial["as_opened"]
    assert desk.post(f"{url}outcome/", {"outcome": "Viele!", "as_opened": opened}).status_code == 422
    with cast.in_town():
        assert not Need.objects.exists()
        assert Meeting.objects.get().state == "planned"


def test_moved_in_the_calendar_it_is_moved_everywhere(cast, desk, kick_off):
    new = timezone.localdate() + timedelta(days=9)
    url = f"/staff/musterstadt/calendar/{kick_off.meeting.public_date_id}/edit/"
    opened = desk.get(url).context["form"].initial["as_opened"]
    moved = {
        "starts_on": new.strftime("%d.%m.%Y"),
        "opens_at": "16:30",
        "freq": "once",
        "visibility": "public",
    }
    assert desk.post(url, NEW | moved | {"as_opened": opened}).status_code == 302
    with cast.in_town():
        meeting = Meeting.objects.get()
    begins = timezone.localtime(meeting.starts_at)
    assert (begins.date(), begins.hour, begins.minute) == (new, 16, 30)
    assert meeting.place == "Schule am Auwald, Beispielweg 1, 30999 Musterstadt"
    assert meeting.title == "Auftakt in der Aula"


def test_cancelled_in_the_calendar_the_plan_and_everybody_know_it(cast, desk, client, kick_off):
    with cast.in_town():
        by = cast.person(Role.COORDINATOR)
        calendar.cancel_date(kick_off.meeting.public_date, "Die Aula steht unter Wasser.", by=by)
        meeting = Meeting.objects.get()
        assert (meeting.state, meeting.cancelled_reason) == ("cancelled", "Die Aula steht unter Wasser.")
    html = client.get(f"/de/musterstadt/plan/kick-off/{kick_off.pk}/").content.decode()
    assert "Die Aula steht unter Wasser." in html
    assert "invitation.pdf" not in html
    url = f"/staff/musterstadt/concept/kick-offs/{kick_off.pk}/results/"
    assert desk.post(url, {"lines": "Bus am Abend"}).status_code == 422
    with cast.in_town():
        calendar.restore_date(PublicDate.objects.get(), by=by)
        meeting.refresh_from_db()
        assert (meeting.state, meeting.cancelled_reason) == ("planned", "")
        calendar.cancel_date(PublicDate.objects.get(), "", by=by)
        meeting.refresh_from_db()
        assert meeting.cancelled_reason
