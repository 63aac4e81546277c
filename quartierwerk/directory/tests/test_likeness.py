"""Which entries mean the same offer, the same organisation: pure rules."""

import pytest

from ..rules import Facts, Likeness, likeness_of_offers, same_organisation

TUESDAY, FRIDAY = frozenset({"TU 16:00"}), frozenset({"FR 09:00"})


def facts(title="Sprachcafé", provider="Sprachhaus", place="Lindenweg 5", times=TUESDAY):
    return Facts(title, provider, place, times)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (facts(), Likeness.SAME),
        (facts(title="SPRACHCAFE"), Likeness.SAME),
        (facts(title="Sprach-Café"), Likeness.SAME),
        (facts(place="", times=frozenset()), Likeness.SAME),
        (facts(place="Markt 1"), Likeness.NEAR),
        (facts(times=FRIDAY), Likeness.NEAR),
        (facts(place="Markt 1", times=FRIDAY), Likeness.DIFFERENT),
        (facts(title="Sprachcafé am Abend"), Likeness.NEAR),
        (facts(title="Sprachcafé am Abend", times=FRIDAY), Likeness.DIFFERENT),
        (facts(title="Sprachcafé 2"), Likeness.DIFFERENT),
        (facts(title="Nähcafé"), Likeness.DIFFERENT),
        (facts(provider="Lindenhaus"), Likeness.NEAR),
        (facts(provider="Lindenhaus", place="", times=frozenset()), Likeness.DIFFERENT),
        (facts(title=""), Likeness.DIFFERENT),
    ],
)
def test_title_provider_place_and_time_decide_together(other, expected):
    assert likeness_of_offers(facts(), other) == expected
    assert likeness_of_offers(other, facts()) == expected


def test_levels_and_numbers_tell_courses_apart():
    assert not likeness_of_offers(facts("Deutschkurs A1"), facts("Deutschkurs A2"))
    assert not likeness_of_offers(facts("Gruppe 1"), facts("Gruppe 2"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Praxis Müller", "Praxis Mueller", True),
        ("Praxis Müller", "PRAXIS MÜLLER", True),
        ("Praxis Müller", "Praxis Möller", False),
        ("Praxis Müller", "Praxis Muller", False),
        ("Leinebrücke e. V.", "Leinebrücke", True),
        ("Leinebrücke gGmbH", "Leinebruecke e.V.", True),
        ("Verein", "Stiftung", False),
        ("", "", False),
    ],
)
def test_the_same_organisation_in_another_spelling(one, other, same):
    assert same_organisation(one, other) is same
