"""Every morning: which questions to a person have waited too long."""

from django.utils import timezone

from quartierwerk import jobs
from quartierwerk.rights import worker
from quartierwerk.tenants.models import Tenant

from .answering.escalating import escalate

ESCALATE = "participation.pass on questions"


@jobs.periodic("40 5 * * *", ESCALATE, each_tenant=True)
def pass_on_questions(tenant: Tenant) -> None:
    """The example town stands still."""
    if not tenant.is_example:
        escalate(timezone.localdate(), by=worker(ESCALATE, tenant.pk))
