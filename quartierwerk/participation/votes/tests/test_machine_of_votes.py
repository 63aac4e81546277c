"""Whatever codes are drawn and whatever is voted with them, in whatever order: no code counts twice, a second ballot
replaces the first, and the totals are those of the last ballot of each code."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ...models import Ballot
from .. import box, codes, rules
from . import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

POINTS = 5


class VoteMachine(RuleBasedStateMachine):
    """One vote in a world of its own, which is undone at the end."""

    drawn = Bundle("drawn")

    def __init__(self):
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()
        self.vote = factories.vote()
        self.proposals = list(factories.ids(self.vote).values())
        self.model: dict[str, dict[str, int]] = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    @rule(target=drawn)
    def draw(self):
        return factories.code(self.vote)

    @rule(
        code=drawn,
        points=st.lists(st.integers(-1, POINTS + 1), min_size=3, max_size=3),
        on_paper=st.booleans(),
    )
    def put_in(self, code, points, on_paper):
        choices = {one: n for one, n in zip(self.proposals, points, strict=True) if n}
        typed = codes.shown(code) if on_paper else code.lower()
        fits = bool(choices) and all(n > 0 for n in choices.values()) and sum(choices.values()) <= POINTS
        try:
            again = box.put_in(self.vote, typed, choices)
        except box.BadBallot:
            assert not fits
        else:
            assert fits
            assert again is (code in self.model)
            self.model[code] = choices

    @rule(code=drawn, sign=st.sampled_from(codes.ALPHABET))
    def guess(self, code, sign):
        """A neighbour of a code is none, unless it is the code itself."""
        wrong = code[:-1] + sign
        if wrong != code:
            with pytest.raises(box.UnknownCode):
                box.put_in(self.vote, wrong, {self.proposals[0]: 1})

    @invariant()
    def each_code_counts_once(self):
        found = list(Ballot.objects.filter(vote=self.vote).values_list("choices", flat=True))
        assert len(found) == len(self.model)
        counted = rules.count(found, self.proposals)
        expected = rules.count(self.model.values(), self.proposals)
        assert counted == expected


def test_no_code_counts_twice(cast):
    with cast.in_town():
        run_state_machine_as_test(
            VoteMachine,
            settings=settings(
                max_examples=25,
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
