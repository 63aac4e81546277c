"""Panels of the first page beside the piles of work."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from quartierwerk.rights import may
from quartierwerk.web import addresses
from quartierwerk.web.today import Figure, Panel, today

from ..matrix import page
from ..matrix.gaps import COUNTED
from ..matrix.staff import concept_of
from . import changes, counting

FIRST = 6


def _changed(request) -> Iterator[Panel]:
    """For those who steer the plan."""
    if may(request.person, "planning.write"):
        number, first = changes.newest(request, FIRST)
        url = f"{addresses.staff('planning_staff:recent', request)}?days={changes.USUAL}"
        if number:
            lines = [one.line for one in first]
            yield Panel("changed", _("Changed within 7 days"), number, url, lines, is_aside=True)


def _matrix(request) -> Iterator[Panel]:
    if not may(request.person, "planning.write"):
        return
    if (concept := concept_of(request, missing_ok=True)) is None:
        return
    entries = addresses.staff("planning_staff:entries", request)
    figures = []
    for one in counting.counted(concept, request.person):
        url = f"{entries}?part={one.part}"
        below = [(str(COUNTED[gap] % {"n": n}), f"{url}&gap={gap.value}") for gap, n in one.gaps.items()]
        figures.append(Figure(str(page.LABELS[one.part]), one.number, url, below))
    yield Panel("matrix", _("The concept in numbers"), figures=figures, is_aside=True)


def register() -> None:
    today.add_panels("plan changed", _changed, order=20)
    today.add_panels("plan matrix", _matrix, order=30)
