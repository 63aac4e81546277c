"""The report upward: by their fields, nothing dropped, nothing twice in the sum, only what is public (R2.16)."""

import io
import json
from types import SimpleNamespace

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from quartierwerk.planning.measures.rules import counting, money
from quartierwerk.planning.models import CostLine, FieldMapping
from quartierwerk.planning.tests import factories
from quartierwerk.testing import Cast
from quartierwerk.testing import cast as whole_cast

from .. import upward


class Now:
    def __init__(self, costs):
        self.costs, self.progress, self.stopped = costs, {}, ()

    def standing(self, row):
        return row["standing"]

    def entry(self, row):
        return counting.Entry("running", self.costs[row["id"]])


def of(fields, measures, costs):
    rows = [{"id": name, "name": name, "is_detailed": detailed} for name, detailed in fields]
    found = [{"id": pk, "title": pk, "fields": inside, "standing": "on_track"} for pk, inside in measures]
    picture = {"fields": rows, "needs": [], "goals": [], "measures": found}
    return SimpleNamespace(picture=picture, now=Now(costs), title="Konzept")


def test_a_record_in_two_fields_counts_in_each_line_and_once_in_the_whole():
    state = of(
        [("Wohnen", True), ("Arbeit", True), ("Geflüchtete", False), ("Feste", True)],
        [("m1", ["Wohnen", "Arbeit"]), ("m2", ["Feste"])],
        {"m1": [money.Line(2026, 100)], "m2": [money.Line(2026, None), money.Line(2027, 7)]},
    )
    targets = {"Wohnen": frozenset({"a"}), "Arbeit": frozenset({"a", "b"}), "Geflüchtete": frozenset({"c"})}
    told = upward.told(state, targets, {"a": "Leben", "b": "Beruf", "c": "Flucht", "d": "Leer"})
    planned = [counting.counted(one.entries).total.planned for one in told.sections]
    assert planned == [100, 100, 0, 0]
    assert [len(one.measures) for one in told.sections] == [1, 1, 0, 0]
    assert [one.is_detailed for one in told.sections] == [True, True, False, False]
    assert [one.name for one in told.uncovered] == ["Leer"]
    assert [one.name for one in told.unmapped] == ["Feste"]
    whole = counting.counted(told.whole.entries).total
    assert (whole.planned, whole.unclear, len(told.whole.measures)) == (107, 1, 2)


@pytest.fixture
def cast(db) -> Cast:
    return whole_cast()


@pytest.fixture
def town(cast):
    with cast.in_town():
        mapped = factories.field("Ankommen", catalogue_code="welcome")
        own = factories.field("Feste feiern")
        factories.measure(
            "Willkommensmappe", fields=[mapped], stage="running", internal_notes="Streng intern"
        )
        hidden = factories.measure("Geheimes Vorhaben", fields=[mapped], stage="running", visibility="tenant")
        CostLine.objects.create(measure=hidden, year=2026, label="Druck", planned_cents=999_00)
        factories.need("Bedarf nur intern", fields=[mapped], state="accepted", visibility="tenant")
        feast = factories.measure("Straßenfest", fields=[own], stage="running")
        gone = factories.measure("Umzug", fields=[own], stage="stopped", stopped_reason="Kein Geld")
        CostLine.objects.create(
            measure=gone, year=2026, label="Wagen", planned_cents=900_00, spent_cents=30_00
        )
        CostLine.objects.create(
            measure=feast, year=2026, label="Bühne", planned_cents=500_00, spent_cents=120_00
        )
        CostLine.objects.create(measure=feast, year=2027, label="Zelt")
        yield cast


def loaded(desk, name, **query):
    return desk.get(reverse(f"planning_staff:{name}", kwargs={"tenant": "musterstadt"}), query)


def test_what_is_not_public_stays_and_what_is_unmapped_goes_along(desk, town):
    page = loaded(desk, "upward").content.decode()
    assert "Willkommensmappe" in page
    assert "Straßenfest" in page
    told = json.loads(loaded(desk, "upward_file", format="json").content)
    for words in ("Geheimes Vorhaben", "Bedarf nur intern", "Streng intern", "99900"):
        assert words not in page
        assert words not in json.dumps(told, ensure_ascii=False)
    welcome = next(one for one in told["fields"] if one["ours"])
    assert welcome["counted"]["measures"] == 1
    assert welcome["money"]["planned_cents"] is None  # nobody named any: not zero
    (unmapped,) = told["unmapped"]
    assert unmapped["name"] == "Feste feiern"
    assert unmapped["money"] == {
        "planned_cents": 500_00, "promised_cents": 0, "spent_cents": 150_00, "lines_to_be_clarified": 1
    }  # fmt: skip
    assert told["whole"]["counted"]["measures"] == 2
    assert sum(1 for one in told["fields"] if not one["ours"]) == 7


def test_the_workbook_says_the_same_in_tables(desk, town):
    answer = loaded(desk, "upward_file", format="xlsx")
    assert "attachment" in answer.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Willkommensmappe" in cells
    assert "Geheimes Vorhaben" not in cells
    overview = {row[1]: row for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
    assert overview["Ankommen"][5] is None
    assert overview["Feste feiern"][5:8] == (500, 0, 150)


def test_another_concept_here_can_be_the_one_above(desk, town):
    region = factories.field(
        "Alles Gemeinsame", concept=factories.concept("region", title="Konzept der Region")
    )
    FieldMapping.objects.create(field=factories.field("Feste feiern"), other=region)
    told = json.loads(loaded(desk, "upward_file", format="json", concept="integration", to="region").content)
    (shared,) = told["fields"]
    assert (shared["name"], shared["ours"]) == ("Alles Gemeinsame", ["Feste feiern"])
    assert [one["name"] for one in told["unmapped"]] == ["Ankommen"]
