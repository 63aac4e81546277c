"""What the history pages show: versions newest first, each with who, when, and what changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.journal import actors
from quartierwerk.journal.models import JournalEntry
from quartierwerk.journal.register import Versioned
from quartierwerk.languages.days import short_day
from quartierwerk.privacy import history
from quartierwerk.rights import Role

from .tables import Snapshot, latest, snapshots, tables_of
from .wording import Difference, Words

PER_PAGE = 20  # versions
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def number_of(moment: datetime) -> int:
    """A moment in an address, to the last digit that PostgreSQL keeps."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def moment_of(number: int) -> datetime | None:
    try:
        return EPOCH + timedelta(microseconds=number)
    except OverflowError:
        return None


@dataclass
class Thing:
    """One row that changed: the record itself, a text, a contact."""

    title: str
    what: str  # added | changed | removed
    differences: list[Difference]


@dataclass
class Version:
    """All that one transaction changed in a record."""

    at: datetime
    who: str
    things: list[Thing] = field(default_factory=list)
    is_newest: bool = False

    @property
    def number(self) -> int:
        return number_of(self.at)

    @property
    def when(self) -> str:
        """To the second: several versions of a minute are told apart."""
        here = timezone.localtime(self.at)
        return f"{short_day(here)}, {here:%H:%M:%S}"


@dataclass
class History:
    page: Page
    versions: list[Version]


@dataclass(frozen=True)
class Former:
    """A record that was merged into the one whose history is read, as it was called last."""

    pk: UUID
    title: str
    at: datetime


def former_of(kind: Versioned, record: Model) -> list[Former]:
    """The last merged first."""
    merged = dict(kind.former(record))
    if not merged:
        return []
    events = tables_of(kind)[0].events._default_manager.filter(pgh_obj_id__in=merged)
    last = events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    titles = dict(last.values_list("pgh_obj_id", kind.title))
    found = [Former(pk, titles.get(pk, ""), at) for pk, at in merged.items()]
    return sorted(found, key=lambda one: one.at, reverse=True)


def history_of(kind: Versioned, record: Model, number: str | None, reader: str) -> History:
    """One page of versions; the number of queries depends on the kind of record only."""
    tables = tables_of(kind)
    moments = [table.told(record).order_by().values_list("pgh_created_at") for table in tables]
    all_moments = moments[0].union(*moments[1:]).order_by("-pgh_created_at")
    page = Paginator(all_moments, PER_PAGE).get_page(number)
    shown = [at for (at,) in page]
    if not shown:
        return History(page, [])
    told: list[Snapshot] = []
    before: dict[tuple[type[Model], UUID], Snapshot] = {}
    for table in tables:
        forgotten = history.forgotten(table.model, table.of(record)) if table.personal() else {}
        rows = table.told(record).filter(pgh_created_at__range=(shown[-1], shown[0])).order_by("pgh_id")
        told += snapshots(table, rows, forgotten)
        earlier = latest(table, record, Q(pgh_created_at__lt=shown[-1]), forgotten)
        before |= {(table.model, pk): one for pk, one in earlier.items()}
    words = Words(kind, reader, [*told, *before.values()])
    versions = _versions(words, told, before)
    if page.number == 1:
        versions[0].is_newest = True
    return History(page, versions)


def _versions(words: Words, told: list[Snapshot], before: dict) -> list[Version]:
    """Newest first. Several changes of one row in one transaction count as one."""
    by_moment: dict[datetime, list[Snapshot]] = defaultdict(list)
    for one in told:
        by_moment[one.at].append(one)
    who = Who(told)
    versions = []
    for at in sorted(by_moment):
        version = Version(at, who.of(by_moment[at][-1]))
        last = {(one.table.model, one.pk): one for one in by_moment[at]}
        for key, one in last.items():
            old = before.get(key)
            if thing := _thing(words, old, one):
                version.things.append(thing)
            before[key] = one
        versions.append(version)
    return versions[::-1]


def _thing(words: Words, old: Snapshot | None, new: Snapshot) -> Thing | None:
    was_there = old is not None and old.is_there
    if not was_there and not new.is_there:
        return None
    what = "changed" if was_there and new.is_there else "added" if new.is_there else "removed"
    differences = words.differences(old, new)
    return Thing(words.title(new), what, differences) if differences or what != "changed" else None


class Who:
    """Names or functions of those who acted: two queries for a whole page."""

    def __init__(self, told: Iterable[Snapshot]):
        contexts = [one.context for one in told]
        ids = {UUID(context["actor"]) for context in contexts if context.get("actor")}
        self.names = actors.names(ids) if ids else {}
        requests = {context["request"] for context in contexts if context.get("request")}
        entries = JournalEntry.objects.filter(request__in=requests, actor__in=ids) if ids else []
        self.roles = {entry.request: entry.roles for entry in entries}

    def of(self, one: Snapshot) -> str:
        context = one.context
        if context.get("job") == history.MARK:
            return _("erased at somebody's wish, or because its time was over")
        actor = UUID(context["actor"]) if context.get("actor") else None
        function = ", ".join(_label(role) for role in self.roles.get(context.get("request", ""), ()))
        if actor is None:
            job = context.get("job", "")
            return _("automatically (%(job)s)") % {"job": job} if job else _("by the operator")
        name = self.names.get(actor) or _("somebody whose account is gone")
        return f"{name} ({function})" if function else name


def _label(role: str) -> str:
    return str(Role(role).label) if role in Role.values else role
