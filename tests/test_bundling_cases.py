"""Proposals for bundling against the judged voices: what the issue asks for."""

import pytest

from bench import bundling_quality as quality


@pytest.mark.parametrize(("name", "compared"), [("one", quality.in_one), ("across", quality.across)])
def test_proposals_are_as_precise_as_the_issue_asks(name, compared):
    assert quality.precision(quality.read("tune"), compared).by_relatives >= quality.TARGETS[name]
