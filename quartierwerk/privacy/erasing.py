"""Erasing a person: one action over all modules, with a protocol, that may be killed and goes on where it was.

Order: the run and the ledger first, so that nothing erased can be unknown after a restore; then what a mail address
leads to, the rows, municipality by municipality, and their history. Whatever was begun and not ended the daily job finishes (`finish_begun`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from quartierwerk.tenants import scope

from . import history, ledger, rows
from .models import Hold, Run, RunLine
from .registry import Record
from .retention import PERIODS
from .rows import Place, Subject


@dataclass(frozen=True)
class Locked:
    """A row that must stay for now."""

    record: Record
    pk: str
    until: datetime | None
    reason: str


@dataclass
class Outcome:
    run: Run
    deleted: dict[str, int] = field(default_factory=dict)  # model label → rows
    emptied: dict[str, int] = field(default_factory=dict)
    locked: list[Locked] = field(default_factory=list)


class Nobody(ValueError):
    """Nothing says whom to erase."""


def locked_rows(record: Record, found: QuerySet, now: datetime) -> list[Locked]:
    """Rows that a law or a hold keeps, with the day on which that ends where it is known."""
    free = rows.without_held(record, found, now)
    held = found.exclude(pk__in=free.values("pk"))
    keep = [Locked(record, str(row.pk), *_hold_of(row, now)) for row in held]
    period = PERIODS.get(record.retention)
    if period is None or not period.binding:
        return keep
    past = rows.due(record, now)
    binding = free if past is None else free.exclude(pk__in=past.values("pk"))
    span = rows.span_of(record.retention)
    for row in binding:
        began = _value(row, record.starts) if record.starts else None
        until = period.ends(began, span) if began else None
        keep.append(Locked(record, str(row.pk), until, str(record.retention)))
    return keep


def _hold_of(row: models.Model, now: datetime) -> tuple[datetime | None, str]:
    label = row._meta.label_lower
    hold = Hold.objects.standing(now).filter(object_kind=label, object_id=str(row.pk)).first()
    return (hold.until, hold.kind) if hold else (None, Hold.Kind.RESTRICTION)


def _value(row: models.Model, path: str):
    value: object = row
    for part in path.split("__"):
        value = getattr(value, part, None)
    return value


def preview(subject: Subject, *, now: datetime | None = None) -> list[Locked]:
    """What an erasure would have to leave, told before it is asked for."""
    now = now or timezone.now()
    found: list[Locked] = []
    for place in rows.places():
        with scope.entered(place.scope):
            for record in place.records():
                if rows.concerns_people(record) and not record.stays:
                    found += locked_rows(record, rows.of(record, subject), now)
    return found


def erase(
    subject: Subject,
    *,
    kind: str = Run.Kind.ERASURE,
    now: datetime | None = None,
    leaving: Callable[[], object] = lambda: None,
) -> Outcome:
    """Erase a person now. Outside a transaction: each step is kept as soon as it is done. Raises Nobody.

    leaving   what happens together with the beginning, or not at all; may refuse by raising
    """
    if subject.is_nobody:
        raise Nobody
    now = now or timezone.now()
    names: set[str] = set(subject.rows)
    if subject.mails:
        with scope.entered(rows.everywhere()):
            names |= rows.named_by_mail(subject)
    with transaction.atomic():
        leaving()
        run = Run.objects.create(kind=kind, account_id=subject.account_id, rows=sorted(names))
        # Last before the commit: refused, nobody may be in the ledger; committed, nobody may be missing in it.
        if kind == Run.Kind.ERASURE:
            ledger.add(_line(run, now))
    _forget_mails(subject, now)
    return finish(run, now=now)


def _line(run: Run, now: datetime) -> ledger.Line:
    return ledger.Line(run.pk, now, run.account_id, frozenset(run.rows))


def _forget_mails(subject: Subject, now: datetime) -> None:
    """A mail address is found in the history only as long as we know it, hence before the rows and the account go."""
    if not subject.mails:
        return
    only_mails = Subject(mails=subject.mails)
    for place in rows.places():
        with scope.entered(place.scope):
            for record in place.records():
                if record.mail:
                    kept = locked_rows(record, rows.of_mails(record, subject.mails), now)
                    history.forget_person(record, only_mails, but=[one.pk for one in kept])


def finish(run: Run, *, now: datetime | None = None) -> Outcome:
    """Do what is left of a begun erasure."""
    now = now or timezone.now()
    subject = Subject(account_id=run.account_id, rows=frozenset(run.rows))
    outcome = Outcome(run)
    for place in rows.places():
        with scope.entered(place.scope):
            _erase_rows(place, subject, outcome, now)
            _forget(place, subject, outcome)
    Run.objects.filter(pk=run.pk).update(ended_at=timezone.now())
    return outcome


def _erase_rows(place: Place, subject: Subject, outcome: Outcome, now: datetime) -> None:
    with history.marked(), transaction.atomic():
        for record in place.records():
            if not rows.concerns_people(record) or record.stays:
                continue
            found = rows.of(record, subject)
            kept = locked_rows(record, found, now)
            _lock(kept, place)
            outcome.locked += kept
            free = found.exclude(pk__in=[one.pk for one in kept])
            deleted, emptied = (
                empty(record, free, subject.account_id) if record.erase else delete(record, free)
            )
            label = record.model._meta.label_lower
            outcome.deleted[label] = outcome.deleted.get(label, 0) + deleted
            outcome.emptied[label] = outcome.emptied.get(label, 0) + emptied
            count(outcome.run, place, record, deleted=deleted, emptied=emptied, held=len(kept))


def _forget(place: Place, subject: Subject, outcome: Outcome) -> None:
    for record in place.records():
        if rows.concerns_people(record):
            kept = [one.pk for one in outcome.locked if one.record is record]
            done = history.forget_person(record, subject, but=kept) + history.forget_marked(record)
            count(outcome.run, place, record, history=done)


def empty(record: Record, found: QuerySet, account_id: UUID | None = None) -> tuple[int, int]:
    """(deleted, emptied); with an account only what concerns that person."""
    emptied = 0
    for row in found.select_for_update():
        if record.erase_of and account_id:
            record.erase_of(row, account_id)
        elif record.erase:
            record.erase(row)
        emptied += 1
    return 0, emptied


def delete(record: Record, found: QuerySet) -> tuple[int, int]:
    """(deleted, emptied)"""
    _all, by_model = found.delete()
    return by_model.get(record.model._meta.label, 0), 0


def _lock(kept: Iterable[Locked], place: Place) -> None:
    """What a law keeps is locked: noted with its end, so that pages can leave it out and the officer sees it."""
    for one in kept:
        if one.reason == str(one.record.retention):
            Hold.objects.get_or_create(
                tenant=place.tenant,
                kind=Hold.Kind.RETENTION,
                object_kind=one.record.model._meta.label_lower,
                object_id=one.pk,
                ended_at=None,
                defaults={"reason": one.reason, "until": one.until},
            )


def count(run: Run, place: Place, record: Record, **numbers: int) -> None:
    """Add to the protocol's line of this table; nothing for nothing."""
    numbers = {name: number for name, number in numbers.items() if number}
    if not numbers:
        return
    line, _created = RunLine.objects.get_or_create(
        run=run,
        tenant=place.tenant,
        model=record.model._meta.label_lower,
        defaults={"retention": str(record.retention)},
    )
    RunLine.objects.filter(pk=line.pk).update(**{name: F(name) + number for name, number in numbers.items()})


def finish_begun() -> int:
    """Erasures that a crash interrupted; returns how many were finished."""
    begun = Run.objects.exclude(kind=Run.Kind.RETENTION).filter(ended_at=None).order_by("began_at")
    known = {line.run for line in ledger.lines()}
    now = timezone.now()
    for run in begun:
        if run.kind == Run.Kind.ERASURE and run.pk not in known:
            ledger.add(_line(run, now))
        # The account goes last: as long as it is there, its address may still lead to history.
        accounts = get_user_model().objects.filter(pk=run.account_id)
        _forget_mails(Subject(mails=frozenset(accounts.values_list("email", flat=True))), now)
        finish(run)
    return len(begun)


def repeat_after_restore(*, after: frozenset[UUID] = frozenset()) -> frozenset[UUID]:
    """Do the erasures of the ledger again: a restored backup has brought them back. Before anyone may sign in.

    after     those that were repeated already
    returns   those done now, by their runs
    """
    done = set()
    for line in ledger.lines():
        if line.run not in after:
            erase(line.subject, kind=Run.Kind.RESTORE)
            done.add(line.run)
    return frozenset(done)
