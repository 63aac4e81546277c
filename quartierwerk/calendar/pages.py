"""What the calendar's pages show, computed here so that templates only print."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from urllib.parse import urlencode
from uuid import UUID

from django.utils import formats
from django.utils.dates import WEEKDAYS as WEEKDAY_NAMES
from django.utils.translation import gettext as _

from quartierwerk.languages import tags
from quartierwerk.languages.showing import Shown, show_all
from quartierwerk.places import succession
from quartierwerk.places.models import SocialSpace
from quartierwerk.web.asked import as_uuid
from quartierwerk.web.hits import Hit

from . import closing, dates, register
from .models import Answer, PublicDate
from .recurrence import Occurrence, in_words, occurrences
from .register import Entry, Window
from .words import clock, weekday_name

# How far the list looks ahead, and feeds back and ahead.
LIST_DAYS = 120
FEED_BEFORE, FEED_AFTER = timedelta(days=40), timedelta(days=400)
YEARS_AROUND = 5
DAY = timedelta(days=1)
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
SHOWN_IN_A_DAY = 4
COMING_SHOWN = 6


@dataclass(frozen=True)
class Question:
    """What is asked for, read out of the address; nonsense counts as not asked."""

    month: date
    is_list: bool = False
    space: UUID | None = None
    language: str = ""
    also: str = ""  # name of a source that is shown on request

    @classmethod
    def of(cls, request, today: date) -> "Question":
        language = request.GET.get("speaks", "").strip().lower()
        return cls(
            month=_month(request.GET.get("month", ""), today),
            is_list=request.GET.get("view") == "list",
            space=as_uuid(request.GET.get("quarter", "")),
            language=language if _TAG.fullmatch(language) else "",
            also=next((one.name for one in register.on_request() if one.name == request.GET.get("also")), ""),
        )

    def query(self, **changes: object) -> str:
        values = {
            "month": f"{self.month:%Y-%m}",
            "view": "list" if self.is_list else "",
            "quarter": self.space or "",
            "speaks": self.language,
            "also": self.also,
        } | changes
        return "?" + urlencode({name: value for name, value in values.items() if value})


@dataclass(frozen=True)
class Item:
    """One entry on one day. time: "16–18 Uhr", empty where it lasts all day or nobody knows."""

    entry: Entry
    occurrence: Occurrence
    time: str


@dataclass
class Day:
    date: date
    weekday: str
    full: str
    is_today: bool = False
    is_past: bool = False
    reasons: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    @property
    def first_items(self) -> list[Item]:
        return self.items if len(self.items) <= SHOWN_IN_A_DAY + 1 else self.items[:SHOWN_IN_A_DAY]

    @property
    def more_items(self) -> list[Item]:
        return self.items[len(self.first_items) :]


@dataclass
class Month:
    question: Question
    title: str
    days: list[Day]
    before: str
    after: str
    quarters: list[tuple[str, str, bool]]
    spoken: list[tuple[str, str, bool]]
    also: list[tuple[str, str, bool]]
    space: SocialSpace | None
    weekdays: list[str] = field(default_factory=lambda: [str(name) for name in WEEKDAY_NAMES.values()])

    @property
    def column_of_first(self) -> int:
        """1 for Monday: where the first day stands in the grid."""
        return self.days[0].date.weekday() + 1

    @property
    def count(self) -> int:
        return sum(len(day.items) for day in self.days)


@dataclass
class DateList:
    hits: list[Hit]
    # First and last day, and why.
    closing: list[tuple[date, date, str]]


def entries(window: Window, question: Question, request) -> list[Entry]:
    spaces = None
    if question.space:
        spaces = frozenset(succession.with_former([question.space], public=True)[question.space])
    found = [
        entry for source in register.shown(question.also) for entry in source.events(window, spaces, request)
    ]
    if question.language:
        found = [entry for entry in found if question.language in entry.languages]
    return found


def month_page(request, question: Question, today: date) -> Month:
    first = question.month
    last = first.replace(day=monthrange(first.year, first.month)[1])
    everything = entries(Window(first, last), _without_language(question), request)
    shown = [one for one in everything if not question.language or question.language in one.languages]
    quarters = _quarters(request, question)
    space = next((one for one, chosen in quarters if chosen), None)
    closed = closing.closed(request.tenant, first, last)
    reasons = closed.labels({question.space} if question.space else ())
    days = [
        Day(
            day,
            weekday_name_of(day),
            _named(day),
            day == today,
            day < today,
            reasons.get(day, []),
        )
        for day in (first + DAY * number for number in range((last - first).days + 1))
    ]
    for item in items(shown, first, last, cache(closed.days)):
        days[item.occurrence.day.day - 1].items.append(item)
    return Month(
        question=question,
        title=formats.date_format(first, "F Y"),
        days=days,
        before=_neighbour(question, first - DAY, today),
        after=_neighbour(question, last + DAY, today),
        quarters=[
            (one.name, question.query(quarter="" if chosen else one.pk), chosen) for one, chosen in quarters
        ],
        spoken=_spoken(everything, question, request),
        also=[
            (
                str(source.label),
                question.query(also="" if source.name == question.also else source.name),
                source.name == question.also,
            )
            for source in register.on_request()
        ],
        space=space,
    )


def items(
    found: Iterable[Entry], first: date, last: date, closed: Callable[[UUID | None], frozenset[date]]
) -> list[Item]:
    """Every time something takes place, in order."""
    made = [
        Item(entry, occurrence, clock(entry.rule.opens_at, entry.rule.closes_at))
        for entry in found
        for occurrence in occurrences(entry.rule, first, last, closed(entry.space))
    ]
    return sorted(made, key=lambda item: (item.occurrence.start, item.entry.title.text, item.entry.uid))


def date_list(request, question: Question, today: date) -> DateList:
    """What comes next, each entry once, by its next day."""
    last = today + timedelta(days=LIST_DAYS)
    closed = closing.closed(request.tenant, today, last)
    found = entries(Window(today, last), question, request)
    return DateList(
        hits=_once_each(found, closed, request, today, last),
        closing=closed.runs({question.space} if question.space else ()),
    )


def coming_of_organisation(organisation: UUID, request, today: date) -> list[Hit]:
    """What takes place next of an organisation, each date once."""
    last = today + timedelta(days=LIST_DAYS)
    rows = PublicDate.published.with_everything().between(today, last)
    rows = rows.filter(organisation_id=organisation).order_by("starts_on", "opens_at", "pk")
    found = [dates.entry_of(row, request) for row in rows[: dates.MOST]]
    if not found:
        return []
    return _once_each(found, closing.closed(request.tenant, today, last), request, today, last)


def _once_each(found: Iterable[Entry], closed: closing.Closed, request, today: date, last: date) -> list[Hit]:
    """Each entry by its next day."""
    first: dict[str, Item] = {}
    for item in items(found, today, last, cache(closed.days)):
        first.setdefault(item.entry.uid, item)
    return [hit_of(item, request, today) for item in first.values()]


def hit_of(item: Item, request, today: date) -> Hit:
    entry = item.entry
    facts = [("calendar", next_in_words(item.occurrence, item.time))]
    if not entry.rule.is_once:
        facts.append(("clock", in_words(entry.rule, today)))
    if entry.languages:
        facts.append(("language", spoken_in_words(entry.languages, request.lang)))
    return Hit(
        title=entry.title.text,
        url=entry.url,
        lang=entry.title.language if entry.title.language != request.lang else "",
        untranslated=entry.title.is_fallback,
        by=entry.organiser,
        place=entry.place,
        facts=facts,
        tags=[(_("cancelled"), "warn")] if entry.is_cancelled else [],
    )


def next_in_words(occurrence: Occurrence, time: str) -> str:
    day = _("%(weekday)s, %(date)s") % {
        "weekday": weekday_name_of(occurrence.day),
        "date": formats.date_format(occurrence.day, "DATE_FORMAT"),
    }
    return _("%(day)s, %(time)s") % {"day": day, "time": time} if time else day


def weekday_name_of(day: date) -> str:
    return weekday_name(("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day.weekday()])


def _named(day: date) -> str:
    """ "Dienstag, 1. Dezember" """
    names = {"weekday": weekday_name_of(day), "date": formats.date_format(day, "MONTH_DAY_FORMAT")}
    return _("%(weekday)s, %(date)s") % names


def spoken_in_words(languages: Iterable[str], reader: str) -> str:
    comma = "، " if tags.direction(reader) == "rtl" else ", "
    return comma.join(tags.name(tag, reader) for tag in languages)


@dataclass
class DatePage:
    """Everything needed to go there."""

    record: PublicDate
    entry: Entry
    texts: dict[str, Shown]
    when: str
    coming: list[str]
    answers: list[tuple[str, str]]
    is_past: bool

    @property
    def fallbacks(self) -> list[Shown]:
        return [shown for shown in self.texts.values() if shown and shown.is_fallback]


def date_page(record: PublicDate, request, today: date) -> DatePage:
    entry = dates.entry_of(record, request)
    last = today + timedelta(days=366)
    closed = closing.closed(record.tenant, today, last)
    coming = items([entry], today, last, closed.days)
    return DatePage(
        record=record,
        entry=entry,
        texts=show_all(record, request.lang),
        when=in_words(entry.rule, today),
        coming=[next_in_words(item.occurrence, item.time) for item in coming[:COMING_SHOWN]]
        if not entry.rule.is_once
        else [],
        answers=[
            (label, str(getattr(record, f"get_{name}_display")()))
            for name, label in (
                ("step_free", _("Step-free")),
                ("childcare", _("Childcare")),
                ("interpreter", _("Interpreter")),
            )
            if getattr(record, name) != Answer.UNKNOWN
        ],
        is_past=dates.is_past(record, today),
    )


def feed_entries(request, space: UUID | None, today: date) -> list[Entry]:
    window = Window(today - FEED_BEFORE, today + FEED_AFTER)
    return entries(window, Question(today, space=space, also=Question.of(request, today).also), request)


def _quarters(request, question: Question) -> list[tuple[SocialSpace, bool]]:
    rows = SocialSpace.published.filter(kind=SocialSpace.Kind.QUARTER, tenant=request.tenant)
    return [(space, space.pk == question.space) for space in rows.on(question.month)]


def _spoken(found: Iterable[Entry], question: Question, request) -> list[tuple[str, str, bool]]:
    """Languages that this month has something in, and the one that is chosen."""
    known = {tag for entry in found for tag in entry.languages} | ({question.language} - {""})
    named = sorted((tags.name(tag, request.lang), tag) for tag in known)
    return [
        (
            _("speaks %(language)s") % {"language": name},
            question.query(speaks="" if tag == question.language else tag),
            tag == question.language,
        )
        for name, tag in named
    ]


def _without_language(question: Question) -> Question:
    return replace(question, language="")


def _neighbour(question: Question, day: date, today: date) -> str:
    """Address of another month; empty beyond what the pages show, so that no crawler walks on for ever."""
    if abs(day.year - today.year) > YEARS_AROUND:
        return ""
    return question.query(month=f"{day:%Y-%m}")


def _month(typed: str, today: date) -> date:
    try:
        month = date.fromisoformat(f"{typed}-01")
    except ValueError:
        month = today.replace(day=1)
    return month if abs(month.year - today.year) <= YEARS_AROUND else today.replace(day=1)
