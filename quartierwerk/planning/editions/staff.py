"""Editions in the back office: begin, consult, compare, enter the council's decision, take a passage out."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses, editing

from ..consulting import staff as consulting
from ..consulting.forms import CommentForm, ConsultForm
from ..measures.rules import completeness
from ..models import Concept, CouncilDecision, Edition, Measure
from ..paper import staff as papers
from . import actions, pages, picture, rules
from .forms import DecisionForm, DeferForm, OpenForm, RedactForm
from .rules import State

OPEN = (State.DRAFT, State.CONSULTATION)


def _to_edition(request: HttpRequest, row: Edition) -> HttpResponse:
    return redirect(addresses.staff("planning_staff:edition", request, pk=row.pk))


@needs("planning.read_editions")
def editions(request: HttpRequest) -> HttpResponse:
    rows = rights.visible(request.person, "planning.read_editions", Edition.objects.all())
    concepts = rights.visible(request.person, "planning.write", Concept.objects.all())
    may_open = may(request.person, "planning.write") and concepts.exists()
    form = OpenForm(request.POST or None, concepts=concepts) if may_open else None
    refusals: list[str] = []
    if form and form.is_bound and form.is_valid():
        try:
            made = actions.open_edition(
                form.cleaned_data["concept"], form.cleaned_data["title"], by=request.person
            )
        except actions.Refused as refused:
            refusals = [rules.words(reason) for reason in refused.reasons]
        else:
            messages.success(request, _("The draft is begun. It always shows the current records."))
            return redirect(addresses.staff("planning_staff:edition", request, pk=made.pk))
    values = {
        "editions": rows.select_related("concept", "decision").order_by("concept", "-number"),
        "form": form,
        "refusals": refusals,
    }
    return render(
        request, "planning/staff/editions.html", values, status=422 if form and form.is_bound else 200
    )


@needs("planning.read_editions")
def edition(request: HttpRequest, pk) -> HttpResponse:
    return _show(request, _found(request, pk))


def _found(request: HttpRequest, pk, action: str = "planning.read_editions") -> Edition:
    return rights.find_or_404(
        request.person, action, Edition.objects.select_related("concept", "decision"), pk
    )


def _show(request: HttpRequest, row: Edition, status: int = 200, **forms: Any) -> HttpResponse:
    content = row.content if row.state == State.ADOPTED else _today(row)
    before = _before(row)
    today = timezone.localdate()
    is_open, counted = row.state in OPEN, picture.counted(content)
    reasons = actions.deferred(row) if is_open else {}
    blocking = _blocking(row) if is_open else []
    past = actions.past_their_end(row, today) if is_open else []
    values = {
        "edition": row,
        "content": content,
        "before": before,
        "difference": pages.difference(before.content, content) if before else [],
        "counted": counted,
        "total": pages.planned(counted.total),
        "blocking": blocking,
        "deferred": [
            (pk, title, reasons[pk])
            for pk, title in Measure.objects.filter(pk__in=reasons).values_list("pk", "title")
        ],
        "redactions": row.redaction_notes.all(),
        "may_write": may(request.person, "planning.write", row),
        "may_adopt": may(request.person, "planning.adopt", row),
        "deciding": DecisionForm(initial={"body": _("Council"), "decided_on": today}),
        "redacting": RedactForm(),
        "refusals": [],
        "in_the_way": [rules.words(one) for one in actions.in_the_way(row, today)] if is_open else [],
        "past_their_end": [
            one for one in past if one.pk not in {named.measure for named, _words in blocking}
        ],
        "without_field": list(actions.without_field()) if is_open else [],
        "becoming_public": actions.becoming_public(row) if row.state in OPEN else [],
        "steps": rules.FOLLOWS[row.state],
        **papers.of_edition(row, request),
        **consulting.values(
            request,
            row,
            _passages(content),
            whole=_("the whole edition"),
            comment="planning_staff:comment_edition",
            answer="planning_staff:answer_comment",
        ),
    }
    return render(request, "planning/staff/edition.html", values | forms, status=status)


def _passages(content: dict[str, Any]) -> dict[str, str]:
    """What one can comment on, by the name that a comment keeps."""
    fields = {f"field:{one['id']}": one["name"] for one in content["fields"]}
    return fields | {f"measure:{one['id']}": one["title"] for one in content["measures"]}


def _today(row: Edition) -> dict[str, Any]:
    today = timezone.localdate()
    return actions.as_decided(row, today) if row.state in OPEN else picture.of_concept(row.concept, today)


def _before(row: Edition) -> Edition | None:
    """The adopted edition before this one."""
    return (
        Edition.objects.filter(concept=row.concept_id, state=State.ADOPTED, number__lt=row.number)
        .order_by("-number")
        .first()
    )


def _blocking(row: Edition) -> list[tuple[rules.Incomplete, list[str]]]:
    return [(one, [completeness.words(missing) for missing in one.missing]) for one in actions.blocking(row)]


@needs("planning.read_editions")
def compare(request: HttpRequest, pk) -> HttpResponse:
    """An adopted edition beside another one, or beside what the records say today."""
    row = _found(request, pk)
    others = Edition.objects.filter(concept=row.concept_id, state=State.ADOPTED).exclude(pk=row.pk)
    chosen = next((one for one in others if str(one.number) == request.GET.get("with")), None)
    if row.state != State.ADOPTED:
        return _to_edition(request, row)
    other = chosen.content if chosen else _today(row)
    # Read as time went: the earlier one stands on the left.
    first, second = (other, row.content) if chosen and chosen.number < row.number else (row.content, other)
    values = {
        "edition": row,
        "others": others,
        "chosen": chosen,
        "difference": pages.difference(first, second),
    }
    return render(request, "planning/staff/edition_compare.html", values)


@needs("planning.write")
@require_POST
def step(request: HttpRequest, pk) -> HttpResponse:
    """To consultation, back to the draft, withdrawn: the button says which."""
    row = _found(request, pk, "planning.write")
    consulting = ConsultForm(request.POST)
    try:
        match request.POST.get("to"):
            case State.CONSULTATION:
                if not consulting.is_valid():
                    return _show(request, row, 422, consulting=consulting)
                actions.consult(row, consulting.cleaned_data["until"], by=request.person)
                messages.success(request, _("In consultation. Departments and partners can comment now."))
            case State.DRAFT:
                actions.back_to_draft(row, by=request.person)
                messages.success(request, _("The edition is a draft again. The comments stay."))
            case State.WITHDRAWN:
                actions.withdraw(row, by=request.person)
                messages.success(request, _("Withdrawn. It can be taken up again as a draft."))
            case _:
                return _show(request, row, 422)
    except actions.Refused as refused:
        return _refused(request, row, refused)
    return _to_edition(request, row)


def _refused(request: HttpRequest, row: Edition, refused: actions.Refused, **forms: Any) -> HttpResponse:
    row.refresh_from_db()
    return _show(request, row, 422, refusals=[rules.words(reason) for reason in refused.reasons], **forms)


@needs("planning.write")
@require_POST
def defer(request: HttpRequest, pk) -> HttpResponse:
    row = _found(request, pk, "planning.write")
    form = DeferForm(request.POST)
    if form.is_valid():
        measure = rights.find_or_404(request.person, "planning.write", Measure, form.cleaned_data["measure"])
        try:
            actions.defer(row, measure, form.cleaned_data["reason"], by=request.person)
        except actions.Refused as refused:
            return _refused(request, row, refused)
    return _to_edition(request, row)


@needs("planning.comment")
@require_POST
def comment(request: HttpRequest, pk) -> HttpResponse:
    row = _found(request, pk)
    passages = _passages(_today(row)).items()
    form = CommentForm(request.POST, whole=_("the whole edition"), passages=passages)
    return consulting.comment(request, row, form, _show) or _to_edition(request, row)


@needs("planning.write")
@require_POST
def answer(request: HttpRequest, pk, comment) -> HttpResponse:
    row = _found(request, pk, "planning.write")
    return consulting.answer(request, row, comment, _show) or _to_edition(request, row)


@needs("planning.adopt")
@require_POST
def adopt(request: HttpRequest, pk) -> HttpResponse:
    """The decision is entered and the edition frozen in one step, or nothing is stored."""
    row = _found(request, pk, "planning.adopt")
    form = DecisionForm(request.POST, instance=CouncilDecision(concept=row.concept))
    if not form.is_valid():
        return _show(request, row, 422, deciding=form)
    try:
        with transaction.atomic():
            decision = editing.save(
                form, action="planning.adopt", by=request.person, done="council decision entered"
            )
            actions.adopt(row, decision, by=request.person)
    except actions.Refused as refused:
        refused.reasons = form.take(refused.reasons)
        return _refused(request, row, refused, deciding=form)
    messages.success(request, _("Adopted. Edition %(n)s is frozen and public.") % {"n": row.number})
    return _to_edition(request, row)


@needs("planning.adopt")
@require_POST
def redact(request: HttpRequest, pk) -> HttpResponse:
    row = _found(request, pk, "planning.adopt")
    form = RedactForm(request.POST)
    if not form.is_valid():
        return _show(request, row, 422, redacting=form)
    try:
        count = actions.redact(
            row, form.cleaned_data["passage"], form.cleaned_data["reason"], by=request.person
        )
    except actions.Refused as refused:
        return _refused(request, row, refused)
    if not count:
        form.add_error("passage", _("These words do not stand in the edition. Nothing was changed."))
        return _show(request, row, 422, redacting=form)
    words = ngettext("Taken out in %(n)s place.", "Taken out in %(n)s places.", count)
    messages.success(request, words % {"n": count})
    if others := actions.holding(form.cleaned_data["passage"], but=row):
        named = ", ".join(str(one) for one in others)
        messages.warning(
            request,
            _("The same words also stand in: %(editions)s. Take them out there, too.") % {"editions": named},
        )
    return _to_edition(request, row)
