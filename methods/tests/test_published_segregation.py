"""346 values of an independent implementation (PySAL segregation 2.5.4) on published counts, to 1e-9 relative."""

import csv
from functools import cache

import numpy as np
import pytest

from methods.geometry import read_outlines
from methods.segregation import CATALOGUE, checked, checked_groups
from methods.segregation.ground import Ground
from methods.segregation.proximity import Proximity
from methods.tables import read_table
from methods.tests.reference import monitoring_data

# Groups that the tables hold only as sum or difference of columns.
DERIVED = {
    ("berlin", "mit_mh"): (("deutsche_mit_mh", 1), ("auslaender", 1)),
    ("koeln", "deutsche_ohne_mh"): (("einwohner", 1), ("mit_mh", -1)),
}
FILES = {
    "berlin": ("berlin_bevoelkerung_plr_2015_2019.csv", "stichtag", None),
    "koeln": ("koeln_stadtteile_2005_2010.csv", "jahr", "stadtteil"),
    "hamburg": ("hamburg_stadtteile_2014.csv", None, "stadtteil"),
}


@cache
def dataset(name: str):
    """The table of a data set such as koeln_stadtteile_2010, one year, one level."""
    city, _, year = name.split("_")
    file, year_column, level = FILES[city]
    table = read_table(monitoring_data() / file)
    if level:
        table = table.where("ebene", level)
    return table.where(year_column, year) if year_column else table


@cache
def column(name: str, group: str):
    table = dataset(name)
    names = [str(line) for line in table.lines]
    parts = DERIVED.get((name.split("_")[0], group), ((group, 1),))
    return sum(sign * table.numbers(part, names=names) for part, sign in parts)


def references():
    with (monitoring_data() / "referenz_segregation_pysal.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_value_without_geometry_agrees():
    rows = [row for row in references() if not row["hinweis"]]
    assert len(rows) == 320
    worst = 0.0
    for row in rows:
        index, groups = CATALOGUE[row["index"]], row["gruppe"].split("|")
        columns = [column(row["datensatz"], group) for group in groups]
        if index.kind == "several":
            value = index.compute(checked_groups(np.column_stack(columns)))
        else:
            value = index.compute(*checked(columns[0], column(row["datensatz"], "einwohner")))
        error = abs(float(value) / float(row["wert"]) - 1)
        assert error < 1e-9, row
        worst = max(worst, error)
    assert worst < 1e-13


OUTLINES = {
    "berlin": ("lor_planungsraeume_bis2020.geojson", "plr_id", "EPSG:25833"),
    "koeln": ("koeln_stadtteile.geojson", "raum_id", "EPSG:25832"),
}


@cache
def ground(name: str):
    file, key, crs = OUTLINES[name.split("_")[0]]
    outlines = read_outlines(monitoring_data() / file, key, crs=crs)
    return Ground(outlines.of(dataset(name).texts(key)))


def test_every_value_with_geometry_agrees():
    rows = [row for row in references() if row["hinweis"]]
    assert len(rows) == 26
    for row in rows:
        index, name = CATALOGUE[row["index"]], row["datensatz"]
        counts = checked(column(name, row["gruppe"]), column(name, "einwohner"))
        value = index.compute(*counts, ground(name))
        assert value == pytest.approx(float(row["wert"]), rel=1e-9), row


def test_the_way_for_many_areas_gives_the_same_values():
    name = "berlin_plr_2019-12-31"
    counts = checked(column(name, "auslaender"), column(name, "einwohner"))
    outlines = ground(name).outlines
    distant = Proximity(outlines.centroids, outlines.areas_m2, walk_up_to=0)
    assert not distant._series_suffices  # 447 areas are too few for the series, and it says so
    assert distant.distance_sums == pytest.approx(ground(name).proximity.distance_sums, rel=1e-10)
    columns, row = distant.products(np.column_stack(counts), counts[1])
    near, near_row = ground(name).proximity.products(np.column_stack(counts), counts[1])
    assert columns == pytest.approx(near, rel=1e-10)
    assert row == pytest.approx(near_row, rel=1e-10)


def test_no_reference_index_is_missing_from_the_catalogue():
    named = {row["index"] for row in references()}
    assert named <= set(CATALOGUE)


@pytest.mark.parametrize("name", ["berlin_plr_2019-12-31", "koeln_stadtteile_2010"])
def test_the_parts_of_the_population_are_read_whole(name):
    parts = sum(column(name, part) for part in ("deutsche_ohne_mh", "deutsche_mit_mh", "auslaender"))
    assert (parts == column(name, "einwohner")).all()
