"""What counts: a measure put off is in no number, of a stopped one only what was spent."""

from hypothesis import given
from hypothesis import strategies as st

from ..rules import money
from ..rules.counting import Entry, counted
from ..rules.money import Line, Sums

RUNNING = Entry("running", [Line(2026, 100_00, 30_00, True), Line(2027, None)])
STOPPED = Entry("stopped", [Line(2025, 500_00, 0, True), Line(2026, 500_00, 70_00, True)])
PUT_OFF = Entry("proposed", [Line(2026, 900_00)], is_put_off=True)


def test_a_measure_put_off_is_in_no_number_and_no_sum():
    told = counted([RUNNING, PUT_OFF])
    assert (told.measures, told.put_off, told.total) == (1, 1, counted([RUNNING]).total)


def test_of_a_stopped_measure_only_what_was_spent_counts_and_it_is_told():
    told = counted([RUNNING, STOPPED])
    assert (told.measures, told.stopped, told.spent_on_stopped) == (1, 1, 70_00)
    assert told.total == Sums(planned=100_00, secured=100_00, spent=100_00, unclear=1)
    assert list(told.years) == [2026, 2027]


def test_a_stopped_measure_that_was_put_off_too_is_put_off_only():
    told = counted([Entry("stopped", [Line(2026, 1, 1)], is_put_off=True)])
    assert (told.put_off, told.stopped, told.years) == (1, 0, {})


def test_nothing_at_all_counts_as_nothing():
    assert counted([]).total == Sums()


amounts = st.integers(0, 10**9)
lines = st.lists(
    st.builds(Line, st.integers(2020, 2030), st.none() | amounts, amounts, st.booleans()), max_size=4
)
stages = st.sampled_from(["proposed", "adopted", "running", "done", "stopped"])


@given(st.lists(st.builds(Entry, stages, lines, st.booleans()), max_size=8))
def test_each_measure_counts_in_one_way_and_no_cent_spent_is_lost(entries):
    told = counted(entries)
    assert told.measures + told.put_off + told.stopped == len(entries)
    assert sum(told.years.values(), Sums()) == told.total
    not_put_off = [line for one in entries if not one.is_put_off for line in one.lines]
    assert told.total.spent == money.total(not_put_off).spent
    live = [line for one in entries if one.counts for line in one.lines]
    assert told.total.planned == money.total(live).planned
