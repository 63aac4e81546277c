"""An organisation's editor fills her list, sends it, sees what would happen, and takes it over."""

from pathlib import PurePath

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.intake.models import ImportFile
from quartierwerk.people.models import Account
from quartierwerk.rights import may, needs
from quartierwerk.uploads.handlers import refused_uploads
from quartierwerk.web import addresses

from ..checking.rules import must_wait
from ..checking.staff import DeclineForm
from ..models import Organisation
from . import exports, lists, own_list
from .imports import wording
from .imports.files import WrongFile
from .imports.running import Result

PER_PAGE = 50
MOST_ROWS = 2_000


class OwnListForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Filled list"),
        help_text=gettext_lazy(
            "The list from this page as .xlsx. It is deleted seven days after you send it or somebody checks it."
        ),
    )


def _organisation(request, pk) -> Organisation:
    return rights.find_or_404(request.person, "organisations.write", Organisation, pk)


def _file(organisation: Organisation, file) -> ImportFile:
    rows = ImportFile.objects.filter(kind=own_list.KIND, source=own_list.source_of(organisation))
    return get_object_or_404(rows, pk=file)


def _crumbs(request, organisation: Organisation) -> list[tuple[str, str]]:
    return [
        (_("Organisations"), addresses.staff("directory_staff:organisations", request)),
        (
            organisation.name,
            addresses.staff("directory_staff:edit_organisation", request, pk=organisation.pk),
        ),
        (_("List of offers"), ""),
    ]


def _waits(request, organisation: Organisation) -> bool:
    may_check = may(request.person, "directory.check_changes", organisation)
    return must_wait(request.tenant.changes_are_checked, may_check, is_public=True)


@needs("organisations.write")
def own(request, pk):
    """The list to fill in, and the place to send it back."""
    organisation = _organisation(request, pk)
    data = request.POST if request.method == "POST" else None
    form = OwnListForm(data, request.FILES if data is not None else None)
    if data is not None:
        if (refusal := refused_uploads(request).get("file")) is not None:
            form.full_clean()
            form.errors.pop("file", None)
            form.add_error("file", refusal.sentence)
        if form.is_valid() and (file := _received(request, form, organisation)):
            return redirect(addresses.staff("directory_staff:own_list_check", request, pk=pk, file=file.pk))
    values = {
        "form": form,
        "organisation": organisation,
        "waits": _waits(request, organisation),
        "sent": own_list.waiting(organisation).defer("content").first(),
        "crumbs": _crumbs(request, organisation),
    }
    return render(request, "directory/staff/own_list.html", values, status=422 if data is not None else 200)


def _received(request, form: OwnListForm, organisation: Organisation) -> ImportFile | None:
    """The file as a row, or None with the reason in the form."""
    sent = form.cleaned_data["file"]
    if sent.sniffed.kind not in ("text", "xlsx"):
        form.add_error("file", _("This is no table. Please send the filled list as .xlsx."))
        return None
    content, name = sent.read(), PurePath(sent.name or "").name[:200]
    try:
        parts = lists.parts(lists.load_contents([(name, content)]))
    except WrongFile as refusal:
        form.add_error("file", str(refusal))
        return None
    if sum(len(part.table.rows) for part in parts) > MOST_ROWS:
        form.add_error(
            "file", _("The list has too many rows. Please send at most %(most)d.") % {"most": MOST_ROWS}
        )
        return None
    return ImportFile.objects.create(
        kind=own_list.KIND,
        file_name=name,
        source=own_list.source_of(organisation),
        language=request.tenant.source_language,
        publish=False,
        content=content,
        size=len(content),
        account_id=request.person.account_id,
    )


@needs("organisations.write")
def download(request, pk):
    organisation = _organisation(request, pk)
    try:
        content = own_list.as_form(organisation, by=request.person)
    except exports.NotExportable as refusal:
        values = {
            "form": OwnListForm(),
            "organisation": organisation,
            "waits": _waits(request, organisation),
            "refusal": str(refusal),
            "crumbs": _crumbs(request, organisation),
        }
        return render(request, "directory/staff/own_list.html", values, status=422)
    headers = {"Content-Disposition": f'attachment; filename="{request.tenant.slug}-{_("offers")}.xlsx"'}
    return HttpResponse(content, content_type=exports.MIME_TYPES["xlsx"], headers=headers)


@needs("organisations.write")
def check(request, pk, file):
    """The dry run, and where it waits for a check what it would change; after the import its report."""
    organisation = _organisation(request, pk)
    return _page(request, organisation, _file(organisation, file))


def _page(request, organisation: Organisation, row: ImportFile, status: int = 200, **more):
    state = ImportFile.State
    may_check = may(request.person, "directory.check_changes", organisation)
    looked, sentences = own_list.Looked(Result("", "")), []
    if row.state in (state.RECEIVED, state.SENT):
        looked = own_list.look(row, organisation, request.tenant, by=request.person, reader=request.lang)
        report, sentences = lists.Shown.of(looked.result.as_data()), wording.of_records(looked.result)
    else:
        report = lists.Shown.of(row.report or {})
    writers = Account.objects.filter(pk=row.account_id) if row.account_id else Account.objects.none()
    values = {
        "file": row,
        "organisation": organisation,
        "report": report,
        "sentences": sentences,
        "looked": looked,
        "author": writers.values_list("name", flat=True).first(),
        "may_check": may_check,
        "done": row.state in (state.DONE, state.REFUSED),
        "form": DeclineForm(),
        "page": Paginator(report.rows, PER_PAGE).get_page(request.GET.get("page")),
        "crumbs": _crumbs(request, organisation),
        **more,
    }
    name = "own_list_decide" if row.state == state.SENT and may_check else "own_list_check"
    return render(request, f"directory/staff/{name}.html", values, status=status)


@needs("organisations.write")
@require_POST
def run(request, pk, file):
    """Takes it over, or sends it for a check. Pressed twice, it happens once."""
    organisation = _organisation(request, pk)
    row = own_list.take(_file(organisation, file), organisation, request.tenant, by=request.person)
    if row.state == ImportFile.State.SENT:
        messages.success(
            request, _("Sent. It shows as soon as somebody of the municipality has looked at it.")
        )
    return redirect(addresses.staff("directory_staff:own_list_check", request, pk=pk, file=file))


@needs("organisations.write")
@require_POST
def take_back(request, pk, file):
    organisation = _organisation(request, pk)
    try:
        own_list.take_back(_file(organisation, file), organisation, by=request.person)
    except own_list.DecidedAlready:
        messages.info(request, _("This was decided already; nothing was done twice."))
    else:
        messages.success(request, _("Taken back. Everything stays as it stands."))
    return redirect(addresses.staff("directory_staff:own_list", request, pk=pk))


def _to_check(request, pk) -> Organisation:
    return rights.find_or_404(request.person, "directory.check_changes", Organisation, pk)


@needs("directory.check_changes")
@require_POST
def accept(request, pk, file):
    """All rows, or those that are ticked."""
    organisation = _to_check(request, pk)
    row = _file(organisation, file)
    chosen = None if "all" in request.POST else request.POST.getlist("row")
    if chosen == []:
        return _page(request, organisation, row, 422, nothing_ticked=True)
    try:
        own_list.accept(
            row,
            organisation,
            request.tenant,
            chosen=chosen,
            seen=request.POST.get("seen", ""),
            by=request.person,
            reader=request.lang,
        )
    except own_list.DecidedAlready:
        messages.info(request, _("This was decided already; nothing was done twice."))
    except own_list.Unseen:
        return _page(request, organisation, row, 409, unseen=True)
    return redirect(addresses.staff("directory_staff:own_list_check", request, pk=pk, file=file))


@needs("directory.check_changes")
@require_POST
def decline(request, pk, file):
    organisation = _to_check(request, pk)
    row, form = _file(organisation, file), DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, row, 422, form=form)
    try:
        own_list.decline(row, organisation, form.cleaned_data["reason"], by=request.person)
    except own_list.DecidedAlready:
        messages.info(request, _("This was decided already; nothing was done twice."))
    else:
        messages.success(request, _("Not taken over. The organisation is told."))
    return redirect(addresses.staff("staff-work", request) + "?pile=lists")
