"""Planning's own sources of the agenda. Their rules in words: `data/example/laatzen/agenda_rules.md`."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quartierwerk import rights
from quartierwerk.languages.days import short_day
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from ..measures.rules.months import first_of, shifted
from ..models import Concept, CostLine, Decision, Measure, Need, StaffPost, Stage, Task
from .register import MAY, MUST, SHOULD, Proposed, Source, agenda

STEP_MAY_WAIT = timedelta(days=14)
STEP_WAITS_LONG = timedelta(days=28)  # the measure is behind plan from then on
SECURED_AHEAD = 6  # months before the money of a cost line ends
POSTS_AHEAD = 12  # months before the money of a post ends: people look for other work early
BANDS = (3, 6, 12)
SILENT_MONTHS = 2
SILENT_LONG = 4
WEIGHT_OF_BAND = {3: MUST, 6: SHOULD, 12: MAY}
DECISION_MAY_WAIT = 3  # months
ENDED = (Stage.DONE, Stage.STOPPED)


def _measures(concept: Concept, person: Person) -> QuerySet[Measure]:
    """Those of the concept's current fields, as far as the person reads them, each once."""
    placed = Measure.objects.filter(in_fields__field__concept=concept, in_fields__field__ended_on=None)
    rows = rights.visible(person, "planning.read_measures", Measure.objects.all())
    return rows.filter(pk__in=placed.values("pk"))


def _about(measure: Measure) -> tuple[str, dict[str, Any]]:
    return "planning_staff:measure", {"pk": measure.pk}


def _outside(row: Any, kind: str) -> str:
    """In mails and on paper what is not public is called by its kind."""
    return "" if row.visibility == Visibility.PUBLIC else kind


def overdue(concept: Concept, day: date, person: Person) -> Iterator[Proposed]:
    rows = _measures(concept, person).exclude(stage__in=ENDED)
    late = Q(milestones__done_on=None, milestones__due_on__lt=day - STEP_MAY_WAIT)
    for row in rows.filter(Q(ends_on__lt=day) | late).distinct().prefetch_related("milestones"):
        reasons, lasting, weight = [], [], SHOULD
        if row.ends_on and row.ends_on < day:
            weight = MUST
            reasons.append(_("It should have ended on %(day)s.") % {"day": short_day(row.ends_on)})
            lasting.append(reasons[-1])
        for step in row.milestones.all():
            waits = day - step.due_on
            if step.done_on is None and waits > STEP_MAY_WAIT:
                words = ngettext(
                    "Step “%(what)s” was due on %(day)s, %(n)s day ago.",
                    "Step “%(what)s” was due on %(day)s, %(n)s days ago.",
                    waits.days,
                )
                told = {"what": step.title, "day": short_day(step.due_on), "n": waits.days}
                reasons.append(words % told)
                lasting.append(_("Step “%(what)s” was due on %(day)s.") % told)
                weight = MUST if waits > STEP_WAITS_LONG else weight
        yield Proposed(
            row.title,
            tuple(reasons),
            row.pk,
            _about(row),
            weight,
            outside=_outside(row, _("A measure that is overdue")),
            lasting=tuple(lasting),
        )


def new_needs(concept: Concept, day: date, person: Person) -> Iterator[Proposed]:
    placed = Need.objects.filter(in_fields__field__concept=concept, in_fields__field__ended_on=None)
    rows = rights.visible(person, "planning.read_needs", Need.objects.all())
    for row in rows.filter(pk__in=placed.values("pk"), state=Need.State.NEW):
        reason = _("Nobody has decided on it yet.")
        if row.noticed_on:
            reason = _("Noticed on %(day)s, nobody has decided on it yet.") % {
                "day": short_day(row.noticed_on)
            }
        route = ("planning_staff:need", {"pk": row.pk})
        outside = _outside(row, _("A new need"))
        yield Proposed(row.title, (reason,), row.pk, route, row.urgency, outside)


def money_that_ends(concept: Concept, day: date, person: Person) -> Iterator[Proposed]:
    rows = _measures(concept, person)
    lines = CostLine.objects.filter(
        measure__in=rows.values("pk"),
        is_secured=True,
        secured_until__gte=day,
        secured_until__lte=shifted(day, SECURED_AHEAD),
    )
    for line in (
        lines.exclude(measure__stage__in=ENDED).select_related("measure").order_by("secured_until", "pk")
    ):
        title = f"{line.measure.title}: {line.label}"
        until = line.secured_until or day
        band, reason = _ends(until, day)
        yield Proposed(
            title,
            (reason,),
            line.pk,
            _about(line.measure),
            WEIGHT_OF_BAND[band],
            outside=_outside(line.measure, _("A measure whose money ends")),
            lasting=(_ends_on(until),),
        )
    # A post of no measure concerns every concept, one of another concept's measures does not.
    here = Q(measure=None) | Q(measure__in=rows.values("pk"))
    posts = rights.visible(person, "planning.read", StaffPost.objects.filter(here))
    posts = posts.exclude(measure__stage__in=ENDED)
    ending = posts.filter(filled=True, ends_on__gte=day, ends_on__lte=shifted(day, POSTS_AHEAD))
    searched = Prefetch("tasks", Task.objects.filter(done_on=None, withdrawn_reason=""), "searches")
    found = ending | posts.filter(tasks__done_on=None, tasks__withdrawn_reason="", tasks__isnull=False)
    for post in found.distinct().order_by("ends_on", "title").prefetch_related(searched):
        route = ("planning_staff:post", {"pk": post.pk})
        reasons, lasting, weight = [], [], SHOULD
        if post.filled and post.ends_on and day <= post.ends_on <= shifted(day, POSTS_AHEAD):
            band, reason = _ends(post.ends_on, day)
            reasons, lasting, weight = [reason], [_ends_on(post.ends_on)], WEIGHT_OF_BAND[band]
        for task in post.searches:  # type: ignore[attr-defined]
            reasons.append(_("New money is to be found by %(day)s.") % {"day": short_day(task.due_on)})
            lasting.append(reasons[-1])
            weight = MUST
        yield Proposed(
            post.title, tuple(reasons), post.pk, route, weight, outside=a_post(), lasting=tuple(lasting)
        )


def a_post() -> str:
    """What mails and paper call a post: its name may say who has it."""
    return _("A post whose money ends")


def _ends_on(until: date) -> str:
    return _("The money ends on %(day)s.") % {"day": short_day(until)}


def _ends(until: date, day: date) -> tuple[int, str]:
    band = next(months for months in BANDS if until <= shifted(day, months))
    return band, _("The money ends on %(day)s, within %(months)s months.") % {
        "day": short_day(until), "months": band
    }  # fmt: skip


def stale_data(concept: Concept, day: date, person: Person) -> Iterator[Proposed]:
    """Running or adopted, and not a word for the last complete months."""
    since = shifted(first_of(day), -SILENT_MONTHS)
    rows = _measures(concept, person).filter(stage__in=[Stage.RUNNING, Stage.ADOPTED])
    for row in rows.annotate(reported=Max("reports__month", filter=Q(reports__month__lt=first_of(day)))):
        weight = MAY
        if row.reported is None:
            reason = _("Nobody has ever reported on it.")
        elif row.reported < since:
            weight = SHOULD if row.reported < shifted(first_of(day), -SILENT_LONG) else MAY
            reason = _("Last report for %(month)s.") % {"month": date_format(row.reported, "F Y")}
        else:
            continue
        outside = _outside(row, _("A measure of which nobody reports"))
        yield Proposed(row.title, (reason,), row.pk, _about(row), weight, outside)


def open_decisions(concept: Concept, day: date, person: Person) -> Iterator[Proposed]:
    if not rights.may(person, "planning.read"):
        return
    rows = Decision.objects.filter(meeting__concept=concept, state=Decision.State.OPEN)
    for row in rows.order_by("decided_on", "pk").prefetch_related("tasks"):
        tasks = [task for task in row.tasks.all() if not task.withdrawn_reason]
        reasons = [
            _("Task “%(what)s” was due on %(day)s.") % {"what": task.words, "day": short_day(task.due_on)}
            for task in tasks
            if task.done_on is None and task.due_on < day
        ]
        if row.decided_on <= shifted(day, -DECISION_MAY_WAIT) and not any(task.done_on for task in tasks):
            reasons.append(
                _("Decided on %(day)s, and nothing of it is done.") % {"day": short_day(row.decided_on)}
            )
        if reasons:
            route = ("planning_staff:decision", {"pk": row.pk})
            late = any(task.done_on is None and task.due_on < day for task in tasks)
            weight = MUST if late else SHOULD
            # What was decided may name people, and so may its tasks.
            outside = _("An open decision of %(day)s") % {"day": short_day(row.decided_on)}
            yield Proposed(row.words, tuple(reasons), row.pk, route, weight, outside)


def register() -> None:
    for order, (name, label, items) in enumerate(
        (
            ("overdue measures", gettext_lazy("Overdue"), overdue),
            ("new needs", gettext_lazy("New needs"), new_needs),
            ("money that ends", gettext_lazy("Money that ends"), money_that_ends),
            ("stale data", gettext_lazy("No report"), stale_data),
            ("open decisions", gettext_lazy("Open decisions"), open_decisions),
        )
    ):
        agenda.add(Source(name, label, items, order=10 * order))
