"""A steering group of the town: five with a vote, one without, and a meeting of theirs today."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.utils import timezone

from quartierwerk.rights import Role
from quartierwerk.testing import Cast

from ...models import AgendaItem, Group, GroupMember, Meeting, Team
from ...tests import factories


@dataclass
class Board:
    cast: Cast
    group: Group
    team: Team
    meeting: Meeting
    item: AgendaItem
    seats: list[GroupMember] = field(default_factory=list)

    @property
    def coordinator(self):
        return self.cast.person(Role.COORDINATOR)

    def address(self, rest: str = "") -> str:
        return f"/staff/{self.cast.town.slug}/concept/meetings/{self.meeting.pk}/{rest}"


@pytest.fixture
def board(cast):
    with cast.in_town():
        group = factories.group("Steuerungsgruppe")
        team = factories.team("53", email="team53@stadt.example")
        meeting = factories.meeting(
            "Siebte Sitzung", group=group, starts_at=timezone.now(), place="Stadthaus, Saal"
        )
        item = factories.agenda_item("Kinderbetreuung", meeting=meeting, position=10)
        seats = [
            factories.group_member(
                f"Mitglied {number}",
                group=group,
                until=None,
                function=f"Sitz {number}",
                deputy_name=f"Vertretung {number}",
                is_voting=number < 5,
            )
            for number in range(6)
        ]
        yield Board(cast, group, team, meeting, item, seats)


@pytest.fixture
def ahead(board):
    """The same meeting, still to come."""
    Meeting.objects.filter(pk=board.meeting.pk).update(starts_at=timezone.now() + timedelta(days=14))
    board.meeting.refresh_from_db()
    return board
