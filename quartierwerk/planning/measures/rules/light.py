"""The traffic light of a measure, computed from its stage, dates, steps, money, posts and reports (R3.08).

Every cause counts with a light of its own, the worst decides, and all are shown. Nobody is green past the end date.
A colour given by hand needs a comment, and is never green past the end either.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk.languages.days import short_day
from quartierwerk.languages.numbers import format_amount

from .money import Line, by_year, total
from .stages import Stage

LATE = timedelta(days=28)  # a step so long overdue is not merely delayed
SOON = timedelta(days=14)
OVERSPENT_PERCENT = 20  # the usual freedom between cost positions


class Light(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NO_REPORT = "no_report"  # nobody said anything: neither good nor bad
    WAITING = "waiting"  # not adopted, or its first day is to come
    DONE = "done"
    STOPPED = "stopped"


BY_HAND = frozenset({Light.GREEN, Light.AMBER, Light.RED})
_WEIGHT = {Light.GREEN: 0, Light.AMBER: 1, Light.NO_REPORT: 2, Light.RED: 3}


class Cause(StrEnum):
    END_PASSED = "end passed"
    START_PASSED = "start passed"
    REVIEW_PASSED = "review passed"
    STEP_LATE = "step late"
    STEP_OVERDUE = "step overdue"
    MONEY_ENDED = "money ended"
    MONEY_ENDS_EARLY = "money ends early"
    MONEY_UNSECURED = "money unsecured"
    OVERSPENT = "overspent"
    POST_ENDS_EARLY = "post ends early"
    POST_EMPTY = "post empty"
    SAID_LATE = "said late"
    SAID_AT_RISK = "said at risk"
    SAID_DONE = "said done"
    SILENT = "silent"
    NOTHING_KNOWN = "nothing known"
    BY_HAND_REFUSED = "by hand refused"


@dataclass(frozen=True)
class Step:
    title: str
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True)
class Post:
    title: str
    is_filled: bool = True
    ends_on: date | None = None


@dataclass(frozen=True)
class Said:
    """The newest report. light: "on_track", "at_risk", "late" or "done"."""

    light: str
    on: date


@dataclass(frozen=True)
class ByHand:
    light: str
    comment: str
    on: date


@dataclass(frozen=True)
class Facts:
    stage: str
    starts_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    steps: Sequence[Step] = ()
    costs: Sequence[Line] = ()
    posts: Sequence[Post] = ()
    said: Said | None = None
    # First day of the newest month for which the department stayed silent after two reminders.
    silent_month: date | None = None
    by_hand: ByHand | None = None


@dataclass(frozen=True)
class Reason:
    """One cause with the light it asks for; `values` fill its sentence."""

    cause: Cause
    light: Light
    values: tuple[Any, ...] = ()

    @property
    def words(self) -> str:
        return _SENTENCES[self.cause](*self.values)


@dataclass(frozen=True)
class Shown:
    """light: what people see. reasons: the worst first. computed: without anybody's hand."""

    light: Light
    reasons: tuple[Reason, ...] = ()
    computed: Light = Light.GREEN
    comment: str = ""
    by_hand_on: date | None = None

    @property
    def is_by_hand(self) -> bool:
        return bool(self.comment)


def light_of(facts: Facts, today: date) -> Shown:
    if facts.stage == Stage.DONE:
        return Shown(Light.DONE, computed=Light.DONE)
    if facts.stage == Stage.STOPPED:
        return Shown(Light.STOPPED, computed=Light.STOPPED)
    reasons = sorted(_reasons(facts, today), key=lambda one: -_WEIGHT[one.light])
    computed = reasons[0].light if reasons else Light.GREEN
    if not reasons and _is_waiting(facts, today):
        computed = Light.WAITING
    by_hand = facts.by_hand
    if by_hand is None or not by_hand.comment.strip() or by_hand.light not in BY_HAND:
        return Shown(computed, tuple(reasons), computed)
    if by_hand.light == Light.GREEN and _is_past_end(facts, today):
        reasons.append(Reason(Cause.BY_HAND_REFUSED, computed, (facts.ends_on,)))
        return Shown(computed, tuple(reasons), computed)
    if facts.silent_month and by_hand.on < facts.silent_month:
        return Shown(computed, tuple(reasons), computed)  # older than the silence: it says nothing about it
    return Shown(Light(by_hand.light), tuple(reasons), computed, by_hand.comment, by_hand.on)


def _is_past_end(facts: Facts, today: date) -> bool:
    return facts.ends_on is not None and facts.ends_on < today


def _is_waiting(facts: Facts, today: date) -> bool:
    if facts.stage in (Stage.PROPOSED, Stage.PRIORITISED):
        return True
    return facts.stage == Stage.ADOPTED and (facts.starts_on is None or facts.starts_on > today)


def _reasons(facts: Facts, today: date) -> Iterable[Reason]:
    yield from _of_dates(facts, today)
    if facts.stage in (Stage.PROPOSED, Stage.PRIORITISED):
        return  # without a decision nobody owes steps, money or reports
    yield from _of_steps(facts, today)
    yield from _of_money(facts, today)
    yield from _of_posts(facts, today)
    yield from _of_reports(facts)


def _of_dates(facts: Facts, today: date) -> Iterable[Reason]:
    if facts.ends_on and facts.ends_on < today:
        yield Reason(Cause.END_PASSED, Light.RED, (facts.ends_on,))
    elif facts.stage == Stage.ADOPTED and facts.starts_on and facts.starts_on < today:
        yield Reason(Cause.START_PASSED, Light.AMBER, (facts.starts_on,))
    if facts.stage == Stage.RUNNING and facts.review_on and facts.review_on < today:
        reported = facts.said is not None and facts.said.on >= facts.review_on
        if not reported:
            yield Reason(Cause.REVIEW_PASSED, Light.AMBER, (facts.review_on,))


def _of_steps(facts: Facts, today: date) -> Iterable[Reason]:
    for step in facts.steps:
        if step.done_on is None and step.due_on < today:
            late = today - step.due_on > LATE
            cause, light = (Cause.STEP_LATE, Light.RED) if late else (Cause.STEP_OVERDUE, Light.AMBER)
            yield Reason(cause, light, (step.title, step.due_on))


def _of_money(facts: Facts, today: date) -> Iterable[Reason]:
    day = _last_secured_day(facts.costs)
    if day and facts.ends_on and day < facts.ends_on:
        if day < today:
            yield Reason(Cause.MONEY_ENDED, Light.RED, (day,))
        else:
            yield Reason(Cause.MONEY_ENDS_EARLY, Light.AMBER, (day, facts.ends_on))
    this_year = by_year(facts.costs).get(today.year)
    if this_year and this_year.unsecured > 0:
        yield Reason(Cause.MONEY_UNSECURED, Light.AMBER, (this_year.unsecured, today.year))
    sums = total(facts.costs)
    if sums.planned and not sums.unclear and sums.spent > sums.planned:
        far = (sums.spent - sums.planned) * 100 > sums.planned * OVERSPENT_PERCENT
        yield Reason(Cause.OVERSPENT, Light.RED if far else Light.AMBER, (sums.spent, sums.planned))


def _last_secured_day(costs: Sequence[Line]) -> date | None:
    """None where no grant names a last day, or where money of a later year is secured."""
    named = max(
        (line.secured_until for line in costs if line.is_secured and line.secured_until), default=None
    )
    lasting = max((line.year for line in costs if line.is_secured and not line.secured_until), default=0)
    return named if named and lasting <= named.year else None


def _of_posts(facts: Facts, today: date) -> Iterable[Reason]:
    for post in facts.posts:
        if not post.is_filled:
            if facts.stage == Stage.RUNNING:
                yield Reason(Cause.POST_EMPTY, Light.AMBER, (post.title,))
        elif post.ends_on and facts.ends_on and post.ends_on < facts.ends_on:
            light = Light.RED if post.ends_on < today else Light.AMBER
            yield Reason(Cause.POST_ENDS_EARLY, light, (post.title, post.ends_on))


def _of_reports(facts: Facts) -> Iterable[Reason]:
    said = facts.said
    if facts.silent_month and (said is None or said.on < facts.silent_month):
        yield Reason(Cause.SILENT, Light.NO_REPORT, (facts.silent_month,))
    elif facts.stage == Stage.RUNNING and said is None and not facts.ends_on and not facts.steps:
        yield Reason(Cause.NOTHING_KNOWN, Light.NO_REPORT)
    if said and said.light == "late":
        yield Reason(Cause.SAID_LATE, Light.RED, (said.on,))
    elif said and said.light == "at_risk":
        yield Reason(Cause.SAID_AT_RISK, Light.AMBER, (said.on,))
    elif said and said.light == "done":
        yield Reason(Cause.SAID_DONE, Light.GREEN, (said.on,))


def _with_day(sentence: Callable[[], str], day: date) -> str:
    return sentence() % {"day": short_day(day)}


def _with_step(sentence: Callable[[], str], title: str, day: date) -> str:
    return sentence() % {"what": title, "day": short_day(day)}


def _silent(month: date) -> str:
    return _("No report for %(month)s, after two reminders.") % {"month": date_format(month, "F Y")}


def _money_ends(day: date, needed_until: date) -> str:
    return _("The money ends on %(day)s, the measure only on %(end)s.") % {
        "day": short_day(day),
        "end": short_day(needed_until),
    }


def _unsecured(cents: int, year: int) -> str:
    return _("%(amount)s of the costs of %(year)s are not secured.") % {
        "amount": format_amount(cents),
        "year": year,
    }


def _overspent(spent: int, planned: int) -> str:
    return _("%(spent)s were spent of %(planned)s planned.") % {
        "spent": format_amount(spent),
        "planned": format_amount(planned),
    }


_SENTENCES: dict[Cause, Callable[..., str]] = {
    Cause.END_PASSED: partial(_with_day, lambda: _("It should have ended on %(day)s.")),
    Cause.START_PASSED: partial(_with_day, lambda: _("It should have begun on %(day)s.")),
    Cause.REVIEW_PASSED: partial(_with_day, lambda: _("The review of %(day)s is due.")),
    Cause.STEP_LATE: partial(_with_step, lambda: _("Step “%(what)s” is long overdue, since %(day)s.")),
    Cause.STEP_OVERDUE: partial(_with_step, lambda: _("Step “%(what)s” is overdue since %(day)s.")),
    Cause.MONEY_ENDED: partial(_with_day, lambda: _("The money ended on %(day)s.")),
    Cause.MONEY_ENDS_EARLY: _money_ends,
    Cause.MONEY_UNSECURED: _unsecured,
    Cause.OVERSPENT: _overspent,
    Cause.POST_ENDS_EARLY: partial(
        _with_step, lambda: _("The post “%(what)s” ends on %(day)s, before the measure.")
    ),
    Cause.POST_EMPTY: lambda title: _("The post “%(what)s” is not filled.") % {"what": title},
    Cause.SAID_LATE: partial(_with_day, lambda: _("The department reported on %(day)s: behind plan.")),
    Cause.SAID_AT_RISK: partial(_with_day, lambda: _("The department reported on %(day)s: at risk.")),
    Cause.SAID_DONE: partial(
        _with_day, lambda: _("The department reported on %(day)s: done. The coordination office checks it.")
    ),
    Cause.SILENT: _silent,
    Cause.NOTHING_KNOWN: lambda: _("There is no last day, no step and no report."),
    Cause.BY_HAND_REFUSED: partial(
        _with_day, lambda: _("“On track” by hand does not count: the end was on %(day)s.")
    ),
}


def label(light: Light) -> str:
    return {
        Light.GREEN: _("on track"),
        Light.AMBER: _("at risk"),
        Light.RED: _("behind plan"),
        Light.NO_REPORT: _("no report"),
        Light.WAITING: _("not begun"),
        Light.DONE: _("done"),
        Light.STOPPED: _("stopped"),
    }[light]


def steps_in_words(steps: Sequence[Step]) -> str:
    done = sum(step.done_on is not None for step in steps)
    return ngettext("%(done)d of %(n)d step done", "%(done)d of %(n)d steps done", len(steps)) % {
        "done": done,
        "n": len(steps),
    }
