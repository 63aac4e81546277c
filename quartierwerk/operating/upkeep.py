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
