import itertools
import re
from xml.etree import ElementTree

import pytest

from quartierwerk.documents import charts, pdf
from quartierwerk.documents.charts import Bar, Break, Line, Target
from quartierwerk.documents.content import Document, Figure
from quartierwerk.documents.drawing import Numbers, spread, width_of

SVG = "{http://www.w3.org/2000/svg}"
YEARS = ["2019", "2020", "2021", "2022", "2023"]
PERCENT = Numbers("%", decimals=1)


def lines(*drawn, **more):
    return charts.line_chart(
        title="Grundsicherung", finding="Rethen fällt.", periods=YEARS, lines=drawn, numbers=PERCENT,
        name_column="Gebiet", **more,
    )  # fmt: skip


def bars(*drawn, **more):
    return charts.bar_chart(
        title="Plätze", finding="Rethen hat wenige.", bars=drawn, numbers=Numbers(), name_column="Gebiet",
        value_column="Plätze", **more,
    )  # fmt: skip


def parts(chart, name):
    return [
        part for part in ElementTree.fromstring(chart.svg).iter() if name in part.get("class", "").split()
    ]


def texts(chart):
    return [part.text for part in ElementTree.fromstring(chart.svg).iter(f"{SVG}text")]


def test_numbers_are_written_the_german_way():
    assert PERCENT.text(1234.56) == "1.234,6\u00a0%"
    assert Numbers(decimals=1).text(-0.04) == "0,0"
    assert Numbers().text(-12) == "−12"
    assert (PERCENT.text(None), PERCENT.text(float("nan"))) == ("·", "·")
    assert Numbers("%", 1, mark=".", group=",").text(1234.5) == "1,234.5\u00a0%"


def test_every_line_has_dash_marker_and_its_name_at_its_end():
    four = lines(
        *(Line(name, [n + 1, n + 2, n, n + 1, n + 2]) for n, name in enumerate(["A", "B", "C", "D"]))
    )
    drawn = parts(four, "l")
    assert len({part.get("stroke-dasharray") for part in drawn}) == 4
    assert len({part.get("stroke") for part in drawn}) == 4
    assert [words for words in texts(four) if words[0] in "ABCD"] == [
        f"{name} {n + 2},0\u00a0%" for n, name in enumerate("ABCD")
    ]
    assert {part.tag for part in parts(four, "d1") + parts(four, "d2")} == {f"{SVG}circle", f"{SVG}rect"}


def test_a_fifth_line_is_refused():
    with pytest.raises(ValueError, match="5 lines"):
        lines(*(Line(str(n), [1, 2, 3, 4, 5]) for n in range(5)))


def test_a_changed_definition_breaks_the_line_and_says_so():
    chart = lines(Line("A", [1, 2, 3, 4, 5]), breaks=[Break("2021", "neue Definition")])
    assert len(parts(chart, "l")) == 2
    assert "neue Definition" in texts(chart)


def test_a_gap_breaks_the_line_and_is_no_zero_in_the_table():
    chart = lines(Line("A", [1.0, 2.0, None, float("nan"), 5.0]))
    assert len(parts(chart, "l")) == 1
    assert len(parts(chart, "d1")) == 3
    assert list(chart.table.rows[0]) == ["A", "1,0", "2,0", "·", "·", "5,0"]


def test_a_line_that_ends_early_names_its_last_year():
    assert "A 2,0\u00a0% (2020)" in texts(lines(Line("A", [1, 2, None, None, None])))


def test_names_at_the_ends_do_not_cover_each_other():
    chart = lines(*(Line(name, [1, 2, 3, 4, 5 + n / 100]) for n, name in enumerate("ABCD")))
    heights = sorted(float(part.get("y")) for name in ("t1", "t2", "t3", "t4") for part in parts(chart, name))
    assert all(below - above >= 16 for above, below in itertools.pairwise(heights))


def test_places_keep_distance_order_and_bounds():
    assert spread([50, 50, 50], [20, 20, 20], 0, 100) == [30, 50, 70]
    assert spread([10, 80], [20, 20], 0, 100) == [10, 80]
    assert spread([99, 98], [20, 20], 0, 100) == [90, 70]


def test_nothing_leaves_the_drawing():
    chart = lines(
        Line("Ein Gebiet mit einem Namen, der für diese Zeichnung viel zu lang geraten ist", [1, 2, 3, 4, 5]),
        target=Target("Ziel", 4.5, "2021"),
        breaks=[Break("2023", "eine neue Definition mit vielen Worten")],
    )
    for part in ElementTree.fromstring(chart.svg).iter(f"{SVG}text"):
        width = width_of(part.text, float(part.get("font-size")))
        x = float(part.get("x"))
        left = x - {"end": width, "middle": width / 2}.get(part.get("text-anchor"), 0)
        assert left >= -4, part.text
        assert left + width <= charts.WIDTH + 4, part.text


def test_bars_start_at_zero_and_keep_their_order():
    chart = bars(Bar("A", 10), Bar("B", 20), Bar("C", None), Bar("D", -5), missing="keine Meldung")
    first, second, third = parts(chart, "d1")
    assert float(second.get("width")) == pytest.approx(2 * float(first.get("width")), abs=0.2)
    assert float(first.get("x")) == float(second.get("x"))
    assert float(third.get("x")) + float(third.get("width")) == pytest.approx(float(first.get("x")), abs=0.2)
    assert "keine Meldung" in texts(chart)
    assert [row[0] for row in chart.table.rows] == ["A", "B", "C", "D"]


def test_all_values_missing_or_alike_still_draw():
    assert lines(Line("A", [None] * 5)).table.rows[0][1] == "·"
    assert lines(Line("A", [0.0] * 5)).svg
    assert lines(Line("A", [7.1] * 5)).svg
    assert bars(Bar("A", None), Bar("B", 0)).svg


def test_chart_is_a_picture_with_its_finding_as_name():
    root = ElementTree.fromstring(lines(Line("A", [1, 2, 3, 4, 5]), note="Quelle: Stadt").svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Rethen fällt."
    assert root.find(f"{SVG}title").text == "Grundsicherung"
    assert root.find(f"{SVG}desc").text == "Quelle: Stadt"


def test_hostile_names_stay_words_and_no_style_is_used():
    name = '"><script>alert(1)</script>&\x00'
    for chart in (lines(Line(name, [1, 2, 3, 4, 5])), bars(Bar(name, 1))):
        ElementTree.fromstring(chart.svg)
        assert "<script" not in chart.svg
        assert not re.search(r"\sstyle=|<style", chart.svg)


def test_values_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="2 values for 5"):
        lines(Line("A", [1, 2]))
    with pytest.raises(ValueError, match="1999"):
        lines(Line("A", [1, 2, 3, 4, 5]), breaks=[Break("1999", "x")])


def test_charts_print_in_documents():
    chart = lines(Line("A", [1, 2, 3, 4, 5]))
    written = pdf.render(
        Document(title="T", lang="de", blocks=[Figure(chart.svg, chart.finding), chart.table])
    )
    assert written.startswith(b"%PDF")
