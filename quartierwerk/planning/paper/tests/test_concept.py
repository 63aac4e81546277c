"""The concept on paper says what everybody may read, of today or of a frozen edition, and nothing else."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from django.utils import translation
from pypdf import PdfReader

from quartierwerk.documents.content import Figure, Heading, Table, plain
from quartierwerk.documents.tests import reading
from quartierwerk.languages.states import TranslationState
from quartierwerk.planning.models import Edition, FieldOfAction, MeasureText
from quartierwerk.planning.tests import factories

from .. import concept as paper
from .. import formats, rows
from .. import state as states
from .conftest import SECRET

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def in_german():
    with translation.override("de"):
        yield


@pytest.fixture
def today(cast, plan) -> states.State:
    return states.of_today(plan, cast.town, "de", TODAY)


@pytest.fixture
def frozen(cast, plan) -> states.State:
    return states.of_edition(factories.adopted_edition(concept=plan), cast.town, "de")


def words_of(document) -> str:
    return formats.SETTERS["html"](document).decode()


def test_only_what_is_public_is_told(today):
    told = words_of(paper.document(today))
    for words in ("Drei Gruppen am Vormittag", "Kinderbetreuung während der Kurse", "12.300,50"):
        assert words in told
    assert not [words for words in SECRET if words in told]


def test_state_is_said_in_words_and_a_line_without_amount_is_no_zero(today):
    told = words_of(paper.document(today))
    assert "läuft" in told
    assert "noch zu klären" in told
    assert "Räume finden" in told


def test_a_measure_of_two_fields_is_described_once(today):
    headings = [plain(one.text) for one in paper.document(today).blocks if isinstance(one, Heading)]
    assert headings.count("1. Betreuung in den Kursräumen") == 1
    assert "4 Wohnen" in headings


def test_a_field_without_details_says_so(today):
    assert "das ist keine Null" in words_of(paper.document(today))


def test_every_picture_has_its_values_in_a_table_behind_it(today):
    blocks = paper.document(today).blocks
    at = [place for place, one in enumerate(blocks) if isinstance(one, Figure)]
    assert len(at) >= 3
    assert all(isinstance(blocks[place + 1], Table) for place in at)


def test_an_edition_says_only_what_was_frozen(cast, plan, frozen, measure):
    before = formats.written(frozen, "html")
    measure.what = "Ganz anders als beschlossen"
    measure.save()
    FieldOfAction.objects.filter(name="Wohnen").update(name="Wohnen und Leben")
    edition = Edition.objects.select_related("concept").get()
    again = states.of_edition(edition, cast.town, "de")
    assert formats.written(again, "html") == before
    told = before.decode()
    assert "2026/001-integration" in told
    assert "ausgegeben" not in told  # an edition knows plans, not what became of them


def test_of_today_it_names_the_newest_decision(cast, plan):
    factories.adopted_edition(1, concept=plan)
    factories.adopted_edition(2, concept=plan)
    told = words_of(paper.document(states.of_today(plan, cast.town, "de", TODAY)))
    assert "Ausgabe 2, vom Rat beschlossen" in told
    assert "keine beschlossene Ausgabe" in told
    assert "2026/002-integration" in told


def test_a_draft_is_no_edition(cast, plan):
    with pytest.raises(ValueError, match="adopted"):
        states.of_edition(factories.edition(2, concept=plan), cast.town, "de")


def test_the_pdf_is_tagged_with_contents_and_bookmarks(today):
    made = formats.written(today, "pdf")
    reader = PdfReader(io.BytesIO(made))
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()
    marks = [one.title for one in reader.outline if not isinstance(one, list)]
    assert "2 Bildung und Sprache" in marks
    tags = reading.tags(made)
    assert {"TOC", "Figure", "Table", "TH", "H1"} <= set(tags)
    assert "Seite 1 von" in reader.pages[0].extract_text()


def test_the_docx_is_read_again_with_headings_header_rows_and_descriptions(today):
    made = docx.Document(io.BytesIO(formats.written(today, "docx")))
    styles = {one.text: one.style.name for one in made.paragraphs}
    assert styles["2 Bildung und Sprache"] == "Heading 1"
    assert styles["1. Betreuung in den Kursräumen"] == "Heading 3"
    tables = [one for one in made.tables if one._tbl.xpath(".//w:tblHeader")]
    assert len(tables) >= 5
    pictures = made.element.body.xpath(".//wp:docPr/@descr")
    assert len(pictures) >= 3
    assert all(pictures)


def test_the_web_page_has_landmarks_headings_and_header_cells(today):
    page = formats.written(today, "html").decode()
    assert page.count("<h1>") == 1
    for part in ('<html lang="de" dir="ltr">', "<main", "<nav aria-labelledby", 'scope="col"', 'scope="row"'):
        assert part in page
    assert 'href="#h1"' in page
    assert 'id="h1"' in page


def test_in_arabic_the_frame_turns_and_german_words_stay_marked(cast, plan, measure):
    MeasureText.objects.create(
        record=measure,
        text_name="title",
        language="ar",
        text="رعاية الأطفال",
        state=TranslationState.MACHINE,
        source_text=measure.title,
    )
    page = formats.set_as(paper.document, states.of_today(plan, cast.town, "ar", TODAY), "html").decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "رعاية الأطفال" in page
    assert '<bdi lang="de">Drei Gruppen am Vormittag</bdi>' in page


def test_all_words_of_ours_are_in_the_language_of_the_paper_whoever_asks(cast, plan):
    state = states.of_today(plan, cast.town, "en", TODAY)
    assert "Nothing has been measured" in "".join(state.now.progress.values())
    german = states.of_today(plan, cast.town, "de", TODAY)
    assert set(german.now.progress.values()).isdisjoint(state.now.progress.values())


def test_an_edition_shows_the_guiding_principle_that_was_frozen_with_it(frozen):
    assert "Leitbild" not in words_of(paper.document(frozen))
    rows_then = [{"id": "offen", "text": "Wir begegnen einander offen."}]
    later = replace(frozen, picture={**frozen.picture, "principle": rows_then})
    assert "Wir begegnen einander offen." in words_of(paper.document(later))
    older = {name: value for name, value in frozen.picture.items() if name != "principle"}
    assert words_of(paper.document(replace(frozen, picture=older)))


def test_an_edition_as_rows_can_be_read_in_as_a_concept(frozen):
    document = rows.document_of(frozen)
    assert [row["title"] for row in document["measures"]] == ["Betreuung in den Kursräumen"]
    assert document["measures"][0]["needs"] == ["Kinderbetreuung während der Kurse"]
    assert document["costs"][0]["planned_cents"] == 1_230_050
    assert all(formats.written(frozen, name) for name in ("json", "xlsx", "csv"))
