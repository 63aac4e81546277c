"""Who hands over, who may take it, and who is about to leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max, Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk import rights
from quartierwerk.people.handover import ACTION, Holder, Kind, handover
from quartierwerk.people.models import Account, Membership
from quartierwerk.people.persons import working_in
from quartierwerk.rights import Person, may
from quartierwerk.tenants import scope
from quartierwerk.web import addresses

from ..models import Team, TeamMember

AHEAD = timedelta(days=90)  # who leaves within this time is listed
MEMBER = "member"  # a person without an account, by her place in a team


def of_account(account: Account) -> Holder:
    return Holder(Kind.PERSON, account.name, account_id=account.pk, email=account.email)


def of_team(team: Team) -> Holder:
    return Holder(Kind.TEAM, str(team), team_id=team.pk, email=team.email)


def of_member(member: TeamMember) -> Holder:
    """By her account where she has one, and then with all that is hers."""
    if member.account_id and (account := Account.objects.filter(pk=member.account_id).first()):
        return of_account(account)
    return Holder(Kind.PERSON, member.name, team_id=member.team_id)


def found(kind: str, pk: UUID, by: Person) -> Holder:
    """Raises Http404."""
    if kind == Kind.TEAM:
        return of_team(rights.find_or_404(by, ACTION, Team, pk))
    if kind == MEMBER:
        return of_member(rights.find_or_404(by, ACTION, TeamMember, pk))
    if kind != Kind.PERSON:
        raise Http404
    roles = Membership.objects.filter(tenant_id=scope.writing(), account_id=pk)
    if (here := roles.select_related("account").first()) is not None:
        return of_account(here.account)
    # The account is gone, and what it held is left.
    left = Holder(Kind.PERSON, _("somebody who has left"), account_id=pk)
    if not handover.held(left):
        raise Http404
    return left


def takers(holder: Holder) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of choices: teams, and people whose roles here let them open something of it; without the holder."""
    teams = [
        (f"{Kind.TEAM}:{team.pk}", str(team))
        for team in Team.objects.filter(ended_on=None)
        if holder.kind != Kind.TEAM or team.pk != holder.team_id
    ]
    if holder.kind == Kind.TEAM:
        return [(_("Teams"), teams)]
    wanted = {one.sort.lets for one in handover.held(holder)}
    people = [
        (f"{Kind.PERSON}:{one.account_id}", one.name or _("without a name"))
        for one in working_in(scope.writing())
        if one.account_id != holder.account_id and any(not action or may(one, action) for action in wanted)
    ]
    return [
        (_("People"), people),
        (_("Teams"), teams),
    ]


def taker(chosen: str, holder: Holder) -> Holder | None:
    """The holder that stands behind a choice; None where it is no choice."""
    if chosen not in {value for _label, choices in takers(holder) for value, _words in choices}:
        return None
    kind, _colon, pk = chosen.partition(":")
    if kind == Kind.TEAM:
        return of_team(Team.objects.get(pk=pk))
    return of_account(Account.objects.get(pk=pk))


@dataclass(frozen=True)
class Leaving:
    name: str
    what: str
    on: date
    url: str
    is_over: bool


def address(request, kind: str, pk: UUID) -> str:
    return addresses.staff("planning_staff:hand_over", request, kind=kind, pk=pk)


def leaving(request) -> Iterator[Leaving]:
    """Whose last role or place in a team ends soon or has ended, and teams that ended; the next one first."""
    today = timezone.localdate()
    rows = [
        *_accounts_leaving(request, today),
        *_members_leaving(request, today),
        *_teams_ended(request, today),
    ]
    yield from sorted(rows, key=lambda one: (one.on, one.name))


def _accounts_leaving(request, today: date) -> Iterator[Leaving]:
    roles = Membership.objects.filter(tenant_id=scope.writing())
    lasting = roles.filter(Q(valid_until=None) | Q(valid_until__date__gt=today + AHEAD)).values("account_id")
    going = (
        roles.exclude(account_id__in=lasting)
        .values("account_id", "account__name")
        .annotate(last=Max("valid_until"))
    )
    for row in going.filter(last__date__gt=today - AHEAD):
        # Stored as the moment after the last day.
        on = (timezone.localtime(row["last"]) - timedelta(seconds=1)).date()
        yield Leaving(
            row["account__name"], _("account"), on, address(request, Kind.PERSON, row["account_id"]),
            row["last"] <= timezone.now(),
        )  # fmt: skip


def _members_leaving(request, today: date) -> Iterator[Leaving]:
    rows = TeamMember.objects.filter(until__lte=today + AHEAD, until__gt=today - AHEAD).select_related("team")
    for row in rows.exclude(name="", account_id=None):
        on = row.until or today
        yield Leaving(
            str(row), f"{row.team}, {row.function}", on, address(request, MEMBER, row.pk), on <= today
        )


def _teams_ended(request, today: date) -> Iterator[Leaving]:
    for team in Team.objects.filter(ended_on__gt=today - AHEAD):
        url = address(request, Kind.TEAM, team.pk)
        yield Leaving(str(team), _("team"), team.ended_on or today, url, is_over=True)
