"""Every morning: which teams are asked or reminded to say how far their measures are. On Mondays: what concerns whom. Every
ten minutes: files of editions, what the hints rest on."""

from django.utils import timezone

from quartierwerk import jobs
from quartierwerk.rights import worker
from quartierwerk.tenants.models import Tenant

from .digest.sending import readers, send_week
from .measures.update.asking import take_step, teams_to_ask
from .models import Concept
from .paper import kept
from .readiness import evidence

ASK = "planning.ask how far measures are"


@jobs.periodic("10 5 * * *", ASK, each_tenant=True)
def ask_how_far(tenant: Tenant) -> None:
    """One step a team and day. Run twice it finds nothing left to do. The example town stands still."""
    if tenant.is_example:
        return
    for team in teams_to_ask():
        take_step(team, by=worker(ASK, tenant.pk))


@jobs.periodic("*/10 * * * *", "planning.keep files of editions", each_tenant=True)
def keep_files(tenant: Tenant) -> None:
    """After an adoption or a redaction; until then a file is made when somebody asks for it."""
    for edition in kept.incomplete():
        kept.keep(edition, tenant)


@jobs.periodic("30 4 * * 1", "planning.tell what concerns whom this week", each_tenant=True)
def tell_the_week(tenant: Tenant) -> None:
    """One mail a person and week. The example town writes to nobody."""
    if tenant.is_example:
        return
    for account in readers(tenant):
        send_week(account, tenant, timezone.localdate())


@jobs.periodic("*/10 * * * *", "planning.remember evidence", each_tenant=True)
def remember_evidence(tenant: Tenant) -> None:
    """What the board found by itself is linked, so that its loss stands on the work list at once."""
    for concept in Concept.objects.all():
        evidence.remember(concept, timezone.localdate())
