"""Our fields beside those of somebody above: what stands for what, what for nothing (R2.16)."""

import pytest
from django.test import Client

from quartierwerk.planning.matrix.mapping import Ours, compared
from quartierwerk.planning.models import FieldMapping
from quartierwerk.rights import Role
from quartierwerk.testing import cast as whole_cast

from . import factories

URL = "/staff/musterstadt/concept/fields/mapping/"


def test_both_sides_and_what_is_missing_on_each():
    ours = [
        Ours("a", "Ankommen", frozenset({"welcome"}), measures=frozenset({1, 2})),
        Ours(
            "b", "Begegnung", frozenset({"welcome", "gone"}), measures=frozenset({2, 3}), goals=frozenset({9})
        ),
        Ours("c", "Wohnen", frozenset({"gone"})),
    ]
    shown = compared(ours, {"welcome": "Willkommen", "work": "Arbeit"})
    assert [
        (line.name, [one.name for one in line.ours], line.measures, line.goals) for line in shown.lines
    ] == [
        ("Willkommen", ["Ankommen", "Begegnung"], 3, 1),
        ("Arbeit", [], 0, 0),
    ]
    assert [one.name for one in shown.unmapped] == ["Wohnen"]
    assert [line.name for line in shown.uncovered] == ["Arbeit"]


def test_a_field_that_is_not_detailed_has_no_numbers_and_no_zero():
    empty = Ours("a", "Geflüchtete", frozenset({"welcome", "work"}), is_detailed=False)
    shown = compared(
        [empty, Ours("b", "Arbeit", frozenset({"work"}))], {"welcome": "Ankommen", "work": "Arbeit"}
    )
    assert [line.is_detailed for line in shown.lines] == [False, True]


@pytest.fixture
def desk(db):
    cast = whole_cast()
    client = Client()
    client.force_login(cast.account[Role.COORDINATOR])
    client.cast = cast
    return client


def test_the_regions_list_knows_own_codes_and_mappings(desk):
    with desk.cast.in_town():
        own = factories.field("Willkommen", catalogue_code="welcome")
        mapped, lone = factories.field("Begegnung"), factories.field("Wohnen")
        FieldMapping.objects.create(field=mapped, catalogue_code="welcome")
        for number, field in enumerate((own, mapped)):
            factories.measure(f"Maßnahme {number}", fields=[field])
    shown = desk.get(URL).context["shown"]
    line = next(one for one in shown.lines if one.key == "welcome")
    assert ({one.key for one in line.ours}, line.measures) == ({own.pk, mapped.pk}, 2)
    assert [one.key for one in shown.unmapped] == [lone.pk]


def test_another_concept_is_mapped_field_by_field(desk):
    with desk.cast.in_town():
        ours = factories.field("Teilhabe")
        parent = factories.concept("inklusion", title="Inklusion", position=5)
        theirs, foreign = factories.field("Barrieren", concept=parent), factories.field("Noch eins")
    assert (
        desk.post(
            f"{URL}?to=inklusion", {f"map-{ours.pk}": [str(theirs.pk), str(foreign.pk), "x"]}
        ).status_code
        == 302
    )
    with desk.cast.in_town():
        assert [(one.field, one.other) for one in FieldMapping.objects.all()] == [(ours, theirs)]
    shown = desk.get(f"{URL}?to=inklusion").context["shown"]
    assert [one.name for one in shown.lines[0].ours] == ["Teilhabe"]
    desk.post(f"{URL}?to=inklusion", {})
    with desk.cast.in_town():
        assert not FieldMapping.objects.exists()


def test_who_only_reads_changes_nothing(desk):
    reader = Client()
    reader.force_login(desk.cast.account[Role.STEERING_MEMBER])
    with desk.cast.in_town():
        ours = factories.field("Teilhabe")
        theirs = factories.field(
            "Barrieren", concept=factories.concept("inklusion", title="Inklusion", position=5)
        )
    assert reader.post(f"{URL}?to=inklusion", {f"map-{ours.pk}": str(theirs.pk)}).status_code in (403, 404)
    with desk.cast.in_town():
        assert not FieldMapping.objects.exists()


def test_the_page_says_that_a_field_is_not_detailed(desk):
    with desk.cast.in_town():
        factories.field("Ankommen", catalogue_code="welcome", is_detailed=False)
    page = desk.get(URL).content.decode()
    assert "nicht ausgearbeitet" in page
    assert '<td class="n">0</td>' not in page
