"""Outlines out of GeoJSON: what is taken, what is mended, what is refused and why."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon, shape

from quartierwerk.places import outlines
from quartierwerk.places.outlines import NotAnOutline, Reason

SQUARE = [[9.79, 52.31], [9.80, 52.31], [9.80, 52.32], [9.79, 52.32], [9.79, 52.31]]


def polygon(ring=SQUARE, *holes):
    return {"type": "Polygon", "coordinates": [ring, *holes]}


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features, **more):
    return {"type": "FeatureCollection", "features": list(features), **more}


def read(data):
    return outlines.read(json.dumps(data).encode())


@pytest.mark.parametrize(
    "data",
    [
        polygon(),
        feature(polygon()),
        collection(feature(polygon())),
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        polygon([[*point, 57.0] for point in SQUARE]),
    ],
    ids=["polygon", "feature", "collection", "multipolygon", "with heights"],
)
def test_every_shape_of_file_gives_the_same_outline(data):
    (area,) = read(data)
    assert shape(area.geometry).equals(Polygon(SQUARE))
    assert not area.mended


def test_byte_order_mark_is_no_hindrance():
    assert outlines.read(b"\xef\xbb\xbf" + json.dumps(polygon()).encode())


def test_areas_bear_the_names_of_the_file():
    areas = read(
        collection(
            feature(polygon(), NAME="Rethen"),
            feature(polygon(), stadtteil=" Grasdorf "),
            feature(polygon(), id=3),
        )
    )
    assert [area.name for area in areas] == ["Rethen", "Grasdorf", ""]


def test_points_and_lines_beside_are_left_out():
    point = feature({"type": "Point", "coordinates": [9.8, 52.3]}, name="Rathaus")
    assert [area.name for area in read(collection(point, feature(polygon(), name="Mitte")))] == ["Mitte"]


def test_holes_are_kept():
    hole = [[9.792, 52.312], [9.794, 52.312], [9.794, 52.314], [9.792, 52.312]]
    (area,) = read(polygon(SQUARE, hole))
    assert len(area.geometry["coordinates"]) == 2


def test_line_that_doubles_itself_is_mended():
    spike = [*SQUARE[:2], [9.81, 52.31], [9.80, 52.31], *SQUARE[2:]]
    (area,) = read(polygon(spike))
    assert area.mended
    assert shape(area.geometry).is_valid
    assert shape(area.geometry).area == pytest.approx(Polygon(SQUARE).area)


def moved(ring, x, y):
    return [[a + x, b + y] for a, b in ring]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.NOT_JSON),
        (b"name;outline", Reason.NOT_JSON),
        (b"\xff\xfe\x00", Reason.NOT_JSON),
        (b"[" * 100_000, Reason.NOT_JSON),
        (b"[1, 2]", Reason.NO_AREA),
        (json.dumps({"type": "Point", "coordinates": [9.8, 52.3]}).encode(), Reason.NO_AREA),
        (json.dumps(collection()).encode(), Reason.NO_AREA),
        (json.dumps({"type": "FeatureCollection", "features": 7}).encode(), Reason.NO_AREA),
        (json.dumps(polygon([])).encode(), Reason.BROKEN),
        (json.dumps(polygon([[9.8, 52.3], [9.9, 52.3]])).encode(), Reason.BROKEN),
        (json.dumps(polygon([["a", 1]] * 5)).encode(), Reason.BROKEN),
        (json.dumps(polygon([[float("nan"), 52.3]] * 5)).encode(), Reason.BROKEN),
        (json.dumps(polygon(moved(SQUARE, 550_000, 5_796_000))).encode(), Reason.METRES),
        (json.dumps(polygon([[y, x] for x, y in SQUARE])).encode(), Reason.EXCHANGED),
        (
            json.dumps(
                collection(
                    feature(polygon()),
                    crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}},
                )
            ).encode(),
            Reason.OTHER_SYSTEM,
        ),
        (
            json.dumps(
                polygon([[9.79, 52.31], [9.80, 52.32], [9.80, 52.31], [9.79, 52.32], [9.79, 52.31]])
            ).encode(),
            Reason.CROSSING,
        ),
        (
            json.dumps(polygon([[9.79, 52.31], [9.80, 52.31], [9.79, 52.31], [9.79, 52.31]])).encode(),
            Reason.CROSSING,
        ),
        (b" " * (outlines.LARGEST_BYTES + 1), Reason.TOO_LARGE),
    ],
)
def test_what_is_no_outline_is_refused_with_its_reason(data, reason):
    with pytest.raises(NotAnOutline) as fault:
        outlines.read(data)
    assert fault.value.reason == reason


def test_named_system_of_the_right_kind_is_taken():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert read(collection(feature(polygon()), crs=crs))


def test_too_many_points_are_refused():
    ring = [[9.79 + n * 1e-7, 52.31 + (n % 2) * 1e-7] for n in range(outlines.MOST_POINTS)]
    with pytest.raises(NotAnOutline) as fault:
        read(polygon([*ring, ring[0]]))
    assert fault.value.reason == Reason.TOO_MANY_POINTS


def test_size_and_middle_of_an_outline():
    """One minute of latitude is a nautical mile, 1.853 km; a minute of longitude at 60° N half of it."""
    minute = 1 / 60
    ring = [[10, 60], [10 + minute, 60], [10 + minute, 60 + minute], [10, 60 + minute], [10, 60]]
    found = outlines.facts(polygon(ring))
    assert found.points == 5
    assert found.square_km == pytest.approx(1.853 * 1.853 / 2, rel=0.01)
    assert (found.lat, found.lon) == (pytest.approx(60 + minute / 2), pytest.approx(10 + minute / 2))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(9.7, 9.9), st.floats(52.2, 52.4)),
        min_size=4,
        max_size=12,
    )
)
def test_whatever_is_drawn_comes_out_valid_or_is_refused(points):
    ring = [list(point) for point in [*points, points[0]]]
    try:
        (area,) = read(polygon(ring))
    except NotAnOutline:
        return
    found = shape(area.geometry)
    assert found.is_valid
    assert found.area >= 0
    again = outlines.read(outlines.as_collection([area]))
    assert shape(again[0].geometry).equals(found)


def test_a_line_so_thin_that_nothing_is_left_of_it_is_refused():
    points = [(9.75, 52.375), (9.75, 52.375), (9.7, 52.25), (9.700000000000001, 52.25), (9.75, 52.375)]
    with pytest.raises(NotAnOutline):
        read(polygon([list(point) for point in points]))
