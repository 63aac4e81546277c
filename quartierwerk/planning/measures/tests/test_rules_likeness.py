import pytest

from ..rules.likeness import NEAR, Titled, near_same, similarity

ALIKE = [
    ("Kinderbetreuung während der Kurse", "Kinderbetreuung bei Kursen"),
    ("Kinderbetreuung während der Kurse", "Betreuung der Kinder während der Kurse"),
    ("Kinderbetreuung während der Kurse", "KINDERBETREUUNG WAEHREND DER KURSE"),
    ("bezahlbarer Wohnraum", "mehr bezahlbarer Wohnraum"),
    ("Deutschkurse am Abend", "Deutschkurs abends"),
    ("muttersprachlicher Unterricht", "Muttersprachlichen Unterricht ausbauen"),
    ("Begegnungsstätten", "Begegnungsstätte in Rethen"),
]
DIFFERENT = [
    ("Kinderbetreuung während der Kurse", "bezahlbarer Wohnraum"),
    ("mehr Hebammen", "mehr Sprachkurse"),
    ("Deutschkurs A1", "Deutschlandticket"),
    ("der die das", "Wohnraum"),
    ("", "Wohnraum"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_the_same_in_other_words_is_near(one, other):
    assert similarity(one, other) >= NEAR
    assert similarity(one, other) == similarity(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_things_are_not_near(one, other):
    assert similarity(one, other) < NEAR


def test_spelling_alone_makes_no_difference():
    assert similarity("Größere Räume", "groessere raeume") == 100


def test_only_the_same_quarter_or_the_whole_town_is_compared():
    rows = [
        Titled(1, "Sprachcafé", "rethen"),
        Titled(2, "Sprachcafé", "mitte"),
        Titled(3, "Sprachcafé", None),
    ]
    assert [near.key for near in near_same("Sprachcafe", "mitte", rows)] == [2, 3]
    assert len(near_same("Sprachcafe", None, rows)) == 3


def test_the_nearest_stands_first():
    rows = [Titled(1, "Sprachcafé für Frauen"), Titled(2, "Sprachcafé")]
    found = near_same("Sprachcafé", None, rows)
    assert [near.key for near in found] == [2, 1]
    assert found[0].is_same
    assert not found[1].is_same
