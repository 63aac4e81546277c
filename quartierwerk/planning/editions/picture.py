"""The concept as plain values: what an edition freezes, and what "today" is compared with.

Only what everybody may read goes in: records that are public, needs that somebody has looked at, partners of the
public directory; no post, no internal note, no person, no account. Ids are kept, so that a record stays the same one
under a new title. Days are ISO dates, money cents, lists sorted: the same records give the same bytes.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from quartierwerk.chain.models import Link, Relation
from quartierwerk.tenants.models import Visibility

from ..measures.rules import counting, money
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
)

VERSION = 1
# A measure that was given up is no part of a plan; its end stands in the difference.
OUTSIDE = ("stopped",)
PUBLIC = {"visibility": Visibility.PUBLIC}


def of_concept(
    concept: Concept,
    day: date,
    deferred: dict[UUID, str] | None = None,
    outside: Collection[str] = OUTSIDE,
    becoming_public: Collection[UUID] = (),
) -> dict[str, Any]:
    """The current picture. A constant number of queries.

    deferred         measure → reason why it is put off; None for the records of today, which no council put off
    outside          stages of measures that are left out
    becoming_public  measures that are not public yet and will be with the decision that is asked for
    """
    fields = list(FieldOfAction.objects.filter(concept=concept).current())
    known = [field.pk for field in fields]
    order = {pk: number for number, pk in enumerate(known)}
    # A row between carries its record's visibility.
    measures = _placed(MeasureInField, "measure", known, Q(**PUBLIC) | Q(measure__in=becoming_public))
    needs = _placed(NeedInField, "need", known, Q(**PUBLIC))
    goals = _placed(GoalInField, "goal", known, Q(**PUBLIC))
    resources = _placed(ResourceInField, "resource", known, Q(**PUBLIC))
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
        "measures": _measures(_in_order(rows, measures, order), measures, order, deferred),
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


def _placed(model: Any, name: str, fields: list[UUID], shown: Q) -> Places:
    """Record → the fields it stands in, with its place there."""
    found: Places = defaultdict(list)
    rows = model.objects.filter(shown, field__in=fields)
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
    """Not those that nobody has looked at yet."""
    return Need.objects.filter(pk__in=places).exclude(state=Need.State.NEW).select_related("space")


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
    deferred: dict[UUID, str] | None,
) -> list[dict]:
    pks = [row.pk for row in rows]
    costs, steps, teams, partners = (defaultdict(list) for _ in range(4))
    unnamed: Counter[UUID] = Counter()
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
    for pk, organisation, shown in MeasurePartner.objects.filter(measure__in=pks).values_list(
        "measure_id", "organisation__name", "organisation__visibility"
    ):
        # Who is only typed in may be a person.
        if shown == Visibility.PUBLIC:
            partners[pk].append(organisation)
        else:
            unnamed[pk] += 1
    before, after = _linked(rows)
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
            "more_partners": unnamed[row.pk],
            "hours_per_week": _number(row.hours_per_week),
            "costs": costs[row.pk],
            "review_on": _day(row.review_on),
            "review_how": row.review_how,
            "space": row.space.name if row.space else "",
            "milestones": steps[row.pk],
            "needs": sorted(before[row.element_id]),
            "goals": sorted(after[row.element_id]),
            "fields": _fields(places[row.pk], order),
            **({} if deferred is None else {"deferred": deferred.get(row.pk, "")}),
        }
        for row in rows
    ]


def entry(row: Mapping[str, Any]) -> counting.Entry:
    """A measure of a picture, as it counts. A picture knows what is planned, not what was spent."""
    lines = [money.Line(one["year"], one["planned_cents"], 0, one["is_secured"]) for one in row["costs"]]
    return counting.Entry(row["stage"], lines, bool(row.get("deferred")))


def counted(content: Mapping[str, Any]) -> counting.Counted:
    return counting.counted(map(entry, content["measures"]))


def _linked(rows: list[Measure]) -> tuple[dict[UUID | None, list[str]], dict[UUID | None, list[str]]]:
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
    needs = _by_element(Need.objects.exclude(state=Need.State.NEW), {one for _, one in back})
    goals = _by_element(Goal.objects.all(), {one for _, one in onward})
    before: dict[UUID | None, list[str]] = defaultdict(list)
    after: dict[UUID | None, list[str]] = defaultdict(list)
    for measure, need in back:
        if need in needs:
            before[measure].append(str(needs[need]))
    for measure, goal in onward:
        if goal in goals:
            after[measure].append(str(goals[goal]))
    return before, after


def _by_element(rows: Any, elements: set[UUID]) -> dict[UUID, UUID]:
    return dict(rows.filter(element__in=elements, **PUBLIC).values_list("element_id", "pk"))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _number(number: Decimal | None) -> str:
    """Without the zeros of the column: 0.25, not 0.250."""
    return "" if number is None else f"{number.normalize():f}"
