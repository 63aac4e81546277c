"""The commands as a person calls them: files in, files and exit codes out."""

import argparse
import csv
import json

import pytest

from quartierwerk.monitoring.commands import add_commands

SHARES = """area;name;S1;S3;S4;D1;D3;D4;rated
01;North;2,5;4,1;10;-0,5;0,1;1,5;1
02;South;5,0;8,2;20;0,5;0,2;-1,5;1
03;Docks;;;;;;;0
04;East;9,9;12,3;45;1,5;-0,4;3,0;1
"""
COUNTS = """area,year,people,young,old
a,2020,100,10,90
b,2020,200,60,140
c,2020,0,,0
a,2021,100,20,80
b,2021,200,60,140
c,2021,50,5,45
"""


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shares.csv").write_text(SHARES)
    (tmp_path / "counts.csv").write_text(COUNTS)

    def call(*words):
        parser = argparse.ArgumentParser()
        add_commands(parser.add_subparsers(required=True))
        args = parser.parse_args(["monitoring", *words])
        return args.run(args)

    return call


def segregation(call, *words, counts="counts.csv"):
    status = call("segregation", counts, "--area", "area", "--total", "people", "-o", "out.json", *words)
    if status:
        return status
    with open("out.json", encoding="utf-8") as file:
        return json.load(file)


INDEX = (
    "index",
    "shares.csv",
    "--recipe",
    "berlin-mss-2019",
    "--area",
    "area",
    "--rated",
    "rated",
    "-o",
    "out.csv",
)


def test_index_writes_every_area_and_leaves_unrated_ones_empty(call, capsys):
    assert call(*INDEX) == 0
    with open("out.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [
        "area_id",
        "z_S1",
        "z_S3",
        "z_S4",
        "z_D1",
        "z_D3",
        "z_D4",
        "status_sum",
        "status_index",
        "status_class",
        "dynamics_sum",
        "dynamics_index",
        "dynamics_class",
        "class",
    ]
    assert [row["area_id"] for row in rows] == ["01", "02", "03", "04"]
    assert set(rows[2].values()) == {"03", ""}
    assert rows[3]["status_class"] == "3"
    assert rows[3]["class"] == rows[3]["status_class"] + rows[3]["dynamics_class"]
    assert float(rows[0]["z_S1"]) == pytest.approx(-1.0737, abs=1e-4)
    assert "3 of 4 areas rated" in capsys.readouterr().out


def test_index_prints_a_summary_for_machines(call, capsys):
    assert call(*INDEX, "--json") == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["recipe"] == "berlin-mss-2019"
    assert summary["rated"] == 3
    assert summary["left_out"] == [{"area": "03", "reason": "not rated"}]
    assert len(summary["fingerprint"]) == 64


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("5,0;8,2", ";8,2", "row 3 (area 02), column 'S1': the cell is empty"),
        ("5,0;8,2", "n/a;8,2", "row 3 (area 02), column 'S1': 'n/a' is not a number"),
        ("5,0;8,2", "-5,0;8,2", "row 3 (area 02), column 'S1': -5.0 is below zero"),
        ("5,0;8,2", "nan;8,2", "'nan' is not a number"),
        ("04;East", "01;East", "row 5: area 01 stands twice, first in row 2"),
        ("04;East", ";East", "row 5: the area in column 'area' is empty"),
        ("3,0;1", "3,0;yes", "'yes' is neither 1 nor 0"),
        ("S4;D1", "S9;D1", "needs the column 'S4'"),
    ],
)
def test_index_refuses_bad_cells_with_their_row_and_writes_nothing(
    call, capsys, tmp_path, old, new, complaint
):
    (tmp_path / "shares.csv").write_text(SHARES.replace(old, new, 1))
    assert call(*INDEX) == 1
    error = capsys.readouterr().err
    assert complaint in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out.csv").exists()


def test_index_says_when_the_table_rates_what_the_recipe_leaves_out(call, tmp_path, capsys):
    (tmp_path / "shares.csv").write_text(SHARES.replace("04;East", "04041239;East"))
    assert call(*INDEX, "--json") == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["rated_against_recipe"] == ["04041239"]
    assert call(*INDEX) == 0
    assert "04041239" in capsys.readouterr().out


def test_index_does_not_read_unrated_rows(call, tmp_path):
    (tmp_path / "shares.csv").write_text(SHARES.replace("03;Docks;;", "03;Docks;-9;none"))
    assert call(*INDEX) == 0


@pytest.mark.parametrize(
    "words",
    [
        ("index", "shares.csv", "--recipe", "atlantis", "--area", "area", "-o", "out.csv"),
        ("index", "nothing.csv", "--recipe", "berlin-mss-2019", "--area", "area", "-o", "out.csv"),
        ("index", "shares.csv", "--recipe", "berlin-mss-2019", "--area", "plr", "-o", "out.csv"),
        (*INDEX, "--column", "S2=S1"),
    ],
)
def test_a_wrong_call_exits_2(call, words, capsys):
    assert call(*words) == 2
    assert capsys.readouterr().err.startswith("quartierwerk: ")


def test_recipes_are_listed_with_source_and_state(call, capsys):
    assert call("recipes") == 0
    text = capsys.readouterr().out
    assert "berlin-mss-2019" in text
    assert "limits to be confirmed" in text
    assert call("recipes", "--json") == 0
    assert {"name", "source", "state"} <= set(json.loads(capsys.readouterr().out)[0])


def test_segregation_writes_every_index_without_geometry(call):
    answer = segregation(call, "--groups", "young", "--multi", "young,old", "--year", "year")
    rows = {(row["year"], row["group"], row["index"]): row for row in answer["results"]}
    assert rows["2020", "young", "Dissim"]["value"] == pytest.approx(0.248447, abs=1e-6)
    assert rows["2020", "young|old", "MultiDissim"]["value"] == pytest.approx(0.248447, abs=1e-6)
    assert len({index for year, _, index in rows if year == "2021"}) == 23
    assert {"year", "group", "index", "value", "low", "high", "n"} <= set(answer["results"][0])
    assert answer["left_out"] == ["c"]
    assert answer["left_out_by_year"] == {"2020": ["c"]}


def test_segregation_intervals_follow_the_seed(call):
    words = (
        "--groups",
        "young",
        "--index",
        "Dissim,Gini",
        "--year",
        "year",
        "--inference",
        "permutation",
        "--n",
        "50",
    )
    first, again = (segregation(call, *words, "--seed", "3") for _ in range(2))
    other = segregation(call, *words, "--seed", "4")
    assert first == again
    assert first["results"] != other["results"]
    assert all(row["low"] < row["high"] and row["n"] == 50 and 0 < row["p"] <= 1 for row in first["results"])


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("b,2020,200,60", "b,2020,200,", "row 3 (area b), column 'young': the cell is empty"),
        ("b,2020,200,60", "b,2020,200,x", "row 3 (area b), column 'young': 'x' is not a number"),
        ("b,2020,200,60", "b,2020,200,-6", "row 3 (area b), column 'young': -6 is below zero"),
        ("b,2020,200,60", "b,2020,200,201", "row 3 (area b): 'young' is larger than 'people'"),
        ("b,2020,200,60", "b,2020,,60", "row 3 (area b), column 'people': the cell is empty"),
        ("b,2020,200,60", "a,2020,200,60", "row 3: area a stands twice in 2020, first in row 2"),
        ("b,2020,200,60", "b,2020,200,70", "row 3 (area b): the groups together are more than 'people'"),
        ("c,2020,0,", "c,2020,0,3", "row 4 (area c): 'young' is larger than 'people'"),
        ("b,2020,200,60,140", "b,2020,200", "row 3 has 3 cells"),
        ("young,old", "young,young", "'young' stands twice"),
    ],
)
def test_segregation_refuses_impossible_counts(call, capsys, tmp_path, old, new, complaint):
    (tmp_path / "counts.csv").write_text(COUNTS.replace(old, new, 1))
    assert segregation(call, "--groups", "young", "--multi", "young,old", "--year", "year") == 1
    assert complaint in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--groups", "elves"),
        ("--groups", "young", "--index", "Dissim,Magic"),
        ("--groups", "young", "--index", "MultiDissim"),
        ("--multi", "young,old", "--index", "Dissim"),
        ("--multi", "young"),
        ("--groups", "young", "--n", "1"),
        ("--groups", "young", "--where", "year"),
    ],
)
def test_segregation_called_wrongly_exits_2(call, words):
    assert segregation(call, *words) == 2


def test_segregation_looks_at_chosen_rows_only(call):
    answer = segregation(call, "--groups", "young", "--index", "Dissim", "--where", "year=2021")
    assert [row["areas"] for row in answer["results"]] == [3]
    assert answer["left_out"] == []


def test_estimates_that_are_no_whole_persons_get_all_but_the_drawn_indices(call, tmp_path):
    (tmp_path / "counts.csv").write_text(COUNTS.replace("200,60,140", "200,60.5,139.5"))
    words = ("--groups", "young", "--year", "year")
    answer = segregation(call, *words)
    drawn = {"ModifiedDissim", "BiasCorrectedDissim", "ModifiedGini"}
    assert {row["index"] for row in answer["not_computed"]} == drawn
    assert not drawn & {row["index"] for row in answer["results"]}
    assert segregation(call, *words, "--index", "ModifiedGini") == 1


def test_local_values_add_up(call):
    answer = segregation(call, "--groups", "young", "--multi", "young,old", "--year", "year", "--local")
    rows = [row for row in answer["local"] if row["year"] == "2021"]
    assert [row["area"] for row in rows] == ["a", "b", "c"]
    total = sum(
        row["value"] for row in answer["results"] if (row["year"], row["index"]) == ("2021", "Dissim")
    )
    assert sum(row["part_of_dissimilarity young"] for row in rows) == pytest.approx(total)
    assert rows[0]["location_quotient young"] == pytest.approx((20 / 100) / (85 / 350))


def test_a_change_between_two_years_is_decomposed_without_rest(call):
    answer = segregation(call, "--groups", "young", "--year", "year", "--decompose", "2020,2021")
    rows = {row["index"]: row for row in answer["decomposition"]}
    values = {(row["year"], row["index"]): row["value"] for row in answer["results"]}
    for index, row in rows.items():
        assert row["from"] == pytest.approx(values["2020", index])
        assert row["to"] == pytest.approx(values["2021", index])
        assert row["structure"] + row["composition"] == pytest.approx(row["change"], abs=1e-12)
    assert segregation(call, "--groups", "young", "--year", "year", "--decompose", "2020,1999") == 1
    assert segregation(call, "--groups", "young", "--decompose", "2020,2021") == 2


OUTLINES = {
    "type": "FeatureCollection",
    "features": [
        {
            "properties": {"id": key},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, 52], [x + w, 52], [x + w, 52.01], [x, 52.01], [x, 52]]],
            },
        }
        for key, x, w in (("a", 13.0, 0.01), ("b", 13.01, 0.02), ("c", 13.03, 0.04))
    ],
}
GEOMETRY = ("--geometry", "town.geojson", "--key", "id", "--crs", "EPSG:25833")


def test_with_outlines_the_spatial_indices_come_too(call, tmp_path):
    (tmp_path / "town.geojson").write_text(json.dumps(OUTLINES))
    words = ("--groups", "young", "--where", "year=2021", *GEOMETRY)
    answer = segregation(call, *words)
    assert len({row["index"] for row in answer["results"]}) == 26
    geographic = segregation(
        call, *words, "--inference", "geographic", "--n", "20", "--index", "Delta,Dissim"
    )
    assert [row["n"] for row in geographic["results"]] == [20, 0]
    assert geographic["results"][1]["low"] is None


def test_an_area_without_outline_is_refused_by_name(call, tmp_path, capsys):
    features = {"features": OUTLINES["features"][:2]}
    (tmp_path / "town.geojson").write_text(json.dumps(OUTLINES | features))
    assert segregation(call, "--groups", "young", "--where", "year=2021", *GEOMETRY) == 1
    assert "no outline for area c" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("--index", "Delta"), ("--geometry", "town.geojson")])
def test_outlines_and_their_key_are_asked_for(call, words):
    assert segregation(call, "--groups", "young", *words) == 2


def test_an_index_that_is_not_defined_is_said_to_be_missing(call, tmp_path):
    (tmp_path / "counts.csv").write_text("area,year,people,young,old\na,1,1,1,0\nb,1,1,0,1\n")
    answer = segregation(call, "--groups", "young")
    missing = {row["index"] for row in answer["not_computed"]}
    assert "ModifiedDissim" in missing
    assert not missing & {row["index"] for row in answer["results"]}
    assert segregation(call, "--groups", "young", "--index", "ModifiedDissim") == 1
