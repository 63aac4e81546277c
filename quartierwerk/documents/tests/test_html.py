"""A document as a web page: its structure can be walked, and no text of it acts as markup."""

import re

from quartierwerk.documents import html
from quartierwerk.documents.content import (
    Contact,
    Document,
    Facts,
    Figure,
    Heading,
    List,
    Note,
    Paragraph,
    Span,
    Table,
    TableColumn,
    german,
)


def page(*blocks, lang="de", **more) -> str:
    return html.render(
        Document(title=more.pop("title", "Übersicht"), lang=lang, blocks=blocks, **more)
    ).decode()


def test_texts_are_never_markup():
    evil = '<script>alert("x")</script>'
    made = page(
        Heading(evil),
        Paragraph(evil),
        Facts([(evil, [evil, evil])]),
        List([evil]),
        Table([TableColumn(evil)], [[evil]], caption=evil, note=evil),
        Note(evil, heading=evil),
        Contact(evil, name=evil, phone=evil, email=evil),
        Figure("<svg/>", alt=f'" onload="{evil}', caption=evil),
        title=evil,
        publisher=evil,
        notice=evil,
        subtitle=evil,
        date=evil,
        contents_title=evil,
        author=evil,
    )
    assert "<script" not in made
    assert 'onload="' not in made


def test_only_safe_addresses_become_links():
    made = page(Paragraph((Span("gut", link="https://a.example"), Span("böse", link="javascript:alert(1)"))))
    assert made.count("<a href=") == 1


def test_contents_lead_to_headings_down_to_their_depth():
    made = page(
        Heading("Eins"), Heading("Tiefer", 2), Heading("Zwei"), contents_title="Inhalt", contents_depth=1
    )
    for target in re.findall(r'<a href="#(h\d)">', made):
        assert f'id="{target}"' in made
    assert made.count("<li>") == 2
    assert "<h1>Übersicht</h1>" in made
    assert ">Tiefer</h3>" in made


def test_table_names_its_cells_and_other_languages_are_marked():
    made = page(
        Table([TableColumn("Ort"), TableColumn("Zahl", align="end")], [[german("Rethen"), "3"]]), lang="ar"
    )
    assert '<html lang="ar" dir="rtl">' in made
    assert made.count('scope="col"') == 2
    assert '<th scope="row"><bdi lang="de" dir="ltr">Rethen</bdi></th>' in made
