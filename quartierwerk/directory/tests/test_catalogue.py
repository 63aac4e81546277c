"""Filters combine, unknown matches nothing, and every number shown is the number of offers one would get."""

from datetime import date, datetime, time, timedelta
from itertools import product
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartierwerk.calendar.recurrence import Rule, is_open

from ..finding.catalogue import Catalogue, Row
from ..finding.question import Question

TODAY = date(2026, 11, 24)  # a Tuesday
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))


def row(number: int, **values) -> Row:
    return Row(UUID(int=number), 1, **values)


def found(rows, today=TODAY, **asked) -> list[int]:
    extra = {name: asked.pop(name) for name in ("point", "found", "now", "is_open") if name in asked}
    return [pk.int for pk in Catalogue(rows, today).answer(Question(**asked), **extra)[:]]


def test_unknown_never_matches():
    rows = [
        row(1, languages=["ar"], flags=["childcare"]),
        row(2),
        row(3, languages=["uk"], flags=["step_free"]),
    ]
    assert found(rows, speaks="ar") == [1]
    assert found(rows, childcare="1") == [1]
    assert found(rows, step_free="1") == [3]
    assert found(rows, speaks="kmr") == []
    assert found(rows) == [1, 2, 3]


def test_day_and_part_of_the_day_belong_together():
    rules = [
        Rule(weekdays=["MO"], opens_at=time(9), closes_at=time(12, 15)),
        Rule(weekdays=["TU"], opens_at=time(18), closes_at=time(20)),
    ]
    rows = [row(1, rules=rules)]
    assert found(rows, day="MO", time="morning") == [1]
    assert found(rows, day="TU", time="evening") == [1]
    assert found(rows, day="TU", time="morning") == []
    assert found(rows, day="MO", time="afternoon") == []  # fifteen minutes make no afternoon
    assert found(rows, day="today") == [1]
    assert found(rows, day="tomorrow") == []


def test_times_of_the_past_are_found_no_more():
    over = Rule(weekdays=["TU"], opens_at=time(9), closes_at=time(10), until=date(2026, 11, 1))
    once = Rule(freq="once", starts_on=date(2026, 11, 20), opens_at=time(9))
    assert found([row(1, rules=[over]), row(2, rules=[once])], day="TU") == []


def test_open_now_follows_hours_and_midnight():
    day = Rule(weekdays=["TU"], opens_at=time(9), closes_at=time(10))
    night = Rule(weekdays=["MO"], opens_at=time(22), closes_at=time(2))
    rows = [row(1, rules=[day]), row(2, rules=[night]), row(3)]
    assert found(rows, open="1", now=NOW, is_open=is_open) == [1]
    assert found(rows, open="1", now=NOW.replace(hour=1), is_open=is_open) == [2]
    assert found(rows, open="1", now=NOW.replace(hour=10, minute=0), is_open=is_open) == []


def test_what_has_ended_is_not_listed():
    rows = [row(1, last_day=TODAY), row(2, last_day=TODAY - timedelta(days=1)), row(3)]
    assert found(rows) == [1, 3]


def test_near_first_and_at_the_same_distance_the_free_places_decide():
    here = (52.31, 9.80)
    rows = [
        row(1, latitude=52.35, longitude=9.80, free_seats=9),  # 4.4 km
        row(2, latitude=52.3101, longitude=9.80, free_seats=0),  # full, next door
        row(3, latitude=52.3102, longitude=9.80, free_seats=2),
        row(4, latitude=52.3103, longitude=9.80, free_seats=5),
        row(5),  # nobody knows where
    ]
    assert found(rows, point=here) == [4, 3, 2, 1, 5]
    assert found(rows, point=here, within="2") == [4, 3, 2]


def test_full_ones_stand_last_when_sorted_by_places():
    rows = [row(1, free_seats=0), row(2, free_seats=3), row(3), row(4, free_seats=7)]
    assert found(rows, sort="seats") == [4, 2, 3, 1]


def test_words_give_the_order_and_only_what_the_index_found():
    rows = [row(number, topics=["language"] if number % 2 else []) for number in range(1, 6)]
    hits = {UUID(int=number): () for number in (4, 3, 1, 99)}
    assert found(rows, found=hits, words="x") == [4, 3, 1]
    assert found(rows, found=hits, words="x", topic="language") == [3, 1]


def test_no_offers_at_all_answer_nothing():
    answer = Catalogue([], TODAY).answer(Question(topic="health", day="MO"), point=(52.0, 9.0))
    assert (answer[:], answer.facets["topic"]) == ([], {})


TOPICS, LANGUAGES, FLAGS = ("health", "sport"), ("ar", "uk"), ("childcare", "free")
some = st.builds(
    lambda topics, languages, flags, over: (topics, languages, flags, over),
    st.sets(st.sampled_from(TOPICS)),
    st.sets(st.sampled_from(LANGUAGES)),
    st.sets(st.sampled_from(FLAGS)),
    st.booleans(),
)


@given(st.lists(some, max_size=150))
@pytest.mark.parametrize(
    ("topic", "speaks", "childcare"), list(product(("", "health"), ("", "ar"), ("", "1")))
)
def test_every_count_is_what_one_would_get(topic, speaks, childcare, drawn):
    rows = [
        row(
            number,
            topics=list(t),
            languages=list(lang),
            flags=list(f),
            last_day=date(2026, 1, 1) if over else None,
        )
        for number, (t, lang, f, over) in enumerate(drawn, 1)
    ]
    catalogue = Catalogue(rows, TODAY)
    question = Question(topic=topic, speaks=speaks, childcare=childcare)
    answer = catalogue.answer(question)
    slow = [
        one.id
        for one, (t, lang, f, over) in zip(rows, drawn, strict=True)
        if not over
        and (not topic or topic in t)
        and (not speaks or speaks in lang)
        and (not childcare or "childcare" in f)
    ]
    assert answer[:] == slow
    for other in TOPICS:
        asked = Question(topic=other, speaks=speaks, childcare=childcare)
        assert answer.facets["topic"].get(other, 0) == len(catalogue.answer(asked))
    for other in LANGUAGES:
        asked = Question(topic=topic, speaks=other, childcare=childcare)
        assert answer.facets["speaks"].get(other, 0) == len(catalogue.answer(asked))
