"""The request or job that is running, for the journal and for history rows: identifiers only."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import pghistory

_request: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    return _request.get()


@contextmanager
def during(request: str = "", *, actor=None, job: str = "") -> Iterator[None]:
    """Everything inside belongs to this request or job; history rows carry the same ids."""
    token = _request.set(request)
    known = {"request": request, "actor": str(actor) if actor else "", "job": job}
    try:
        with pghistory.context(**{key: value for key, value in known.items() if value}):
            yield
    finally:
        _request.reset(token)
