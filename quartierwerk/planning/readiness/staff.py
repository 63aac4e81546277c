"""The board of the seven hints, and campaigns that take stock, in the back office."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from quartierwerk import journal, rights
from quartierwerk.directory.models import Organisation
from quartierwerk.directory.upkeep import pages as upkeep
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses
from quartierwerk.web.media_types import XLSX

from ..editions.forms import RedactForm
from ..matrix.staff import concept_of
from ..models import Campaign, Concept, HintEvidence
from ..redactions import staff as taking_out
from . import campaigns as taking_stock
from . import evidence, pages, snapshot
from .forms import LinkForm, StartForm
from .hints import HINTS

PER_PAGE = 100


def _concept(request: HttpRequest) -> Concept | None:
    return concept_of(request, missing_ok=True)


@needs("planning.read")
def board(request: HttpRequest) -> HttpResponse:
    return _board(request, _concept(request))


def _board(
    request: HttpRequest,
    concept: Concept | None,
    status: int = 200,
    bound: tuple[int, LinkForm] | None = None,
) -> HttpResponse:
    may_write = may(request.person, "planning.write")
    if concept is None:
        return render(request, "planning/staff/no_concept.html", {"may_write": may_write})
    today = timezone.localdate()
    choices = evidence.choices(concept, today) if may_write else {}
    running = Campaign.objects.filter(concept=concept, frozen_at=None).first()
    shown = [
        pages.hint_shown(one, request, concept, choices, bound, running)
        for one in evidence.board(concept, today)
    ]
    values = {
        "concept": concept,
        "hints": shown,
        "fulfilled": sum(one.is_fulfilled for one in shown),
        "outdated": sum(one.is_outdated for one in shown),
        "missing": sum(one.is_open for one in shown),
        "gone": sum(len(one.gone) for one in shown),
        "may_write": may_write,
        "crumbs": [(_("Seven hints"), "")],
    }
    return render(request, "planning/staff/readiness.html", values, status=status)


@needs("planning.write")
@require_POST
def link(request: HttpRequest, concept, hint: int) -> HttpResponse:
    """Name a record as evidence for a hint."""
    found = rights.find_or_404(request.person, "planning.write", Concept, concept)
    if hint not in {one.number for one in HINTS}:
        raise Http404
    today = timezone.localdate()
    form = LinkForm(request.POST, records=evidence.choices(found, today)[hint], prefix=f"hint-{hint}")
    if not form.is_valid():
        return _board(request, found, 422, (hint, form))
    told = form.cleaned_data
    try:
        evidence.link(
            found,
            hint,
            told["kind"],
            told["number"],
            day=today,
            shown_on=told["shown_on"],
            note=told["note"],
            by=request.person,
        )
    except evidence.NotLinkable as refused:
        form.add_error(
            "record", refused.fault or _("This record is gone meanwhile. Please choose another one.")
        )
        return _board(request, found, 422, (hint, form))
    messages.success(request, _("Linked. Whether it counts, the board works out from the record itself."))
    return redirect(
        addresses.staff("planning_staff:readiness", request) + f"?concept={found.slug}#hint-{hint}"
    )


@needs("planning.write")
@require_POST
def remove(request: HttpRequest, pk) -> HttpResponse:
    """Take a link away; for a deleted record that is taking note."""
    row = rights.find_or_404(
        request.person, "planning.write", HintEvidence.objects.select_related("concept"), pk
    )
    concept, hint = row.concept, row.hint
    if request.POST.get("take") != "away":
        return _board(request, concept, 422)
    evidence.remove(row, by=request.person)
    messages.success(request, _("Taken off the board."))
    return redirect(
        addresses.staff("planning_staff:readiness", request) + f"?concept={concept.slug}#hint-{hint}"
    )


@needs("planning.read")
def campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns, and the form of the next one where none runs."""
    concept = _concept(request)
    rows = rights.visible(request.person, "planning.read", Campaign.objects.filter(concept=concept))
    listed = [(row, pages.response_words(row)) for row in rows.order_by("-opened_on", "pk")]
    spaces = SocialSpace.objects.on(timezone.localdate()).order_by("position", "name")  # type: ignore[attr-defined]
    may_start = concept is not None and may(request.person, "planning.campaign", concept)
    is_running = any(row.frozen_at is None for row, _words in listed)
    form = None
    if may_start and not is_running:
        form = StartForm(request.POST if request.method == "POST" else None, spaces=spaces)
    if form and form.is_bound and concept and form.is_valid():
        chosen = list(_chosen(request, form))
        try:
            made = taking_stock.start(
                concept, form.cleaned_data["title"], form.cleaned_data["closes_on"], chosen, by=request.person
            )
        except taking_stock.Refused as refused:
            form.add_error(None, taking_stock.words(refused.reason))
        else:
            told = ngettext("%(n)s organisation is asked.", "%(n)s organisations are asked.", len(chosen))
            messages.success(request, told % {"n": len(chosen)})
            return redirect(addresses.staff("planning_staff:campaign", request, pk=made.pk))
    values = {
        "concept": concept,
        "campaigns": listed,
        "form": form,
        "everybody": taking_stock.can_be_asked().count() if form else 0,
        "crumbs": [
            (_("Seven hints"), addresses.staff("planning_staff:readiness", request)),
            (_("Taking stock"), ""),
        ],
    }
    status = 422 if form and form.is_bound else 200
    return render(request, "planning/staff/campaigns.html", values, status=status)


def _chosen(request: HttpRequest, form: StartForm):
    rows = rights.visible(request.person, "directory.ask_confirmation", taking_stock.can_be_asked())
    if topic := form.cleaned_data["topic"]:
        rows = rows.filter(topics__contains=[topic])
    if space := form.cleaned_data["space"]:
        rows = rows.filter(space=space)
    return rows.order_by("sort_key", "pk")


def _found(request: HttpRequest, pk, action: str = "planning.read") -> Campaign:
    return rights.find_or_404(request.person, action, Campaign.objects.select_related("concept"), pk)


@needs("planning.read")
def campaign(request: HttpRequest, pk) -> HttpResponse:
    return _show(request, _found(request, pk))


def _show(request: HttpRequest, row: Campaign, status: int = 200, **more: Any) -> HttpResponse:
    answers = taking_stock.answers(row).select_related("organisation__space")
    # Who has not answered stands first: there is something to do.
    ordered = answers.order_by(pages.SILENT_FIRST, "organisation__sort_key", "pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    problems = dict(
        upkeep.with_mail_state(
            Organisation.objects.filter(pk__in=[one.organisation_id for one in page])
        ).values_list("pk", "problem")
    )
    values = {
        "campaign": row,
        "page": page,
        "rows": [pages.answer_shown(one, problems.get(one.organisation_id, "")) for one in page],
        "response": pages.response_words(row),
        "topics": snapshot.topic_rows(row.snapshot) if row.snapshot else [],
        "may_run": row.frozen_at is None and may(request.person, "planning.campaign", row),
        "is_over": row.closes_on < timezone.localdate(),
        "crumbs": [
            (_("Taking stock"), addresses.staff("planning_staff:campaigns", request)),
            (row.title, ""),
        ],
        **taking_out.shown(request, row, row.frozen_at is not None),
        **more,
    }
    return render(request, "planning/staff/campaign.html", values, status=status)


@needs("planning.campaign")
@require_POST
def remind(request: HttpRequest, pk) -> HttpResponse:
    row = _found(request, pk, "planning.campaign")
    try:
        mailed, called = taking_stock.remind(row, by=request.person)
    except taking_stock.Refused as refused:
        return _show(request, _found(request, pk), 422, refusal=taking_stock.words(refused.reason))
    told = ngettext("%(n)s reminder is on its way.", "%(n)s reminders are on their way.", mailed) % {
        "n": mailed
    }
    if called:
        words = ngettext(
            "%(n)s organisation has to be called.", "%(n)s organisations have to be called.", called
        )
        told += " " + words % {"n": called}
    messages.success(request, told)
    return redirect(addresses.staff("planning_staff:campaign", request, pk=pk))


@needs("planning.campaign")
@require_POST
def close(request: HttpRequest, pk) -> HttpResponse:
    row = _found(request, pk, "planning.campaign")
    try:
        taking_stock.close(row, by=request.person)
    except taking_stock.Refused as refused:
        return _show(request, _found(request, pk), 422, refusal=taking_stock.words(refused.reason))
    messages.success(request, _("Closed. The numbers of today stay as they are."))
    return redirect(addresses.staff("planning_staff:campaign", request, pk=pk))


@needs("planning.adopt")
@require_POST
def redact(request: HttpRequest, pk) -> HttpResponse:
    row = _found(request, pk, "planning.adopt")
    form = RedactForm(request.POST)
    if taking_out.take_out(request, form, taking_stock.redact, row):
        return redirect(addresses.staff("planning_staff:campaign", request, pk=pk))
    return _show(request, row, 422, redacting=form)


@needs("planning.export")
def campaign_file(request: HttpRequest, pk) -> HttpResponse:
    """The frozen snapshot as a workbook."""
    row = _found(request, pk, "planning.export")
    if row.snapshot is None:
        raise Http404
    journal.record("campaign exported", row, by=request.person)
    name = f"{request.tenant.slug}-{row.concept.slug}-{timezone.localdate(row.frozen_at):%Y-%m-%d}.xlsx"  # type: ignore[attr-defined]
    return HttpResponse(
        snapshot.workbook(row.title, row.snapshot),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
