"""The living concept of the example town: all invented, with gaps to find; `data/example/<municipality>/README.md`."""

from quartierwerk.tenants import example
from quartierwerk.tenants.models import Tenant

from .asking import ask
from .context import Context
from .editions import Editions
from .files import FILES
from .plan import Plan
from .principles import Principles
from .readiness import Readiness
from .self_checks import SelfChecks
from .steering import Steering


@example.part(order=70)
def living_concept(town: Tenant) -> None:
    if (FILES / town.slug).exists():
        plan = Plan(town)
        plan.store()
        Context(plan).store()
        SelfChecks(plan).store()
        steering = Steering(plan)
        steering.store()
        editions = Editions(plan)
        editions.store()
        Principles(plan, editions).store()
        Readiness(plan, steering, editions).store()
        ask(plan)
