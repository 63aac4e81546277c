"""Every night: who is to be asked, reminded, marked or hidden; which websites still answer."""

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from quartierwerk import jobs
from quartierwerk.privacy.retention import Span
from quartierwerk.rights import worker
from quartierwerk.tenants.models import Tenant, Visibility

from .links import actions as links
from .links import asking
from .links.rules import is_our_fault
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


@jobs.periodic("10 1 * * *", "directory.look for broken links", each_tenant=True)
def look_for_broken_links(tenant: Tenant) -> None:
    """Websites of public records, each once in seven nights. Run twice in a night it counts once."""
    if not settings.CHECK_LINKS or tenant.is_example:
        return
    now, shown = timezone.now(), links.shown_links()
    asked = links.due_links(shown, now)
    statuses = asking.statuses_of({url for _kind, _pk, url in asked}, links.agent(tenant))
    if not is_our_fault(statuses.values()):
        links.note(shown, asked, statuses, now=now)
