"""Where somebody works: the teams whose work is hers."""

from datetime import date

from django.db.models import Q, QuerySet

from quartierwerk.rights import Person

from .models import GroupMember, Team, TeamMember


def teams(person: Person, first: date, last: date | None = None) -> QuerySet[Team]:
    """By her role, as a member of the team, by the seat that she has for it, on a day or on any from the first to the last."""
    found = Q(pk__in={grant.team_id for grant in person.grants_here() if grant.team_id})
    if person.account_id:
        works = TeamMember.objects.filter(
            Q(until=None) | Q(until__gte=first), account_id=person.account_id
        ).values("team_id")
        sits = GroupMember.objects.filter(
            GroupMember.sitting(first, last), account_id=person.account_id, team__isnull=False
        ).values("team_id")
        found |= Q(pk__in=works) | Q(pk__in=sits)
    return Team.objects.filter(found).order_by()
