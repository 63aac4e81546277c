"""The seven hints for the practice, in our words, and what to do about each of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Hint:
    """proof: what counts. step, route: what to do next and the page of the back office where one does it."""

    number: int
    title: "str | _StrPromise"
    proof: "str | _StrPromise"
    step: "str | _StrPromise"
    route: str


HINTS = (
    Hint(
        1,
        _("Taking stock, up to date"),
        _("A closed campaign in which organisations confirmed their entries, or a document."),
        _("Ask organisations to confirm their entries"),
        "planning_staff:campaigns",
    ),
    Hint(
        2,
        _("A shared guiding principle"),
        _("An adopted version of the guiding principle, or a document."),
        _("Write, consult and adopt the guiding principle"),
        "planning_staff:principles",
    ),
    Hint(
        3,
        _("A binding concept of action"),
        _("An edition of the concept that the council adopted, or a document."),
        _("Prepare the next edition"),
        "planning_staff:editions",
    ),
    Hint(
        4,
        _("A clear political will"),
        _("A decision of the council on the concept, or a document."),
        _("Enter what the council decided"),
        "planning_staff:editions",
    ),
    Hint(
        5,
        _("Professional community work on the spot"),
        _("A filled post in a neighbourhood office that stands confirmed in the directory."),
        _("Fill a post and name its neighbourhood office"),
        "planning_staff:posts",
    ),
    Hint(
        6,
        _("Rooms where people meet"),
        _("An open meeting place that stands confirmed in the directory."),
        _("Have the meeting places confirmed"),
        "directory_staff:confirmations",
    ),
    Hint(
        7,
        _("A clear public kick-off"),
        _("A kick-off that was held, with what people named there."),
        _("Plan the kick-off"),
        "planning_staff:kick_offs",
    ),
)
