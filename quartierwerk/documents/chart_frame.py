"""The drawing area of a chart: where periods and values lie, its grid, its marks and the names at the ends of lines."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from quartierwerk.documents.drawing import (
    FONTS,
    GRID,
    INK,
    MUTED,
    Numbers,
    element,
    number,
    plain,
    spread,
    text,
    width_of,
)

WIDTH = 760


@dataclass(frozen=True)
class Label:
    lines: list[str]
    y_value: float
    colour: str
    name: str
    weight: int | None

    @property
    def width(self) -> float:
        return max(width_of(line, 14, bold=self.weight is not None) for line in self.lines)


@dataclass(frozen=True)
class Frame:
    """The drawing area: where periods and values lie."""

    periods: Sequence[str]
    low: float
    high: float
    step: float
    left: float
    right: float
    top: float
    bottom: float

    @classmethod
    def around(
        cls, values: Sequence[float], numbers: Numbers, from_zero: bool, periods: Sequence[str], height: int
    ) -> "Frame":
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        if from_zero or 0 <= low <= (high - low) / 2:
            low, high = min(low, 0.0), max(high, 0.0)
        step = nice_step((high - low) or abs(high) or 1.0, numbers.decimals)
        low, high = math.floor(low / step) * step, math.ceil(high / step) * step
        if low == high:
            low, high = low - step, high + step
        scale = numbers.for_steps(step)
        widest = max(width_of(scale.text(low + step * n), 13) for n in range(round((high - low) / step) + 1))
        return cls(periods, low, high, step, widest + 14, WIDTH, 26, height - 50)

    def with_room(self, width: float) -> "Frame":
        right = WIDTH - 20 - width
        return Frame(self.periods, self.low, self.high, self.step, self.left, right, self.top, self.bottom)

    def x(self, at: float) -> float:
        inner = self.right - self.left - 20
        return self.left + 10 + (inner * at / (len(self.periods) - 1) if len(self.periods) > 1 else inner / 2)

    def y(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def path(self, run: Sequence[tuple[int, float]]) -> str:
        return "M" + "L".join(f"{number(self.x(at))} {number(self.y(value))}" for at, value in run)

    def grid(self, numbers: Numbers) -> list[str]:
        parts = []
        for n in range(round((self.high - self.low) / self.step) + 1):
            value = self.low + n * self.step
            y = self.y(value)
            parts.append(
                draw_stroke(f"M{number(self.left)} {number(y)}H{number(self.right)}", "grid", GRID, None, 1)
            )
            words = numbers.for_steps(self.step).text(value)
            parts.append(text(words, self.left - 6, y + 5, 13, class_="m", fill=MUTED, text_anchor="end"))
        return parts

    def period_labels(self) -> list[str]:
        """As many as fit, always the last."""
        widest = max(width_of(period, 13) for period in self.periods) + 12
        gap = self.x(1) - self.x(0) if len(self.periods) > 1 else widest
        every = max(1, math.ceil(widest / gap))
        last = len(self.periods) - 1
        return [
            text(period, self.x(at), self.bottom + 26, 13, class_="m", fill=MUTED, text_anchor="middle")
            for at, period in enumerate(self.periods)
            if (last - at) % every == 0
        ]

    def break_line(self, at: float, words: str) -> list[str]:
        x = self.x(at)
        before = x + 8 + width_of(words, 13) > WIDTH
        return [
            draw_stroke(f"M{number(x)} 6V{number(self.bottom + 2)}", "break", INK, "3 3", 1),
            text(words, x - 8 if before else x + 8, 16, 13, text_anchor="end" if before else None),
        ]

    def place(self, labels: Sequence[Label]) -> list[str]:
        heights = [17.0 * len(label.lines) + 3 for label in labels]
        places = spread([self.y(label.y_value) for label in labels], heights, 2, self.bottom + 20)
        parts = []
        for label, middle in zip(labels, places, strict=True):
            first = middle + 5 - 8.5 * (len(label.lines) - 1)
            for step, line in enumerate(label.lines):
                parts.append(
                    text(
                        line, self.right + 10, first + 17 * step, 14,
                        class_=label.name, fill=label.colour, font_weight=label.weight,
                    )
                )  # fmt: skip
        return parts


def nice_step(reach: float, decimals: int) -> float:
    """A step of 1, 2, 2.5 or 5 times a power of ten that gives four to six lines."""
    rough = reach / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    return max(step, 10.0**-decimals)  # finer lines would carry the same words


def draw_stroke(path: str, name: str, colour: str, dash: str | None, width: float = 2.75) -> str:
    return element(
        "path", class_=name, d=path, fill="none", stroke=colour, stroke_width=str(width), stroke_dasharray=dash,
        stroke_linejoin="round" if name.startswith("l ") else None,
    )  # fmt: skip


def draw_marker(shape: str, x: float, y: float, name: str, colour: str) -> str:
    if shape == "circle":
        return element("circle", class_=name, fill=colour, cx=x, cy=y, r=4)
    if shape == "square":
        return element("rect", class_=name, fill=colour, x=x - 4, y=y - 4, width=8, height=8)
    corners = (
        ((0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0)) if shape == "diamond" else ((0, -5.5), (5, 4), (-5, 4))
    )
    path = "M" + "L".join(f"{number(x + dx)} {number(y + dy)}" for dx, dy in corners) + "Z"
    return element("path", class_=name, fill=colour, d=path)


def svg_of(parts: Sequence[str], title: str, finding: str, note: str, height: int) -> str:
    head = f"<title>{plain(title)}</title>" + (f"<desc>{plain(note)}</desc>" if note else "")
    return element(
        "svg", head + "".join(parts), xmlns="http://www.w3.org/2000/svg", class_="qw-chart",
        viewBox=f"0 0 {WIDTH} {height}", role="img", aria_label=finding, font_family=FONTS, direction="ltr",
    )  # fmt: skip
