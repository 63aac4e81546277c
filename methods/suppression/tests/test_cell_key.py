"""The published demonstration design: at most 4, variance 2.25, half stay from 3 up, no 1 or 2, zero stays."""

import numpy as np
import pytest

from methods.refusal import Refused
from methods.suppression.cell_key import Design, cell_keys, chances, perturbed


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 7, 20])
def test_noise_keeps_to_the_design(count):
    changes, probabilities = chances(count)
    assert np.abs(changes).max() <= 4
    assert not {1, 2} & set((count + changes).tolist())
    assert (count + changes >= 0).all()
    assert (probabilities >= 0).all()
    assert probabilities.sum() == pytest.approx(1)
    assert changes @ probabilities == pytest.approx(0, abs=1e-10)
    assert changes**2 @ probabilities == pytest.approx(2.25)
    if count >= 3:
        assert probabilities[changes == 0] == pytest.approx(0.5)


def test_zero_stays_zero():
    assert perturbed(np.zeros(50), np.linspace(0, 0.99, 50)).tolist() == [0] * 50


def test_large_counts_have_even_noise():
    """Symmetric and falling with the size of the change."""
    changes, probabilities = chances(1000)
    assert changes.tolist() == list(range(-4, 5))
    assert probabilities == pytest.approx(probabilities[::-1])
    assert (np.diff(probabilities[4:]) < 0).all()


def test_drawn_noise_has_the_chances_of_the_design():
    keys = (np.arange(100_000) + 0.5) / 100_000
    for count in (1, 3, 5, 40):
        changes, probabilities = chances(count)
        printed = perturbed(np.full(len(keys), count), keys)
        share = [(printed == count + change).mean() for change in changes]
        assert share == pytest.approx(probabilities, abs=2e-5)


def test_same_people_get_the_same_figure_in_every_table():
    rng = np.random.default_rng(1)
    keys, group = rng.random(500), rng.integers(0, 3, 500)
    order = rng.permutation(500)
    one = cell_keys(keys, group, 3)
    other = cell_keys(keys[order], group[order] + 2, 5)[2:]
    assert one.tolist() == other.tolist()
    counts = np.bincount(group, minlength=3)
    assert perturbed(counts, one).tolist() == perturbed(counts, other).tolist()


def test_impossible_input_is_refused():
    for counts, keys in (([-1], [0.1]), ([1.5], [0.1]), ([np.nan], [0.1]), ([3], [1.0])):
        with pytest.raises(Refused, match=r"cell \(0,\)"):
            perturbed(counts, keys)
    with pytest.raises(Refused, match="one key per cell"):
        perturbed([1, 2], [0.1])
    with pytest.raises(ValueError, match="variance 40"):
        chances(20, Design(variance=20.0))
