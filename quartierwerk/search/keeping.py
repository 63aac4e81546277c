"""Keeping the index true: what triggers noted as stale is read again and written, by one writer at a time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from quartierwerk import jobs
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from . import kinds
from .index import Busy, Document, Index, NoIndex
from .models import Stale

BATCH = 1000


@cache
def index() -> Index:
    return Index(settings.SEARCH_FOLDER)


def changed() -> None:
    """Ask for a fresh index once this transaction is committed. Forgetting it costs a minute, never a true entry."""
    transaction.on_commit(lambda: jobs.later(bring_up_to_date_later))


@jobs.job("search.bring up to date", queue=jobs.UPKEEP, lock="search", retries=3)
def bring_up_to_date_later() -> None:
    bring_up_to_date()


@jobs.periodic("* * * * *", "search.every minute", queue=jobs.UPKEEP)
def every_minute() -> None:
    with suppress(Busy):
        bring_up_to_date()


def bring_up_to_date(*, wait: float = 30.0) -> int:
    """Write what is stale, or everything where there is no index yet. Returns the number of entries written.

    Raises Busy if another process writes for longer than `wait` seconds. Rows noted meanwhile stay for the next run.
    """
    if not index().is_built():
        return rebuild(wait=wait)
    with _alone(wait):
        return _write_what_is_stale(wait)


def _write_what_is_stale(wait: float) -> int:
    done = 0
    # A record is often noted several times at once (its contacts, its texts): side by side it is written once.
    while rows := list(Stale.objects.order_by("kind", "record", "pk")[: BATCH * 5]):
        by_kind: dict[str, set] = {}
        for row in rows:
            by_kind.setdefault(row.kind, set()).add(row.record)
        documents: list[Document] = []
        gone: list[tuple[str, str]] = []
        with scope.entered(_everybody()):
            for name, ids in by_kind.items():
                if name not in kinds.names():
                    continue
                kind = kinds.named(name)
                found = list(kind.documents(kind.published().filter(pk__in=ids)))
                documents += found
                gone += [(name, str(pk)) for pk in ids - {UUID(document.id) for document in found}]
        index().update(documents, removed=gone, wait=wait)
        Stale.objects.filter(pk__in=[row.pk for row in rows]).delete()
        done += len(documents) + len(gone)
    return done


def rebuild(*, wait: float = 30.0) -> int:
    """Build anew from all public rows; seconds for a hundred thousand."""
    with _alone(wait):
        # Exactly these are answered by what is read next; a note that is committed later stays, whatever its number.
        noted = list(Stale.objects.values_list("pk", flat=True))
        with scope.entered(_everybody()):
            count = index().rebuild(_all_documents(), wait=wait)
        Stale.objects.filter(pk__in=noted).delete()
        return count


@contextmanager
def _alone(wait: float) -> Iterator[None]:
    """One process at a time reads, writes and clears the notes: else an older text could be written over a newer one."""
    deadline = time.monotonic() + wait
    with connection.cursor() as cursor:
        while True:
            cursor.execute("select pg_try_advisory_lock(hashtext('quartierwerk search'))")
            if cursor.fetchone()[0]:
                break
            if time.monotonic() >= deadline:
                raise Busy("another process writes the search index")
            time.sleep(0.05)
    try:
        yield
    finally:
        if connection.connection is not None and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(hashtext('quartierwerk search'))")


def is_stale() -> bool:
    try:
        index().size()
    except NoIndex:
        return True
    return Stale.objects.exists()


def _all_documents() -> Iterator[Document]:
    for kind in kinds.all_kinds():
        ids = list(kind.published().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            yield from kind.documents(kind.published().filter(pk__in=ids[start : start + BATCH]))


def _everybody() -> scope.Scope:
    return scope.whole_instance(tuple(Tenant.objects.values_list("pk", flat=True)))
