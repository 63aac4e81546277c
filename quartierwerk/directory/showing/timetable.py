"""When an offer takes place: its rules in words, its next dates, and as a calendar file."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils.translation import get_language

from quartierwerk.calendar import closing, ics
from quartierwerk.calendar.recurrence import Occurrence, Rule, in_words, is_open, occurrences, parse_hours
from quartierwerk.calendar.register import Entry
from quartierwerk.languages import showing
from quartierwerk.languages.showing import Shown
from quartierwerk.tenants.models import Tenant
from quartierwerk.web import addresses

from ..finding import entries
from ..models import Offer

LONGEST_LINE = 90
# As far as dates are computed: a course lasts half a year, and more than a year ahead nobody plans.
HORIZON = timedelta(days=400)
# A calendar's sequence number has 31 bits; seconds since 2026 fit for decades.
SEQUENCES_FROM = 1_767_225_600


def rule_of(row) -> Rule:
    """A row of a schedule as the plain value that is computed with."""
    return Rule(**{one.name: getattr(row, one.name) for one in fields(Rule)})


def rules_of(offer: Offer | entries.Entry) -> list[Rule]:
    """The offer's rules; where it has a term of its own they hold within it."""
    rules = (
        offer.rules if isinstance(offer, entries.Entry) else [rule_of(row) for row in offer.schedules.all()]
    )
    return [_within(rule, offer.starts_on, offer.ends_on) for rule in rules]


def _within(rule: Rule, first: date | None, last: date | None) -> Rule:
    if rule.is_once or not (first or last):
        return rule
    return replace(rule, starts_on=rule.starts_on or first, until=rule.until or last)


def lines(offer: Offer, today: date) -> list[str]:
    return [in_words(rule, today) for rule in rules_of(offer)]


def in_one_line(offer: entries.Entry, hours: Shown, today: date) -> str | Shown:
    """The times for a list: rules where there are some, else the first line of what somebody wrote."""
    if rules := rules_of(offer):
        return _words_of(tuple(rules), today, get_language() or "")
    return replace(hours, text=_cut(hours.text.strip().splitlines()[0])) if hours else ""


# The same hours return in many entries and visits.
@lru_cache(maxsize=4096)
def _words_of(rules: tuple[Rule, ...], today: date, lang: str) -> str:
    return _cut("; ".join(in_words(rule, today) for rule in rules))


def says_no_more(offer: Offer) -> bool:
    """Whether the hours that somebody wrote are all in the rules: then they need not stand there twice."""
    return parse_hours(offer.hours).is_understood


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1].rsplit(" ", 1)[0] + " …"


def next_dates(
    rules: Iterable[Rule], today: date, closed: frozenset[date], last: date | None = None
) -> list[Occurrence]:
    """All dates from today on, in order, as far as one can see."""
    end = min(last or today + HORIZON, today + HORIZON)
    found = [one for rule in rules for one in occurrences(rule, today, end, closed)]
    return sorted(found, key=lambda one: one.start)


def closed_around(tenant: Tenant, today: date) -> closing.Closed:
    """Days on which nothing takes place that skips holidays, from yesterday on as far as one looks; one query."""
    return closing.closed(tenant, today - timedelta(days=1), today + ics.AHEAD)


def open_by(closed: frozenset[date]):
    """The rule by which a catalogue knows what is open now, on these closed days."""

    def check(rules: Sequence[Rule], moment: datetime) -> bool:
        return is_open(rules, moment, closed)

    return check


def as_calendar(offer: Offer, request, today: date) -> str:
    """The offer's dates as a file for one's own calendar; empty where nobody told them."""
    texts = showing.show_all(offer, request.lang)
    page = addresses.public("directory:offer", request, pk=offer.pk)
    entries = [
        Entry(
            uid=f"offer-{offer.pk}-{number}@{request.get_host()}",
            title=texts["title"],
            rule=rule,
            url=page,
            changed_at=offer.changed_at,
            description=texts["description"],
            organiser=offer.organisation.name,
            place=str(offer.address or ""),
            space=offer.space_id,
            # Grows with every change of the record, its times among them.
            sequence=max(int(offer.changed_at.timestamp()) - SEQUENCES_FROM, 0),
        )
        for number, rule in enumerate(rules_of(offer), 1)
    ]
    if not entries:
        return ""
    feed = ics.Feed(texts["title"].text, entries, f"{request.scheme}://{request.get_host()}", request.lang)
    return ics.written(feed, today, closed_around(offer.tenant, today).days)
