"""Conditions of the rights table: filters by field name, so that lists and single objects cannot disagree.

A condition turns a grant into a `Q`; an object fulfils it when the same paths hold on it. Field packages name
their fields alike (`tenant`, `space`, `organisation`, `created_by`), or say where theirs are (`through`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model, Q

from .grants import Grant, Person


class Rule(Protocol):
    """What the rights table holds for a role: one condition, or several of which one must hold."""

    @property
    def heeds_visibility(self) -> bool: ...
    def q(self, grant: Grant, person: Person) -> Q | None: ...
    def holds(self, obj: Model, grant: Grant, person: Person) -> bool: ...


@dataclass(frozen=True)
class AnyOf:
    """Stands for a value where several are right."""

    values: tuple[Any, ...]


@dataclass(frozen=True)
class Condition:
    """name: for the documentation; pairs(grant, person) → {field path: value} that must all be equal, None for never.

    heeds_visibility  false where the row is one's own: then it is seen whatever its visibility (`visibility.py`)
    """

    name: str
    pairs: Callable[[Grant, Person], dict[str, Any] | None]
    heeds_visibility: bool = True

    def q(self, grant: Grant, person: Person) -> Q | None:
        pairs = self.pairs(grant, person)
        if pairs is None:
            return None
        return Q(
            **{
                f"{path}__in" if isinstance(value, AnyOf) else path: value.values
                if isinstance(value, AnyOf)
                else value
                for path, value in pairs.items()
            }
        )

    def holds(self, obj: Model, grant: Grant, person: Person) -> bool:
        pairs = self.pairs(grant, person)
        return pairs is not None and all(_fits(_value(obj, path), value) for path, value in pairs.items())


class Either:
    """One of several conditions must hold."""

    def __init__(self, *conditions: Condition):
        self.conditions = conditions
        self.name = " or ".join(condition.name for condition in conditions)

    @property
    def heeds_visibility(self) -> bool:
        return all(condition.heeds_visibility for condition in self.conditions)

    def q(self, grant: Grant, person: Person) -> Q | None:
        found = [q for condition in self.conditions if (q := condition.q(grant, person)) is not None]
        if not found:
            return None
        either = found[0]
        for q in found[1:]:
            # An empty Q is "all rows"; Django's `|` would drop it.
            either = Q() if not either or not q else either | q
        return either

    def holds(self, obj: Model, grant: Grant, person: Person) -> bool:
        return any(condition.holds(obj, grant, person) for condition in self.conditions)


def _fits(found: Any, wanted: Any) -> bool:
    return found in wanted.values if isinstance(wanted, AnyOf) else found == wanted


def _value(obj: Any, path: str) -> Any:
    for part in path.split("__"):
        obj = getattr(obj, part, None)
    return obj


anywhere = Condition("anywhere", lambda grant, person: {"tenant_id": grant.tenant_id})


def space_at(path: str) -> Condition:
    """Rows of the quarter that the grant names; `path` is where the row keeps its id."""

    def pairs(grant: Grant, person: Person):
        return {"tenant_id": grant.tenant_id, path: grant.space_id} if grant.space_id else None

    return Condition(f"of_own_space({path})", pairs)


of_own_space = space_at("space_id")


def organisation_at(path: str) -> Condition:
    """Rows of the organisation that the grant names; `path` is where the row keeps its id."""

    def pairs(grant: Grant, person: Person):
        return {"tenant_id": grant.tenant_id, path: grant.organisation_id} if grant.organisation_id else None

    return Condition(f"of_own_organisation({path})", pairs, heeds_visibility=False)


of_own_organisation = organisation_at("organisation_id")


def team_at(path: str) -> Condition:
    """Rows of the team that the grant names; `path` is where the row keeps its id."""

    def pairs(grant: Grant, person: Person):
        return {"tenant_id": grant.tenant_id, path: grant.team_id} if grant.team_id else None

    return Condition(f"of_own_team({path})", pairs, heeds_visibility=False)


# Measures that the team leads.
of_own_team = team_at("lead_team_id")


def group_at(path: str) -> Condition:
    """Rows of a group in which the person sits, with a vote or without; `path` is where the row keeps the group's id."""

    def pairs(grant: Grant, person: Person):
        return {"tenant_id": grant.tenant_id, path: AnyOf(person.groups)} if person.groups else None

    return Condition(f"of_own_group({path})", pairs, heeds_visibility=False)


def _own(grant: Grant, person: Person):
    return {"tenant_id": grant.tenant_id, "account_id": person.account_id} if person.account_id else None


of_oneself = Condition("of_oneself", _own, heeds_visibility=False)


def _given(grant: Grant, person: Person):
    return (
        {"tenant_id": grant.tenant_id, "owner_account_id": person.account_id} if person.account_id else None
    )


# Tasks with one's own name on them, and those of the team besides.
given_to_oneself = Condition("given_to_oneself", _given, heeds_visibility=False)
of_own_tasks = Either(given_to_oneself, team_at("owner_team_id"))
