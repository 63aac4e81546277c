from datetime import date, time

import pytest
from django import forms
from django.utils import translation

from quartierwerk.web.fields import (
    AmbiguousEntry,
    AmountField,
    GermanDateField,
    GermanTimeField,
    WholeNumberField,
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


class CostForm(forms.Form):
    title = forms.CharField()
    cost = AmountField(max_value=1_000_000_00)
    end = GermanDateField(required=False, min_value=date(2026, 1, 1))
    starts = GermanTimeField(required=False)
    seats = WholeNumberField(required=False, max_value=500)


def filled(**changes):
    data = {"title": "Kurs", "cost": "1.250,00 €", "end": "31.10.26", "starts": "14.30 Uhr", "seats": "20"}
    return CostForm({**data, **changes})


def error_of(form, name):
    return form.errors[name].as_data()[0]


def test_german_entries_become_values():
    form = filled()
    assert form.is_valid()
    assert form.cleaned_data == {
        "title": "Kurs", "cost": 125_000, "end": date(2026, 10, 31), "starts": time(14, 30), "seats": 20,
    }  # fmt: skip


def test_optional_fields_may_stay_empty():
    form = filled(end=" ", starts="", seats="")
    assert form.is_valid()
    assert form.cleaned_data["end"] is form.cleaned_data["seats"] is form.cleaned_data["starts"] is None


def test_an_ambiguous_amount_is_asked_and_what_was_typed_stays():
    form = filled(cost="12.50")
    error = error_of(form, "cost")
    assert isinstance(error, AmbiguousEntry)
    assert [(reading.typed, reading.label) for reading in error.readings] == [
        ("12,50", "12,50 €"),
        ("1.250,00", "1.250,00 €"),
    ]
    assert form.errors["cost"] == [
        "“12.50” can be read in two ways. Please choose: 12,50 € · 1.250,00 € · another amount"
    ]
    assert error.question == "Do you mean 12,50 € or 1.250,00 €?"
    assert error.lead == "“12.50” can be read in two ways. Please choose:"
    assert form["cost"].value() == "12.50"


def test_the_chosen_reading_counts_when_the_form_is_sent_again():
    form = filled(cost="12.50", **{"cost-reading": "1.250,00"})
    assert form.is_valid()
    assert form.cleaned_data["cost"] == 125_000
    assert filled(cost="12.50", **{"cost-reading": "12,50"}).is_valid()


def test_the_choice_alone_is_enough_where_the_text_is_not_sent():
    data = {"title": "Kurs", "cost-reading": "12,50"}
    form = CostForm(data)
    assert form.is_valid()
    assert form.cleaned_data["cost"] == 1_250
    assert not form.fields["cost"].widget.value_omitted_from_data(data, {}, "cost")


def test_another_amount_asks_for_typing_again():
    assert isinstance(error_of(filled(cost="12.50", **{"cost-reading": ""}), "cost"), AmbiguousEntry)
    form = filled(cost="99,00", **{"cost-reading": "1.250,00"})
    assert form.is_valid()
    assert form.cleaned_data["cost"] == 9_900, "an old choice must not override what was typed since"


def test_a_forged_choice_is_ignored():
    assert not filled(cost="12.50", **{"cost-reading": "9.999,00"}).is_valid()


def test_choices_of_two_forms_with_prefixes_do_not_mix():
    data = {"a-title": "x", "a-cost": "12.50", "a-cost-reading": "12,50", "cost-reading": "1.250,00"}
    form = CostForm(data, prefix="a")
    assert form.is_valid()
    assert form.cleaned_data["cost"] == 1_250


def test_a_day_that_does_not_exist_names_the_last_one():
    form = filled(end="31.02.2027")
    assert form.errors["end"] == ["There is no 31 February. The last day of February 2027 is the 28."]
    assert form["end"].value() == "31.02.2027"


def test_a_date_with_slashes_is_asked():
    error = error_of(filled(end="10/11/2026"), "end")
    assert [reading.typed for reading in error.readings] == ["10.11.2026", "11.10.2026"]
    assert filled(end="10/11/2026", **{"end-reading": "10.11.2026"}).is_valid()


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("cost", "", "required"), ("cost", "viel", "invalid"), ("cost", "-5", "min_value"), ("cost", "2 Mio.", "max_value"),
        ("cost", "12,3456", "too_precise"), ("cost", "1" * 99, "too_long"), ("end", "bald", "invalid"),
        ("end", "31.10.", "no_year"), ("end", "1.13.2026", "no_such_month"), ("end", "31.12.2025", "min_value"),
        ("starts", "mittags", "invalid"), ("starts", "24:00", "midnight"), ("seats", "2,5", "not_whole"),
        ("seats", "-1", "min_value"), ("seats", "501", "max_value"), ("seats", "viele", "invalid"),
    ],
)  # fmt: skip
def test_every_refusal_says_what_to_do(field, typed, code):
    form = filled(**{field: typed})
    assert not form.is_valid()
    assert list(form.errors) == [field]
    error = error_of(form, field)
    assert error.code == code
    assert error.message == form.fields[field].error_messages[code]
    assert form[field].value() == typed


def test_stored_values_are_shown_german():
    form = CostForm(initial={"cost": 125_000, "end": date(2026, 9, 1), "starts": time(9, 5), "seats": 3_694})
    assert [form[name].value() for name in ("cost", "end", "starts", "seats")] == [
        "1.250,00", "01.09.2026", "9:05", "3.694",
    ]  # fmt: skip
    assert 'inputmode="decimal"' in str(form["cost"])
    assert 'dir="ltr"' in str(form["end"])


def test_writing_the_same_value_differently_is_no_change():
    initial = {
        "title": "Kurs",
        "cost": 125_000,
        "end": date(2026, 10, 31),
        "starts": time(14, 30),
        "seats": 20,
    }
    data = {"title": "Kurs", "cost": "1250", "end": "2026-10-31", "starts": "14:30", "seats": "20"}
    assert CostForm(data, initial=initial).changed_data == []
    assert CostForm({**data, "cost": "12.50"}, initial=initial).changed_data == ["cost"]
