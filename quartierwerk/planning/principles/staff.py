"""The guiding principle in the back office: draft, consult, answer, adopt, cite."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.journal import actors, history
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses, editing

from ..consulting import staff as consulting
from ..consulting.forms import CommentForm, ConsultForm
from ..editions.forms import DecisionForm, RedactForm
from ..models import (
    Concept,
    CouncilDecision,
    GuidingPrinciple,
    Measure,
    PrincipleParagraph,
    PrincipleVersion,
)
from ..redactions import staff as redactions
from . import actions, pages, rules
from .forms import AdoptForm, BeginForm, CiteForm, ParagraphsForm
from .rules import State


def _to_version(request: HttpRequest, version: PrincipleVersion) -> HttpResponse:
    return redirect(addresses.staff("planning_staff:principle", request, pk=version.pk))


@needs("planning.read_editions")
def principles(request: HttpRequest) -> HttpResponse:
    """All versions by concept; whoever writes begins one where there is none."""
    rows = rights.visible(request.person, "planning.read_editions", PrincipleVersion.objects.all())
    concepts = rights.visible(request.person, "planning.write", Concept.objects.filter(principles=None))
    may_write = may(request.person, "planning.write")
    form = BeginForm(request.POST or None, concepts=concepts) if may_write and concepts.exists() else None
    if form and form.is_bound and form.is_valid():
        made = actions.begin(form.cleaned_data["concept"], form.cleaned_data["title"], by=request.person)
        return redirect(addresses.staff("planning_staff:write_principle", request, pk=made.pk))
    versions = list(rows.select_related("principle__concept").order_by("principle__title", "-number"))
    in_work = {one.principle_id for one in versions if one.state != State.ADOPTED}
    values = {
        "versions": versions,
        "ready": [
            one
            for one in GuidingPrinciple.objects.filter(pk__in={one.principle_id for one in versions})
            if one.pk not in in_work
        ]
        if may_write
        else [],
        "form": form,
    }
    status = 422 if form and form.is_bound else 200
    return render(request, "planning/staff/principles.html", values, status=status)


@needs("planning.write")
@require_POST
def open_version(request: HttpRequest, pk) -> HttpResponse:
    principle = rights.find_or_404(request.person, "planning.write", GuidingPrinciple, pk)
    try:
        made = actions.open_version(principle, by=request.person)
    except actions.Refused as refused:
        messages.warning(request, rules.words(refused.reasons[0]))
        return redirect(addresses.staff("planning_staff:principles", request))
    return redirect(addresses.staff("planning_staff:write_principle", request, pk=made.pk))


def _found(request: HttpRequest, pk, action: str = "planning.read_editions") -> PrincipleVersion:
    rows = PrincipleVersion.objects.select_related(
        "principle__concept", "council_decision", "group_decision__meeting"
    )
    return rights.find_or_404(request.person, action, rows, pk)


@needs("planning.read_editions")
def principle(request: HttpRequest, pk) -> HttpResponse:
    return _show(request, _found(request, pk))


def _show(request: HttpRequest, row: PrincipleVersion, status: int = 200, **forms: Any) -> HttpResponse:
    seen = rights.visible(request.person, "planning.read_measures", Measure.objects.all())
    cited = pages.cited_by(row.principle, seen.values("pk"))
    before = pages.before(row)
    values = {
        "version": row,
        "paragraphs": pages.paragraphs(row, request.lang, cited),
        "before": before,
        "difference": pages.difference(before, row) if before else [],
        "may_write": may(request.person, "planning.write", row),
        "may_adopt": may(request.person, "planning.adopt", row),
        **redactions.shown(request, row, row.state == State.ADOPTED),
        "choosing": AdoptForm(version=row),
        "deciding": DecisionForm(initial={"body": _("Council"), "decided_on": timezone.localdate()}),
        "refusals": [],
        "steps": rules.FOLLOWS[row.state],
        "crumbs": [
            (_("Guiding principle"), addresses.staff("planning_staff:principles", request)),
            (_("Version %(n)s") % {"n": row.number}, ""),
        ],
        **consulting.values(
            request,
            row,
            dict(pages.choices(row)),
            whole=_("the whole guiding principle"),
            comment="planning_staff:comment_principle",
            answer="planning_staff:answer_principle_comment",
        ),
    }
    return render(request, "planning/staff/principle.html", values | forms, status=status)


def _refused(
    request: HttpRequest, row: PrincipleVersion, refused: actions.Refused, **forms: Any
) -> HttpResponse:
    row = _found(request, row.pk)
    return _show(request, row, 422, refusals=[rules.words(one) for one in refused.reasons], **forms)


@needs("planning.read_editions")
def paragraph(request: HttpRequest, pk) -> HttpResponse:
    """Where a paragraph stands: translators come from their list."""
    row = rights.find_or_404(request.person, "planning.read_editions", PrincipleParagraph, pk)
    url = addresses.staff("planning_staff:principle", request, pk=row.version_id)
    return redirect(f"{url}#{row.key}")


@needs("planning.write")
def write(request: HttpRequest, pk) -> HttpResponse:
    row = _found(request, pk, "planning.write")
    form = ParagraphsForm(request.POST if request.method == "POST" else None, version=row)
    refusals: list[str] = []
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            asking = _write(row, form, request)
        except actions.Refused as refused:
            refusals = [rules.words(one) for one in refused.reasons]
        else:
            if asking is None:
                messages.success(request, _("Saved."))
                return _to_version(request, row)
            form, status = asking, 409
    values = {
        "version": row,
        "form": form,
        "refusals": refusals,
        "crumbs": [
            (_("Guiding principle"), addresses.staff("planning_staff:principles", request)),
            (_("Version %(n)s") % {"n": row.number}, addresses.staff("planning_staff:principle", request, pk=pk)),
            (_("Write"), ""),
        ],
    }  # fmt: skip
    return render(request, "planning/staff/principle_form.html", values, status=status)


@transaction.atomic
def _write(row: PrincipleVersion, form: ParagraphsForm, request: HttpRequest) -> ParagraphsForm | None:
    """Store what was typed with what others did meanwhile; where both reworded the same, the page that asks."""
    PrincipleVersion.objects.select_for_update(of=("self",)).get(pk=row.pk)
    paragraphs = list(row.paragraphs.all())
    now = {one.key: one.text for one in paragraphs}
    found = form.merged(now)
    if not found.questions:
        actions.write(row, found.paragraphs, by=request.person)
        return None
    asking = form.asking(found, now)
    asked = {one.key for one in found.questions}
    changes = [history.last_change(one) for one in paragraphs if one.key in asked]
    asking.meanwhile = max((one for one in changes if one), key=lambda one: one.at, default=None)
    if asking.meanwhile and asking.meanwhile.actor:
        asking.changed_by = actors.names([asking.meanwhile.actor]).get(asking.meanwhile.actor, "")
    return asking


@needs("planning.write")
@require_POST
def step(request: HttpRequest, pk) -> HttpResponse:
    """To consultation or back to the draft: the button says which."""
    row = _found(request, pk, "planning.write")
    try:
        match request.POST.get("to"):
            case State.CONSULTATION:
                form = ConsultForm(request.POST)
                if not form.is_valid():
                    return _show(request, row, 422, consulting=form)
                actions.consult(row, form.cleaned_data["until"], by=request.person)
                messages.success(request, _("Departments and partners can comment now."))
            case State.DRAFT:
                actions.back_to_draft(row, by=request.person)
                messages.success(request, _("The version is a draft again. The comments stay."))
            case _:
                return _show(request, row, 422)
    except actions.Refused as refused:
        return _refused(request, row, refused)
    return _to_version(request, row)


@needs("planning.comment")
@require_POST
def comment(request: HttpRequest, pk) -> HttpResponse:
    row = _found(request, pk)
    whole = _("the whole guiding principle")
    form = CommentForm(request.POST, whole=whole, passages=pages.choices(row))
    return consulting.comment(request, row, form, _show) or _to_version(request, row)


@needs("planning.write")
@require_POST
def answer(request: HttpRequest, pk, comment) -> HttpResponse:
    row = _found(request, pk, "planning.write")
    return consulting.answer(request, row, comment, _show) or _to_version(request, row)


@needs("planning.adopt")
@require_POST
def adopt(request: HttpRequest, pk) -> HttpResponse:
    """By a decision that is entered already, or by the council's decision entered now; or nothing is stored."""
    row = _found(request, pk, "planning.adopt")
    choosing, deciding = AdoptForm(version=row), DecisionForm()
    try:
        with transaction.atomic():
            if "paper_number" in request.POST:
                deciding = DecisionForm(request.POST, instance=CouncilDecision(concept=row.principle.concept))
                if not deciding.is_valid():
                    return _show(request, row, 422, deciding=deciding)
                made = editing.save(
                    deciding, action="planning.adopt", by=request.person, done="council decision entered"
                )
                actions.adopt(row, council_decision=made, by=request.person)
            else:
                choosing = AdoptForm(request.POST, version=row)
                if not choosing.is_valid():
                    return _show(request, row, 422, choosing=choosing)
                actions.adopt(row, **choosing.chosen(), by=request.person)
    except actions.Refused as refused:
        given = {"deciding": deciding} if deciding.is_bound else {"choosing": choosing}
        return _refused(request, row, refused, **given)
    messages.success(request, _("Adopted. Version %(n)s is frozen and public.") % {"n": row.number})
    return _to_version(request, row)


@needs("planning.adopt")
@require_POST
def redact(request: HttpRequest, pk) -> HttpResponse:
    """A passage out of an adopted version."""
    row, form = _found(request, pk, "planning.adopt"), RedactForm(request.POST)
    try:
        if redactions.take_out(request, form, actions.redact, row):
            return _to_version(request, row)
    except actions.Refused as refused:
        return _refused(request, row, refused)
    return _show(request, row, 422, redacting=form)


@needs("planning.write")
@require_POST
def cite(request: HttpRequest, pk, principle) -> HttpResponse:
    """Which paragraphs a measure names as its reasons."""
    measure = rights.find_or_404(request.person, "planning.write", Measure, pk)
    found = rights.find_or_404(request.person, "planning.read_editions", GuidingPrinciple, principle)
    version = actions.current(found)
    form = CiteForm(request.POST, paragraphs=pages.choices(version) if version else [])
    if form.is_valid():
        actions.cite(measure, found, form.cleaned_data["paragraphs"], by=request.person)
        messages.success(request, _("Saved."))
    else:
        messages.warning(request, _("The guiding principle has changed meanwhile. Please choose again."))
    return redirect(addresses.staff("planning_staff:measure", request, pk=pk) + "#principle")
