"""Charts and the map of a paper, each with what it shows in a sentence and its values as a table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk.documents import charts, maps
from quartierwerk.documents.charts import Bar
from quartierwerk.documents.content import Block, Figure, Heading, Table, TableColumn, Text, left_to_right
from quartierwerk.documents.drawing import Numbers
from quartierwerk.languages.numbers import format_amount, format_whole

from ..editions.pages import STAGES
from ..measures.rules import money
from ..models import Stage
from ..showing.states import LABELS
from .state import State
from .words import Speech

COUNTS, EUROS = Numbers(), Numbers("€")
MAP_MM, STEPS = 80.0, 4


def by_stage(state: State) -> list[Block]:
    counted = Counter(row["stage"] for row in state.measures)
    found = [(str(STAGES[Stage(stage)]), counted[stage]) for stage in STAGES if counted[stage]]
    return _counted(_("Measures by stage"), _("Stage"), found)


def by_light(state: State) -> list[Block]:
    """Only where the records of today are told; an edition knows no lights."""
    if state.now is None:
        return []
    counted = Counter(map(state.now.standing, state.measures))
    found = [(str(label), counted[one]) for one, label in LABELS.items() if counted[one]]
    return _counted(_("How far the measures are"), _("State"), found)


def _counted(title: str, column: str, found: Sequence[tuple[str, int]]) -> list[Block]:
    if not found:
        return []
    told = ", ".join(f"{name} {count}" for name, count in found)
    chart = charts.bar_chart(
        title=title,
        finding=f"{title}: {told}.",
        bars=[Bar(name, count) for name, count in found],
        numbers=COUNTS,
        name_column=column,
        value_column=_("Measures"),
    )
    table = replace(chart.table, caption=values_of(title))
    return [Heading(title, 2), Figure(chart.svg, chart.finding), table]


def money_by_year(state: State) -> list[Block]:
    """Planned, and what of it was spent where today is told."""
    counted = state.counted
    if not any(one.planned or one.spent for one in counted.years.values()):
        return []
    title = _("Planned and spent money by year") if state.now else _("Planned money by year")
    bars = []
    unknown = _("nothing reported yet") if state.now else _("to be clarified")
    for year, sums in counted.years.items():
        planned = None if sums.unclear and not sums.planned else sums.planned / 100
        if not state.now:
            bars.append(Bar(str(year), planned))
            continue
        spent = sums.spent / 100 if sums.spent else None
        bars += [
            Bar(_("%(year)s, planned") % {"year": year}, planned),
            Bar(_("%(year)s, spent") % {"year": year}, spent, stands_out=True),
        ]
    told = "; ".join(f"{bar.name} {unknown if bar.value is None else EUROS.text(bar.value)}" for bar in bars)
    chart = charts.bar_chart(
        title=title,
        finding=f"{title}: {told}.",
        bars=bars,
        numbers=EUROS,
        name_column=_("Year"),
        value_column=_("Amount"),
        missing=unknown,
    )
    return [Heading(title, 2), Figure(chart.svg, chart.finding), money_table(state)]


def money_table(state: State) -> Table:
    """What nobody said or reported is told so; it is no 0,00 €."""
    counted = state.counted
    columns = [
        TableColumn(_("Year")),
        TableColumn(_("planned"), align="end"),
        TableColumn(_("of that promised"), align="end"),
        *([TableColumn(_("spent"), align="end")] if state.now else []),
    ]
    total = counted.total
    rows = [
        [str(name), planned(one), secured(one), *([spent(one)] if state.now else [])]
        for name, one in [*counted.years.items(), (_("Sum"), total)]
    ]
    open_lines = ngettext(
        "%(n)s cost line is still to be clarified and not part of the sums.",
        "%(n)s cost lines are still to be clarified and not part of the sums.",
        total.unclear,
    )
    notes = [open_lines % {"n": total.unclear}] if total.unclear else []
    if counted.spent_on_stopped:
        notes.append(
            _("%(amount)s of it were spent on measures that have been stopped since.")
            % {"amount": format_amount(counted.spent_on_stopped)}
        )
    return Table(columns, rows, caption=_("Money in euros by year"), note=" ".join(notes))


def planned(sums: money.Sums) -> Text:
    if sums.unclear and not sums.planned:
        return _("to be clarified")
    return _amount(sums.planned)


def secured(sums: money.Sums) -> Text:
    if not sums.secured and (sums.planned or sums.unclear):
        return _("nothing promised yet")
    return _amount(sums.secured)


def spent(sums: money.Sums) -> Text:
    return _amount(sums.spent) if sums.spent else _("nothing reported yet")


def _amount(cents: int) -> Text:
    return left_to_right(format_amount(cents))


def map_of_quarters(state: State) -> list[Block]:
    """Quarters with the number of their measures. Quarters of a picture that have no outline stand in the table."""
    speech = Speech(state)
    counted = Counter(row["space"] for row in state.measures)
    if not any(counted[name] for name in counted if name):
        return []
    names = [quarter.name for quarter in state.quarters]
    names += sorted(name for name in counted if name and name not in names)
    title = _("Measures in the quarters")
    rows = [[speech.own(name), format_whole(counted[name])] for name in names]
    rows.append([_("whole municipality"), format_whole(counted[""])])
    table = Table(
        [TableColumn(_("Quarter")), TableColumn(_("Measures"), align="end")], rows, caption=values_of(title)
    )
    drawn = [quarter for quarter in state.quarters if quarter.outline]
    if not drawn:
        return [Heading(title, 2), table]
    told = ", ".join(f"{name} {counted[name]}" for name in names)
    finding = _(
        "Map of the quarters with the number of their measures: %(told)s. For the whole municipality: %(n)s."
    )
    finding = finding % {"told": told, "n": counted[""]}
    most = max(counted[quarter.name] for quarter in drawn)
    areas = [
        maps.Area(
            quarter.name,
            maps.outline_of(quarter.outline or {}),
            label=f"{quarter.name} {counted[quarter.name]}",
            shade=f"b{_step(counted[quarter.name], most)}o",
        )
        for quarter in drawn
    ]
    svg = maps.draw(areas, title=title, finding=finding, medium="paper")
    return [Heading(title, 2), Figure(svg, finding, width_mm=MAP_MM), table]


def _step(count: int, most: int) -> int:
    """1 (white) for none up to 4 (dark) for the most."""
    return 1 + -(-count * (STEPS - 1) // most) if most else 1


def values_of(title: str) -> str:
    """Caption of the table beside a picture."""
    return _("%(what)s: the numbers") % {"what": title}
