"""The lists of needs, measures, goals, obstacles, posts and teams: filters, columns, and each number with its list.

Addresses that other pages may use: `?field=`, `?space=`, `?team=`, `?state=`/`?stage=`, `?light=`, `?without=measure` (need,
goal, evidence, lead, end, review, money, field), `?need=`, `?measure=`, `?goal=` (tied to this record), `?ends=` (posts).
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from quartierwerk.languages.days import short_day
from quartierwerk.languages.numbers import format_amount
from quartierwerk.places.models import SocialSpace
from quartierwerk.web import addresses

from ..models import (
    FieldOfAction,
    Goal,
    GoalInField,
    GoalValue,
    Measure,
    MeasureInField,
    Need,
    NeedInField,
    Obstacle,
    StaffPost,
    Stage,
    Team,
    TeamMember,
)
from . import choices, facts, linking
from .in_words import LIGHTS, NEED_STATES, period, progress_words, runway_words
from .rules import goals, light, money, posts
from .tables import Cell, Column, Filter, Listing, Row, equals, narrowed, page_of, tied, tied_to

ANY = ("", gettext_lazy("all"))


def _fields() -> Filter:
    rows = choices.fields(FieldOfAction.objects.filter(ended_on=None))
    return Filter("field", _("Field of action"), [ANY, *((str(pk), name) for pk, name in rows)],
                  equals("in_fields__field"))  # fmt: skip


def _spaces(today: date) -> Filter:
    rows = SocialSpace.objects.on(today).filter(kind=SocialSpace.Kind.QUARTER).values_list("pk", "name")
    return Filter(
        "space", _("Quarter"), [ANY, *((str(pk), name) for pk, name in rows), ("none", _("whole municipality"))],
        lambda found, value: found.filter(space=None) if value == "none" else found.filter(space=value),
    )  # fmt: skip


def _teams(apply) -> Filter:
    rows = Team.objects.current()  # type: ignore[attr-defined]
    return Filter("team", _("Team"), [ANY, *((str(team.pk), str(team)) for team in rows)], apply)


def _without(names: dict[str, tuple[Any, Any]]) -> Filter:
    """names: value → (label, condition)."""
    choices = [ANY, *((name, label) for name, (label, _condition) in names.items())]
    return Filter("without", _("Missing"), choices, lambda rows, value: rows.filter(names[value][1]))


def _no_field(through: Any, side: str) -> dict[str, tuple[Any, Any]]:
    """Of no concept: it stands in no field of action of today."""
    held = through.objects.filter(field__ended_on=None, **{side: OuterRef("pk")})
    return {"field": (_("a field of action"), ~Exists(held))}


def _tied_to(request, rows: QuerySet[Any], kind: str, others: dict[str, Any]) -> QuerySet[Any]:
    """`?need=<id>`: those tied to that record."""
    for name, model in others.items():
        if not (given := request.GET.get(name)):
            continue
        try:
            element = model.objects.filter(pk=UUID(given)).values_list("element_id", flat=True).first()
        except ValueError:
            element = None
        rows = rows.filter(tied_to(kind, element, name)) if element else rows.none()
    return rows


def _names_of_fields(record: Any) -> str:
    return ", ".join(one.field.name for one in record.in_fields.all())


def _with_fields(model: Any) -> Prefetch:
    return Prefetch("in_fields", model.objects.select_related("field").order_by("position"))


def _url(request, name: str, **query: Any) -> str:
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{addresses.staff(f'planning_staff:{name}', request)}?{asked}"


def needs(request, rows: QuerySet[Need], today: date) -> Listing:
    filters = [
        _fields(),
        _spaces(today),
        Filter("state", _("State"), [ANY, *Need.State.choices], equals("state")),
        Filter("urgency", _("Urgency"), [ANY, *((str(n), label) for n, label in Need.Urgency.choices)], equals("urgency")),
        _without({"measure": (_("a measure"), ~tied("need", "measure")), **_no_field(NeedInField, "need")}),
    ]  # fmt: skip
    found = narrowed(_tied_to(request, rows, "need", {"measure": Measure}), filters, request).order_by(
        "sort_key", "pk"
    )
    page = page_of(found.select_related("space").prefetch_related(_with_fields(NeedInField)), request)
    measures = linking.linked_ids(list(page), "measure")
    listed = []
    for need in page:
        number = len(measures.get(need.element_id, ()))
        words = str(number) if number else _("none yet")
        listed.append(
            Row(need.title, addresses.staff("planning_staff:need", request, pk=need.pk), (
                Cell(_names_of_fields(need)),
                Cell(need.space.name if need.space else _("whole municipality")),
                Cell(need.get_urgency_display()),
                Cell(need.get_state_display(), state=NEED_STATES[need.state]),
                Cell(words, _url(request, "measures", need=need.pk) if number else "", "" if number else "warn"),
            ), need.language_of("title"))
        )  # fmt: skip
    columns = (Column(_("Need")), Column(_("Fields of action")), Column(_("Quarter")), Column(_("Urgency")),
               Column(_("State")), Column(_("Measures")))  # fmt: skip
    return Listing(columns, filters, page, listed, request.GET.get("q", ""))


def measure_filters(today: date) -> list[Filter]:
    return [
        _fields(),
        _spaces(today),
        _teams(equals("lead_team")),
        Filter("stage", _("Stage"), [ANY, *Stage.choices], equals("stage")),
        Filter("light", _("Light"), [ANY, *((one.value, light.label(one)) for one in light.Light)]),
        _without({
            "need": (_("a need"), ~tied("measure", "need")),
            "goal": (_("a goal"), ~tied("measure", "goal")),
            "lead": (_("a lead"), Q(lead_team=None)),
            "end": (_("an end"), Q(ends_on=None)),
            "money": (_("costs"), Q(cost_lines=None)),
            "review": (_("a day of review"), Q(review_on=None)),
            **_no_field(MeasureInField, "measure"),
        }),
    ]  # fmt: skip


def measures(request, rows: QuerySet[Measure], today: date) -> Listing:
    filters = measure_filters(today)
    rows = _tied_to(request, rows, "measure", {"need": Need, "goal": Goal})
    found = narrowed(rows, filters, request).order_by("sort_key", "pk")
    if asked := next(one.chosen for one in filters if one.name == "light"):
        found = _with_light(found, light.Light(asked), today)
    whole = facts.with_parts(found).prefetch_related(_with_fields(MeasureInField))
    page = page_of(whole, request)
    known = facts.lights(list(page), today)
    listed = [
        Row(one.title, addresses.staff("planning_staff:measure", request, pk=one.pk), (
            Cell(_names_of_fields(one)),
            Cell(str(one.lead_team) if one.lead_team else _("nobody yet"), state="" if one.lead_team else "warn"),
            Cell(period(one.starts_on, one.ends_on)),
            Cell(_money(one), is_number=True),
            Cell(one.get_stage_display()),
            Cell(light.label(known[one.pk].light), state=LIGHTS[known[one.pk].light]),
        ), one.language_of("title"))
        for one in page
    ]  # fmt: skip
    columns = (Column(_("Measure")), Column(_("Fields of action")), Column(_("Lead")), Column(_("When")),
               Column(_("Planned"), is_number=True), Column(_("Stage")), Column(_("Light")))  # fmt: skip
    return Listing(columns, filters, page, listed, request.GET.get("q", ""))


def _with_light(rows: QuerySet[Measure], wanted: light.Light, today: date) -> QuerySet[Measure]:
    """The light is no column, as it depends on the day: it is computed for those that may have it."""
    possible = list(facts.with_parts(rows.filter(facts.may_have(wanted, today))))
    known = facts.lights(possible, today)
    return rows.filter(pk__in=[one.pk for one in possible if known[one.pk].light == wanted])


def _money(measure: Measure) -> str:
    lines = [facts.line(one) for one in measure.cost_lines.all()]
    if not lines:
        return "·"
    sums = money.total(lines)
    if sums.unclear == len(lines):
        return _("to be clarified")
    return format_amount(sums.planned) + (" +" if sums.unclear else "")


def goals_list(request, rows: QuerySet[Goal], today: date) -> Listing:
    filters = [
        _fields(),
        Filter("evidence", _("How one will know"), [ANY, *((value or "none", label) for value, label in Goal.Evidence.choices)],
               lambda found, value: found.filter(evidence_kind="" if value == "none" else value)),
        _without({
            "measure": (_("a measure"), ~tied("goal", "measure")),
            "evidence": (_("an indicator or agreed evidence"), Q(evidence_kind="")),
            **_no_field(GoalInField, "goal"),
        }),
    ]  # fmt: skip
    found = narrowed(_tied_to(request, rows, "goal", {"measure": Measure}), filters, request).order_by(
        "sort_key", "pk"
    )
    values = Prefetch("values", GoalValue.objects.order_by("on"))
    page = page_of(found.prefetch_related(_with_fields(GoalInField), values), request)
    measures = linking.linked_ids(list(page), "measure")
    listed = []
    for goal in page:
        words, state = progress_words(progress(goal, today), goal)
        number = len(measures.get(goal.element_id, ()))
        listed.append(
            Row(goal.title, addresses.staff("planning_staff:goal", request, pk=goal.pk), (
                Cell(_names_of_fields(goal)),
                Cell(goal.indicator_name or goal.get_evidence_kind_display()),
                Cell(words, state=state),
                Cell(str(number) if number else _("none yet"),
                     _url(request, "measures", goal=goal.pk) if number else "", "" if number else "warn"),
            ), goal.language_of("title"))
        )  # fmt: skip
    columns = (Column(_("Goal")), Column(_("Fields of action")), Column(_("How one will know")), Column(_("So far")),
               Column(_("Measures")))  # fmt: skip
    return Listing(columns, filters, page, listed, request.GET.get("q", ""))


def progress(goal: Goal, today: date) -> goals.Progress:
    indicator = goals.Indicator(goal.baseline, goal.target, goal.direction, goal.baseline_on, goal.target_on)
    return goals.progress(
        goal.evidence_kind, indicator, [(one.on, one.value) for one in goal.values.all()], today
    )


OBSTACLE_STATES = {"open": "warn", "worked_on": "none", "gone": "done"}


def obstacles(request, rows: QuerySet[Obstacle], today: date) -> Listing:
    filters = [Filter("state", _("State"), [ANY, *Obstacle.State.choices], equals("state"))]
    found = narrowed(rows, filters, request, by="title").order_by("title", "pk")
    page = page_of(found.select_related("measure", "need").prefetch_related("steps"), request)
    listed = []
    for one in page:
        steps = list(one.steps.all())
        hindered = one.measure or one.need
        kind = "measure" if one.measure else "need"
        url = addresses.staff(f"planning_staff:{kind}", request, pk=hindered.pk) if hindered else ""
        listed.append(
            Row(one.title, addresses.staff("planning_staff:obstacle", request, pk=one.pk), (
                Cell(one.outside_owner or "·"),
                Cell(str(hindered) if hindered else "·", url),
                Cell(short_day(steps[-1].on) if steps else _("nothing yet")),
                Cell(one.get_state_display(), state=OBSTACLE_STATES[one.state]),
            ))
        )  # fmt: skip
    columns = (Column(_("Obstacle")), Column(_("Who could remove it")), Column(_("What it keeps from working")),
               Column(_("Last step")), Column(_("State")))  # fmt: skip
    return Listing(columns, filters, page, listed, request.GET.get("q", ""))


def ending(months: int, today: date) -> Q:
    return Q(ends_on__gte=today, ends_on__lte=posts.last_end_told_of(today, months))


def posts_list(request, rows: QuerySet[StaffPost], today: date) -> Listing:
    filters = [
        Filter("ends", _("Money ends"), [
            ANY,
            *((str(n), ngettext("within %(n)d month", "within %(n)d months", n) % {"n": n}) for n in sorted(posts.ALERTS)),
            ("over", _("has ended")),
            ("never", _("permanent")),
        ], lambda found, value: found.filter(
            Q(ends_on__lt=today) if value == "over" else Q(ends_on=None) if value == "never" else ending(int(value), today)
        )),
        _teams(equals("team")),
        Filter("filled", _("Filled"), [ANY, ("1", _("yes")), ("0", _("no"))],
               lambda found, value: found.filter(filled=value == "1")),
    ]  # fmt: skip
    found = narrowed(rows, filters, request, by="title").order_by("ends_on", "title", "pk")
    page = page_of(found.select_related("team", "measure"), request)
    listed = []
    for post in page:
        words, state = runway_words(posts.runway(post.ends_on, today), post.ends_on)
        listed.append(
            Row(post.title, addresses.staff("planning_staff:post", request, pk=post.pk), (
                Cell(f"{post.share_percent} %", is_number=True),
                Cell(str(post.team) if post.team else "·"),
                Cell(str(post.measure) if post.measure else "·",
                     addresses.staff("planning_staff:measure", request, pk=post.measure_id) if post.measure else ""),
                Cell(post.source or "·"),
                Cell(words, state=state),
                Cell(_("yes") if post.filled else _("no"), state="" if post.filled else "warn"),
            ))
        )  # fmt: skip
    columns = (Column(_("Post")), Column(_("Share of a full post"), is_number=True), Column(_("Team")), Column(_("Measure")),
               Column(_("From which money")), Column(_("How long")), Column(_("Filled")))  # fmt: skip
    return Listing(columns, filters, page, listed, request.GET.get("q", ""))


def teams(request, rows: QuerySet[Team], today: date) -> Listing:
    filters = [
        Filter("ended", _("State"), [("", _("working")), ("1", _("ended")), ("all", _("all"))]),
        Filter("kind", _("Kind"), [ANY, ("department", _("department")), ("outside", pgettext_lazy("team", "from outside"))],
               lambda found, value: found.filter(is_department=value == "department")),
    ]  # fmt: skip
    found = narrowed(rows, filters, request)
    ended = filters[0].chosen
    if ended != "all":
        found = found.filter(ended_on__isnull=ended != "1")
    members = Prefetch("members", TeamMember.objects.filter(Q(until=None) | Q(until__gte=today)))
    counted = found.annotate(led=Count("led_measures", distinct=True)).prefetch_related(members)
    page = page_of(counted.order_by("position", "sort_key", "pk"), request)
    listed = []
    for team in page:
        leads = [str(one) for one in team.members.all() if one.is_lead]
        deputies = [str(one) for one in team.members.all() if one.is_deputy]
        listed.append(
            Row(str(team), addresses.staff("planning_staff:team", request, pk=team.pk), (
                Cell(_("department") if team.is_department else _("from outside")),
                Cell(", ".join(leads) or _("nobody yet"), state="" if leads else "warn"),
                Cell(", ".join(deputies) or "·"),
                Cell(str(team.led), _url(request, "measures", team=team.pk) if team.led else "", is_number=True),
            ))
        )  # fmt: skip
    columns = (Column(_("Team")), Column(_("Kind")), Column(_("Lead")), Column(_("Deputy")),
               Column(_("Measures"), is_number=True))  # fmt: skip
    return Listing(columns, filters, page, listed, request.GET.get("q", ""))
