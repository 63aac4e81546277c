"""The kinds of records that staff keep here: by which right they are read and written, by which form, with which rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from quartierwerk.web.rows import RowForm, Rows

from ..models import Goal, Measure, Need, Obstacle, StaffPost, Team
from . import choices, forms, rows

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


@dataclass(frozen=True)
class RowsOf:
    """given: what the rows' forms need to know of the page (choices read once for all rows)."""

    form: type[RowForm]
    prefix: str
    related: str
    title: "Words"
    new: "Words"
    more: "Words"
    given: Callable[[], dict[str, Any]] = dict

    def of(self, record: Any, data: Any) -> Rows:
        existing = [] if record._state.adding else getattr(record, self.related).all()
        return Rows(self.form, self.prefix, data, existing, least=1, **self.given())


@dataclass(frozen=True)
class Sort:
    """name     in addresses: `planning_staff:<name>`, `…:<plural>`, `…:add_<name>`, `…:edit_<name>`
    called   the field people call it by
    alike    whether near-same titles are shown before it is entered
    """

    name: str
    plural: str
    model: Any
    form: type[forms.PlanForm]
    read: str
    add: "Words"
    one: "Words"
    many: "Words"
    rows: tuple[RowsOf, ...] = ()
    write: str = "planning.write"
    called: str = "title"
    alike: bool = False


STEPS = RowsOf(
    rows.MilestoneForm, "steps", "milestones", _("Steps"), _("New step"), _("One more step")
)  # fmt: skip
MONEY = RowsOf(
    rows.CostLineForm, "money", "cost_lines", _("Costs"), _("New cost line"), _("One more cost line")
)
TEAMS = RowsOf(
    rows.MeasureTeamForm, "teams", "teams", _("Other teams"), _("One more team"), _("Room for one more team"),
    given=lambda: {"teams": choices.teams()},
)  # fmt: skip
PARTNERS = RowsOf(
    rows.PartnerForm, "partners", "partners", _("Partners from outside"), _("New partner"), _("One more partner"),
    given=lambda: {"organisations": choices.organisations()},
)  # fmt: skip

NEED = Sort(
    "need", "needs", Need, forms.NeedForm, "planning.read_needs", _("Add a need"), _("Need"), _("Needs"), alike=True
)  # fmt: skip
MEASURE = Sort(
    "measure", "measures", Measure, forms.MeasureForm, "planning.read_measures", _("Add a measure"), _("Measure"),
    _("Measures"), rows=(STEPS, MONEY, TEAMS, PARTNERS), alike=True,
)  # fmt: skip
GOAL = Sort(
    "goal", "goals", Goal, forms.GoalForm, "planning.read", _("Add a goal"), _("Goal"), _("Goals"),
    rows=(RowsOf(rows.GoalValueForm, "values", "values", _("Values"), _("New value"), _("One more value")),), alike=True,
)  # fmt: skip
OBSTACLE = Sort(
    "obstacle", "obstacles", Obstacle, forms.ObstacleForm, "planning.read", _("Add an obstacle"), _("Obstacle"),
    _("Obstacles"),
    rows=(RowsOf(rows.ObstacleStepForm, "steps", "steps", _("What was done"), _("New entry"), _("One more entry")),),
)  # fmt: skip
POST = Sort(
    "post", "posts", StaffPost, forms.StaffPostForm, "planning.read", _("Add a post"), _("Staff post"), _("Staff posts")
)  # fmt: skip
TEAM = Sort(
    "team", "teams", Team, forms.TeamForm, "planning.read", _("Add a team"), _("Team"), _("Teams"),
    rows=(RowsOf(rows.TeamMemberForm, "members", "members", _("Members"), _("New member"), _("One more member"),
                 given=lambda: {"accounts": choices.accounts()}),),
    called="name",
)  # fmt: skip

SORTS = {sort.name: sort for sort in (NEED, MEASURE, GOAL, OBSTACLE, POST, TEAM)}
IN_CHAIN = {sort.name: sort for sort in (NEED, MEASURE, GOAL)}
