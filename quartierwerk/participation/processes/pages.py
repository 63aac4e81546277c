"""What the pages of a process show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.calendar import pages as calendar
from quartierwerk.calendar.models import Answer, PublicDate
from quartierwerk.languages.numbers import format_amount
from quartierwerk.languages.showing import Shown, show_all
from quartierwerk.tenants.managers import children
from quartierwerk.web import addresses

from ..models import Checked, GroupCount, Phase, Process, Proposal
from . import actions, rules
from .groups import GROUPS

# What a phase invites to, as a reader sees it.
INVITES = {
    Phase.Kind.COLLECT: gettext_lazy("Tell us your ideas"),
    Phase.Kind.DISCUSS: gettext_lazy("Talk about the proposals"),
    Phase.Kind.PRIORITISE: gettext_lazy("Vote for what comes first"),
    Phase.Kind.DECIDE: gettext_lazy("Decide"),
    Phase.Kind.ACCOUNT: gettext_lazy("Read what came of it"),
}


@dataclass(frozen=True)
class Step:
    """One phase on the way; state: past, open or coming."""

    phase: Phase
    words: str
    state: str


@dataclass(frozen=True)
class Entry:
    """A process in a list."""

    process: Process
    title: Shown
    now: str
    until: datetime | None
    is_open: bool
    url: str


def steps(process: Process, at: datetime) -> list[Step]:
    return [
        Step(
            one,
            str(INVITES[Phase.Kind(one.kind)]),
            "past" if one.closes_at <= at else "open" if one.opens_at <= at else "coming",
        )
        for one in sorted(process.phases.all(), key=lambda one: one.opens_at)
    ]


def in_words(process: Process, at: datetime) -> tuple[str, datetime | None]:
    """What can be done now, and until when; or when it goes on."""
    found = actions.spans(process.phases.all())
    if now := rules.phase_at(found, at):
        return str(INVITES[Phase.Kind(now.kind)]), now.closes_at
    if coming := rules.next_phase(found, at):
        return _("begins"), coming.opens_at
    return (_("ended") if found else ""), None


def entries(rows: Iterable[Process], request) -> list[Entry]:
    """Those that run first, those that are over last."""
    at = timezone.now()
    found = []
    for one in rows:
        now, until = in_words(one, at)
        url = addresses.public("participation:process", request, pk=one.pk)
        is_open = bool(actions.open_kind(one, at))
        found.append(Entry(one, show_all(one, request.lang)["title"], now, until, is_open, url))
    return sorted(found, key=lambda one: (not one.is_open, one.until is None, one.until or at))


def published(request):
    """The municipality's own: what a neighbour or the region above asks has its address there."""
    return children(
        Process.published.filter(tenant=request.tenant).select_related("space"), "translations", "phases"
    )


@dataclass(frozen=True)
class Idea:
    """A proposal as a reader sees it."""

    proposal: Proposal
    title: Shown
    words: Shown
    comments: int
    url: str

    @property
    def cost(self) -> str:
        return in_euros(self.proposal.cost_cents)


def in_euros(cents: int | None) -> str:
    return "" if cents is None else format_amount(cents)


def ideas(process: Process, request) -> list[Idea]:
    """What a person has checked, in the order of arrival."""
    rows = children(
        Proposal.published.filter(process=process, state=Checked.SHOWN), "translations", "comments"
    )
    return [idea(one, request) for one in rows]


def idea(one: Proposal, request) -> Idea:
    texts = show_all(one, request.lang)
    comments = [each for each in one.comments.all() if each.state == Checked.SHOWN]
    url = addresses.public("participation:proposal", request, pk=one.pk)
    return Idea(one, texts["title"], texts["words"], len(comments), url)


# What makes a meeting one that everybody can come to.
NEEDED = {
    "childcare": gettext_lazy("Childcare"),
    "interpreter": gettext_lazy("Interpreter"),
    "step_free": gettext_lazy("Step-free"),
    "child_friendly": gettext_lazy("Time that suits families"),
}


@dataclass(frozen=True)
class Meeting:
    """A date of the process: what is taken care of, and what is missing or not known."""

    date: PublicDate
    title: Shown
    when: str
    url: str
    given: list[str]
    missing: list[str]
    unknown: list[str]
    pk: UUID


def meetings(process: Process, request) -> list[Meeting]:
    rows = list(process.meetings(manager="everywhere").order_by("public_date__starts_on"))
    dates = {
        one.pk: one
        for one in PublicDate.published.with_everything().filter(pk__in=[row.public_date_id for row in rows])
    }
    found = []
    for row in rows:
        if not (date := dates.get(row.public_date_id)):
            continue
        answers = {name: getattr(date, name, None) or row.child_friendly for name in NEEDED}
        shown = calendar.date_page(date, request, timezone.localdate())

        def named(answer: str, answers=answers) -> list[str]:
            return [str(NEEDED[name]) for name, one in answers.items() if one == answer]

        found.append(
            Meeting(
                date,
                shown.entry.title,
                shown.when,
                addresses.public("calendar:date", request, pk=date.pk),
                named(Answer.YES),
                named(Answer.NO),
                named(Answer.UNKNOWN),
                row.pk,
            )
        )
    return found


@dataclass(frozen=True)
class WhoTookPart:
    asked: int | None  # None: too few to say
    shares: list[tuple[str, rules.GroupShare]]

    @property
    def missing(self) -> list[str]:
        return [words for words, share in self.shares if share.missing]


def who_took_part(process: Process) -> WhoTookPart:
    counts = {one.group: one for one in GroupCount.objects.filter(process=process)}
    asked = counts[actions.ASKED].n if actions.ASKED in counts else 0
    rows = [
        (
            name,
            counts[name].n if name in counts else 0,
            counts[name].share_percent if name in counts else None,
        )
        for name in GROUPS
    ]
    shares = rules.shares(rows, asked)
    return WhoTookPart(
        asked if asked >= rules.FEWEST else None, [(str(GROUPS[one.group]), one) for one in shares]
    )
