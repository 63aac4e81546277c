"""The slow plain versions that the protector is compared with. They share no code with it.

`fewest_by_trying` tries every pattern with the attacker of these tests; `fewest_by_one_program` writes the
whole problem as one mixed-integer program. Both know only counts with sums, all of one threshold.
"""

from itertools import combinations

import highspy
import numpy as np

from methods.suppression import HIDDEN, Sum
from methods.suppression.tests.attacker import Attacker


def is_protected(family, hidden, threshold):
    """Whether the attacker of the tests fails on every hidden cell."""
    released = {cell.name: HIDDEN if cell.name in hidden else cell.value for cell in family.cells}
    attacker = Attacker(family.links, released)
    for name in hidden:
        low, high = attacker.interval(name)
        if high - low < threshold - 1e-6 or high < threshold - 1e-6:
            return False
    return True


def fewest_by_trying(family, primary, threshold):
    """The least number of secondary cells, by trying all patterns, smallest first."""
    others = [cell.name for cell in family.cells if cell.name not in primary]
    for number in range(len(others) + 1):
        for secondary in combinations(others, number):
            if is_protected(family, {*primary, *secondary}, threshold):
                return number
    raise AssertionError("not even hiding everything protects")


def fewest_by_one_program(family, primary, threshold):
    """The same number from one program: y (hidden or not) and two tables for every cell that may be hidden."""
    names = [cell.name for cell in family.cells]
    values = np.array([cell.value for cell in family.cells], dtype=float)
    n = len(names)
    # A table that moves one cell by the threshold needs no other cell beyond the sum of all that exist.
    most = float(values.sum() + threshold * n)
    model = highspy.Highs()
    model.silent()
    for name in names:
        model.addVar(1.0 if name in primary else 0.0, 1.0)
    for column, name in enumerate(names):
        model.changeColCost(column, 0.0 if name in primary else 1.0)
        model.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    place = {name: index for index, name in enumerate(names)}
    for target in range(n):
        first = model.getNumCol()
        for value in [*values, *values]:
            model.addVar(-value, most)
        for copy in (first, first + n):
            for link in family.links:
                assert isinstance(link, Sum)
                index = [copy + place[link.total], *(copy + place[part] for part in link.parts)]
                factor = [-1.0] + [1.0] * len(link.parts)
                model.addRow(0.0, 0.0, len(index), np.array(index), np.array(factor))
            for cell, value in enumerate(values):
                pair = np.array([copy + cell, cell])
                model.addRow(-np.inf, 0.0, 2, pair, np.array([1.0, -most]))
                model.addRow(0.0, np.inf, 2, pair, np.array([1.0, value]))
        up, down = first + target, first + n + target
        # Only if the target is hidden; at least 0 otherwise.
        model.addRow(0.0, np.inf, 3, np.array([up, down, target]), np.array([1.0, -1.0, -threshold]))
        needed = max(0.0, threshold - values[target])
        model.addRow(0.0, np.inf, 2, np.array([up, target]), np.array([1.0, -needed]))
    model.setOptionValue("mip_rel_gap", 0.0)
    model.run()
    assert model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return round(model.getInfo().objective_function_value)
