"""`quartierwerk tenant export`: JSON lines in a zip, from one snapshot. Unchanged data gives the same lines."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, transaction

from quartierwerk import VERSION, journal
from quartierwerk.cli import Refused
from quartierwerk.rights import Person
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from . import tables
from .tables import Table

NOT_TAKEN = ("id", "parent", "lineage")
SAME_TIME = (1980, 1, 1, 0, 0, 0)


def export(tenant: Tenant, path: Path, told: Callable[[int, int], None] = lambda done, of: None) -> dict:
    """Write the municipality's file; returns its manifest. Raises Refused; nothing is left behind then."""
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}. Make it first.")
    if path.exists():
        raise Refused(f"{path} exists already. Choose another name.")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+b") as file:
            with scope.entered(scope.staff(tenant)), _snapshot():
                manifest = _fill(file, tenant, told)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as fault:
        raise Refused(f"{path} could not be written: {fault.strerror}. Nothing was kept.") from None
    finally:
        part.unlink(missing_ok=True)
    journal.record_security(f"municipality {tenant.slug} exported", by=Person(job="tenant export"))
    return manifest


@contextmanager
def _snapshot() -> Iterator[None]:
    with (
        connection.cursor() as cursor
    ):  # the scope is told before the transaction: this must be its first statement
        cursor.execute("select 1")
    with transaction.atomic():
        if connection.savepoint_ids:
            raise RuntimeError("An export needs a transaction of its own.")
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        yield


def _fill(file, tenant: Tenant, told: Callable[[int, int], None]) -> dict:
    leaving, entries = tables.leaving(), []
    others: set[int] = set()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, table in enumerate(leaving):
            entries.append(_rows(archive, table, tenant, others))
            told(number + 1, len(leaving))
        manifest = {
            "format": tables.FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": VERSION,
            "tenant": _head(tenant),
            # Other municipalities that are named in the rows: number there → short name.
            "others": {str(other.pk): other.slug for other in Tenant.objects.filter(pk__in=others)},
            "tables": entries,
        }
        archive.writestr(
            zipfile.ZipInfo("manifest.json", SAME_TIME),
            json.dumps(manifest, ensure_ascii=False, indent=1),
            zipfile.ZIP_DEFLATED,
        )
    return manifest


def _head(tenant: Tenant) -> dict:
    values = {
        field.name: field.value_from_object(tenant)
        for field in Tenant._meta.concrete_fields
        if field.name not in NOT_TAKEN
    }
    values["created_at"] = tenant.created_at.isoformat()
    values["parent"] = tenant.parent.slug if tenant.parent else None
    return values


def _rows(archive: zipfile.ZipFile, table: Table, tenant: Tenant, others: set[int]) -> dict:
    quote = connection.ops.quote_name
    name, checksum, count = f"{table.label}.jsonl", hashlib.sha256(), 0
    columns = [column for column in table.columns() if column != "tenant_id"]
    # PostgreSQL writes and reads the values, so that a date with microseconds or a number keeps its last digit.
    query = (
        f"select to_jsonb(row)::text from (select {', '.join(map(quote, columns))}"  # noqa: S608 - names of our models
        f" from {quote(table.model._meta.db_table)} where tenant_id = %s"
        f" order by {quote(table.model._meta.pk.column)}) row"
    )
    foreign = [field.column for field in table.other_tenants()]
    with (
        archive.open(zipfile.ZipInfo(name, SAME_TIME), "w", force_zip64=True) as lines,
        connection.chunked_cursor() as cursor,
    ):
        cursor.execute(query, [tenant.pk])
        for (text,) in cursor:
            line = text.encode() + b"\n"
            lines.write(line)
            checksum.update(line)
            count += 1
            if foreign:
                row = json.loads(text)
                others |= {row[column] for column in foreign if row[column]}
    columns = [column for column in table.columns() if column != "tenant_id"]
    return {
        "model": table.label,
        "file": name,
        "rows": count,
        "sha256": checksum.hexdigest(),
        "columns": columns,
    }
