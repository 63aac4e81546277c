"""What happens to memberships: inviting, accepting, giving, changing and ending roles and duties.

Each asks the rights table again, refuses what `rules` refuses, and leaves a line in the journal. `Refusal` carries a
sentence for the person who tried.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk import journal
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Duty, Person, Role, require
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from . import rules
from .bindings import organisations, teams
from .handover import Holder, Kind, StillHolds, handover, refusal
from .models import Account, DutyGrant, Invitation, InvitedRole, Membership
from .persons import person_of


class Refusal(Exception):
    """Nothing happened; the sentence says why."""


class HandOverFirst(Refusal):
    """Somebody still leads or owns something here."""


@dataclass(frozen=True)
class Place:
    """What a role is given for: everything, one quarter, one organisation or one team; perhaps for a time."""

    space: SocialSpace | None = None
    organisation_id: UUID | None = None
    team_id: UUID | None = None
    until: datetime | None = None


def _check_role(role: Role, place: Place) -> None:
    if not rules.may_be_given(role):
        raise Refusal(_("This role is given by the operator of the installation only."))
    missing = rules.missing_place(
        role, space=place.space, organisation=place.organisation_id, team=place.team_id
    )
    if missing == "space":
        raise Refusal(_("This role is held in one quarter. Please choose it."))
    if missing == "organisation":
        raise Refusal(_("This role is held for one organisation. Please choose it."))
    if place.organisation_id and str(place.organisation_id) not in organisations.names():
        raise Refusal(_("There is no such organisation in this municipality."))
    if missing == "team":
        raise Refusal(_("This role is held for one team. Please choose it."))
    if place.team_id and str(place.team_id) not in teams.names():
        raise Refusal(_("There is no such team in this municipality."))
    if place.until is not None and place.until <= timezone.now():
        raise Refusal(_("The last day lies in the past."))


# ---- invitations ---------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(email: str, role: Role, place: Place, *, by: Person) -> tuple[Invitation, str]:
    """One invitation for this address, with one more role if it waits already, and its link's token.

    The token is told once, for the mail; a link sent before stops working. Whoever keeps the directory invites the
    editors of organisations, who may hold that role for several. Raises Refusal.
    """
    is_editor = role == Role.ORGANISATION_EDITOR
    require(by, "people.invite_editor" if is_editor else "people.invite")
    email = email.strip().lower()
    _check_role(role, place)
    known = Account.objects.filter(email=email).first()
    if known and rules.gives_to_oneself(by.account_id, known.pk):
        raise Refusal(_("Nobody gives a role to himself. Ask another administrator."))
    tenant = Tenant.objects.get(pk=scope.writing())
    held = Membership.objects.current().filter(tenant=tenant, account=known)
    if known and is_editor and held.filter(role=role, organisation_id=place.organisation_id).exists():
        raise Refusal(_("This person looks after the entries of this organisation already."))
    if known and not is_editor and held.exists():
        raise Refusal(_("This person works here already. Open the person and add the role there."))
    now = timezone.now()
    # Two invitations at the same moment: the second one waits here and then finds the first.
    Tenant.objects.select_for_update(no_key=True).get(pk=tenant.pk)
    invitation = Invitation.objects.waiting().filter(email=email).first() or Invitation(email=email)
    token = f"{tenant.pk}-{secrets.token_urlsafe(32)}"
    invitation.renew(token, now)
    invitation.invited_by = by.account_id or UUID(int=0)
    invitation.save()
    InvitedRole.objects.update_or_create(
        invitation=invitation,
        role=role,
        space=place.space,
        organisation_id=place.organisation_id,
        team_id=place.team_id,
        defaults={"valid_until": place.until},
    )
    journal.record("person invited", invitation, by=by, fields=["role"])
    return invitation, token


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Person) -> None:
    require(by, "people.invite", invitation)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    journal.record("invitation withdrawn", invitation, by=by)


@transaction.atomic
def send_again(invitation: Invitation, *, by: Person) -> str:
    """A new link for another fourteen days; the one sent before stops working."""
    require(by, "people.invite", invitation)
    token = f"{invitation.tenant_id}-{secrets.token_urlsafe(32)}"
    invitation.renew(token, timezone.now())
    invitation.save()
    journal.record("invitation sent again", invitation, by=by)
    return token


@transaction.atomic
def accept(token: str, account: Account) -> Tenant:
    """The invited roles become this account's. Raises Refusal where the link no longer counts or is somebody else's."""
    invitation = Invitation.opened_by(token)
    if invitation is None:
        raise Refusal(_("This invitation no longer counts. Ask the person who invited you for a new one."))
    if account.email != invitation.email:
        raise Refusal(_("This invitation was sent to another mail address than the one you signed in with."))
    tenant = invitation.tenant
    with scope.entered(scope.staff(tenant)):
        # Locked and read again: the same link opened twice at once counts once, and one that was replaced
        # or withdrawn meanwhile does not count at all.
        locked = (
            Invitation.objects.open()
            .select_for_update()
            .filter(pk=invitation.pk, token_hash=invitation.token_hash)
            .first()
        )
        if locked is None:
            raise Refusal(_("This link was used or replaced meanwhile. Look for a newer mail."))
        person = person_of(account, tenant.pk)
        for invited in locked.roles.select_related("space"):
            if invited.valid_until is None or invited.valid_until > timezone.now():
                place = Place(invited.space, invited.organisation_id, invited.team_id, invited.valid_until)
                _hold(account, tenant, Role(invited.role), place, given_by=locked.invited_by)
        locked.accepted_at, locked.accepted_by = timezone.now(), account.pk
        locked.save(update_fields=["accepted_at", "accepted_by"])
        journal.record("invitation accepted", locked, by=person)
    return tenant


# ---- roles -----------------------------------------------------------------------------------------------------------


def _hold(account: Account, tenant: Tenant, role: Role, place: Place, *, given_by: UUID | None) -> Membership:
    """The role from now on; one that had ended begins anew. May set an end where there was none, hence the check."""
    if role == Role.ADMINISTRATOR:
        _lock_administrators(tenant)
    membership, _created = Membership.objects.update_or_create(
        tenant=tenant,
        account=account,
        role=role,
        space=place.space,
        organisation_id=place.organisation_id,
        team_id=place.team_id,
        defaults={"valid_until": place.until, "valid_from": timezone.now(), "given_by": given_by},
    )
    if role == Role.ADMINISTRATOR:
        _keep_an_administrator(tenant)
    if account.left_at is not None:
        account.left_at = None
        account.save(update_fields=["left_at"])
    return membership


@transaction.atomic
def give_role(account: Account, role: Role, place: Place, *, by: Person) -> Membership:
    """One more role for somebody who works in this municipality already. Raises Refusal."""
    require(by, "people.change")
    tenant = Tenant.objects.get(pk=scope.writing())
    _check_role(role, place)
    if rules.gives_to_oneself(by.account_id, account.pk):
        raise Refusal(_("Nobody gives a role to himself. Ask another administrator."))
    membership = _hold(account, tenant, role, place, given_by=by.account_id)
    journal.record("role given", membership, by=by, fields=["role"])
    return membership


@transaction.atomic
def change_end(membership: Membership, until: datetime | None, *, by: Person) -> Membership:
    """Another last day, or none. Raises Refusal, also where the municipality would lose its last administrator."""
    require(by, "people.change", membership)
    if rules.gives_to_oneself(by.account_id, membership.account_id):
        raise Refusal(_("Nobody gives a role to himself. Ask another administrator."))
    if until is not None and until <= timezone.now():
        raise Refusal(_("The last day lies in the past. End the role instead."))
    _lock_administrators(membership.tenant)
    Membership.objects.filter(pk=membership.pk).update(valid_until=until)
    Account.objects.filter(pk=membership.account_id).update(left_at=None)  # an ended role may begin again so
    if membership.role == Role.ADMINISTRATOR:
        _keep_an_administrator(membership.tenant)
    membership.valid_until = until
    journal.record("role changed", membership, by=by, fields=["valid_until"])
    return membership


@transaction.atomic
def end_role(membership: Membership, *, by: Person) -> None:
    """The role ends now; its row stays a year, so that the journal can be read. Raises Refusal; HandOverFirst where it
    is the last one here of somebody who still leads or owns something."""
    require(by, "people.change", membership)
    now = timezone.now()
    others = Membership.objects.current(now).filter(
        account_id=membership.account_id, tenant=membership.tenant
    )
    if not others.exclude(pk=membership.pk).exists():
        refuse_leaving(membership.account)
    _lock_administrators(membership.tenant)
    Membership.objects.filter(pk=membership.pk).update(valid_until=now)
    if membership.role == Role.ADMINISTRATOR:
        _keep_an_administrator(membership.tenant)
    if not Membership.objects.current(now).filter(account_id=membership.account_id).exists():
        Account.objects.filter(pk=membership.account_id).update(left_at=now)
    # A duty hangs on working here.
    here = Membership.objects.current(now).filter(account_id=membership.account_id, tenant=membership.tenant)
    if not here.exists():
        DutyGrant.objects.current(now).filter(
            account_id=membership.account_id, tenant=membership.tenant
        ).update(valid_until=now)
    journal.record("role ended", membership, by=by)


def refuse_leaving(account: Account, *, erasing: bool = False) -> None:
    """In the active municipality. Raises HandOverFirst."""
    holder = Holder(Kind.PERSON, account.name, account_id=account.pk, email=account.email)
    try:
        handover.refuse_leaving(holder, erasing=erasing)
    except StillHolds as still:
        raise HandOverFirst(refusal(still)) from still


def note_who_left(now: datetime) -> int:
    """Roles also end by their date: whoever has none left went with the last one. Returns how many did."""
    roles = Membership.objects.filter(account=OuterRef("pk"))
    # Not `current`: a role that begins later keeps the account too.
    lasting = roles.filter(Q(valid_until=None) | Q(valid_until__gt=now))
    gone = Account.objects.filter(Exists(roles), ~Exists(lasting), left_at=None, is_example=False)
    return gone.update(left_at=Subquery(roles.order_by("-valid_until").values("valid_until")[:1]))


def _lock_administrators(tenant: Tenant) -> None:
    """Two administrators who remove each other at the same moment: the second one waits here and is then refused."""
    Tenant.objects.select_for_update(no_key=True).get(pk=tenant.pk)


def _keep_an_administrator(tenant: Tenant) -> None:
    """Called after the write, inside its transaction: the refusal takes the write back."""
    if not is_administered(tenant):
        raise Refusal(
            _(
                "Somebody must stay who administers this municipality without an end date. Name that person first."
            )
        )


def is_administered(tenant: Tenant, *, without: Account | None = None) -> bool:
    """Whether an administrator is left who can sign in; `without` asks as if that account were gone."""
    rows = Membership.objects.current().filter(tenant=tenant, role=Role.ADMINISTRATOR)
    if without is not None:
        rows = rows.exclude(account=without)
    return rules.stays_administered(
        rules.Administration(account_id, until, active)
        for account_id, until, active in rows.values_list("account_id", "valid_until", "account__is_active")
    )


def alone_administered_by(account: Account) -> list[Tenant]:
    """Municipalities that would be left without administrator if this account went (asked before erasing it)."""
    theirs = Tenant.objects.filter(
        Q(memberships__valid_until=None) | Q(memberships__valid_until__gt=timezone.now()),
        memberships__account=account,
        memberships__role=Role.ADMINISTRATOR,
    ).distinct()
    return [tenant for tenant in theirs if not is_administered(tenant, without=account)]


# ---- duties ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def give_duty(account: Account, duty: Duty, until: datetime, *, by: Person) -> DutyGrant:
    """A duty beside the role, until a day. Raises Refusal."""
    require(by, "people.change")
    if by.account_id is None or rules.gives_to_oneself(by.account_id, account.pk):
        raise Refusal(_("Nobody gives a duty to himself. Ask another administrator."))
    if until <= timezone.now():
        raise Refusal(_("The last day lies in the past."))
    tenant = Tenant.objects.get(pk=scope.writing())
    if not Membership.objects.current().filter(tenant=tenant, account=account).exists():
        raise Refusal(_("Only people who work here can have a duty here."))
    current = DutyGrant.objects.current().filter(tenant=tenant, account=account, duty=duty).first()
    grant = current or DutyGrant(tenant=tenant, account=account, duty=duty)
    grant.valid_until, grant.given_by = until, by.account_id
    grant.save()
    journal.record("duty given", grant, by=by, fields=["duty", "valid_until"])
    return grant


@transaction.atomic
def end_duty(grant: DutyGrant, *, by: Person) -> None:
    require(by, "people.change", grant)
    grant.valid_until = timezone.now()
    grant.save(update_fields=["valid_until"])
    journal.record("duty ended", grant, by=by)
