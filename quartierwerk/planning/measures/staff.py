"""The lists of the plan and the pages of its records."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk import rights
from quartierwerk.chain import panel
from quartierwerk.chain.actions import LinkRefused
from quartierwerk.chain.register import Reader
from quartierwerk.chain.register import kinds as chain_kinds
from quartierwerk.journal import actors
from quartierwerk.languages.numbers import format_decimal
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses

from ..context import pages as context
from ..models import Measure, Need, StaffPost
from ..principles import pages as principles
from ..selfcheck import pages as selfcheck
from . import facts, kinds, linking, lists, moves, pages
from .forms import shown_in_words
from .in_words import NEED_STATES, progress_words, runway_words
from .kinds import Sort
from .rules import posts, stages
from .update import pages as asked


def _list(request, sort: Sort, listing):
    rows = rights.visible(request.person, sort.read, sort.model.objects.all())
    values = {
        "sort": sort,
        "listing": listing(request, rows, timezone.localdate()),
        "add_url": addresses.staff(f"planning_staff:add_{sort.name}", request)
        if may(request.person, sort.write)
        else "",
    }
    return render(request, "planning/staff/measures/list.html", values)


@needs("planning.read_needs")
def need_list(request):
    return _list(request, kinds.NEED, lists.needs)


@needs("planning.read_measures")
def measure_list(request):
    return _list(request, kinds.MEASURE, lists.measures)


@needs("planning.read")
def goal_list(request):
    return _list(request, kinds.GOAL, lists.goals_list)


@needs("planning.read")
def obstacle_list(request):
    return _list(request, kinds.OBSTACLE, lists.obstacles)


@needs("planning.read")
def post_list(request):
    return _list(request, kinds.POST, lists.posts_list)


@needs("planning.read")
def team_list(request):
    return _list(request, kinds.TEAM, lists.teams)


def _values(request, sort: Sort, record, **more):
    may_write = may(request.person, sort.write, record)
    return {
        "sort": sort,
        "record": record,
        "may_write": may_write,
        "edit_url": addresses.staff(f"planning_staff:edit_{sort.name}", request, pk=record.pk) if may_write else "",
        "crumbs": [(sort.many, addresses.staff(f"planning_staff:{sort.plural}", request)), (str(record), "")],
        **more,
    }  # fmt: skip


def _in_chain(request, sort: Sort, record, others: tuple[str, ...]):
    reader = Reader.of(request)
    return {
        "panel": panel.of(record, reader),
        "tied": pages.tied(record, others, reader, may(request.person, sort.write, record)),
    }


@needs("planning.read_needs")
def need(request, pk):
    record = rights.find_or_404(
        request.person, "planning.read_needs", kinds.NEED.model.objects.select_related("space"), pk
    )
    return need_page(request, record)


def need_page(request, record, *, status=200, **more):
    sources = linking.leading_to("need")
    chain = _in_chain(request, kinds.NEED, record, (*sources, "measure", "offer"))
    told = [one for one in chain["tied"] if one.kind in sources]
    values = _values(request, kinds.NEED, record, **chain)
    values |= {
        "tied": [one for one in chain["tied"] if one.kind not in sources],
        "sources": told,
        "is_known_from": any(one.entries for one in told),
        # Once it is decided on, whoever asked for it wants to hear what became of it.
        "to_be_told": [
            entry
            for one in told
            for entry in one.entries
            if record.state in (Need.State.MET, Need.State.REJECTED)
        ],
        "fields": [one.field for one in record.in_fields.select_related("field")],
        "state": NEED_STATES[record.state],
        "shown": shown_in_words(record),
        "moves": stages.OF_NEEDS[record.state] if values["may_write"] else (),
        "answered": moves.is_answered(record),
        "move_url": addresses.staff("planning_staff:move_need", request, pk=record.pk),
        **more,
    }
    return render(request, "planning/staff/measures/need.html", values, status=status)


@needs("planning.read_measures")
def measure(request, pk):
    return measure_page(request, pk)


def measure_page(request, pk, *, action="planning.read_measures", status=200, **more):
    rows = facts.with_parts(Measure.objects.all())
    rows = rows.prefetch_related(
        "teams__team",
        "partners__organisation",
        "in_fields__field",
        "obstacles",
        "plan_links",
        "cited_principles",
    )
    record = rights.find_or_404(request.person, action, rows, pk)
    values = _values(
        request, kinds.MEASURE, record, **_in_chain(request, kinds.MEASURE, record, ("need", "goal"))
    )
    reads_plan = may(request.person, "planning.read")
    values |= {
        "shown": pages.measure_shown(record, timezone.localdate()),
        "fields": [one.field for one in record.in_fields.all()],
        "may_report": may(request.person, "planning.report", record),
        "reads_plan": reads_plan,
        "principles": principles.reasons(record),
        "touching": context.touching(record, timezone.localdate()),
        "move_url": addresses.staff("planning_staff:move_measure", request, pk=record.pk),
        "light_url": addresses.staff("planning_staff:measure_light", request, pk=record.pk),
        **more,
    }
    return render(request, "planning/staff/measures/measure.html", values, status=status)


@needs("planning.read")
def goal(request, pk):
    record = rights.find_or_404(
        request.person, "planning.read", kinds.GOAL.model.objects.prefetch_related("values", "in_fields__field"), pk
    )  # fmt: skip
    values = _values(request, kinds.GOAL, record, **_in_chain(request, kinds.GOAL, record, ("measure",)))
    progress = lists.progress(record, timezone.localdate())
    words, state = progress_words(progress, record)
    values |= {
        "fields": [one.field for one in record.in_fields.all()],
        "progress": progress,
        "progress_words": words,
        "progress_state": state or "none",
        "baseline": "·" if record.baseline is None else format_decimal(record.baseline),
        "target": "·" if record.target is None else format_decimal(record.target),
        "measured": [(one, format_decimal(one.value)) for one in record.values.all()],
    }
    return render(request, "planning/staff/measures/goal.html", values)


@needs("planning.read")
def obstacle(request, pk):
    rows = kinds.OBSTACLE.model.objects.select_related("measure", "need").prefetch_related("steps")
    record = rights.find_or_404(request.person, "planning.read", rows, pk)
    values = _values(request, kinds.OBSTACLE, record, state=lists.OBSTACLE_STATES[record.state])
    return render(request, "planning/staff/measures/obstacle.html", values)


@needs("planning.read")
def post(request, pk):
    rows = StaffPost.objects.select_related("measure", "team", "space")
    record = rights.find_or_404(request.person, "planning.read", rows, pk)
    today = timezone.localdate()
    words, state = runway_words(posts.runway(record.ends_on, today), record.ends_on)
    alerts = [(n, posts.alert_day(record.ends_on, n)) for n in posts.ALERTS] if record.ends_on else []
    values = _values(request, kinds.POST, record, runway=words, runway_state=state, alerts=alerts)
    if values["may_write"] and record.ends_on and record.ends_on >= today:
        values["money_url"] = addresses.staff("planning_staff:post_money", request, pk=pk)
        values["alert"] = posts.due_alert(record.ends_on, today, record.alerts_sent)
    return render(request, "planning/staff/measures/post.html", values)


@needs("planning.read")
def team(request, pk):
    rows = kinds.TEAM.model.objects.prefetch_related(
        "members", "posts", "led_measures", "in_measures__measure"
    )
    record = rights.find_or_404(request.person, "planning.read", rows, pk)
    members = list(record.members.all())
    names = actors.names([one.account_id for one in members if one.account_id])
    values = _values(
        request, kinds.TEAM, record, members=[(one, names.get(one.account_id, "")) for one in members],
        may_hand_over=may(request.person, "people.hand_over"),
        asking=asked.this_month(record, timezone.localdate()),
        self_check=selfcheck.in_short(record, timezone.localdate().year),
        may_check=may(request.person, "planning.self_check", record),
    )  # fmt: skip
    return render(request, "planning/staff/measures/team.html", values)


@needs("planning.write")
def tie(request, kind, pk, other):
    """Tie what is entered already: what begins as typed, a button each."""
    sort = kinds.IN_CHAIN.get(kind)
    if sort is None or linking.way_between(kind, other) is None or other not in chain_kinds.by_name:
        raise Http404
    record = rights.find_or_404(request.person, sort.read, sort.model, pk)
    reader = Reader.of(request)
    if request.method == "POST":
        return _tied(request, sort, record, reader)
    typed = request.GET.get("q", "").strip()
    values = {
        "sort": sort,
        "record": record,
        "other": chain_kinds.by_name[other],
        "typed": typed,
        "found": linking.candidates(reader, record, other, typed),
        "back": addresses.staff(f"planning_staff:{kind}", request, pk=pk),
    }
    return render(request, "planning/staff/measures/tie.html", values)


def _tied(request, sort: Sort, record, reader: Reader):
    other = linking.found_by_element(reader, request.POST.get("element", ""))
    try:
        if other is None:
            messages.error(request, _("Please choose a record to link."))
        elif "untie" in request.POST:
            linking.untie(record, other, by=request.person)
            messages.success(request, _("The two are no longer linked."))
        else:
            linking.tie(record, other, by=request.person)
            messages.success(request, _("Linked."))
    except LinkRefused as refusal:
        messages.error(request, refusal.words)
    return redirect(addresses.staff(f"planning_staff:{sort.name}", request, pk=record.pk))
