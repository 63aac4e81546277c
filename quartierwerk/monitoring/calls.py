"""What the monitoring commands share in reading their arguments and writing their results."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import methods.tables
from methods.refusal import Refused
from methods.tables import Table


class WrongCall(Exception):
    """The command was called with something that does not exist; exit 2."""


def read(args: argparse.Namespace, path: str) -> Table:
    """The table of a command, with the decimal sign the caller named, if any."""
    sign = {"point": ".", "comma": ",", None: None}[args.decimal]
    return methods.tables.read_table(path, decimal=sign)


def require_columns(table: Table, *columns: str | None) -> None:
    """Raise WrongCall for a column that the caller named and the table lacks."""
    for column in columns:
        if column is not None and column not in table.columns:
            raise WrongCall(f"there is no column '{column}'; the table has {', '.join(table.columns)}")


def names_in(option: str | None) -> list[str]:
    """A,B,C as a list; raises WrongCall where a name stands twice."""
    names = [name.strip() for name in (option or "").split(",") if name.strip()]
    if len(set(names)) != len(names):
        raise WrongCall(f"'{option}' names something twice")
    return names


def write(text: str, output: str | None) -> None:
    """Write to a file in one go, so that nothing half-written is left behind, or to standard output."""
    if output is None or output == "-":
        sys.stdout.write(text)
        return
    target = Path(output)
    beside = target.with_name(target.name + ".part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise WrongCall(f"{output}: cannot be written ({error.strerror})") from None


__all__ = ["Refused", "WrongCall", "names_in", "read", "require_columns", "write"]
