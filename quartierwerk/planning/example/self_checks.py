"""How open the town's teams say they are, in two years; two have not answered for the second one."""

from ..models import SelfCheck
from .files import values
from .plan import Plan
from .rows import Rows


class SelfChecks(Rows):
    def __init__(self, plan: Plan):
        super().__init__([SelfCheck])
        self.plan = plan

    def store(self) -> None:
        for one in self.plan.read("self_checks"):
            self.add(SelfCheck(**values(SelfCheck, one), team=self.plan.teams[one["team"]]))
        self.write()
