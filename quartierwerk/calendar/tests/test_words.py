from datetime import date, time

import pytest
from django.utils.translation import override

from quartierwerk.calendar.recurrence import Rule, in_words

TUESDAYS = Rule(weekdays=["TU"], until=date(2026, 12, 18), opens_at=time(16), closes_at=time(18))


@pytest.mark.parametrize(
    ("rule", "german"),
    [
        (TUESDAYS, "jeden Dienstag, 16–18 Uhr, bis 18.12.2026"),
        (Rule(weekdays=["TH", "MO"], opens_at=time(9, 30)), "Montag, Donnerstag, ab 9:30 Uhr"),
        (
            Rule(weekdays=["WE", "MO", "TU"], opens_at=time(8), closes_at=time(0)),
            "Montag bis Mittwoch, 8–24 Uhr",
        ),
        (Rule("daily", skip_holidays=False), "jeden Tag, auch an Feiertagen"),
        (Rule(interval=2, starts_on=date(2026, 9, 1)), "alle 2 Wochen dienstags, ab 01.09.2026"),
        (Rule(interval=3, weekdays=["TH", "MO"]), "alle 3 Wochen montags, donnerstags"),
        (Rule("daily", interval=2, weekdays=["MO", "TU"]), "alle 2 Tage, montags, dienstags"),
        (Rule("monthly", nth=["2TU", "-1FR"]), "2. Dienstag im Monat, letzter Freitag im Monat"),
        (Rule("monthly", month_days=[15, -1]), "letzter Tag im Monat, am 15. im Monat"),
        (Rule("once", starts_on=date(2026, 12, 6), opens_at=time(14)), "Sonntag, 06.12.2026, ab 14 Uhr"),
        (Rule(weekdays=["TU"], skip_dates=[date(2026, 12, 29)]), "jeden Dienstag, nicht am 29.12.2026"),
        (Rule(note="nach Vereinbarung"), "nach Vereinbarung"),
    ],
)
def test_rules_in_german(rule, german):
    with override("de"):
        assert in_words(rule) == german


def test_what_is_over_is_left_out():
    rule = Rule(
        weekdays=["TU"], starts_on=date(2026, 9, 1), skip_dates=[date(2026, 10, 6), date(2026, 12, 29)]
    )
    with override("de"):
        assert in_words(rule, date(2026, 11, 1)) == "jeden Dienstag, nicht am 29.12.2026"
        assert "ab 01.09.2026" in in_words(rule, date(2026, 8, 1))


def test_other_languages_write_the_full_hour():
    with override("en"):
        assert in_words(TUESDAYS).startswith("every Tuesday, 16:00–18:00")


@pytest.mark.parametrize(("language", "words"), [("fa", "هر روز"), ("tr", "her gün"), ("fr", "chaque jour")])
def test_every_day_has_no_number_in_a_language_without_plural(language, words):
    with override(language):
        assert in_words(Rule("daily")) == words
        assert in_words(Rule(weekdays=["MO", "TU", "WE", "TH", "FR", "SA", "SU"])) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "every 2 weeks on Mondays"),
        ("de-simple", "alle 2 Wochen am Montag"),
        ("ar", "كل أسبوعين يوم الاثنين"),
        ("fa", "هر 2 هفته دوشنبه‌ها"),
        ("tr", "2 haftada bir pazartesi günleri"),
        ("uk", "кожні 2 тижні по понеділках"),
        ("ru", "каждые 2 недели по понедельникам"),
        ("fr", "toutes les 2 semaines le lundi"),
    ],
)
def test_every_second_monday_is_not_every_monday(language, words):
    with override(language):
        assert in_words(Rule(interval=2, weekdays=["MO"])) == words
