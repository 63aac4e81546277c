"""A document as one accessible web page in one file: headings, landmarks, header cells, descriptions of pictures.

It needs nothing from anywhere: no script, no font, no style sheet. Nothing in its texts can act as markup.
"""

from html import escape

from quartierwerk.documents import content
from quartierwerk.documents.content import Document, Heading, Span, Text, plain, spans
from quartierwerk.documents.drawing import XML_REFUSES

SAFE_LINKS = ("https://", "http://", "mailto:", "tel:")
STYLE = """
:root{color-scheme:light dark}
body{font:1rem/1.55 "Fira Sans",Vazirmatn,Arial,sans-serif;margin:0;color:#131525;background:#fff}
header,nav,main,footer{max-width:52rem;margin:0 auto;padding:0 1rem}
h1{font-size:1.9rem;line-height:1.2}h2{margin-top:2.5rem;border-top:2px solid currentColor;padding-top:.6rem}
h3{margin-top:2rem}h1,h2,h3,h4,h5,h6{overflow-wrap:anywhere}
a{color:#00388f}.skip{position:absolute;inset-inline-start:-99rem}.skip:focus{position:static;display:inline-block;padding:.5rem}
nav li,nav a{line-height:1.9}.lead,.subtitle{font-size:1.2rem}.small{font-size:.9rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:1rem 0}
caption{text-align:start;font-weight:600;padding:.3rem 0}
th,td{text-align:start;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #8c8c8c}
thead th{border-bottom:2px solid currentColor}.end{text-align:end;font-variant-numeric:tabular-nums}
dl{display:grid;grid-template-columns:minmax(9rem,28%) 1fr;gap:.35rem 1rem}dt{font-weight:600;grid-column:1}dd{margin:0;grid-column:2}
p,li,dt,dd,caption{overflow-wrap:anywhere}
figure{margin:1.5rem 0;background:#fff;color:#131525}figure svg{max-width:100%;height:auto}
figcaption{padding:.3rem 0}.note,address{border-inline-start:4px solid #6e7597;padding:.2rem 1rem;margin:1rem 0;font-style:normal}
@media(max-width:34rem){dl{grid-template-columns:1fr}dd{grid-column:1}dt{margin-top:.5rem}}
@media(prefers-color-scheme:dark){body{color:#eff0f4;background:#16181f}a{color:#9dc3ff}}
@media print{nav,.skip{display:none}tr,figure{break-inside:avoid}}
"""


def render(document: Document) -> bytes:
    """The document as a web page. Identical content gives identical bytes."""
    return _Page(document).whole().encode()


class _Page:
    def __init__(self, document: Document):
        self.document = document
        # What the table of contents leads to, and where it stands among all headings.
        self.headings = [
            block for block in document.blocks if isinstance(block, Heading) and plain(block.text)
        ]
        self.read = 0

    def whole(self) -> str:
        document = self.document
        body = "\n".join(self._block(block) for block in document.blocks)
        skip = f'<a class="skip" href="#content">{_words(document.contents_title or document.title)}</a>'
        return (
            f'<!doctype html>\n<html lang="{_attribute(document.lang)}" dir="{document.written}">\n<head>'
            f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{_safe(document.title)}</title><style>{STYLE}</style></head>\n<body>{skip}\n"
            f'<header>{self._head()}</header>\n{self._contents()}<main id="content">{body}</main>\n'
            f"{self._foot()}</body>\n</html>\n"
        )

    def _head(self) -> str:
        document = self.document
        above = [
            f'<p class="small">{_words(text)}</p>'
            for text in (document.notice, document.publisher)
            if plain(text)
        ]
        below = [f'<p class="subtitle">{_words(document.subtitle)}</p>'] if plain(document.subtitle) else []
        return "".join([*above, f"<h1>{_safe(document.title)}</h1>", *below])

    def _contents(self) -> str:
        document = self.document
        if not plain(document.contents_title):
            return ""
        entries = "".join(
            f'<li><a href="#h{number}">{_words(block.text)}</a></li>'
            for number, block in enumerate(self.headings, 1)
            if block.level <= document.contents_depth
        )
        title = f'<h2 id="contents">{_words(document.contents_title)}</h2>'
        return f'<nav aria-labelledby="contents">{title}<ul>{entries}</ul></nav>\n'

    def _foot(self) -> str:
        document = self.document
        lines = [document.date] if plain(document.date) else []
        if document.address:
            lines.append(content.left_to_right(document.address, link=document.address))
        inner = "".join(f'<p class="small">{_words(line)}</p>' for line in lines)
        return f"<footer>{inner}</footer>\n" if inner else ""

    def _block(self, block: content.Block) -> str:
        match block:
            case content.Heading():
                if not plain(block.text):
                    return ""
                self.read += 1
                tag = f"h{block.level + 1}"
                return f'<{tag} id="h{self.read}">{_words(block.text)}</{tag}>'
            case content.Paragraph():
                name = "" if block.style == "body" else f' class="{block.style}"'
                return f"<p{name}>{_words(block.text)}</p>"
            case content.Facts():
                return f"<dl>{''.join(_fact(name, value) for name, value in block.items)}</dl>"
            case content.List():
                tag = "ol" if block.ordered else "ul"
                return f"<{tag}>{''.join(f'<li>{_words(item)}</li>' for item in block.items)}</{tag}>"
            case content.Table():
                return _table(block)
            case content.Figure():
                caption = f"<figcaption>{_words(block.caption)}</figcaption>" if plain(block.caption) else ""
                drawn = f'<div role="img" aria-label="{_attribute(block.alt)}">{block.svg}</div>'
                return f"<figure>{drawn}{caption}</figure>"
            case content.Contact():
                lines = "<br>".join(_words(line) for line in content.contact_lines(block))
                return f"<address><strong>{_words(block.heading)}</strong><br>{lines}</address>"
            case content.Note():
                heading = f"<strong>{_words(block.heading)}</strong><br>" if plain(block.heading) else ""
                return f'<p class="note">{heading}{_words(block.text)}</p>'
            case content.PageBreak():
                return ""


def _fact(name: Text, value: Text | list[Text]) -> str:
    lines = value if isinstance(value, list) else [value]
    return f"<dt>{_words(name)}</dt>" + "".join(f"<dd>{_words(line)}</dd>" for line in lines)


def _table(table: content.Table) -> str:
    label = _attribute(plain(table.caption) or plain(table.columns[0].label))
    caption = f"<caption>{_words(table.caption)}</caption>" if plain(table.caption) else ""
    ends = [' class="end"' if column.align == "end" else "" for column in table.columns]
    head = "".join(
        f'<th scope="col"{end}>{_words(column.label)}</th>'
        for column, end in zip(table.columns, ends, strict=True)
    )
    rows = "".join(f"<tr>{_cells(row, ends, table.row_headers)}</tr>" for row in table.rows)
    note = f'<p class="small">{_words(table.note)}</p>' if plain(table.note) else ""
    # A wide table is moved sideways by keyboard, too.
    return (
        f'<div class="scroll" role="group" tabindex="0" aria-label="{label}"><table>{caption}'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{note}"
    )


def _cells(row, ends: list[str], row_headers: bool) -> str:
    first = 'th scope="row"' if row_headers else "td"
    cells = [f"<{first}{ends[0]}>{_words(row[0])}</{first.split()[0]}>"]
    cells += [f"<td{end}>{_words(cell)}</td>" for cell, end in zip(row[1:], ends[1:], strict=True)]
    return "".join(cells)


def _words(text: Text) -> str:
    return "".join(map(_span, spans(text)))


def _span(span: Span) -> str:
    words = "<br>".join(_safe(line) for line in span.text.splitlines()) or _safe(span.text)
    if span.link and span.link.startswith(SAFE_LINKS):
        words = f'<a href="{_attribute(span.link)}">{words}</a>'
    if span.strong:
        words = f"<strong>{words}</strong>"
    if span.emphasis:
        words = f"<em>{words}</em>"
    lang = f' lang="{_attribute(span.lang)}"' if span.lang else ""
    # `bdi` keeps the order of the words around it; its own direction follows from its first letter unless given.
    direction = f' dir="{span.direction}"' if span.direction else ""
    return f"<bdi{lang}{direction}>{words}</bdi>" if lang or direction else words


def _safe(text: str) -> str:
    return escape(XML_REFUSES.sub("", text), quote=False)


def _attribute(text: str) -> str:
    return escape(XML_REFUSES.sub("", text), quote=True)
