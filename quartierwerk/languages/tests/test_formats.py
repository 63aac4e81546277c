"""Days as visitors read them."""

from datetime import UTC, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

from quartierwerk.languages.interface import INTERFACE_LANGUAGES

FIFTH_OF_NOVEMBER = datetime(2026, 11, 5, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize("language", [language.code for language in INTERFACE_LANGUAGES])
@pytest.mark.parametrize("name", ["SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT"])
def test_no_language_puts_the_month_before_the_day_unless_the_year_leads(language, name):
    with translation.override(language):
        shown = date_format(FIFTH_OF_NOVEMBER, name)
    assert "11/05" not in shown
    assert "11.05" not in shown


@pytest.mark.parametrize("language", ["en", "ar"])
def test_english_and_arabic_write_days_as_the_fields_take_them(language):
    with translation.override(language):
        assert date_format(FIFTH_OF_NOVEMBER, "SHORT_DATE_FORMAT") == "05.11.2026"
        assert date_format(FIFTH_OF_NOVEMBER, "SHORT_DATETIME_FORMAT") == "05.11.2026 14:30"
        assert date_format(FIFTH_OF_NOVEMBER, "TIME_FORMAT") == "14:30"
