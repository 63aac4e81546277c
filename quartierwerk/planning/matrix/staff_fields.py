"""Fields of action: their list, one of them, and what becomes of it."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk import journal, rights
from quartierwerk.rights import may, needs
from quartierwerk.tenants.models import Visibility
from quartierwerk.web import addresses, editing

from .. import catalogue
from ..models import Concept, FieldChange, FieldMapping, FieldOfAction, Resource
from . import fields as changing
from .forms import FieldForm, MappingForm, MergeForm, NewFieldForm, ResourceForm, SplitForm
from .staff import concept_of


@needs("planning.read")
def fields(request):
    """The concept's fields, what became of earlier ones, and what of the Region's list none of them stands for."""
    concept = concept_of(request, missing_ok=True)
    if concept is None:
        concept = _begun(request)
    form = NewFieldForm(request.POST if request.method == "POST" else None, concept=concept)
    status = 200
    if request.method == "POST":
        rights.require(request.person, "planning.write")
        status = 422
        if form.is_valid():
            try:
                changing.add(
                    concept, form.cleaned_data["name"], code=form.cleaned_data["code"], by=request.person
                )
            except changing.Refusal as refusal:
                form.add_error("name", str(refusal))
            else:
                messages.success(request, _("The field was added."))
                return redirect(addresses.staff("planning_staff:fields", request))
    rows = list(
        FieldOfAction.objects.current()
        .filter(concept=concept if concept.pk and not concept._state.adding else None)
        .prefetch_related("mappings")
    )
    covered = {row.catalogue_code for row in rows} | {
        mapping.catalogue_code for row in rows for mapping in row.mappings.all()
    }
    changes = (
        FieldChange.objects.filter(concept=concept.pk).select_related("earlier", "later").order_by("-at")
    )
    values = {
        "concept": concept,
        "rows": [(row, _stands_for(row)) for row in rows],
        "uncovered": [one.label for one in catalogue.of_list(catalogue.REGION) if one.code not in covered],
        "unmapped": [row.name for row in rows if not _stands_for(row)],
        "changes": changes[:50],
        "form": form,
        "may_write": may(request.person, "planning.write"),
    }
    return render(request, "planning/staff/fields.html", values, status=status)


def _stands_for(field: FieldOfAction) -> list[str]:
    codes = [field.catalogue_code, *(mapping.catalogue_code for mapping in field.mappings.all())]  # type: ignore[attr-defined]
    return [catalogue.label(code) for code in dict.fromkeys(codes) if code]


def _begun(request) -> Concept:
    """A municipality's first concept: made once somebody adds a field to it."""
    concept = Concept(slug="integration", title=_("Integration concept"), visibility=Visibility.TENANT)
    if request.method == "POST" and may(request.person, "planning.write"):
        concept.save()
        journal.record("concept added", concept, by=request.person)
    return concept


def _field(request, pk, action: str = "planning.write") -> FieldOfAction:
    return rights.find_or_404(
        request.person,
        action,
        FieldOfAction.objects.select_related("concept").prefetch_related("mappings"),
        pk,
    )


@needs("planning.read")
def field(request, pk):
    """One field: its words, its place in the common list, and what can become of it."""
    record = _field(request, pk, "planning.read")
    may_write = may(request.person, "planning.write", record)
    form = (
        FieldForm(request.POST if request.method == "POST" else None, instance=record) if may_write else None
    )
    status, before = 200, record.name
    if request.method == "POST":
        rights.require(request.person, "planning.write", record)
        status = 422
        if form is not None and form.is_valid():
            try:
                with transaction.atomic():
                    saved = editing.save(form, action="planning.write", by=request.person)
                    if saved.name != before:
                        changing.note_renamed(saved, before, by=request.person)
            except editing.EditedMeanwhile:
                status = 409
            else:
                messages.success(request, _("Saved."))
                return redirect(addresses.staff("planning_staff:fields", request))
    return _field_page(request, record, form, status)


def _field_page(request, record, form, status, **bound):
    codes = [mapping.catalogue_code for mapping in record.mappings.all() if mapping.catalogue_code]
    values = {
        "field": record,
        "name": FieldOfAction.objects.values_list("name", flat=True).get(pk=record.pk),
        "form": form,
        "mapping_form": bound.get("mapping_form") or MappingForm(initial={"codes": codes}),
        "merge_form": bound.get("merge_form") or MergeForm(field=record),
        "split_form": bound.get("split_form") or SplitForm(field=record),
        "refusal": bound.get("refusal", ""),
        "stands_for": _stands_for(record),
        "holds": sum(through.objects.filter(field=record).count() for through, _side in changing.THROUGHS),
    }
    return render(request, "planning/staff/field.html", values, status=status)


def _again(request, record, **bound):
    return _field_page(request, record, FieldForm(instance=record), 422, **bound)


def _done(request, sentence: str):
    messages.success(request, sentence)
    return redirect(addresses.staff("planning_staff:fields", request))


@require_POST
@needs("planning.write")
def map_field(request, pk):
    record = _field(request, pk)
    form = MappingForm(request.POST)
    if not form.is_valid():
        return _again(request, record, mapping_form=form)
    wanted = {code for code in form.cleaned_data["codes"] if code != record.catalogue_code}
    with transaction.atomic():
        there = FieldMapping.objects.filter(field=record, other=None)
        there.exclude(catalogue_code__in=wanted).delete()
        for code in wanted - set(there.values_list("catalogue_code", flat=True)):
            FieldMapping.objects.create(field=record, catalogue_code=code)
        journal.record("field of action mapped", record, by=request.person)
    return _done(request, _("The mapping was saved."))


@require_POST
@needs("planning.write")
def merge_field(request, pk):
    record = _field(request, pk)
    form = MergeForm(request.POST, field=record)
    if not form.is_valid():
        return _again(request, record, merge_form=form)
    try:
        changing.merge([record], form.cleaned_data["into"], on=timezone.localdate(), by=request.person)
    except changing.Refusal as refusal:
        return _again(request, record, refusal=str(refusal))
    return _done(request, _("The fields were merged. Older files still find their way."))


@require_POST
@needs("planning.write")
def split_field(request, pk):
    record = _field(request, pk)
    form = SplitForm(request.POST, field=record)
    if form.is_valid():
        try:
            changing.split(record, form.cleaned_data["name"], form.chosen(), by=request.person)
        except changing.Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            return _done(request, _("The field was split."))
    return _again(request, record, split_form=form)


@require_POST
@needs("planning.write")
def end_field(request, pk):
    record = _field(request, pk)
    try:
        changing.end(record, on=timezone.localdate(), by=request.person)
    except changing.Refusal as refusal:
        return _again(request, record, refusal=str(refusal))
    return _done(request, _("The field has ended."))


@needs("planning.write")
def add_resource(request):
    return _edit_resource(request, Resource(), concept_of(request))


@needs("planning.read")
def resource(request, pk):
    """What a resource is, whom the directory knows it as, which fields it serves."""
    record = rights.find_or_404(
        request.person, "planning.read", Resource.objects.select_related("organisation", "offer"), pk
    )
    if may(request.person, "planning.write", record):
        return _edit_resource(request, record, concept_of(request))
    if request.method == "POST":
        rights.require(request.person, "planning.write", record)
    served = record.in_fields.select_related("field").order_by("field__position")
    values = {"resource": record, "served": [row.field.name for row in served]}
    return render(request, "planning/staff/resource.html", values)


def _edit_resource(request, record, concept):
    form = ResourceForm(
        request.POST if request.method == "POST" else None,
        instance=record,
        by=request.person,
        concept=concept,
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                with transaction.atomic():
                    form.place(editing.save(form, action="planning.write", by=request.person))
            except editing.EditedMeanwhile:
                status = 409
            else:
                messages.success(request, _("Saved."))
                url = addresses.staff("planning_staff:entries", request)
                return redirect(f"{url}?part=resources")
    used = (
        [] if record._state.adding else record.used_in.select_related("measure").order_by("measure__sort_key")
    )
    values = {"form": form, "resource": record, "used": used, "new": record._state.adding}
    return render(request, "planning/staff/resource_form.html", values, status=status)
