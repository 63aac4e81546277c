"""The marker against the judged voices: what the issue asks for, on the half it was tuned on and on the other."""

import pytest

from bench import masking_quality as quality

LEAST_RIGHT = 0.8  # of the names proposed


@pytest.mark.parametrize("split", ["tune", "held"])
def test_the_marker_finds_what_the_issue_asks_for(split):
    rates = quality.measured(quality.read(split))
    assert {
        kind: rates.recall(kind) for kind, least in quality.TARGETS.items() if rates.recall(kind) < least
    } == {}
    assert rates.precision("name") >= LEAST_RIGHT
