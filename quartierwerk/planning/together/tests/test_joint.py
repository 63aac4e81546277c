"""Joint work by field and year, with the list behind each number (R2.13)."""

from datetime import date

import pytest
from django.utils import timezone

from quartierwerk.planning.models import MeasurePartner, MeasureTeam
from quartierwerk.planning.tests import factories
from quartierwerk.planning.together import joint

BASE = "/staff/musterstadt/concept/together"
THIS_YEAR = timezone.localdate().year


@pytest.mark.parametrize(
    ("starts", "ends", "years"),
    [
        (date(2025, 3, 1), date(2027, 1, 1), [2025, 2026, 2027]),
        (date(2025, 3, 1), None, [2025, 2026]),
        (None, None, [2026]),
        (None, date(2024, 5, 1), [2024]),
        (None, date(2028, 5, 1), [2026, 2027, 2028]),
        (date(2028, 1, 1), None, [2028]),
    ],
)
def test_a_measure_counts_in_the_years_in_which_it_works(starts, ends, years):
    assert list(joint.years_of(starts, ends, 2026)) == years


@pytest.fixture
def field(cast):
    """Last year two departments and a partner, this year one department alone; a proposal that counts nowhere."""
    with cast.in_town():
        made = factories.field()
        kitas, planners = factories.team("53"), factories.team("61", "Stadtplanung")
        office = factories.team("KI", "Koordinierungsstelle", is_department=False)
        days = {"starts_on": date(THIS_YEAR - 1, 1, 1), "ends_on": date(THIS_YEAR - 1, 12, 31)}
        together = factories.measure("Gemeinsam", stage="done", lead_team=kitas, fields=[made], **days)
        MeasureTeam.objects.create(measure=together, team=planners)
        MeasurePartner.objects.create(measure=together, name="Sportverein")
        alone = factories.measure("Allein", stage="running", lead_team=kitas, fields=[made],
                                  starts_on=date(THIS_YEAR, 1, 1), ends_on=date(THIS_YEAR, 12, 31))  # fmt: skip
        MeasureTeam.objects.create(measure=alone, team=planners, part=MeasureTeam.Takes.INFORMED)
        MeasureTeam.objects.create(measure=alone, team=office)
        factories.measure("Idee", stage="proposed", lead_team=planners, fields=[made])
        return made


def test_field_that_fell_back_to_one_department_is_named(desk, field):
    table = desk.get(f"{BASE}/").context["table"]
    ((row, cells),) = table.rows
    assert (row, [(cell.year, cell.joint, cell.number) for cell in cells]) == (
        field,
        [(THIS_YEAR - 1, 1, 1), (THIS_YEAR, 0, 1)],
    )
    # Who is only informed does not work along, and an office across departments is none.
    assert table.fallen == [(field, THIS_YEAR)]


def test_each_number_opens_a_list_of_that_length(desk, field):
    table = desk.get(f"{BASE}/").context["table"]
    for where, cells in (("", table.sums), (f"&field={field.pk}", table.rows[0][1])):
        for cell in cells:
            for only, number in (("", cell.number), ("&joint=1", cell.joint)):
                page = desk.get(f"{BASE}/measures/?year={cell.year}{where}{only}").context["page"]
                assert page.paginator.count == number


@pytest.mark.parametrize(
    "query", ["year=x", "year=99999", "year=²²²²", "field=1", "field=%00", "year=-1&joint=2"]
)
def test_nonsense_in_the_address_counts_as_not_asked(desk, field, query):
    assert desk.get(f"{BASE}/measures/?{query}").status_code == 200
