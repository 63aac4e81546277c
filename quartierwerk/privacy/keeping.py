"""The daily deletion: what is past its period goes, municipality by municipality, in small steps.

It may be killed at any moment and run again: each step is one transaction with its count in the protocol, and what has
to leave the history is read from the history itself.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import ProtectedError, QuerySet, RestrictedError
from django.utils import timezone

from quartierwerk.tenants import scope, walls

from . import erasing, history, ledger, rows
from .models import Hold, Run
from .registry import Record, Retention
from .retention import PERIODS
from .rows import Place

STEP = 500  # rows in one transaction
LOCK = 7_041_776_013  # any number, the same in every process

# What upper packages do at the moment of a run before anything is deleted, for example noting from when a period runs.
before_deleting: list[Callable[[datetime], object]] = []


class AlreadyRunning(RuntimeError):
    """Another process deletes at this moment."""


@dataclass(frozen=True)
class Due:
    """One line of the dry run: how much is due where."""

    tenant: str  # slug; empty for the installation's tables
    model: str
    retention: str
    due: int = 0
    held: int = 0
    shortened: int = 0


def dry_run(now: datetime | None = None) -> list[Due]:
    """What the next run would do; changes nothing."""
    now = now or timezone.now()
    found = []
    for place in rows.places():
        with scope.entered(place.scope):
            for record in place.records():
                line = _due_line(place, record, now)
                if line.due or line.held or line.shortened:
                    found.append(line)
    return found


def _due_line(place: Place, record: Record, now: datetime) -> Due:
    past, all_due, held = _due_rows(record, now), 0, 0
    if past is not None:
        all_due = past.count()
        held = all_due - rows.without_held(record, past, now).count()
    shortened = sum(step.rows(now - step.after).count() for step in record.lessenings)
    return Due(
        tenant=place.tenant.slug if place.tenant else "",
        model=record.model._meta.label_lower,
        retention=str(record.retention),
        due=all_due - held,
        held=held,
        shortened=shortened,
    )


def _due_rows(record: Record, now: datetime) -> QuerySet | None:
    past = rows.due(record, now)
    if past is not None and walls.is_append_only(record.model):
        past = past.using(history.KEEPER)  # the application itself may only add
    return past


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
        if cursor.fetchone() != (True,):
            raise AlreadyRunning
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [LOCK])


def run(now: datetime | None = None) -> Run:
    """Delete what is due. Raises AlreadyRunning."""
    now = now or timezone.now()
    with _alone():
        erasing.finish_begun()
        # Runs that were killed: what they did is counted; this one does the rest.
        Run.objects.filter(kind=Run.Kind.RETENTION, ended_at=None).update(ended_at=timezone.now())
        this = Run.objects.create(kind=Run.Kind.RETENTION)
        for prepare in before_deleting:
            prepare(now)
        for place in rows.places():
            with scope.entered(place.scope):
                for record in place.records():
                    _shorten(this, place, record, now)
                    _delete_due(this, place, record, now)
                    _forget(this, place, record, now)
        Hold.objects.filter(ended_at=None, until__lte=now).update(ended_at=now)
        ledger.drop_old(now)
        Run.objects.filter(pk=this.pk).update(ended_at=timezone.now())
    this.refresh_from_db()
    return this


def _shorten(this: Run, place: Place, record: Record, now: datetime) -> None:
    for step in record.lessenings:
        with history.marked(), transaction.atomic():
            erasing.count(this, place, record, shortened=step.rows(now - step.after).update(**step.values()))


def _delete_due(this: Run, place: Place, record: Record, now: datetime) -> None:
    past = _due_rows(record, now)
    if past is None:
        return
    kept: set = set()  # rows that others still need
    free = rows.without_held(record, past, now)
    held = past.count() - free.count()
    while pks := list(free.exclude(pk__in=kept).values_list("pk", flat=True)[:STEP]):
        kept |= _delete_step(this, place, record, past.filter(pk__in=pks), pks)
        if record.emptied_when_due and (again := set(free.filter(pk__in=pks).values_list("pk", flat=True))):
            kept |= again  # emptied, yet still found: never twice in one run
    erasing.count(this, place, record, held=held + len(kept))


def _delete_step(this: Run, place: Place, record: Record, step: QuerySet, pks: list) -> set:
    """One transaction; returns the rows that could not go because others point to them."""
    if step.db == history.KEEPER:
        deleted, _kinds = step.delete()
        erasing.count(this, place, record, deleted=deleted)
        return set()
    try:
        with history.marked(), transaction.atomic():
            go = erasing.empty if record.emptied_when_due else erasing.delete
            deleted, emptied = go(record, step)
            erasing.count(this, place, record, deleted=deleted, emptied=emptied)
        return set()
    except (ProtectedError, RestrictedError) as refusal:
        needed = {row.pk for row in _pointed_at(refusal, record)}
        if not needed:
            return set(pks)
        rest = [pk for pk in pks if pk not in needed]
        return needed | (_delete_step(this, place, record, step.filter(pk__in=rest), rest) if rest else set())


def _pointed_at(refusal: Exception, record: Record) -> Iterator:
    """Of the rows to be deleted, those that a protecting row names."""
    protecting = getattr(refusal, "protected_objects", ()) or getattr(refusal, "restricted_objects", ())
    for row in protecting:
        for field in row._meta.concrete_fields:
            if field.is_relation and field.related_model is record.model and getattr(row, field.attname):
                yield record.model(pk=getattr(row, field.attname))


def _forget(this: Run, place: Place, record: Record, now: datetime) -> None:
    if history.events_of(record.model) is None:
        return
    done = history.forget_marked(record)
    period = PERIODS[Retention.JOURNAL]
    done += history.prune(record, period.cutoff(now, rows.span_of(Retention.JOURNAL)))
    erasing.count(this, place, record, history=done)
