"""Two pages on how far it is, however large the concept; nothing that only staff may know."""

import io
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import docx
import pytest
from django.utils import translation
from pypdf import PdfReader

from quartierwerk.planning.measures.rules import light, money
from quartierwerk.planning.models import Measure, StaffPost
from quartierwerk.planning.tests import factories

from .. import formats, progress
from .. import state as states
from .conftest import SECRET

TODAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def in_german():
    with translation.override("de"):
        yield


def large(count: int) -> states.State:
    """A concept in which everything is late and every title long, without a database."""
    long = (
        "Ein sehr langer Titel, der mit vielen Worten sagt, was alle längst wissen und doch niemand kürzt, "
        * 2
    )
    ids = [str(uuid4()) for _one in range(count)]
    reason = light.Reason(light.Cause.STEP_LATE, light.Light.RED, (long, TODAY))
    measures = [
        {
            "id": pk,
            "title": long,
            "stage": "running",
            "lead": "61 Stadtplanung und Wirtschaftsförderung",
            "needs": [],
            "costs": [],
        }
        for pk in ids
    ]
    goals = [{"id": pk, "title": long, "evidence_kind": "indicator", "indicator_name": long} for pk in ids]
    now = states.Now(
        lights={pk: light.Shown(light.Light.RED, (reason,), light.Light.RED) for pk in ids},
        steps={pk: [states.Step(long, TODAY + timedelta(days=9), None)] for pk in ids},
        costs={pk: [money.Line(year, 10_000_000) for year in range(2024, 2030)] for pk in ids},
        progress=dict.fromkeys(ids, ("100 Prüfungen, 35 % des Weges, langsamer als geplant", "warn")),
    )
    picture = {"measures": measures, "goals": goals, "needs": []}
    return states.State("Musterstadt", True, "de", "de", TODAY, picture, (), title="Integration", now=now)


def test_a_hundred_late_measures_with_long_words_stay_on_two_pages():
    made = formats.set_as(progress.document, large(100), "pdf")
    reader = PdfReader(io.BytesIO(made))
    assert len(reader.pages) == 2
    assert "weitere: 92" in reader.pages[0].extract_text() + reader.pages[1].extract_text()


@pytest.mark.django_db
def test_it_tells_what_is_public_and_no_post(cast, plan):
    measure = Measure.objects.get(title="Betreuung in den Kursräumen")
    StaffPost.objects.create(measure=measure, title="Stelle mit Namen", filled=False)
    state = states.of_today(plan, cast.town, "de", TODAY)
    words = formats.set_as(progress.document, state, "html").decode()
    assert "Betreuung in den Kursräumen" in words
    assert "verzögert" in words
    assert not [secret for secret in (*SECRET, "Stelle mit Namen") if secret in words]


@pytest.mark.django_db
def test_a_need_with_a_measure_that_is_not_public_is_none_without_measure(cast, plan):
    need, hidden = (
        factories.need("Ein Ort für alle", state="accepted"),
        Measure.objects.get(title="Maßnahme im Entwurf"),
    )
    need.in_fields.create(field=plan.fields.first())

    def told() -> str:
        return formats.set_as(
            progress.document, states.of_today(plan, cast.town, "de", TODAY), "html"
        ).decode()

    assert "1 ohne Maßnahme" in told()
    factories.linked(need, hidden)
    assert "0 ohne Maßnahme" in told()


def test_it_gives_the_reason_that_the_page_gives():
    ends = light.Reason(light.Cause.POST_ENDS_EARLY, light.Light.AMBER, ("Stelle 2", date(2026, 12, 31)))
    empty = light.Reason(light.Cause.POST_EMPTY, light.Light.AMBER, ("Stelle 1",))
    state = large(1)
    (pk,) = state.now.lights
    shown = light.Shown(light.Light.AMBER, (ends, empty), light.Light.AMBER)
    told = formats.set_as(
        progress.document, replace(state, now=replace(state.now, lights={pk: shown})), "html"
    )
    assert "Das Geld für das Personal endet am 31. Dezember 2026" in told.decode()
    assert "gesucht" not in told.decode()


@pytest.mark.django_db
def test_as_word_file_it_has_headings_and_header_rows(cast, plan):
    state = states.of_today(plan, cast.town, "de", TODAY)
    made = docx.Document(io.BytesIO(formats.set_as(progress.document, state, "docx")))
    headings = [one.text for one in made.paragraphs if one.style.name == "Heading 1"]
    assert headings == ["Was Aufmerksamkeit braucht", "Geld nach Jahren", "Ziele", "Die nächsten drei Monate"]
    assert made.element.body.xpath(".//w:tblHeader")


def test_an_edition_has_no_progress():
    with pytest.raises(ValueError, match="today"):
        progress.document(replace(large(1), now=None))
