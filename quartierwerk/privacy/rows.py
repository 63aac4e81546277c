"""From the registry to rows: whose they are, which are due, which are held."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import JSONField, Model, Q, QuerySet

from quartierwerk.tenants import scope, walls
from quartierwerk.tenants.models import Tenant

from .models import Hold, PeriodChange
from .registry import Record, Retention, all_records
from .retention import PERIODS, Period, Span


@dataclass(frozen=True)
class Subject:
    """Whom it is about: an account, or mail addresses of somebody without one; or rows named one by one."""

    account_id: UUID | None = None
    mails: frozenset[str] = frozenset()
    rows: frozenset[str] = field(default_factory=frozenset)  # "directory.contact <pk>"

    @property
    def is_nobody(self) -> bool:
        return not (self.account_id or self.mails or self.rows)


def name_of(row: Model) -> str:
    return f"{row._meta.label_lower} {row.pk}"


def ids_of(record: Record, names: Iterable[str]) -> list[str]:
    label = f"{record.model._meta.label_lower} "
    return [name.removeprefix(label) for name in names if name.startswith(label)]


def is_walled(record: Record) -> bool:
    return walls.is_municipal(record.model)


def concerns_people(record: Record) -> bool:
    return bool(record.person or record.mail)


def of_account(record: Record, account_id: UUID) -> QuerySet:
    rows = record.model._default_manager.all()
    if callable(record.person):
        return record.person(account_id)
    return rows.filter(**{record.person: account_id}) if record.person else rows.none()


def of_mails(record: Record, mails: Iterable[str]) -> QuerySet:
    rows = record.model._default_manager.all()
    wanted = Q(pk__in=[])
    if record.mail:
        for mail in mails:
            wanted |= has_mail(record, mail)
    return rows.filter(wanted)


def has_mail(record: Record, mail: str) -> Q:
    """The address is the field, or stands somewhere in a field of many values."""
    kinds = {field.name: type(field) for field in record.model._meta.concrete_fields}
    if kinds.get(str(record.mail)) is JSONField:
        # As a whole: anna@… is not in joanna@…
        return Q(**{f"{record.mail}__iregex": rf"(?<![\w.+-]){re.escape(mail)}(?!\.?[\w-])"})
    return Q(**{f"{record.mail}__iexact": mail})


def of(record: Record, subject: Subject) -> QuerySet:
    """Rows about somebody, in the tenants that the active scope reads."""
    pks: set = set(ids_of(record, subject.rows))
    if subject.mails:
        pks |= set(of_mails(record, subject.mails).values_list("pk", flat=True))
    rows = record.model._default_manager.all()
    if subject.account_id is None:
        return rows.filter(pk__in=pks)
    own = of_account(record, subject.account_id)
    if not pks:
        return own
    return rows.filter(Q(pk__in=own.values("pk")) | Q(pk__in=pks))


def named_by_mail(subject: Subject) -> frozenset[str]:
    """Names of the rows that only a mail address leads to: noted before erasing, since the address goes with them."""
    return frozenset(
        f"{record.model._meta.label_lower} {pk}"
        for record in all_records()
        if record.mail
        for pk in of_mails(record, subject.mails).values_list("pk", flat=True)
    )


@dataclass(frozen=True)
class Place:
    """Where a pass works: one municipality, or the tables that belong to none."""

    tenant: Tenant | None

    @property
    def scope(self) -> scope.Scope:
        return scope.staff(self.tenant) if self.tenant else scope.NOBODY

    def records(self) -> Iterator[Record]:
        """Those declared last first: they stand on those before."""
        for record in reversed(list(all_records())):
            if is_walled(record) == (self.tenant is not None):
                yield record


def everywhere() -> scope.Scope:
    """All municipalities at once, for reading only: one's own data lies wherever it lies."""
    ids = tuple(Tenant.objects.values_list("pk", flat=True))
    return scope.Scope(reads=ids, readable=ids)


def places() -> list[Place]:
    return [*(Place(tenant) for tenant in Tenant.objects.order_by("pk")), Place(None)]


def span_of(retention: Retention) -> Span:
    """The period that counts in the active municipality: the newest change within its range, else the default."""
    period = PERIODS[retention]
    active = scope.active()
    if active is None or not active.writes:
        return period.default
    changes = PeriodChange.objects.filter(retention=retention).order_by("-changed_at")
    return _newest(period, changes)


def _newest(period: Period, changes: Iterable[PeriodChange]) -> Span:
    return next((one.span for one in changes if one.counts and period.allows(one.span)), period.default)


def spans() -> dict[Retention, Span]:
    """All periods that count in the active municipality, in one query."""
    changes = list(PeriodChange.objects.order_by("-changed_at"))
    return {
        retention: _newest(period, [one for one in changes if one.retention == retention])
        for retention, period in PERIODS.items()
    }


def due(record: Record, now: datetime) -> QuerySet | None:
    if record.retention not in PERIODS:
        return None
    return record.due_before(PERIODS[record.retention].cutoff(now, span_of(record.retention)))


def without_held(record: Record, rows: QuerySet, now: datetime) -> QuerySet:
    """Leaves out what a hold keeps, by the record itself or by its person."""
    standing = Hold.objects.standing(now)
    label = record.model._meta.label_lower
    pks = list(standing.filter(object_kind=label).exclude(object_id="").values_list("object_id", flat=True))
    if pks:
        rows = rows.exclude(pk__in=pks)
    accounts = list(standing.exclude(account_id=None).values_list("account_id", flat=True))
    if accounts and record.person:
        if callable(record.person):
            for account_id in accounts:
                rows = rows.exclude(pk__in=record.person(account_id).values("pk"))
        else:
            # A row without person is not the held person's: `exclude` on a nullable path would drop it too.
            held = record.model._default_manager.filter(**{f"{record.person}__in": accounts})
            rows = rows.exclude(pk__in=held.values("pk"))
    return rows
