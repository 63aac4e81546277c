import io
import time

import pytest
from pypdf import PdfReader

from quartierwerk.documents import charts, pdf
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
from quartierwerk.documents.drawing import Numbers
from quartierwerk.documents.tests import reading

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10z" fill="#00388f"/></svg>'
)


def document(*blocks, lang="de", **more):
    return Document(title=more.pop("title", "Übersicht für Laatzen"), lang=lang, blocks=blocks, **more)


def opened(*blocks, **more):
    return PdfReader(io.BytesIO(pdf.render(document(*blocks, **more))))


def test_file_is_tagged_and_names_language_and_title():
    root = opened(Paragraph("Text")).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF boolean)
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert opened(Paragraph("Text")).metadata.title == "Übersicht für Laatzen"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_page_is_a4_and_numbered():
    reader = opened(Paragraph("eins"), PageBreak(), Paragraph("zwei"), page_label="Seite {page} von {pages}")
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert [
        f"Seite {number} von 2" in page.extract_text() for number, page in enumerate(reader.pages, 1)
    ] == [True, True]


def test_structure_has_headings_table_head_list_and_picture():
    table = Table(
        [TableColumn("Ort"), TableColumn("Plätze", align="end")], [["Rethen", "12"]], caption="Plätze je Ort"
    )
    tags = reading.tags(
        pdf.render(
            document(
                Heading("Eins"),
                Heading("Zwei", 2),
                table,
                List(["a", "b"]),
                Figure(SQUARE, "Ein Quadrat", "Bild"),
            )
        )
    )
    for tag in ("Title", "H1", "H2", "Table", "THead", "TH", "TD", "Caption", "L", "LI", "Figure"):
        assert tag in tags, tag


def test_every_text_stands_in_an_element_of_its_own():
    everything = document(
        Paragraph("Vorspann", "lead"), Paragraph("Fließtext"), Paragraph("Kleines", "small"), Note("Hinweis", "Achtung"),
        notice="Beispielstadt", publisher="Laatzen", date="Stand: heute", address="https://laatzen.example",
    )  # fmt: skip
    found = reading.elements(pdf.render(everything))
    assert ("P", "Vorspann") in found
    assert ("P", "Kleines") in found
    assert "Document" not in [tag for tag, _ in found]


def test_header_row_is_repeated_on_every_page():
    table = Table(
        [TableColumn("Maßnahme"), TableColumn("Stand")], [[f"Nr. {n}", "im Plan"] for n in range(120)]
    )
    reader = opened(table)
    assert len(reader.pages) > 2
    assert all("Maßnahme" in page.extract_text() for page in reader.pages)


HOSTILE = [
    "#import \"x.typ\"",
    "#{1+1} $x^2$ *fett* _kursiv_ `code` ```raw```",
    "= Überschrift",
    "\\ \\u{41} \\#",
    "<label> @verweis // Kommentar /* nein */",
    "- Punkt\n+ Nummer\n/ Begriff: x",
    '"Anführung" \'einfach\' ~ --- ... -? https://x.example/#a',
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_text_is_printed_as_it_is(text):
    written = reading.text(
        pdf.render(document(Paragraph(text), Table([TableColumn(text)], [[text]]), title=text))
    )
    wanted = text.replace("\n", "")
    assert written.count(wanted) >= 4, written


def test_ten_thousand_characters_without_a_blank_stay_on_the_page():
    long = "x" * 10_000
    written = pdf.render(document(Paragraph(long), Facts([("a", long)]), Table([TableColumn("b")], [[long]])))
    assert reading.text(written).count("x") == 30_000
    assert widest(written) < 595 - 35


def widest(written):
    """How far to the right text reaches, roughly."""
    reached = [0.0]

    def measure(text, cm, tm, font, size):
        # An x is about half as wide as it is high.
        reached.append(tm[4] + cm[4] + 0.45 * size * len(text.strip("\n")))

    for page in PdfReader(io.BytesIO(written)).pages:
        page.extract_text(visitor_text=measure)
    return max(reached)


def test_a_long_title_leaves_room_for_the_page_number():
    reader = opened(Paragraph("x"), title="Ein Titel ohne Ende " * 20, page_label="Seite {page} von {pages}")
    assert "Seite 1 von 1" in reader.pages[0].extract_text()


def test_long_text_keeps_all_its_words():
    words = " ".join(f"Wort{number}" for number in range(2000))
    assert reading.text(pdf.render(document(Facts([("Text", words)])))).replace(" ", "").count("Wort") == 2000


def test_control_signs_vanish_and_unknown_signs_leave_a_mark():
    written = reading.text(pdf.render(document(Paragraph("a\x00b\x07c\u202ed\ud800e 😀 中\u200d"))))
    assert "abcde ▯ ▯" in written


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Größe, Übung, Straße, Ärger – „Gänsefüßchen“ 12,50 €"),
        ("tr", "Çocuklarınız için ücretsiz İstanbul ğüşöçı"),
        ("uk", "Безкоштовні курси німецької мови, ґанок, їжа, єдність"),
        ("ru", "Бесплатные курсы, объявление, ёлка"),
        ("pl", "Zażółć gęślą jaźń"),
        ("ro", "învățare, școală, ți"),
        ("vi", "Tiếng Việt miễn phí"),
        ("ku", "Kursên bêpere, şîret, ziman"),
        ("el", "Δωρεάν μαθήματα"),
    ],
)
def test_text_reads_back_as_it_was(lang, text):
    assert text in reading.text(pdf.render(document(Paragraph(text), lang=lang)))


ARABIC = [
    "الألمانية والإنسان والآن: لا بأس، إلى الأمام.",
    "أهلاً وسهلاً! مجاناً (بدون رسوم) [3 مقاعد].",
    "يتمّ التسجيل حتّى 16 نوفمبر 2026.",
    "هل «المقهى» مفتوح؟ نعم، من 9:00 إلى 12:15.",
    "بِسْمِ مُحَمَّد كِتابُ هٰذا لَا",
]
FARSI = [
    "می‌خواهم آلمانی یاد بگیرم، کلاس‌ها رایگان است.",
    "پژوهش، چگونه، گربه‌ها، ژاله؛ ۱۲ نفر (۳ جا خالی).",
]


@pytest.mark.parametrize(("lang", "text"), [("ar", t) for t in ARABIC] + [("fa", t) for t in FARSI])
def test_text_from_right_to_left_reads_back_as_it_was(lang, text):
    written = pdf.render(document(Heading(text), Paragraph(text), List([text]), lang=lang, title=text))
    found = reading.elements(written)
    for tag in ("Title", "H1", "P", "LBody"):
        assert (tag, text) in found


def test_german_street_and_phone_in_arabic_keep_place_and_order():
    parts = (
        "العنوان: ",
        german("Marktstraße 12, 30880 Laatzen"),
        " (الطابق الأول)، هاتف ",
        left_to_right("+49 511 000-77 10"),
        ".",
    )
    written = pdf.render(
        document(Paragraph(parts), Facts([("الهاتف", left_to_right("0511 000 77 10"))]), lang="ar")
    )
    found = reading.elements(written)
    assert ("P", "العنوان: Marktstraße 12, 30880 Laatzen (الطابق الأول)، هاتف +49 511 000-77 10.") in found
    assert ("Div", "0511 000 77 10") in found
    assert PdfReader(io.BytesIO(written)).trailer["/Root"]["/ViewerPreferences"]["/Direction"] == "/R2L"


def test_a_long_address_in_arabic_keeps_its_order():
    address = "https://laatzen.example/ar/laatzen/offers/deutsch-am-vormittag-mit-kinderbetreuung"
    parts = ("الموقع: ", left_to_right(address), " شكراً.")
    written = pdf.render(
        document(Paragraph(parts), Paragraph(f"الموقع {address} شكراً"), lang="ar", address=address)
    )
    places = {}

    def note(text, cm, tm, font, size):
        if text.strip():
            places.setdefault(round(tm[5] + cm[5]), []).append((tm[4] + cm[4], text))

    PdfReader(io.BytesIO(written)).pages[0].extract_text(visitor_text=note)
    seen = "".join(text for row in places.values() for _, text in sorted(row))
    assert seen.replace("\n", "").count(address) == 3


def test_arabic_in_a_german_text_reads_back_too():
    text = (Span("أهلاً (مجاناً).", lang="ar"), " steht an der Tür.")
    assert ("P", "أهلاً (مجاناً). steht an der Tür.") in reading.elements(pdf.render(document(Paragraph(text))))


def test_language_is_noted_where_it_changes():
    written = pdf.render(document(Paragraph(("Offer ", german("Sprachcafé am Markt"))), lang="en"))
    content = b"".join(page.get_contents().get_data() for page in PdfReader(io.BytesIO(written)).pages)
    assert b"/Lang(de)" in content.replace(b"/Lang (de)", b"/Lang(de)")


def test_links_go_out_only_to_known_kinds():
    links = [Span("gut", link="https://laatzen.example"), Span("böse", link="javascript:alert(1)")]
    reader = opened(Paragraph(tuple(links)), Contact("Kontakt", phone="0511 000 77 10", email="a@b.example"))
    targets = {note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", [])}
    assert targets == {"https://laatzen.example", "tel:05110007710", "mailto:a@b.example"}


def test_headings_that_skip_a_level_are_drawn_one_deeper():
    assert "H2" in reading.tags(pdf.render(document(Heading("a", 1), Heading("b", 4))))


def test_contents_list_the_headings():
    written = pdf.render(
        document(Heading("Wohnen"), Paragraph("x"), Heading("Arbeit"), contents_title="Inhalt")
    )
    assert reading.text(written).count("Wohnen") == 2


def test_a_hundred_blocks_fill_thirty_pages_and_more():
    blocks = []
    for number in range(100):
        blocks += [
            Heading(f"Maßnahme {number}"),
            Facts([("Ziel", "Mehr Plätze in Kursen mit Kinderbetreuung. " * 3), ("Kosten", "12.500,00 €")]),
            Paragraph("Die Koordinierungsstelle berichtet zweimal im Jahr. " * 6),
            Table(
                [TableColumn("Jahr"), TableColumn("Plätze", align="end")], [["2026", "12"], ["2027", "20"]]
            ),
        ]
    written = pdf.render(document(*blocks))
    assert len(PdfReader(io.BytesIO(written)).pages) >= 30


def test_the_same_content_gives_the_same_bytes():
    content = document(
        Paragraph(("Zeit: ", left_to_right("9:00–12:15"))), address="https://laatzen.example", show_code=True
    )
    first = pdf.render(content)
    time.sleep(1.1)
    assert pdf.render(content) == first


def test_signs_our_fonts_lack_do_not_break_a_drawing():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 20"><text x="1" y="12" font-size="9">℃ 中 😀</text></svg>'
    assert opened(Figure(svg, "Text 😀 im Bild")).pages


@pytest.mark.parametrize("lang", ["de-simple", "prs", "ku-Arab", "zh-Hant", "x-klingon", "de_DE"])
def test_any_language_tag_prints(lang):
    assert opened(Paragraph(("a", Span("b", lang=lang))), lang=lang).pages


def test_blank_headings_and_titles_do_not_break_the_file():
    written = pdf.render(document(Heading(""), Heading("\x00 "), Contact(""), Heading("Da"), title="\x00"))
    assert [tag for tag in reading.tags(written) if tag.startswith("H")] == ["H1"]


def test_empty_document_and_empty_parts_are_fine():
    assert opened(Paragraph(""), Facts([]), List([]), Table([TableColumn("a")], [])).pages


def test_german_value_alone_stands_beside_its_arabic_name():
    document = Document(title="دورة", lang="ar", blocks=[Facts([("يقدمها", german("Sprachhaus Leine"))])])
    places = []
    PdfReader(io.BytesIO(pdf.render(document))).pages[0].extract_text(
        visitor_text=lambda words, matrix, place, font, size: places.append(
            (words.strip(), place[4], matrix[4])
        )
    )
    left = [max(first, second) for words, first, second in places if "Sprachhaus" in words]
    assert left, places
    assert left[0] > 297, "it lies on the left half of the page"


@pytest.mark.parametrize("words", ["2025، المنفَق", "Rethen، المنفَق", "المنفَق"])
def test_vowel_marks_beside_digits_leave_no_hole_in_a_drawing(words):
    """Each sign has its glyph: PDF/UA refuses a file where one has none."""
    bars = [charts.Bar(words, 3, stands_out=True), charts.Bar("ب", 1)]
    chart = charts.bar_chart(
        title="ع", finding="ع", bars=bars, numbers=Numbers("€"), name_column="ع", value_column="ع"
    )
    assert opened(Figure(chart.svg, alt="ع"), lang="ar").pages
