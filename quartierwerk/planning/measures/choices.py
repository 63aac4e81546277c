"""What the rows of a page choose from, read once for all of them."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quartierwerk.directory.models import Organisation
from quartierwerk.people.models import Account, Membership
from quartierwerk.tenants import scope

from ..models import FieldOfAction, Team


def teams() -> list[tuple[UUID, str]]:
    return [(team.pk, str(team)) for team in Team.objects.current()]  # type: ignore[attr-defined]


def fields(rows: QuerySet[FieldOfAction]) -> list[tuple[UUID, str]]:
    """Fields of action; where they are of several concepts each with its concept, since names may be the same."""
    found = list(
        rows.select_related("concept").order_by("concept__position", "concept__slug", "position", "sort_key")
    )
    if len({field.concept_id for field in found}) < 2:
        return [(field.pk, field.name) for field in found]
    return [(field.pk, f"{field.name} ({field.concept.title})") for field in found]


def organisations() -> list[tuple[UUID, str]]:
    return list(Organisation.objects.order_by("sort_key").values_list("pk", "name"))


def accounts() -> list[tuple[UUID, str]]:
    """People with a role here, by name."""
    here = Membership.objects.current().filter(tenant_id=scope.writing()).values("account_id")
    found = (
        Account.objects.filter(pk__in=here, is_active=True).order_by("name", "pk").values_list("pk", "name")
    )
    return [(pk, name or _("without a name")) for pk, name in found]
