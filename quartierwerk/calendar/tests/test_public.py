"""The calendar as visitors see it: month, list, one date, files for diaries and posters."""

import io
from datetime import date, time

import icalendar
import pytest
import time_machine
from pypdf import PdfReader

from quartierwerk.calendar import register
from quartierwerk.calendar.models import PublicDateText
from quartierwerk.calendar.tests.factories import closing_day, public_date
from quartierwerk.languages.states import TranslationState
from quartierwerk.places.models import Address
from quartierwerk.tenants import scope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel("2026-11-16 09:00:00+01:00", tick=False):
        yield


def text(client, rest="", lang="de", status=200):
    answer = client.get(f"/{lang}/musterstadt/calendar/{rest}")
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def cafe(cast):
    with cast.in_town():
        return public_date(
            "Sprachcafé",
            freq="weekly",
            weekdays=["TH"],
            starts_on=date(2026, 10, 1),
            until=date(2027, 5, 31),
            opens_at=time(16),
            closes_at=time(18),
            space=cast.middle,
            languages_spoken=["de", "ar"],
            organiser="Verein Brücke",
            address=Address.objects.create(name="Haus am Park", street="Parkweg 2", visibility="public"),
        )


def test_month_shows_each_day_it_takes_place(client, cafe):
    page = text(client, "?month=2026-12")
    assert page.count("Sprachcafé") == 5
    assert "16–18" in page
    assert "Haus am Park" in page


def test_holidays_and_closing_days_are_named_and_nothing_takes_place(client, cast, cafe):
    with cast.in_town():
        closing_day("Betriebsferien", first=date(2026, 12, 24))
        closing_day("Haus geschlossen", first=date(2026, 12, 17), space=cast.old)
    page = text(client, "?month=2026-12")
    assert page.count("Sprachcafé") == 4
    assert "Betriebsferien" in page
    assert "Weihnachtstag" in page
    assert "Haus geschlossen" not in page  # of one quarter only
    assert "Haus geschlossen" in text(client, f"?month=2026-12&quarter={cast.old.pk}")
    assert "Haus geschlossen" not in text(client, f"?month=2026-12&quarter={cast.middle.pk}")


def test_quarter_and_language_narrow_it_and_what_is_for_all_stays(client, cast, cafe):
    with cast.in_town():
        public_date("Fest in Altdorf", space=cast.old)
        public_date("Stadtfest")
    page = text(client, f"?quarter={cast.middle.pk}")
    assert "Sprachcafé" in page
    assert "Fest in Altdorf" not in page
    assert "Stadtfest" in page
    spoken = text(client, "?speaks=ar")
    assert "Sprachcafé" in spoken
    assert "Stadtfest" not in spoken


@pytest.mark.parametrize(
    "query",
    ["?month=2026-13", "?month=9999-01", "?month=x", "?quarter=1", "?speaks=%3Cscript%3E", "?month=0001-01"],
)
def test_nonsense_counts_as_not_asked(client, cafe, query):
    assert "Sprachcafé" in text(client, query)


def test_an_unknown_quarter_has_only_what_is_for_all(client, cafe):
    assert "Sprachcafé" not in text(client, "?quarter=00000000-0000-0000-0000-000000000000")


def test_an_empty_month_says_so(client, cast):
    assert "2026" in text(client, "?month=2026-09")
    assert "noch nichts bekannt" in text(client, "?month=2026-09")


def test_list_has_each_once_with_its_next_day(client, cafe):
    page = text(client, "?view=list")
    assert page.count(">Sprachcafé<") == 1
    assert "Donnerstag, 19. November 2026" in page
    assert "jeden Donnerstag" in page


def test_hidden_and_foreign_dates_do_not_show(client, cast):
    with cast.in_town():
        hidden = public_date("Nur intern", visibility="tenant")
    with cast.in_other():
        public_date("Fremdes Fest")
    page = text(client, "?month=2026-11")
    assert "Nur intern" not in page
    assert "Fremdes Fest" not in page
    text(client, f"{hidden.pk}/", status=404)
    text(client, f"{hidden.pk}/date.ics", status=404)
    text(client, f"{hidden.pk}/poster.pdf", status=404)


def test_dates_of_the_region_show_in_its_towns(client, cast):
    with scope.entered(scope.staff(cast.region)):
        public_date("Ausbildungsmesse der Region")
    assert "Ausbildungsmesse der Region" in text(client, "?month=2026-11")


def test_date_page_has_all_one_needs_to_go_there(client, cafe):
    page = text(client, f"{cafe.pk}/")
    for words in (
        "Sprachcafé",
        "Parkweg 2",
        "Verein Brücke",
        "jeden Donnerstag",
        "Arabisch",
        "date.ics",
        "poster.pdf",
    ):
        assert words in page
    assert "Kinderbetreuung" not in page  # unknown is not shown as no


def test_cancelled_date_says_why_everywhere(client, cast, cafe):
    with cast.in_town():
        cafe.cancelled_at = "2026-11-10T10:00:00Z"
        cafe.cancelled_why = "Der Saal ist gesperrt."
        cafe.save()
    assert "Der Saal ist gesperrt." in text(client, f"{cafe.pk}/")
    assert "abgesagt" in text(client, "?month=2026-11")
    event = event_of(client, f"{cafe.pk}/date.ics")
    assert event["STATUS"] == "CANCELLED"


def test_a_date_that_is_over_says_so(client, cast):
    with cast.in_town():
        past = public_date("Vorbei", starts_on=date(2026, 11, 1))
    assert "vorbei" in text(client, f"{past.pk}/")


def test_translation_is_shown_and_a_missing_one_is_marked(client, cast, cafe):
    with cast.in_town():
        PublicDateText.objects.create(
            record=cafe,
            text_name="title",
            language="ar",
            text="مقهى اللغة",
            state=TranslationState.HUMAN,
            source_text="Sprachcafé",
        )
    assert "مقهى اللغة" in text(client, "?month=2026-11", lang="ar")
    assert 'lang="de"' in text(client, "?month=2026-11", lang="uk")


def event_of(client, rest, lang="de"):
    answer = client.get(f"/{lang}/musterstadt/calendar/{rest}")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0]


def test_diary_leaves_out_holidays_and_closing_days(client, cast, cafe):
    with cast.in_town():
        closing_day("Betriebsferien", first=date(2026, 12, 17))
    event = event_of(client, f"{cafe.pk}/date.ics")
    out = {each.dt.date() for each in event["EXDATE"].dts}
    assert {date(2026, 12, 17), date(2027, 5, 6)} <= out  # Ascension Day 2027
    assert event["UID"] == f"{cafe.pk}@quartierwerk"
    assert event["URL"].startswith("http://testserver/de/musterstadt/calendar/")


def test_feeds_of_a_quarter_and_of_the_town(client, cast, cafe):
    with cast.in_town():
        public_date("Fest in Altdorf", space=cast.old)
    town = client.get("/de/musterstadt/calendar/town.ics").content.decode()
    assert town.count("BEGIN:VEVENT") == 2
    quarter = client.get(f"/de/musterstadt/calendar/quarters/{cast.old.pk}/dates.ics").content.decode()
    assert "Fest in Altdorf" in quarter
    assert "Sprachcafé" not in quarter


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_posters_are_tagged_and_in_the_readers_language(client, cafe, lang):
    for rest in (f"{cafe.pk}/poster.pdf", "poster.pdf?month=2026-12"):
        answer = client.get(f"/{lang}/musterstadt/calendar/{rest}")
        assert answer["Content-Type"] == "application/pdf"
        read = PdfReader(io.BytesIO(answer.content))
        assert read.trailer["/Root"]["/Lang"] == lang
        assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert "Sprachcafé" in "".join(page.extract_text() for page in read.pages)


def test_a_source_registers_once():
    with pytest.raises(ValueError, match="already"):
        register.add(next(iter(register.sources())))


@pytest.mark.django_db
def test_days_between_the_years_are_one_line_in_the_list(cast, client):
    with cast.in_town():
        closing_day("Zwischen den Jahren", first=date(2026, 12, 27), last=date(2027, 1, 2))
    html = client.get(f"/de/{cast.town.slug}/calendar/?view=list").content.decode()
    assert html.count("Zwischen den Jahren") == 1
    assert "27. Dezember 2026 – 2. Januar 2027" in html
