"""What every start asks first: of `serve` and `worker`, and of any other server that loads config/wsgi.py in production."""

import sys

from django.conf import settings
from django.core import checks
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from quartierwerk.cli import Refused

_passed = False


def refuse_unsafe() -> None:
    """What Django's and our own checks call an error; in production those for a deployment too. Raises Refused.

    What needs no database is told even where that is away or not migrated.
    """
    global _passed
    production = settings.SURROUNDINGS == "production"
    found = checks.run_checks(include_deployment_checks=production)
    refusal = None
    try:
        refuse_unfinished()
        tags = [checks.Tags.database]
        found += checks.run_checks(
            tags=tags, include_deployment_checks=production, databases=["default", "keeper"]
        )
    except Refused as other:
        refusal = other
    except OperationalError as fault:
        words = str(fault).strip().splitlines()
        refusal = Refused(f"The database cannot be reached. {words[0] if words else ''}".strip())
    faults = [message for message in found if message.level >= checks.ERROR and not message.is_silenced()]
    if faults:
        sentences = [sentence(fault) for fault in faults] + ([str(refusal)] if refusal else [])
        raise Refused("\n  ".join(["It would not be safe to start:", *sentences]))
    if refusal:
        raise refusal
    for warning in found:
        if production and warning.level == checks.WARNING and not warning.is_silenced():
            print(f"quartierwerk: {sentence(warning)}", file=sys.stderr)
    _passed = True


def refuse_unfinished() -> None:
    executor = MigrationExecutor(connections["default"])
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refused(
            f"The database lacks {len(waiting)} changes of this version. Run `quartierwerk manage migrate` first."
        )


def sentence(message: checks.CheckMessage) -> str:
    return " ".join(f"{message.msg} {message.hint or ''}".split()) + f" [{message.id}]"


def once() -> None:
    """For other servers than ours: end the process before it answers, unless its start was looked at already."""
    if _passed or settings.SURROUNDINGS != "production":
        return
    try:
        refuse_unsafe()
    except Refused as refusal:
        raise SystemExit(f"quartierwerk: {refusal}") from None
    finally:
        connections.close_all()  # the server may fork after loading
