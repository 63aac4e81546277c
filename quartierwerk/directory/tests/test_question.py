"""A search's address: what is readable counts, nonsense does not, and it is written back as it was read."""

from django.test import RequestFactory

from ..finding.question import Question


def asked(query: str) -> Question:
    return Question.of(RequestFactory().get(f"/?{query}"))


def test_filters_are_read_and_written_back():
    query = "q=Deutsch+A1&topic=language&speaks=ar&day=TU&time=morning&childcare=1&step_free=1&near=30880&within=2"
    question = asked(query)
    assert question.words == "Deutsch A1"
    assert question.filters == ["topic", "speaks", "day", "time", "childcare", "step_free", "within"]
    assert asked(question.query()[1:]) == question


def test_nonsense_counts_as_not_asked():
    question = asked(
        "quarter=7&speaks=<script>&day=Montag&time=noon&childcare=perhaps&within=3&sort=price&topic=a b&level=Z9&near=%00"
    )
    assert question == Question()


def test_words_are_cut_and_cleaned():
    assert asked("q=" + "a" * 500).words == "a" * 200
    assert asked("q=+a%00+%09b+").words == "a b"


def test_a_point_is_rounded_so_that_it_tells_no_house():
    question = asked("near=52.3141592,9.7965358")
    assert question.near == "52.314,9.797"
    assert question.point == (52.314, 9.797)
    assert asked("near=91,9").near == ""


def test_the_order_not_asked_for_follows_the_question():
    assert asked("").order(with_words=False, with_point=False) == "name"
    assert asked("").order(with_words=True, with_point=False) == "fit"
    assert asked("").order(with_words=True, with_point=True) == "distance"
    assert asked("sort=distance").order(with_words=True, with_point=False) == "fit"
