"""What reaches a log: identifiers, kinds and places of errors; never their text, never contents (data protection §4).

PostgreSQL and Python put the failing values into an error's text, and libraries put arguments into their messages.
"""

import logging
import time
import traceback
from contextlib import suppress
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

_TOLD = {
    "()": "quartierwerk.logs.Told",
    "format": "{asctime}Z {levelname} {name}: {message}",
    "style": "{",
}
_CONSOLE = {"class": "logging.StreamHandler", "formatter": "told"}

CONFIGURATION = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"told": _TOLD},
    "filters": {"pattern": {"()": "quartierwerk.logs.Pattern"}},
    "handlers": {"console": _CONSOLE},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "quartierwerk": {"level": "INFO"},
        # Its own handlers would mail errors with the request's contents.
        "django": {"handlers": [], "level": "WARNING"},
        # Below that it tells addresses people typed.
        "django.request": {"handlers": [], "level": "ERROR", "filters": ["pattern"]},
        # Tells arguments; what matters of jobs is logged by jobs.py.
        "procrastinate": {"handlers": [], "level": "CRITICAL"},
    },
}

# The web server configures its own loggers, and writes tracebacks into its messages.
WEB_SERVER = {
    "formatters": {"told": _TOLD},
    "filters": {"first line": {"()": "quartierwerk.logs.FirstLine"}},
    "handlers": {"console": {**_CONSOLE, "filters": ["first line"]}},
    "loggers": {"_granian": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}


class Told(logging.Formatter):
    """Prints an exception as its kind and place, times in UTC."""

    converter = time.gmtime  # type: ignore[assignment]

    def formatException(self, ei):  # noqa: N802 - logging's name
        return told(ei[1])

    def format(self, record):
        record.exc_text = None  # another handler may have left the full one there
        return super().format(record)


class Pattern(logging.Filter):
    """The pattern of an address for the address itself: some hold codes by which people find their own entry."""

    def filter(self, record):
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            pattern = f"/{match.route}" if match else "(no page)"
            record.args = tuple(pattern if one == path else one for one in record.args)
        return True


class FirstLine(logging.Filter):
    def filter(self, record):
        record.msg, record.args = record.getMessage().partition("\n")[0], None
        return True


def told(error: BaseException) -> str:
    """Kind and place of an error, with PostgreSQL's code and constraint where it is one of its."""
    parts = [type(error).__name__]
    diagnosis = getattr(error.__cause__ or error, "diag", None)
    if diagnosis is not None:
        parts += [part for part in (diagnosis.sqlstate, diagnosis.constraint_name) if part]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _within(frame.filename)] or list(frames)
    if ours:
        last = ours[-1]
        parts.append(f"at {_within(last.filename) or Path(last.filename).name}:{last.lineno} in {last.name}")
    return " ".join(parts)


def _within(filename: str) -> str:
    """The path inside our package; empty for others'."""
    with suppress(ValueError):
        return Path(filename).relative_to(PACKAGE).as_posix()
    return ""
