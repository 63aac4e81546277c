"""Outlines of areas from GeoJSON, in metres where distances and areas are asked for.

shapely and pyproj are imported where they are used: indices without geometry should not wait for them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from methods.refusal import Refused

Floats = NDArray[np.float64]
MARGIN = 2.0  # degrees around the area of use of a projection
STRETCH = 0.02  # of an area, beyond which a projection is no measure of it


@dataclass(frozen=True)
class Outlines:
    """Polygons of areas by key.

    keys       one per area, unique
    shapes     (areas,) shapely polygons or multipolygons, valid
    is_metric  whether the coordinates are metres; else they are degrees, good for neighbours only
    """

    keys: tuple[str, ...]
    shapes: NDArray[Any]
    is_metric: bool

    def of(self, keys: Sequence[str]) -> Outlines:
        """The outlines of these areas, in this order. Raises Refused for an area without outline."""
        at = {key: i for i, key in enumerate(self.keys)}
        if missing := [key for key in keys if key not in at]:
            raise Refused(
                f"there is no outline for area {missing[0]} ({len(missing)} of {len(keys)} are missing)"
            )
        return Outlines(tuple(keys), self.shapes[[at[key] for key in keys]], self.is_metric)

    @cached_property
    def centroids(self) -> Floats:
        """(areas, 2) metres."""
        import shapely

        self.require_metres()
        return shapely.get_coordinates(shapely.centroid(self.shapes))

    @cached_property
    def areas_m2(self) -> Floats:
        import shapely

        self.require_metres()
        return shapely.area(self.shapes)

    @cached_property
    def perimeters_m(self) -> Floats:
        import shapely

        self.require_metres()
        return shapely.length(self.shapes)

    def require_metres(self) -> None:
        if not self.is_metric:
            raise Refused(
                "distances, areas and lengths of borders need a metric projection; name one "
                "(--crs EPSG:25832 west of 12 degrees east, EPSG:25833 east of it)"
            )


def read_outlines(path: str | Path, key: str, *, crs: str | None = None) -> Outlines:
    """Outlines from a GeoJSON file.

    key     property that holds the area's key
    crs     projection to compute in, such as "EPSG:25832"; None leaves the coordinates as they are
    raises  Refused for anything but polygons, repeated or missing keys, invalid polygons, an unknown or non-metric
            projection, or one made for another place
    """
    import shapely

    try:
        content = json.loads(Path(path).read_text(encoding="utf-8-sig"))
        features = list(content["features"])
    except (UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError):
        raise Refused("the outlines are no GeoJSON FeatureCollection") from None
    keys = [_key(feature, key, number) for number, feature in enumerate(features, 1)]
    if repeated := sorted(
        {name for name in keys if keys.count(name) > 1} if len(set(keys)) < len(keys) else ()
    ):
        raise Refused(f"the outlines hold area {repeated[0]} twice")
    shapes = np.array(
        [_polygon(feature, name) for feature, name in zip(features, keys, strict=True)], dtype=object
    )
    if not len(shapes):
        raise Refused("the outlines hold no area")
    invalid = ~shapely.is_valid(shapes)
    if invalid.any():
        first = int(np.argmax(invalid))
        why = shapely.is_valid_reason(shapes[first])
        raise Refused(f"the outline of area {keys[first]} is broken ({why}); repair it first")
    source = _named_crs(content)
    if crs is None:
        return Outlines(tuple(keys), shapes, is_metric=source is not None and _is_metric(source))
    return Outlines(tuple(keys), _projected(shapes, source or "OGC:CRS84", crs), is_metric=True)


def _key(feature: Any, key: str, number: int) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or properties.get(key) in (None, ""):
        has = f"; it has {', '.join(properties)}" if isinstance(properties, dict) else ""
        raise Refused(f"outline {number} has no property '{key}'{has}")
    return str(properties[key])


def _polygon(feature: Any, name: str) -> Any:
    import shapely

    geometry = feature.get("geometry") or {}
    if geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise Refused(f"the outline of area {name} is no polygon")
    try:
        shape = shapely.geometry.shape(geometry)
    except (ValueError, TypeError, IndexError, KeyError, AttributeError, shapely.errors.ShapelyError):
        raise Refused(f"the outline of area {name} is no polygon") from None
    if shape.is_empty:
        raise Refused(f"the outline of area {name} is empty")
    return shapely.force_2d(shape)


def _named_crs(content: dict[str, Any]) -> str | None:
    """The projection an older GeoJSON may name; None is WGS 84 as the standard has it."""
    try:
        name = str(content["crs"]["properties"]["name"])
    except (KeyError, TypeError):
        return None
    return None if name.upper().endswith("CRS84") else name


def _crs(name: str) -> Any:
    import pyproj

    try:
        return pyproj.CRS.from_user_input(name)
    except pyproj.exceptions.CRSError:
        raise Refused(f"the projection '{name}' is unknown") from None


def _is_metric(name: str) -> bool:
    crs = _crs(name)
    return crs.is_projected and crs.axis_info[0].unit_name == "metre"


def _require_place(shapes: NDArray[Any], source: str, target: str) -> None:
    """Raise Refused where the projection was made for another place or stretches areas there."""
    import pyproj
    import shapely

    west, south, east, north = shapely.total_bounds(shapes)
    to_degrees = pyproj.Transformer.from_crs(_crs(source), "OGC:CRS84", always_xy=True)
    longitude, latitude = to_degrees.transform((west + east) / 2, (south + north) / 2)
    crs = _crs(target)
    use = crs.area_of_use
    if use is not None:
        # Authorities use a zone a little beyond its border (Passau in zone 32), so there is a margin.
        from_west = (longitude - use.west + MARGIN) % 360
        width = (use.east - use.west) % 360 or 360
        inside = from_west <= width + 2 * MARGIN or width + 2 * MARGIN >= 360
        if not inside or not use.south - MARGIN <= latitude <= use.north + MARGIN:
            raise Refused(
                f"the projection '{target}' is made for {use.name}; the outlines lie at {latitude:.1f} degrees "
                f"north, {longitude:.1f} east"
            )
    scale = pyproj.Proj(crs).get_factors(longitude, latitude).areal_scale
    if not abs(scale - 1) <= STRETCH:
        raise Refused(f"the projection '{target}' shows areas {scale:.2f} times their size at this place")


def _projected(shapes: NDArray[Any], source: str, target: str) -> NDArray[Any]:
    import pyproj
    import shapely

    if not _is_metric(target):
        raise Refused(f"the projection '{target}' is not in metres")
    _require_place(shapes, source, target)
    change = pyproj.Transformer.from_crs(_crs(source), _crs(target), always_xy=True)

    def move(points: Floats) -> Floats:
        return np.column_stack(change.transform(points[:, 0], points[:, 1]))

    moved = shapely.transform(shapes, move)
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        raise Refused(f"some outlines lie outside of what '{target}' can show")
    return moved
