"""Numbers that would look right and mean nothing are refused."""

import json

import numpy as np
import pytest

from methods.geometry import read_outlines
from methods.indices import composite_index
from methods.recipes import apply_recipe, load_recipe
from methods.refusal import Refused
from methods.segregation.ground import Ground
from methods.tables import read_table

RECIPE = """title = "x"
version = "1"
state = "own"
source = "me"
status = [{key = "S1", title = "a", unit = "%"}, {key = "S2", title = "b", unit = "%"}]
status_classes = [{code = "1", label = "h", below = -1.0}, {code = "2", label = "m"}]
"""


@pytest.mark.parametrize("centre", [10, 50, 99])
def test_indicators_that_cancel_out_have_no_classes(centre):
    first = np.round(centre + np.random.default_rng(1).uniform(-0.9, 0.9, 40), 2)
    with pytest.raises(Refused, match="cancel each other out"):
        composite_index(np.column_stack([first, 100 - first]))
    composite_index(np.column_stack([first, np.append(99 - first[1:], 3)]))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("below = -1.0", "below = nan", "class 1, below is nan"),
        ("below = -1.0", 'below = "-1"', "class 1, below is '-1', but must be a number"),
        ('unit = "%"}]', 'unit = "%", weight = inf}]', "S2, weight is inf"),
        ('unit = "%"}]', 'unit = "%", mean = nan}]', "S2, mean is nan"),
        ('unit = "%"}]', 'unit = "%", direction = "low"}]', "'low' is neither 'high is strain' nor"),
        ("state =", 'restandardise = "false"\nstate =', "must be true or false"),
        ("state =", 'min_population = "x"\nstate =', "min_population is 'x'"),
        ('title = "x"', "title = 7", "7 must be text"),
    ],
)
def test_recipe_with_a_wrong_entry_is_refused(tmp_path, old, new, complaint):
    path = tmp_path / "own.toml"
    path.write_text(RECIPE.replace(old, new, 1))
    with pytest.raises(Refused, match=complaint):
        load_recipe(path)


def test_recipe_may_begin_with_a_byte_order_mark_but_must_be_utf_8(tmp_path):
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + RECIPE.encode())
    assert load_recipe(path).title == "x"
    path.write_bytes(RECIPE.replace('"x"', '"Köln"').encode("cp1252"))
    with pytest.raises(Refused, match="not UTF-8"):
        load_recipe(path)


def test_share_above_a_hundred_is_refused(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(RECIPE)
    with pytest.raises(Refused, match="row 2: S1 is 150 %"):
        apply_recipe(load_recipe(path), np.array([[1.0, 2.0], [150.0, 4.0], [3.0, 9.0]]))


def test_decimal_comma_in_a_note_says_nothing_about_numbers(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a;S1;S2;note\nA;0.250;2.500;ok\nB;3.250;4.100;1,5\n")
    with pytest.raises(Refused, match=r"'0\.250' may be a thousand or a fraction"):
        read_table(path).asked_for("S1", "S2").numbers("S1", names=["A", "B"])
    path.write_text("a;S1;S2\nA;1.250;2,5\nB;3.250;4,1\n")
    values = read_table(path).asked_for("S1", "S2").numbers("S1", names=["A", "B"])
    assert values.tolist() == [1250.0, 3250.0]


def test_text_that_looks_like_a_number_in_a_sheet_is_as_unclear_as_in_csv(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["a", "t", "u"], ["A", "1.100", 1.125], ["B", "900", 2], ["C", 7, 3.5]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    names = ["A", "B", "C"]
    with pytest.raises(Refused, match=r"row 2 \(area A\), column 't': '1\.100' may be a thousand"):
        read_table(tmp_path / "a.xlsx").numbers("t", names=names)
    assert read_table(tmp_path / "a.xlsx", decimal=",").numbers("t", names=names).tolist() == [1100, 900, 7]
    for decimal in (None, ".", ","):
        table = read_table(tmp_path / "a.xlsx", decimal=decimal)
        assert table.numbers("u", names=names).tolist() == [1.125, 2, 3.5]


def test_formula_without_result_is_not_called_empty(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["a", "t"], ["A", "=5+5"], ["B", 3]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(Refused, match=r"row 2 \(area A\), column 't': a formula without its result"):
        read_table(tmp_path / "a.xlsx").numbers("t", names=["A", "B"])


def test_unicode_text_of_a_spreadsheet_is_read(tmp_path):
    (tmp_path / "a.csv").write_bytes("a\tt\nKöln\t5\nB\t6\n".encode("utf-16"))
    table = read_table(tmp_path / "a.csv")
    assert table.texts("a") == ["Köln", "B"]
    assert table.numbers("t", names=["", ""]).tolist() == [5, 6]


def town(tmp_path, longitude=13.4, latitude=52.5, mark=b""):
    features = [
        {
            "type": "Feature",
            "properties": {"id": str(i)},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [
                        [longitude + (i + dx) / 100, latitude + dy / 100]
                        for dx, dy in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
                    ]
                ],
            },
        }
        for i in range(3)
    ]
    path = tmp_path / "town.geojson"
    path.write_bytes(mark + json.dumps({"type": "FeatureCollection", "features": features}).encode())
    return path


def test_lengths_of_borders_are_not_taken_in_degrees(tmp_path):
    path = town(tmp_path, mark=b"\xef\xbb\xbf")
    with pytest.raises(Refused, match="--crs EPSG:25832"):
        Ground(read_outlines(path, "id")).borders  # noqa: B018
    assert Ground(read_outlines(path, "id")).queen.size == 3


@pytest.mark.parametrize("crs", ["EPSG:3577", "EPSG:2056", "EPSG:32733", "EPSG:25828", "EPSG:3857"])
def test_projection_of_another_place_is_refused(tmp_path, crs):
    with pytest.raises(Refused, match=f"the projection '{crs}' (is made for|shows areas)"):
        read_outlines(town(tmp_path), "id", crs=crs)


@pytest.mark.parametrize(
    ("crs", "longitude"), [("EPSG:25833", 13.4), ("EPSG:25832", 13.4), ("EPSG:3035", 7), ("EPSG:25832", 7)]
)
def test_projection_of_the_country_is_taken(tmp_path, crs, longitude):
    assert read_outlines(town(tmp_path, longitude), "id", crs=crs).is_metric
