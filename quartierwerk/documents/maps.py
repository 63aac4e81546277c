"""Maps of areas as SVG, made on the server: no tiles, no script, the same in a page and in a PDF.

Outlines come as rings of (x, y) or (longitude, latitude); what they are called, where they lead and how they are
shaded comes with them. On paper grey steps and patterns stand for the colours.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from quartierwerk.documents.drawing import (
    EDGE,
    FONTS,
    INK,
    PAGE,
    element,
    is_safe_link,
    number,
    plain,
    text,
    width_of,
    wrapped,
)
from quartierwerk.documents.outlines import Box, Point2, Ring, Room, path_of, simplified

Outline: TypeAlias = Sequence[Sequence[Sequence[Sequence[float]]]]  # polygons of rings of points
Medium: TypeAlias = Literal["screen", "paper"]

PADDING = 10.0
WIDTH, TALLEST = 300, 460
LARGEST_BYTES = 300_000
FINEST = 0.1  # in units of the drawing; a finer bend cannot be seen
LABEL_SIZES = (14.0, 12.0, 11.0, 10.0, 9.0, 8.0)
POINT_RADIUS = 9.0
# Bivariate classes: colour on screens, grey and pattern on paper, white words on the darkest step.
COLOURS = {
    "b1p": "#afe0ff", "b2p": "#67b4ef", "b3p": "#2284c4", "b4p": "#004c82",
    "b1o": "#eff0f4", "b2o": "#c7c8ce", "b3o": "#999ba2", "b4o": "#64666d",
    "b1m": "#ffcc9c", "b2m": "#e6984e", "b3m": "#b76600", "b4m": "#6e3700",
    "bx": PAGE,
}  # fmt: skip
GREYS = {"1": "#ffffff", "2": "#e2e2e2", "3": "#bdbdbd", "4": "#8f8f8f", "x": PAGE}
DYNAMICS = {"+": "p", "±": "o", "−": "m"}


@dataclass(frozen=True)
class Area:
    """outline    polygons of rings, the outer ring first
    label      words drawn inside; the name unless given, nothing if ""
    shade      class of its fill: "b2p" and the like from `bivariate`, or none
    link       where it leads, named by link_name ("Angebote in Rethen")
    """

    name: str
    outline: Outline
    label: str | None = None
    shade: str = ""
    link: str = ""
    link_name: str = ""


@dataclass(frozen=True)
class Place:
    """A point with its number in the list beside."""

    number: int
    at: Sequence[float]
    name: str
    link: str = ""


def bivariate(status: int | None, dynamics: str | None) -> tuple[str, str]:
    """Shade and label of a class: (2, "+") -> ("b2p", "2+"); not rated -> ("bx", "·").

    status    1 to 4; dynamics  "+", "±" or "−"
    """
    if status is None or dynamics is None:
        return "bx", "·"
    if status not in (1, 2, 3, 4) or dynamics not in DYNAMICS:
        raise ValueError(f"no class {status}{dynamics}: 1 to 4 and one of + ± −")
    return f"b{status}{DYNAMICS[dynamics]}", f"{status}{dynamics}"


def outline_of(geometry: Mapping[str, Any]) -> Outline:
    """The rings of a GeoJSON Polygon or MultiPolygon."""
    match geometry.get("type"):
        case "Polygon":
            return [geometry["coordinates"]]
        case "MultiPolygon":
            return list(geometry["coordinates"])
        case "GeometryCollection":
            return [polygon for part in geometry["geometries"] for polygon in outline_of(part)]
    raise ValueError(f"{geometry.get('type')} has no outline")


class Ground:
    """Areas made ready for many maps: placing their points takes longer than all else that is drawn."""

    def __init__(
        self, areas: Sequence[Area], projected: bool = False, width: int = WIDTH, tallest: int = TALLEST
    ):
        self.areas = [area for area in areas if any(ring for polygon in area.outline for ring in polygon)]
        if not self.areas:
            raise ValueError("a map needs an outline")
        self.fit = _Fit.to(self.areas, projected, width, tallest)
        self._fitted = [self.fit.outline(area.outline) for area in self.areas]
        self.rooms = [Room(outline) for outline in self._fitted]
        self._paths: dict[float, list[str]] = {}

    def paths(self, tolerance: float) -> list[str]:
        if tolerance not in self._paths:
            self._paths[tolerance] = [path_of(outline, tolerance) for outline in self._fitted]
        return self._paths[tolerance]


def draw(
    areas: Sequence[Area] | Ground,
    *,
    title: str,
    finding: str,
    places: Sequence[Place] = (),
    quarters: Sequence[Outline] = (),
    rivers: Sequence[Sequence[Sequence[float]]] = (),
    projected: bool = False,
    medium: Medium = "screen",
    width: int = WIDTH,
    tallest: int = TALLEST,
) -> str:
    """A map of the areas, at most 300 kB.

    areas      a Ground where the same ones are drawn again and again; it has its size and projection already
    finding    what the map shows, in a sentence: its name where nothing in it is a link
    quarters   outlines drawn as thick lines over the areas
    projected  coordinates are metres eastward and northward already, not longitude and latitude
    raises     ValueError without a single outline
    """
    ground = areas if isinstance(areas, Ground) else Ground(areas, projected, width, tallest)
    fit = ground.fit
    edges = [fit.outline(quarter) for quarter in quarters]
    lines = [fit.ring(river) for river in rivers]
    dots = _apart([fit.point(place.at) for place in places], fit.width, fit.height)
    has_links = any(one.link for one in (*ground.areas, *places))
    # Coarser only while the map is too heavy for an old phone.
    for tolerance in (FINEST, 0.2, 0.4, 0.8, 1.6, 3.2):
        parts = _parts(ground, edges, lines, places, dots, tolerance, medium)
        svg = _svg(parts, title, finding, fit, has_links, medium)
        if len(svg.encode()) <= LARGEST_BYTES:
            break
    return svg


def bivariate_legend(
    *, heading: str, status: Sequence[str], dynamics: Sequence[str], finding: str, medium: Medium = "screen"
) -> str:
    """The twelve classes as a square table.

    status, dynamics  words of the four steps and of the three directions (better, equal, worse)
    """
    if len(status) != 4 or len(dynamics) != 3:
        raise ValueError("four steps and three directions")
    left = 14 + max(width_of(words, 10.5, bold=True) for words in (heading, *status))
    column = max(44.0, 8 + max(width_of(words, 10.5) for words in dynamics))
    parts = [text(heading, 0, 14, 10.5, font_weight=600)]
    for x, words in enumerate(dynamics):
        parts.append(text(words, left + x * column + column / 2, 14, 10.5, text_anchor="middle"))
    for y, words in enumerate(status):
        top = 24.0 + y * 40
        parts.append(text(words, 0, top + 22, 10.5))
        for x, sign in enumerate(DYNAMICS):
            shade, label = bivariate(y + 1, sign)
            at = left + x * column + 2
            box = f"M{number(at)} {number(top)}h{number(column - 4)}v36h-{number(column - 4)}Z"
            parts += _shape(box, shade, medium, edge=EDGE)
            parts.append(_class_label(label, at + column / 2 - 2, top + 22, 11, shade, medium))
    fit = _Fit(0, 0, 1, math.ceil(left + 3 * column), 186, 1)
    return _svg(parts, heading, finding, fit, False, medium, more=" qw-biv")


@dataclass(frozen=True)
class _Fit:
    """From coordinates of the earth, or of a plan, to those of the drawing."""

    west: float
    north: float
    scale: float
    width: int
    height: int
    squeeze: float  # how much shorter a degree of longitude is here than one of latitude

    @classmethod
    def to(cls, areas: Sequence[Area], projected: bool, width: int, tallest: int) -> "_Fit":
        points = [point for area in areas for polygon in area.outline for ring in polygon for point in ring]
        if not all(math.isfinite(value) for point in points for value in point[:2]):
            raise ValueError("an outline holds a coordinate that is no number")
        west, east = min(point[0] for point in points), max(point[0] for point in points)
        south, north = min(point[1] for point in points), max(point[1] for point in points)
        squeeze = 1.0 if projected else math.cos(math.radians((south + north) / 2))
        across, down = (east - west) * squeeze or 1e-9, (north - south) or 1e-9
        scale = min((width - 2 * PADDING) / across, (tallest - 2 * PADDING) / down)
        size = math.ceil(across * scale + 2 * PADDING), math.ceil(down * scale + 2 * PADDING)
        return cls(west, north, scale, *size, squeeze)

    def point(self, at: Sequence[float]) -> Point2:
        return (
            (at[0] - self.west) * self.squeeze * self.scale + PADDING,
            (self.north - at[1]) * self.scale + PADDING,
        )

    def ring(self, ring: Sequence[Sequence[float]]) -> Ring:
        return [self.point(at) for at in ring]

    def outline(self, outline: Outline) -> list[list[Ring]]:
        """The rings, without the points nobody could see."""
        return [[simplified(self.ring(ring), FINEST) for ring in polygon] for polygon in outline]


def _parts(
    ground: Ground,
    edges: Sequence[list[list[Ring]]],
    rivers: Sequence[Ring],
    places: Sequence[Place],
    dots: Sequence[Point2],
    tolerance: float,
    medium: Medium,
) -> list[str]:
    avoid = [Box(x - POINT_RADIUS, y - POINT_RADIUS, x + POINT_RADIUS, y + POINT_RADIUS) for x, y in dots]
    parts = [_river(river, tolerance, medium) for river in rivers]
    paths = ground.paths(tolerance)
    for area, path, room in zip(ground.areas, paths, ground.rooms, strict=True):
        parts.append(_area(area, path, room, avoid, medium))
    for edge in edges:
        path = path_of(edge, tolerance)
        parts.append(element("path", class_="edge", d=path, fill="none", stroke=INK, stroke_width="1.8"))
    parts += [_dot(place, at) for place, at in zip(places, dots, strict=True)]
    return parts


def _area(area: Area, path: str, room: Room, avoid: Sequence[Box], medium: Medium) -> str:
    drawn = "".join(_shape(path, area.shade, medium))
    words = area.name if area.label is None else area.label
    if words:
        drawn += _label(words, room, area.shade, avoid, medium)
    if area.link and is_safe_link(area.link):
        return element("a", drawn, href=area.link, aria_label=area.link_name or area.name)
    return element("g", f"<title>{plain(area.name)}</title>{drawn}")


def _shape(path: str, shade: str, medium: Medium, edge: str = PAGE) -> list[str]:
    if not shade:
        return [element("path", class_="area", d=path, fill=PAGE, stroke=EDGE, stroke_width="1.2")]
    paper = medium == "paper"
    fill = GREYS[shade[1]] if paper else COLOURS[shade]
    shapes = [
        element(
            "path",
            class_=f"cut {shade}",
            d=path,
            fill=fill,
            stroke=EDGE if paper else edge,
            stroke_width="1.2",
        )
    ]
    if shade[-1] in "pm":
        # A page keeps the pattern ready for its printer: the style sheet shows it there.
        shown = None if paper else "none"
        shapes.append(
            element("path", class_="hatch", d=path, fill=f"url(#PATTERN-{shade[-1]})", display=shown)
        )
    return shapes


def _label(words: str, room: Room, shade: str, avoid: Sequence[Box], medium: Medium) -> str:
    """The words at the roomiest place inside, as large as fits; smaller than readable they are not drawn smaller."""
    sizes = LABEL_SIZES[2:] if shade else LABEL_SIZES
    for size in sizes:
        for widest in (1000.0, 0.0):
            lines = [words] if widest else wrapped(words, 1, size, most=4)
            if not widest and any(line.endswith("…") for line in lines):
                lines = _at_hyphens(words)
            width = max(width_of(line, size, bold=bool(shade)) for line in lines)
            height = size * 1.15 * len(lines)
            place = room.best_place(width, height, avoid)
            if place.fits or (size == sizes[-1] and not widest):
                return "".join(
                    _class_label(
                        line, place.x, place.y - height / 2 + size * (0.95 + 1.15 * step), size, shade, medium
                    )
                    for step, line in enumerate(lines)
                )
    return ""


def _at_hyphens(words: str) -> list[str]:
    """Alt-Laatzen -> Alt- / Laatzen: one line per part of the name."""
    return words.replace("-", "-\n").replace(" ", "\n").split("\n")


def _class_label(words: str, x: float, y: float, size: float, shade: str, medium: Medium) -> str:
    if not shade:
        return text(words, x, y, size, text_anchor="middle")
    white = shade.startswith("b4") and medium == "screen"
    name = "k k--inv" if white else "k k--page" if shade == "bx" else "k"
    halo = {"paint_order": "stroke", "stroke": "#ffffff", "stroke_width": "3"} if medium == "paper" else {}
    fill = "#ffffff" if white else "#000000"
    return text(words, x, y, size, class_=name, fill=fill, font_weight=600, text_anchor="middle", **halo)


def _river(river: Ring, tolerance: float, medium: Medium) -> str:
    points = simplified(river, tolerance)
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
    colour = "#777777" if medium == "paper" else "#00388f"
    return element(
        "path", class_="river", d=path, fill="none", stroke=colour, stroke_width="3", opacity=".45"
    )


def _dot(place: Place, at: Point2) -> str:
    x, y = at
    size = 11 if place.number < 10 else 9.5
    drawn = (
        f'<circle class="pindot" cx="{number(x)}" cy="{number(y)}" r="{number(POINT_RADIUS)}" fill="#2044aa"'
        f' stroke="{PAGE}" stroke-width="2"/>'
        f'<text x="{number(x)}" y="{number(y + size * 0.36)}" font-size="{number(size)}" fill="{PAGE}" class="pint"'
        f' font-weight="600" text-anchor="middle">{place.number}</text>'
    )
    name = plain(f"{place.number} {place.name}")
    if place.link and is_safe_link(place.link):
        return f'<a href="{plain(place.link)}" aria-label="{name}">{drawn}</a>'
    return f"<g><title>{name}</title>{drawn}</g>"


def _apart(dots: Iterable[Point2], width: float, height: float) -> list[Point2]:
    """Dots that would hide each other, pushed just far enough to be read; always the same way."""
    placed = list(dots)
    apart = 2 * POINT_RADIUS + 1
    last_moved = [0] * len(placed)  # the round; two that have both rested since their last look need no other
    for round_ in range(60):
        moved = False
        for one in range(len(placed)):
            for other in range(one):
                if last_moved[one] < round_ - 1 and last_moved[other] < round_ - 1:
                    continue
                (x1, y1), (x2, y2) = placed[one], placed[other]
                across, down = x1 - x2, y1 - y2
                if not (-apart < across < apart and -apart < down < apart):
                    continue
                gap = math.hypot(across, down)
                lack = apart - gap
                if lack <= 0.01:
                    continue
                if gap > 0.01:
                    dx, dy = across * lack / gap / 2, down * lack / gap / 2
                else:  # dots at the very same place part in directions of their own
                    dx, dy = math.cos(one * 2.4) * lack / 2, math.sin(one * 2.4) * lack / 2
                placed[one] = _inside(x1 + dx, y1 + dy, width, height)
                placed[other] = _inside(x2 - dx, y2 - dy, width, height)
                last_moved[one] = last_moved[other] = round_
                moved = True
        if not moved:
            break
    return placed


def _inside(x: float, y: float, width: float, height: float) -> Point2:
    edge = POINT_RADIUS + 1
    if edge <= x <= width - edge and edge <= y <= height - edge:
        return x, y
    return min(max(x, edge), width - edge), min(max(y, edge), height - edge)


def _svg(
    parts: Sequence[str], title: str, finding: str, fit: _Fit, has_links: bool, medium: Medium, more: str = ""
) -> str:
    drawn = "".join(parts)
    name = "m" + hashlib.sha256(drawn.encode()).hexdigest()[:8]  # several maps may stand on one page
    patterns = ""
    if "url(#PATTERN" in drawn:
        drawn = drawn.replace("url(#PATTERN-", f"url(#{name}-")
        patterns = (
            f'<defs><pattern id="{name}-p" width="7" height="7" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(-45)"><path d="M0 3.5H7" stroke="#000" stroke-width="1"/></pattern>'
            f'<pattern id="{name}-m" width="4" height="4" patternUnits="userSpaceOnUse">'
            '<circle cx="2" cy="2" r=".9" fill="#000"/></pattern></defs>'
        )
    # A picture with links in it would hide them: then it is a group, described by its finding.
    return element(
        "svg", f"<title>{plain(title)}</title><desc>{plain(finding)}</desc>{patterns}{drawn}",
        xmlns="http://www.w3.org/2000/svg", class_=f"qw-map{more}", viewBox=f"0 0 {fit.width} {fit.height}",
        role="group" if has_links else "img", aria_label=title if has_links else finding,
        font_family=FONTS, direction="ltr",
    )  # fmt: skip
