"""The concept as plain values: what an edition freezes, and what "today" is compared with.

Only what everybody may read goes in: no internal note, no person, no account. Ids are kept, so that a record stays
the same one under a new title. Days are ISO dates, money cents, lists sorted: the same records give the same bytes.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from quartierwerk.chain.models import Link, Relation
from quartierwerk.tenants.models import Visibility

from ..models import (
    Concept,
    CostLine,
    FieldOfAction,
    Goal,
    GoalInField,
    Measure,
    MeasureInField,
    MeasurePartner,
    MeasureTeam,
    Milestone,
    Need,
    NeedInField,
    PrincipleParagraph,
    PrincipleVersion,
    ResourceInField,
    StaffPost,
)

VERSION = 1
# A measure that was given up is no part of a plan; its end stands in the difference.
OUTSIDE = ("stopped",)


def of_concept(
    concept: Concept,
    day: date,
    deferred: dict[UUID, str] | None = None,
    outside: Collection[str] = OUTSIDE,
    only_public: bool = False,
) -> dict[str, Any]:
    """The current picture. A constant number of queries.

    deferred     measure → reason why it is put off
    outside      stages of measures that are left out
    only_public  without records that nobody outside may see yet, as they become public with an edition
    """
    fields = list(FieldOfAction.objects.filter(concept=concept).current())
    known = [field.pk for field in fields]
    order = {pk: number for number, pk in enumerate(known)}
    shown = {"visibility": Visibility.PUBLIC} if only_public else {}
    measures = _placed(MeasureInField, "measure", known, shown)
    needs = _placed(NeedInField, "need", known, shown)
    goals = _placed(GoalInField, "goal", known, shown)
    resources = _placed(ResourceInField, "resource", known, shown)
    rows = (
        Measure.objects.filter(pk__in=measures)
        .exclude(stage__in=outside)
        .select_related("space", "lead_team")
    )
    return {
        "version": VERSION,
        "as_of": day.isoformat(),
        "concept": {"id": str(concept.pk), "title": concept.title, "summary": concept.summary},
        "principle": _principle(concept),
        "fields": [
            {
                "id": str(field.pk),
                "name": field.name,
                "description": field.description,
                "is_detailed": field.is_detailed,
            }
            for field in fields
        ],
        "resources": [
            _resource(row, resources[row.pk], order) for row in _rows(ResourceInField, "resource", resources)
        ],
        "needs": [_need(row, needs[row.pk], order) for row in _in_order(_needs(needs), needs, order)],
        "measures": _measures(_in_order(rows, measures, order), measures, order, deferred or {}, shown),
        "goals": [
            _goal(row, goals[row.pk], order)
            for row in _in_order(Goal.objects.filter(pk__in=goals), goals, order)
        ],
    }


def _principle(concept: Concept) -> list[dict[str, Any]]:
    """The paragraphs of the guiding principle that holds, by key: another wording is a change of the same one."""
    newest = PrincipleVersion.objects.filter(
        principle__concept=concept, state=PrincipleVersion.State.ADOPTED
    ).order_by("-number")[:1]
    rows = PrincipleParagraph.objects.filter(version__in=newest.values("pk"))
    return principle_rows(rows.order_by("position", "pk").values_list("key", "text"))


def principle_rows(paragraphs: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"id": key, "text": text} for key, text in paragraphs]


def fingerprint(content: dict[str, Any]) -> str:
    """SHA-256 over the picture, whatever order the database gave its keys back in."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


Places = dict[UUID, list[tuple[UUID, int]]]


Shown = dict[str, Any]


def _placed(model: Any, name: str, fields: list[UUID], shown: Shown) -> Places:
    """Record → the fields it stands in, with its place there."""
    found: Places = defaultdict(list)
    # A row between carries its record's visibility.
    rows = model.objects.filter(field__in=fields, **shown)
    for record, field, position in rows.values_list(f"{name}_id", "field_id", "position"):
        found[record].append((field, position))
    return found


def _in_order(rows: Iterable[Any], places: Places, order: dict[UUID, int]) -> list[Any]:
    """As the concept reads: by field, then by place in it."""
    return sorted(
        rows,
        key=lambda row: (
            min((order[field], place) for field, place in places[row.pk]),
            row.sort_key,
            str(row.pk),
        ),
    )


def _fields(places: list[tuple[UUID, int]], order: dict[UUID, int]) -> list[str]:
    return [str(field) for field, _place in sorted(places, key=lambda one: order[one[0]])]


def _rows(model: Any, name: str, places: Places) -> list[Any]:
    record: Any = model._meta.get_field(name).related_model
    return list(record.objects.filter(pk__in=places).order_by("sort_key", "pk"))


def _resource(row: Any, places: list, order: dict[UUID, int]) -> dict[str, Any]:
    return {"id": str(row.pk), "title": row.title, "kind": row.kind, "fields": _fields(places, order)}


def _needs(places: Places):
    return Need.objects.filter(pk__in=places).select_related("space")


def _need(row: Need, places: list, order: dict[UUID, int]) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "title": row.title,
        "description": row.description,
        "state": row.state,
        "urgency": row.urgency,
        "rejected_reason": row.rejected_reason,
        "space": row.space.name if row.space else "",
        "fields": _fields(places, order),
    }


def _goal(row: Goal, places: list, order: dict[UUID, int]) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "title": row.title,
        "evidence_kind": row.evidence_kind,
        "indicator_name": row.indicator_name,
        "unit": row.unit,
        "baseline": _number(row.baseline),
        "target": _number(row.target),
        "target_on": _day(row.target_on),
        "direction": row.direction,
        "qualitative": row.qualitative,
        "fields": _fields(places, order),
    }


def _measures(
    rows: list[Measure],
    places: Places,
    order: dict[UUID, int],
    deferred: dict[UUID, str],
    shown: Shown,
) -> list[dict]:
    pks = [row.pk for row in rows]
    costs, steps, teams, partners, posts = (defaultdict(list) for _ in range(5))
    for line in CostLine.objects.filter(measure__in=pks):
        costs[line.measure_id].append(
            {
                "year": line.year,
                "label": line.label,
                "source": line.source,
                "planned_cents": line.planned_cents,
                "is_secured": line.is_secured,
            }
        )
    for step in Milestone.objects.filter(measure__in=pks):
        steps[step.measure_id].append({"title": step.title, "due_on": _day(step.due_on)})
    for pk, number, name in MeasureTeam.objects.filter(
        measure__in=pks, part=MeasureTeam.Takes.TAKES_PART
    ).values_list("measure_id", "team__number", "team__name"):
        teams[pk].append(f"{number} {name}".strip())
    named = MeasurePartner.objects.filter(measure__in=pks)
    if shown:
        named = named.filter(Q(organisation=None) | Q(organisation__visibility=Visibility.PUBLIC))
    for pk, name, organisation in named.values_list("measure_id", "name", "organisation__name"):
        partners[pk].append(organisation or name)
    for post in StaffPost.objects.filter(measure__in=pks, **shown):
        posts[post.measure_id or post.pk].append(
            {"title": post.title, "share_percent": post.share_percent, "ends_on": _day(post.ends_on)}
        )
    before, after = _linked(rows, shown)
    return [
        {
            "id": str(row.pk),
            "title": row.title,
            "what": row.what,
            "stage": row.stage,
            "audience": row.audience,
            "starts_on": _day(row.starts_on),
            "ends_on": _day(row.ends_on),
            "lead": str(row.lead_team) if row.lead_team else "",
            "teams": sorted(teams[row.pk]),
            "partners": sorted(partners[row.pk]),
            "hours_per_week": _number(row.hours_per_week),
            "posts": posts[row.pk],
            "costs": costs[row.pk],
            "review_on": _day(row.review_on),
            "review_how": row.review_how,
            "space": row.space.name if row.space else "",
            "milestones": steps[row.pk],
            "needs": sorted(before[row.element_id]),
            "goals": sorted(after[row.element_id]),
            "deferred": deferred.get(row.pk, ""),
            "fields": _fields(places[row.pk], order),
        }
        for row in rows
    ]


def _linked(
    rows: list[Measure], shown: Shown
) -> tuple[dict[UUID | None, list[str]], dict[UUID | None, list[str]]]:
    """Needs that led to each measure, goals it is measured by: ids of records, known by their elements."""
    elements = [row.element_id for row in rows]
    back = list(
        Link.objects.filter(target__in=elements, source__kind="need", relation=Relation.LED_TO).values_list(
            "target_id", "source_id"
        )
    )
    onward = list(
        Link.objects.filter(
            source__in=elements, target__kind="goal", relation=Relation.MEASURED_BY
        ).values_list("source_id", "target_id")
    )
    needs = _by_element(Need, {one for _, one in back}, shown)
    goals = _by_element(Goal, {one for _, one in onward}, shown)
    before: dict[UUID | None, list[str]] = defaultdict(list)
    after: dict[UUID | None, list[str]] = defaultdict(list)
    for measure, need in back:
        if need in needs:
            before[measure].append(str(needs[need]))
    for measure, goal in onward:
        if goal in goals:
            after[measure].append(str(goals[goal]))
    return before, after


def _by_element(model: Any, elements: set[UUID], shown: Shown) -> dict[UUID, UUID]:
    return dict(model.objects.filter(element__in=elements, **shown).values_list("element_id", "pk"))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _number(number: Decimal | None) -> str:
    """Without the zeros of the column: 0.25, not 0.250."""
    return "" if number is None else f"{number.normalize():f}"
