"""Goals as visitors read them: how far it is in words, and where values were measured a chart with its table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import get_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quartierwerk.documents.charts import Chart, Line, Target, line_chart
from quartierwerk.documents.drawing import Numbers
from quartierwerk.languages import showing
from quartierwerk.languages.days import short_day
from quartierwerk.languages.showing import Shown

from ..measures.rules import goals as rules
from ..models import Goal
from .words import day, filled, measured

HEIGHT = 220


@dataclass(frozen=True)
class GoalShown:
    """sign: shape of the state. drawn: from two values on; one value is said in words."""

    goal: Goal
    title: Shown
    words: SafeString
    sign: str
    evidence: Shown | None
    chart: Chart | None
    periods: tuple[str, ...] = ()

    @property
    def label(self) -> SafeString:
        """As one piece beside the sign."""
        return format_html("<span>{}</span>", self.words)

    @property
    def drawing(self) -> SafeString:
        return SafeString(self.chart.svg) if self.chart else SafeString("")

    @property
    def values(self) -> list[tuple[str, str]]:
        """Rows of the table: day, value."""
        if self.chart is None:
            return []
        row = self.chart.table.rows[0]
        return [
            (period, str(value))
            for period, value in zip(self.periods, row[1:], strict=True)
            if str(value) != "·"
        ]


def shown(goals: Iterable[Goal], lang: str, today: date, *, drawn: bool = True) -> list[GoalShown]:
    """Wants `translations` and `values`."""
    return [_shown(goal, lang, today, drawn) for goal in goals]


def _shown(goal: Goal, lang: str, today: date, drawn: bool) -> GoalShown:
    texts = showing.show_all(goal, lang)
    values = sorted((one.on, one.value) for one in goal.values.all() if one.on <= today)
    indicator = rules.Indicator(goal.baseline, goal.target, goal.direction, goal.baseline_on, goal.target_on)
    progress = rules.progress(goal.evidence_kind, indicator, values, today)
    words, sign = in_words(progress, goal)
    is_indicator = goal.evidence_kind == Goal.Evidence.INDICATOR
    evidence = (
        Shown(goal.indicator_name, goal.language, goal.language != lang)
        if is_indicator
        else texts["qualitative"]
    )
    chart = None
    periods: tuple[str, ...] = ()
    if drawn and is_indicator and len(values) > 1:
        periods = tuple(short_day(on) for on, _value in values)
        chart = _chart(goal, texts["title"].text, values, periods)
    return GoalShown(goal, texts["title"], words, sign, evidence if evidence else None, chart, periods)


def in_words(progress: rules.Progress, goal: Goal) -> tuple[SafeString, str]:
    """(words, shape)."""
    value = measured(progress.last, goal.unit) if progress.last is not None else ""
    on = day(progress.last_on) if progress.last_on else ""
    match progress.state:
        case rules.State.NO_EVIDENCE:
            return filled(_("It is not agreed yet how one will know.")), "none"
        case rules.State.QUALITATIVE:
            return filled(_("People are asked how it is.")), "none"
        case rules.State.NO_VALUES:
            return filled(_("Nothing has been measured yet.")), "none"
        case rules.State.REACHED:
            return filled(_("Reached: %(value)s on %(day)s."), value=value, day=on), "done"
        case rules.State.AWAY:
            return filled(
                _("Further away than at the beginning: %(value)s on %(day)s."), value=value, day=on
            ), "bad"
        case rules.State.BEHIND:
            return filled(
                _("On the way, slower than planned: %(value)s on %(day)s."), value=value, day=on
            ), "warn"
        case rules.State.ON_WAY:
            return filled(_("On the way: %(value)s on %(day)s."), value=value, day=on), "ok"
    return filled(_("Measured: %(value)s on %(day)s."), value=value, day=on), "none"


def _chart(goal: Goal, title: str, values: list[tuple[date, Decimal]], periods: tuple[str, ...]) -> Chart:
    (_first_on, first), (_last_on, last) = values[0], values[-1]
    decimals = max(max(0, -value.normalize().as_tuple().exponent) for _on, value in values)  # type: ignore[operator]
    numbers = Numbers(
        goal.unit,
        decimals,
        mark=str(get_format("DECIMAL_SEPARATOR")),
        group=str(get_format("THOUSAND_SEPARATOR")),
    )
    finding = _("%(what)s: from %(first)s (%(then)s) to %(last)s (%(now)s)") % {
        "what": goal.indicator_name,
        "first": numbers.text(float(first)),
        "then": periods[0],
        "last": numbers.text(float(last)),
        "now": periods[-1],
    }
    target = Target(_("Target"), float(goal.target)) if goal.target is not None else None
    return line_chart(
        title=title,
        finding=finding,
        periods=periods,
        lines=[Line(_("Measured"), [float(value) for _on, value in values])],
        numbers=numbers,
        name_column=_("Day"),
        target=target,
        height=HEIGHT,
    )
