"""Groups: who sits there, which departments do not, what they were asked and answered (R2.01, R2.02)."""

from datetime import date

import pytest

from quartierwerk.planning.models import Attendance, Group, GroupMember, MandateQuestion
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role

BASE = "/staff/musterstadt/concept"


@pytest.fixture
def group(cast) -> Group:
    """Team 53 sits there; 40 does not, 61 no longer."""
    with cast.in_town():
        made = factories.group("Projektgruppe", kind="working_group", mandate="Schreibt das Konzept.")
        for number, name, until in (("53", "Kitas", None), ("61", "Stadtplanung", date(2024, 1, 1))):
            factories.group_member(
                "", group=made, team=factories.team(number, name), function=name, until=until
            )
        factories.team("40", "Bildung")
        factories.team("KI", "Koordinierungsstelle", is_department=False)
        factories.meeting("1. Sitzung", group=made, concept=made.concept)
        return made


def test_page_names_the_departments_without_a_seat(desk, group):
    shown = desk.get(f"{BASE}/groups/{group.pk}/").context["shown"]
    assert [team.number for team in shown.missing] == ["40", "61"]
    assert [seat.function for seat in shown.seats] == ["Kitas"]
    assert [seat.function for seat in shown.former] == ["Stadtplanung"]
    assert [one.title for one in shown.meetings] == ["1. Sitzung"]


def test_of_an_ended_group_the_last_day_counts(cast, desk, group):
    with cast.in_town():
        Group.objects.update(ended_on=date(2023, 12, 31))
    shown = desk.get(f"{BASE}/groups/{group.pk}/").context["shown"]
    assert [team.number for team in shown.missing] == ["40"]


def test_numbers_of_the_list_are_those_of_the_pages(desk, group):
    page = desk.get(f"{BASE}/groups/")
    row = next(one for one in page.context["working"] if one.group == group)
    shown = desk.get(f"{BASE}/groups/{group.pk}/").context["shown"]
    assert (row.seats, row.voting, row.missing) == (len(shown.seats), shown.voting, len(shown.missing))


def _form(group, **typed):
    values = {"name": group.name, "kind": group.kind, "quorum_percent": "50", "mandate": "x", "result": "Ein Entwurf.",
              "ended_on": "", "as_opened": ""}  # fmt: skip
    return {**values, **typed}


def test_new_group_with_a_seat_and_another_seat_later(cast, desk):
    with cast.in_town():
        factories.concept()
        team = factories.team()
    typed = {"name": "Beirat", "kind": "advisory", "quorum_percent": "60", "mandate": "", "result": "", "ended_on": "",
             "seats-rows": "1", "seats-team": str(team.pk), "seats-is_voting": "on"}  # fmt: skip
    assert desk.post(f"{BASE}/groups/new/", typed).status_code == 302
    with cast.in_town():
        seat = GroupMember.objects.get()
        # Called by its team, where nobody said more.
        assert (seat.group.name, seat.team, seat.function, seat.is_voting) == (
            "Beirat",
            team,
            str(team),
            True,
        )


@pytest.mark.parametrize("wrong", [{"quorum_percent": "0"}, {"quorum_percent": "101"}, {"quorum_percent": ""}, {"name": ""},
                                   {"seats-rows": "1", "seats-deputy_name": "Nur die Vertretung"}])  # fmt: skip
def test_bad_input_is_refused(cast, desk, group, wrong):
    opened = desk.get(f"{BASE}/groups/{group.pk}/edit/").context["form"].initial["as_opened"]
    answer = desk.post(f"{BASE}/groups/{group.pk}/edit/", _form(group, as_opened=opened, **wrong))
    assert answer.status_code == 422


def test_a_seat_that_minutes_name_cannot_be_removed_but_ends(cast, desk, group):
    with cast.in_town():
        seat = group.members.get(until=None)
        Attendance.objects.create(meeting=group.meetings.get(), member=seat, present=True)
    page = desk.get(f"{BASE}/groups/{group.pk}/edit/")
    rows = page.context["page"].rows[0][1].forms
    number = next(n for n, form in enumerate(rows) if form.instance.pk == seat.pk)
    at = f"seats-{number}" if number else "seats"
    typed = _form(group, as_opened=page.context["form"].initial["as_opened"]) | {
        "seats-rows": str(number + 1), f"{at}-row": str(seat.pk), f"{at}-function": "Kitas", f"{at}-is_voting": "on",
        f"{at}-team": str(seat.team_id), f"{at}-as_opened": rows[number].initial["as_opened"],
    }  # fmt: skip
    assert desk.post(f"{BASE}/groups/{group.pk}/edit/", typed | {f"{at}-remove": "on"}).status_code == 422
    assert (
        desk.post(f"{BASE}/groups/{group.pk}/edit/", typed | {f"{at}-until": "31.10.2026"}).status_code == 302
    )
    with cast.in_town():
        seat.refresh_from_db()
        assert seat.until == date(2026, 10, 31)
        assert Group.objects.get(pk=group.pk).result == "Ein Entwurf."


@pytest.mark.parametrize(("before", "typed", "status"), [
    (("Anna", 1), ("Ben", 2), 422),
    (("Anna", 1), ("Anna", 2), 422),
    (("Anna", 1), ("Anna", None), 422),  # or her erasure would find nothing
    (("Anna", None), ("Ben", None), 422),
    (("", None), ("Ben", 2), 422),
    (("Anna", 1), ("Anna Neumann", 1), 302),
    (("Anna", None), ("Anna", 1), 302),
])  # fmt: skip
def test_a_seat_that_minutes_name_goes_to_nobody_else(cast, desk, group, before, typed, status):
    ids = {1: cast.account[Role.COORDINATOR].pk, 2: cast.account[Role.PLANNER].pk, None: None}
    with cast.in_town():
        seat = group.members.get(until=None)
        group.members.exclude(pk=seat.pk).delete()
        GroupMember.objects.filter(pk=seat.pk).update(name=before[0], account_id=ids[before[1]])
        Attendance.objects.create(meeting=group.meetings.get(), member=seat, present=True)
    page = desk.get(f"{BASE}/groups/{group.pk}/edit/")
    row = page.context["page"].rows[0][1].forms[0]
    sent = _form(group, as_opened=page.context["form"].initial["as_opened"]) | {
        "seats-rows": "1", "seats-row": str(seat.pk), "seats-function": "Kitas", "seats-is_voting": "on",
        "seats-team": str(seat.team_id), "seats-as_opened": row.initial["as_opened"],
        "seats-name": typed[0], "seats-account_id": str(ids[typed[1]] or ""),
    }  # fmt: skip
    answer = desk.post(f"{BASE}/groups/{group.pk}/edit/", sent)
    assert answer.status_code == status
    assert ("neuen Sitz" in answer.content.decode()) == (status == 422)
    with cast.in_town():
        seat.refresh_from_db()
        name, account = typed if status == 302 else before
        assert (seat.name, seat.account_id) == (name, ids[account])


# ---- questions -------------------------------------------------------------------------------------------------------


def test_a_question_is_answered_with_words_and_a_chapter_only(cast, desk):
    with cast.in_town():
        concept, field = factories.concept(), factories.field("Vernetzung")
    typed = {
        "words": "Wie arbeiten alle zusammen?",
        "state": "answered",
        "answer": "",
        "field": "",
        "chapter": "",
    }
    assert desk.post(f"{BASE}/mandate/new/", typed).status_code == 422
    assert desk.post(f"{BASE}/mandate/new/", typed | {"answer": "Viermal im Jahr."}).status_code == 422
    assert desk.post(f"{BASE}/mandate/new/", typed | {"answer": "x", "state": "open"}).status_code == 422
    whole = typed | {"answer": "Viermal im Jahr.", "field": str(field.pk)}
    assert desk.post(f"{BASE}/mandate/new/", whole).status_code == 302
    with cast.in_town():
        question = MandateQuestion.objects.get()
        assert (question.concept, question.field, question.state) == (concept, field, "answered")
    assert f"/concept/fields/{field.pk}/" in desk.get(f"{BASE}/mandate/").content.decode()


@pytest.mark.parametrize("state", ["open", "answered", "decided", ""])
def test_each_number_opens_a_list_of_that_length(cast, desk, state):
    with cast.in_town():
        concept = factories.concept()
        for number, one in enumerate(["open", "open", "answered", "decided"]):
            MandateQuestion.objects.create(
                concept=concept, words=f"Frage {number}", state=one, answer="" if one == "open" else "So."
            )
    page = desk.get(f"{BASE}/mandate/?state={state}")
    number = next(n for value, _label, n in page.context["states"] if value == state)
    assert number == len(page.context["rows"])
