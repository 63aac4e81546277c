"""What planning gives the registers of lower packages: needs, measures and goals as knots of the chain."""

from uuid import UUID

from django.utils.translation import ngettext, pgettext_lazy

from quartierwerk.chain.models import Relation
from quartierwerk.chain.register import Kind, Knot, Reader, kinds
from quartierwerk.chain.titles import translated

from .models import Goal, GoalText, Measure, MeasureText, Need, NeedText


def _needs_counted(n: int) -> str:
    return ngettext("%(n)s need", "%(n)s needs", n) % {"n": n}


def _measures_counted(n: int) -> str:
    return ngettext("%(n)s measure", "%(n)s measures", n) % {"n": n}


def _goals_counted(n: int) -> str:
    return ngettext("%(n)s goal", "%(n)s goals", n) % {"n": n}


def _no_page(reader: Reader, pk: UUID, inside: bool) -> str:
    """Its page comes with the measures' pages; without one the panel names it only."""
    return ""


def register() -> None:
    kinds.add(
        Kind(
            name="need",
            label=pgettext_lazy("chain", "Need"),
            counted=_needs_counted,
            icon="need",
            knot=Knot.NEED,
            model=Need,
            action="planning.read_needs",
            url=_no_page,
            title=translated(NeedText),
            leads_to={
                Relation.LED_TO: frozenset({"measure"}),
                Relation.ANSWERED_BY: frozenset({"answer", "offer"}),
            },
        )
    )
    kinds.add(
        Kind(
            name="measure",
            label=pgettext_lazy("chain", "Measure"),
            counted=_measures_counted,
            icon="measure",
            knot=Knot.MEASURE,
            model=Measure,
            action="planning.read_measures",
            url=_no_page,
            title=translated(MeasureText),
            leads_to={
                Relation.LED_TO: frozenset({"offer", "funding"}),
                Relation.PAID_BY: frozenset({"funding"}),
                Relation.MEASURED_BY: frozenset({"goal", "indicator"}),
                Relation.PROVEN_BY: frozenset({"proof"}),
                Relation.ANSWERED_BY: frozenset({"answer"}),
            },
        )
    )
    kinds.add(
        Kind(
            name="goal",
            label=pgettext_lazy("chain", "Goal"),
            counted=_goals_counted,
            icon="chart",
            knot=Knot.INDICATOR,
            model=Goal,
            action="planning.read",
            url=_no_page,
            title=translated(GoalText),
            leads_to={
                Relation.MEASURED_BY: frozenset({"indicator"}),
                Relation.PROVEN_BY: frozenset({"proof"}),
                Relation.ANSWERED_BY: frozenset({"answer"}),
            },
        )
    )
