"""Own worked examples and properties of the composite index; these need no published data."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.indices import ClassLimit, check_classes, class_positions, composite_index, standardise
from methods.recipes import apply_recipe, load_recipe, shipped_recipes
from methods.refusal import Refused

STATUS = load_recipe("berlin-mss-2019").status_classes


def plain_index(rows):
    """The same in plain Python, slowly: z-values, sum, standardised again."""

    def z(column):
        mean = sum(column) / len(column)
        sd = (sum((x - mean) ** 2 for x in column) / len(column)) ** 0.5
        return [(x - mean) / sd for x in column]

    columns = [z(column) for column in zip(*rows, strict=True)]
    return z([sum(values) for values in zip(*columns, strict=True)])


tables = (
    st.integers(3, 30)
    .flatmap(lambda n: st.lists(st.tuples(*[st.integers(0, 1000)] * 3), min_size=n, max_size=n))
    .filter(lambda rows: all(len(set(column)) > 1 for column in zip(*rows, strict=True)))
)


def varies(rows):
    """Whether the sum of the z-values varies clearly; else there is no index to compare."""
    values = np.array(rows, dtype=float)
    return ((values - values.mean(axis=0)) / values.std(axis=0)).sum(axis=1).std() > 1e-6


def test_worked_example_of_the_documentation():
    shares = np.array([[2.0, 10.0], [4.0, 20.0], [6.0, 60.0]])
    index = composite_index(shares)
    assert index.z[:, 0] == pytest.approx([-1.224745, 0, 1.224745], abs=1e-6)
    assert index.z[:, 1] == pytest.approx([-0.925820, -0.462910, 1.388730], abs=1e-6)
    assert index.total == pytest.approx([-2.150565, -0.462910, 2.613475], abs=1e-6)
    assert index.index == pytest.approx([-1.090405, -0.234710, 1.325115], abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(tables.filter(varies))
def test_agrees_with_the_slow_plain_version(rows):
    assert composite_index(np.array(rows, dtype=float)).index == pytest.approx(plain_index(rows), abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(tables.filter(varies), st.floats(0.1, 50), st.floats(-100, 100), st.randoms(use_true_random=False))
def test_unit_shift_and_order_do_not_matter(rows, scale, shift, random):
    values = np.array(rows, dtype=float)
    order = list(range(len(rows)))
    random.shuffle(order)
    index = composite_index(values).index
    assert composite_index(values * scale + shift).index == pytest.approx(index, abs=1e-6)
    assert composite_index(values[order]).index == pytest.approx(index[order], abs=1e-9)
    assert index.mean() == pytest.approx(0, abs=1e-9)
    assert index.std() == pytest.approx(1)


def test_unrated_areas_stay_empty_and_touch_nothing():
    values = np.array([[1.0, 2.0], [3.0, 5.0], [8.0, 4.0]])
    wide = np.vstack([values, [[999.0, np.nan]]])
    index = composite_index(wide, rated=np.array([True, True, True, False]))
    assert np.isnan(index.index[3])
    assert np.isnan(index.z[3]).all()
    assert (index.index[:3] == composite_index(values).index).all()


def test_a_low_value_can_be_the_strain():
    values = np.array([[1.0, 9.0], [2.0, 5.0], [3.0, 1.0]])
    assert composite_index(values, directions=np.array([1, -1])).index == pytest.approx(
        [-1.2247, 0, 1.2247], abs=1e-4
    )


def test_weights_count():
    values = np.array([[0.0, 1.0], [1.0, 0.0], [5.0, 9.0]])
    assert composite_index(values, weights=np.array([1.0, 1e-12])).index == pytest.approx(
        standardise(values[:, 0])
    )


@pytest.mark.parametrize(
    ("value", "code"),
    [(-1.0000001, "1"), (-1.0, "2"), (1.0, "2"), (1.0000001, "3"), (1.5, "3"), (1.5000001, "4")],
)
def test_a_value_on_the_limit_falls_where_the_publisher_puts_it(value, code):
    assert STATUS[class_positions(np.array([value]), STATUS)[0]].code == code


def test_missing_value_in_a_rated_area_is_refused_with_its_row():
    with pytest.raises(Refused, match="row 2: S4 is missing"):
        composite_index(np.array([[1.0, 2.0], [3.0, np.nan], [2.0, 2.0]]), names=["S1", "S4"])


def test_an_indicator_that_does_not_vary_is_refused():
    with pytest.raises(Refused, match="S3: all rated areas have the same value"):
        composite_index(np.array([[1.0, 0.3], [3.0, 0.3], [2.0, 0.3]]), names=["S1", "S3"])


def test_one_area_alone_has_no_index():
    with pytest.raises(Refused, match="at least two"):
        composite_index(np.array([[1.0], [2.0]]), rated=np.array([True, False]))


@pytest.mark.parametrize(
    "classes",
    [
        [ClassLimit("1", "a", up_to=1.0), ClassLimit("2", "b", up_to=0.5), ClassLimit("3", "c")],
        [ClassLimit("1", "a"), ClassLimit("2", "b")],
        [ClassLimit("1", "a", up_to=1.0), ClassLimit("2", "b", below=2.0)],
        [ClassLimit("1", "a", up_to=1.0, below=1.0), ClassLimit("2", "b")],
        [ClassLimit("1", "a", up_to=1.0), ClassLimit("1", "b")],
    ],
)
def test_classes_that_make_no_sense_are_refused(classes):
    with pytest.raises(Refused):
        check_classes(classes)


def test_all_shipped_recipes_load_and_say_source_and_state():
    recipes = {recipe.name: recipe for recipe in shipped_recipes()}
    assert {f"berlin-mss-{year}" for year in (2013, 2015, 2017, 2019, 2021, 2023)} <= set(recipes)
    assert {"hamburg-rise", "muenster"} <= set(recipes)
    assert all(recipe.source and recipe.state and recipe.version for recipe in recipes.values())
    assert recipes["berlin-mss-2023"].state == "to be confirmed"
    assert "limits to be confirmed" in recipes["hamburg-rise"].state
    assert len(recipes["hamburg-rise"].status) == 7
    assert [name for name, recipe in recipes.items() if recipe.is_confirmed] == [
        "berlin-mss-2017",
        "berlin-mss-2019",
    ]


def test_an_own_recipe_changes_only_what_it_says(tmp_path):
    own = tmp_path / "town.toml"
    own.write_text(
        'extends = "berlin-mss-2019"\ntitle = "Town"\nsource = "own"\nstate = "own"\nexclusions = []\ndynamics = []\n'
        'status = [{ key = "rent", title = "rent", unit = "EUR", direction = "low is strain", weight = 2, mean = 10 }]\n'
    )
    recipe = load_recipe(own)
    result = apply_recipe(recipe, np.array([[8.0], [10.0], [12.0]]))
    assert recipe.min_population == 300
    assert result.status.z[:, 0] == pytest.approx([1.224745, 0, -1.224745], abs=1e-6)
    assert result.status_class == ("3", "2", "1")
    assert result.overall_class == ("", "", "")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("title = ", "not TOML"),
        ('title = "x"', "is missing"),
        ('extends = "berlin"', "no recipe 'berlin'"),
        ('extends = "berlin-mss-2019"\nlimit = 3', "unknown entry 'limit'"),
        ('extends = "berlin-mss-2019"\nstatus = [{ key = "a", title = "a" }]', "no complete recipe"),
        ('extends = "berlin-mss-2019"\nstatus = []', "needs status indicators"),
    ],
)
def test_a_broken_recipe_is_refused(tmp_path, text, complaint):
    own = tmp_path / "own.toml"
    own.write_text(text)
    with pytest.raises(Refused, match=complaint):
        load_recipe(own)


def test_the_fingerprint_tells_inputs_and_recipes_apart_but_not_unrated_rows():
    recipe, other = load_recipe("muenster"), load_recipe("berlin-mss-2021")
    values = np.array([[1.0, 2, 3], [4, 5, 7], [7, 9, 8], [0, 0, 0]])
    rated = np.array([True, True, True, False])
    print_of = apply_recipe(recipe, values, rated=rated).fingerprint
    changed, unrated = values.copy(), values.copy()
    changed[0, 0], unrated[3, 0] = 1.5, 9
    assert apply_recipe(recipe, values, rated=rated).fingerprint == print_of
    assert apply_recipe(recipe, unrated, rated=rated).fingerprint == print_of
    assert apply_recipe(recipe, changed, rated=rated).fingerprint != print_of
    assert apply_recipe(other, values, values, rated=rated).fingerprint != print_of
