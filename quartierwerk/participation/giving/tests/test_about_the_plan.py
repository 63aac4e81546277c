"""Said on a page of the plan, a voice keeps what it is about; also with addresses that somebody typed."""

import pytest
from django.test import Client

from quartierwerk.planning.tests import factories as plan

from ...models import Voice
from ...tests import factories
from .test_giving import GIVEN, kept, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(cast):
    with cast.in_town():
        concept = plan.concept(visibility="public")
        field = plan.field(concept=concept, visibility="public")
        return plan.measure("Sport im Park", fields=[field], visibility="public", space=cast.middle)


def about(cast, pk) -> str:
    return f"{page(cast)}?about={pk}"


def test_page_of_a_measure_and_of_a_quarter_lead_to_the_form_for_a_voice(cast, measure):
    for url in (f"measures/{measure.pk}/", f"quarters/{cast.middle.pk}/"):
        html = Client().get(f"/de/{cast.town.slug}/plan/{url}").content.decode()
        assert f'href="{page(cast)}?about=' in html
        assert "/offers/missing/?about=" not in html


def test_voice_keeps_what_it_is_about_for_staff_and_giver(cast, desk, measure):
    visitor = Client()
    assert "Sport im Park" in visitor.get(about(cast, measure.pk)).content.decode()
    assert visitor.post(about(cast, measure.pk), GIVEN | {"words": " "}).status_code == 422
    assert visitor.post(about(cast, measure.pk), GIVEN).status_code == 302
    voice = kept(cast)
    assert (voice.about_id, voice.about_title) == (measure.pk, "Sport im Park")
    for url in ("", "check/"):
        html = desk.get(f"/staff/{cast.town.slug}/voices/{voice.pk}/{url}").content.decode()
        assert f"/plan/measures/{measure.pk}/" in html


def test_title_stays_where_the_record_is_no_longer_public(cast, desk, measure):
    with cast.in_town():
        voice = factories.voice(about_id=measure.pk, about_title="Sport im Park")
        type(measure).objects.update(visibility="tenant")
    html = desk.get(f"/staff/{cast.town.slug}/voices/{voice.pk}/").content.decode()
    assert "Sport im Park" in html
    assert f"/plan/measures/{measure.pk}/" not in html


def test_quarter_spoken_of_is_chosen_already(cast, measure):
    html = Client().get(about(cast, cast.middle.pk)).content.decode()
    assert f'<option value="{cast.middle.pk}" selected' in html


@pytest.mark.parametrize("wrong", ["", "x", "00000000-0000-0000-0000-000000000000", "hidden"])
def test_what_nobody_may_see_cannot_be_spoken_of(cast, measure, wrong):
    if wrong == "hidden":
        with cast.in_town():
            wrong = plan.measure("Geheime Planung").pk
    visitor = Client()
    assert "Geheime" not in visitor.get(about(cast, wrong)).content.decode()
    visitor.post(about(cast, wrong), GIVEN)
    with cast.in_town():
        assert list(Voice.objects.values_list("about_id", "about_title")) == [(None, "")]
