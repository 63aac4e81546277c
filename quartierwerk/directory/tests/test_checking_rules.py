import pytest

from ..checking.rules import Fate, fate, must_wait


@pytest.mark.parametrize(
    ("is_checked", "may_check", "is_public", "waits"),
    [(True, False, True, True), (False, False, True, False), (True, True, True, False), (True, False, False, False)],
)  # fmt: skip
def test_only_what_visitors_would_see_of_an_editors_words_waits(is_checked, may_check, is_public, waits):
    assert must_wait(is_checked, may_check, is_public) is waits


@pytest.mark.parametrize(
    ("opened", "typed", "now", "choice", "found"),
    [
        ("a", "a", "a", "", Fate.KEPT),
        ("a", "b", "a", "", Fate.CHANGED),
        ("a", "a", "c", "", Fate.KEPT),  # staff changed what she left alone
        ("a", "b", "b", "", Fate.KEPT),  # both wrote the same
        ("a", "b", "c", "", Fate.ASKED),
        ("a", "b", "c", "mine", Fate.CHANGED),
        ("a", "b", "c", "theirs", Fate.KEPT),
        ("a", "b", "c", "nonsense", Fate.ASKED),
        (None, "b", None, "", Fate.CHANGED),  # a new row
        ("a", "b", None, "", Fate.CHANGED),  # the row is gone and she changed it
        ("a", "a", None, "", Fate.KEPT),
        (None, "b", "c", "", Fate.ASKED),  # the page did not say what it was made from
    ],
)
def test_fate_of_a_field(opened, typed, now, choice, found):
    assert fate(opened, typed, now, choice) == found
