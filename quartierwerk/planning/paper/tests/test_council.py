"""The paper for the council: what is proposed, what it costs, who was heard; no names of persons."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone, translation

from quartierwerk.planning.editions import on_agenda
from quartierwerk.planning.models import CostLine, Deferral, EditionComment, Measure
from quartierwerk.planning.tests import factories

from .. import council, formats, hearing
from .. import state as states

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_german():
    with translation.override("de"):
        yield


@pytest.fixture
def draft(plan):
    before = factories.adopted_edition(concept=plan)
    late = Measure.objects.get(title="Maßnahme im Entwurf")
    late.visibility = "public"
    late.save()
    CostLine.objects.create(measure=late, year=2027, label="Bus", planned_cents=99_900)
    edition = factories.edition(
        2, "Integrationskonzept 2028", concept=plan, consultation_until=date(2027, 2, 1)
    )
    Deferral.objects.create(edition=edition, measure=late, reason="Das Geld ist ungeklärt")
    for name in ("Kindertagesstätten", "53 Kindertagesstätten", "Erika Muster", ""):
        EditionComment.objects.create(edition=edition, words="Zu wenig Zeit", name=name)
    return edition, before


def told(cast, edition, before) -> str:
    state = states.of_draft(edition, cast.town, "de", timezone.localdate())
    paper = council.document(state, before and before.content, hearing.of(edition), "Koordinierungsstelle")
    return formats.SETTERS["html"](paper).decode()


def test_it_proposes_what_is_not_put_off_and_counts_its_money_only(cast, draft):
    words = told(cast, *draft)
    assert "Der Rat beschließt „Integrationskonzept 2028“ als Ausgabe 2" in words
    assert "12.300,50" in words
    assert "999,00" not in words
    assert "Maßnahme im Entwurf: Das Geld ist ungeklärt" in words
    assert "Nichts" not in words


def test_bodies_are_named_persons_are_counted(cast, draft):
    words = told(cast, *draft)
    assert "53 Kindertagesstätten" in words
    assert "Erika Muster" not in words
    assert "4 Stellungnahmen" in words


def test_a_first_edition_without_hearing_says_so(cast, plan):
    words = told(cast, factories.edition(1, concept=plan), None)
    assert "erste Ausgabe" in words
    assert "nicht vermerkt" in words


def test_of_an_adopted_edition_it_holds_the_wording(cast, plan):
    edition = factories.adopted_edition(concept=plan)
    state = states.of_edition(edition, cast.town, "de")
    paper = council.document(state, None, hearing.of(edition), "")
    words = formats.SETTERS["html"](paper).decode()
    assert "Das Konzept wird beschlossen." in words
    assert "einstimmig" in words
    assert "Beschlussvorlage" not in words
    assert "Beschlussvorschlag" not in words


def test_one_comment_is_one_comment(cast, plan):
    edition = factories.edition(1, concept=plan, consultation_until=date(2027, 2, 1))
    EditionComment.objects.create(edition=edition, words="Zu wenig Zeit")
    words = told(cast, edition, None)
    assert "1 Stellungnahme, 0 beantwortet" in words


def test_only_meetings_that_talked_about_it_were_hearings(cast, plan):
    edition = factories.edition(1, "Ausgabe 2027", concept=plan, opened_on=date(2026, 9, 1))
    item = "Kinderbetreuung"
    for day, title, source in ((3, item, None), (4, "Zur Ausgabe 2027", None), (5, item, edition.pk)):
        held = factories.meeting(concept=plan, state="held", starts_at=datetime(2026, 11, day, 9, tzinfo=UTC))
        factories.agenda_item(
            title, meeting=held, source_id=source, source_name=on_agenda.SOURCE if source else ""
        )
    ((_group, count, last),) = hearing.of(edition).meetings
    assert (count, last) == (2, date(2026, 11, 5))


def test_a_measure_put_off_is_neither_new_nor_at_its_end(cast, draft):
    edition, before = draft
    assert "Neue Maßnahmen" not in told(cast, edition, before)


def test_what_is_put_off_is_counted_though_it_is_not_public_and_what_is_over_is_not_carried_out(cast, draft):
    edition, before = draft
    Measure.objects.filter(title="Maßnahme im Entwurf").update(visibility="tenant")
    running = Measure.objects.get(title="Betreuung in den Kursräumen")
    assert "Die Verwaltung setzt" in told(cast, edition, before)
    Measure.objects.filter(pk=running.pk).update(ends_on=date(2020, 1, 1))
    words = told(cast, edition, before)
    assert "Maßnahme im Entwurf" not in words
    assert "1 weitere ist zurückgestellt" in words
    assert "1 Maßnahme wird" in words
    assert "Die Verwaltung setzt" not in words
