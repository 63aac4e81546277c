"""A document as DOCX, to be edited: real headings, header rows, descriptions of pictures, language of each run."""

import io
from typing import Any

from quartierwerk.documents import content
from quartierwerk.documents.cells import storable
from quartierwerk.documents.content import Document, Span, Text, plain, spans
from quartierwerk.documents.marks import qr_code
from quartierwerk.documents.packing import same_bytes
from quartierwerk.documents.raster import png_of
from quartierwerk.documents.word_xml import (
    RUN_ORDER,
    TABLE_ORDER,
    field_frame,
    field_parts,
    in_order,
    make_tag,
    next_field,
    qualified,
)

FONT = "Arial"  # on every machine, with Arabic and Cyrillic letters; ours need not be installed there
PAGE_MM = (210, 297)
MARGIN_MM = 20
LONGEST_PROPERTY = 255
SAFE_LINKS = ("https://", "http://", "mailto:", "tel:")
# Word knows languages with their country only.
COUNTRIES = {
    "de": "de-DE", "en": "en-GB", "ar": "ar-SA", "fa": "fa-IR", "prs": "prs-AF", "ps": "ps-AF", "uk": "uk-UA",
    "ru": "ru-RU", "tr": "tr-TR", "ku": "ku-TR", "ckb": "ku-Arab-IQ", "pl": "pl-PL", "ro": "ro-RO", "bg": "bg-BG",
    "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "el": "el-GR", "hr": "hr-HR", "sr": "sr-Cyrl-RS", "sq": "sq-AL",
    "vi": "vi-VN", "ur": "ur-PK", "he": "he-IL", "ti": "ti-ER",
}  # fmt: skip


def render(document: Document) -> bytes:
    """The document as DOCX. Identical content gives identical bytes.

    raises  fonts.FontsMissing if it has pictures and the set-up has not built the fonts
    """
    writer = _Writer(document)
    writer.write()
    buffer = io.BytesIO()
    writer.file.save(buffer)
    return same_bytes(buffer.getvalue(), document.saved_at)


def word_language(lang: str) -> str:
    language = lang.lower().replace("_", "-").split("-")[0]
    return COUNTRIES.get(language, language)


class _Writer:
    def __init__(self, document: Document):
        import docx

        self.document = document
        self.rtl = document.written == "rtl"
        self.file = docx.Document()

    def write(self) -> None:
        self._prepare()
        self._head()
        if plain(self.document.contents_title):
            self._contents()
        for block in self.document.blocks:
            self._block(block)
        self._foot()

    # The sheet ------------------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        from docx.shared import Mm, Pt, RGBColor

        properties = self.file.core_properties
        properties.title = storable(self.document.title)[:LONGEST_PROPERTY]
        properties.author = storable(self.document.author)[:LONGEST_PROPERTY] or "Quartierwerk"
        properties.language = word_language(self.document.lang)
        properties.comments = ""
        section = self.file.sections[0]
        section.page_width, section.page_height = (Mm(side) for side in PAGE_MM)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(
            MARGIN_MM
        )
        if self.rtl:
            section._sectPr.insert_element_before(make_tag("w:bidi"), "w:rtlGutter", "w:docGrid")
        sizes = {
            "Normal": 10.5, "Title": 20, "Subtitle": 12.5, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11, "Heading 4": 10.5,
            "Heading 5": 10.5, "Caption": 9, "List Bullet": 10.5, "List Number": 10.5,
        }  # fmt: skip
        for name, size in sizes.items():
            style = self.file.styles[name]
            style.font.name, style.font.size = FONT, Pt(size)
            style.font.color.rgb = RGBColor(0, 0, 0)
            own = style.element.get_or_add_rPr()
            fonts = own.get_or_add_rFonts()
            # The theme's fonts would win over ours, and Arabic letters have a font and size of their own.
            for key in [key for key in fonts.keys() if key.endswith("Theme")]:  # noqa: SIM118 (an XML element)
                del fonts.attrib[key]
            for script in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qualified(f"w:{script}"), FONT)
            own.append(make_tag("w:szCs", val=str(round(size * 2))))
            if style.font.bold or name.startswith("Heading") or name == "Title":
                style.font.bold = True
                own.append(make_tag("w:bCs"))
            in_order(own, RUN_ORDER)
        title = self.file.styles["Title"].element.get_or_add_pPr()
        for border in title.findall(qualified("w:pBdr")):
            title.remove(border)
        self._set_language()

    def _set_language(self) -> None:
        """The whole file's language, which single runs then depart from."""
        code = word_language(self.document.lang)
        for found in self.file.styles.element.iter(qualified("w:lang")):
            found.set(qualified("w:bidi" if self.rtl else "w:val"), code)
            if not self.rtl:
                found.set(qualified("w:eastAsia"), code)

    def _head(self) -> None:
        document = self.document
        for text in (document.notice, document.publisher, document.date):
            if plain(text).strip():
                self._paragraph(text, size=9)
        if document.address:
            self._paragraph(content.left_to_right(document.address, link=document.address), size=9)
        if document.show_code:
            self._picture(qr_code(document.address, border=1), document.address, 22)
        self._paragraph(document.title, style="Title")
        if plain(document.subtitle).strip():
            self._paragraph(document.subtitle, style="Subtitle")

    def _foot(self) -> None:
        paragraph = self.file.sections[0].footer.paragraphs[0]
        self._turn(paragraph)
        rest = self.document.page_label
        while rest:
            before, field, rest = next_field(rest)
            if before:
                self._run(paragraph, Span(before))
            if field:
                run = self._run(paragraph, Span(""))
                for part in field_parts(field, "1"):
                    run._r.append(part)

    def _contents(self) -> None:
        self._paragraph(
            self.document.contents_title, style="TOC Heading" if self._has("TOC Heading") else None
        )
        depth = self.document.contents_depth
        paragraph = self._paragraph("")
        run = self._run(paragraph, Span(""))
        begin, instruction, middle, end = field_frame(f'TOC \\o "1-{depth}" \\h \\z')
        # Word fills the list when it opens the file; until then it names the headings.
        begin.set(qualified("w:dirty"), "true")
        for part in (begin, instruction, middle):
            run._r.append(part)
        headings = [
            block
            for block in self.document.blocks
            if isinstance(block, content.Heading) and block.level <= depth
        ]
        for at, heading in enumerate(headings):
            entry = self._run(paragraph, Span(plain(heading.text)))
            if at < len(headings) - 1:
                entry.add_break()
        self._run(paragraph, Span(""))._r.append(end)

    def _has(self, style: str) -> bool:
        return any(known.name == style for known in self.file.styles)

    # Blocks ---------------------------------------------------------------------------------------------------

    def _block(self, block: content.Block) -> None:
        match block:
            case content.Heading():
                self._paragraph(block.text, style=f"Heading {block.level}")
            case content.Paragraph():
                self._paragraph(block.text, size={"lead": 12.5, "body": None, "small": 8.5}[block.style])
            case content.Facts():
                rows = [[name, value] for name, value in block.items]
                if rows:
                    self._grid(rows, widths=[0.28, 0.72], first_column_strong=True)
            case content.List():
                self._list(block)
            case content.Table():
                self._table(block)
            case content.Figure():
                self._picture(block.svg, block.alt, block.width_mm or PAGE_MM[0] - 2 * MARGIN_MM)
                if plain(block.caption):
                    self._paragraph(block.caption, style="Caption")
            case content.Contact():
                self._boxed(
                    [_bold(block.heading), *content.contact_lines(block)], ("top", "left", "bottom", "right")
                )
            case content.Note():
                lines = [_bold(block.heading)] if plain(block.heading) else []
                self._boxed([*lines, block.text], ("right" if self.rtl else "left",))
            case content.PageBreak():
                self.file.add_page_break()

    def _list(self, block: content.List) -> None:
        style = "List Number" if block.ordered else "List Bullet"
        number = self._fresh_numbering() if block.ordered else None
        for item in block.items:
            paragraph = self._paragraph(item, style=style)
            if number is not None:
                numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                numbering.get_or_add_ilvl().val = 0
                numbering.get_or_add_numId().val = number

    def _fresh_numbering(self) -> int:
        """Every ordered list counts from one."""
        style = self.file.styles["List Number"].element.pPr.numPr.numId.val
        numbering = self.file.part.numbering_part.numbering_definitions._numbering
        pattern = next(num for num in numbering.num_lst if num.numId == style).abstractNumId.val
        fresh = numbering.add_num(pattern)
        fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(fresh.numId)

    def _table(self, block: content.Table) -> None:
        if plain(block.caption):
            self._paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
        rows: list[list[Any]] = [[_bold(column.label) for column in block.columns], *map(list, block.rows)]
        total = sum(column.width or 1.0 for column in block.columns)
        table = self._grid(
            rows,
            widths=[(column.width or 1.0) / total for column in block.columns],
            first_column_strong=block.row_headers,
            ends=[column.align == "end" for column in block.columns],
        )
        table.rows[0]._tr.get_or_add_trPr().append(make_tag("w:tblHeader"))
        if plain(block.caption):
            table._tbl.tblPr.append(make_tag("w:tblCaption", val=storable(plain(block.caption))))
            in_order(table._tbl.tblPr, TABLE_ORDER)
        if plain(block.note):
            self._paragraph(block.note, size=8.5)

    def _grid(
        self,
        rows: list[list[Any]],
        *,
        widths: list[float],
        first_column_strong: bool,
        ends: list[bool] | None = None,
    ) -> Any:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt

        table = self.file.add_table(rows=len(rows), cols=len(widths))
        properties = table._tbl.tblPr
        if self.rtl:
            properties.append(make_tag("w:bidiVisual"))
        borders = make_tag("w:tblBorders")
        for side in ("top", "bottom", "insideH"):
            borders.append(make_tag(f"w:{side}", val="single", sz="4", space="0", color="8C8C8C"))
        properties.append(borders)
        in_order(properties, TABLE_ORDER)
        full = PAGE_MM[0] - 2 * MARGIN_MM
        for row, values in zip(table.rows, rows, strict=True):
            row._tr.get_or_add_trPr().append(make_tag("w:cantSplit"))
            for at, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
                cell.width = Mm(full * widths[at])
                lines = value if isinstance(value, list) else [value]
                for number, line in enumerate(lines):
                    paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                    self._fill(paragraph, _bold(line) if at == 0 and first_column_strong else line)
                    paragraph.paragraph_format.space_after = Pt(2)
                    paragraph.paragraph_format.space_before = Pt(2)
                    if ends and ends[at]:
                        # In right-to-left paragraphs Word takes "right" for the end of the line.
                        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._paragraph("", size=4)
        return table

    def _boxed(self, lines: list[Text], sides: tuple[str, ...]) -> None:
        for at, line in enumerate(lines):
            paragraph = self._paragraph(line)
            paragraph.paragraph_format.keep_with_next = at < len(lines) - 1
            borders = make_tag("w:pBdr")
            for side in ("top", "left", "bottom", "right"):
                if side in sides:
                    borders.append(make_tag(f"w:{side}", val="single", sz="6", space="6", color="737373"))
            properties = paragraph._p.get_or_add_pPr()
            properties.insert_element_before(
                borders, "w:shd", "w:tabs", "w:bidi", "w:spacing", "w:ind", "w:jc", "w:rPr"
            )

    def _picture(self, svg: str, alt: str, width_mm: float) -> None:
        from docx.shared import Mm

        paragraph = self._paragraph("")
        drawn = paragraph.add_run().add_picture(io.BytesIO(png_of(svg, width_mm)), width=Mm(width_mm))
        drawn._inline.docPr.set("descr", storable(alt))

    # Text -----------------------------------------------------------------------------------------------------

    def _paragraph(self, text: Text, *, style: str | None = None, size: float | None = None) -> Any:
        paragraph = self.file.add_paragraph(style=style)
        self._fill(paragraph, text, size)
        return paragraph

    def _fill(self, paragraph: Any, text: Text, size: float | None = None) -> None:
        self._turn(paragraph)
        for span in spans(text):
            self._run(paragraph, span, size)

    def _turn(self, paragraph: Any) -> None:
        if self.rtl:
            properties = paragraph._p.get_or_add_pPr()
            properties.insert_element_before(
                make_tag("w:bidi"), "w:adjustRightInd", "w:spacing", "w:ind", "w:jc", "w:rPr"
            )

    def _run(self, paragraph: Any, span: Span, size: float | None = None) -> Any:
        from docx.shared import Pt

        run = paragraph.add_run()
        direction = span.direction or (
            content.direction_of(span.lang) if span.lang else self.document.written
        )
        properties = run._r.get_or_add_rPr()
        if span.strong:
            run.bold = True
            properties.append(make_tag("w:bCs"))
        if span.emphasis:
            run.italic = True
            properties.append(make_tag("w:iCs"))
        if size:
            run.font.size = Pt(size)
            properties.append(make_tag("w:szCs", val=str(round(size * 2))))
        if direction == "rtl":
            properties.append(make_tag("w:rtl"))
        if span.lang:
            kind = "bidi" if direction == "rtl" else "val"
            properties.append(make_tag("w:lang", **{kind: word_language(span.lang)}))
        in_order(properties, RUN_ORDER)
        run.text = storable(span.text).replace("\r\n", "\n")
        if span.link and span.link.startswith(SAFE_LINKS):
            self._linked(paragraph, run, span.link)
        return run

    def _linked(self, paragraph: Any, run: Any, address: str) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE

        key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = make_tag("w:hyperlink")
        link.set(qualified("r:id"), key)
        run._r.getparent().replace(run._r, link)
        link.append(run._r)


def _bold(text: Text) -> Text:
    return tuple(content.strong(span) for span in spans(text))
