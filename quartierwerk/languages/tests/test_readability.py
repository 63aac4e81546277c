import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartierwerk.languages.readability import ADVICE, LEVELS, hint, syllables

EASY = "In Laatzen gibt es viele Gruppen. Dort lernen Menschen Deutsch. Die Kurse kosten nichts. Kinder können mitkommen."
OFFICIAL = (
    "Die Antragstellung auf Gewährung von Leistungen zur Sicherung des Lebensunterhalts ist unter Beifügung der "
    "erforderlichen Unterlagen bei der zuständigen Behörde vorzunehmen."
)


def kinds(text):
    return [finding.kind for finding in hint(text).findings]


def test_easy_text_is_good_and_official_text_is_hard():
    assert hint(EASY).level == "good"
    assert hint(EASY).findings == ()
    assert hint(OFFICIAL).level == "hard"
    assert hint(EASY).grade < hint(OFFICIAL).grade


def test_a_plain_offer_sentence_is_good_with_its_count_of_words():
    result = hint("Zwei Deutschkurse am Vormittag, bei denen die Kinder nebenan betreut werden.")
    assert (result.level, result.words, result.sentences) == ("good", 11, 1)


def test_text_between_is_medium():
    text = (
        "Die Beratungsstelle unterstützt Familien bei allen Fragen zur Betreuung ihrer Kinder. Bitte melden Sie sich "
        "vorher telefonisch an. Die Mitarbeitenden begleiten Eltern auch zu Terminen im Jugendamt."
    )
    assert hint(text).level == "medium"


def test_places_are_named_with_advice():
    result = hint(OFFICIAL)
    assert {finding.kind for finding in result.findings} == {"long_sentence", "nouns"}
    assert all(str(ADVICE[finding.kind]) for finding in result.findings)
    assert str(LEVELS[result.level])
    assert hint("Kurz. Der Verwendungsnachweis kommt.").findings[0].sentence == 1


@pytest.mark.parametrize(
    "text",
    [
        "Der Antrag wird von der Stadt geprüft.",
        "Die Kinder werden am Vormittag betreut.",
        "Das Fest wurde verschoben.",
        "Es ist klar, dass Anträge geprüft werden.",
        "Die Hilfe wird angeboten.",
    ],
)
def test_passive_is_noticed(text):
    assert kinds(text) == ["passive"]


@pytest.mark.parametrize(
    "text",
    [
        "Sie werden bald Post bekommen.",
        "Sie werden zum Gericht gehen.",
        "Ich würde gern kommen.",
        "Das wird gut.",
    ],
)
def test_future_is_no_passive(text):
    assert kinds(text) == []


def test_long_compounds_are_named_once_and_hyphens_help():
    assert kinds("Bewilligungsbehörde, Bewilligungsbehörde!") == ["long_word"]
    assert kinds("Die Asyl-Bewerber-Leistungs-Behörde hilft.") == []


def test_one_sentence_without_end_is_hard():
    assert hint("und dann gehen wir " * 10).level == "hard"


@pytest.mark.parametrize("text", ["", "   ", "Hallo", "12 34", "!!!", "🙂"])
def test_too_short_texts_are_not_judged(text):
    result = hint(text)
    assert (result.level, result.grade) == ("good", None)


@pytest.mark.parametrize(
    ("word", "count"), [("Haus", 1), ("Theater", 3), ("betreut", 2), ("Zoo", 1), ("Kinder", 2), ("pst", 1)]
)
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


@given(st.text())
def test_any_text_gets_a_level(text):
    assert hint(text).level in LEVELS


@pytest.mark.parametrize(
    "text",
    [
        (EASY + " " + OFFICIAL + "\n") * 300,
        "werden " * 5_000,
        "ge" * 50_000,
        "werden " + "ge" * 50_000,
        "a. " * 20_000,
    ],
    ids=["book", "auxiliaries", "one word", "clause", "full stops"],
)
def test_long_and_odd_texts_get_a_level_too(text):
    assert hint(text).level in LEVELS
