"""Every morning: which teams are asked or reminded to say how far their measures are."""

from quartierwerk import jobs
from quartierwerk.rights import worker
from quartierwerk.tenants.models import Tenant

from .measures.update.asking import take_step, teams_to_ask

ASK = "planning.ask how far measures are"


@jobs.periodic("10 5 * * *", ASK, each_tenant=True)
def ask_how_far(tenant: Tenant) -> None:
    """One step a team and day. Run twice it finds nothing left to do. The example town stands still."""
    if tenant.is_example:
        return
    for team in teams_to_ask():
        take_step(team, by=worker(ASK, tenant.pk))
