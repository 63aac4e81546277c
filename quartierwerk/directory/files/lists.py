"""Lists that staff sent in: reading them, importing them at once or as a job, and what the pages show of it."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from quartierwerk import jobs, rights
from quartierwerk.intake.mapping import WrongMapping
from quartierwerk.intake.models import ImportFile, SavedMapping
from quartierwerk.people.models import Account
from quartierwerk.people.persons import person_of
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Tenant

from .imports.files import Loaded, Part, load_contents
from .imports.mappings import TableMapping, bundle_from_json
from .imports.running import Result, import_loaded, kind_of

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "cp1252": "Windows-1252",
    "cp850": "DOS (850)",
    "mac_roman": "Mac OS Roman",
    "utf-16": "UTF-16",
}


def delimiter_name(sign: str) -> str:
    names = {";": _("semicolon"), ",": _("comma"), "\t": _("tabulator"), "|": _("vertical bar")}
    return names.get(sign, sign)


def loaded(file: ImportFile) -> Loaded:
    """Raises WrongFile."""
    return load_contents([(file.file_name, bytes(file.content))])


def parts(file: Loaded) -> list[Part]:
    """The file as tables, for looking at it and for choosing columns. Raises WrongFile."""
    return file.parts()


def standard_of(file: Loaded) -> str:
    """The standard that the file speaks, so that no columns need to be chosen: "HSDS", "Integreat", or empty."""
    return {"hsds": "HSDS", "integreat": "Integreat"}.get(kind_of(file), "")


def chosen_for(file: ImportFile, part: Part) -> TableMapping | None:
    """What was chosen for this file before, for one who comes back to the columns."""
    tables = bundle_from_json(json.dumps(file.mapping)).tables if file.mapping else ()
    return next((table for table in tables if table.fits(part)), None)


def saved_for(part: Part) -> TableMapping | None:
    """The municipality's own mapping that reads this table; the one that reads most columns wins."""
    fitting = []
    for saved in SavedMapping.objects.filter(kind="directory"):
        try:
            table = bundle_from_json(json.dumps(saved.mapping)).tables[0]
        except WrongMapping:
            continue  # saved by an older version; the columns are proposed by their names then
        if table.fits(part):
            fitting.append(table)
    return max(fitting, key=lambda table: table.width, default=None)


def import_list(file: ImportFile, tenant: Tenant, *, by: Person, dry_run: bool = False) -> Result:
    """The same code as the command's, on a list that was sent in."""
    bundle = bundle_from_json(json.dumps(file.mapping)) if file.mapping else None
    return import_loaded(
        loaded(file),
        tenant=tenant,
        name=file.source,
        by=by,
        bundle=bundle,
        language=file.language,
        dry_run=dry_run,
        draft=not file.publish,
    )


def import_and_note(file: ImportFile, tenant: Tenant, *, by: Person) -> Result:
    """Import and keep the report; both or nothing."""
    with transaction.atomic():
        outcome = import_list(file, tenant, by=by)
        file.state = ImportFile.State.DONE if outcome.stored else ImportFile.State.REFUSED
        file.report = _told(outcome)
        file.save(update_fields=["state", "report"])
    return outcome


@jobs.job("directory.import list", lock="directory import {tenant}", retries=3)
def import_waiting(file: Any, tenant: Tenant) -> None:
    """A long list. Run again after a crash it starts anew, since nothing of the first run is left."""
    waiting = ImportFile.objects.filter(pk=file, state=ImportFile.State.WAITING).first()
    if waiting is None:
        return
    # With the rights that the sender has now, not those of the moment she pressed the button.
    account = Account.objects.filter(pk=waiting.account_id).first() if waiting.account_id else None
    sender = person_of(account, tenant.pk)
    with override(tenant.source_language):
        try:
            rights.require(sender, "directory.import")
        except rights.Refused:
            waiting.state = ImportFile.State.REFUSED
            waiting.report = {"refusal": _("Whoever sent this list may no longer import lists here.")}
            waiting.save(update_fields=["state", "report"])
        else:
            import_and_note(waiting, tenant, by=replace(sender, job="directory.import list"))


def _told(outcome: Result) -> dict[str, Any]:
    """The report without rows of which there is nothing to say; the counts have them."""
    told = outcome.as_data()
    for table in told["tables"]:
        table["rows"] = [row for row in table["rows"] if row["findings"]]
    return told


@dataclass
class Shown:
    """A report as the pages print it: rows with findings, errors first."""

    counts: dict[str, int] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)
    refusal: str = ""
    stored: bool = False
    notes: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    titles: bool = False  # several tables, so each row says its own

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Shown":
        tables = told.get("tables", [])
        rows = [
            {**row, "table": table["source"]} for table in tables for row in table["rows"] if row["findings"]
        ]
        rows.sort(key=lambda row: row["state"] != "error")
        notes = [*told.get("notes", []), *(note for table in tables for note in table["notes"])]
        return cls(
            told.get("counts", {}),
            told.get("outcomes", {}),
            told.get("refusal", ""),
            told.get("stored", False),
            notes,
            rows,
            len(tables) > 1,
        )

    @property
    def importable(self) -> int:
        """Rows that an import takes."""
        return self.counts.get("ok", 0) + self.counts.get("warn", 0)
