"""What the pages of single records show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quartierwerk.chain.register import Reader, kinds
from quartierwerk.journal import actors
from quartierwerk.languages.days import short_day
from quartierwerk.languages.names import sort_key
from quartierwerk.languages.numbers import format_amount, format_decimal
from quartierwerk.web import addresses

from ..models import Goal, Measure, Need
from . import facts, linking
from .adoption import adoptions
from .forms import shown_in_words
from .in_words import LIGHTS, period, runway_words
from .rules import completeness, light, money, posts, priority, stages
from .rules.completeness import Question

QUESTIONS = {
    Question.WHAT: gettext_lazy("What?"),
    Question.WHEN: gettext_lazy("When?"),
    Question.WHO: gettext_lazy("Who leads?"),
    Question.MEANS: gettext_lazy("With which staff and money?"),
    Question.REVIEW: gettext_lazy("How is it reviewed?"),
}
JUDGED = {
    "urgency": gettext_lazy("urgency"),
    "reach": gettext_lazy("reach"),
    "cost": gettext_lazy("low cost"),
    "readiness": gettext_lazy("readiness"),
}


@dataclass(frozen=True)
class Answer:
    """One of the five questions. missing: what is not answered, in words."""

    question: Any
    lines: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepShown:
    title: str
    due_on: date
    state: str
    words: str


@dataclass(frozen=True)
class CostShown:
    """One cost line across the years; amounts by year in the order of `Costs.years`, "" for none."""

    label: str
    source: str
    amounts: tuple[str, ...]
    secured: str


@dataclass(frozen=True)
class Costs:
    years: tuple[int, ...]
    lines: tuple[CostShown, ...]
    planned: tuple[str, ...]
    secured: tuple[str, ...]
    spent: tuple[str, ...]
    unclear: int


@dataclass(frozen=True)
class PostShown:
    post: Any
    words: str
    state: str


@dataclass(frozen=True)
class Tied:
    """Records of one kind tied to this one, each with its address, and where one can tie more."""

    kind: str
    label: Any
    entries: tuple[tuple[linking.Known, str], ...]
    add_url: str = ""
    link_url: str = ""


@dataclass(frozen=True)
class ReasonShown:
    words: str
    state: str


@dataclass(frozen=True)
class Told:
    """A report or a change of the stage, as the page tells it."""

    at: Any
    what: str
    who: str
    words: str


@dataclass
class MeasureShown:
    light: light.Shown
    state: str
    light_words: str
    computed_words: str
    reasons: list[ReasonShown]
    answers: list[Answer]
    missing: list[completeness.Missing]
    steps: list[StepShown]
    costs: Costs
    posts: list[PostShown]
    told: list[Told]
    further: list[tuple[Any, str]]
    score: priority.Score
    score_words: str
    moves: Sequence[stages.Move]
    awaits_council: bool


def measure_shown(measure: Measure, today: date) -> MeasureShown:
    """Wants `facts.with_parts` and the teams and partners."""
    shown = facts.lights([measure], today)[measure.pk]
    missing = facts.missing(measure)
    reports = list(measure.reports.select_related("team")[:12])
    changes = list(measure.stage_changes.all()[:12])
    ids = [one.account_id for one in (*reports, *changes) if one.account_id]
    if measure.lead_account_id:
        ids.append(measure.lead_account_id)
    people = actors.names(ids) if ids else {}
    scored = facts.score(measure)
    possible = stages.OF_MEASURES.get(measure.stage, ())
    is_decided = measure.pk in adoptions.decided([measure.pk])
    return MeasureShown(
        light=shown,
        state=LIGHTS[shown.light],
        light_words=light.label(shown.light),
        computed_words=light.label(shown.computed),
        reasons=[ReasonShown(one.words, LIGHTS[one.light]) for one in shown.reasons],
        answers=_answers(measure, missing, today, people),
        missing=missing,
        steps=[_step(one, today) for one in measure.milestones.all()],
        costs=_costs(measure),
        posts=[PostShown(one, *runway_words(posts.runway(one.ends_on, today), one.ends_on)) for one in measure.posts.all()],
        told=_told(reports, changes, people),
        further=_further(measure),
        score=scored,
        score_words=_score(scored),
        moves=[one for one in possible if is_decided or not one.asks_decision],
        awaits_council=not is_decided and any(one.asks_decision for one in possible),
    )  # fmt: skip


def _told(reports, changes, people) -> list[Told]:
    found = [
        Told(one.at, one.get_light_said_display(), people.get(one.account_id) or str(one.team), one.words)
        for one in reports
    ]
    found += [
        Told(
            one.at,
            f"{one.get_earlier_display()} → {one.get_later_display()}",
            people.get(one.account_id, ""),
            one.reason,
        )
        for one in changes
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _further(measure: Measure) -> list[tuple[Any, str]]:
    names = ["audience", "audience_mix", "after_the_end"]
    if measure.incentive:
        names += ["incentive_body", "incentive_result"]
    found = [(capfirst(_label(name)), getattr(measure, name)) for name in (*names, "internal_notes")]
    found.append((_("Shown"), shown_in_words(measure)))
    return [(label, words) for label, words in found if words]


def _label(name: str) -> str:
    field: Any = Measure._meta.get_field(name)
    return str(field.verbose_name)


def _step(one, today: date) -> StepShown:
    if one.done_on:
        return StepShown(
            one.title, one.due_on, "done", _("done on %(day)s") % {"day": short_day(one.done_on)}
        )
    if one.due_on < today:
        return StepShown(one.title, one.due_on, "bad", _("overdue"))
    if one.due_on - today <= light.SOON:
        return StepShown(one.title, one.due_on, "warn", _("due soon"))
    return StepShown(one.title, one.due_on, "none", _("open"))


def _answers(measure: Measure, missing, today: date, people) -> list[Answer]:
    by_question: dict[Question, list[str]] = {}
    for one in missing:
        by_question.setdefault(completeness.QUESTION_OF[one], []).append(completeness.words(one))
    lines = {
        Question.WHAT: [measure.what],
        Question.WHEN: _when(measure, today),
        Question.WHO: _who(measure, people),
        Question.MEANS: _means(measure),
        Question.REVIEW: [
            _("first on %(day)s") % {"day": short_day(measure.review_on)} if measure.review_on else "",
            measure.review_how,
        ],
    }
    return [
        Answer(QUESTIONS[one], tuple(words for words in lines[one] if words), tuple(by_question.get(one, ())))
        for one in Question
    ]


def _when(measure: Measure, today: date) -> list[str]:
    steps = [light.Step(one.title, one.due_on, one.done_on) for one in measure.milestones.all()]
    found = []
    if measure.starts_on or measure.ends_on:
        found.append(period(measure.starts_on, measure.ends_on))
    if steps:
        words = light.steps_in_words(steps)
        following = min((one.due_on for one in steps if one.done_on is None), default=None)
        if following:
            words += ", " + _("next: %(day)s") % {"day": short_day(following)}
        found.append(words)
    return found


def _who(measure: Measure, people) -> list[str]:
    found = []
    if measure.lead_team:
        person = people.get(measure.lead_account_id, "") if measure.lead_account_id else ""
        found.append(", ".join(filter(None, (str(measure.lead_team), person))))
    takes_part = [str(one.team) for one in measure.teams.all() if one.part == "takes_part"]
    takes_part += [str(one) for one in measure.partners.all()]
    if takes_part:
        found.append(_("takes part: %(who)s") % {"who": ", ".join(takes_part)})
    if informed := [str(one.team) for one in measure.teams.all() if one.part == "informed"]:
        found.append(_("is informed: %(who)s") % {"who": ", ".join(informed)})
    return found


def _means(measure: Measure) -> list[str]:
    found = []
    if measure.hours_per_week is not None:
        found.append(_("%(hours)s hours per week") % {"hours": format_decimal(measure.hours_per_week)})
    if percent := sum(one.share_percent for one in measure.posts.all()):
        found.append(_("posts: %(percent)d %%") % {"percent": percent})
    lines = [facts.line(one) for one in measure.cost_lines.all()]
    if lines:
        sums = money.total(lines)
        if sums.unclear < len(lines):
            found.append(format_amount(sums.planned))
            found.append(_("of it promised: %(amount)s") % {"amount": format_amount(sums.secured)})
        if sums.unclear:
            found.append(
                ngettext("%(n)d cost line to be clarified", "%(n)d cost lines to be clarified", sums.unclear)
                % {"n": sums.unclear}
            )
    return found


def _costs(measure: Measure) -> Costs:
    rows = list(measure.cost_lines.all())
    sums = money.by_year(facts.line(one) for one in rows)
    years = tuple(sums)
    whole = money.total(facts.line(one) for one in rows)
    lines = []
    for one in rows:
        planned = _("to be clarified") if one.planned_cents is None else format_amount(one.planned_cents)
        amounts = tuple(planned if year == one.year else "" for year in years)
        secured = _("not promised")
        if one.is_secured:
            secured = (
                _("until %(day)s") % {"day": short_day(one.secured_until)}
                if one.secured_until
                else _("promised")
            )
        lines.append(CostShown(one.label, one.source, (*amounts, planned), secured))

    def across(name: str) -> tuple[str, ...]:
        return (
            *(format_amount(getattr(sums[year], name)) for year in years),
            format_amount(getattr(whole, name)),
        )

    spent = tuple(
        format_amount(one.spent) if one.spent else _("nothing reported yet")
        for one in (*sums.values(), whole)
    )
    return Costs(years, tuple(lines), across("planned"), across("secured"), spent, whole.unclear)


def _score(scored: priority.Score) -> str:
    if scored.points is None:
        return ""
    parts = [
        _("%(what)s %(value)d of 5 gives %(points)d") % {"what": JUDGED[one.name], "value": one.value, "points": one.points}
        for one in scored.reasons
    ]  # fmt: skip
    return ", ".join(parts)


def tied(record: Need | Measure | Goal, others: Sequence[str], reader: Reader, may_write: bool) -> list[Tied]:
    """What hangs on a record directly, by kind. Two queries, and one for each kind of which there is something."""
    found = []
    there = linking.neighbours(record)
    for name in others:
        kind = kinds.by_name[name]
        ids = there.get(name, ())
        rows = kind.rows(reader).filter(element_id__in=ids).order_by("element__created_at", "pk")
        known = linking.called(rows, kind, reader) if ids else []
        known.sort(key=lambda one: sort_key(one.title))
        entries = tuple((one, kind.url(reader, one.pk, one.opens)) for one in known)
        add, link = "", ""
        if may_write:
            here = {"kind": record.chain_kind, "pk": record.pk, "other": name}
            link = addresses.staff("planning_staff:tie", reader, **here)
            if name in ("need", "measure", "goal"):
                add = f"{addresses.staff(f'planning_staff:add_{name}', reader)}?from={record.element_id}"
        found.append(Tied(name, kind.label, entries, add, link))
    return found
