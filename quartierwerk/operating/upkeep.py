"""`quartierwerk backup|restore|doctor`, and `tenant export|import`."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from quartierwerk import progress


def add_commands(commands) -> None:
    backup = commands.add_parser(
        "backup",
        help="write everything into one file",
        description="Write database and uploads into one file, encrypted where BACKUP_KEY is set.",
    )
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.add_argument("--json", action="store_true", help="print the result as JSON")
    backup.set_defaults(run=_backup, needs_django=True)
    restore = commands.add_parser(
        "restore",
        help="bring a backup back",
        description="Bring a backup back in place of what runs now. Nothing changes until all of it has come back.",
    )
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument(
        "--into", default="", metavar="DATABASE", help="leave what runs as it is: for a drill"
    )
    restore.add_argument("--json", action="store_true", help="print the result as JSON")
    restore.set_defaults(run=_restore, needs_django=True)
    doctor = commands.add_parser(
        "doctor",
        help="look for what would harm people or work",
        description="Look for what would harm people or work, and say what to do. Exit 1 with a fault, 0 without.",
    )
    doctor.add_argument("--json", action="store_true", help="print the findings as JSON")
    doctor.set_defaults(run=_doctor, needs_django=True)
    _add_transfer(commands.choices["tenant"])


def _add_transfer(tenant: argparse.ArgumentParser) -> None:
    """Two more verbs for `tenant`, whose package lies too low to know what all the others keep."""
    verbs = next(action for action in tenant._actions if isinstance(action, argparse._SubParsersAction))
    export = verbs.add_parser("export", help="write a municipality with its history into a file")
    export.add_argument("slug")
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--json", action="store_true", help="print the result as JSON")
    export.set_defaults(run=_export, needs_django=True)
    bring = verbs.add_parser("import", help="bring a municipality in from such a file")
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument("--as", dest="slug", default="", metavar="SLUG", help="under another short name")
    bring.add_argument("--json", action="store_true", help="print the result as JSON")
    bring.set_defaults(run=_import, needs_django=True)


def _backup(options: argparse.Namespace) -> int:
    from django.conf import settings

    from .backups import making

    with progress.Bar("Backing up") as bar:
        manifest = making.make(options.file, key=settings.BACKUP_KEY, told=bar.so_far)
    if options.json:
        sealed = bool(settings.BACKUP_KEY)
        print(json.dumps({"file": str(options.file), "sealed": sealed, **_facts(manifest)}))
        return 0
    size = options.file.stat().st_size / 1e6
    print(
        f"{options.file}: {manifest.rows} rows and {manifest.files} files in {size:.1f} MB, read back and found whole."
    )
    if not settings.BACKUP_KEY:
        print("It is not encrypted. Set BACKUP_KEY before it leaves this machine.")
    return 0


def _facts(manifest) -> dict:
    wanted = ("made_at", "version", "server", "tables", "files", "file_bytes")
    return {name: value for name, value in asdict(manifest).items() if name in wanted} | {
        "rows": manifest.rows
    }


def _restore(options: argparse.Namespace) -> int:
    from django.conf import settings

    from .backups import restoring

    size = options.file.stat().st_size if options.file.exists() else 0
    with progress.Bar("Restoring") as bar:
        done = restoring.restore(
            options.file, key=settings.BACKUP_KEY, into=options.into, told=lambda read: bar(read, size)
        )
    if options.json:
        result = {"database": done.database, "replaced": done.replaced, "erasures": done.erasures}
        print(json.dumps(result | _facts(done.manifest)))
        return 0
    when = done.manifest.made_at
    print(
        f"The state of {when} is back in {done.database}: {done.manifest.rows} rows, {done.manifest.files} files."
    )
    print(f"Erasures done again: {done.erasures}. Everybody has to sign in anew.")
    if done.replaced:
        print(
            f"What ran before lies in the database {done.replaced} until the next restore; drop it when all is well."
        )
    return 0


def _export(options: argparse.Namespace) -> int:
    from quartierwerk.tenants.commands import wanted

    from .transfer import exporting

    tenant = wanted(options.slug)
    with progress.Bar("Exporting") as bar:
        manifest = exporting.export(tenant, options.file, bar)
    rows = {entry["model"]: entry["rows"] for entry in manifest["tables"]}
    if options.json:
        print(json.dumps({"tenant": tenant.slug, "file": str(options.file), "rows": rows}))
        return 0
    print(f"{options.file}: {tenant.name}, {sum(rows.values())} rows with their history.")
    print("Accounts, roles and invitations stay behind: people are invited anew where it goes.")
    return 0


def _import(options: argparse.Namespace) -> int:
    from .transfer import importing

    with progress.Bar("Importing") as bar:
        done = importing.bring_in(options.file, slug=options.slug, told=bar)
    if options.json:
        told = {"rows": done.rows, "left": done.left, "unshared": done.unshared, "warnings": done.warnings}
        print(json.dumps({"tenant": done.tenant.slug, **told}, ensure_ascii=False))
        return 0
    print(f"{done.tenant.name} ({done.tenant.slug}) is here with {sum(done.rows.values())} rows.")
    for label, count in done.left.items():
        print(f"{count} rows of {label} were left out: the municipality they name is not here.")
    if done.unshared:
        print(f"{done.unshared} records were shared with other municipalities and are not any more.")
    for warning in done.warnings:
        print(warning)
    print("Invite its people anew: accounts do not travel.")
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from . import doctor

    found = doctor.examine()
    faults = sum(finding.state == doctor.State.FAULT for finding in found)
    if options.json:
        print(
            json.dumps(
                {"ok": not faults, "findings": [asdict(finding) for finding in found]}, ensure_ascii=False
            )
        )
        return 1 if faults else 0
    for finding in found:
        print(
            f"{finding.state.upper():8} {finding.name:16} {finding.says}{' ' + finding.todo if finding.todo else ''}"
        )
    warnings = sum(finding.state == doctor.State.WARNING for finding in found)
    print(f"{faults} faults, {warnings} warnings." if faults or warnings else "All is well.")
    return 1 if faults else 0
