"""`quartierwerk privacy retention|ledger|repeat`: deletion by hand, and what a restore needs."""

import argparse
import json
from dataclasses import asdict

from quartierwerk import cli


def add_commands(commands) -> None:
    privacy = commands.add_parser("privacy", help="retention periods and erasures")
    verbs = privacy.add_subparsers(dest="verb", metavar="VERB", required=True)
    retention = verbs.add_parser("retention", help="delete what is past its period, as the daily job does")
    retention.add_argument("--dry-run", action="store_true", help="only say what would go")
    retention.add_argument("--json", action="store_true", help="print the result as JSON")
    retention.set_defaults(run=_retention, needs_django=True)
    ledger = verbs.add_parser(
        "ledger", help="print the erasures done so far, as identifiers, to keep elsewhere"
    )
    ledger.set_defaults(run=_ledger, needs_django=True)
    repeat = verbs.add_parser("repeat", help="after a restore: do the erasures of the ledger again")
    repeat.add_argument("--json", action="store_true")
    repeat.set_defaults(run=_repeat, needs_django=True)


def _retention(options: argparse.Namespace) -> int:
    from . import keeping

    if options.dry_run:
        lines = [asdict(line) for line in keeping.dry_run()]
        _print_lines(lines, options, "Nothing is due.")
        return 0
    try:
        run = keeping.run()
    except keeping.AlreadyRunning:
        raise cli.Refused("Another run deletes at this moment. Try again when it has ended.") from None
    numbers = ("deleted", "emptied", "shortened", "history", "held")
    lines = [
        {
            "tenant": line.tenant.slug if line.tenant else "",
            "model": line.model,
            "retention": line.retention,
            **{name: getattr(line, name) for name in numbers},
        }
        for line in run.lines.select_related("tenant").order_by("tenant__slug", "model")
    ]
    _print_lines(lines, options, "Nothing was due.")
    return 0


def _print_lines(lines: list[dict], options: argparse.Namespace, nothing: str) -> None:
    if options.json:
        print(json.dumps(lines, ensure_ascii=False))
        return
    for line in lines:
        numbers = ", ".join(
            f"{name} {value}" for name, value in line.items() if isinstance(value, int) and value
        )
        print(f"{line['tenant'] or '-':20} {line['model']:32} {line['retention']:34} {numbers}")
    if not lines:
        print(nothing)


def _ledger(options: argparse.Namespace) -> int:
    from . import ledger

    try:
        for line in ledger.lines():
            print(line.text())
    except ledger.Damaged as damage:
        raise cli.Refused(str(damage)) from None
    return 0


def _repeat(options: argparse.Namespace) -> int:
    from . import erasing, ledger

    try:
        done = len(erasing.repeat_after_restore())
    except ledger.Damaged as damage:
        raise cli.Refused(str(damage)) from None
    print(json.dumps({"repeated": done}) if options.json else f"Erasures done again: {done}.")
    return 0
