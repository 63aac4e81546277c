"""How much is hidden for protection: never more than twice the exact optimum, and the optimum is one."""

import numpy as np
import pytest

from methods.suppression import Family, Rule, protect, rectangle
from methods.suppression.exact import TooHard, fewest
from methods.suppression.primary import needs_of
from methods.suppression.system import system_of
from methods.suppression.tests.plain_twin import fewest_by_one_program, fewest_by_trying
from methods.suppression.tests.random_families import KINDS, counts, family, hierarchical


def optimum(family, rule):
    needs = needs_of(family, rule)
    system = system_of(family, needs)
    hidden, _ = fewest(system, needs, family.values)
    return int((hidden & ~system.starts_hidden).sum())


def random_table(seed, most=8):
    rng = np.random.default_rng([8, seed])
    rule = Rule(threshold=int(rng.choice([3, 5, 10])), zeros=("group", "open", "all")[rng.integers(3)])
    return Family(*rectangle(counts(rng, tuple(rng.integers(2, most + 1, 2))))), rule


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in (1, 2, 3))])
def test_loss_is_at_most_twice_the_optimum_on_200_tables_up_to_8_by_8(part):
    """As shipped, and every second one as large families are searched; the bound given must be one."""
    hidden = 0
    for seed in range(part * 50, part * 50 + 50):
        table, rule = random_table(seed)
        best = optimum(table, rule)
        hidden += best
        for small in (200, 0) if seed % 2 else (200,):
            pattern = protect(table, rule, small=small)
            assert pattern.at_least <= best <= len(pattern.secondary) <= 2 * best, f"seed {seed}"
    assert hidden > 50


@pytest.mark.parametrize("seed", range(12))
def test_optimum_agrees_with_trying_every_pattern(seed):
    rng = np.random.default_rng([3, seed])
    table = Family(*rectangle(rng.integers(1, 14, (2, 2 + seed % 2))))
    rule = Rule(threshold=3 + seed % 3, zeros="open")
    primary = set(needs_of(table, rule).primary)
    assert optimum(table, rule) == fewest_by_trying(table, primary, rule.threshold)


@pytest.mark.parametrize("seed", range(8))
def test_optimum_agrees_with_one_mixed_integer_program(seed):
    rng = np.random.default_rng([4, seed])
    links = hierarchical(rng) if seed % 2 else rectangle(counts(rng, (3, 3)))
    table, rule = Family(*links), Rule(zeros="open")
    if len(table.cells) > 24:
        table = Family(*rectangle(counts(rng, (3, 4))))
    primary = set(needs_of(table, rule).primary)
    assert optimum(table, rule) == fewest_by_one_program(table, primary, rule.threshold)


@pytest.mark.slow
def test_loss_is_at_most_twice_the_optimum_on_linked_tables():
    """Hierarchies, cubes, years, area cuts, sums; where the optimum is proven within the rounds."""
    proven = 0
    for seed in range(20 * len(KINDS)):
        if KINDS[seed % len(KINDS)].__name__ == "with_shares":
            continue  # proofs take minutes there; at_least is reported instead
        linked, rule = family(seed)
        pattern = protect(linked, rule)
        try:
            best = optimum(linked, rule)
        except TooHard:
            continue
        proven += 1
        assert len(pattern.secondary) <= 2 * best, f"seed {seed}"
    assert proven > 100
