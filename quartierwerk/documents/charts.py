"""Charts as SVG, made on the server: lines over time and bars. Each comes with its values as a table.

Every line has its own colour, dash and marker and its name at its end; bars start at zero. Where a definition
changed, the line is broken and says so: a line across the break would claim what nobody measured.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

from quartierwerk.documents.chart_frame import WIDTH, Frame, Label, draw_marker, draw_stroke, svg_of
from quartierwerk.documents.content import Table, TableColumn
from quartierwerk.documents.drawing import (
    EDGE,
    INK,
    MUTED,
    Numbers,
    element,
    number,
    text,
    width_of,
    wrapped,
)

MOST_LINES = 4
# Colour of the line, of its words (darker where the line's colour is too light for text), dash, marker.
STYLES = (
    ("c1", "#00388f", "#00388f", None, "circle"),
    ("c2", "#c37507", "#9a5a00", "8 4", "square"),
    ("c3", "#7b0037", "#7b0037", "12 3 2 3", "diamond"),
    ("c4", "#00716d", "#00716d", "3 3", "triangle"),
)
TARGET_COLOUR = "#767a87"


@dataclass(frozen=True)
class Line:
    """values  one per period; none where nothing was measured or shown"""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Break:
    """From this period on another definition holds."""

    period: str
    words: str


@dataclass(frozen=True)
class Target:
    """A value to be reached; drawn from the period it was set in."""

    name: str
    value: float
    since: str | None = None


@dataclass(frozen=True)
class Bar:
    name: str
    value: float | None
    stands_out: bool = False


@dataclass(frozen=True)
class Chart:
    """A drawing, what it tells in a sentence, and its values."""

    svg: str
    finding: str
    table: Table


def line_chart(
    *,
    title: str,
    finding: str,
    periods: Sequence[str],
    lines: Sequence[Line],
    numbers: Numbers,
    name_column: str,
    target: Target | None = None,
    breaks: Sequence[Break] = (),
    from_zero: bool = False,
    note: str = "",
    height: int = 300,
) -> Chart:
    """Up to four lines over time and a target.

    finding      what the chart shows, in a sentence: its name for who cannot see it
    name_column  head of the table's first column, "Gebiet"
    note         unit, years, source, date; below the table
    raises       ValueError for more than four lines, none, or values that do not fit the periods
    """
    _check(periods, lines, target, breaks)
    known = [value for line in lines for value in line.values if _is_number(value)]
    frame = Frame.around(known + ([target.value] if target else []), numbers, from_zero, periods, height)
    labels = _end_labels(lines, target, numbers, periods)
    frame = frame.with_room(max((label.width for label in labels), default=0.0))
    parts = [*frame.grid(numbers), *frame.period_labels()]
    cuts = []
    for change in breaks:
        at = _place_of_break(change, periods, lines)
        cuts.append(at)
        parts += frame.break_line(at, change.words)
    if target:
        start = list(periods).index(target.since) if target.since else 0
        y = frame.y(target.value)
        path = f"M{number(frame.x(start))} {number(y)}H{number(frame.right)}"
        parts.append(draw_stroke(path, "l c5", TARGET_COLOUR, "2 4"))
    for line, (name, colour, _, dash, _) in zip(lines, STYLES, strict=False):
        runs = _runs(line.values, cuts)
        parts += [draw_stroke(frame.path(run), f"l {name}", colour, dash) for run in runs if len(run) > 1]
    for line, (name, colour, _, _, marker) in zip(lines, STYLES, strict=False):
        parts += [
            draw_marker(marker, frame.x(at), frame.y(value), f"d{name[1]}", colour)
            for at, value in enumerate(line.values)
            if _is_number(value)
        ]
    parts += frame.place(labels)
    return Chart(
        svg=svg_of(parts, title, finding, note, height),
        finding=finding,
        table=Table(
            columns=[TableColumn(name_column), *(TableColumn(period, align="end") for period in periods)],
            rows=[[line.name, *map(numbers.bare, line.values)] for line in lines]
            + ([_target_row(target, periods, numbers)] if target else []),
            caption=f"{title} ({numbers.unit})" if numbers.unit else title,
            note=note,
        ),
    )


def bar_chart(
    *,
    title: str,
    finding: str,
    bars: Sequence[Bar],
    numbers: Numbers,
    name_column: str,
    value_column: str,
    missing: str = "·",
    reference: Target | None = None,
    note: str = "",
) -> Chart:
    """Bars from zero, one below the other, in the order given (areas keep their geographic order).

    missing  words where there is no value: "keine Meldung"
    """
    if not bars:
        raise ValueError("a chart needs bars")
    size, row_height, top = 14, 34, 8.0 if reference is None else 30.0
    names = [wrapped(bar.name, 230, size) for bar in bars]
    left = 12 + max(width_of(line, size) for lines in names for line in lines)
    known = [bar.value for bar in bars if _is_number(bar.value)]
    values = [0.0, *known, *([reference.value] if reference else [])]
    low, high = min(values), max(values)
    room = 14 + max(width_of(numbers.text(value), size, bold=True) for value in values)
    start = left + (room if low < 0 else 0)
    scale = (WIDTH - room - start) / ((high - low) or 1)
    zero = start - low * scale
    parts, values_drawn = [], []
    all_alike = not any(bar.stands_out for bar in bars)
    for at, bar in enumerate(bars):
        y = top + at * row_height
        first = y + 21 - 8.5 * (len(names[at]) - 1)
        weight = 600 if bar.stands_out else None
        for step, line in enumerate(names[at]):
            parts.append(
                text(line, left - 12, first + 17 * step, size, text_anchor="end", font_weight=weight)
            )
        if not _is_number(bar.value):
            parts.append(text(missing, zero + 8, y + 21, size, class_="m", fill=MUTED))
            continue
        length = bar.value * scale
        name, colour = ("d1", "#00388f") if bar.stands_out or all_alike else ("d5", TARGET_COLOUR)
        left_end = min(zero, zero + length)
        parts.append(
            element("rect", class_=name, fill=colour, x=left_end, y=y + 5.0, width=abs(length), height=22)
        )
        anchor, beside = ("end", -8) if bar.value < 0 else ("start", 8)
        # The edge keeps the words readable where the reference line crosses them.
        values_drawn.append(
            text(
                numbers.text(bar.value), zero + length + beside, y + 21, size, class_="v", text_anchor=anchor,
                font_weight=weight, stroke="#ffffff", stroke_width="4", paint_order="stroke",
            )
        )  # fmt: skip
    bottom = top + len(bars) * row_height
    parts.append(draw_stroke(f"M{number(zero)} {number(top)}V{number(bottom)}", "axis", EDGE, None, 1))
    if reference:
        x = zero + reference.value * scale
        parts.append(
            draw_stroke(f"M{number(x)} {number(top - 4)}V{number(bottom)}", "break", INK, "3 3", 1.5)
        )
        words = f"{reference.name} {numbers.text(reference.value)}"
        anchor = "end" if x + width_of(words, 13) > WIDTH else "start"
        parts.append(text(words, x, 16, 13, text_anchor=anchor))
    parts += values_drawn
    table = Table(
        columns=[TableColumn(name_column), TableColumn(value_column, align="end")],
        rows=[[bar.name, numbers.text(bar.value) if _is_number(bar.value) else missing] for bar in bars]
        + ([[reference.name, numbers.text(reference.value)]] if reference else []),
        caption=title,
        note=note,
    )
    return Chart(svg=svg_of(parts, title, finding, note, math.ceil(bottom) + 8), finding=finding, table=table)


def _check(
    periods: Sequence[str], lines: Sequence[Line], target: Target | None, breaks: Sequence[Break]
) -> None:
    if not periods or not lines:
        raise ValueError("a chart needs periods and lines")
    if len(lines) > MOST_LINES:
        raise ValueError(f"{len(lines)} lines: at most {MOST_LINES} can be told apart")
    for line in lines:
        if len(line.values) != len(periods):
            raise ValueError(f"{line.name}: {len(line.values)} values for {len(periods)} periods")
    named = [change.period for change in breaks] + ([target.since] if target and target.since else [])
    for period in named:
        if period not in periods:
            raise ValueError(f"{period} is none of the periods")


def _end_labels(
    lines: Sequence[Line], target: Target | None, numbers: Numbers, periods: Sequence[str]
) -> list[Label]:
    labels = []
    for line, (name, _, colour, _, _) in zip(lines, STYLES, strict=False):
        known = [(at, value) for at, value in enumerate(line.values) if _is_number(value)]
        if not known:
            continue
        at, value = known[-1]
        words = f"{line.name} {numbers.text(value)}"
        if at < len(periods) - 1:
            words += f" ({periods[at]})"
        labels.append(Label(wrapped(words, 190, 14), value, colour, f"t{name[1]}", 600))
    if target:
        words = f"{target.name} {numbers.text(target.value)}"
        labels.append(Label(wrapped(words, 190, 14), target.value, MUTED, "t5", None))
    return labels


def _place_of_break(change: Break, periods: Sequence[str], lines: Sequence[Line]) -> float:
    """On the period itself where nothing was measured in it, else just before it."""
    at = list(periods).index(change.period)
    return at if all(not _is_number(line.values[at]) for line in lines) else at - 0.5


def _runs(values: Sequence[float | None], cuts: Sequence[float]) -> list[list[tuple[int, float]]]:
    """Stretches that may be drawn as one line: no gap, no changed definition inside."""
    runs: list[list[tuple[int, float]]] = [[]]
    for at, value in enumerate(values):
        if not _is_number(value):
            runs.append([])
            continue
        if any(at - 1 < cut < at for cut in cuts):
            runs.append([])
        runs[-1].append((at, value))
    return [run for run in runs if run]


def _target_row(target: Target, periods: Sequence[str], numbers: Numbers) -> list[str]:
    start = list(periods).index(target.since) if target.since else 0
    return [target.name, *(numbers.bare(target.value if at >= start else None) for at in range(len(periods)))]


def _is_number(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)
