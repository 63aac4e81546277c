"""What the pages about people show: names instead of ids, in few queries."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.utils import timezone

from quartierwerk.languages.names import sort_key
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Role, may
from quartierwerk.rights.table import NEED_SECOND_FACTOR
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant
from quartierwerk.web.typed import Typed

from .bindings import organisations, teams
from .models import Account, DutyGrant, Invitation, InvitedRole, Membership
from .second_factor import KINDS


@dataclass(frozen=True)
class HeldRole:
    pk: UUID
    label: str
    place: str  # quarter, organisation or team; empty for the whole municipality
    until: datetime | None
    is_over: bool = False


@dataclass
class Member:
    account: Account
    roles: list[HeldRole] = field(default_factory=list)
    duties: list[DutyGrant] = field(default_factory=list)
    has_second_factor: bool = False
    needs_second_factor: bool = False

    @property
    def sort_key(self) -> str:
        return sort_key(self.account.name or self.account.email)


def _space_names(pks: set) -> dict:
    return dict(SocialSpace.objects.filter(pk__in=pks).values_list("pk", "name")) if pks else {}


def _bound_names(rows: list[Membership] | list[InvitedRole]) -> dict[UUID | None, str]:
    """What the organisations and teams are called that these roles are held for."""
    found: dict[UUID | None, str] = {}
    if any(row.organisation_id for row in rows):
        found |= {UUID(pk): name for pk, name in organisations.choices()}
    if any(row.team_id for row in rows):
        found |= {UUID(pk): name for pk, name in teams.choices()}
    return found


def _held(rows: list[Membership], now: datetime) -> list[HeldRole]:
    spaces = _space_names({row.space_id for row in rows if row.space_id})
    known = _bound_names(rows)
    return [
        HeldRole(
            row.pk,
            row.get_role_display(),
            spaces.get(row.space_id, "") or known.get(row.organisation_id or row.team_id, ""),
            row.valid_until,
            is_over=bool(row.valid_until and row.valid_until <= now),
        )
        for row in rows
    ]


def members(tenant: Tenant, *, only: UUID | None = None) -> list[Member]:
    """Everybody with a current role here, by name; `only` one of them, then with ended roles too."""
    now = timezone.now()
    rows = Membership.objects.filter(tenant=tenant).select_related("account").order_by("created_at", "pk")
    rows = rows.filter(account_id=only) if only else rows.current(now)
    found_rows = list(rows)
    held = _held(found_rows, now)
    secured = set(
        Authenticator.objects.filter(
            user_id__in={row.account_id for row in found_rows}, type__in=KINDS
        ).values_list("user_id", flat=True)
    )
    found: dict[UUID, Member] = {}
    for row, role in zip(found_rows, held, strict=True):
        member = found.setdefault(
            row.account_id, Member(row.account, has_second_factor=row.account_id in secured)
        )
        member.roles.append(role)
        member.needs_second_factor |= not role.is_over and row.role in NEED_SECOND_FACTOR
    for duty in DutyGrant.objects.current(now).filter(tenant=tenant, account_id__in=found):
        found[duty.account_id].duties.append(duty)
    return sorted(found.values(), key=lambda member: member.sort_key)


def invitations() -> list[Invitation]:
    return list(Invitation.objects.waiting().prefetch_related("roles__space").order_by("-invited_at"))


def editors_of(organisation_id: UUID) -> list[Account]:
    """Who looks after this organisation's entries now."""
    held = Membership.objects.current().filter(role=Role.ORGANISATION_EDITOR, organisation_id=organisation_id)
    return [row.account for row in held.select_related("account").order_by("created_at", "pk")]


def editors_invited_to(organisation_id: UUID) -> list[Invitation]:
    waiting = Invitation.objects.waiting().filter(
        roles__role=Role.ORGANISATION_EDITOR, roles__organisation_id=organisation_id
    )
    return list(waiting.order_by("-invited_at"))


def invited_roles(invitation: Invitation) -> list[HeldRole]:
    with scope.entered(scope.staff(invitation.tenant)):
        rows = list(invitation.roles.select_related("space"))
        known = _bound_names(rows)
        return [
            HeldRole(
                row.pk,
                row.get_role_display(),
                row.space.name if row.space else known.get(row.organisation_id or row.team_id, ""),
                row.valid_until,
            )
            for row in rows
        ]


@dataclass(frozen=True)
class OwnPlace:
    tenant: Tenant
    roles: list[HeldRole]
    duties: list[DutyGrant]
    may_enter: bool


def own_places(request) -> list[OwnPlace]:
    """Municipalities in which the person holds a role, with what she holds there."""
    person = request.person
    found = []
    for tenant in Tenant.objects.filter(pk__in={grant.tenant_id for grant in person.grants}):
        with scope.entered(scope.staff(tenant)):
            rows = Membership.objects.current().filter(tenant=tenant, account_id=person.account_id)
            held = _held(list(rows), timezone.now())
        duties = list(DutyGrant.objects.current().filter(tenant=tenant, account_id=person.account_id))
        there = replace(person, tenant_id=tenant.pk)
        found.append(OwnPlace(tenant, held, duties, may(there, "staff.enter")))
    return found


@dataclass(frozen=True)
class FormerPlace:
    tenant: Tenant
    roles: list[str]
    ended_on: datetime


def former_places(request) -> list[FormerPlace]:
    """Municipalities in which the person holds no role any more, with the day on which the last one ended."""
    held = {grant.tenant_id for grant in request.person.grants}
    rows = Membership.objects.filter(
        account_id=request.person.account_id, valid_until__lte=timezone.now()
    ).exclude(tenant_id__in=held)
    found: dict[int, list[Membership]] = {}
    for row in rows.select_related("tenant__parent").order_by("-valid_until"):
        found.setdefault(row.tenant_id, []).append(row)
    return [
        FormerPlace(last[0].tenant, [row.get_role_display() for row in last], last[0].valid_until)
        for last in found.values()
    ]


def own_account(request) -> dict:
    return {"places": own_places(request), "has_second_factor": is_mfa_enabled(request.user, KINDS)}


def kept_fields(typed: Typed) -> list[tuple[str, str]]:
    return [(name, value) for name, values in typed.data.lists() for value in values]


def last_day(until: datetime | None):
    """The day a role is held for the last time; it is stored as the moment after."""
    return (timezone.localtime(until) - timedelta(seconds=1)).date() if until else None
