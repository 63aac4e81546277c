"""What of the plan is handed over: measures, tasks, seats in groups, functions in teams, posts."""

from datetime import timedelta
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.languages.days import short_day
from quartierwerk.people.handover import BOTH, PERSONS, TEAMS, Holder, Kind, Line, NotTaken, Sort, handover

from ..models import Group, GroupMember, Measure, StaffPost, Stage, Task, TeamMember

ENDED = (Stage.DONE, Stage.STOPPED)
FUNCTIONS = "team_functions"
# Whoever has it and sits in a group reads its meetings; with a function in a team she reads what the team leads.
WORKS_ON_THE_PLAN = "planning.read_editions"

P = TypeVar("P", GroupMember, TeamMember)


def _of(holder: Holder, account: str, team: str) -> Q:
    """The rows of a person with an account, or of a team."""
    if holder.kind == Kind.TEAM:
        return Q(**{team: holder.team_id})
    return Q(**{account: holder.account_id}) if holder.account_id else Q(pk__in=[])


def _person(holder: Holder) -> Q:
    """Rows that name people: by account. Only who has none is known by her name, and only in the team she was chosen in."""
    if holder.account_id:
        return Q(account_id=holder.account_id)
    if not holder.name:
        return Q(pk__in=[])
    return Q(account_id=None, name=holder.name, team=holder.team_id)


def _running() -> Q:
    """Beyond today: `until` is the last day."""
    return Q(until=None) | Q(until__gt=timezone.localdate())


# Measures


def _measures(holder: Holder) -> QuerySet[Measure]:
    rows = Measure.objects.exclude(stage__in=ENDED).select_related("lead_team")
    return rows.filter(_of(holder, "lead_account_id", "lead_team")).order_by("sort_key", "pk")


def _measure_line(row: Measure) -> Line:
    detail = ", ".join(filter(None, (str(row.lead_team or ""), row.get_stage_display())))
    return Line(row.title, detail, ("planning_staff:measure", {"pk": row.pk}))


def _give_measure(row: Measure, holder: Holder, to: Holder) -> Measure:
    """A team's person in the lead goes with the team that she worked for."""
    if to.kind == Kind.TEAM:
        row.lead_team_id, row.lead_account_id = to.team_id, None
        row.teams.filter(team=to.team_id).delete()
    else:
        row.lead_account_id = to.account_id
    row.save(update_fields=["lead_team", "lead_account_id", "changed_at"])
    return row


# Tasks


def _tasks(holder: Holder) -> QuerySet[Task]:
    rows = Task.objects.filter(done_on=None, withdrawn_reason="")
    return rows.filter(_of(holder, "owner_account_id", "owner_team")).order_by("due_on", "pk")


def _task_line(row: Task) -> Line:
    detail = _("due on %(day)s") % {"day": short_day(row.due_on)}
    return Line(row.words, detail, ("planning_staff:task", {"pk": row.pk}))


def _give_task(row: Task, holder: Holder, to: Holder) -> Task:
    if to.kind == Kind.TEAM:
        row.owner_team_id, row.owner_account_id = to.team_id, None
    else:
        row.owner_account_id = to.account_id
    row.save(update_fields=["owner_team", "owner_account_id"])
    return row


# Seats in groups and functions in teams


def _seats(holder: Holder) -> QuerySet[GroupMember]:
    rows = GroupMember.objects.filter(_running(), group__ended_on=None).select_related("group", "team")
    mine = Q(team=holder.team_id) if holder.kind == Kind.TEAM else _person(holder)
    return rows.filter(mine).order_by("group__name", "function", "pk")


def _seat_line(row: GroupMember) -> Line:
    detail = ", ".join(filter(None, (row.function, row.name)))
    return Line(str(row.group), detail, ("planning_staff:group", {"pk": row.group_id}))


def _functions(holder: Holder) -> QuerySet[TeamMember]:
    rows = TeamMember.objects.filter(_running()).select_related("team")
    mine = Q(team=holder.team_id) if holder.kind == Kind.TEAM else _person(holder)
    return rows.filter(mine).order_by("team__position", "team__sort_key", "pk")


def _function_line(row: TeamMember) -> Line:
    leads = _("leads the team") if row.is_lead else _("deputy") if row.is_deputy else ""
    detail = ", ".join(filter(None, (row.function, row.name, leads)))
    return Line(str(row.team), detail, ("planning_staff:team", {"pk": row.team_id}))


def _refuse_second_vote(seat: GroupMember, to: Holder) -> None:
    """Nobody votes twice in a group. Raises NotTaken."""
    Group.objects.select_for_update(no_key=True).get(pk=seat.group_id)
    others = GroupMember.objects.filter(_running(), group=seat.group_id, is_voting=True).exclude(pk=seat.pk)
    if seat.is_voting and others.filter(account_id=to.account_id).exists():
        words = _("%(name)s has a vote in this group already. Choose somebody else, or let the seat end.")
        raise NotTaken(words % {"name": to.name})


def _give_seat(row: GroupMember, holder: Holder, to: Holder) -> GroupMember:
    if to.kind == Kind.PERSON:
        _refuse_second_vote(row, to)
    return _give_place(row, holder, to)


def _give_place(row: P, holder: Holder, to: Holder) -> P:
    """What was done in it stays with who did it: the old row ends, and one like it begins."""
    if to.kind == Kind.TEAM:
        row.team_id = to.team_id  # type: ignore[assignment]
        row.save(update_fields=["team"])
        return row
    follower = type(row).objects.get(pk=row.pk)
    follower.pk, follower._state.adding, follower.until = None, True, None
    follower.pk = type(row)._meta.pk.get_default()
    follower.account_id, follower.name = to.account_id, to.name
    follower.function = follower.function or to.name
    if isinstance(follower, GroupMember):
        # Today it is still held by who hands it over.
        follower.since = timezone.localdate() + timedelta(days=1)
    follower.save()
    end_place(row)
    return follower


def end_place(row: Model) -> None:
    """Today is the last day."""
    row.until = timezone.localdate()  # type: ignore[attr-defined]
    row.save(update_fields=["until"])


# Posts of a team


def _posts(holder: Holder) -> QuerySet[StaffPost]:
    rows = StaffPost.objects.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))
    return rows.filter(_of(holder, "pk", "team") if holder.kind == Kind.TEAM else Q(pk__in=[])).order_by(
        "title", "pk"
    )


def _give_post(row: StaffPost, holder: Holder, to: Holder) -> StaffPost:
    row.team_id = to.team_id
    row.save(update_fields=["team"])
    return row


def _whom(holder: Holder) -> frozenset[Kind]:
    """What a team leads and owns stays with a team; a person's may go to either."""
    return TEAMS if holder.kind == Kind.TEAM else BOTH


def register() -> None:
    for sort in (
        Sort(
            "measures", gettext_lazy("Measures in the lead"), rows=_measures, line=_measure_line, give=_give_measure,
            takes=_whom, reads="planning.read_measures", lets="planning.read_measures",
        ),
        Sort(
            "tasks", gettext_lazy("Open tasks"), rows=_tasks, line=_task_line, give=_give_task, takes=_whom,
            reads="planning.read_tasks", lets="planning.finish_task",
        ),
        Sort(
            "seats", gettext_lazy("Seats in groups"), rows=_seats, line=_seat_line, give=_give_seat, takes=_seats_go_to,
            reads="planning.read", lets=WORKS_ON_THE_PLAN, end=end_place,
        ),
        Sort(
            FUNCTIONS, gettext_lazy("Functions in teams"), rows=_functions, line=_function_line, give=_give_place,
            takes=_seats_go_to, reads="planning.read", lets=WORKS_ON_THE_PLAN, end=end_place,
        ),
        Sort(
            "team_posts", gettext_lazy("Posts of the team"), rows=_posts,
            line=lambda row: Line(row.title, f"{row.share_percent} %", ("planning_staff:post", {"pk": row.pk})),
            give=_give_post, takes=lambda holder: TEAMS, reads="planning.read",
        ),
    ):  # fmt: skip
        handover.add(sort)


def _seats_go_to(holder: Holder) -> frozenset[Kind]:
    """A person's place is taken by a person; those of a team move with it."""
    return TEAMS if holder.kind == Kind.TEAM else PERSONS
