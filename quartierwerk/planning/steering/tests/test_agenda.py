"""What the agenda proposes in the example town, against a list written by hand before this code existed."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.formats import date_format

from quartierwerk import planning
from quartierwerk.rights import worker
from quartierwerk.tenants import scope

from ...models import Concept
from ..register import Source, agenda

LIST = Path(planning.__file__).parent / "data/example/laatzen/agenda_expected.json"


@pytest.fixture
def proposed(example, db):
    expected = json.loads(LIST.read_text())
    town = example()
    with scope.entered(scope.staff(town)), translation.override("de"):
        concept = Concept.objects.get()
        day = date.fromisoformat(expected["day"])
        found = agenda.proposal(concept, day, worker("agenda", town.pk))
        yield expected["items"], [(source, items) for source, items in found if is_ours(source)]


def is_ours(source: Source) -> bool:
    """Packages above add their own; the list is about the plan."""
    return source.items.__module__.startswith(planning.__name__)


def named(item):
    """How the proposal calls a line of the list."""
    return f"{item['title']}: {item['label']}" if item.get("kind") == "cost line" else item["title"]


def test_exactly_the_items_of_the_list_are_proposed(proposed):
    expected, found = proposed
    assert sorted((source.name, one.title) for source, items in found for one in items) == sorted(
        (item["source"], named(item)) for item in expected
    )


def test_each_says_why(proposed):
    expected, found = proposed
    said = {(source.name, one.title): one.why for source, items in found for one in items}
    for item in expected:
        words = said[item["source"], named(item)]
        for reason in item["reasons"]:
            for name, value in reason.items():
                if name in (
                    "ended_on",
                    "due_on",
                    "until",
                    "noticed_on",
                    "nothing_done_since",
                    "in_force_from",
                ):
                    value = date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
                elif name == "last_report":
                    value = date_format(date.fromisoformat(f"{value}-01"), "F Y") if value else ""
                assert str(value or "") in words, (item, words)
