"""The map shows every area with its class, also to those who do not see colours."""

from xml.etree import ElementTree

import numpy as np
import pytest
import shapely

from methods.class_map import SHADES, class_map
from methods.geometry import Outlines
from methods.refusal import Refused

STATUS = [("1", "hoch"), ("2", "mittel"), ("3", "niedrig"), ("4", "sehr niedrig")]
DYNAMICS = [("+", "positiv"), ("+/-", "stabil"), ("-", "negativ")]
SVG = "{http://www.w3.org/2000/svg}"


def row_of_squares(number, *, is_metric=True):
    shapes = shapely.box(np.arange(number), 0.0, np.arange(number) + 1.0, 1.0)
    return Outlines(tuple(f"<{i}>" for i in range(number)), shapes, is_metric)


def drawn_areas(svg):
    tree = ElementTree.fromstring(svg)
    return [(path.get("fill"), path[0].text) for path in tree.iter(f"{SVG}path") if len(path)]


def test_every_area_says_its_class_in_colour_and_words():
    svg = class_map(
        row_of_squares(3),
        ["4", "1", ""],
        ["-", "+", ""],
        title="A & B",
        status_labels=STATUS,
        dynamics_labels=DYNAMICS,
    )
    assert drawn_areas(svg) == [
        (SHADES["-"][3], "<0>: class 4-"),
        (SHADES["+"][0], "<1>: class 1+"),
        ("url(#unrated)", "<2>: not rated"),
    ]
    assert "A &amp; B" in svg
    assert "sehr niedrig" in svg


def test_without_dynamics_one_row_of_colours_is_used():
    svg = class_map(
        row_of_squares(2), ["2", "3"], ["", ""], title="t", status_labels=STATUS, names=["North", "South"]
    )
    assert drawn_areas(svg) == [(SHADES["+/-"][1], "North: class 2"), (SHADES["+/-"][2], "South: class 3")]


def test_degrees_are_squeezed_as_they_are_on_the_ground():
    shapes = shapely.box(np.array([10.0, 11.0]), 60.0, np.array([11.0, 12.0]), 61.0)
    svg = class_map(
        Outlines(("a", "b"), shapes, False), ["1", "1"], ["", ""], title="t", status_labels=STATUS
    )
    first = next(ElementTree.fromstring(svg).iter(f"{SVG}g"))[0].get("d")
    corners = np.array([pair.split() for pair in first.strip("MZ").split("L")], dtype=float)
    width, height = np.ptp(corners, axis=0)
    assert width / height == pytest.approx(np.cos(np.radians(60.5)), abs=0.01)


def test_too_many_classes_are_refused():
    with pytest.raises(Refused, match="at most four"):
        class_map(row_of_squares(1), ["1"], [""], title="t", status_labels=[*STATUS, ("5", "x")])
