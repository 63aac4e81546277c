"""The search for a pattern that hides little: grow, tidy, and learn from proposals that hide too little."""

from __future__ import annotations

import numpy as np

from methods.suppression.exact import Master, learn
from methods.suppression.family import Floats
from methods.suppression.primary import Needs
from methods.suppression.system import System, Truths
from methods.suppression.whole import WholeAttack, WholeGrow, is_whole
from methods.suppression.witness import Attack, Witnesses

SMALL = 200  # items; above, a proposal in whole items can take minutes
LARGE_ROUNDS = 3  # later ones hardly gain there
NODES = 200  # branches per proposal: a limit in steps, not seconds, keeps the result the same everywhere
Found = tuple[Truths, Witnesses]


class Search:
    def __init__(self, system: System, needs: Needs, values: Floats, small: int = SMALL):
        self.system, self.needs, self.values, self.small = system, needs, values, small
        self.attack = WholeAttack(system, needs, values, system.starts_hidden)
        self.teacher = Attack(system, needs, values, system.starts_hidden)
        self.grow = WholeGrow(system, needs, values)
        size = np.append(np.abs(values), np.full(system.items - system.cells, np.inf))
        self.order = sorted(range(system.items), key=lambda item: (-size[item], item))

    def completed(self, hidden: Truths) -> Found | int:
        """Hide more until all is protected, then print again what was not needed; or the cell that cannot be."""
        attack, witnesses = self.attack, Witnesses(self.system, self.needs, self.values)
        attack.turn_to(hidden)
        while (cell := attack.prove(witnesses)) is not None:
            way = self.grow.way(cell, attack.hidden)
            if way is None or not self.grow.opened_by(way, attack.hidden):
                # Fractions of people already move the cell; whole ones need more room.
                if way and (shares := self.grow.splitting_shares(way, attack.hidden)):
                    attack.show(shares, shown=False)
                    continue
                way = self.grow.whole_way(cell, attack.hidden)
            if way is None:
                return cell
            attack.show(self.grow.opened_by(way, attack.hidden), shown=False)
            witnesses.add(*(table for table in way if is_whole(self.system, table)))
        self._tidy(witnesses)
        return attack.hidden.copy(), witnesses

    def improved(self, start: Found, rounds: int) -> tuple[Truths, Witnesses, int]:
        """A pattern with fewer free items, its proof, and the number no pattern can go below.

        The master program proposes the fewest cells under the rows it knows. Completing the proposal often
        gives a better pattern; attacking it gives new rows; once it hides as many as the best, that is proven.
        """
        hidden, witnesses = start
        at_least = 0
        if not rounds or not self._count(hidden):
            return hidden, witnesses, at_least
        is_large = self.system.items > self.small
        master = Master(self.system, self.needs, relaxed=is_large)
        for _ in range(min(rounds, LARGE_ROUNDS) if is_large else rounds):
            proposal = master.proposal(NODES)
            if proposal is None:
                break
            proposed, at_least = proposal
            if at_least >= self._count(hidden):
                break
            self.teacher.turn_to(proposed)
            learn(master, self.teacher)
            completed = self.completed(proposed)
            if not isinstance(completed, int) and self._count(completed[0]) < self._count(hidden):
                hidden, witnesses = completed
            if at_least >= self._count(hidden):
                break
        return hidden, witnesses, at_least

    def _count(self, hidden: Truths) -> int:
        return int((hidden & ~self.system.starts_hidden).sum())

    def _tidy(self, witnesses: Witnesses) -> None:
        """Print again what is not needed, the largest cells first, shares before all."""
        attack = self.attack
        attack.is_patient = False  # a search for each try would take minutes and gain next to nothing
        for item in self.order:
            if self.system.starts_hidden[item] or not attack.hidden[item]:
                continue
            before = witnesses.tables
            attack.show([item], shown=True)
            witnesses.keep_valid(attack.hidden)
            if attack.prove(witnesses) is not None:
                attack.show([item], shown=False)
                witnesses.tables = before
        attack.is_patient = True
