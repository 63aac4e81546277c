"""Where the plan's pages stand in the menu of the staff: what is planned under *Concept*, who steers it under *Steering*."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from quartierwerk.rights import may
from quartierwerk.web.navigation import staff_nav

from .measures import kinds
from .steering.members import may_look_at_meetings

Look = Callable[[HttpRequest], bool]
Page = tuple[str, Any, str | Look]

READ = "planning.read"
READ_EDITIONS = "planning.read_editions"

# Address, words, right or who may look; in the order of the menu. A sort of record (needs, measures) brings its own words and right.
CONCEPT: tuple[Page, ...] = (
    *((sort.plural, sort.many, sort.read) for sort in kinds.SORTS.values() if sort is not kinds.TEAM),
    ("fields", _("Fields of action"), READ),
    ("principles", _("Guiding principle"), READ_EDITIONS),
    ("editions", _("Editions"), READ_EDITIONS),
    ("plan_links", _("Other plans"), READ),
    ("context_changes", _("Law and policy"), READ),
)
STEERING: tuple[Page, ...] = (
    ("week", _("My week"), "planning.read_measures"),
    ("meetings", _("Steering group"), may_look_at_meetings),
    ("decisions", _("Decisions"), may_look_at_meetings),
    ("tasks", _("Tasks"), "planning.read_tasks"),
    ("ranking", _("What comes first"), READ),
    ("readiness", _("Seven hints"), READ),
    ("kick_offs", _("Kick-off"), READ),
    ("joint_work", _("Joint work"), READ),
    ("groups", _("Groups and mandate"), READ),
    (kinds.TEAM.plural, kinds.TEAM.many, kinds.TEAM.read),
    ("responsibilities", _("Responsibilities"), READ),
    ("self_checks", _("Self-checks"), READ),
)


def readers(right: str) -> Look:
    return lambda request: may(request.person, right)  # type: ignore[attr-defined]


hands_over = readers("people.hand_over")


def register() -> None:
    staff_nav.add("concept", "planning_staff:matrix", label=_("Matrix"), visible=readers(READ))
    for section, pages in (("concept", CONCEPT), ("steering", STEERING)):
        for order, (page, label, right) in enumerate(pages, start=1):
            staff_nav.add(
                f"plan_{page}",
                f"planning_staff:{page}",
                label=label,
                section=section,
                visible=readers(right) if isinstance(right, str) else right,
                order=order,
            )
    # The administrator of accounts does not read the plan.
    staff_nav.add(
        "hand_overs",
        "planning_staff:hand_overs",
        label=_("Hand-over"),
        section="steering",
        visible=lambda r: hands_over(r) and readers(READ)(r),
        order=97,
    )
    staff_nav.add(
        "handing_over",
        "planning_staff:hand_overs",
        label=_("Hand-over"),
        section="settings",
        visible=lambda r: hands_over(r) and not readers(READ)(r),
        order=97,
    )
