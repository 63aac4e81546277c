import pytest

from quartierwerk.rights import Role

from ...models import AgendaItem, Attendance, Decision, Task
from ...tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(cast, client):
    """Of a meeting where one of three came, and something was said all the same."""
    with cast.in_town():
        group = factories.group()
        meeting = factories.meeting("Sechste Sitzung", group=group, state="held")
        for number in range(3):
            seat = factories.group_member(f"Mitglied {number}", group=group, until=None)
            Attendance.objects.create(meeting=meeting, member=seat, present=number == 0)
        item = AgendaItem.objects.create(meeting=meeting, title="Kinderbetreuung")
        decision = Decision.objects.create(
            meeting=meeting,
            item=item,
            words="Zweite Gruppe ab Februar",
            kind="recommendation",
            decided_on="2026-11-19",
        )
        Task.objects.create(
            decision=decision,
            words="Raum suchen",
            owner_team=factories.team(),
            given_on="2020-01-01",
            due_on="2020-02-01",
        )
    client.force_login(cast.account[Role.COORDINATOR])
    return client.get(f"/staff/{cast.town.slug}/concept/meetings/{meeting.pk}/").content.decode()


def test_a_meeting_shows_its_quorum_its_decisions_and_who_does_what(page):
    for words in (
        "1 von 3",
        "Empfehlung",
        "Zweite Gruppe ab Februar",
        "Raum suchen",
        "53 Kindertagesstätten",
    ):
        assert words in page


def test_a_task_past_its_day_is_told(page):
    assert "überfällig" in page


def test_the_first_page_proposes_and_lists(cast, client):
    with cast.in_town():
        factories.need("Licht am Weg", fields=[factories.field()], state="new")
        factories.meeting("Siebte Sitzung")
    client.force_login(cast.account[Role.STEERING_MEMBER])
    words = client.get(f"/staff/{cast.town.slug}/concept/meetings/").content.decode()
    assert "Licht am Weg" in words
    assert "Siebte Sitzung" in words
