"""Every night: who is to be asked, reminded, marked or hidden."""

from django.db.models import Q
from django.utils import timezone

from quartierwerk import jobs
from quartierwerk.privacy.retention import Span
from quartierwerk.rights import worker
from quartierwerk.tenants.models import Tenant, Visibility

from .models import Organisation
from .upkeep.actions import take_step
from .upkeep.rules import PATIENCE, Step

JOB = "directory.ask whether entries are still true"


@jobs.periodic("40 3 * * *", JOB, each_tenant=True)
def ask_whether_true(tenant: Tenant) -> None:
    """One step an entry and night. Run twice it finds nothing left to do. The example town stands still."""
    if tenant.is_example:
        return
    for pk in candidates(tenant):
        take_step(pk, by=worker(JOB, tenant.pk))


def candidates(tenant: Tenant) -> list:
    """Entries that may have a step due: old enough to be asked, or under way."""
    now = timezone.now()
    old = Span(months=tenant.confirm_every_months).before(now)
    never = Q(confirmed_at=None, changed_at__lte=old)
    rows = Organisation.objects.filter(visibility=Visibility.PUBLIC, is_placeholder=False).filter(
        Q(confirmation=Step.CONFIRMED) & (Q(confirmed_at__lte=old) | never) | Q(confirmation__in=PATIENCE)
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))
