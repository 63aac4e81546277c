"""An import from first to last, in one transaction: the same for the command, the wizard and its job."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from quartierwerk import journal, rights, search
from quartierwerk.intake.mapping import WrongMapping, apply
from quartierwerk.intake.report import Report, RowReport
from quartierwerk.intake.table import Row
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Tenant

from . import mappings
from .files import Part
from .mappings import BundleMapping, TableMapping
from .plan import Order, Plan, Planner
from .rows import Draft, Keys, drafts
from .storing import store
from .targets import Kind, targets

Told = Callable[[int, int], None]
PARENTS_FIRST = ("organisation", "location", "offer")


@dataclass
class TableReport:
    """What became of one table: every filled row has one entry."""

    title: str
    kind: Kind | None
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
            "tables": [table.as_data() for table in self.tables],
        }

    def as_json(self) -> str:
        return json.dumps(self.as_data(), ensure_ascii=False, indent=1)


def import_parts(
    parts: Sequence[Part],
    *,
    tenant: Tenant,
    name: str,
    by: Person,
    bundle: BundleMapping | None = None,
    language: str = "",
    dry_run: bool = False,
    strict: bool = False,
    draft: bool = False,
    told: Told = lambda done, of: None,
) -> Result:
    """Read the tables, and store what is good in them unless it is a dry run.

    name     where the list comes from, if its mapping does not say: the file's or folder's name
    strict   any finding refuses the whole
    raises   Refused where `by` may not import
    """
    rights.require(by, "directory.import")
    result = Result(tenant.slug, name, dry_run=dry_run)
    try:
        bundle = bundle or mappings.choose(list(parts)) or mappings.suggest(list(parts), name)
        tables, drafted = _read(parts, bundle)
    except WrongMapping as refusal:
        result.refusal = str(refusal)
        return result
    result.source, result.mapping, result.suggested = bundle.name or name, bundle.name, bundle.suggested
    if bundle.suggested:
        result.notes += mappings.in_words(bundle)
    result.tables = tables
    with translation.override(tenant.source_language):  # what is stored reads as the municipality writes
        unknown = _("Organisation unknown")
    order = Order(
        tenant,
        result.source,
        language or bundle.language or tenant.source_language,
        publish=not draft,
        unknown=unknown,
        own_ids=bundle.own_ids,
    )
    with transaction.atomic():
        _wait_for_other_imports(tenant)
        plan = Planner(order, drafted).place(drafted)
        _account(result, plan)
        if strict and result.has_findings:
            result.refusal = _("Nothing was stored: the list has findings, and a strict import allows none.")
        if dry_run or result.refusal:
            return result
        store(plan, told)
        journal.record("directory imported", by=by, fields=sorted(plan.outcomes))
        search.changed()
    result.stored = True
    return result


def _wait_for_other_imports(tenant: Tenant) -> None:
    """Two lists at once would not see each other's organisations."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('directory import'), %s)", [tenant.pk])


def _read(parts: Sequence[Part], bundle: BundleMapping) -> tuple[list[TableReport], list[Draft]]:
    reader = _Reader()
    for part in parts:
        reader.read(part, bundle)
    return reader.tables, sorted(reader.drafts, key=lambda draft: PARENTS_FIRST.index(draft.model))


class _Reader:
    """Turns tables into drafts and remembers which numbers were there before."""

    def __init__(self) -> None:
        self.tables: list[TableReport] = []
        self.drafts: list[Draft] = []
        self.keys: dict[Kind, Keys] = {}
        self.seen: dict[tuple[str, str], tuple[str, Draft]] = {}

    def read(self, part: Part, bundle: BundleMapping) -> None:
        chosen = bundle.tables_for(part)
        left = {row.number for row in part.table.rows}
        for entry in chosen:
            rows = [row for row in part.table.rows if row.number in left and entry.takes(row.cells)]
            left -= {row.number for row in rows}
            if rows or len(chosen) == 1:
                self._table(part, entry, rows)
        if left:
            self._left_out(
                part, [row for row in part.table.rows if row.number in left], knows_file=bool(chosen)
            )
        elif chosen:
            self.tables[-1].report.empty_rows = part.table.empty_rows

    def _table(self, part: Part, entry: TableMapping, rows: list[Row]) -> None:
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
            if self._is_new(part, made, account):
                self.drafts += made
                kept |= dict.fromkeys(column for draft in made for column in draft.kept)
        for account in report.rows:
            if account.state == "error":
                account.outcome = "left out"
        told.kept_columns = list(kept)
        self.tables.append(told)

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


def _account(result: Result, plan: Plan) -> None:
    result.records = plan.outcomes
    result.placeholders = [placeholder.source_id for placeholder in plan.placeholders]
    for table in result.tables:
        if names := ", ".join(table.kept_columns):
            table.report.notes.append(
                _("Kept as they stand, without a field of their own: %(columns)s.") % {"columns": names}
            )
