"""`quartierwerk tenant import`: a file of `tenant export` becomes a municipality here, whole or not at all.

It runs as the serving role inside the new municipality's scope, so not even a doctored file writes a row of another
one. Triggers of ours stay silent meanwhile: what they would note (history, elements of the chain) comes in the file.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pgtrigger
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction

from quartierwerk import VERSION, journal
from quartierwerk.cli import Refused
from quartierwerk.rights import Person
from quartierwerk.search import keeping
from quartierwerk.tenants import scope
from quartierwerk.tenants.actions import RefusedTenant, add_tenant
from quartierwerk.tenants.models import Tenant

from . import exporting, tables
from .tables import OTHERS, SHARED, Table

STEP = 500  # rows in one statement
LARGEST_MANIFEST = 16 << 20


@dataclass
class Imported:
    tenant: Tenant
    rows: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)  # rows naming a municipality that is not here
    unshared: int = 0  # rows that were shared with other municipalities
    warnings: list[str] = field(default_factory=list)


def bring_in(
    path: Path, *, slug: str = "", told: Callable[[int, int], None] = lambda done, of: None
) -> Imported:
    """Raises Refused; nothing is stored then."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive)
            found = _tables(manifest)
            _prove(archive, manifest)
            with transaction.atomic():
                done = _store(archive, manifest, found, slug, told)
    except (zipfile.BadZipFile, EOFError, KeyError):
        raise Refused(f"{path} is no export of a municipality, or it is damaged.") from None
    except OSError as fault:
        raise Refused(f"{path} cannot be read: {fault.strerror}.") from None
    return done


def _manifest(archive: zipfile.ZipFile) -> dict:
    if archive.getinfo("manifest.json").file_size > LARGEST_MANIFEST:
        raise zipfile.BadZipFile
    try:
        manifest = json.loads(archive.read("manifest.json"))
        form = manifest["format"]
        if form == tables.FORMAT and {"tenant", "tables", "others", "version"} <= manifest.keys():
            return dict(manifest)
    except (ValueError, TypeError):
        raise zipfile.BadZipFile from None
    if str(form).startswith(tables.FORMAT.rpartition(" ")[0]):
        raise Refused(
            f"This export has the form '{form}', this version reads '{tables.FORMAT}'. {SAME_VERSION}"
        )
    raise zipfile.BadZipFile


SAME_VERSION = "Bring both installations to the same version, then export again."


def _tables(manifest: dict) -> list[tuple[Table, dict]]:
    """The tables of both sides, in our order. Refused where they differ: columns are never guessed or dropped."""
    ours = {table.label: table for table in tables.leaving()}
    theirs = {entry["model"]: entry for entry in manifest["tables"]}
    wrong = sorted(set(ours) ^ set(theirs)) or [
        label
        for label, table in ours.items()
        if theirs[label]["columns"] != [column for column in table.columns() if column != "tenant_id"]
    ]
    if wrong:
        raise Refused(
            f"The export was made by version {manifest['version']} and this is {VERSION}: {wrong[0]} looks different."
            f" {SAME_VERSION}"
        )
    return [(table, theirs[label]) for label, table in ours.items()]


def _prove(archive: zipfile.ZipFile, manifest: dict) -> None:
    for entry in manifest["tables"]:
        checksum, count = hashlib.sha256(), 0
        with archive.open(entry["file"]) as lines:
            for line in lines:
                checksum.update(line)
                count += 1
        if (checksum.hexdigest(), count) != (entry["sha256"], entry["rows"]):
            raise Refused(f"The export is damaged: {entry['model']} is not what its list of contents says.")


def _store(
    archive: zipfile.ZipFile,
    manifest: dict,
    found: list[tuple[Table, dict]],
    slug: str,
    told: Callable[[int, int], None],
) -> Imported:
    done = Imported(_tenant(manifest, slug))
    if (above := manifest["tenant"]["parent"]) and done.tenant.parent is None:
        done.warnings.append(f"It belonged to '{above}', which is not here. Add it and name it as parent.")
    others = _others(manifest)
    with scope.entered(scope.staff(done.tenant)):
        for number, (table, entry) in enumerate(found):
            with archive.open(entry["file"]) as lines, pgtrigger.ignore():
                _insert(table, (line.decode() for line in lines), others, done)
            if done.rows[table.label] + done.left.get(table.label, 0) != entry["rows"]:
                raise Refused(f"Not every row of {table.label} could be stored. Nothing was kept.")
            told(number + 1, len(found))
        _constraints(done)
    keeping.changed()
    journal.record_security(f"municipality {done.tenant.slug} imported", by=Person(job="tenant import"))
    return done


def _tenant(manifest: dict, slug: str) -> Tenant:
    values = dict(manifest["tenant"])
    created_at, above = values.pop("created_at"), values.pop("parent")
    name = slug or values.pop("slug")
    values.pop("slug", None)
    known = {f.name for f in Tenant._meta.concrete_fields} - {*exporting.NOT_TAKEN, "created_at", "slug"}
    if set(values) != known:
        raise Refused(f"The export describes a municipality with other fields. {SAME_VERSION}")
    if values["is_example"] and settings.SURROUNDINGS == "production":
        raise Refused("This is the invented example town. It is not loaded where people are served.")
    parent = Tenant.objects.filter(slug=above).values_list("slug", flat=True).first() if above else ""
    try:
        tenant = add_tenant(name, parent=parent or "", **values)
    except RefusedTenant as refusal:
        hint = " Or give it one with --as." if Tenant.objects.filter(slug=name).exists() else ""
        raise Refused(f"{refusal}{hint}") from None
    Tenant.objects.filter(pk=tenant.pk).update(created_at=created_at)
    tenant.refresh_from_db()
    return tenant


def _others(manifest: dict) -> dict[str, int]:
    """Number there → number here, of other municipalities, by their short names."""
    here = dict(Tenant.objects.filter(slug__in=manifest["others"].values()).values_list("slug", "pk"))
    return {number: here[slug] for number, slug in manifest["others"].items() if slug in here}


def _insert(table: Table, lines: Iterator[str], others: dict[str, int], done: Imported) -> None:
    quote = connection.ops.quote_name
    columns = table.columns()
    foreign, outside = table.other_tenants(), [f.column for f in table.outside()]
    name = quote(table.model._meta.db_table)
    # jsonb cannot tell its own null from SQL's; where a column may not be empty it was its own.
    values = ", ".join(
        f"coalesce(row.{quote(f.column)}, 'null'::jsonb)"
        if f.db_type(connection) == "jsonb" and not f.null
        else f"row.{quote(f.column)}"
        for f in sorted(table.fields(), key=lambda f: f.column)
    )
    statement = (
        f"insert into {name} ({', '.join(map(quote, columns))}) select {values}"  # noqa: S608 - names of our models
        f" from jsonb_array_elements(%s::jsonb) with ordinality as entry(line, number),"
        f" lateral jsonb_populate_record(null::{name}, entry.line || %s::jsonb) row order by entry.number"
    )
    fixed: dict[str, object] = {"tenant_id": done.tenant.pk}
    fixed |= dict.fromkeys(outside)
    # Who may see them here is decided here: a short name may mean another town.
    fixed |= {column: [] for column in OTHERS if column in columns}
    stored = 0
    while batch := list(islice(lines, STEP)):
        kept = []
        for line in batch:
            row = json.loads(line)
            done.unshared += bool(row.get(SHARED)) and not table.is_history
            if foreign:
                changed = {f.column: others.get(str(row[f.column])) for f in foreign}
                if any(changed[f.column] is None and not f.null for f in foreign):
                    done.left[table.label] = done.left.get(table.label, 0) + 1
                    continue
                # Not through Python: its numbers are not PostgreSQL's.
                line = f"{line.rstrip()[:-1]}, {json.dumps(changed)[1:]}"
            kept.append(line)
        if kept:
            stored += _execute(statement, [f"[{','.join(kept)}]", json.dumps(fixed)], table)
    done.rows[table.label] = stored


def _execute(statement: str, values: list, table: Table) -> int:
    try:
        # A savepoint: the triggers could not be woken again in a failed transaction.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)
    except IntegrityError as fault:
        if getattr(fault.__cause__, "sqlstate", "") == "23505":
            raise Refused(
                f"Records of {table.label} are here already: this municipality lives in this installation."
                " Nothing was stored."
            ) from None
        raise Refused(f"A row of {table.label} breaks a rule of the database. Nothing was stored.") from None
    except DatabaseError as fault:
        words = f"[{getattr(fault.__cause__, 'sqlstate', '')}]"
        raise Refused(f"A row of {table.label} cannot be stored {words}. Nothing was stored.") from None


def _constraints(done: Imported) -> None:
    """Links are checked at the end of a transaction; here, so that a refusal can say so."""
    try:
        connection.check_constraints()
    except IntegrityError:
        raise Refused("The export names records that are not in it. Nothing was stored.") from None
