"""Every morning: which questions to a person have waited too long. Every ten minutes: votes that have closed are counted."""

from django.utils import timezone

from quartierwerk import jobs
from quartierwerk.rights import worker
from quartierwerk.tenants.models import Tenant

from .answering.escalating import escalate
from .models import Vote
from .votes import box

ESCALATE = "participation.pass on questions"
COUNT = "participation.count closed votes"


@jobs.periodic("40 5 * * *", ESCALATE, each_tenant=True)
def pass_on_questions(tenant: Tenant) -> None:
    """The example town stands still."""
    if not tenant.is_example:
        escalate(timezone.localdate(), by=worker(ESCALATE, tenant.pk))


@jobs.periodic("*/10 * * * *", COUNT, each_tenant=True)
def count_closed(tenant: Tenant) -> None:
    """The key of a box lives as long as the vote and no longer than ten minutes more. Run twice it finds nothing to do."""
    rows = Vote.objects.select_related("process").filter(counted_at=None)
    for vote in rows.filter(phase__closes_at__lte=box.database_now()):
        box.count(vote, by=worker(COUNT, tenant.pk))
