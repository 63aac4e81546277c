"""From an account to the person who acts: name and the roles she holds at this moment."""

from uuid import UUID

from django.utils import timezone

from quartierwerk.rights import VISITOR, Duty, Grant, Person, Role
from quartierwerk.tenants.models import Tenant

from .models import Account, DutyGrant, Membership


def grants_of(account_id: UUID) -> tuple[Grant, ...]:
    rows = Membership.objects.current().filter(account_id=account_id)
    return tuple(
        Grant(Role(role), tenant_id, space_id, organisation_id, team_id)
        for role, tenant_id, space_id, organisation_id, team_id in rows.order_by(
            "created_at", "pk"
        ).values_list("role", "tenant_id", "space_id", "organisation_id", "team_id")
    )


def duties_of(account_id: UUID) -> tuple[tuple[Duty, int], ...]:
    rows = DutyGrant.objects.current().filter(account_id=account_id).values_list("duty", "tenant_id")
    return tuple((Duty(duty), tenant_id) for duty, tenant_id in rows)


def working_in(tenant_id: int) -> list[Person]:
    """Everybody with a role there at this moment, by name; of their roles only those there."""
    rows = Membership.objects.current().filter(tenant_id=tenant_id, account__is_active=True)
    grants: dict[tuple[UUID, str], list[Grant]] = {}
    for row in rows.select_related("account").order_by("account__name", "account_id", "created_at", "pk"):
        grant = Grant(Role(row.role), tenant_id, row.space_id, row.organisation_id, row.team_id)
        grants.setdefault((row.account_id, row.account.name), []).append(grant)
    return [Person(pk, name, tenant_id, tuple(held)) for (pk, name), held in grants.items()]


def person_of(account: Account | None, tenant_id: int | None = None) -> Person:
    """The person behind a signed-in account, acting in one municipality; VISITOR without account."""
    if account is None or not account.is_authenticated or not account.is_active:
        return VISITOR
    return Person(
        account_id=account.pk,
        name=account.name,
        tenant_id=tenant_id,
        grants=grants_of(account.pk),
        duties=duties_of(account.pk),
    )


def has_worked_in(person: Person, tenant: Tenant) -> bool:
    """Whether she held a role there that has ended."""
    return Membership.objects.filter(
        tenant=tenant, account_id=person.account_id, valid_until__lte=timezone.now()
    ).exists()
