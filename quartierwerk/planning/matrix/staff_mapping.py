"""Our fields and the Region's list, or those of another concept."""

from collections import defaultdict
from collections.abc import Hashable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quartierwerk import journal, rights
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses

from .. import catalogue
from ..models import Concept, FieldMapping, FieldOfAction, GoalInField, MeasureInField, NeedInField
from . import mapping
from .staff import concept_of


def _inside(through: Any, name: str, fields: list[FieldOfAction]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for field, record in through.objects.filter(field__in=fields).values_list("field", name):
        found[field].add(record)
    return found


def targets_of(fields: list[FieldOfAction], to: Concept | None) -> dict[UUID, frozenset[Hashable]]:
    """What each of our fields stands for. to: another concept, else the common list."""
    targets: dict[UUID, set[Hashable]] = defaultdict(set)
    for row in FieldMapping.objects.filter(field__in=fields):
        targets[row.field_id].add(row.other_id if to else row.catalogue_code)
    if to is None:
        for field in fields:
            targets[field.pk].add(field.catalogue_code)
    return {field.pk: frozenset(targets[field.pk] - {"", None}) for field in fields}


def theirs_of(to: Concept | None) -> dict[Hashable, str]:
    """Fields of another concept, or of the Region's list, by key in their order."""
    if to is None:
        return {one.code: str(one.label) for one in catalogue.of_list(catalogue.REGION)}
    return {field.pk: field.name for field in fields_of(to)}


def _ours(fields: list[FieldOfAction], to: Concept | None) -> list[mapping.Ours]:
    targets = targets_of(fields, to)
    measures = _inside(MeasureInField, "measure", fields)
    open_needs = _inside(NeedInField, "need", fields)
    goals = _inside(GoalInField, "goal", fields)
    return [
        mapping.Ours(
            field.pk, field.name, targets[field.pk], frozenset(measures[field.pk]),
            frozenset(open_needs[field.pk]), frozenset(goals[field.pk]), field.is_detailed,
        )
        for field in fields
    ]  # fmt: skip


def fields_of(concept: Concept) -> list[FieldOfAction]:
    return list(FieldOfAction.objects.current().filter(concept=concept).order_by("position", "sort_key"))


def other_list(request, concept: Concept) -> tuple[list[Concept], Concept | None]:
    """All other concepts, and the one that `?to=` names instead of the Region's list."""
    rows = rights.visible(request.person, "planning.read", Concept.objects.exclude(pk=concept.pk))
    others = list(rows.order_by("position", "slug"))
    return others, next((one for one in others if one.slug == request.GET.get("to")), None)


@needs("planning.read")
def field_mapping(request):
    """What of theirs each of our fields stands for; `?to=` names another concept instead of the Region."""
    concept: Any = concept_of(request)
    others, to = other_list(request, concept)
    fields = fields_of(concept)
    if request.method == "POST":
        rights.require(request.person, "planning.write", concept)
        if to is not None:
            _save(request, fields, fields_of(to))
            messages.success(request, _("The mapping was saved."))
        url = addresses.staff("planning_staff:field_mapping", request)
        return redirect(f"{url}?concept={concept.slug}&to={to.slug if to else ''}")
    theirs = theirs_of(to)
    ours = _ours(fields, to)
    values = {
        "concept": concept,
        "to": to,
        "others": others,
        "shown": mapping.compared(ours, theirs),
        "choices": [(one, [(key, name, key in one.targets) for key, name in theirs.items()]) for one in ours],
        "may_write": may(request.person, "planning.write", concept),
        "crumbs": [
            (_("Fields of action"), addresses.staff("planning_staff:fields", request)),
            (_("Compared with other lists"), ""),
        ],
    }
    return render(request, "planning/staff/mapping.html", values)


@transaction.atomic
def _save(request, fields: list[FieldOfAction], theirs: list[FieldOfAction]) -> None:
    """`map-<ours>`: those of theirs that were ticked; what is no field of theirs says nothing."""
    known = {str(one.pk): one for one in theirs}
    for field in fields:
        wanted = {known[pk].pk for pk in request.POST.getlist(f"map-{field.pk}") if pk in known}
        there = FieldMapping.objects.filter(field=field, other__in=theirs)
        held = set(there.values_list("other", flat=True))
        if wanted != held:
            there.exclude(other__in=wanted).delete()
            for pk in wanted - held:
                FieldMapping.objects.create(field=field, other_id=pk)
            journal.record("field of action mapped", field, by=request.person)
