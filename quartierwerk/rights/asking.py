"""Asking the table. Actions ask again, since jobs, commands and the API call them without a view."""

from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from . import visibility
from .conditions import of_own_organisation, of_own_space
from .grants import Person
from .table import ALLOWED, NEED_SECOND_FACTOR

M = TypeVar("M", bound=Model)


class Refused(PermissionDenied):
    """The person may not do this here; never says whether the object exists."""

    def __init__(self, action: str):
        super().__init__(action)
        self.action = action


def _conditions(person: Person, action: str):
    roles = ALLOWED[action]  # an unknown action is a mistake in the code, hence KeyError
    for grant in person.grants_here():
        if condition := roles.get(grant.role):
            yield condition, grant


def may(person: Person, action: str, obj: Model | None = None) -> bool:
    """Without an object: whether any row could be allowed; with one: whether this row is."""
    if person.everything:
        return action in ALLOWED and (obj is None or getattr(obj, "tenant_id", None) == person.tenant_id)
    if obj is None:
        return any(True for _ in _conditions(person, action))
    shown = visibility.rule_for(type(obj))
    return any(
        condition.holds(obj, grant, person)
        and (shown is None or not condition.heeds_visibility or shown.holds(obj, grant, person))
        for condition, grant in _conditions(person, action)
    )


def require(person: Person, action: str, obj: Model | None = None) -> None:
    if not may(person, action, obj):
        raise Refused(action)


def allowed(person: Person, action: str, model: type[Model]) -> Q:
    """The rows of a model that the person may do this with, as a condition."""
    if person.everything:
        return Q(tenant_id=person.tenant_id)
    shown = visibility.rule_for(model)
    found = Q(pk__in=[])
    for condition, grant in _conditions(person, action):
        if (q := condition.q(grant, person)) is None:
            continue
        if shown is None or not condition.heeds_visibility:
            found |= q
        elif (seen := shown.q(grant, person)) is not None:
            found |= q & seen
    return found


def visible(person: Person, action: str, rows: QuerySet[M]) -> QuerySet[M]:
    """The rows that the person may do this with; one query, whatever the number of grants."""
    return rows.filter(allowed(person, action, rows.model))


def find_or_404(person: Person, action: str, source: type[M] | QuerySet[M], pk) -> M:
    """The object, found through its right: foreign, hidden and missing ones all answer 404."""
    rows = source if isinstance(source, QuerySet) else source._default_manager.all()
    try:
        return visible(person, action, rows).get(pk=pk)
    except (ObjectDoesNotExist, ValidationError, ValueError):
        raise Http404 from None


def bound_spaces(person: Person, action: str) -> set:
    """The quarters a person is limited to for this action; empty where some role of hers is not limited."""
    spaces = set()
    for condition, grant in _conditions(person, action):
        if condition is not of_own_space:
            return set()
        spaces.add(grant.space_id)
    return spaces


def bound_organisations(person: Person, action: str) -> set:
    """The organisations whose rows alone a person may do this with; empty where some role of hers is not limited."""
    organisations = set()
    for condition, grant in _conditions(person, action):
        if condition is not of_own_organisation:
            return set()
        organisations.add(grant.organisation_id)
    return organisations


def needs_second_factor(person: Person) -> bool:
    """Whether some role of hers, in whatever municipality, reads personal data of others."""
    return any(grant.role in NEED_SECOND_FACTOR for grant in person.grants)
