"""Conditions of the rights table: filters by field name, so that lists and single objects cannot disagree.

A condition turns a grant into a `Q`; an object fulfils it when the same paths hold on it. Field packages name
their fields alike (`tenant`, `space`, `organisation`, `created_by`), or say where theirs are (`through`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q

from .grants import Grant, Person


@dataclass(frozen=True)
class Condition:
    """name: for the documentation; pairs(grant, person) → {field path: value} that must all be equal."""

    name: str
    pairs: Callable[[Grant, Person], dict[str, Any] | None]

    def q(self, grant: Grant, person: Person) -> Q | None:
        pairs = self.pairs(grant, person)
        return None if pairs is None else Q(**pairs)

    def holds(self, obj: Model, grant: Grant, person: Person) -> bool:
        pairs = self.pairs(grant, person)
        return pairs is not None and all(_value(obj, path) == value for path, value in pairs.items())


def _value(obj: Any, path: str) -> Any:
    for part in path.split("__"):
        obj = getattr(obj, part, None)
    return obj


anywhere = Condition("anywhere", lambda grant, person: {"tenant_id": grant.tenant_id})


def _own_space(grant: Grant, person: Person):
    return {"tenant_id": grant.tenant_id, "space_id": grant.space_id} if grant.space_id else None


of_own_space = Condition("of_own_space", _own_space)


def organisation_at(path: str) -> Condition:
    """Rows of the organisation that the grant names; `path` is where the row keeps its id."""

    def pairs(grant: Grant, person: Person):
        return {"tenant_id": grant.tenant_id, path: grant.organisation_id} if grant.organisation_id else None

    return Condition(f"of_own_organisation({path})", pairs)


of_own_organisation = organisation_at("organisation_id")


def _own(grant: Grant, person: Person):
    return {"tenant_id": grant.tenant_id, "account_id": person.account_id} if person.account_id else None


of_oneself = Condition("of_oneself", _own)
