"""From rows to what the rules ask for, in a number of queries that does not grow with the rows."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ..models import CostLine, Measure, Milestone, Stage, StateReport, UpdateLink
from .rules import completeness, light, money, priority, reporting
from .rules.months import first_of, shifted

MONTHS_LOOKED_BACK = 12


def with_parts(rows: QuerySet[Measure]) -> QuerySet[Measure]:
    """What the light and the five questions need, loaded at once."""
    return rows.select_related("lead_team", "space").prefetch_related("milestones", "cost_lines", "posts")


def lights(measures: Sequence[Measure], today: date) -> dict[UUID, light.Shown]:
    """By id; wants `with_parts`. Two queries more, whatever the number."""
    said = newest_reports([one.pk for one in measures])
    silent = silent_months({one.lead_team_id for one in measures if one.lead_team_id}, today)
    return {
        one.pk: light.light_of(
            light_facts(one, said.get(one.pk), silent.get(one.lead_team_id) if one.lead_team_id else None),
            today,
        )
        for one in measures
    }


def may_have(wanted: light.Light, today: date) -> Q:
    """Measures that can have this light at all, so that only their facts are loaded: `lights` then says which do."""
    undecided = Q(stage__in=[Stage.PROPOSED, Stage.PRIORITISED])
    under_way = Q(stage__in=[Stage.ADOPTED, Stage.RUNNING])
    by_hand = Q(manual_light=wanted) & (undecided | under_way)
    past_end = Q(ends_on__lt=today)
    match wanted:
        case light.Light.DONE:
            return Q(stage=Stage.DONE)
        case light.Light.STOPPED:
            return Q(stage=Stage.STOPPED)
        case light.Light.WAITING:
            begins_later = Q(starts_on=None) | Q(starts_on__gt=today)
            return (undecided | Q(stage=Stage.ADOPTED) & begins_later) & ~past_end
        case light.Light.GREEN:
            overdue = Milestone.objects.filter(measure=OuterRef("pk"), done_on=None, due_on__lt=today)
            return (by_hand | under_way & ~Exists(overdue)) & ~past_end
        case light.Light.RED:
            return by_hand | under_way | undecided & past_end
        case light.Light.AMBER:
            return by_hand | under_way
    return under_way


def light_facts(measure: Measure, said: StateReport | None, silent_month: date | None) -> light.Facts:
    by_hand = None
    if measure.manual_light and measure.manual_at:
        on = timezone.localdate(measure.manual_at)
        by_hand = light.ByHand(measure.manual_light, measure.manual_comment, on)
    return light.Facts(
        stage=measure.stage,
        starts_on=measure.starts_on,
        ends_on=measure.ends_on,
        review_on=measure.review_on,
        steps=[light.Step(one.title, one.due_on, one.done_on) for one in measure.milestones.all()],
        costs=[line(one) for one in measure.cost_lines.all()],
        posts=[light.Post(one.title, one.filled, one.ends_on) for one in measure.posts.all()],
        said=light.Said(said.light_said, timezone.localdate(said.at)) if said else None,
        silent_month=silent_month,
        by_hand=by_hand,
    )


def line(one: CostLine) -> money.Line:
    return money.Line(one.year, one.planned_cents, one.spent_cents, one.is_secured, one.secured_until)


def newest_reports(measures: Iterable[UUID]) -> dict[UUID, StateReport]:
    """The newest that names a state, by measure."""
    rows = StateReport.objects.filter(measure__in=list(measures)).exclude(light_said="")
    return {
        one.measure_id: one
        for one in rows.order_by("measure_id", "-month", "-at").distinct("measure_id")
    }  # fmt: skip


def silent_months(teams: Iterable[UUID], today: date) -> dict[UUID, date]:
    """First day of the newest month that a team left without a report, unless it has reported for a later one."""
    since = shifted(first_of(today), -MONTHS_LOOKED_BACK)
    rows = UpdateLink.objects.filter(team__in=list(teams), month__gte=since).order_by("month")
    found: dict[UUID, date] = {}
    for one in rows:
        asked = asked_of(one)
        if reporting.is_silent(asked, today):
            found[one.team_id] = one.month
        elif asked.answered_on:
            found.pop(one.team_id, None)
    return found


def asked_of(link: UpdateLink) -> reporting.Asked:
    answered = timezone.localdate(link.answered_at) if link.answered_at else None
    return reporting.Asked(link.month, timezone.localdate(link.sent_at), link.reminded, answered)


def answers(measure: Measure) -> completeness.Answers:
    """What the record answers of the council's five questions; wants `with_parts`."""
    lines = list(measure.cost_lines.all())
    return completeness.Answers(
        what=measure.what,
        starts_on=measure.starts_on,
        ends_on=measure.ends_on,
        has_lead=measure.lead_team_id is not None,
        hours_per_week=measure.hours_per_week,
        posts=len(measure.posts.all()),
        cost_lines=len(lines),
        unclear_cost_lines=sum(one.planned_cents is None for one in lines),
        review_on=measure.review_on,
        review_how=measure.review_how,
    )


def missing(measure: Measure) -> list[completeness.Missing]:
    """Unanswered questions of one measure, as editions list them before the council decides."""
    return completeness.missing(answers(measure))


def score(measure: Measure) -> priority.Score:
    return priority.score({name: getattr(measure, f"score_{name}") for name in priority.WEIGHTS})


def ranked(measures: Iterable[Measure]) -> list[priority.Placed]:
    return priority.ranking(
        priority.Candidate(
            one.pk, one.title, score(one), one.rank_override if one.rank_reason.strip() else None, one.rank_reason
        )
        for one in measures
    )  # fmt: skip
