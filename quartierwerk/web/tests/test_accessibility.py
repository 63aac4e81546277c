import pytest
from django.test import override_settings
from django.utils.translation import override

from quartierwerk.languages import reviews
from quartierwerk.web.accessibility import accessibility, barrier_desk
from quartierwerk.web.tests.samples import request_to


@pytest.fixture(autouse=True)
def addresses(empty_registers):
    with override_settings(ROOT_URLCONF="quartierwerk.web.tests.urls"):
        yield


def test_without_anybody_who_receives_there_is_no_form_but_a_phone(monkeypatch):
    monkeypatch.setattr(barrier_desk, "receive", None)
    html = accessibility(request_to("/de/laatzen/accessibility/")).content.decode()
    assert '<form method="post"' not in html
    assert "tel:" in html


def test_complaint_reaches_the_desk_once_and_leads_to_a_page_that_may_be_reloaded(monkeypatch):
    received = []
    monkeypatch.setattr(barrier_desk, "receive", lambda request, values: received.append(values))
    response = accessibility(request_to("/de/laatzen/accessibility/", words="Der Knopf geht nicht"))
    assert response.status_code == 302
    assert [values["words"] for values in received] == ["Der Knopf geht nicht"]


def test_empty_complaint_is_refused_and_keeps_what_was_typed(monkeypatch):
    monkeypatch.setattr(barrier_desk, "receive", lambda request, values: pytest.fail("received"))
    response = accessibility(
        request_to("/de/laatzen/accessibility/", words=" ", reply="maryam@example.org", page="/de/")
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert 'value="maryam@example.org"' in html
    assert "qw-summary" in html


def test_statement_names_the_languages_no_person_has_reviewed():
    with override("en"):
        html = accessibility(request_to("/en/laatzen/accessibility/", lang="en")).content.decode()
    statement = html.split("no person who speaks them")[1].split("</li>")[0]
    for review in reviews.reviews():
        assert (f">{review.language.autonym}</bdi>" in statement) == (review.state == reviews.MACHINE)


def test_statement_names_the_person_who_reviewed_a_language(monkeypatch):
    entries = {one.language.code: {"state": one.state} for one in reviews.reviews()}
    entries["uk"] = {"state": "reviewed", "reviewer": "Olena Tkachenko", "reviewed_on": "2027-01-31"}
    read = reviews.read(entries)
    monkeypatch.setattr(reviews, "reviews", lambda: read)
    with override("en"):
        html = accessibility(request_to("/en/laatzen/accessibility/", lang="en")).content.decode()
    assert ">Українська</bdi>: translated by a machine, reviewed by <bdi>Olena Tkachenko</bdi>" in html
    assert "Українська" not in html.split("no person who speaks them")[1].split("</li>")[0]


def test_a_question_takes_no_colon_before_its_fault_in_arabic_either(monkeypatch):
    monkeypatch.setattr(barrier_desk, "receive", lambda request, values: pytest.fail("received"))
    with override("ar"):
        request = request_to("/ar/laatzen/accessibility/", lang="ar", words=" ")
        html = accessibility(request).content.decode()
    assert "qw-summary" in html
    assert "؟ " in html
    assert "؟:" not in html
