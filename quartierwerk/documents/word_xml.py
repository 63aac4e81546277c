"""The parts of a Word file that python-docx does not make: elements in their schema's order, and fields."""

from collections.abc import Iterator
from typing import Any

# Word refuses properties in another order than its schema's.
RUN_ORDER = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
]
TABLE_ORDER = [
    "tblStyle",
    "tblpPr",
    "tblOverlap",
    "bidiVisual",
    "tblStyleRowBandSize",
    "tblStyleColBandSize",
    "tblW",
    "jc",
    "tblCellSpacing",
    "tblInd",
    "tblBorders",
    "shd",
    "tblLayout",
    "tblCellMar",
    "tblLook",
    "tblCaption",
    "tblDescription",
]


def in_order(properties: Any, order: list[str]) -> None:
    children = sorted(properties, key=lambda child: order.index(child.tag.rpartition("}")[2]))
    for child in children:
        properties.remove(child)
    properties.extend(children)


def qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))


def make_tag(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qualified(f"w:{key}"), value)
    return made


def next_field(label: str) -> tuple[str, str | None, str]:
    """The words before the next placeholder, Word's name of it, the rest."""
    places = [
        (label.find(sign), sign, field) for sign, field in (("{page}", "PAGE"), ("{pages}", "NUMPAGES"))
    ]
    found = [place for place in places if place[0] >= 0]
    if not found:
        return label, None, ""
    at, sign, field = min(found)
    return label[:at], field, label[at + len(sign) :]


def field_frame(instruction: str) -> tuple[Any, Any, Any, Any]:
    order = make_tag("w:instrText")
    order.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    order.text = instruction
    begin, middle, end = (make_tag("w:fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    return begin, order, middle, end


def field_parts(instruction: str, shown: str) -> Iterator[Any]:
    begin, order, middle, end = field_frame(instruction)
    result = make_tag("w:t")
    result.text = shown
    yield from (begin, order, middle, result, end)
