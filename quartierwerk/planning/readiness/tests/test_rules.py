"""A hint's state follows from records and a day; nothing else can make it green."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..rules import Piece, State, judged, last_day

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("pieces", "state"),
    [
        ([], State.OPEN),
        ([Piece(date(2026, 3, 12))], State.FULFILLED),
        ([Piece(date(2025, 11, 16))], State.FULFILLED),
        ([Piece(date(2025, 11, 15))], State.OUTDATED),
        ([Piece(date(2025, 1, 1)), Piece(date(2026, 5, 30))], State.FULFILLED),
        ([Piece(TODAY)], State.FULFILLED),
        ([Piece(date(2026, 11, 17))], State.OPEN),
        ([Piece(None)], State.OPEN),
        ([Piece(TODAY, proves=False)], State.OPEN),
        ([Piece(TODAY, holds=False)], State.OPEN),
        ([Piece(TODAY, is_gone=True)], State.OPEN),
        ([Piece(TODAY, is_gone=True), Piece(date(2024, 1, 1))], State.OUTDATED),
    ],
)
def test_state_of_a_hint(pieces, state):
    assert judged(pieces, TODAY, 12).state == state


@pytest.mark.parametrize(
    ("on", "months", "until"),
    [
        (date(2026, 3, 12), 12, date(2027, 3, 12)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
    ],
)
def test_evidence_counts_until_the_same_day(on, months, until):
    assert last_day(on, months) == until


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
pieces = st.lists(
    st.builds(Piece, st.none() | days, proves=st.booleans(), holds=st.booleans(), is_gone=st.booleans()),
    max_size=5,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(pieces, days, st.integers(1, 36))
def test_time_alone_only_takes_away(some, day, months):
    """Without a new record a hint never gets better again once its evidence was all in the past."""
    known = [one for one in some if one.on is None or one.on <= day]
    order = [State.FULFILLED, State.OUTDATED, State.OPEN]
    now, later = judged(known, day, months), judged(known, last_day(day, 1), months)
    assert order.index(later.state) >= order.index(now.state)
    if now.state == State.FULFILLED:
        assert any(one.on and one.proves and one.holds and not one.is_gone for one in known)
