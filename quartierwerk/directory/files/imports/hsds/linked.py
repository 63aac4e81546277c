"""Rows of tables, put under what they name by its id; those that name nothing there is are left over."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from quartierwerk.intake.report import Report, RowReport

from ... import hsds
from ...hsds import MAIN
from ..files import Part
from . import tables
from .bundle import Bundle, Orphan, Source
from .nested import Walk
from .older import LIST_NAMES, LISTS_OF_WORDS, eligible, older, split_words

# What programs write for "nothing". "none" is a word, also one of ours.
_NOTHING = ("null", "NULL", "Null", "None", "nan", "NaN", "\\N", "#N/A")


@dataclass
class _Piece:
    kind: str
    data: dict[str, Any]
    row: RowReport
    owners: list["_Piece"] = field(default_factory=list)
    where: str = ""
    loaded: dict[str, Any] = field(default_factory=dict)  # as the row was, before others were put into it
    missing: str = ""  # the first parent that is nowhere

    def main(self) -> RowReport | None:
        """The account of the main object it stands in."""
        piece = self
        for _step in range(6):
            if piece.kind in MAIN:
                return piece.row
            if not piece.owners:
                return None
            piece = piece.owners[0]
        return None


# Parents first: whoever takes others in must be there before them.
_INWARDS = (
    "service_at_location", "contact", "phone", "address", "mail_address", "schedule", "holiday", "language",
    "accessibility", "funding", "service_area", "required_document", "cost_option", "organization_identifier",
    "service_capacity", "url", "payment", "review", "eligibility", "program",
    "service_term", "organization_term", "location_term", "attribute", "metadata", "translation",
)  # fmt: skip


class Joining:
    def __init__(self, bundle: Bundle, walk: Walk) -> None:
        self.bundle, self.walk = bundle, walk
        self.pieces: dict[str, list[_Piece]] = defaultdict(list)
        self.by_id: dict[str, dict[str, _Piece]] = defaultdict(dict)
        self.used: set[int] = set()

    def load(self, table: tables.Found) -> None:
        part = table.part
        report = Report(part.title, empty_rows=part.table.empty_rows, notes=list(part.table.notes))
        source = Source(
            part.title, table.kind, report, part.table.encoding, part.table.delimiter, table.unknown
        )
        self.bundle.sources.append(source)
        for row, data in table.rows:
            account = report.row(
                row.number, str(data.get("name") or data.get("number") or data.get("id") or "")[:100]
            )
            if row.too_many:
                account.warn(
                    "",
                    _("The row has more cells than the header has columns."),
                    typed=" · ".join(row.too_many),
                    advice=_(
                        "Often a separator within a text is the cause: put the text in quotation marks."
                    ),
                )
                data["further_cells"] = " · ".join(row.too_many)
            for name, value in list(data.items()):
                if value in _NOTHING:
                    del data[name]
            if not data:
                account.outcome = "left out"
                account.warn("", _("The row holds nothing."))
                continue
            piece = _Piece(
                table.kind, data, account, where=f"{report.source}, {row.number}", loaded=dict(data)
            )
            if table.kind == "taxonomy_term" and "id" not in data and "taxonomy_id" in data:
                data["id"] = data.pop("taxonomy_id")  # Ohana calls it so
            key = str(data.get("id", ""))
            if table.kind in MAIN:
                if not key:
                    key = data["id"] = " ".join(
                        str(data.get(name, "")) for name in ("name", "organization_id")
                    ).strip()[:180]
                if (known := self.by_id[table.kind].get(key)) is not None:
                    self._double(piece, known, report.source)
                    continue
            elif key and (known := self.by_id[table.kind].get(key)) is not None and known.loaded == data:
                account.warn(
                    "id",
                    _("The row repeats an earlier one (%(where)s).") % {"where": known.row.row},
                    typed=key,
                )
                account.outcome = "repeated"
                continue
            if key:
                self.by_id[table.kind].setdefault(key, piece)
            self.pieces[table.kind].append(piece)

    def _double(self, piece: _Piece, known: _Piece, where: str) -> None:
        key, account = piece.data["id"], piece.row
        words = {"number": key, "where": f"{where}, {known.row.row}"}
        if known.loaded == piece.data:
            account.warn("id", _("The row repeats an earlier one (%(where)s).") % words, typed=key)
            account.outcome = "repeated"
            return
        account.refuse(
            "id",
            _("The number “%(number)s” stands twice with different contents (%(where)s).") % words,
            typed=key,
            advice=_("Please give each record its own number."),
        )
        account.outcome = "left out"

    def unknown(self, part: Part) -> None:
        """A table that is none of the standard's: each row is listed."""
        report = Report(part.title, empty_rows=part.table.empty_rows)
        self.bundle.sources.append(Source(part.title, "", report, part.table.encoding, part.table.delimiter))
        for row in part.table.rows:
            account = report.row(row.number, next((cell for cell in row.cells.values() if cell), "")[:100])
            account.warn("", _("This table is none of HSDS; its rows are not read."))
            account.outcome = "left out"

    # --- putting together

    def join(self) -> None:
        for kind in ("taxonomy", "taxonomy_term", "unit", "meta_table_description"):
            for piece in self.pieces[kind]:
                piece.row.outcome = "not used"
        for kind in _INWARDS:
            for piece in self.pieces[kind]:
                older(kind, piece.data)
                self._attach(piece)
        for piece in self.pieces["location"]:
            self._location(piece.data)
        for piece in self.pieces["service"]:
            self._service(piece)
        for kind in MAIN:
            for piece in self.pieces[kind]:
                data = piece.data
                self._words(kind, data)
                self.walk.keep(kind, data, piece.row, piece.where, piece.where)
        for kind in _INWARDS:
            for piece in self.pieces[kind]:
                if (main := piece.main()) is not None:
                    self.bundle.parts.append((piece.row, main))
                elif not piece.row.outcome:
                    parent = piece.missing or kind
                    self.bundle.orphans.append(Orphan(kind, parent, _unjoined(piece.data), piece.row))

    def _attach(self, piece: _Piece) -> None:
        data, kind = piece.data, piece.kind
        missing: list[str] = []
        for parent_kind, key, name in self._parents(piece):
            parent = self._find(parent_kind, key)
            if parent is None:
                missing.append(f"{parent_kind} {key}".strip())
                continue
            piece.owners.append(parent)
            if kind == "eligibility":
                eligible(parent.data, data)
            elif kind == "program":
                parent.data.setdefault("programs", []).append(data)
            elif data not in parent.data.setdefault(name, []):
                parent.data[name].append(data)
        if missing:
            piece.missing = missing[0]
            if piece.owners:
                piece.row.warn(
                    "",
                    _("The row also names %(parent)s, which is missing from the list.")
                    % {"parent": ", ".join(missing)},
                    typed=missing[0],
                )
        if "taxonomy_term_id" in data:
            self._term(data)
        if "unit_id" in data and (unit := self.by_id["unit"].get(str(data["unit_id"]))):
            unit.row.outcome = "looked up"
            data["unit"] = unit.data
            del data["unit_id"]

    def _parents(self, piece: _Piece) -> list[tuple[str, str, str]]:
        """Kind, id and name of the list for each object this row says it belongs to; the columns are taken away."""
        data, kind = piece.data, piece.kind
        found = []
        if kind in ("attribute", "metadata", "translation"):
            own, entity = (
                ("resource_id", "resource_type") if kind == "metadata" else ("link_id", "link_entity")
            )
            if key := str(data.get(own, "")):
                name = (
                    "translations"
                    if kind == "translation"
                    else "metadata"
                    if kind == "metadata"
                    else "attributes"
                )
                parent = hsds.kind_named(str(data.get(entity, "")))
                if self._find(parent, key) is not None:
                    data.pop(own)
                    data.pop(entity, None)
                return [(parent, key, name)]
            return []
        columns = [name for name in ("service_id", "location_id", "organization_id", "service_at_location_id", "contact_id", "phone_id") if name in data]  # fmt: skip
        for column in columns:
            parent = column.removesuffix("_id")
            if kind == "service_at_location" and parent == "location":
                continue
            allowed = (
                kind in hsds.CHILDREN.get(parent, {}).values()
                or kind in LIST_NAMES
                or kind in ("eligibility",)
            )
            if not allowed:
                continue
            name = LIST_NAMES.get(kind) or (hsds.list_name(parent, kind) if kind in hsds.LIST_NAMES else "")
            found.append((parent, str(data.pop(column)), name))
        return found

    def _find(self, kind: str, key: str) -> _Piece | None:
        if kind:
            return self.by_id[kind].get(key)
        return next((rows[key] for rows in list(self.by_id.values()) if key in rows), None)

    def _term(self, data: dict[str, Any]) -> None:
        key = str(data["taxonomy_term_id"])
        term = self.by_id["taxonomy_term"].get(key) or self.by_id["taxonomy"].get(key)
        if term is None:
            return
        term.row.outcome = "looked up"
        nested = dict(term.data)
        if (whole := self.by_id["taxonomy"].get(str(nested.get("taxonomy_id", "")))) and whole is not term:
            whole.row.outcome = "looked up"
            nested["taxonomy_detail"] = whole.data
            del nested["taxonomy_id"]
        data["taxonomy_term"] = nested
        del data["taxonomy_term_id"]

    def _location(self, data: dict[str, Any]) -> None:
        if str(data.get("virtual", "")).lower() in ("true", "1", "yes", "t"):
            data.setdefault("location_type", "virtual")
        data.pop("virtual", None)

    def _service(self, piece: _Piece) -> None:
        data = piece.data
        if place := data.pop("location_id", ""):  # Ohana: one service, one location
            at = {"location_id": place}
            if not any(one.get("location_id") == place for one in data.get("service_at_locations", [])):
                data.setdefault("service_at_locations", []).append(at)
            if "organization_id" not in data:
                location = self.by_id["location"].get(str(place))
                if location is None:
                    data["missing_parent"] = f"location {place}"
                elif owner := location.data.get("organization_id"):
                    data["organization_id"] = owner
        if key := data.get("program_id"):
            program = self.by_id["program"].get(str(key))
            if program is not None:
                data["program"] = {k: v for k, v in program.data.items() if k != "programs"}
                del data["program_id"]
                if not data.get("organization_id") and program.owners:
                    data["organization_id"] = program.owners[0].data["id"]
        words = str(data.pop("taxonomy_ids", "") or "")
        for number in filter(None, (word.strip() for word in words.replace(";", ",").split(","))):
            attribute = {"taxonomy_term_id": number}
            self._term(attribute)
            data.setdefault("attributes", []).append(attribute)

    def _words(self, kind: str, data: dict[str, Any]) -> None:
        """Cells of older tables that hold a list of words where a list of objects stands today."""
        for name, inner in LISTS_OF_WORDS.items():
            if isinstance(data.get(name), str):
                column = {"accessibility": "description", "required_document": "document"}.get(inner, "name")
                parts = [data[name]] if inner == "accessibility" else split_words(data[name])
                data[name] = [{column: part} for part in parts]


def _unjoined(data: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(data, default=str))
