"""Outlines out of GeoJSON files: read, checked, mended where the meaning is certain, refused in words where not.

Kept are Polygon and MultiPolygon in longitude and latitude (WGS 84), six decimals (some 10 cm), outer rings
counter-clockwise as RFC 7946 has it. Nothing is guessed: metres or exchanged axes are named, not converted.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.polygon import orient

LARGEST_BYTES = 5_000_000
MOST_POINTS = 50_000
MOST_AREAS = 2_000
DECIMALS = 6
MAY_DIFFER = 0.01
"""Share of the area by which a mended outline may differ; beyond it, the file left open what is inside."""

NAMES = (
    "name",
    "bezeichnung",
    "stadtteil",
    "ortsteil",
    "quartier",
    "bezirk",
    "gen",
    "label",
    "title",
    "titel",
)
WGS84 = ("crs84", "4326")
# Where latitude and longitude can be told apart with certainty.
GERMANY = (5.5, 47.0, 15.6, 55.3)


class Reason(StrEnum):
    TOO_LARGE = "too large"
    NOT_JSON = "not json"
    NO_AREA = "no area"
    TOO_MANY_AREAS = "too many areas"
    TOO_MANY_POINTS = "too many points"
    OTHER_SYSTEM = "other system"
    METRES = "metres"
    EXCHANGED = "exchanged"
    BROKEN = "broken"
    CROSSING = "crossing"


class NotAnOutline(ValueError):
    """`area` names the one of the file that is at fault, where it has a name."""

    def __init__(self, reason: Reason, area: str = ""):
        super().__init__(f"{reason}: {area}" if area else str(reason))
        self.reason, self.area = reason, area


@dataclass(frozen=True)
class Area:
    """One area of a file; `name` as the file calls it, or "" where it does not."""

    name: str
    geometry: dict[str, Any]
    mended: bool = False


def read(content: bytes | str) -> list[Area]:
    """All areas of a GeoJSON file. Raises NotAnOutline."""
    if len(content) > LARGEST_BYTES:
        raise NotAnOutline(Reason.TOO_LARGE)
    try:
        data = json.loads(content.decode("utf-8-sig") if isinstance(content, bytes) else content)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise NotAnOutline(Reason.NOT_JSON) from None
    if not isinstance(data, dict):
        raise NotAnOutline(Reason.NO_AREA)
    _check_system(data.get("crs"))
    found = [(name, geometry) for name, geometry in _geometries(data) if _is_area(geometry)]
    if not found:
        raise NotAnOutline(Reason.NO_AREA)
    if len(found) > MOST_AREAS:
        raise NotAnOutline(Reason.TOO_MANY_AREAS)
    return [_area(name, geometry) for name, geometry in found]


def _geometries(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    match data.get("type"):
        case "FeatureCollection":
            for feature in _list(data.get("features")):
                if isinstance(feature, dict):
                    yield from _geometries(feature)
        case "Feature":
            yield _name(data.get("properties")), data.get("geometry")
        case _:
            yield "", data


def _list(value: Any) -> list:
    return value if isinstance(value, list) else []


def _name(properties: Any) -> str:
    if not isinstance(properties, dict):
        return ""
    lowered = {str(key).lower(): value for key, value in properties.items()}
    for key in NAMES:
        if isinstance(lowered.get(key), str) and lowered[key].strip():
            return lowered[key].strip()[:200]
    return ""


def _is_area(geometry: Any) -> bool:
    return isinstance(geometry, dict) and geometry.get("type") in ("Polygon", "MultiPolygon")


def _check_system(crs: Any) -> None:
    """Old files name their system; only longitude and latitude in WGS 84 are taken."""
    if not crs:
        return
    words = json.dumps(crs).lower()
    if not any(known in words for known in WGS84):
        raise NotAnOutline(Reason.OTHER_SYSTEM)


def _area(name: str, geometry: Mapping[str, Any]) -> Area:
    polygons = geometry.get("coordinates")
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    rings = [_rings(polygon, name) for polygon in _list(polygons)]
    points = [point for polygon in rings for ring in polygon for point in ring]
    if not points:
        raise NotAnOutline(Reason.NO_AREA, name)
    if len(points) > MOST_POINTS:
        raise NotAnOutline(Reason.TOO_MANY_POINTS, name)
    _check_place(points, name)
    drawn = [Polygon(polygon[0], polygon[1:]) for polygon in rings]
    whole = drawn[0] if len(drawn) == 1 else MultiPolygon(drawn)
    mended = not whole.is_valid
    if mended:
        whole = _mended(whole, name)
    return Area(name, _as_geometry(whole, name), mended)


def _rings(polygon: Any, name: str) -> list[list[tuple[float, float]]]:
    rings = []
    for ring in _list(polygon):
        try:
            # A third number is a height; it plays no part in an outline.
            points = [(float(point[0]), float(point[1])) for point in ring]
        except (TypeError, ValueError, IndexError, KeyError):
            raise NotAnOutline(Reason.BROKEN, name) from None
        if len(points) < 4 or not all(math.isfinite(x) and math.isfinite(y) for x, y in points):
            raise NotAnOutline(Reason.BROKEN, name)
        rings.append(points)
    if not rings:
        raise NotAnOutline(Reason.BROKEN, name)
    return rings


def _check_place(points: list[tuple[float, float]], name: str) -> None:
    if any(abs(x) > 180 or abs(y) > 90 for x, y in points):
        exchanged = all(abs(y) <= 180 and abs(x) <= 90 for x, y in points)
        raise NotAnOutline(Reason.EXCHANGED if exchanged else Reason.METRES, name)
    left, low, right, high = GERMANY
    if all(left <= y <= right and low <= x <= high for x, y in points):
        raise NotAnOutline(Reason.EXCHANGED, name)


def _mended(whole: Polygon | MultiPolygon, name: str) -> Polygon | MultiPolygon:
    """A line that touches or doubles itself can be mended; one that crosses itself leaves open what is inside."""
    parts = [part for part in _polygons(shapely.make_valid(whole)) if part.area > 0]
    if not parts:
        raise NotAnOutline(Reason.CROSSING, name)
    found = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    meant = sum(abs(_signed_area(part)) for part in _polygons(whole))
    if abs(found.area - meant) > MAY_DIFFER * max(found.area, meant):
        raise NotAnOutline(Reason.CROSSING, name)
    return found


def _polygons(geometry: Any) -> list[Polygon]:
    if isinstance(geometry, Polygon):
        return [geometry]
    return [part for inner in getattr(geometry, "geoms", ()) for part in _polygons(inner)]


def _signed_area(polygon: Polygon) -> float:
    """By the order of the points, as whoever drew the line meant it: loops of a crossing line cancel out."""
    outer = shapely.get_coordinates(polygon.exterior)
    holes = sum(abs(_shoelace(shapely.get_coordinates(ring))) for ring in polygon.interiors)
    return abs(_shoelace(outer)) - holes


def _shoelace(points: Any) -> float:
    x, y = points[:, 0] - points[0, 0], points[:, 1] - points[0, 1]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


def _as_geometry(whole: Polygon | MultiPolygon, name: str) -> dict[str, Any]:
    rounded = shapely.set_precision(whole, 10**-DECIMALS)
    parts = [orient(part) for part in _polygons(rounded) if part.area > 0]
    if not parts:  # so thin that nothing is left of it in the precision outlines are kept in
        raise NotAnOutline(Reason.BROKEN, name)
    found = mapping(parts[0] if len(parts) == 1 else MultiPolygon(parts))
    return json.loads(json.dumps(found), parse_float=lambda text: round(float(text), DECIMALS))


@dataclass(frozen=True)
class Facts:
    """What one can say of an outline in words. square_km: on a ball, good to a percent; lat, lon: its middle."""

    points: int
    square_km: float
    lat: float
    lon: float


KM_PER_DEGREE = 111.2


def facts(geometry: Mapping[str, Any]) -> Facts:
    drawn = shape(geometry)
    middle = drawn.centroid
    square_km = drawn.area * KM_PER_DEGREE**2 * math.cos(math.radians(middle.y))
    return Facts(int(shapely.get_num_coordinates(drawn)), square_km, middle.y, middle.x)


def as_collection(areas: list[Area]) -> str:
    """The areas as a file again, to be kept in a form."""
    features = [
        {"type": "Feature", "properties": {"name": area.name}, "geometry": area.geometry} for area in areas
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
