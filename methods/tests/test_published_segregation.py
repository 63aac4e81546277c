"""346 values of an independent implementation (PySAL segregation 2.5.4) on published counts, to 1e-9 relative."""

import csv
from functools import cache

import numpy as np
import pytest

from methods.segregation import CATALOGUE, checked, checked_groups
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


def test_no_reference_index_is_missing_from_the_catalogue():
    named = {row["index"] for row in references() if not row["hinweis"]}
    assert named <= set(CATALOGUE)


@pytest.mark.parametrize("name", ["berlin_plr_2019-12-31", "koeln_stadtteile_2010"])
def test_the_parts_of_the_population_are_read_whole(name):
    parts = sum(column(name, part) for part in ("deutsche_ohne_mh", "deutsche_mit_mh", "auslaender"))
    assert (parts == column(name, "einwohner")).all()
