"""What of the plan waits for somebody, on the work list and on the first page."""

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk import rights
from quartierwerk.chain.models import Link
from quartierwerk.directory.models import Wish
from quartierwerk.directory.work import wish_line
from quartierwerk.languages.days import short_day
from quartierwerk.people.handover import ACTION, Kind
from quartierwerk.people.models import Membership
from quartierwerk.rights import may
from quartierwerk.web import addresses
from quartierwerk.web.work import Line, Pile, piles

from .handover import holders
from .measures import funding_search
from .measures.update.asking import REPORTED_ON
from .models import (
    Campaign,
    Decision,
    HintEvidence,
    Measure,
    Need,
    StaffPost,
    Stage,
    StateReport,
    Task,
    Team,
)
from .readiness import evidence
from .steering.tasks import lists


def _measures(request):
    rows = rights.visible(request.person, "planning.write", Measure.objects.select_related("lead_team"))
    return rows.order_by("ends_on", "sort_key", "pk")


def overdue(request):
    return _measures(request).filter(stage__in=REPORTED_ON, ends_on__lt=timezone.localdate())


def reported_done(request):
    """Measures whose newest word is "done" while their stage is not."""
    told = StateReport.objects.filter(measure=OuterRef("pk")).exclude(light_said="")
    newest = Subquery(told.order_by("-month", "-at").values("light_said")[:1])
    return _measures(request).filter(stage=Stage.RUNNING).annotate(said=newest).filter(said="done")


def posts_ending(request):
    rows = rights.visible(request.person, "planning.write", StaffPost.objects.select_related("team"))
    return rows.filter(funding_search.alerting(timezone.localdate())).order_by("ends_on", "pk")


def new_needs(request):
    rows = rights.visible(request.person, "planning.write", Need.objects.select_related("space"))
    return rows.filter(state=Need.State.NEW).order_by("-urgency", "sort_key", "pk")


def wishes_to_answer(request):
    """Taken up and tied to a need that is met or rejected by now: somebody waits to hear of it."""
    decided = Need.objects.filter(state__in=[Need.State.MET, Need.State.REJECTED])
    led = Link.objects.filter(source__kind="wish", target__in=decided.values("element"))
    rows = rights.visible(request.person, "wishes.read", Wish.objects.filter(state=Wish.State.TAKEN))
    return rows.filter(element__in=led.values("source")).select_related("space").order_by("asked_at", "pk")


def unreachable_teams(request):
    """They lead measures and nobody can be asked."""
    rows = rights.visible(request.person, "planning.write", Team.objects.filter(email="", ended_on=None))
    return rows.filter(led_measures__stage__in=REPORTED_ON).distinct().order_by("position", "sort_key", "pk")


def evidence_lost(request):
    """Linked evidence whose record was deleted or counts no more."""
    if not may(request.person, "planning.write"):
        return HintEvidence.objects.none()
    lost = evidence.lost(timezone.localdate())
    return HintEvidence.objects.filter(pk__in=lost).order_by("hint", "pk")


def campaigns_over(request):
    rows = rights.visible(request.person, "planning.campaign", Campaign.objects.filter(frozen_at=None))
    return rows.filter(closes_on__lt=timezone.localdate()).order_by("closes_on", "pk")


def measure_line(one: Measure, request) -> Line:
    detail = ", ".join(
        filter(None, (str(one.lead_team or ""), short_day(one.ends_on) if one.ends_on else ""))
    )
    return Line(
        one.title, addresses.staff("planning_staff:measure", request, pk=one.pk), detail, one.language
    )


def post_line(one: StaffPost, request) -> Line:
    detail = _("%(share)d %%, until %(day)s") % {"share": one.share_percent, "day": short_day(one.ends_on)}
    return Line(one.title, addresses.staff("planning_staff:post", request, pk=one.pk), detail)


def need_line(one: Need, request) -> Line:
    detail = ", ".join(filter(None, (one.space.name if one.space else "", one.get_urgency_display())))
    return Line(one.title, addresses.staff("planning_staff:need", request, pk=one.pk), detail, one.language)


def evidence_line(one: HintEvidence, request) -> Line:
    url = addresses.staff("planning_staff:readiness", request) + f"#hint-{one.hint}"
    return Line(one.title, url, _("Hint %(n)s") % {"n": one.hint})


def campaign_line(one: Campaign, request) -> Line:
    return Line(
        one.title, addresses.staff("planning_staff:campaign", request, pk=one.pk), short_day(one.closes_on)
    )


def my_tasks(request):
    """With one's own name on them, or of one's team and nobody else's, as far as one may say that they are done."""
    rows = lists.mine(request.person, timezone.localdate())
    return rights.visible(request.person, "planning.finish_task", rows)


def ownerless_tasks(request):
    """Whoever had them works here no more, or the team has ended."""
    rows = rights.visible(request.person, "planning.read_tasks", Task.objects.filter(lists.OPEN))
    here = Membership.objects.current().filter(tenant=request.tenant, account__is_active=True)
    gone = Q(owner_account_id__isnull=False) & ~Q(owner_account_id__in=here.values("account_id"))
    ended = Q(owner_account_id=None, owner_team__ended_on__lt=timezone.localdate())
    return rows.filter(gone | ended).select_related("owner_team").order_by("due_on", "pk")


def ownerless_line(one: Task, request) -> Line:
    """Where all that is left of them is handed over."""
    kind, whose = Kind.PERSON, one.owner_account_id
    if whose is None:
        kind, whose = Kind.TEAM, one.owner_team_id
    return Line(one.words, holders.address(request, kind, whose) if whose else "", until(one))


def until(one: Task) -> str:
    day = short_day(one.due_on)
    return _("overdue since %(day)s") % {"day": day} if one.due_on < timezone.localdate() else day


def task_line(one: Task, request) -> Line:
    detail = ", ".join(filter(None, (until(one), str(one.owner_team or ""), one.comes_from)))
    return Line(one.words, addresses.staff("planning_staff:task", request, pk=one.pk), detail)


def decision_line(one: Decision, request) -> Line:
    url = addresses.staff("planning_staff:decision", request, pk=one.pk)
    return Line(one.words, url, _("decided on %(day)s") % {"day": short_day(one.decided_on)})


def register() -> None:
    def writes(request) -> bool:
        return may(request.person, "planning.write")

    for pile in (
        Pile(
            "plan-tasks",
            gettext_lazy("Your tasks"),
            rows=my_tasks,
            line=task_line,
            visible=lambda request: may(request.person, "planning.finish_task"),
            hint=gettext_lazy("What is yours or your team's to do. Say when it is done."),
            first=6,
            is_aside=True,
            order=98,
        ),
        Pile(
            "plan-ownerless",
            gettext_lazy("Tasks that nobody has any more"),
            rows=ownerless_tasks,
            line=ownerless_line,
            visible=lambda request: (
                may(request.person, ACTION) and may(request.person, "planning.read_tasks")
            ),
            hint=gettext_lazy("Whoever had them does not work here any more. Hand them over."),
            first=3,
            order=98,
        ),
        Pile(
            "plan-decisions",
            gettext_lazy("Decisions whose tasks are done"),
            rows=lambda request: lists.carried_out(request.person),
            line=decision_line,
            visible=lambda request: may(request.person, "planning.decide"),
            hint=gettext_lazy("Say whether the decision is carried out. It does not end by itself."),
            order=99,
        ),
        Pile(
            "plan-overdue",
            gettext_lazy("Measures past their end"),
            rows=overdue,
            line=measure_line,
            visible=writes,
            hint=gettext_lazy("Mark them as done, stop them with a reason, or give them a new last day."),
            first=5,
            order=100,
        ),
        Pile(
            "plan-done",
            gettext_lazy("Measures reported as done"),
            rows=reported_done,
            line=measure_line,
            visible=writes,
            hint=gettext_lazy("A department says so. Look at the steps and mark them as done."),
            first=3,
            order=101,
        ),
        Pile(
            "plan-posts",
            gettext_lazy("Posts whose money ends"),
            rows=posts_ending,
            line=post_line,
            visible=writes,
            hint=gettext_lazy("Begin the search for new money in time, or note that the post may end."),
            first=3,
            order=102,
        ),
        Pile(
            "plan-needs",
            gettext_lazy("New needs"),
            rows=new_needs,
            line=need_line,
            visible=writes,
            hint=gettext_lazy("Accept them, or reject them with a reason that everybody may read."),
            first=4,
            order=103,
        ),
        Pile(
            "plan-wishes",
            gettext_lazy("Wishes whose need was decided on"),
            rows=wishes_to_answer,
            line=wish_line,
            visible=lambda request: writes(request) and may(request.person, "wishes.read"),
            hint=gettext_lazy("Tell who asked for it what became of it, then tick it off as answered."),
            order=104,
        ),
        Pile(
            "plan-teams",
            gettext_lazy("Teams that cannot be asked"),
            rows=unreachable_teams,
            line=lambda one, request: Line(
                str(one), addresses.staff("planning_staff:edit_team", request, pk=one.pk)
            ),
            visible=writes,
            hint=gettext_lazy("They lead measures. Give the mail address of the office."),
            order=105,
        ),
        Pile(
            "plan-evidence",
            gettext_lazy("Evidence that counts no more"),
            rows=evidence_lost,
            line=evidence_line,
            visible=writes,
            hint=gettext_lazy(
                "A hint of the practice rests on it no more. Link another record, or take note."
            ),
            first=3,
            order=106,
        ),
        Pile(
            "plan-campaigns",
            gettext_lazy("Campaigns past their last day"),
            rows=campaigns_over,
            line=campaign_line,
            visible=lambda request: may(request.person, "planning.campaign"),
            hint=gettext_lazy("Close them, so that the numbers of that day stay."),
            order=107,
        ),
    ):
        piles.add(pile)
