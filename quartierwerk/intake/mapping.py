"""Which column fills which field: declared once per source, kept as JSON, checked before a row is touched.

A `Target` is what the importing package wants (declared in its `imports.py`), a `Source` where this file has it, a
`Mapping` all sources of one kind of file. `apply` gives one `Record` per row and a report that accounts for every row.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Literal

from django.utils.translation import gettext as _

from quartierwerk.intake.report import Report, RowReport
from quartierwerk.intake.table import Row, Table, is_nameless
from quartierwerk.intake.values import DATE_STYLES, NUMBER_STYLES, READERS, Kind, Misread, Style
from quartierwerk.languages.names import fold

VERSION = 1


@dataclass(frozen=True)
class Target:
    """A field to be filled. `names` are headers by which a column is recognised without a mapping."""

    name: str
    label: str
    kind: Kind = "text"
    required: bool = False
    many: bool = False
    names: tuple[str, ...] = ()
    on_bad: Literal["error", "warn"] = "error"  # warn: leave the value out and say so, keep the row
    max_length: int | None = None


@dataclass(frozen=True)
class Source:
    """Where a field's value comes from.

    columns     one or several; several are joined by `join` (coordinates: latitude, longitude)
    split       separator of several values in one cell
    constant    value for every row, without any column
    default     value for rows where the columns are empty
    translate   value in the file → value to store; compared without case
    unknown     what to do with values that `translate` does not name
    numbers     how the file writes numbers; "german" asks where in doubt, so it reports an error
    dates       likewise
    optional    the file may come without these columns
    """

    columns: tuple[str, ...] = ()
    split: str = ""
    join: str = " "
    constant: str | None = None
    default: str | None = None
    translate: dict[str, str] = field(default_factory=dict)
    unknown: Literal["keep", "warn", "error"] = "keep"
    numbers: Literal["german", "english"] = "german"
    dates: Literal["german", "american", "iso"] = "german"
    optional: bool = False

    @cached_property
    def words(self) -> dict[str, str]:
        """`translate` as it is compared."""
        return {word.casefold().strip(): stored for word, stored in self.translate.items()}


@dataclass(frozen=True)
class Record:
    """The values of one row by target name; what is empty is missing."""

    row: int
    values: dict[str, Any]


class WrongMapping(ValueError):
    """Raised for a mapping that is broken or does not fit the file; `sentences` say what is wrong, all of it."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Mapping:
    sources: dict[str, Source]
    name: str = ""
    sheet: str | None = None

    def as_json(self) -> str:
        empty = asdict(Source())
        stored = {
            target: {key: value for key, value in asdict(source).items() if value != empty[key]}
            for target, source in self.sources.items()
        }
        document = {"version": VERSION, "name": self.name, "sheet": self.sheet, "fields": stored}
        return json.dumps(document, ensure_ascii=False, indent=1)

    def problems(self, targets: Sequence[Target], headers: Sequence[str]) -> list[str]:
        """Everything that keeps this mapping from being used on a file with these headers, in sentences."""
        known = {target.name: target for target in targets}
        found = []
        for name in self.sources:
            if name not in known:
                found.append(_("The mapping fills “%(field)s”, which does not exist here.") % {"field": name})
        for target in targets:
            source = self.sources.get(target.name)
            if target.required and source is None:
                found.append(
                    _("No column is given for “%(field)s”, which every row needs.") % {"field": target.label}
                )
            if source is None:
                continue
            if target.kind == "coordinates" and source.columns and len(source.columns) > 2:
                found.append(
                    _("“%(field)s” needs one column or two: latitude, longitude.") % {"field": target.label}
                )
            if source.optional and not target.required:
                continue
            found.extend(
                _missing(column, target, headers) for column in source.columns if column not in headers
            )
        return found


def _missing(column: str, target: Target, headers: Sequence[str]) -> str:
    words = {"column": column, "field": target.label, "found": ", ".join(headers[:20])}
    by_fold = {fold(header): header for header in headers}
    if close := get_close_matches(fold(column), list(by_fold), n=1, cutoff=0.75):
        words["close"] = by_fold[close[0]]
        return _("The column “%(column)s” for “%(field)s” is missing. Do you mean “%(close)s”?") % words
    return _("The column “%(column)s” for “%(field)s” is missing. The file has: %(found)s.") % words


def mapping_from_json(text: str) -> Mapping:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise WrongMapping([_("The mapping is no JSON.")]) from None
    if not isinstance(document, dict) or not isinstance(document.get("fields"), dict):
        raise WrongMapping([_("The mapping needs an object “fields”.")])
    if document.get("version", VERSION) != VERSION:
        raise WrongMapping([_("This mapping was written by another version of the program.")])
    problems: list[str] = []
    sources = {}
    for target, stored in document["fields"].items():
        try:
            sources[target] = _source(stored)
        except ValueError as error:
            problems.append(
                _("Field “%(field)s” of the mapping: %(reason)s.") % {"field": target, "reason": error}
            )
    if problems:
        raise WrongMapping(problems)
    return Mapping(sources, str(document.get("name") or ""), document.get("sheet"))


_CHOICES: dict[str, tuple[str, ...]] = {
    "unknown": ("keep", "warn", "error"),
    "numbers": NUMBER_STYLES,
    "dates": DATE_STYLES,
}


def _source(stored: Any) -> Source:
    if isinstance(stored, str):  # "title": "Name"
        stored = {"columns": [stored]}
    if not isinstance(stored, dict):
        raise ValueError(_("give a column or an object"))
    given = dict(stored)
    if "column" in given:
        given["columns"] = [given.pop("column")]
    if odd := sorted(set(given) - {entry.name for entry in fields(Source)}):
        raise ValueError(_("unknown entries %(names)s") % {"names": ", ".join(odd)})
    columns = given.get("columns", [])
    if not isinstance(columns, list | tuple) or not all(isinstance(column, str) for column in columns):
        raise ValueError(_("columns are names of columns"))
    given["columns"] = tuple(columns)
    for key, choices in _CHOICES.items():
        if given.get(key, choices[0]) not in choices:
            raise ValueError(
                _("%(entry)s is one of %(choices)s") % {"entry": key, "choices": ", ".join(choices)}
            )
    translate = given.get("translate", {})
    if not isinstance(translate, dict) or not all(isinstance(value, str) for value in translate.values()):
        raise ValueError(_("translate goes from word to word"))
    for key in ("constant", "default", "split", "join"):
        if not isinstance(given.get(key, ""), str | None):
            raise ValueError(_("%(entry)s is a text") % {"entry": key})
    if not given["columns"] and given.get("constant") is None:
        raise ValueError(_("give a column or a constant"))
    return Source(**given)


def suggest(targets: Sequence[Target], headers: Sequence[str]) -> Mapping:
    """First draft of a mapping: columns named like the field, its label or one of its other names."""
    by_fold = {fold(header): header for header in headers}
    sources = {}
    for target in targets:
        names = [fold(name) for name in (target.name, target.label, *target.names)]
        if header := next((by_fold[name] for name in names if name in by_fold), None):
            sources[target.name] = Source(columns=(header,), split=";" if target.many else "")
    return Mapping(sources)


def apply(
    mapping: Mapping, table: Table, targets: Sequence[Target], *, source: str = ""
) -> tuple[list[Record], Report]:
    """Read every row. Rows with an error give no record; the report holds them all.

    Raises WrongMapping before any row is read if the mapping does not fit the file.
    """
    if problems := mapping.problems(targets, table.headers):
        raise WrongMapping(problems)
    report = Report(source, empty_rows=table.empty_rows, notes=list(table.notes))
    mapped = {column for spec in mapping.sources.values() for column in spec.columns}
    title = next((target.name for target in targets if target.required), "")
    records = []
    for row in table.rows:
        account = report.row(row.number)
        _check_shape(row, account, mapped)
        values = {}
        for target in targets:
            spec = mapping.sources.get(target.name)
            if spec is not None:
                value = _value(row, target, spec, account)
                if value not in (None, "", []):
                    values[target.name] = value
        account.title = str(values.get(title, ""))[:100]
        if account.state != "error":
            records.append(Record(row.number, values))
    return records, report


def _check_shape(row: Row, account: RowReport, mapped: set[str]) -> None:
    if row.too_many:
        account.refuse(
            "",
            _("The row has more cells than the header has columns."),
            typed=" · ".join(row.too_many),
            advice=_("Often a separator within a text is the cause: put the text in quotation marks."),
        )
    if row.too_few:
        account.warn(
            "",
            _("The row ends %(count)s cells early.") % {"count": row.too_few},
            advice=_("Please compare it with the file."),
        )
    for column, cell in row.cells.items():
        if cell and column not in mapped and is_nameless(column):
            account.warn(
                "",
                _("Column %(letter)s has no name, but holds something in this row.")
                % {"letter": column.strip("()")},
                typed=cell,
                advice=_("Perhaps the cells of this row are shifted. Please compare it with the file."),
            )
    for column in sorted(row.formulas):
        sentence = _("Column “%(column)s” holds a formula. Formulas are not computed.") % {"column": column}
        tell = account.refuse if column in mapped else account.warn
        tell(
            column, sentence, typed=row.cells[column], advice=_("Please put the value itself into the cell.")
        )


def _value(row: Row, target: Target, spec: Source, account: RowReport) -> Any:
    columns = [column for column in spec.columns if column in row.cells]
    if any(column in row.formulas for column in columns):
        return None  # reported with the row
    cells = [row.cells[column] for column in columns]
    if spec.constant is not None and not any(cells):
        cells = [spec.constant]
    elif spec.default is not None and not any(cells):
        cells = [spec.default]
    if not any(cells):
        if target.required:
            account.refuse(
                target.name,
                _("“%(field)s” is empty.") % {"field": target.label},
                advice=_("Please fill it in; no row can do without it."),
            )
        return None
    if target.kind == "coordinates":
        return _read(", ".join(cells), target, spec, account)
    whole = spec.join.join(cell for cell in cells if cell)
    if not target.many:
        return _read(_translated(whole, target, spec, account), target, spec, account)
    parts = [part.strip() for part in (whole.split(spec.split) if spec.split else [whole])]
    read = [
        _read(_translated(part, target, spec, account), target, spec, account)
        for part in dict.fromkeys(parts)
        if part
    ]
    return [value for value in dict.fromkeys(read) if value is not None]


def _translated(text: str, target: Target, spec: Source, account: RowReport) -> str | None:
    if not spec.translate:
        return text
    if (word := text.casefold().strip()) in spec.words:
        return spec.words[word]
    if spec.unknown == "keep":
        return text
    sentence = _("“%(value)s” is not known for “%(field)s”.") % {"value": text[:60], "field": target.label}
    tell = account.warn if spec.unknown == "warn" else account.refuse
    tell(
        target.name, sentence, typed=text, advice=_("Please add it to the mapping or correct it in the file.")
    )
    return None


def _read(text: str | None, target: Target, spec: Source, account: RowReport) -> Any:
    if not text:
        return None
    try:
        value = READERS[target.kind](text, Style(spec.numbers, spec.dates))
    except Misread as problem:
        tell = account.warn if target.on_bad == "warn" and not target.required else account.refuse
        tell(target.name, f"{target.label}: {problem.sentence}", typed=text, advice=problem.advice)
        return None
    if target.max_length and isinstance(value, str) and len(value) > target.max_length:
        tell = account.warn if target.on_bad == "warn" and not target.required else account.refuse
        tell(
            target.name,
            _("%(field)s: %(length)s characters are too many, %(most)s fit.")
            % {"field": target.label, "length": len(value), "most": target.max_length},
            typed=text,
            advice=_("Please shorten it."),
        )
        return None
    return value
