"""`quartierwerk directory import|export`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from quartierwerk import cli, progress

from .memory import no_collector

if TYPE_CHECKING:
    from .files.imports.running import Result

IMPORTED = ("hsds", "csv", "xlsx", "json", "integreat", "geojson")
EXPORTED = ("hsds", "hsds-csv", "csv", "xlsx", "geojson", "ics")
SHOWN = 20  # findings printed; --report and --json have them all


def add_commands(commands) -> None:
    directory = commands.add_parser("directory", help="organisations and offers, in and out")
    verbs = directory.add_subparsers(dest="verb", metavar="VERB", required=True)
    _add_import(verbs)
    _add_export(verbs)


def _add_import(verbs) -> None:
    verb = verbs.add_parser(
        "import",
        help="read a list of organisations, offers or locations",
        description="Read a list of organisations, offers or locations. Rows with errors are left out and listed.",
    )
    verb.add_argument(
        "path", metavar="PATH", type=Path, help="a file, or a folder of files that belong together"
    )
    verb.add_argument("--tenant", required=True, metavar="SLUG", help="municipality that gets the records")
    verb.add_argument("--format", required=True, choices=IMPORTED)
    verb.add_argument("--lang", default="", metavar="LANG", help="language of the texts, for example de")
    verb.add_argument("--mapping", type=Path, metavar="FILE", help="which column fills which field (JSON)")
    verb.add_argument("--dry-run", action="store_true", help="print the report and store nothing")
    verb.add_argument("--strict", action="store_true", help="store nothing if any row has a finding")
    verb.add_argument("--draft", action="store_true", help="for staff only, not yet for visitors")
    verb.add_argument("--report", type=Path, metavar="OUT.json", help="write the whole report there")
    verb.add_argument("--json", action="store_true", help="print the whole report as JSON")
    verb.set_defaults(run=_import, needs_django=True)


def _add_export(verbs) -> None:
    verb = verbs.add_parser(
        "export",
        help="write the directory to a file",
        description="Write all organisations, locations and offers of a municipality to a file.",
    )
    verb.add_argument("--tenant", required=True, metavar="SLUG")
    verb.add_argument("--format", required=True, choices=EXPORTED)
    verb.add_argument(
        "-o",
        "--output",
        required=True,
        type=Path,
        metavar="PATH",
        help="file to write; hsds-csv: a folder, or a file that ends in .zip",
    )
    verb.add_argument("--json", action="store_true", help="print the numbers of records as JSON")
    verb.set_defaults(run=_export, needs_django=True)


def _import(options: argparse.Namespace) -> int:
    from django.utils import translation

    from quartierwerk.tenants import scope
    from quartierwerk.tenants.commands import wanted

    tenant = wanted(options.tenant)
    with translation.override("en"), scope.entered(scope.staff(tenant)), no_collector():
        result = _imported(options, tenant)
        if result.stored:
            _bring_index_up_to_date()
    with translation.override("en"):
        if options.report:
            _write(options.report, result.as_json())
        print(result.as_json() if options.json else "\n".join(_in_words(result)))
        if result.refusal:
            raise cli.Refused(result.refusal)
    return 0


def _bring_index_up_to_date() -> None:
    """An import ends with a current index even where no worker runs."""
    from contextlib import suppress

    from quartierwerk.search import keeping
    from quartierwerk.search.index import Busy
    from quartierwerk.tenants import scope

    with scope.entered(scope.NOBODY), suppress(Busy):
        keeping.bring_up_to_date(wait=5.0)


def _imported(options: argparse.Namespace, tenant) -> Result:
    from quartierwerk.intake.mapping import WrongMapping
    from quartierwerk.journal.context import during
    from quartierwerk.languages import tags
    from quartierwerk.rights import worker

    from .files.imports import files, mappings
    from .files.imports.running import Result, import_loaded

    path = options.path.resolve()
    name = path.name if path.is_dir() else path.stem
    try:
        bundle = mappings.bundle_from_json(_read(options.mapping)) if options.mapping else None
        language = tags.normal_tag(options.lang) if options.lang else ""
        loaded = files.load(path, options.format)
    except tags.NotALanguage:
        refusal = f"“{options.lang}” is no language code; use codes such as de, uk or prs."
        return Result(tenant.slug, name, refusal=refusal)
    except (WrongMapping, files.WrongFile) as refused:
        return Result(tenant.slug, name, refusal=str(refused))
    job = "directory import command"
    with during(job=job), progress.Bar("Importing") as told:
        try:
            return import_loaded(
                loaded,
                tenant=tenant,
                name=name,
                by=worker(job, tenant.pk),
                format=options.format,
                bundle=bundle,
                language=language,
                dry_run=options.dry_run,
                strict=options.strict,
                draft=options.draft,
                told=told,
            )
        except files.WrongFile as refused:
            return Result(tenant.slug, name, refusal=str(refused))


def _export(options: argparse.Namespace) -> int:
    from django.db import transaction
    from django.utils import translation

    from quartierwerk.journal.context import during
    from quartierwerk.rights import worker
    from quartierwerk.tenants import scope
    from quartierwerk.tenants.commands import wanted

    from .files import exports

    tenant = wanted(options.tenant)
    job = "directory export command"
    with (
        translation.override("en"),
        scope.entered(scope.staff(tenant)),
        during(job=job),
        transaction.atomic(),
    ):
        by = worker(job, tenant.pk)
        counts = exports.counts(by)
        try:
            if options.format == "hsds-csv" and options.output.suffix.lower() != ".zip":
                _write_package(options.output, exports.package_files(by=by))
            else:
                options.output.write_bytes(exports.export_directory(options.format, by=by))
        except exports.NotExportable as refusal:
            raise cli.Refused(str(refusal)) from None
        except OSError as refusal:
            raise cli.Refused(f"The file {options.output} cannot be written: {refusal.strerror}.") from None
    if options.json:
        print(
            json.dumps(
                {"tenant": tenant.slug, "format": options.format, "path": str(options.output), **counts}
            )
        )
    else:
        words = ", ".join(f"{count} {name}" for name, count in counts.items())
        print(f"Wrote {words} to {options.output}.")
    return 0


def _write_package(folder: Path, files: dict[str, bytes]) -> None:
    """Into a folder, whose older tables of a package go."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _in_words(result: Result) -> list[str]:
    from .files.imports.wording import in_words

    lines = in_words(result)
    findings = [
        f"  {table.title}, row {row.row}{f' “{row.title}”' if row.title else ''}: {finding.sentence}"
        f"{f' [{finding.typed}]' if finding.typed else ''} {finding.advice}".rstrip()
        for table, row in result.rows()
        for finding in row.findings
    ]
    lines += findings[:SHOWN]
    if len(findings) > SHOWN:
        lines.append(f"  … and {len(findings) - SHOWN} more; --report OUT.json lists them all.")
    return lines


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as refusal:
        raise cli.Refused(
            f"The file {path} cannot be read: {getattr(refusal, 'strerror', 'it is no text')}."
        ) from None


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as refusal:
        raise cli.Refused(f"The report cannot be written to {path}: {refusal.strerror}.") from None
