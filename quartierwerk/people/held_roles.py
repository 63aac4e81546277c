"""Roles that somebody else has to hold afterwards: an organisation's only editor, the people of a team that ends."""

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quartierwerk.rights import Role
from quartierwerk.tenants import scope

from .bindings import organisations, teams
from .handover import PERSONS, TEAMS, Holder, Kind, Line, Sort, handover
from .models import Account, Membership


def _roles(holder: Holder):
    rows = Membership.objects.current().filter(tenant_id=scope.writing()).select_related("account")
    if holder.kind == Kind.TEAM:
        return rows.filter(team_id=holder.team_id).order_by("created_at", "pk")
    if holder.account_id is None:
        return rows.none()
    editors = rows.filter(role=Role.ORGANISATION_EDITOR)
    others = editors.filter(organisation_id=OuterRef("organisation_id")).exclude(account_id=holder.account_id)
    return editors.filter(~Exists(others), account_id=holder.account_id).order_by("created_at", "pk")


def _line(role: Membership) -> Line:
    if role.organisation_id:
        return Line(organisations.names().get(str(role.organisation_id), ""), role.get_role_display())
    return Line(str(role.account), f"{role.get_role_display()}, {teams.names().get(str(role.team_id), '')}")


def _give(role: Membership, holder: Holder, to: Holder) -> Membership:
    """A role that the new one holds already is not held twice."""
    goes_to = (
        {"team_id": to.team_id}
        if to.kind == Kind.TEAM
        else {"account": Account.objects.get(pk=to.account_id)}
    )
    same = {
        "tenant_id": role.tenant_id, "role": role.role, "space_id": role.space_id,
        "account": role.account, "organisation_id": role.organisation_id, "team_id": role.team_id, **goes_to,
    }  # fmt: skip
    made, _new = Membership.objects.update_or_create(
        **same, defaults={"valid_until": role.valid_until, "valid_from": timezone.now()}
    )
    _end(role)
    return made


def _end(role: Membership) -> None:
    Membership.objects.filter(pk=role.pk).update(valid_until=timezone.now())


def register() -> None:
    handover.add(
        Sort(
            "roles",
            _("Roles for organisations and teams"),
            rows=_roles,
            line=_line,
            give=_give,
            takes=lambda holder: TEAMS if holder.kind == Kind.TEAM else PERSONS,
            reads="people.read",
            end=_end,
            # An organisation goes on without an editor: its entries fall to those who keep the directory.
            holds_back=TEAMS,
            asks="people.change",
        )
    )
