"""An import from first to last, in one transaction: the same for the command, the wizard and its job."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk import journal, rights, search
from quartierwerk.intake.mapping import WrongMapping, apply
from quartierwerk.intake.report import Report, RowReport
from quartierwerk.intake.table import Row
from quartierwerk.languages.names import name_key
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Tenant

from .. import hsds
from . import integreat, mappings, own
from .files import Loaded, Part
from .hsds import joining, reading, tables
from .mappings import BundleMapping, TableMapping
from .plan import Order, Plan, Planner
from .rows import Draft, Keys, drafts
from .storing import store
from .targets import Kind, targets

Told = Callable[[int, int], None]
NAMED = 5  # titles in a sentence
PARENTS_FIRST = ("organisation", "location", "offer")


@dataclass
class TableReport:
    """What became of one table: every filled row has one entry."""

    title: str
    kind: str | None
    report: Report
    kept_columns: list[str] = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ""

    def as_data(self) -> dict[str, Any]:
        return self.report.as_data() | {
            "kind": self.kind,
            "kept_columns": self.kept_columns,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
        }


@dataclass
class Result:
    """The report of an import or its dry run. `stored` is False where nothing was written."""

    tenant: str
    source: str
    mapping: str = ""
    suggested: bool = False
    dry_run: bool = False
    stored: bool = False
    refusal: str = ""
    notes: list[str] = field(default_factory=list)
    tables: list[TableReport] = field(default_factory=list)
    records: dict[str, dict[str, int]] = field(default_factory=dict)
    placeholders: list[str] = field(default_factory=list)
    # Offers now public that say nobody to ask: title, row, what is missing.
    incomplete: list[dict[str, Any]] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        total: Counter[str] = Counter()
        for table in self.tables:
            total.update(table.report.counts())
        return {name: total[name] for name in ("rows", "ok", "warn", "error", "empty")}

    def outcomes(self) -> dict[str, int]:
        total: Counter[str] = Counter()
        for table in self.tables:
            total.update(table.report.outcomes())
        return dict(total)

    @property
    def has_findings(self) -> bool:
        counts = self.counts()
        return bool(self.refusal or counts["warn"] or counts["error"])

    def rows(self, state: str = "") -> list[tuple[TableReport, RowReport]]:
        return [(t, row) for t in self.tables for row in t.report.rows if not state or row.state == state]

    def as_data(self) -> dict[str, Any]:
        return {
            "tenant": self.tenant,
            "source": self.source,
            "mapping": self.mapping,
            "mapping_suggested": self.suggested,
            "dry_run": self.dry_run,
            "stored": self.stored,
            "refusal": self.refusal,
            "notes": self.notes,
            "counts": self.counts(),
            "outcomes": self.outcomes(),
            "records": self.records,
            "placeholders": self.placeholders,
            "incomplete": self.incomplete,
            "tables": [table.as_data() for table in self.tables],
        }

    def as_json(self) -> str:
        return json.dumps(self.as_data(), ensure_ascii=False, indent=1)


@dataclass
class _Drafted:
    """What was read, whichever way: the drafts, and every row of the files in a report."""

    drafts: list[Draft]
    tables: list[TableReport]
    mapping: str = ""
    source: str = ""
    suggested: bool = False
    own_ids: bool = False
    by_identity: bool = False
    language: str = ""
    notes: list[str] = field(default_factory=list)
    # Rows that share the fate of another's record.
    parts: list[tuple[RowReport, RowReport]] = field(default_factory=list)


class Only(Protocol):
    """A part of the rows that somebody may import who may not import lists."""

    def require(self, by: Person) -> None: ...
    def taken(self, drafts: Sequence[Draft], order: Order) -> list[Draft]: ...


class NothingFound(ValueError):
    """Files in which there is nothing of the wanted kind."""


def import_loaded(
    loaded: Loaded,
    *,
    tenant: Tenant,
    name: str,
    by: Person,
    format: str = "",
    bundle: BundleMapping | None = None,
    language: str = "",
    dry_run: bool = False,
    strict: bool = False,
    draft: bool = False,
    only: Only | None = None,
    told: Told = lambda done, of: None,
) -> Result:
    """Read the files, and store what is good in them unless it is a dry run.

    name     where the list comes from, if its mapping does not say: the file's or folder's name
    format   as on the command line; empty where only the content tells
    strict   any finding refuses the whole
    only     takes a part of the rows, by a right of its own; `name` is then the source, whatever the mapping says
    raises   Refused where `by` may not import, WrongFile
    """
    if only:
        only.require(by)
    else:
        rights.require(by, "directory.import")
    result = Result(tenant.slug, name, dry_run=dry_run)
    try:
        read = _drafted(loaded, format, bundle, name, language or tenant.source_language)
    except WrongMapping as refusal:
        result.refusal = str(refusal)
        return result
    except NothingFound as refusal:
        result.refusal = str(refusal)
        return result
    result.source, result.mapping, result.suggested = read.source or name, read.mapping, read.suggested
    if only:
        result.source = name
    result.notes, result.tables = [*loaded.notes, *read.notes], read.tables
    with translation.override(tenant.source_language):  # what is stored reads as the municipality writes
        unknown = _("Organisation unknown")
    order = Order(
        tenant,
        result.source,
        language or read.language or tenant.source_language,
        publish=not draft,
        unknown=unknown,
        own_ids=read.own_ids,
        by_identity=read.by_identity,
        dry_run=dry_run,
    )
    with transaction.atomic():
        _wait_for_other_imports(tenant)
        if only:
            read.drafts = only.taken(read.drafts, order)
        plan = Planner(order, read.drafts).place(read.drafts)
        _account(result, plan, read)
        if strict and result.has_findings:
            result.refusal = _("Nothing was stored: the list has findings, and a strict import allows none.")
        if dry_run or result.refusal:
            return result
        store(plan, told)
        journal.record("directory imported", by=by, fields=sorted(plan.outcomes))
        search.changed()
    result.stored = True
    return result


def import_parts(parts: Sequence[Part], **how: Any) -> Result:
    """The same for tables that were opened already."""
    return import_loaded(Loaded(tables=list(parts)), **how)


def kind_of(loaded: Loaded, format: str = "") -> str:
    """How these files are read without a mapping: "integreat", "hsds" or, by columns, ""."""
    if format == "integreat" or (format in ("", "json") and integreat.is_integreat(loaded.documents)):
        return "integreat"
    if format == "hsds":
        return "hsds"
    if format in ("", "json") and loaded.documents and not loaded.tables:
        return "hsds" if all(tables.is_hsds(document) for _name, document in loaded.documents) else ""
    if format in ("", "csv", "xlsx") and not loaded.documents and not mappings.choose(loaded.tables):
        return "hsds" if tables.is_bundle(tables.recognise(loaded.tables)) else ""
    return ""


def _drafted(loaded: Loaded, format: str, bundle: BundleMapping | None, name: str, language: str) -> _Drafted:
    kind = "" if bundle else kind_of(loaded, format)
    if kind == "hsds":
        read = _of_hsds(loaded)
        if read is not None:
            return read
        known = mappings.choose(loaded.tables)  # tables of another kind for which there is a mapping
        if known is None:
            raise NothingFound(
                _("There is no service, organisation or location of HSDS in it. For other lists please use "
                  "--format csv, xlsx or json, with a mapping where the columns do not speak for themselves.")
            )  # fmt: skip
        bundle = known
    elif kind == "integreat":
        drafts, report, notes = integreat.read(loaded.documents, language)
        if not report.rows:
            raise NothingFound(_("There is no location of Integreat in it."))
        told = TableReport(report.source, "locations", report)
        return _Drafted([*_in_order(drafts)], [told], mapping="Integreat", notes=notes)
    parts = loaded.tables if loaded.tables and not loaded.documents else loaded.parts(format)
    bundle = bundle or mappings.choose(list(parts)) or mappings.suggest(list(parts), name)
    told_tables, drafts = _read(mappings.with_paths(parts, bundle), bundle)
    return _Drafted(
        drafts,
        told_tables,
        bundle.name,
        bundle.name,
        bundle.suggested,
        bundle.own_ids,
        language=bundle.language,
        notes=mappings.in_words(bundle) if bundle.suggested else [],
    )


_KINDS: dict[str, Kind] = {"organization": "organisations", "location": "locations", "service": "offers"}


def _of_hsds(loaded: Loaded) -> _Drafted | None:
    """The objects of HSDS, or None where there is none."""
    bundle = joining.join(loaded.documents, loaded.tables)
    if bundle.is_empty and not any(source.kind in hsds.MAIN for source in bundle.sources):
        return None
    drafts = reading.drafts_of(bundle)
    kept: dict[int, dict[str, None]] = {}
    for draft in drafts:
        kept.setdefault(id(draft.row), {}).update(dict.fromkeys(draft.kept))
    told = []
    for source in bundle.sources:
        columns = dict.fromkeys(source.unknown)
        for row in source.report.rows:
            columns |= kept.get(id(row), {})
        kind = _KINDS.get(source.kind, source.kind or None)
        told.append(
            TableReport(source.title, kind, source.report, list(columns), source.encoding, source.delimiter)
        )
    return _Drafted(list(_in_order(drafts)), told, mapping="HSDS", by_identity=True, parts=bundle.parts)


def _in_order(drafts: Sequence[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda draft: PARENTS_FIRST.index(draft.model))


def _wait_for_other_imports(tenant: Tenant) -> None:
    """Two lists at once would not see each other's organisations."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('directory import'), %s)", [tenant.pk])


def _read(parts: Sequence[Part], bundle: BundleMapping) -> tuple[list[TableReport], list[Draft]]:
    reader = _Reader()
    for part in parts:
        reader.read(part, bundle)
    return reader.tables, _in_order(reader.drafts)


class _Reader:
    """Turns tables into drafts and remembers which numbers were there before."""

    def __init__(self) -> None:
        self.tables: list[TableReport] = []
        self.drafts: list[Draft] = []
        self.keys: dict[Kind, Keys] = {}
        self.seen: dict[tuple[str, str], tuple[str, Draft]] = {}
        self.offered: dict[tuple[str, ...], str] = {}

    def read(self, part: Part, bundle: BundleMapping) -> None:
        chosen = bundle.tables_for(part)
        left = {row.number for row in part.table.rows}
        for entry in chosen:
            rows = [row for row in part.table.rows if row.number in left and entry.takes(row.cells)]
            left -= {row.number for row in rows}
            if rows or len(chosen) == 1:
                self._table(part, entry, rows, bundle)
        if left:
            self._left_out(
                part, [row for row in part.table.rows if row.number in left], knows_file=bool(chosen)
            )
        elif chosen:
            self.tables[-1].report.empty_rows = part.table.empty_rows

    def _table(self, part: Part, entry: TableMapping, rows: list[Row], bundle: BundleMapping) -> None:
        table = replace(part.table, rows=rows, empty_rows=0)
        records, report = apply(entry.mapping, table, targets(entry.kind), source=part.title)
        told = TableReport(part.title, entry.kind, report, [], part.table.encoding, part.table.delimiter)
        unkept = {*entry.leave_out, *(entry.rows or ())[:1]}
        by_number = {
            row.number: replace(row, cells={c: cell for c, cell in row.cells.items() if c not in unkept})
            for row in rows
        }
        accounts = {account.row: account for account in report.rows}
        keys = self.keys.setdefault(entry.kind, Keys())
        kept: dict[str, None] = {}
        for record in records:
            account = accounts[record.row]
            made = drafts(entry.kind, record, by_number[record.row], entry.mapping, account, keys)
            if bundle.own_ids:
                for draft in made:
                    own.add(draft, by_number[record.row])
            if not record.values.get("id"):
                self._warn_of_twin(part, made, account)
            if self._is_new(part, made, account):
                self.drafts += made
                kept |= dict.fromkeys(column for draft in made for column in draft.kept)
        for account in report.rows:
            if account.state == "error":
                account.outcome = "left out"
        told.kept_columns = list(kept)
        self.tables.append(told)

    def _warn_of_twin(self, part: Part, made: list[Draft], account: RowReport) -> None:
        """Without numbers two rows of one title and organisation become two offers, though they may be one."""
        if not made or made[-1].model != "offer":
            return
        title, first = str(made[-1].values.get("title", "")), made[0]
        name = first.organisation_name if first.model == "offer" else str(first.values.get("name", ""))
        here = f"{part.title}, {account.row}"
        where = self.offered.setdefault((name_key(title), first.organisation_key, name_key(name)), here)
        if where != here:
            words = {"where": where}
            account.warn("title", _("The row repeats an earlier one (%(where)s).") % words, typed=title)

    def _is_new(self, part: Part, made: list[Draft], account: RowReport) -> bool:
        for draft in made:
            place = (draft.model, draft.key)
            if place not in self.seen:
                self.seen[place] = (f"{part.title}, {account.row}", draft)
                continue
            where, before = self.seen[place]
            words = {"number": draft.key, "where": where}
            if (before.values, before.address, before.kept) == (draft.values, draft.address, draft.kept):
                account.warn("id", _("The row repeats an earlier one (%(where)s).") % words, typed=draft.key)
                account.outcome = "repeated"
            else:
                account.refuse(
                    "id",
                    _("The number “%(number)s” stands twice with different contents (%(where)s).") % words,
                    typed=draft.key,
                    advice=_("Please give each record its own number."),
                )
            return False
        return bool(made)

    def _left_out(self, part: Part, rows: list[Row], *, knows_file: bool) -> None:
        report = Report(part.title, empty_rows=part.table.empty_rows)
        sentence = (
            _("The mapping says for no kind of record that it takes this row.")
            if knows_file
            else _("The mapping has no table for this file.")
        )
        for row in rows:
            account = report.row(row.number, next((cell for cell in row.cells.values() if cell), "")[:100])
            account.refuse("", sentence)
            account.outcome = "left out"
        self.tables.append(TableReport(part.title, None, report))


def _account(result: Result, plan: Plan, read: _Drafted) -> None:
    result.records = plan.outcomes
    result.placeholders = [placeholder.source_id for placeholder in plan.placeholders]
    result.incomplete = [
        {"row": draft.row.row, "title": draft.values.get("title", ""), "missing": missing}
        for draft, missing in plan.incomplete
    ]
    if result.incomplete:
        titles = ", ".join(f"“{one['title']}”" for one in result.incomplete[:NAMED])
        result.notes.append(
            ngettext(
                "%(count)s offer is shown although it names nobody to ask and no website: %(titles)s.",
                "%(count)s offers are shown although they name nobody to ask and no website: %(titles)s.",
                len(result.incomplete),
            )
            % {
                "count": len(result.incomplete),
                "titles": titles + (" …" if len(result.incomplete) > NAMED else ""),
            }
        )
    if plan.merged:
        rows_left = len({id(row) for row in plan.merged})
        result.notes.append(
            ngettext(
                "%(count)s row was left as it is: its entry was merged into another one here.",
                "%(count)s rows were left as they are: their entries were merged into others here.",
                rows_left,
            )
            % {"count": rows_left}
        )
    mains = {id(row): main for row, main in reversed(read.parts)}
    for row, main in read.parts:
        for _step in range(8):  # a phone of a contact of an organisation …
            if main.outcome or id(main) not in mains:
                break
            main = mains[id(main)]
        row.outcome = row.outcome or main.outcome or "left out"
    for table in result.tables:
        for row in table.report.rows:
            row.outcome = row.outcome or "left out"
        if names := ", ".join(table.kept_columns):
            table.report.notes.append(
                _("Kept as they stand, without a field of their own: %(columns)s.") % {"columns": names}
            )
