from django.db import transaction

from .models import Tenant
from .rules import fault_of_postcode, fault_of_slug


class RefusedTenant(ValueError):
    """A municipality that cannot be added, with the sentence that says why."""


@transaction.atomic
def add_tenant(
    slug: str,
    *,
    name: str = "",
    kind: str = Tenant.Kind.MUNICIPALITY,
    parent: str = "",
    postcodes: list[str] | None = None,
    **values,
) -> Tenant:
    """A new controller. The name defaults to the slug. Raises RefusedTenant; an existing slug changes nothing."""
    if fault := fault_of_slug(slug):
        raise RefusedTenant(fault)
    for postcode in postcodes or []:
        if fault := fault_of_postcode(postcode):
            raise RefusedTenant(fault)
    if Tenant.objects.filter(slug=slug).exists():
        raise RefusedTenant(f"A municipality '{slug}' exists already. Choose another short name.")
    above = Tenant.objects.filter(slug=parent).first() if parent else None
    if parent and above is None:
        raise RefusedTenant(f"There is no municipality '{parent}' to belong to. Add it first.")
    tenant = Tenant(
        slug=slug,
        name=name or slug,
        kind=kind,
        parent=above,
        postcodes=sorted(set(postcodes or [])),
        **values,
    )
    tenant.save()
    return tenant
