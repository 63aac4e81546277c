import math
import re
from xml.etree import ElementTree

import pytest

from quartierwerk.documents import maps, pdf
from quartierwerk.documents.content import Document, Figure
from quartierwerk.documents.maps import Area, Place
from quartierwerk.documents.outlines import Room, simplified

SVG = "{http://www.w3.org/2000/svg}"


def square(west, south, size=0.01):
    return [
        [
            [
                (west, south),
                (west + size, south),
                (west + size, south + size),
                (west, south + size),
                (west, south),
            ]
        ]
    ]


NORTH = Area(
    "Alt-Laatzen", square(9.79, 52.32), link="/de/offers?area=1&x=2", link_name="Angebote in Alt-Laatzen"
)
SOUTH = Area("Rethen", square(9.79, 52.31))


def drawn(*areas, **more):
    return maps.draw(areas or (NORTH, SOUTH), title="Laatzen", finding="Zwei Ortsteile", **more)


def parts(svg, name):
    return [part for part in ElementTree.fromstring(svg).iter() if name in part.get("class", "").split()]


def points_of(path):
    return [tuple(map(float, pair.split())) for pair in re.findall(r"[\d.]+ [\d.]+", path.get("d"))]


def test_north_is_up_and_a_degree_of_longitude_is_shorter_than_one_of_latitude():
    north, south = (points_of(path) for path in parts(drawn(), "area"))
    assert max(y for _, y in north) <= min(y for _, y in south) + 0.1
    wide = max(x for x, _ in north) - min(x for x, _ in north)
    tall = max(y for _, y in north) - min(y for _, y in north)
    assert wide / tall == pytest.approx(math.cos(math.radians(52.32)), rel=0.01)


def test_projected_outlines_keep_their_shape():
    (path,) = parts(drawn(Area("A", square(550_000, 5_790_000, 1000)), projected=True), "area")
    xs, ys = zip(*points_of(path), strict=True)
    assert max(xs) - min(xs) == pytest.approx(max(ys) - min(ys), abs=0.2)


def test_map_fits_its_frame():
    root = ElementTree.fromstring(drawn(width=300, tallest=200))
    _, _, width, height = map(float, root.get("viewBox").split())
    assert (width <= 300, height <= 201) == (True, True)
    for path in parts(drawn(width=300, tallest=200), "area"):
        assert all(0 <= x <= width and 0 <= y <= height for x, y in points_of(path))


def test_linked_areas_are_named_links_in_a_group():
    root = ElementTree.fromstring(drawn())
    link = root.find(f"{SVG}a")
    assert root.get("role") == "group"
    assert (link.get("href"), link.get("aria-label")) == ("/de/offers?area=1&x=2", "Angebote in Alt-Laatzen")


def test_links_at_points_make_a_group_too():
    linked = Place(1, (9.005, 52.005), "Café", link="/de/stadt/offers/1/")
    assert 'role="group"' in drawn(places=[linked])


def test_map_without_links_is_a_picture_named_by_its_finding():
    root = ElementTree.fromstring(drawn(SOUTH))
    assert (root.get("role"), root.get("aria-label")) == ("img", "Zwei Ortsteile")


def test_a_link_that_is_a_script_is_not_drawn():
    for link in ("javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x"):
        assert "<a " not in drawn(Area("A", square(9, 52), link=link))


def test_names_stand_inside_their_area():
    svg = drawn()
    for area, words in zip(parts(svg, "area"), ElementTree.fromstring(svg).iter(f"{SVG}text"), strict=False):
        xs, ys = zip(*points_of(area), strict=True)
        assert min(xs) < float(words.get("x")) < max(xs)
        assert min(ys) < float(words.get("y")) < max(ys)


def test_words_go_where_a_bent_area_is_wide():
    bent = [[[(0, 0), (100, 0), (100, 30), (20, 30), (20, 200), (0, 200)]]]
    ring = [(float(x), float(y)) for x, y in bent[0][0]]
    place = Room([[ring]]).best_place(60, 14)
    assert place.fits
    assert place.y < 30
    assert not Room([[ring]]).best_place(150, 14).fits


def test_words_keep_out_of_holes():
    outer = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
    hole = [(10.0, 10.0), (90.0, 10.0), (90.0, 75.0), (10.0, 75.0)]
    place = Room([[outer, hole]]).best_place(50, 12)
    assert place.fits
    assert place.y > 75


def test_points_carry_numbers_and_do_not_hide_each_other():
    at = (9.795, 52.325)
    svg = drawn(places=[Place(1, at, "Café"), Place(2, at, "Halle"), Place(3, at, "Treff")])
    dots = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in parts(svg, "pindot")]
    assert [dot.text for dot in parts(svg, "pint")] == ["1", "2", "3"]
    assert all(math.dist(dots[a], dots[b]) >= 18 for a in range(3) for b in range(a))


def test_classes_have_colour_on_screens_and_grey_with_pattern_on_paper():
    shade, label = maps.bivariate(2, "+")
    area = Area("A", square(9, 52), shade=shade, label=label)
    screen, paper = drawn(area), drawn(area, medium="paper")
    assert parts(screen, "b2p")[0].get("fill") == "#67b4ef"
    assert parts(screen, "hatch")[0].get("display") == "none"
    assert parts(paper, "b2p")[0].get("fill") == "#e2e2e2"
    assert parts(paper, "hatch")[0].get("display") is None
    assert parts(paper, "k")[0].text == "2+"


def test_what_is_not_rated_has_a_sign_of_its_own():
    assert maps.bivariate(None, None) == ("bx", "·")
    with pytest.raises(ValueError, match="5"):
        maps.bivariate(5, "+")


def test_patterns_of_two_maps_do_not_share_names():
    one = drawn(Area("A", square(9, 52), shade="b1p"))
    other = drawn(Area("B", square(9, 52, 0.02), shade="b2m"))
    ids = re.findall(r'id="([^"]+)"', one + other)
    assert len(ids) == len(set(ids)) == 4


def test_detailed_outlines_stay_below_the_limit():
    areas = []
    for at in range(20):
        ring = [
            (
                9 + at + 0.5 * math.cos(n / 4000 * 6.283) * (1 + 0.02 * math.sin(n)),
                52 + 0.5 * math.sin(n / 4000 * 6.283),
            )
            for n in range(4000)
        ]
        areas.append(Area(f"Gebiet {at}", [[ring]]))
    svg = drawn(*areas, width=1200, tallest=1200)
    assert len(svg.encode()) <= maps.LARGEST_BYTES
    assert len(parts(svg, "area")) == 20


def test_leaving_out_points_moves_no_line_further_than_allowed():
    wave = [(n / 10, math.sin(n / 10)) for n in range(200)]
    kept = simplified(wave, 0.05)
    assert len(kept) < 60
    assert kept[0] == wave[0]
    assert kept[-1] == wave[-1]


def test_geojson_outlines_are_understood():
    ring = [[9, 52], [10, 52], [10, 53], [9, 52]]
    assert maps.outline_of({"type": "Polygon", "coordinates": [ring]}) == [[ring]]
    assert maps.outline_of({"type": "MultiPolygon", "coordinates": [[ring], [ring]]}) == [[ring], [ring]]
    with pytest.raises(ValueError, match="Point has no outline"):
        maps.outline_of({"type": "Point", "coordinates": [9, 52]})


def test_areas_without_outline_are_left_out_and_an_empty_map_is_refused():
    assert len(parts(drawn(SOUTH, Area("ohne", [])), "area")) == 1
    with pytest.raises(ValueError, match="outline"):
        drawn(Area("ohne", []))
    with pytest.raises(ValueError, match="no number"):
        drawn(Area("A", [[[(9, 52), (float("nan"), 52), (9, 53)]]]))


def test_hostile_names_stay_words_and_no_style_is_used():
    svg = drawn(Area('"><script>\x00', square(9, 52)), places=[Place(1, (9.005, 52.005), "<b>")])
    ElementTree.fromstring(svg)
    assert "<script" not in svg
    assert not re.search(r"\sstyle=|<style", svg)


def test_legend_shows_twelve_classes():
    svg = maps.bivariate_legend(
        heading="Lage", status=["hoch", "mittel", "niedrig", "sehr niedrig"], dynamics=["besser", "gleich", "schlechter"],
        finding="Legende", medium="paper",
    )  # fmt: skip
    assert len(parts(svg, "cut")) == 12
    assert len(parts(svg, "hatch")) == 8


def test_maps_print_in_documents():
    svg = drawn(NORTH, Area("Rethen", square(9.79, 52.31), shade="b1m", label="1−"), medium="paper")
    assert pdf.render(
        Document(title="T", lang="de", blocks=[Figure(svg, "Karte", "Schematisch", width_mm=70)])
    )
