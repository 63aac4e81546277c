"""What becomes of a field of action. What it held moves along, and the way is kept (`FieldChange`)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from quartierwerk import journal
from quartierwerk.rights import Person, require

from ..models import (
    Concept,
    FieldChange,
    FieldOfAction,
    GoalInField,
    MeasureInField,
    NeedInField,
    ResourceInField,
)
from ..models.parts import key_of

# What stands in fields, and by which column.
THROUGHS: tuple[tuple[Any, str], ...] = (
    (ResourceInField, "resource"),
    (NeedInField, "need"),
    (MeasureInField, "measure"),
    (GoalInField, "goal"),
)
Kind = FieldChange.Kind


class Refusal(Exception):
    """Nothing happened; the sentence says why."""


@transaction.atomic
def add(concept: Concept, name: str, *, by: Person, code: str = "") -> FieldOfAction:
    """A new field at the end. Raises Refusal."""
    require(by, "planning.write", concept)
    check_name(concept, name)
    check_code(concept, code)
    made = _made(concept, name, code=code)
    _note(Kind.ADDED, concept, None, made, by)
    return made


@transaction.atomic
def rename(field: FieldOfAction, name: str, *, by: Person) -> None:
    """Another name for the same; older files and editions are still understood. Raises Refusal."""
    require(by, "planning.write", field.concept)
    _check_current(field)
    name = " ".join(name.split())
    if name == field.name:
        return
    check_name(field.concept, name, besides=field)
    before, field.name = field.name, name
    field.save(update_fields=["name"])
    note_renamed(field, before, by=by)


def note_renamed(field: FieldOfAction, before: str, *, by: Person) -> None:
    """After a form saved another name."""
    _note(Kind.RENAMED, field.concept, field, field, by, before=before)


@transaction.atomic
def merge(fields: Iterable[FieldOfAction], into: FieldOfAction, *, on: date, by: Person) -> None:
    """What the fields hold belongs to `into` from now on; they end. Raises Refusal."""
    require(by, "planning.write", into.concept)
    _check_current(into)
    for field in fields:
        if field == into:
            raise Refusal(_("A field cannot be merged into itself."))
        if field.concept_id != into.concept_id:
            raise Refusal(_("Both fields must belong to the same concept."))
        _check_current(field)
        for through, side in THROUGHS:
            there = set(through.objects.filter(field=into).values_list(side, flat=True))
            place = len(there)
            for row in through.objects.filter(field=field):
                if getattr(row, f"{side}_id") in there:
                    row.delete()
                    continue
                row.field, row.position, place = into, place, place + 1
                row.save(update_fields=["field", "position"])
        _end(field, on)
        _note(Kind.MERGED, into.concept, field, into, by, before=field.name)
    if not into.is_detailed and any(
        through.objects.filter(field=into).exists() for through, _side in THROUGHS
    ):
        into.is_detailed = True
        into.save(update_fields=["is_detailed"])


@transaction.atomic
def split(field: FieldOfAction, name: str, moved: Iterable[Any], *, by: Person) -> FieldOfAction:
    """A new field with some of what this one holds (rows of `…InField`), which leave it. Raises Refusal."""
    require(by, "planning.write", field.concept)
    _check_current(field)
    check_name(field.concept, name)
    made = _made(field.concept, name)
    for row in moved:
        if row.field_id != field.pk:
            raise Refusal(_("This entry belongs to another field."))
        row.field = made
        row.save(update_fields=["field"])
    _note(Kind.SPLIT, field.concept, field, made, by, before=field.name)
    return made


@transaction.atomic
def end(field: FieldOfAction, *, on: date, by: Person) -> None:
    """The field leaves the matrix. Raises Refusal while it still holds something: that would vanish from view."""
    require(by, "planning.write", field.concept)
    _check_current(field)
    if any(through.objects.filter(field=field).exists() for through, _side in THROUGHS):
        raise Refusal(_("This field still holds entries. Merge it into another one instead."))
    _end(field, on)
    _note(Kind.ENDED, field.concept, field, None, by, before=field.name)


def _end(field: FieldOfAction, on: date) -> None:
    field.ended_on = on
    field.save(update_fields=["ended_on"])


def _made(concept: Concept, name: str, code: str = "") -> FieldOfAction:
    last = FieldOfAction.objects.filter(concept=concept).order_by("-position").first()
    return FieldOfAction.objects.create(
        concept=concept,
        name=" ".join(name.split()),
        catalogue_code=code,
        position=last.position + 1 if last else 0,
    )


def check_name(concept: Concept, name: str, besides: FieldOfAction | None = None) -> None:
    """Raises Refusal for an empty name and one that another field of the concept has."""
    if not name.strip():
        raise Refusal(_("Please give the field a name."))
    there = FieldOfAction.objects.current().filter(concept=concept, key=key_of(name))
    if there.exclude(pk=besides.pk if besides else None).exists():
        raise Refusal(_("The concept has a field of this name already."))


def check_code(concept: Concept, code: str, besides: FieldOfAction | None = None) -> None:
    """Raises Refusal where another field of the concept has this code."""
    there = FieldOfAction.objects.current().filter(concept=concept, catalogue_code=code)
    if code and there.exclude(pk=besides.pk if besides else None).exists():
        raise Refusal(_("Another field stands for this one of the common list already."))


def _check_current(field: FieldOfAction) -> None:
    if field.ended_on is not None:
        raise Refusal(_("This field has ended already."))


def _note(
    kind: FieldChange.Kind,
    concept: Concept,
    earlier: FieldOfAction | None,
    later: FieldOfAction | None,
    by: Person,
    before: str = "",
) -> None:
    made = FieldChange.objects.create(
        concept=concept, kind=kind, earlier=earlier, later=later, name_before=before
    )
    journal.record("field of action changed", made, by=by, fields=["kind"])
