"""What a document says, apart from how it looks: the same content becomes a PDF, a DOCX or both.

Text is a string, or a tuple of strings and `Span`s where a part is in another language, must keep its own
direction, or stands out. Nothing in it is ever read as markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeAlias

Direction: TypeAlias = Literal["ltr", "rtl"]

RIGHT_TO_LEFT = {"ar", "fa", "prs", "ps", "ur", "he", "ckb", "sd", "ug", "yi", "dv", "arc", "azb"}
RIGHT_TO_LEFT_SCRIPTS = {"arab", "hebr", "syrc", "thaa", "nkoo"}


def direction_of(lang: str) -> Direction:
    """Which way a language is written, from its BCP 47 tag: "ar", "ku-Arab", "de"."""
    language, *others = lang.lower().replace("_", "-").split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), None)
    rtl = script in RIGHT_TO_LEFT_SCRIPTS if script else language in RIGHT_TO_LEFT
    return "rtl" if rtl else "ltr"


@dataclass(frozen=True)
class Span:
    """A stretch of text that differs from its surroundings.

    direction  for what has none of its own language: phone numbers, times, amounts ("ltr")
    """

    text: str
    lang: str | None = None
    direction: Direction | None = None
    strong: bool = False
    emphasis: bool = False
    link: str | None = None


Text: TypeAlias = str | Span | tuple["str | Span", ...]


def spans(text: Text) -> tuple[Span, ...]:
    """Any text as spans."""
    if isinstance(text, str):
        return (Span(text),)
    if isinstance(text, Span):
        return (text,)
    return tuple(part if isinstance(part, Span) else Span(part) for part in text)


def plain(text: Text) -> str:
    return "".join(span.text for span in spans(text))


def german(text: str, *, strong: bool = False) -> Span:
    """A German name, street or offer inside a text of another language."""
    return Span(text, lang="de", direction="ltr", strong=strong)


def left_to_right(text: str, *, strong: bool = False, link: str | None = None) -> Span:
    """A phone number, time, amount or address that keeps its order in right-to-left text."""
    return Span(text, direction="ltr", strong=strong, link=link)


@dataclass(frozen=True)
class Heading:
    """level  1 stands right below the document's title"""

    text: Text
    level: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 5:
            raise ValueError(f"heading level {self.level}: 1 to 5")


@dataclass(frozen=True)
class Paragraph:
    text: Text
    style: Literal["body", "lead", "small"] = "body"


@dataclass(frozen=True)
class Facts:
    """Pairs of name and value; a value of several lines is a list."""

    items: Sequence[tuple[Text, Text | list[Text]]]


@dataclass(frozen=True)
class List:
    items: Sequence[Text]
    ordered: bool = False


@dataclass(frozen=True)
class TableColumn:
    """width  share of the free width; none: as wide as its content"""

    label: Text
    align: Literal["start", "end"] = "start"
    width: float | None = None


@dataclass(frozen=True)
class Table:
    """caption        says what the table shows; printed above it
    row_headers    the first cell of each row names the row
    note           printed below: signs used, source, date
    """

    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[Text]]
    caption: Text = ""
    note: Text = ""
    row_headers: bool = True

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("a table needs columns")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells, the table {len(self.columns)} columns")


@dataclass(frozen=True)
class Figure:
    """alt  what the picture tells, for who cannot see it; never empty"""

    svg: str
    alt: str
    caption: Text = ""
    width_mm: float | None = None

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("a figure needs a text that says what it shows")


@dataclass(frozen=True)
class Contact:
    """A human being who helps on; kept together in a frame."""

    heading: Text
    name: Text = ""
    lines: Sequence[Text] = ()
    phone: str = ""
    email: str = ""
    hours: Text = ""


@dataclass(frozen=True)
class Note:
    """A calm notice with a line at its edge: a method, a restriction, "not translated"."""

    text: Text
    heading: Text = ""


@dataclass(frozen=True)
class PageBreak:
    pass


Block: TypeAlias = Heading | Paragraph | Facts | List | Table | Figure | Contact | Note | PageBreak


@dataclass(frozen=True)
class Document:
    """One document, ready to be set.

    lang        BCP 47 tag of its main language; its direction follows unless given
    subtitle    one line below the title: which edition this is, or of which day
    publisher   the municipality or body, printed on top; notice above it where data are invented
    date        the line that says how old this is, as words: "Stand: 16. November 2026."
    address     where the newest state is found, printed and, with show_code, drawn as a code to scan
    page_label  words of the page number, with {page} and {pages}
    contents_title  heading of the table of contents; none without it
    contents_depth  down to which level of headings it goes
    saved_at    moment written into the file's properties; without it identical content gives identical bytes
    """

    title: str
    lang: str
    blocks: Sequence[Block]
    direction: Direction | None = None
    subtitle: Text = ""
    publisher: Text = ""
    notice: Text = ""
    date: Text = ""
    address: str = ""
    show_code: bool = False
    page_label: str = "{page} / {pages}"
    contents_title: Text = ""
    contents_depth: int = 2
    author: str = ""
    saved_at: datetime | None = None

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a document needs a title")
        if not self.lang:
            raise ValueError("a document needs a language")
        if self.show_code and not self.address:
            raise ValueError("a code needs an address")

    @property
    def written(self) -> Direction:
        return self.direction or direction_of(self.lang)


def contact_lines(contact: Contact) -> list[Text]:
    """What a contact box says below its heading, one line each."""
    lines: list[Text] = []
    if plain(contact.name):
        lines.append(tuple(strong(span) for span in spans(contact.name)))
    lines.extend(contact.lines)
    if contact.phone:
        digits = "".join(sign for sign in contact.phone if sign.isdigit() or sign == "+")
        lines.append(left_to_right(contact.phone, link=f"tel:{digits}"))
    if contact.email:
        lines.append(left_to_right(contact.email, link=f"mailto:{contact.email}"))
    if plain(contact.hours):
        lines.append(contact.hours)
    return lines


def strong(span: Span) -> Span:
    return replace(span, strong=True)
