"""A concept in and out of the back office: send a file, answer what is unclear, see what would happen, then store it."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from quartierwerk import journal, rights
from quartierwerk.intake.models import ImportFile
from quartierwerk.rights import needs
from quartierwerk.uploads.handlers import refused_uploads
from quartierwerk.web import addresses
from quartierwerk.web.media_types import XLSX

from ..matrix.staff import concept_of
from . import columns, reading, sheets
from .columns import Mapping
from .exporting import document_of
from .importing import Result, import_read
from .parsing import WrongFile
from .placing import Question
from .schema import BY_NAME
from .writers import WRITERS

KIND = "planning"
NEW = "+"
SHOWN = 200  # findings
MIME_TYPES = {
    "json": "application/json",
    "csv": "application/zip",
    "xlsx": XLSX,
}
ENDINGS = {"csv": "zip"}
# What calls itself a table is not read as JSON.
TABLES = {".xlsx", ".xlsm", ".xls", ".ods"}


@needs("planning.export")
def export(request):
    """The whole concept as a file, internal notes included, for the back office."""
    concept = concept_of(request)
    format = request.GET.get("format", "")
    format = format if format in WRITERS else "xlsx"
    content = WRITERS[format](document_of(concept))
    journal.record("concept exported", concept, by=request.person)
    name = (
        f"{request.tenant.slug}-{concept.slug}-{timezone.localdate():%Y-%m-%d}.{ENDINGS.get(format, format)}"
    )
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(
        content, content_type=MIME_TYPES.get(format, "application/octet-stream"), headers=headers
    )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Concept"),
        help_text=gettext_lazy(
            "Excel (.xlsx) or JSON. A table with a column for the field of action and columns for resources, needs, measures "
            "or goals. It is deleted after seven days."
        ),
    )


class ColumnsForm(forms.Form):
    """What each column of a municipality's own table fills."""

    def __init__(self, *args: Any, headers: tuple[str, ...], chosen: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"column_{place}": heading for place, heading in enumerate(headers)}
        choices = [("", _("leave out")), *columns.targets().items()]
        for name, heading in self.names.items():
            self.fields[name] = forms.ChoiceField(
                label=heading, choices=choices, required=False, initial=chosen.get(heading, "")
            )

    def columns(self) -> dict[str, str]:
        return {
            heading: target for name, heading in self.names.items() if (target := self.cleaned_data[name])
        }


class AnswersForm(forms.Form):
    """Which field here a name in the file means; nothing is chosen beforehand but what the records tell."""

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"field_{place}": question.name for place, question in enumerate(questions)}
        for (name, asked), question in zip(self.names.items(), questions, strict=True):
            known = [(one, one) for one in question.known]
            self.fields[name] = forms.ChoiceField(
                label=_("“%(name)s” in the file means") % {"name": asked},
                choices=[("", _("Please choose")), *known, (NEW, _("a new field of action"))],
                initial=question.proposal,
            )

    def answers(self) -> dict[str, str | None]:
        return {
            asked: None if self.cleaned_data[name] == NEW else self.cleaned_data[name]
            for name, asked in self.names.items()
        }


@needs("planning.import")
def send(request):
    form = UploadForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    status = 200
    if request.method == "POST":
        status = 422
        if (refusal := refused_uploads(request).get("file")) is not None:
            form.full_clean()
            form.errors.pop("file", None)
            form.add_error("file", refusal.sentence)
        if form.is_valid() and (file := _received(request, form)):
            return redirect(addresses.staff("planning_staff:import_check", request, pk=file.pk))
    return render(request, "planning/staff/import.html", {"form": form}, status=status)


def _received(request: Any, form: UploadForm) -> ImportFile | None:
    sent = form.cleaned_data["file"]
    content, name = sent.read(), PurePath(sent.name or "").name[:200]
    format = "xlsx" if content.startswith(b"PK") else "json"
    if format == "json" and PurePath(name).suffix.lower() in TABLES:
        form.add_error(
            "file", _("This Excel file is damaged, or saved in another format. Please save it anew as .xlsx.")
        )
        return None
    try:
        if format == "xlsx":
            reading.first_table(content)
        else:
            reading.read(content, format)
    except WrongFile as refusal:
        form.add_error("file", str(refusal))
        return None
    return ImportFile.objects.create(
        kind=KIND,
        file_name=name,
        source=format,
        language=request.tenant.source_language,
        publish=False,
        content=content,
        size=len(content),
        mapping={},
        account_id=request.person.account_id,
    )


def _file(request: Any, pk: Any) -> ImportFile:
    return rights.find_or_404(request.person, "planning.import", ImportFile.objects.filter(kind=KIND), pk)


@needs("planning.import")
def check(request, pk):
    """What would happen to each row; before that, what its columns are and what unknown names of fields mean."""
    file = _file(request, pk)
    if file.state != ImportFile.State.RECEIVED:
        return redirect(addresses.staff("planning_staff:matrix", request))
    values: dict[str, Any] = {"file": file}
    stored = dict(file.mapping or {})
    if (table := _own_table(file)) is not None:
        chosen = stored.get("columns") or columns.suggest(table)
        posted = request.POST if request.method == "POST" and "columns" in request.POST else None
        form = ColumnsForm(posted, headers=table.headers, chosen=chosen)
        values["columns_form"] = form
        if posted is not None and form.is_valid():
            _keep(file, stored | {"columns": form.columns()})
            return redirect(request.path)
    result = _run(request, file, dry_run=True)
    if result.questions:
        posted = request.POST if request.method == "POST" and "answers" in request.POST else None
        answers = AnswersForm(posted, questions=result.questions)
        values["answers_form"] = answers
        if posted is not None and answers.is_valid():
            _keep(file, stored | {"fields": {**stored.get("fields", {}), **answers.answers()}})
            return redirect(request.path)
    values |= _shown(result)
    return render(
        request, "planning/staff/import_check.html", values, status=422 if request.method == "POST" else 200
    )


@require_POST
@needs("planning.import")
def run(request, pk):
    file = _file(request, pk)
    if file.state != ImportFile.State.RECEIVED:
        return redirect(addresses.staff("planning_staff:matrix", request))
    result = _run(request, file, dry_run=False)
    if not result.stored:
        return redirect(addresses.staff("planning_staff:import_check", request, pk=file.pk))
    file.state, file.report = ImportFile.State.DONE, {"counts": result.as_data()["counts"]}
    file.save(update_fields=["state", "report"])
    messages.success(request, _("The concept was read in.") if result.changes else _("Nothing changed."))
    return redirect(addresses.staff("planning_staff:matrix", request))


def _own_table(file: ImportFile) -> Any:
    if file.source != "xlsx":
        return None
    table = reading.first_table(bytes(file.content))
    return None if sheets.is_ours(table.sheets) else table


def _keep(file: ImportFile, mapping: dict[str, Any]) -> None:
    file.mapping = mapping
    file.save(update_fields=["mapping"])


def _run(request: Any, file: ImportFile, *, dry_run: bool) -> Result:
    stored = file.mapping or {}
    mapping = Mapping(columns=stored.get("columns", {}), fields=stored.get("fields", {}))
    try:
        read = reading.read(bytes(file.content), file.source, mapping)
    except WrongFile as refusal:
        return Result(refusal=str(refusal), dry_run=dry_run)
    return import_read(read, by=request.person, answers=mapping.fields, dry_run=dry_run)


def _shown(result: Result) -> dict[str, Any]:
    return {
        "result": result,
        "counts": [(BY_NAME[name].heading, counted) for name, counted in result.counts.items()],
        "findings": [(BY_NAME[one.section].heading, one) for one in result.findings[:SHOWN]],
        "more": max(0, len(result.findings) - SHOWN),
        "may_run": not (result.questions or result.refusal) and bool(result.changes),
    }
