"""The report upward: to read, and as a file to be sent."""

from collections.abc import Callable, Hashable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from quartierwerk.languages import choosing
from quartierwerk.rights import needs
from quartierwerk.web import addresses

from ..matrix.staff import concept_of
from ..matrix.staff_mapping import fields_of, other_list, targets_of, theirs_of
from ..models import Concept
from ..paper import loading
from ..paper import state as states
from ..paper.state import State
from ..showing import money
from ..showing.states import LABELS, NEED_LABELS, NEED_SIGNS, SIGNS, counted
from . import files, upward
from .upward import Section, Upward

WRITERS: dict[str, Callable[[Upward, State, str], bytes]] = {
    "xlsx": files.workbook,
    "json": files.for_programs,
}


def _told(request: HttpRequest, concept: Concept, to: Concept | None, lang: str) -> tuple[Upward, State, str]:
    """The report, what it is made of, and what the list above is called."""
    state = states.of_today(concept, request.tenant, lang, timezone.localdate())  # type: ignore[attr-defined]
    targets: dict[str, frozenset[Hashable]] = {
        str(pk): keys for pk, keys in targets_of(fields_of(concept), to).items()
    }
    return upward.told(state, targets, theirs_of(to)), state, to.title if to else _("Field of the Region")


@needs("planning.read")
def upward_report(request: HttpRequest) -> HttpResponse:
    concept: Any = concept_of(request)
    others, to = other_list(request, concept)
    report, _state, other = _told(request, concept, to, concept.language)
    query = f"?concept={concept.slug}" + (f"&to={to.slug}" if to else "")

    def address(format: str) -> str:
        return f"{addresses.staff('planning_staff:upward_file', request)}{query}&format={format}"

    values = {
        "concept": concept,
        "to": to,
        "others": others,
        "other": other,
        "report": report,
        "sections": [_shown(one) for one in report.sections],
        "unmapped": [_shown(one) for one in report.unmapped],
        "whole": _shown(report.whole),
        "files": loading.listed(
            _("Report upward"),
            WRITERS,
            address,
            language=concept.language,
            reader=request.lang,  # type: ignore[attr-defined]
        ),
        "crumbs": [
            (_("Fields of action"), addresses.staff("planning_staff:fields", request)),
            (_("Report upward"), ""),
        ],
    }
    return render(request, "planning/staff/parent/upward.html", values)


def _shown(one: Section) -> dict[str, Any]:
    """A section with its states and sums in words."""
    told = money.together(one.entries)
    return {
        "section": one,
        "states": [(SIGNS[standing], counted(standing, n)) for standing, n in one.standings.items()],
        "money": told.years[-1] if told.years else None,
        "note": told.note,
        "measures": [
            (found.row, SIGNS[found.standing], LABELS[found.standing])
            for found in (*one.measures, *one.stopped)
        ],
        "needs": [(row, NEED_SIGNS[row["state"]], NEED_LABELS[row["state"]]) for row in one.needs],
        "goals": [(row, one.progress.get(row["id"], "")) for row in one.goals],
    }


@needs("planning.read")
def upward_file(request: HttpRequest) -> HttpResponse:
    """`?format=`; in the language of the concept, whoever loads it."""
    concept: Any = concept_of(request)
    format = request.GET.get("format", "")
    format = format if format in WRITERS else "xlsx"
    _others, to = other_list(request, concept)
    with override(choosing.frame_language(concept.language)):
        report, state, other = _told(request, concept, to, concept.language)
        content = WRITERS[format](report, state, other)
    return loading.answer(content, format, loading.dated(f"{concept.title} {other}", state.day))
