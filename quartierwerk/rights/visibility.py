"""A row's own visibility, on top of what the rights table allows (R1.01).

private   who made it, and coordinators
space     staff of the row's quarter, and coordinators
tenant    everybody who works for the municipality
shared, public   the same, and others: other municipalities, visitors

A row may say where its quarter stands (`space_path`); without one, `space` shows it to coordinators only.
"""

from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from quartierwerk.tenants.visibility import Visibility

from .conditions import AnyOf, Condition, Either, Rule
from .grants import Grant, Person
from .roles import STAFF, Role

OVERSEEING = frozenset({Role.COORDINATOR})
WORKING_HERE = STAFF | {Role.ADMINISTRATOR}
OPEN_TO_STAFF = AnyOf((Visibility.TENANT, Visibility.SHARED, Visibility.PUBLIC))


def _has(model: type[Model], name: str) -> bool:
    try:
        return bool(model._meta.get_field(name).concrete)
    except FieldDoesNotExist:
        return False


@cache
def space_path(model: type[Model]) -> str:
    """Path from a row to the id of its quarter; "" where it has none."""
    if path := getattr(model, "space_path", ""):
        return path
    if _has(model, "space"):
        return "space_id"
    parent = getattr(model, "wall_parent", lambda: None)()
    above: Any = model._meta.get_field(parent).related_model if parent else None
    inherited = space_path(above) if above else ""
    return f"{parent}__{inherited}" if inherited else ""


def rule_for(model: type[Model]) -> Rule | None:
    """What a row's visibility demands of a grant; None where rows have none."""
    return _rule(model) if _has(model, "visibility") else None


@cache
def _rule(model: type[Model]) -> Rule:
    path = space_path(model)

    def to_its_audience(grant: Grant, person: Person) -> dict[str, Any] | None:
        if grant.role in OVERSEEING:
            return {}
        return {"visibility": OPEN_TO_STAFF if grant.role in WORKING_HERE else Visibility.PUBLIC}

    def to_its_quarter(grant: Grant, person: Person) -> dict[str, Any] | None:
        if not grant.space_id or not path:
            return None
        return {"visibility": Visibility.SPACE, path: grant.space_id}

    def to_its_author(grant: Grant, person: Person) -> dict[str, Any] | None:
        if not person.account_id or not _has(model, "created_by"):
            return None
        return {model._meta.get_field("created_by").attname: person.account_id}  # type: ignore[union-attr]

    return Either(
        Condition("shown to the audience", to_its_audience),
        Condition("shown to the quarter", to_its_quarter),
        Condition("shown to the author", to_its_author),
    )
