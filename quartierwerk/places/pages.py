"""What the pages of quarters show, computed here so that templates only print."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quartierwerk.languages import dates
from quartierwerk.languages.numbers import Ambiguous

from .models import SocialSpace, Succession
from .register import Shape, Way, register


@dataclass(frozen=True)
class AskedDay:
    """The day a list is asked for; `typed` as it stands in the field, `fault` in words."""

    day: date
    typed: str = ""
    fault: str = ""

    @property
    def is_today(self) -> bool:
        return self.day == timezone.localdate()


def asked_day(request: HttpRequest) -> AskedDay:
    typed = request.GET.get("on", "").strip()[:40]
    today = timezone.localdate()
    if not typed:
        return AskedDay(today)
    try:
        return AskedDay(dates.parse_date(typed), typed)
    except dates.NoSuchDay as fault:
        last = dates.format_date(fault.last)
        return AskedDay(
            today, typed, _("This day does not exist. The last of its month is %(day)s.") % {"day": last}
        )
    except (dates.NotADate, Ambiguous):
        return AskedDay(today, typed, _("Please write the day like 31.10.2026."))


@dataclass(frozen=True)
class PublicRow:
    space: SocialSpace
    numbers: list[tuple[str, str]]
    """(words, address) of each way, "" without address where there is nothing."""


def public_rows(spaces: Iterable[SocialSpace], request: HttpRequest) -> list[PublicRow]:
    rows = list(spaces)
    ids = [space.pk for space in rows]
    ways = register.ways_of(request)
    counts = {way.name: way.counts(request, ids) for way in ways}
    return [PublicRow(space, [_number(way, counts, space, request) for way in ways]) for space in rows]


def _number(
    way: Way, counts: dict[str, dict[UUID, int]], space: SocialSpace, request: HttpRequest
) -> tuple[str, str]:
    n = counts[way.name].get(space.pk, 0)
    return way.counted(n), way.url(request, space.pk) if n else ""


def public_map(spaces: Iterable[SocialSpace], request: HttpRequest) -> SafeString | str:
    """The quarters as links to the first way, the table beside saying the same."""
    way = next(iter(register.ways.values()), None)
    shapes = [
        Shape(
            space.name,
            space.outline,
            link=way.url(request, space.pk) if way else "",
            link_name=way.link_name(space.name) if way else "",
        )
        for space in spaces
    ]
    title = _("Quarters of %(town)s") % {"town": request.tenant.name}  # type: ignore[attr-defined]
    return register.draw(shapes, title, _("Choose a quarter to see what is there."))


def staff_map(
    spaces: Iterable[SocialSpace], title: str, current: SocialSpace | None = None, link=None
) -> SafeString | str:
    shapes = [
        Shape(
            space.name,
            space.outline,
            link=link(space) if link else "",
            link_name=space.name if link else "",
            is_current=current is not None and space.pk == current.pk,
        )
        for space in spaces
    ]
    return register.draw(shapes, title, title)


def neighbours(space: SocialSpace, day: date) -> QuerySet[SocialSpace]:
    """Areas of the same kind on a day, the space itself among them: what its outline is looked at beside."""
    return SocialSpace.objects.filter(kind=space.kind).on(day).exclude(outline=None)


def day_within(space: SocialSpace) -> date:
    """Today, or for a former or future space the nearest day on which it holds."""
    today = timezone.localdate()
    if space.valid_from and today < space.valid_from:
        return space.valid_from
    if space.valid_until and today >= space.valid_until:
        return space.valid_until - timedelta(days=1)
    return today


def succession(space: SocialSpace) -> tuple[list[SocialSpace], list[SocialSpace]]:
    """What the space came from, and what took its place."""
    rows = Succession.objects.filter(earlier=space) | Succession.objects.filter(later=space)
    pairs = list(rows.select_related("earlier", "later").order_by("earlier__sort_key", "later__sort_key"))
    before = [pair.earlier for pair in pairs if pair.later_id == space.pk]
    return before, [pair.later for pair in pairs if pair.earlier_id == space.pk]
