import pytest

from .. import similar

LAMP = similar.Said(similar.keys_of("Die Laterne am Bahnhof ist kaputt, es ist dunkel", "de"), "mitte")
NOTHING = similar.Said(frozenset())


def test_concerns_are_the_same_in_all_languages():
    texts = [
        ("Der Aufzug ist kaputt", "de"),
        ("The lift is broken", "en"),
        ("Asansör bozuk", "tr"),
        ("Ліфт зламаний", "uk"),
        ("Лифт сломан", "ru"),
        ("المصعد معطل", "ar"),
        ("آسانسور خراب است", "fa"),
    ]
    for words, language in texts:
        assert {"c:lift", "c:broken"} <= similar.keys_of(words, language), words


def test_joined_words_prefixes_and_words_without_language_are_read():
    assert "c:lamp" in similar.keys_of("Straßenbeleuchtung", "de")
    assert "c:school" in similar.keys_of("والمدرسة", "ar")
    assert "c:lamp" in similar.keys_of("лампа", "")
    assert similar.keys_of("", "de") == frozenset()


def test_short_beginnings_are_no_part_of_longer_words():
    assert "c:trash" not in similar.keys_of("binnen", "de")
    assert "c:snow" not in similar.keys_of("Karton", "de")


def test_the_same_words_nearer_come_first():
    near, far, elsewhere = (
        similar.Said(LAMP.keys, space, point)
        for space, point in (("mitte", (52.3101, 9.79)), ("mitte", (52.3170, 9.79)), ("west", (52.33, 9.79)))
    )
    here = similar.Said(LAMP.keys, "mitte", (52.31, 9.79))
    weight = similar.weights_of([LAMP.keys, NOTHING.keys, NOTHING.keys])
    assert similar.ranked(here, [elsewhere, far, near], weight) == [2, 1, 0]


def test_what_shares_nothing_is_not_proposed():
    weight = similar.weights_of([LAMP.keys])
    assert similar.ranked(LAMP, [NOTHING], weight) == []
    assert similar.likeness(NOTHING, NOTHING, weight) == 0


def test_rare_keys_weigh_more():
    weight = similar.weights_of([frozenset({"c:child"})] * 9 + [frozenset({"c:child", "c:lift"})])
    assert weight("c:lift") > weight("c:child")


def test_distance_is_in_metres():
    assert similar.distance((52.0, 9.0), (52.001, 9.0)) == pytest.approx(111, abs=1)
    assert similar.distance((52.0, 9.0), (52.0, 9.001)) == pytest.approx(68.5, abs=1)
