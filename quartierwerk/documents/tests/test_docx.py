import io
import re
import time
import zipfile

import docx as reader
import pytest
from docx.oxml.ns import qn

from quartierwerk.documents import docx
from quartierwerk.documents.content import (
    Contact,
    Document,
    Facts,
    Figure,
    Heading,
    List,
    Note,
    PageBreak,
    Paragraph,
    Span,
    Table,
    TableColumn,
    german,
    left_to_right,
)

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10z" fill="#00388f"/></svg>'
)


def opened(*blocks, lang="de", **more):
    written = docx.render(Document(title=more.pop("title", "Übersicht"), lang=lang, blocks=blocks, **more))
    return reader.Document(io.BytesIO(written))


def styles(file):
    return [(paragraph.style.name, paragraph.text) for paragraph in file.paragraphs if paragraph.text]


def test_headings_are_real_headings():
    file = opened(Heading("Eins"), Paragraph("Text"), Heading("Zwei", 2))
    assert styles(file) == [
        ("Title", "Übersicht"),
        ("Heading 1", "Eins"),
        ("Normal", "Text"),
        ("Heading 2", "Zwei"),
    ]


def test_properties_name_title_and_language():
    file = opened(Paragraph("x"), lang="uk")
    assert (file.core_properties.title, file.core_properties.language) == ("Übersicht", "uk-UA")
    assert {found.get(qn("w:val")) for found in file.styles.element.iter(qn("w:lang"))} == {"uk-UA"}


def test_table_repeats_its_header_and_keeps_rows_whole():
    file = opened(
        Table(
            [TableColumn("Ort"), TableColumn("Plätze", align="end")],
            [["Rethen", "12"]],
            caption="Plätze",
            note="Stand 2026",
        )
    )
    table = file.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Ort", "Plätze"], ["Rethen", "12"]]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert ("Caption", "Plätze") in styles(file)


def test_pictures_are_described():
    file = opened(Figure(SQUARE, "Ein Quadrat in zwei Hälften", "Bild", width_mm=40))
    (picture,) = file.inline_shapes
    assert picture._inline.docPr.get("descr") == "Ein Quadrat in zwei Hälften"
    assert round(picture.width.mm) == 40


def test_arabic_runs_right_to_left_and_german_in_it_left_to_right():
    file = opened(
        Heading("العنوان"),
        Paragraph(("العنوان: ", german("Marktstraße 12"), " هاتف ", left_to_right("0511 000 77 10"))),
        Table([TableColumn("اليوم")], [["الاثنين"]]),
        lang="ar",
    )
    paragraph = next(found for found in file.paragraphs if "Marktstraße" in found.text)
    assert paragraph.text == "العنوان: Marktstraße 12 هاتف 0511 000 77 10"
    assert paragraph._p.pPr.find(qn("w:bidi")) is not None
    assert [run._r.rPr.find(qn("w:rtl")) is not None for run in paragraph.runs] == [True, False, True, False]
    assert paragraph.runs[1]._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "de-DE"
    assert file.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    assert file.sections[0]._sectPr.find(qn("w:bidi")) is not None


def test_german_is_not_turned():
    file = opened(Paragraph("Text"))
    assert not list(file.element.iter(qn("w:bidi"), qn("w:rtl")))


def test_each_ordered_list_counts_from_one():
    file = opened(List(["a", "b"], ordered=True), Paragraph("x"), List(["c"], ordered=True), List(["d"]))
    numbers = [
        paragraph._p.pPr.numPr.numId.val
        for paragraph in file.paragraphs
        if paragraph.style.name == "List Number"
    ]
    assert numbers[0] == numbers[1] != numbers[2]
    assert ("List Bullet", "d") in styles(file)


def test_facts_keep_their_lines():
    table = opened(Facts([("Wann", ["Montag", "Dienstag"]), ("Wo", "Markt")])).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Wann", "Montag\nDienstag"],
        ["Wo", "Markt"],
    ]


def test_page_numbers_are_fields():
    footer = opened(PageBreak(), page_label="Seite {page} von {pages}").sections[0].footer.paragraphs[0]
    assert [found.text for found in footer._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert footer.text == "Seite 1 von 1"


def test_contact_note_code_and_links_are_there():
    file = opened(
        Contact("Kontakt", "Maryam Haidari", phone="0511 000 77 10", email="a@b.example"),
        Note("Methode in Worten", "Methode"),
        Paragraph(Span("böse", link="javascript:alert(1)")),
        address="https://laatzen.example/x", show_code=True, contents_title="Inhalt",
    )  # fmt: skip
    text = "\n".join(paragraph.text for paragraph in file.paragraphs)
    for words in (
        "Kontakt",
        "Maryam Haidari",
        "0511 000 77 10",
        "Methode in Worten",
        "Inhalt",
        "https://laatzen.example/x",
    ):
        assert words in text
    links = {link.address for paragraph in file.paragraphs for link in paragraph.hyperlinks}
    assert links == {"tel:05110007710", "mailto:a@b.example", "https://laatzen.example/x"}
    assert len(file.inline_shapes) == 1


@pytest.mark.parametrize(
    "text", ["<w:p/>&amp;", "a\x00b\x07", "#import $x$", "x" * 10_000, "Zeile 1\nZeile 2", "😀 中"]
)
def test_hostile_text_is_words_only(text):
    file = opened(Paragraph(text), Heading(text), Table([TableColumn(text)], [[text]]), title=text)
    wanted = text.replace("\x00", "").replace("\x07", "")
    assert file.tables[0].rows[1].cells[0].text == wanted
    assert ("Heading 1", wanted) in styles(file)


def test_properties_of_runs_stand_in_the_order_word_expects():
    written = docx.render(
        Document(
            title="T", lang="ar", blocks=[Paragraph(Span("x", lang="de", strong=True, emphasis=True), "lead")]
        )
    )
    xml = zipfile.ZipFile(io.BytesIO(written)).read("word/document.xml").decode()
    found = re.search(r"<w:rPr>(<w:b/>.*?)</w:rPr>", xml).group(1)
    assert re.findall(r"<w:(\w+)", found) == ["b", "bCs", "i", "iCs", "sz", "szCs", "lang"]


def test_the_same_content_gives_the_same_bytes():
    content = Document(title="T", lang="de", blocks=[Figure(SQUARE, "Quadrat"), Paragraph("x")])
    first = docx.render(content)
    time.sleep(2.1)
    assert docx.render(content) == first
