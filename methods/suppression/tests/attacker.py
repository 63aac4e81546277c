"""An attacker who sees only what was printed, and the sums, bounds and shares everybody knows.

Test code on purpose: it builds its own program from the released figures, in plain values and over the
hidden cells only, and shares nothing with the protector but the description of the tables.
"""

import math

import highspy
import numpy as np

from methods.suppression import HIDDEN, Bound, Share, Sum

ASTRAY = (
    highspy.HighsModelStatus.kSolveError,
    highspy.HighsModelStatus.kUnknown,
    highspy.HighsModelStatus.kNotset,
)


class Attacker:
    """links as published; `released` name -> figure or "."; `signed` names that may be negative.

    fractions  names that need not be whole numbers; None: nobody thinks of whole numbers
    people     names of counts: where a share of one is printed, at least one person is there, and where a share
               is left out altogether, nobody is
    """

    def __init__(self, links, released, signed=frozenset(), known=None, fractions=None, people=frozenset()):
        self.printed = {n: v for n, v in released.items() if v != HIDDEN} | (known or {})
        rows = []
        for share in (link for link in links if isinstance(link, Share)):
            if share.name in self.printed and share.whole in people:
                rows.append(([(share.whole, 1.0)], 1.0, math.inf))
            elif share.name not in released and share.name not in self.printed:
                self.printed[share.whole] = 0
        for link in links:
            if isinstance(link, Sum):
                rows.append(([(link.total, -1.0)] + [(part, 1.0) for part in link.parts], 0.0, 0.0))
            elif isinstance(link, Bound):
                rows.append((list(link.terms), link.low, link.high))
            elif isinstance(link, Share) and link.name in self.printed:
                half = 0.5 / 10**link.decimals + 1e-9
                low, high = self.printed[link.name] - half, self.printed[link.name] + half
                rows.append(([(link.part, link.factor), (link.whole, -low)], 0.0, math.inf))
                rows.append(([(link.part, link.factor), (link.whole, -high)], -math.inf, 0.0))
        self.unknown = {}
        self.model = highspy.Highs()
        self.model.silent()
        for option, value in (("presolve", "off"), ("threads", 1), ("parallel", "off")):
            self.model.setOptionValue(option, value)
        for terms, low, high in rows:
            known = sum(factor * self.printed[name] for name, factor in terms if name in self.printed)
            open_terms = [(name, factor) for name, factor in terms if name not in self.printed]
            if not open_terms:
                assert low - 1e-6 <= known <= high + 1e-6, "the printed figures contradict each other"
                continue
            index = [self._column(name, name in signed) for name, _ in open_terms]
            self.model.addRow(
                low - known, high - known, len(index), np.array(index), np.array([f for _, f in open_terms])
            )

        if fractions is not None:
            for name, column in self.unknown.items():
                if name not in fractions:
                    self.model.changeColIntegrality(column, highspy.HighsVarType.kInteger)

    def _column(self, name, signed):
        if name not in self.unknown:
            self.unknown[name] = len(self.unknown)
            self.model.addVar(-math.inf if signed else 0.0, math.inf)
        return self.unknown[name]

    def interval(self, name):
        """The least and the largest value the printed figures leave for a hidden cell."""
        if name not in self.unknown:
            return 0.0, math.inf  # stands in no relation
        return tuple(self._extreme(self.unknown[name], sign) for sign in (1.0, -1.0))

    def _extreme(self, column, sign):
        self.model.changeColCost(column, sign)
        self.model.run()
        status = self.model.getModelStatus()
        if status in ASTRAY:
            self.model.clearSolver()  # a hot start can go astray; from scratch it does not
            self.model.run()
            status = self.model.getModelStatus()
        value = self.model.getInfo().objective_function_value
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            value = -math.inf
        else:
            assert status == highspy.HighsModelStatus.kOptimal, status
        self.model.changeColCost(column, 0.0)
        return sign * value


def attacker_on(pattern, *, whole=False, earlier=None):
    """earlier  a release readers still have"""
    family = pattern.family
    known = {cell.name: cell.value for cell in family.cells if cell.known and not cell.released}
    signed = {cell.name for cell in family.cells if cell.signed}
    fractions = {cell.name for cell in family.cells if cell.units is not None} if whole else None
    known |= {name: figure for name, figure in (earlier or {}).items() if figure != HIDDEN}
    people = {cell.name for cell in family.cells if cell.units is None}
    return Attacker(family.links, pattern.released(), signed, known, fractions, people)


def successes(pattern, *, whole=False, earlier=None):
    """Every hidden cell the attacker narrows too far: (name, low, high, width wanted, reach wanted)."""
    attacker, rule, found = attacker_on(pattern, whole=whole, earlier=earlier), pattern.rule, []
    hidden = pattern.hidden
    least_sum = min((c.largest for c in pattern.family.cells if c.units is not None and c.largest), default=0)
    for cell in pattern.family.cells:
        if cell.name not in hidden:
            continue
        threshold = rule.threshold if cell.threshold is None else cell.threshold
        width, reach = threshold, -math.inf if cell.signed else threshold
        if cell.units is not None:
            width = max(cell.largest, least_sum)
            reach = -math.inf if cell.signed else cell.largest / rule.dominance
        elif cell.largest is not None and cell.largest > rule.dominance * cell.value:
            reach = max(threshold, cell.largest / rule.dominance)
            width = max(threshold, reach - cell.value)
        low, high = attacker.interval(cell.name)
        assert low - 1e-6 <= cell.value <= high + 1e-6, "the attack itself is wrong"
        if high - low < width - 1e-6 or high < reach - 1e-6:
            found.append((cell.name, low, high, width, reach))
    return found
