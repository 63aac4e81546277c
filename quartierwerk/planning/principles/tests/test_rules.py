from datetime import date

import pytest

from .. import writing
from ..rules import Decision, Refusal, State, What, difference, new_key, refusals_of_adoption, words

TODAY = date(2026, 11, 16)
FINE = {
    "paragraphs": 3,
    "unanswered": 0,
    "opened_on": date(2026, 10, 1),
    "consultation_until": date(2026, 11, 15),
    "today": TODAY,
}
DECIDED = Decision(TODAY)


def test_with_a_decision_and_all_comments_answered_a_version_is_adopted():
    assert refusals_of_adoption([DECIDED], **FINE) == []


@pytest.mark.parametrize(
    ("decisions", "changed", "refusal"),
    [
        ([], {}, Refusal.NO_DECISION),
        ([DECIDED, DECIDED], {}, Refusal.TWO_DECISIONS),
        ([Decision(TODAY, is_carried=False)], {}, Refusal.NOT_CARRIED),
        ([Decision(TODAY, is_recommendation=True)], {}, Refusal.ONLY_RECOMMENDED),
        ([Decision(TODAY, is_withdrawn=True)], {}, Refusal.WITHDRAWN),
        ([Decision(date(2026, 11, 17))], {}, Refusal.DECIDED_LATER),
        ([Decision(date(2026, 9, 30))], {}, Refusal.DECIDED_BEFORE),
        ([DECIDED], {"unanswered": 1}, Refusal.UNANSWERED),
        ([DECIDED], {"paragraphs": 0}, Refusal.NO_PARAGRAPH),
        ([DECIDED], {"consultation_until": TODAY}, Refusal.STILL_CONSULTED),
    ],
)
def test_one_thing_missing_is_named(decisions, changed, refusal):
    assert refusals_of_adoption(decisions, **(FINE | changed)) == [refusal]


def test_the_difference_names_paragraphs_by_key_and_the_changed_sentence():
    before = {"offen": "Wir sind offen. Regeln gelten.", "alt": "Das war einmal.", "gleich": "Bleibt."}
    after = {
        "gleich": "Bleibt.",
        "offen": "Wir sind offen. Regeln gelten für alle.",
        "neu": "Alle bringen etwas mit.",
    }
    turns = difference(before, after)
    assert [(one.key, one.what) for one in turns] == [
        ("offen", What.CHANGED), ("neu", What.ADDED), ("alt", What.REMOVED)
    ]  # fmt: skip
    assert [change.new.text for change in turns[0].changes] == ["Regeln gelten für alle."]
    assert difference(after, after) == []


@pytest.mark.parametrize(
    ("text", "taken", "key"),
    [
        ("Wir begegnen einander offen und frei.", set(), "wir-begegnen-einander-offen"),
        ("Wir begegnen einander offen.", {"wir-begegnen-einander-offen"}, "wir-begegnen-einander-offen-2"),
        ("مرحبا", set(), "p"),
        ("مرحبا", {"p", "p-2"}, "p-3"),
    ],
)
def test_a_paragraph_gets_a_name_that_nobody_has(text, taken, key):
    assert new_key(text, taken) == key


def test_every_refusal_is_said_in_words():
    assert all(words(one) for one in Refusal)
    assert {State.DRAFT, State.CONSULTATION, State.ADOPTED} == set(State)


OPENED = {"a": "A", "b": "B", "c": "C"}


def put_together(typed, now, **chosen):
    opened = {key: writing.digest(text) for key, text in OPENED.items()}
    return writing.merged(opened, typed, now, chosen)


MOVED = {"c": "C", "a": "A", "b": "B"}
SWAPPED = [("b", "B"), ("a", "A"), ("c", "C")]


@pytest.mark.parametrize(
    ("typed", "now", "keys"),
    [
        (list(OPENED.items()), MOVED, ["c", "a", "b"]),
        (SWAPPED, OPENED, ["b", "a", "c"]),
        (SWAPPED, OPENED | {"d": "D"}, ["b", "a", "c", "d"]),
        ([("a", "A"), ("", "N"), ("b", "B"), ("c", "C")], MOVED, ["c", "a", "", "b"]),
        (SWAPPED, dict(SWAPPED), ["b", "a", "c"]),
    ],
)
def test_only_who_moved_paragraphs_gives_them_their_places(typed, now, keys):
    found = put_together(typed, now)
    assert [key for key, _text in found.paragraphs] == keys
    assert not found.questions


def test_two_who_moved_paragraphs_are_asked():
    (asked,) = put_together(SWAPPED, MOVED).questions
    assert (asked.mine, asked.theirs) == ("B · A · C", "C · A · B")


def test_line_ends_of_browsers_are_no_change():
    assert writing.digest("Eins\r\nzwei ") == writing.digest("Eins\nzwei")


def test_a_page_that_does_not_say_what_it_was_opened_with_takes_nothing_away():
    sent = writing.signed("one", OPENED)
    assert writing.opened(sent, "another") == writing.opened("made up", "one") == {}
    found = writing.merged({}, [("", "N")], OPENED, {})
    assert {"a", "b", "c"} <= {key for key, _text in found.paragraphs}
