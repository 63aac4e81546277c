"""A team, or somebody's place in it, ends only with empty hands."""

from quartierwerk.people.handover import handover

from ..models import Team, TeamMember
from . import holders
from .sorts import FUNCTIONS


def refuse_ending_team(team: Team) -> None:
    """Raises StillHolds."""
    handover.refuse_leaving(holders.of_team(team))


def refuse_ending_place(member: TeamMember) -> None:
    """Raises StillHolds. Somebody who stays in another team, or whose account goes on elsewhere, keeps what she holds."""
    if not (member.name or member.account_id):
        return
    if member.account_id:
        others = TeamMember.objects.filter(account_id=member.account_id, until=None).exclude(pk=member.pk)
        if others.exists():
            return
    handover.refuse_leaving(holders.of_member(member), without=[FUNCTIONS])
