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

        self._require_metres()
        return shapely.get_coordinates(shapely.centroid(self.shapes))

    @cached_property
    def areas_m2(self) -> Floats:
        import shapely

        self._require_metres()
        return shapely.area(self.shapes)

    @cached_property
    def perimeters_m(self) -> Floats:
        import shapely

        self._require_metres()
        return shapely.length(self.shapes)

    def _require_metres(self) -> None:
        if not self.is_metric:
            raise Refused("distances and areas need a metric projection; name one, such as EPSG:25833")


def read_outlines(path: str | Path, key: str, *, crs: str | None = None) -> Outlines:
    """Outlines from a GeoJSON file.

    key     property that holds the area's key
    crs     projection to compute in, such as "EPSG:25832"; None leaves the coordinates as they are
    raises  Refused for anything but polygons, repeated or missing keys, invalid polygons, an unknown or non-metric projection
    """
    import shapely

    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
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


def _projected(shapes: NDArray[Any], source: str, target: str) -> NDArray[Any]:
    import pyproj
    import shapely

    if not _is_metric(target):
        raise Refused(f"the projection '{target}' is not in metres")
    change = pyproj.Transformer.from_crs(_crs(source), _crs(target), always_xy=True)

    def move(points: Floats) -> Floats:
        return np.column_stack(change.transform(points[:, 0], points[:, 1]))

    moved = shapely.transform(shapes, move)
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        raise Refused(f"some outlines lie outside of what '{target}' can show")
    return moved
