"""The wizard: send a list, say what its columns are, see what would happen, import. Nothing is stored before that."""

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk import jobs, journal, rights
from quartierwerk.intake.models import ImportFile, SavedMapping
from quartierwerk.rights import needs
from quartierwerk.uploads.handlers import refused_uploads
from quartierwerk.web import addresses

from ..waiting import lists_to_import
from . import lists
from .forms import KindForm, MappingForm, UploadForm
from .imports import mappings, wording
from .imports.files import Part, WrongFile
from .imports.mappings import TableMapping
from .imports.targets import KINDS, Kind

PREVIEWED = 5  # rows
PER_PAGE = 50
AT_ONCE = 2_000  # rows; more than that is a job, since a browser does not wait that long


def _file(request, pk, *, with_content: bool = True) -> ImportFile:
    rows = ImportFile.objects.filter(kind="directory")
    return rights.find_or_404(
        request.person, "directory.import", rows if with_content else rows.defer("content"), pk
    )


def _to(request, name: str, file: ImportFile):
    return redirect(addresses.staff(f"directory_staff:{name}", request, pk=file.pk))


@needs("directory.import")
def imports(request):
    """Send a list; below, those of the last days."""
    data = request.POST if request.method == "POST" else None
    form = UploadForm(
        data,
        request.FILES if data is not None else None,
        reader=request.lang,
        written=request.tenant.source_language,
        initial={"language": request.tenant.source_language},
    )
    status = 200
    if data is not None:
        status = 422
        if (refusal := refused_uploads(request).get("file")) is not None:
            form.full_clean()
            form.errors.pop("file", None)
            form.add_error("file", refusal.sentence)
        if form.is_valid() and (file := _received(request, form)):
            return _to(request, "import_columns", file)
    only_waiting = request.GET.get("state") == "waiting"
    recent = (
        lists_to_import(request.person)
        if only_waiting
        else rights.visible(request.person, "directory.import", ImportFile.objects.filter(kind="directory"))
    ).defer("content", "report")
    values = {"form": form, "page": Paginator(recent, PER_PAGE).get_page(request.GET.get("page"))}
    return render(request, "directory/staff/imports.html", values, status=status)


def _received(request, form: UploadForm) -> ImportFile | None:
    """The file as a row, or None with the reason in the form."""
    sent, typed = form.cleaned_data["file"], form.cleaned_data
    if sent.sniffed.kind not in ("text", "xlsx"):
        form.add_error("file", _("This is no table. Please send CSV, Excel (.xlsx), JSON or GeoJSON."))
        return None
    content = sent.read()
    name = PurePath(sent.name or "").name[:200]
    try:
        lists.parts(lists.load_contents([(name, content)]))
    except WrongFile as refusal:
        form.add_error("file", str(refusal))
        return None
    return ImportFile.objects.create(
        file_name=name,
        source=typed["source"],
        language=typed["language"],
        publish=typed["publish"],
        content=content,
        size=len(content),
        account_id=request.person.account_id,
    )


@needs("directory.import")
def columns(request, pk):
    """What was recognised, the first rows, and which column fills which field."""
    file = _file(request, pk)
    loaded = lists.loaded(file)
    parts = lists.parts(loaded)
    by_hand = "by_hand" in request.GET or request.method == "POST"
    standard = "" if by_hand else lists.standard_of(loaded)
    if not by_hand and (known := standard or mappings.name_of(mappings.choose(parts))):
        values = {
            "file": file,
            "parts": [_preview(part) for part in parts],
            "known": known,
            "is_standard": bool(standard),
        }
        return render(request, "directory/staff/import_columns.html", values)
    part = next((part for part in parts if part.table.sheet == request.GET.get("sheet")), parts[0])
    saved = lists.chosen_for(file, part) or lists.saved_for(part)
    kind = _kind(request, part, saved)
    proposed = saved if saved and saved.kind == kind else _drafted(kind, part)
    form = MappingForm(
        request.POST if request.method == "POST" else None, part=part, kind=kind, proposed=proposed
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            _keep(file, form)
            return _to(request, "import_check", file)
        status = 422
    values = {
        "file": file,
        "parts": [_preview(part)],
        "form": form,
        "kind_form": KindForm(initial={"kind": kind, "sheet": part.table.sheet}, sheets=part.table.sheets),
        "from_saved": proposed is saved,
    }
    return render(request, "directory/staff/import_columns.html", values, status=status)


def _kind(request, part: Part, saved: TableMapping | None) -> Kind:
    asked = request.GET.get("kind")
    if asked in KINDS:
        return asked
    return saved.kind if saved else mappings.likely_kind(part)


def _drafted(kind: Kind, part: Part) -> TableMapping:
    return TableMapping(kind, mappings.suggest_columns(kind, part.table))


def _preview(part: Part) -> dict[str, Any]:
    table = part.table
    return {
        "title": part.title,
        "format": table.format.upper(),
        "encoding": lists.ENCODINGS.get(table.encoding, table.encoding),
        "delimiter": lists.delimiter_name(table.delimiter),
        "rows": len(table.rows),
        "headers": table.headers,
        "first": [[row.cells[header] for header in table.headers] for row in table.rows[:PREVIEWED]],
        "notes": table.notes,
    }


@transaction.atomic
def _keep(file: ImportFile, form: MappingForm) -> None:
    file.mapping = form.bundle(file.source).as_data()
    file.save(update_fields=["mapping"])
    if name := form.cleaned_data["save_as"]:
        SavedMapping.objects.update_or_create(kind="directory", name=name, defaults={"mapping": file.mapping})


@needs("directory.import")
def check(request, pk):
    """The dry run: what each row would do. Nothing is stored."""
    file = _file(request, pk)
    if file.state in (ImportFile.State.WAITING, ImportFile.State.DONE):
        return _to(request, "import_result", file)
    outcome = lists.import_list(file, request.tenant, by=request.person, dry_run=True)
    report = lists.Shown.of(outcome.as_data())
    values = {
        "file": file,
        "report": report,
        "sentences": [wording.of_table(table) for table in outcome.tables] + wording.of_records(outcome),
        "page": Paginator(report.rows, PER_PAGE).get_page(request.GET.get("page")),
        "by_hand": file.mapping is not None,
    }
    return render(request, "directory/staff/import_check.html", values)


@needs("directory.import")
@require_POST
def run(request, pk):
    """Import what is fine. Pressed twice, it happens once."""
    with transaction.atomic():
        _file(request, pk, with_content=False)
        file = ImportFile.objects.select_for_update().get(pk=pk)
        if file.state in (ImportFile.State.WAITING, ImportFile.State.DONE):
            return _to(request, "import_result", file)
        journal.record("directory import started", file, by=request.person)
        rows = sum(len(part.table.rows) for part in lists.parts(lists.loaded(file)))
        if rows > AT_ONCE:
            file.state = ImportFile.State.WAITING
            file.save(update_fields=["state"])
            jobs.later(lists.import_waiting, tenant=request.tenant, file=file.pk)
        else:
            lists.import_and_note(file, request.tenant, by=request.person)
    return _to(request, "import_result", file)


@needs("directory.import")
def result(request, pk):
    file = _file(request, pk, with_content=False)
    if file.state == ImportFile.State.RECEIVED:
        return _to(request, "import_columns", file)
    report = lists.Shown.of(file.report or {})
    values = {
        "file": file,
        "report": report,
        "page": Paginator(report.rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "directory/staff/import_result.html", values)


@needs("directory.import")
@require_POST
def discard(request, pk):
    """Delete the file; what was imported from it stays."""
    file = _file(request, pk, with_content=False)
    file.delete()
    messages.success(request, _("The file has been deleted."))
    return redirect(addresses.staff("directory_staff:imports", request))
