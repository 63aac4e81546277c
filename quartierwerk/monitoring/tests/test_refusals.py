"""What the commands refuse in one sentence instead of printing a number that means nothing."""

import argparse
import json

import pytest

from quartierwerk.monitoring.commands import add_commands


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def call(counts, *words):
        (tmp_path / "counts.csv").write_text(counts)
        parser = argparse.ArgumentParser()
        add_commands(parser.add_subparsers(required=True))
        args = parser.parse_args(
            ["monitoring", "segregation", "counts.csv", "--area", "a", "--total", "t", *words]
        )
        status = args.run(args)
        out, err = capsys.readouterr()
        return status, json.loads(out) if status == 0 and out.startswith("{") else err

    return call


THREE = "a,t,g,h\nA,100,10,5\nB,200,40,1\nC,70,0,0\n"


def test_row_that_sums_up_the_others_is_no_area(call):
    status, said = call("a,t,g\nA,100,10\nB,200,40\nSumme,300,50\n", "--groups", "g", "--index", "Dissim")
    assert status == 1
    assert "row 4 (area Summe): its counts are those of the other rows together" in said
    assert said.count("\n") == 1


def test_city_above_its_districts_and_areas_is_no_area(call):
    areas = [(f"{d}{i}", 100 + 7 * i + d, 10 + i * d) for d in range(1, 4) for i in range(4)]
    districts = [
        (f"d{d}", *(sum(row[k] for row in areas if row[0][0] == str(d)) for k in (1, 2))) for d in range(1, 4)
    ]
    city = ("all of it", sum(row[1] for row in areas), sum(row[2] for row in areas))
    rows = "\n".join(",".join(map(str, row)) for row in (*areas, city, *districts))
    status, said = call(f"a,t,g\n{rows}\n", "--groups", "g")
    assert status == 1
    assert "row 14 (area all of it)" in said


def test_three_areas_that_happen_to_add_up_stay(call):
    status, _ = call("a,t,g\nA,100,10\nB,200,20\nC,300,30\n", "--groups", "g", "--index", "Dissim")
    assert status == 0
    assert call("a,t,g\nA,50,5\nB,50,5\nC,50,5\nD,50,5\n", "--groups", "g", "--index", "Dissim")[0] == 0


def test_one_area_has_no_segregation(call):
    status, said = call("a,t,g\nA,100,10\nB,0,0\n", "--groups", "g", "--inference", "bootstrap")
    assert status == 1
    assert "people live in one area only (A)" in said


def test_area_with_nobody_of_the_set_is_listed(call):
    status, answer = call(THREE, "--multi", "g,h", "--index", "MultiDissim")
    assert status == 0
    assert answer["left_out"] == ["C"]
    assert answer["results"][0]["areas"] == 2
    assert list(answer["results"][0])[:7] == ["year", "group", "index", "value", "low", "high", "n"]


@pytest.mark.parametrize("words", [("--inference", "bootstrap", "--seed", "-1"), ("-o", "nowhere/out.json")])
def test_wrong_call_is_one_sentence(call, words):
    status, said = call(THREE, "--groups", "g", "--index", "Dissim", *words)
    assert status == 2
    assert said.count("\n") == 1
    assert ".part" not in said


def test_one_area_left_out_is_singular(call, capsys):
    call("a,t,g\nA,100,10\nB,50,1\nC,0,0\n", "--groups", "g", "--index", "Dissim")
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers(required=True))
    words = "monitoring segregation counts.csv --area a --total t --groups g --index Dissim -o out.json"
    args = parser.parse_args(words.split())
    assert args.run(args) == 0
    assert "1 area left out" in capsys.readouterr().out


def test_missing_option_is_one_sentence(call, capsys):
    with pytest.raises(SystemExit) as stop:
        call(THREE, "--groups", "g", "--n", "many")
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("quartierwerk: argument --n")
    assert said.count("\n") == 1
