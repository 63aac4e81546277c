"""Records of the plan and of the directory that prove a hint, and the day each of them speaks of."""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.directory.kinds import OfferKind
from quartierwerk.directory.models import Offer
from quartierwerk.tenants.models import Visibility

from ..models import (
    Campaign,
    Concept,
    CouncilDecision,
    Edition,
    Group,
    Meeting,
    PlanLink,
    PrincipleVersion,
    StaffPost,
)
from .register import EvidenceKind, Found, kinds

MOST = 50  # records of a kind that one chooses from

Numbers = Collection[UUID] | None


def _of(rows: QuerySet, numbers: Numbers) -> QuerySet:
    return rows[:MOST] if numbers is None else rows.filter(pk__in=numbers)


def campaigns(concept: Concept, day: date, numbers: Numbers) -> Iterator[Found]:
    for row in _of(Campaign.objects.filter(concept=concept).defer("snapshot"), numbers):
        on = timezone.localdate(row.frozen_at) if row.frozen_at else None
        yield Found(row.pk, row.title, on, "" if on else _("The campaign is not closed yet."))


def principles(concept: Concept, day: date, numbers: Numbers) -> Iterator[Found]:
    rows = PrincipleVersion.objects.filter(principle__concept=concept).select_related("principle")
    for row in _of(rows.order_by("-number"), numbers):
        title = _("%(title)s, version %(n)s") % {"title": row.principle.title, "n": row.number}
        fault = "" if row.adopted_on else _("This version is not adopted yet.")
        yield Found(row.pk, title, row.adopted_on, fault)


def editions(concept: Concept, day: date, numbers: Numbers) -> Iterator[Found]:
    rows = Edition.objects.filter(concept=concept).defer("content").select_related("decision")
    for row in _of(rows, numbers):
        on = row.decision.decided_on if row.decision and row.state == Edition.State.ADOPTED else None
        yield Found(row.pk, row.title, on, "" if on else _("This edition is not adopted."))


def council_decisions(concept: Concept, day: date, numbers: Numbers) -> Iterator[Found]:
    for row in _of(CouncilDecision.objects.filter(concept=concept), numbers):
        yield Found(row.pk, str(row), row.decided_on)


def groups(concept: Concept, day: date, numbers: Numbers) -> Iterator[Found]:
    """A group speaks of the day on which it last met."""
    met = Max("meetings__starts_at", filter=Q(meetings__state=Meeting.State.HELD))
    for row in _of(Group.objects.filter(concept=concept).annotate(met=met), numbers):
        ended = row.ended_on is not None and row.ended_on < day
        fault = _("The group has ended.") if ended else "" if row.met else _("The group has not met yet.")
        yield Found(row.pk, row.name, timezone.localdate(row.met) if row.met else None, fault)


def kick_offs(concept: Concept, day: date, numbers: Numbers) -> Iterator[Found]:
    yield from _meetings(Meeting.objects.filter(concept=concept, kind=Meeting.Kind.KICK_OFF), numbers)


def meetings(concept: Concept, day: date, numbers: Numbers) -> Iterator[Found]:
    yield from _meetings(Meeting.objects.filter(concept=concept, kind=Meeting.Kind.MEETING), numbers)


def _meetings(rows: QuerySet, numbers: Numbers) -> Iterator[Found]:
    for row in _of(rows, numbers):
        fault = "" if row.state == Meeting.State.HELD else _("It has not been held.")
        yield Found(row.pk, row.title, timezone.localdate(row.starts_at), fault)


def documents(concept: Concept, day: date, numbers: Numbers) -> Iterator[Found]:
    rows = PlanLink.objects.filter(Q(concept=concept) | Q(concept=None))
    for row in _of(rows, numbers):
        yield Found(row.pk, row.title, None)


def posts(concept: Concept, day: date, numbers: Numbers) -> Iterator[Found]:
    """A filled post in a neighbourhood office that the directory knows and that was confirmed lately (hint 5)."""
    rows = StaffPost.objects.filter(is_neighbourhood_office=True).select_related("office")
    for row in _of(rows, numbers):
        confirmed = row.office.confirmed_at if row.office else None
        yield Found(row.pk, row.title, timezone.localdate(confirmed) if confirmed else None, _fault(row, day))


def _fault(post: StaffPost, day: date) -> str:
    if not post.filled:
        return _("The post is not filled.")
    if (post.starts_on and post.starts_on > day) or (post.ends_on and post.ends_on < day):
        return _("The post does not run at present.")
    if post.office is None:
        return _("The post names no neighbourhood office of the directory.")
    if post.office.visibility != Visibility.PUBLIC:
        return _("The neighbourhood office is not shown in the directory.")
    return "" if post.office.confirmed_at else _("The neighbourhood office has never been confirmed.")


def meeting_places(concept: Concept, day: date, numbers: Numbers) -> Iterator[Found]:
    """Entries of the directory marked as open meeting places, the last confirmed first (hint 6)."""
    rows = Offer.objects.filter(kind=OfferKind.MEETING_PLACE).order_by("-confirmed_at", "sort_key", "pk")
    if numbers is None:
        rows = rows.filter(visibility=Visibility.PUBLIC).exclude(confirmed_at=None)
    for row in _of(rows, numbers):
        fault = "" if row.visibility == Visibility.PUBLIC else _("The entry is not shown in the directory.")
        on = timezone.localdate(row.confirmed_at) if row.confirmed_at else None
        yield Found(row.pk, row.title, on, fault or ("" if on else _("The entry has never been confirmed.")))


# A kick-off is shown by having been held: no paper stands for it.
DOCUMENTED = frozenset({1, 2, 3, 4})


def register() -> None:
    for kind in (
        EvidenceKind("campaign", gettext_lazy("Taking stock"), campaigns, frozenset({1}), route="planning_staff:campaign"),
        EvidenceKind(
            "principle_version", gettext_lazy("Guiding principle"), principles, frozenset({2}), route="planning_staff:principle"
        ),
        EvidenceKind("edition", gettext_lazy("Edition of the concept"), editions, frozenset({3}), route="planning_staff:edition"),
        EvidenceKind(
            "council_decision", gettext_lazy("Decision of the council"), council_decisions, frozenset({4}),
            frozenset({2, 3}),
        ),
        EvidenceKind("group", gettext_lazy("Group"), groups, supports=frozenset({1, 2, 3})),
        EvidenceKind(
            "staff_post", gettext_lazy("Post in a neighbourhood office"), posts, frozenset({5}), route="planning_staff:post",
            by_itself=True,
        ),
        EvidenceKind(
            "meeting_place", gettext_lazy("Open meeting place"), meeting_places, frozenset({6}),
            route="directory_staff:offer", by_itself=True
        ),
        EvidenceKind("kick_off", gettext_lazy("Public kick-off"), kick_offs, frozenset({7}), route="planning_staff:meeting"),
        EvidenceKind("meeting", gettext_lazy("Meeting"), meetings, supports=frozenset({3, 4}), route="planning_staff:meeting"),
        EvidenceKind(
            "document", gettext_lazy("Document"), documents, DOCUMENTED, asks_day=True
        ),
    ):  # fmt: skip
        kinds.add(kind)
