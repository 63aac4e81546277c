"""The commands `quartierwerk monitoring index|segregation|recipes`. They need no database and import no Django."""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Callable
from typing import NoReturn

from methods.refusal import Refused
from quartierwerk.monitoring.calls import WrongCall

Command = Callable[[argparse.Namespace], int]


# "bootstrap" resamples areas; the others draw what chance alone would make of the city.
INFERENCE = ("bootstrap", "permutation", "systematic", "evenness", "geographic")


class OneSentence(argparse.ArgumentParser):
    """A parser that says what is wrong and leaves the many lines of usage to --help."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"quartierwerk: {message} (see {self.prog} --help)\n")


def add_commands(subparsers: argparse._SubParsersAction) -> None:
    """Hang `monitoring` and its commands on the command line."""
    monitoring = subparsers.add_parser("monitoring", help="indices and segregation of a city's areas")
    commands = monitoring.add_subparsers(
        dest="monitoring_command", metavar="COMMAND", required=True, parser_class=OneSentence
    )
    _add_index(commands)
    _add_segregation(commands)
    _add_recipes(commands)


def answering(command: Command) -> Command:
    """Turn refusals into one sentence on standard error and an exit code: 1 refused, 2 wrong call."""

    @functools.wraps(command)
    def run(args: argparse.Namespace) -> int:
        try:
            return command(args)
        except Refused as refusal:
            print(f"quartierwerk: {refusal}", file=sys.stderr)
            return 1
        except WrongCall as mistake:
            print(f"quartierwerk: {mistake}", file=sys.stderr)
            return 2
        except OSError as error:
            print(f"quartierwerk: {error.filename}: {error.strerror}", file=sys.stderr)
            return 2

    return run


# The commands bring numpy along, which calls for other commands should not wait for: hence the imports inside.


@answering
def run_index(args: argparse.Namespace) -> int:
    from quartierwerk.monitoring import index_command

    return index_command.run(args)


@answering
def run_segregation(args: argparse.Namespace) -> int:
    from quartierwerk.monitoring import segregation_command

    return segregation_command.run(args)


@answering
def run_recipes(args: argparse.Namespace) -> int:
    from quartierwerk.monitoring import index_command

    return index_command.list_recipes(args)


def _add_index(commands: argparse._SubParsersAction) -> None:
    parser = commands.add_parser(
        "index",
        help="index and classes of every area by a published recipe",
        description="Compute status, dynamics and class of every area. A row is an area; unrated ones stay, empty.",
    )
    parser.add_argument("shares", metavar="SHARES.csv", help="the indicators: CSV or XLSX, one row per area")
    parser.add_argument(
        "--recipe", required=True, help="a name from `monitoring recipes`, or an own file ending in .toml"
    )
    parser.add_argument("--area", required=True, metavar="COLUMN", help="column with the key of the area")
    parser.add_argument("--rated", metavar="COLUMN", help="column with 1 for rated areas, 0 for the others")
    parser.add_argument(
        "--population", metavar="COLUMN", help="inhabitants: leaves out what the recipe's own rules leave out"
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="KEY=COLUMN",
        help="take the recipe's indicator KEY from COLUMN (may be repeated)",
    )
    parser.add_argument("-o", "--output", metavar="OUT.csv", help="where to write; else standard output")
    parser.add_argument("--map", metavar="OUT.svg", help="also draw the classes (needs --geometry and --key)")
    parser.add_argument("--geometry", metavar="FILE", help="GeoJSON with the outlines of the areas")
    parser.add_argument("--key", metavar="NAME", help="property of the outlines that holds the area's key")
    parser.add_argument(
        "--decimal", choices=("point", "comma"), help="the decimal sign, where the table is unclear"
    )
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    parser.set_defaults(run=run_index)


def _add_segregation(commands: argparse._SubParsersAction) -> None:
    parser = commands.add_parser(
        "segregation",
        help="segregation of one or several groups",
        description="Compute segregation indices from counts of persons. A row is an area (and year).",
    )
    parser.add_argument("counts", metavar="COUNTS.csv", help="the counts: CSV or XLSX")
    parser.add_argument("--area", required=True, metavar="COLUMN", help="column with the key of the area")
    parser.add_argument("--total", required=True, metavar="COLUMN", help="column with all inhabitants")
    parser.add_argument("--groups", metavar="A,B", help="columns; each group against the rest")
    parser.add_argument(
        "--multi", metavar="A,B,C", help="columns of groups that do not overlap; one index for all"
    )
    parser.add_argument("--year", metavar="COLUMN", help="column that parts the table into years")
    parser.add_argument(
        "--where", metavar="COLUMN=VALUE", action="append", default=[], help="only rows with this value"
    )
    parser.add_argument("--geometry", metavar="FILE", help="GeoJSON with the outlines of the areas")
    parser.add_argument("--key", metavar="NAME", help="property of the outlines that holds the area's key")
    parser.add_argument("--crs", metavar="EPSG:25833", help="metric projection to compute in")
    parser.add_argument("--index", metavar="NAME,…", help="indices by name; else all the data allows")
    parser.add_argument(
        "--inference",
        choices=INFERENCE,
        help="interval by resampling areas (bootstrap), or the range if nothing but chance were at work",
    )
    parser.add_argument(
        "--local", action="store_true", help="also one row per area: location quotients and more"
    )
    parser.add_argument(
        "--decompose", metavar="FROM,TO", help="also why the indices changed between two years"
    )
    parser.add_argument(
        "--approach",
        choices=("composition", "share", "dual_composition"),
        default="composition",
        help="how --decompose swaps the years (composition)",
    )
    parser.add_argument("--n", type=int, default=500, help="number of draws (500)")
    parser.add_argument(
        "--seed", type=int, default=1, help="start of the random draws (1); same seed, same result"
    )
    parser.add_argument("-o", "--output", metavar="OUT.json", help="where to write; else standard output")
    parser.add_argument(
        "--decimal", choices=("point", "comma"), help="the decimal sign, where the table is unclear"
    )
    parser.add_argument(
        "--json", action="store_true", help="results are JSON in any case; accepted for uniformity"
    )
    parser.set_defaults(run=run_segregation)


def _add_recipes(commands: argparse._SubParsersAction) -> None:
    parser = commands.add_parser("recipes", help="list the recipes with source and state")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    parser.set_defaults(run=run_recipes)
