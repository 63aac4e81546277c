"""Outlines in the drawing's plane: fewer points, paths, and where words fit inside."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from quartierwerk.documents.drawing import number

Point2: TypeAlias = tuple[float, float]
Ring: TypeAlias = list[Point2]

ROWS = 28  # heights tried for a label
STEPS = 5  # lines of its height at which it must lie inside


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Spot:
    """Where words go, and whether they fit there."""

    x: float
    y: float
    fits: bool


def simplified(points: Sequence[Point2], tolerance: float) -> list[Point2]:
    """Douglas and Peucker: no point left out lies further than the tolerance from the line kept."""
    if len(points) < 3:
        return list(points)
    kept = [False] * len(points)
    kept[0] = kept[-1] = True
    stretches = [(0, len(points) - 1)]
    while stretches:
        first, last = stretches.pop()
        if last - first < 2:
            continue
        distances = [_distance(points[at], points[first], points[last]) for at in range(first + 1, last)]
        furthest = max(range(len(distances)), key=distances.__getitem__)
        if distances[furthest] > tolerance:
            middle = first + 1 + furthest
            kept[middle] = True
            stretches += [(first, middle), (middle, last)]
    return [point for point, keep in zip(points, kept, strict=True) if keep]


def _distance(point: Point2, start: Point2, end: Point2) -> float:
    """From a point to the stretch between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


def path_of(outline: Sequence[Sequence[Ring]], tolerance: float) -> str:
    """An SVG path of all rings, one decimal, closed."""
    parts = []
    for polygon in outline:
        for ring in polygon:
            corners = [f"{number(x)} {number(y)}" for x, y in simplified(ring, tolerance)]
            corners = [corner for at, corner in enumerate(corners) if at == 0 or corner != corners[at - 1]]
            if len(corners) > 1 and corners[0] == corners[-1]:
                corners.pop()
            if len(corners) > 2:
                parts.append("M" + "L".join(corners) + "Z")
    return "".join(parts)


class Room:
    """The largest polygon of an outline, for finding places of words in it again and again."""

    def __init__(self, outline: Sequence[Sequence[Ring]]):
        polygons = (polygon for polygon in outline if polygon and len(polygon[0]) > 2)
        self.polygon = max(polygons, key=_size, default=None)
        self.first = next((ring[0] for polygon in outline for ring in polygon if ring), (0.0, 0.0))
        # The same quarters are drawn on every page of a town; only what to avoid differs.
        self._known: dict[tuple[float, float], list[_Row]] = {}
        if self.polygon is not None:
            self.top = min(y for _, y in self.polygon[0])
            self.bottom = max(y for _, y in self.polygon[0])

    def best_place(self, width: float, height: float, avoid: Sequence[Box] = ()) -> Spot:
        """The roomiest place for words of this size, clear of what is drawn there."""
        if self.polygon is None:
            return Spot(*self.first, fits=False)
        best, best_row, x, at = -math.inf, 0, 0.0, 0.0
        for row in self._rows(width, height):
            if row.score < best:
                break  # what is drawn there can only take room away, here and in all rows after it
            for left, right in _clear(row.free, row.y - height / 2, row.y + height / 2, avoid):
                score = _score((right - left - width) / 2, row.spare, row.stray)
                if score > best or (score == best and row.number < best_row):
                    best, best_row, x, at = score, row.number, (left + right) / 2, row.y
        if best == -math.inf:
            return Spot(*_middle(self.polygon[0]), fits=False)
        return Spot(x, at, fits=best > 0)

    def _rows(self, width: float, height: float) -> list["_Row"]:
        """The heights at which words of this size may stand, the roomiest first."""
        if (width, height) not in self._known:
            rows = []
            for row in range(1, ROWS):
                y = self.top + (self.bottom - self.top) * row / ROWS
                free = [(left, right) for left, right in self._stretches(y, height) if right > left]
                spare = min((y - self.top) - height / 2, (self.bottom - y) - height / 2)
                # Of two roomy places the one nearer to the middle looks less stray.
                stray = 0.02 * abs(y - (self.top + self.bottom) / 2)
                if free:
                    score = max(_score((right - left - width) / 2, spare, stray) for left, right in free)
                    rows.append(_Row(row, y, free, spare, stray, score))
            self._known[width, height] = sorted(rows, key=lambda row: (-row.score, row.number))
        return self._known[width, height]

    def _stretches(self, y: float, height: float) -> list[tuple[float, float]]:
        """Inside the polygon over the whole height of the words."""
        free: list[tuple[float, float]] | None = None
        for step in range(STEPS):
            here = _inside(self.polygon or (), y - height / 2 + height * step / (STEPS - 1))
            free = here if free is None else _both(free, here)
        return free or []


class _Row(NamedTuple):
    number: int
    y: float
    free: list[tuple[float, float]]
    spare: float  # room above and below
    stray: float
    score: float  # where nothing is drawn


def _score(beside: float, spare: float, stray: float) -> float:
    return min(beside, spare, 25.0) - stray


def _clear(
    free: list[tuple[float, float]], top: float, bottom: float, avoid: Sequence[Box]
) -> list[tuple[float, float]]:
    """What the boxes leave of the stretches between these heights."""
    cuts = sorted((box.left, box.right) for box in avoid if box.bottom > top and box.top < bottom)
    clear = []
    for left, right in free:
        for cut, end in cuts:
            if cut >= right:
                break
            if end > left:
                if cut > left:
                    clear.append((left, cut))
                left = end
        if left < right:
            clear.append((left, right))
    return clear


def _inside(polygon: Sequence[Sequence[Point2]], y: float) -> list[tuple[float, float]]:
    crossings = sorted(
        x1 + (y - y1) / (y2 - y1) * (x2 - x1)
        for ring in polygon
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
        if (y1 <= y) != (y2 <= y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def _both(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(max(a, c), min(b, d)) for a, b in one for c, d in other if min(b, d) > max(a, c)]


def _size(polygon: Sequence[Ring]) -> float:
    ring = polygon[0]
    return (
        abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2
    )


def _middle(ring: Ring) -> Point2:
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
