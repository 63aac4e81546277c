"""What charts and maps share: SVG elements, numbers as words, how wide words are.

Colours stand in attributes, so that a drawing is complete on its own, in a PDF too; on pages the classes of the
style sheet win and turn it dark. No `style` anywhere: a strict content security policy refuses it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

INK, MUTED, GRID, EDGE, PAGE = "#131525", "#51577a", "#d9dbe6", "#6e7597", "#ffffff"
MISSING = "·"
FONTS = "Fira Sans, Vazirmatn, sans-serif"
XML_REFUSES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SAFE_LINK = re.compile(r"https?://|/|[#?]", re.IGNORECASE)


@dataclass(frozen=True)
class Numbers:
    """How numbers are written: Numbers("%", decimals=1) gives "14,8 %"."""

    unit: str = ""
    decimals: int = 0
    mark: str = ","
    group: str = "."

    def bare(self, value: float | None) -> str:
        if value is None or value != value:
            return MISSING
        written = f"{abs(value):,.{self.decimals}f}"
        # Two steps, since each sign may stand for the other.
        written = written.replace(",", "\0").replace(".", self.mark).replace("\0", self.group)
        return f"−{written}" if value < 0 and any(sign in "123456789" for sign in written) else written

    def text(self, value: float | None) -> str:
        bare = self.bare(value)
        return f"{bare}\N{NO-BREAK SPACE}{self.unit}" if self.unit and bare != MISSING else bare

    def for_steps(self, step: float) -> "Numbers":
        """The same with as many decimals as marks on an axis need."""
        needed = next((count for count in range(self.decimals) if round(step, count) == step), self.decimals)
        return replace(self, decimals=needed)


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """An SVG element; `content` is markup already, attributes are not. `class_` and `stroke_width` are spelled so."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{plain(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def plain(value: object) -> str:
    """Any text or number as it may stand inside markup."""
    if isinstance(value, float):
        return number(value)
    return escape(XML_REFUSES.sub("", str(value)))


def number(value: float) -> str:
    """A coordinate with one decimal, without a useless zero."""
    written = f"{value:.1f}"
    written = written[:-2] if written.endswith(".0") else written
    return "0" if written == "-0" else written


def text(words: str, x: float, y: float, size: float, **attributes: object) -> str:
    attributes = {"fill": INK, **attributes}
    return element("text", plain(words), x=x, y=y, font_size=size, **attributes)


def is_safe_link(link: str) -> bool:
    """A web address or a path of ours, never a script."""
    return bool(SAFE_LINK.match(link))


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """About how wide words are, rather too wide than too narrow."""
    total = 0.0
    for sign in words:
        if sign in "iljItf.,:;|!' ()[]":
            total += 0.34
        elif sign in "mwMWÄÖÜ%@" or unicodedata.east_asian_width(sign) in "WF":
            total += 0.92
        elif unicodedata.combining(sign):
            continue
        else:
            total += 0.62 if sign.isupper() else 0.56
    return total * size * (1.06 if bold else 1.0)


def wrapped(words: str, widest: float, size: float, most: int = 2) -> list[str]:
    """Words over at most so many lines; what does not fit ends in "…" (the table beside has it whole)."""
    parts = list(re.findall(r"[^\s-]*-|[^\s-]+|\s+", words))
    lines = [""]
    for part in parts:
        if lines[-1] and width_of(lines[-1] + part.rstrip(), size) > widest and not part.isspace():
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip()
    lines = [line.strip() for line in lines if line.strip()] or [""]
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [shortened(line, widest, size) for line in lines]


def shortened(words: str, widest: float, size: float) -> str:
    if width_of(words, size) <= widest:
        return words
    while words and width_of(words + "…", size) > widest:
        words = words[:-1]
    return words.rstrip() + "…"


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Places as near as possible to the wanted ones, without overlap, in the same order, between low and high."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    # Neighbours that would overlap form a stack around the mean of where they want to be.
    stacks: list[tuple[list[int], float, float]] = []  # members, upper edge, height
    for at in order:
        members, edge, height = [at], wanted[at] - heights[at] / 2, heights[at]
        while stacks and stacks[-1][1] + stacks[-1][2] > edge:
            above, _, tall = stacks.pop()
            members, height = above + members, tall + height
            edges, offset = [], 0.0
            for member in members:
                edges.append(wanted[member] - offset - heights[member] / 2)
                offset += heights[member]
            edge = sum(edges) / len(edges)
        stacks.append((members, edge, height))
    placed = list(wanted)
    for members, edge, _ in stacks:
        for member in members:
            placed[member] = edge + heights[member] / 2
            edge += heights[member]
    # At the bounds a stack is pushed back, and what it then touches with it.
    edge = low
    for at in order:
        placed[at] = max(placed[at], edge + heights[at] / 2)
        edge = placed[at] + heights[at] / 2
    edge = high
    for at in reversed(order):
        placed[at] = min(placed[at], edge - heights[at] / 2)
        edge = placed[at] - heights[at] / 2
    return placed
