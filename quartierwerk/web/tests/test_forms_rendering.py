import re

from django import forms
from django.db import models
from django.template import Context, Template
from django.utils import translation

from quartierwerk.tenants.models import Tenant
from quartierwerk.web.fields import AmountField
from quartierwerk.web.forms_rendering import QuartierwerkRenderer
from quartierwerk.web.gallery import FAULTY, SampleForm
from quartierwerk.web.tests.samples import request_to


def faulty() -> SampleForm:
    return SampleForm(FAULTY, renderer=QuartierwerkRenderer())


def test_every_described_id_exists():
    html = str(faulty())
    described = {name for names in re.findall(r'aria-describedby="([^"]+)"', html) for name in names.split()}
    ids = re.findall(r' id="([^"]+)"', html)
    assert described
    assert described <= set(ids)
    assert len(ids) == len(set(ids))


def test_every_fault_in_the_summary_leads_to_an_existing_place():
    html = str(faulty())
    summary = html.split("</ul>")[0]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert len(targets) == len(faulty().errors)
    assert set(targets) <= set(re.findall(r' id="([^"]+)"', html))


def test_label_hint_and_error_stand_before_the_field():
    form = faulty()
    html = str(form["amount"].as_field_group())
    assert html.index("<label") < html.index("qw-error-text") < html.index("<input")


def test_ambiguous_amount_offers_its_readings_and_the_way_back():
    form = SampleForm({**FAULTY, "amount": "12.50"}, renderer=QuartierwerkRenderer())
    html = str(form["amount"].as_field_group())
    choices = re.findall(r'name="amount-reading" value="([^"]*)"', html)
    assert len(choices) >= 2
    assert choices[-1] == ""
    assert 'value="12.50"' in html


def test_chosen_reading_counts():
    class Costs(forms.Form):
        amount = AmountField()

    asked = Costs({"amount": "12.50"}, renderer=QuartierwerkRenderer())
    reading = asked["amount"].open_question.readings[0]
    assert Costs({"amount": "12.50", "amount-reading": reading.typed}).is_valid()


def test_radio_buttons_are_not_called_invalid_but_their_group_is_explained():
    html = str(faulty()["kind"].as_field_group())
    assert "aria-invalid" not in html
    assert 'aria-describedby="id_kind_error"' in html


def test_optional_fields_are_marked_only_where_the_form_asks_for_it():
    assert "(optional)" in str(faulty()["summary"].as_field_group()) or "freiwillig" in str(
        faulty()["summary"].as_field_group()
    )

    class Staff(forms.Form):
        note = forms.CharField(required=False)

    assert "qw-muted" not in str(Staff(renderer=QuartierwerkRenderer())["note"].as_field_group())


def test_fault_of_a_hidden_field_is_told_without_a_link():
    class Hidden(forms.Form):
        key = forms.CharField(widget=forms.HiddenInput)

    html = str(Hidden({"key": ""}, renderer=QuartierwerkRenderer()))
    assert "qw-summary" in html
    assert "<a " not in html


def test_summary_of_several_forms_counts_all_faults():
    class One(forms.Form):
        title = forms.CharField()

    form_set = forms.formset_factory(One, extra=0)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-title": ""}
    )
    one = One({}, prefix="a", renderer=QuartierwerkRenderer())
    source = "{% load qw %}{% error_summary one many %}"
    html = Template(source).render(Context({"one": one, "many": form_set, "request": request_to("/")}))
    assert html.count("<li>") == 2
    assert "#id_form-0-title" in html


def test_unbound_form_has_no_summary():
    assert "qw-summary" not in str(SampleForm(renderer=QuartierwerkRenderer()))


def test_question_in_a_label_takes_no_colon():
    class Asking(forms.Form):
        words = forms.CharField(label="What did not work?", error_messages={"required": "Please say it."})

    assert "What did not work? Please say it." in str(Asking({}, renderer=QuartierwerkRenderer()))


def test_what_people_typed_is_never_markup_in_fields():
    form = SampleForm({**FAULTY, "title": "<script>", "amount": "<script>"}, renderer=QuartierwerkRenderer())
    assert "<script>" not in str(form)


def test_a_choice_not_made_is_a_word_in_every_kind_of_select():
    class Choices(forms.Form):
        town = forms.ModelChoiceField(Tenant.objects.none(), required=False)
        own = forms.ChoiceField(choices=[("", "---------"), ("a", "A")])
        blank = models.CharField(blank=True, choices=[("a", "A")]).formfield()

    with translation.override("de"):
        html = str(Choices(renderer=QuartierwerkRenderer()))
    assert "---------" not in html
    assert html.count("keine Angabe") == 2
    assert "bitte wählen" in html
