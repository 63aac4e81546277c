import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartierwerk.languages.segments import (
    changed_segments,
    digest,
    normal_text,
    segments,
    sentences,
    word_changes,
)

COURSE = """Deutschkurs für Frauen

Der Kurs beginnt am 1. September um 9.30 Uhr. Er kostet z. B. 20 Euro im Monat, ca. 5 Euro je Woche. Kommen Sie vorbei!
- Anmeldung beim Verein „Sprachhaus Leine e. V.“ in der Marktstr. 12
- Tel. 0511 000 41 20
"""


def texts(text):
    return [segment.text for segment in segments(text)]


def test_a_text_is_split_into_sentences_headings_and_items():
    assert texts(COURSE) == [
        "Deutschkurs für Frauen",
        "Der Kurs beginnt am 1. September um 9.30 Uhr.",
        "Er kostet z. B. 20 Euro im Monat, ca. 5 Euro je Woche.",
        "Kommen Sie vorbei!",
        "- Anmeldung beim Verein „Sprachhaus Leine e. V.“ in der Marktstr. 12",
        "- Tel. 0511 000 41 20",
    ]
    assert [segment.paragraph for segment in segments(COURSE)] == [0, 1, 1, 1, 2, 3]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("هل تحتاج إلى مساعدة؟ تعال إلينا. نحن هنا.", 3), ("ሰላም። እንኳን ደህና መጣችሁ።", 2), ("你好。再见。", 2),
        ("Wirklich?! Ja … So ist es.", 3), ("„Kommst du?“ Sie kam.", 2), ("www.example.org ist 1.5 mal besser", 1),
        ("1. Erstens kommt das. Dann das.", 2), ("Mo. Di. und Mi. offen", 1), ("Das ist so. Gut.", 2), ("", 0), ("...", 1), ("Was?", 1),
    ],
)  # fmt: skip
def test_sentence_ends_of_other_scripts_and_doubtful_dots(line, count):
    assert len(list(sentences(line))) == count


def test_only_the_changed_sentence_is_shown():
    changes = changed_segments(COURSE, COURSE.replace("20 Euro", "25 Euro"))
    assert [change.kind for change in changes] == ["changed"]
    assert changes[0].old.text.startswith("Er kostet z. B. 20")
    assert changes[0].new.text.startswith("Er kostet z. B. 25")
    assert changes[0].position == 2


def test_new_and_removed_sentences_are_told_apart():
    new = COURSE.replace("Kommen Sie vorbei!", "").replace(
        "Tel. 0511 000 41 20\n", "Tel. 0511 000 41 20\n\nWir haben Ferien.\n"
    )
    assert [(change.kind, (change.new or change.old).text) for change in changed_segments(COURSE, new)] == [
        ("removed", "Kommen Sie vorbei!"),
        ("added", "Wir haben Ferien."),
    ]


def test_a_rewording_next_to_a_new_sentence_finds_its_partner():
    old = "Der Kurs ist am Montag um neun Uhr im Stadthaus. Danke."
    new = "Bitte anmelden. Der Kurs ist am Dienstag um neun Uhr im Stadthaus. Danke."
    assert [change.kind for change in changed_segments(old, new)] == ["added", "changed"]


def test_spaces_and_line_breaks_are_no_change():
    reflowed = re.sub(r"\s+", "\n", COURSE)
    assert changed_segments(COURSE, f"  {reflowed}\n\n") == []
    assert changed_segments("e\u0301", "é") == []
    assert digest("a  b\n") == digest(" a b")


def test_from_nothing_everything_is_new():
    assert {change.kind for change in changed_segments("", COURSE)} == {"added"}
    assert {change.kind for change in changed_segments(COURSE, " ")} == {"removed"}


def test_the_changed_words_are_marked():
    assert word_changes("Der Kurs kostet 20 Euro", "Der neue Kurs kostet 25 Euro") == [
        ("same", "Der"), ("added", "neue"), ("same", "Kurs kostet"), ("removed", "20"), ("added", "25"), ("same", "Euro"),
    ]  # fmt: skip


def test_long_texts_are_compared_sentence_by_sentence():
    old = " ".join(f"Satz Nummer {number} steht hier allein." for number in range(3_000))
    assert len(changed_segments(old, old.replace("allein", "zusammen"))) == 3_000


@given(st.text())
def test_nothing_gets_lost_in_segments(text):
    assert "".join("".join(texts(text)).split()) == "".join(normal_text(text).split())


@given(
    st.lists(st.sampled_from(["Eins ist da.", "Zwei kam!", "Drei\n", "Vier vielleicht? "]), max_size=6),
    st.data(),
)
def test_changes_turn_the_old_text_into_the_new_one(parts, data):
    old = " ".join(parts)
    new = " ".join([*data.draw(st.permutations(parts)), "Neu."])
    changes = changed_segments(old, new)
    kept = len(segments(old)) - sum(change.old is not None for change in changes)
    assert kept + sum(change.new is not None for change in changes) == len(segments(new))
