"""The command `quartierwerk`: exit 0 done, 1 refused and nothing stored, 2 wrong call; errors in one sentence.

Each package adds its commands in `<package>/commands.py` with `add_commands(subparsers)`. A command that needs
the database says so (`needs_django=True` in its defaults); the others start in a fraction of the time.
"""

import argparse
import gc
import os
import sys
from importlib import import_module

COMMAND_MODULES = (
    "quartierwerk.operating.commands",
    "quartierwerk.tenants.commands",
    "quartierwerk.operating.upkeep",
    "quartierwerk.people.commands",
    "quartierwerk.messages.commands",
    "quartierwerk.directory.commands",
    "quartierwerk.planning.commands",
    "quartierwerk.search.commands",
    "quartierwerk.privacy.commands",
    "quartierwerk.monitoring.commands",
)


class Refused(Exception):
    """A command that did nothing, with the sentence that says why."""


def settings_module() -> str:
    if chosen := os.environ.get("DJANGO_SETTINGS_MODULE"):
        return chosen
    surroundings = os.environ.get("QUARTIERWERK_ENV") or "development"
    if surroundings not in ("development", "production"):
        raise SystemExit(
            f"quartierwerk: QUARTIERWERK_ENV is '{surroundings}'; it takes development or production."
        )
    return f"config.settings.{surroundings}"


def start_django(*, as_owner: bool = False) -> None:
    """Load settings and models. `as_owner` signs in as the role that owns the tables (migrations, backup)."""
    if as_owner:
        os.environ["QUARTIERWERK_AS_OWNER"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module())
    import django
    from django.apps import apps

    if apps.ready:
        return
    gc.disable()  # all that is loaded stays: looking through it again and again took an eighth of the start
    django.setup()
    gc.freeze()
    gc.enable()


def manage(arguments: list[str]) -> int:
    """Django's own commands; those that change tables run as their owner."""
    if arguments and arguments[0] in {"migrate", "pgtrigger", "sqlmigrate", "makemigrations"}:
        os.environ["QUARTIERWERK_AS_OWNER"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module())
    from django.core.management import execute_from_command_line

    execute_from_command_line(["quartierwerk manage", *arguments])
    return 0


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(
        prog="quartierwerk", description="Integration management and community work, together."
    )
    commands = root.add_subparsers(dest="command", metavar="COMMAND", required=True)
    commands.add_parser("manage", help="Django's own commands (migrate, shell, …)", add_help=False)
    for name in COMMAND_MODULES:
        try:
            module = import_module(name)
        except ModuleNotFoundError as missing:
            if missing.name and name.startswith(missing.name):
                continue  # a package that does not exist yet
            raise
        module.add_commands(commands)
    return root


def main(arguments: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["manage"]:
        return manage(arguments[1:])
    options = parser().parse_args(arguments)
    try:
        if getattr(options, "needs_django", False):
            start_django(as_owner=getattr(options, "as_owner", False))
        return options.run(options) or 0
    except Refused as refusal:
        print(f"quartierwerk: {refusal}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print("quartierwerk: stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
