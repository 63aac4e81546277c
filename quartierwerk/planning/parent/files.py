"""The report upward as a workbook and for programs."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from quartierwerk.documents import xlsx
from quartierwerk.documents.cells import Column

from ..measures.rules import counting, money
from ..models import Need
from ..paper.state import State
from ..showing.states import LABELS, NEED_LABELS
from .upward import Measure, Section, Upward


def workbook(report: Upward, state: State, other: str) -> bytes:
    """other: what the list above is called. What is not known is an empty cell, not a zero."""
    every = [*report.sections, *report.unmapped]
    sheets = [
        xlsx.Sheet(
            _("Overview"),
            [
                Column(other), Column(_("Our fields of action")), Column(_("Needs"), "integer"),
                Column(_("Measures"), "integer"), Column(_("Goals"), "integer"), Column(_("Planned"), "euro"),
                Column(_("Promised"), "euro"), Column(_("Spent"), "euro"),
                Column(_("Cost lines to be clarified"), "integer"),
                *(Column(str(label), "integer") for label in LABELS.values()),
            ],
            [
                *(_counts(one, one.name) for one in report.sections),
                *(_counts(one, _not_mapped()) for one in report.unmapped),
                _counts(report.whole, _("Each record once")),
            ],
        ),
        xlsx.Sheet(
            _("Needs"),
            [Column(other), Column(_("Need")), Column(_("State")), Column(_("Quarter"))],
            _rows(report, every, lambda one: ([row["title"], _need(row), row["space"]] for row in one.needs)),
        ),
        xlsx.Sheet(
            _("Measures"),
            [
                Column(other), Column(_("Measure")), Column(_("State")), Column(_("Leads")), Column(_("Begins on")),
                Column(_("Ends on")), Column(_("Planned"), "euro"), Column(_("Promised"), "euro"),
                Column(_("Spent"), "euro"), Column(_("Cost lines to be clarified"), "integer"),
            ],
            _rows(report, every, lambda one: (_measure(found) for found in (*one.measures, *one.stopped))),
        ),
        xlsx.Sheet(
            _("Goals"),
            [Column(other), Column(_("Goal")), Column(_("State"))],
            _rows(
                report, every,
                lambda one: ([row["title"], one.progress.get(row["id"], "")] for row in one.goals),
            ),
        ),
    ]  # fmt: skip
    return xlsx.render(sheets, title=f"{state.title}: {other}")


def _not_mapped() -> str:
    return pgettext("field of action", "stands for nothing there")


def _rows(
    report: Upward, every: list[Section], of: Callable[[Section], Iterator[list[Any]]]
) -> list[list[Any]]:
    unmapped = {id(one) for one in report.unmapped}
    return [
        [f"{_not_mapped()}: {one.name}" if id(one) in unmapped else one.name, *row]
        for one in every
        for row in of(one)
    ]


def _counts(one: Section, name: str) -> list[Any]:
    ours = ", ".join(one.ours)
    if not one.is_detailed:
        return [name, ours, *[None] * (7 + len(LABELS))]
    counted = one.standings
    return [
        name, ours, len(one.needs), len(one.measures), len(one.goals), *_money(one.entries),
        *(counted.get(standing, 0) for standing in LABELS),
    ]  # fmt: skip


def _money(entries: list[counting.Entry]) -> list[Any]:
    """Planned, promised, spent, and how many lines have no amount yet."""
    found = _cents(entries)
    amounts = [found[name] for name in ("planned_cents", "promised_cents", "spent_cents")]
    unclear = found["lines_to_be_clarified"] if any(one.counted_lines for one in entries) else None
    return [*(None if cents is None else Decimal(cents) / 100 for cents in amounts), unclear]


def _need(row: Any) -> str:
    return str(NEED_LABELS[Need.State(row["state"])])


def _measure(one: Measure) -> list[Any]:
    row = one.row
    return [
        row["title"], str(LABELS[one.standing]), row["lead"], row["starts_on"] or None, row["ends_on"] or None,
        *_money([one.entry]),
    ]  # fmt: skip


def for_programs(report: Upward, state: State, other: str) -> bytes:
    """Keys stay the same in every language; amounts are cents, null where nobody named any."""
    told = {
        "concept": state.title,
        "municipality": state.town,
        "as_of": state.day.isoformat(),
        "told_by": other,
        "fields": [_section(one) for one in report.sections],
        "unmapped": [_section(one) for one in report.unmapped],
        "whole": {name: value for name, value in _section(report.whole).items() if name in WHOLE},
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


WHOLE = ("counted", "money")


def _section(one: Section) -> dict[str, Any]:
    return {
        "name": one.name,
        "ours": list(one.ours),
        "is_detailed": one.is_detailed,
        "counted": {
            "needs": len(one.needs),
            "measures": len(one.measures),
            "goals": len(one.goals),
            "states": {standing.value: count for standing, count in one.standings.items()},
        }
        if one.is_detailed
        else None,
        "money": _cents(one.entries) if one.is_detailed else None,
        "needs": [_named(row) | {"state": row["state"]} for row in one.needs],
        "measures": [
            _named(found.row)
            | {
                "state": found.standing.value,
                "lead": found.row["lead"],
                "starts_on": found.row["starts_on"] or None,
                "ends_on": found.row["ends_on"] or None,
                "money": _cents([found.entry]),
            }
            for found in (*one.measures, *one.stopped)
        ],
        "goals": [_named(row) | {"state": one.progress.get(row["id"], "")} for row in one.goals],
    }


def _named(row: Any) -> dict[str, Any]:
    return {"id": row["id"], "title": row["title"]}


def _cents(entries: list[counting.Entry]) -> dict[str, int | None]:
    lines = [line for one in entries for line in one.counted_lines]
    sums = money.total(lines)
    known = sums.unclear < len(lines)
    return {
        "planned_cents": sums.planned if known else None,
        "promised_cents": sums.secured if known else None,
        "spent_cents": sums.spent or None,
        "lines_to_be_clarified": sums.unclear,
    }
