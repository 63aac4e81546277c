"""Changes of law and policy with what they touch and their follow-up."""

from ..models import ContextChange, ContextField, ContextMeasure, Task
from .files import Entry, values
from .plan import Plan
from .rows import Rows


class Context(Rows):
    def __init__(self, plan: Plan):
        super().__init__([ContextChange])
        self.plan = plan

    def store(self) -> None:
        for one in self.plan.read("context"):
            self.change(one)
        self.write()

    def change(self, entry: Entry) -> None:
        change = self.add(ContextChange(**values(ContextChange, entry)))
        for code in entry["fields"]:
            self.add(ContextField(change=change, field=self.plan.fields[code]))
        for key in entry["measures"]:
            self.add(ContextMeasure(change=change, measure=self.plan.measures[key]))
        for one in entry["tasks"]:
            team = self.plan.teams[one["owner_team"]]
            self.add(Task(**values(Task, one), context_change=change, owner_team=team))
