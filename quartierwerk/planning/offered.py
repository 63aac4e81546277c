"""What planning gives the registers of lower packages: needs, measures and goals as knots of the chain."""

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from quartierwerk.chain.models import Relation
from quartierwerk.chain.register import Kind, Knot, NextStep, Reader, kinds, plain_title
from quartierwerk.chain.titles import translated
from quartierwerk.rights import may
from quartierwerk.web import addresses

from .models import Goal, GoalText, KickOff, Measure, MeasureText, Need, NeedText


def _needs_counted(n: int) -> str:
    return ngettext("%(n)s need", "%(n)s needs", n) % {"n": n}


def _measures_counted(n: int) -> str:
    return ngettext("%(n)s measure", "%(n)s measures", n) % {"n": n}


def _goals_counted(n: int) -> str:
    return ngettext("%(n)s goal", "%(n)s goals", n) % {"n": n}


def _page(name: str, *, has_public_page: bool = False) -> Callable[[Reader, UUID, bool], str]:
    """In the back office, or where visitors read it; needs and goals stand on the pages of measures and fields."""

    def url(reader: Reader, pk: UUID, inside: bool) -> str:
        if inside:
            return addresses.staff(f"planning_staff:{name}", reader, pk=pk)
        return addresses.public(f"planning:{name}", reader, pk=pk) if has_public_page else ""

    return url


def _form(name: str) -> Callable[[Reader, UUID], str]:
    """The form of a new record that will be linked with this element."""

    def url(reader: Reader, element: UUID) -> str:
        if not may(reader.person, "planning.write"):
            return ""
        return f"{addresses.staff(f'planning_staff:add_{name}', reader)}?from={element}"

    return url


def _kick_off(reader: Reader, pk: UUID, inside: bool) -> str:
    if inside:
        return addresses.staff("planning_staff:kick_off", reader, pk=pk)
    return addresses.public("planning:kick_off", reader, pk=pk)


def _events_counted(n: int) -> str:
    return ngettext("%(n)s event", "%(n)s events", n) % {"n": n}


def register() -> None:
    kinds.add(
        Kind(
            name="event",
            label=pgettext_lazy("chain", "Event"),
            counted=_events_counted,
            icon="calendar",
            # Where people speak, as with a voice.
            knot=Knot.VOICE,
            model=KickOff,
            action="planning.read",
            url=_kick_off,
            title=plain_title("meeting__title"),
            leads_to={Relation.LED_TO: frozenset({"need"})},
        )
    )
    kinds.add(
        Kind(
            name="need",
            label=pgettext_lazy("chain", "Need"),
            counted=_needs_counted,
            icon="need",
            knot=Knot.NEED,
            model=Need,
            action="planning.read_needs",
            url=_page("need"),
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
            url=_page("measure", has_public_page=True),
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
            url=_page("goal"),
            title=translated(GoalText),
            leads_to={
                Relation.MEASURED_BY: frozenset({"indicator"}),
                Relation.PROVEN_BY: frozenset({"proof"}),
                Relation.ANSWERED_BY: frozenset({"answer"}),
            },
        )
    )
    for step in (
        NextStep("need", gettext_lazy("Make it a need"), frozenset({"wish"}), _form("need")),
        NextStep(
            "measure", gettext_lazy("Create a measure for this need"), frozenset({"need"}), _form("measure")
        ),
        NextStep(
            "goal", gettext_lazy("Create a goal for this measure"), frozenset({"measure"}), _form("goal")
        ),
    ):
        kinds.offer_step(step)
