"""Finding what shall be held, by kind and name: the officer reads no list of people, and types no record numbers."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, UUIDField

from quartierwerk.people.models import Account
from quartierwerk.privacy import rows
from quartierwerk.privacy.registry import Record, all_records
from quartierwerk.tenants.models import Tenant

NAMES = ("name", "title", "email", "mail", "function", "deputy_name")
MOST = 20
SHORTEST = 3  # letters; less would be a list of everybody
PEOPLE = Account._meta.label_lower


@dataclass(frozen=True)
class Match:
    pk: UUID
    label: str


def kinds() -> list[tuple[str, str]]:
    people = (PEOPLE, str(Account._meta.verbose_name_plural))
    return [
        people,
        *(
            (record.model._meta.label_lower, str(record.model._meta.verbose_name_plural))
            for record in _records()
        ),
    ]


def find(kind: str, words: str, tenant: Tenant) -> list[Match]:
    """Records of the active municipality whose name holds the words."""
    if kind == PEOPLE:
        people = Account.objects.filter(memberships__tenant=tenant).distinct()
        found = people.filter(Q(name__icontains=words) | Q(email__icontains=words)).order_by("name")
        return [Match(one.pk, f"{one.name} · {one.email}") for one in found[:MOST]]
    record = next(one for one in _records() if one.model._meta.label_lower == kind)
    names = _names(record)
    condition = Q()
    for name in names:
        condition |= Q(**{f"{name}__icontains": words})
    matching = record.model._default_manager.filter(condition).order_by(names[0], "pk")[:MOST]
    return [
        Match(row.pk, " · ".join(filter(None, (str(getattr(row, name)) for name in names))))
        for row in matching
    ]


def _records() -> list[Record]:
    return [
        record
        for record in all_records()
        if rows.is_walled(record)
        and isinstance(record.model._meta.pk, UUIDField)
        and record.personal_fields()
        and _names(record)
    ]


def _names(record: Record) -> list[str]:
    have = {field.name for field in record.model._meta.concrete_fields}
    return [name for name in NAMES if name in have]
