"""A frozen edition as the rows of a file: the same columns as today's records have, filled with what it says."""

from datetime import date
from decimal import Decimal
from typing import Any

from ..files.schema import BY_NAME, SECTIONS, Document, Row, slim
from .state import State


def document_of(state: State) -> Document:
    taken = state.picture
    fields = {row["id"]: row["name"] for row in taken["fields"]}
    titles = {row["id"]: row["title"] for name in ("needs", "goals") for row in taken[name]}

    def named(row: Row) -> dict[str, Any]:
        told = {name: value for name, value in row.items() if name not in ("id", "space")}
        told["fields"] = [fields[one] for one in row["fields"] if one in fields]
        return told | {"is_public": True}

    def of_measure(row: Row) -> dict[str, Any]:
        linked = {name: [titles[one] for one in row[name] if one in titles] for name in ("needs", "goals")}
        days = {name: _day(row[name]) for name in ("starts_on", "ends_on", "review_on")}
        more = {
            "takes_part": row["teams"],
            "quarter": row["space"],
            "hours_per_week": _number(row["hours_per_week"]),
        }
        return named(row) | linked | days | more

    def of_goal(row: Row) -> dict[str, Any]:
        numbers = {name: _number(row[name]) for name in ("baseline", "target")}
        return named(row) | numbers | {"target_on": _day(row["target_on"])}

    # What was put off was not adopted; the paper says so with its reason, a table could not.
    measures = [dict(row) for row in state.measures]
    rows: dict[str, list[dict[str, Any]]] = {
        "concept": [{"slug": state.slug, "is_public": True, **taken["concept"], "title": state.title}],
        "fields": [dict(row) for row in taken["fields"]],
        "resources": [named(row) for row in taken["resources"]],
        "resource_entries": [
            {"field": name, "resource": row["title"]}
            for pk, name in fields.items()
            for row in taken["resources"]
            if pk in row["fields"]
        ],
        "needs": [named(row) | {"quarter": row["space"]} for row in taken["needs"]],
        "goals": [of_goal(row) for row in taken["goals"]],
        "measures": [of_measure(row) for row in measures],
        "milestones": [
            {"measure": row["title"], "title": step["title"], "due_on": _day(step["due_on"])}
            for row in measures
            for step in row["milestones"]
        ],
        "costs": [{**line, "measure": row["title"]} for row in measures for line in row["costs"]],
    }
    return {
        section.name: [slim(BY_NAME[section.name], row) for row in rows[section.name]]
        for section in SECTIONS
        if rows.get(section.name)
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
