"""What the pages of groups show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from ...models import Group, GroupMember, MandateQuestion, Meeting, Team
from . import rules

NEXT_ON_PAGE = 12


@dataclass(frozen=True)
class GroupRow:
    group: Group
    seats: int
    voting: int
    missing: int


@dataclass(frozen=True)
class GroupPage:
    """day: today, or the last day of a group that has ended."""

    group: Group
    day: date
    seats: list[GroupMember]
    coming: list[GroupMember]
    former: list[GroupMember]
    missing: list[Team]
    meetings: list[Meeting]
    further_meetings: int
    questions: list[MandateQuestion]

    @property
    def voting(self) -> int:
        return sum(seat.is_voting for seat in self.seats)

    @property
    def without_deputy(self) -> int:
        return sum(not seat.deputy_name for seat in self.seats if seat.is_voting)


def _seat(member: GroupMember) -> rules.Seat:
    return rules.Seat(member.team_id, member.until, member.since)


def _departments() -> list[Team]:
    return list(Team.objects.filter(is_department=True))


def _known(teams: list[Team]) -> list[rules.Department]:
    return [rules.Department(team.pk, team.ended_on) for team in teams]


def _day_of(group: Group, today: date) -> date:
    return min(group.ended_on, today) if group.ended_on else today


def rows(found: QuerySet[Group]) -> list[GroupRow]:
    """Two queries more, whatever the number of groups."""
    today, teams = timezone.localdate(), _departments()
    listed = []
    for group in found.prefetch_related("members"):
        day = _day_of(group, today)
        seats = [seat for seat in group.members.all() if _seat(seat).holds_on(day)]
        missing = rules.missing(_known(teams), map(_seat, seats), day)
        listed.append(GroupRow(group, len(seats), sum(seat.is_voting for seat in seats), len(missing)))
    return listed


def group_page(group: Group, meetings: QuerySet[Meeting]) -> GroupPage:
    day = _day_of(group, timezone.localdate())
    members = list(group.members.select_related("team"))
    teams = _departments()
    missing = set(rules.missing(_known(teams), map(_seat, members), day))
    known = list(meetings.filter(group=group).annotate(decided=Count("decisions")).order_by("-starts_at"))
    return GroupPage(
        group,
        day,
        seats=[seat for seat in members if _seat(seat).holds_on(day)],
        coming=[seat for seat in members if _seat(seat).is_to_come(day)],
        former=[seat for seat in members if not (_seat(seat).holds_on(day) or _seat(seat).is_to_come(day))],
        missing=[team for team in teams if team.pk in missing],
        meetings=known[:NEXT_ON_PAGE],
        further_meetings=max(0, len(known) - NEXT_ON_PAGE),
        questions=list(questions(group.concept_id)) if group.kind == Group.Kind.WORKING else [],
    )


def questions(concept: Any) -> QuerySet[MandateQuestion]:
    return MandateQuestion.objects.filter(concept=concept).select_related("field").order_by("position", "pk")


def by_state(concept: Any) -> dict[str, int]:
    states = MandateQuestion.State.values
    counted = {state: Count("pk", filter=Q(state=state)) for state in states}
    return MandateQuestion.objects.filter(concept=concept).aggregate(**counted)
