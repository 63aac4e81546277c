"""Spatial indices against slow plain twins that build the matrices, on invented towns."""

import json

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.geometry import Outlines, read_outlines
from methods.neighbours import (
    from_pairs,
    nearest,
    queen,
    rook,
    touching,
    with_border_lengths,
    within_distance,
)
from methods.refusal import Refused
from methods.segregation import CATALOGUE, checked
from methods.segregation.distance_sums import DistanceSums
from methods.segregation.evenness import dissimilarity
from methods.segregation.ground import Ground
from methods.segregation.proximity import Proximity

CORNER = np.array([400_000.0, 5_700_000.0])
SPATIAL = [index for index in CATALOGUE.values() if index.kind == "spatial"]


def town(columns: int, rows: int, seed: int = 1, size: float = 500.0):
    """Quadrilaterals around a bent grid, so that areas and borders differ."""
    random = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(columns + 1), np.arange(rows + 1), indexing="ij")
    corners = np.stack([x, y], axis=-1) + random.uniform(-0.3, 0.3, (columns + 1, rows + 1, 2))
    rings = [
        [corners[i, j], corners[i + 1, j], corners[i + 1, j + 1], corners[i, j + 1]]
        for i in range(columns)
        for j in range(rows)
    ]
    shapes = shapely.polygons(np.array(rings) * size + CORNER)
    return Outlines(tuple(map(str, range(len(shapes)))), shapes, is_metric=True)


def people(areas: int, seed: int = 2):
    random = np.random.default_rng(seed)
    total = random.integers(50, 900, areas)
    return checked(random.binomial(total, random.beta(2, 6, areas)), total)


def plain_proximity(outlines):
    """PySAL's matrix as it stands in the documentation, built in full."""
    d = np.hypot(*(outlines.centroids[:, None] - outlines.centroids[None]).transpose(2, 0, 1))
    c = 1 - np.exp(-d / d.sum(axis=0))
    np.fill_diagonal(c, 1 - np.exp(-((0.6 * outlines.areas_m2) ** 0.5)))
    return c


def plain_values(x, t, outlines):
    """All indices that need a matrix, by their formulas, on full matrices."""
    y, c, n = t - x, plain_proximity(outlines), len(x)
    shapes, p = outlines.shapes, x / t
    touch = np.array([[a is not b and a.intersects(b) for b in shapes] for a in shapes]).astype(float)
    border = np.array([[0 if a is b else a.intersection(b).length for b in shapes] for a in shapes])
    apart, d = np.abs(p[:, None] - p), float(dissimilarity(x, t))
    ragged = outlines.perimeters_m / outlines.areas_m2
    standard = border / border.sum(axis=1, keepdims=True)
    met = (x / x.sum()) @ (c * t / (c * t).sum(axis=1))
    even = x.sum() / n**2 * c.sum()
    within = (x @ c @ x / x.sum() + y @ c @ y / y.sum()) / (t @ c @ t / t.sum())
    return {
        "SpatialDissim": d - (apart * touch).sum() / touch.sum(),
        "BoundarySpatialDissim": d - (apart * standard).sum() / standard.sum(),
        "PARDissim": d
        - (apart * border / border.sum() * (ragged[:, None] + ragged)).sum() / (2 * ragged.max()),
        "SpatialProximity": within,
        "AbsoluteClustering": (x @ c @ x / x.sum() - even) / (x @ c @ t / x.sum() - even),
        "RelativeClustering": (c * x * x).sum() / x.sum() ** 2 / ((c * y * y).sum() / y.sum() ** 2) - 1,
        "DistanceDecayIsolation": (met * p).sum(),
        "DistanceDecayInteraction": (met * y / t).sum(),
    }


@pytest.mark.parametrize(("columns", "rows"), [(2, 2), (7, 5), (20, 15)])
def test_fast_versions_agree_with_full_matrices(columns, rows):
    outlines = town(columns, rows)
    x, t = people(columns * rows)
    ground = Ground(outlines)
    for name, value in plain_values(x, t, outlines).items():
        assert CATALOGUE[name].compute(x, t, ground) == pytest.approx(value, rel=1e-9), name


@pytest.mark.parametrize("kind", ["even", "crowded", "line", "pairs"])
def test_sums_over_many_areas_agree_with_all_pairs(kind):
    random = np.random.default_rng(5)
    points = random.uniform(0, 40_000, (3000, 2)) + CORNER
    if kind == "crowded":
        points[:2000] = CORNER + 15_000 + random.normal(0, 800, (2000, 2))
    elif kind == "line":
        points[:, 1] = 5_700_000
    elif kind == "pairs":
        points[1500:] = points[:1500]
    columns = random.integers(0, 900, (3000, 2)).astype(float)
    sums = DistanceSums(points)
    d = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    for power, accuracy in ((1, 3e-11), (2, 1e-11), (3, 1e-6), (4, 1e-11)):
        assert sums.power(power, columns) == pytest.approx(d**power @ columns, rel=accuracy)


def test_indices_of_many_areas_agree_with_all_pairs():
    outlines = town(60, 60)
    x, t = people(3600)
    quick = Ground(outlines)
    slow = Ground(outlines)
    slow.__dict__["proximity"] = Proximity(outlines.centroids, outlines.areas_m2, walk_up_to=10**9)
    assert quick.proximity._series_suffices
    for index in SPATIAL:
        assert index.compute(x, t, quick) == pytest.approx(index.compute(x, t, slow), rel=1e-9), index.name


@pytest.mark.parametrize("index", SPATIAL, ids=lambda index: index.name)
def test_order_of_areas_place_and_size_of_groups_do_not_matter(index):
    outlines = town(9, 8)
    x, t = people(72)
    value = index.compute(x, t, Ground(outlines))
    order = np.random.default_rng(1).permutation(72)
    shuffled = Ground(Outlines(outlines.keys, outlines.shapes[order], True))
    assert index.compute(x[order], t[order], shuffled) == pytest.approx(value, rel=1e-9)
    assert index.compute(x * 3, t * 3, Ground(outlines)) == pytest.approx(value, rel=1e-9)
    moved = Ground(
        Outlines(outlines.keys, shapely.transform(outlines.shapes, lambda points: points - CORNER / 3), True)
    )
    assert index.compute(x, t, moved) == pytest.approx(value, rel=1e-7)


def test_centralisation_and_concentration_have_the_expected_sign():
    outlines = town(9, 9)
    t = np.full(81, 100.0)
    far = np.hypot(*(outlines.centroids - outlines.centroids.mean(axis=0)).T)
    inside, outside = np.where(far < 1000, 60.0, 5), np.where(far < 1000, 5.0, 60)
    for name in ("AbsoluteCentralization", "RelativeCentralization"):
        assert CATALOGUE[name].compute(inside, t, Ground(outlines)) > 0.2
        assert CATALOGUE[name].compute(outside, t, Ground(outlines)) < 0
    small = np.where(outlines.areas_m2 < np.median(outlines.areas_m2), 60.0, 5)
    assert CATALOGUE["RelativeConcentration"].compute(small, t, Ground(outlines)) > 0.5
    assert CATALOGUE["Delta"].compute(outlines.areas_m2 / 1e4, t, Ground(outlines)) == pytest.approx(0)


# Neighbours


def test_queen_and_rook_on_a_grid():
    shapes = shapely.box(*np.array([[i, j, i + 1, j + 1] for i in range(3) for j in range(3)], float).T)
    assert queen(shapes).counts.tolist() == [3, 5, 3, 5, 8, 5, 3, 5, 3]
    assert rook(shapes).counts.tolist() == [2, 3, 2, 3, 4, 3, 2, 3, 2]
    assert (touching(shapes).others == queen(shapes).others).all()
    assert (with_border_lengths(rook(shapes), shapes).weights == 1).all()


def test_queen_and_rook_agree_with_all_pairs():
    outlines = town(12, 9)
    everybody = touching(outlines.shapes)
    assert (queen(outlines.shapes).others == everybody.others).all()
    lengths = with_border_lengths(everybody, outlines.shapes)
    assert (rook(outlines.shapes).others == everybody.others[lengths.weights > 0]).all()


def test_islands_holes_and_parts():
    lake_town = shapely.Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(3, 3), (3, 6), (6, 6), (6, 3)]])
    in_the_hole = shapely.box(3, 3, 6, 6)
    two_parts = shapely.MultiPolygon([shapely.box(9, 0, 12, 9), shapely.box(50, 50, 51, 51)])
    shapes = np.array([lake_town, in_the_hole, two_parts, shapely.box(90, 90, 91, 91)])
    pairs = queen(shapes)
    assert list(zip(pairs.areas, pairs.others, strict=True)) == [(0, 1), (0, 2), (1, 0), (2, 0)]
    assert pairs.islands.tolist() == [3]
    assert pairs.lag(np.array([1.0, 2, 4, 8])).tolist() == [6, 1, 1, 0]
    assert pairs.row_standardised().weights.tolist() == [0.5, 0.5, 1, 1]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=5, max_size=60), st.integers(1, 4)
)
def test_nearest_and_distance_agree_with_all_pairs(places, k):
    points = np.array(places, dtype=float)
    d = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    np.fill_diagonal(d, np.inf)
    expected = np.argsort(d, axis=1, kind="stable")[:, :k]
    found = nearest(points, k)
    assert (found.counts == k).all()
    assert np.sort(found.others.reshape(-1, k), axis=1).tolist() == np.sort(expected, axis=1).tolist()
    assert within_distance(points, 5.0).counts.tolist() == (d <= 5).sum(axis=1).tolist()


def test_pairs_are_sorted_and_self_can_be_added():
    pairs = from_pairs(3, np.array([2, 0, 1]), np.array([0, 2, 0]))
    assert pairs.areas.tolist() == [0, 1, 2]
    assert pairs.with_self().counts.tolist() == [2, 2, 2]
    assert pairs.has_equal_weights


# Outlines


def geojson(features, **more):
    return json.dumps({"type": "FeatureCollection", "features": features} | more)


def square(key, x=13.0, kind="Polygon", **properties):
    ring = [[x, 52], [x + 0.01, 52], [x + 0.01, 52.01], [x, 52.01], [x, 52]]
    return {"properties": {"id": key} | properties, "geometry": {"type": kind, "coordinates": [ring]}}


def test_outlines_are_projected_to_metres(tmp_path):
    (tmp_path / "town.geojson").write_text(geojson([square("1"), square("2", 13.01)]))
    outlines = read_outlines(tmp_path / "town.geojson", "id", crs="EPSG:25833")
    # 0.01 degrees at 52 degrees north: 687 m by 1,113 m
    assert outlines.areas_m2 == pytest.approx([686.4 * 1112.8] * 2, rel=1e-3)
    assert queen(outlines.shapes).counts.tolist() == [1, 1]
    assert outlines.of(["2"]).keys == ("2",)


@pytest.mark.parametrize(
    ("content", "crs", "complaint"),
    [
        ("no json", None, "no GeoJSON"),
        ('{"type": "Feature"}', None, "no GeoJSON"),
        (geojson([]), None, "hold no area"),
        (geojson([square("1"), square("1")]), None, "area 1 twice"),
        (geojson([square("")]), None, "no property 'id'"),
        (geojson([{"properties": {"id": "1"}, "geometry": None}]), None, "area 1 is no polygon"),
        (geojson([square("1", kind="Point")]), None, "area 1 is no polygon"),
        (geojson([square("1")]), "EPSG:4326", "not in metres"),
        (geojson([square("1")]), "EPSG:1", "unknown"),
    ],
)
def test_broken_outlines_are_refused(tmp_path, content, crs, complaint):
    (tmp_path / "town.geojson").write_text(content)
    with pytest.raises(Refused, match=complaint):
        read_outlines(tmp_path / "town.geojson", "id", crs=crs)


def test_a_crossing_outline_is_refused_and_named(tmp_path):
    bow = square("7")
    bow["geometry"]["coordinates"][0][1:3] = reversed(bow["geometry"]["coordinates"][0][1:3])
    (tmp_path / "town.geojson").write_text(geojson([bow]))
    with pytest.raises(Refused, match="area 7 is broken"):
        read_outlines(tmp_path / "town.geojson", "id")


def test_degrees_give_neighbours_but_no_distances(tmp_path):
    (tmp_path / "town.geojson").write_text(geojson([square("1"), square("2", 13.01)]))
    outlines = read_outlines(tmp_path / "town.geojson", "id")
    assert len(queen(outlines.shapes).areas) == 2
    with pytest.raises(Refused, match="metric projection"):
        _ = outlines.centroids
    with pytest.raises(Refused, match="no outline for area 3"):
        outlines.of(["1", "3"])
