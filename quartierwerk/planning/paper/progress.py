"""How far the concept is, on two pages: for the council, its committees, the press. Only what is public."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape

from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk.documents.content import (
    Block,
    Document,
    Facts,
    Heading,
    List,
    Paragraph,
    Table,
    TableColumn,
    Text,
)
from quartierwerk.languages.days import short_day
from quartierwerk.languages.numbers import format_whole

from ..matrix.gaps import SETTLED_NEEDS
from ..measures.rules import light
from ..showing import words
from ..showing.states import LABELS
from ..showing.states import State as Standing
from . import concept, figures
from .state import Now, State
from .words import Speech, joined

# So that two pages hold it, however large the concept is: what is left out is counted.
MOST_MEASURES, MOST_GOALS, MOST_STEPS = 8, 6, 8
LONGEST, LONGEST_REASON = 80, 120  # characters
AHEAD = timedelta(days=91)
WORRYING = (Standing.BEHIND, Standing.NO_REPORT, Standing.AT_RISK)


def document(state: State) -> Document:
    """state: of today."""
    if state.now is None:
        raise ValueError("a report on progress tells of today")
    speech = Speech(state)
    return Document(
        title=_("How far we are: %(title)s") % {"title": state.title},
        lang=state.lang,
        blocks=list(_blocks(state, state.now, speech)),
        publisher=speech.own(state.town),
        notice=concept.notice(state),
        date=_("As of %(day)s.") % {"day": date_format(state.day, "DATE_FORMAT")},
        page_label=_("Page {page} of {pages}"),
        author=state.town,
    )


def _blocks(state: State, now: Now, speech: Speech) -> Iterator[Block]:
    yield Paragraph(_in_short(state, now), "lead")
    yield Facts(_counts(state, now))
    yield Heading(_("What needs attention"))
    yield from _worries(state, now, speech)
    yield Heading(_("Money by year"))
    yield figures.money_table(state) if state.counted.years else Paragraph(_("No money is planned."))
    yield Heading(_("Goals"))
    yield from _goals(state, now, speech)
    yield Heading(_("The next three months"))
    yield from _next(state, now, speech)


def _standings(state: State, now: Now) -> Counter:
    return Counter(map(now.standing, state.picture["measures"]))


def _in_short(state: State, now: Now) -> str:
    counted = _standings(state, now)
    under_way = sum(counted[one] for one in (Standing.ON_TRACK, *WORRYING))
    told = ngettext(
        "%(n)s measure is under way, %(ok)s of them on track. %(done)s are done.",
        "%(n)s measures are under way, %(ok)s of them on track. %(done)s are done.",
        under_way,
    )
    return told % {"n": under_way, "ok": counted[Standing.ON_TRACK], "done": counted[Standing.DONE]}


def _counts(state: State, now: Now) -> list[tuple[Text, Text | list[Text]]]:
    counted = _standings(state, now)
    lights = ", ".join(f"{label} {counted[one]}" for one, label in LABELS.items() if counted[one])
    needs = Counter(row["state"] for row in state.picture["needs"])
    total = state.counted.total
    told = (
        (_("planned"), figures.planned(total)),
        (_("of that promised"), figures.secured(total)),
        (_("spent"), figures.spent(total)),
    )
    return [
        (_("Measures"), f"{state.counted.measures}: {lights}" if lights else "0"),
        (
            _("Needs"),
            _("%(all)s known, %(met)s met, %(open)s without a measure")
            % {"all": len(state.picture["needs"]), "met": needs["met"], "open": _open_needs(state, now)},
        ),
        (_("Money"), joined(joined(one, ": ") for one in told)),
    ]


def _open_needs(state: State, now: Now) -> int:
    return sum(
        row["id"] not in now.answered and row["state"] not in SETTLED_NEEDS for row in state.picture["needs"]
    )


def _worries(state: State, now: Now, speech: Speech) -> Iterator[Block]:
    found = [row for row in state.picture["measures"] if now.standing(row) in WORRYING]
    found.sort(key=lambda row: WORRYING.index(now.standing(row)))
    if not found:
        yield Paragraph(_("Nothing: every measure that has begun is on track."))
        return
    columns = [
        TableColumn(_("Measure"), width=3.4),
        TableColumn(_("State"), width=1.3),
        TableColumn(_("Why"), width=3.6),
        TableColumn(_("Responsible"), width=2.4),
    ]
    rows = [
        [
            speech.own(_short(row["title"])),
            str(LABELS[now.standing(row)]),
            _why(now.lights[row["id"]], state.source),
            speech.own(row["lead"] or "–"),
        ]
        for row in found[:MOST_MEASURES]
    ]
    yield Table(columns, rows, note=_more(len(found) - MOST_MEASURES))


def _why(shown: light.Shown, language: str) -> str:
    """As its page says it to everybody."""
    told = unescape(strip_tags(words.first_of(shown.reasons, language)))
    return _short(told, LONGEST_REASON) if told else "–"


def _goals(state: State, now: Now, speech: Speech) -> Iterator[Block]:
    measured = [row for row in state.picture["goals"] if row["evidence_kind"] == "indicator"]
    if not measured:
        yield Paragraph(_("No goal has an indicator yet."))
        return
    columns = [
        TableColumn(_("Goal"), width=3),
        TableColumn(_("Indicator"), width=3),
        TableColumn(_("Reached so far"), width=3),
    ]
    rows: list[list[Text]] = [
        [
            speech.own(_short(row["title"])),
            speech.own(_short(row["indicator_name"])),
            now.progress.get(row["id"], "–"),
        ]
        for row in measured[:MOST_GOALS]
    ]
    yield Table(columns, rows, note=_more(len(measured) - MOST_GOALS))


def _next(state: State, now: Now, speech: Speech) -> Iterator[Block]:
    titles = {row["id"]: row["title"] for row in state.picture["measures"]}
    found: list[tuple[date, str, str]] = sorted(
        (step.due_on, titles[pk], step.title)
        for pk, steps in now.steps.items()
        if pk in titles
        for step in steps
        if step.done_on is None and state.day <= step.due_on <= state.day + AHEAD
    )
    if not found:
        yield Paragraph(_("No step is due."))
        return
    yield List(
        [
            joined(
                [
                    short_day(day),
                    joined([speech.own(_short(step)), speech.own(_short(title))], " · "),
                ],
                ": ",
            )
            for day, title, step in found[:MOST_STEPS]
        ]
    )
    if more := _more(len(found) - MOST_STEPS):
        yield Paragraph(more, "small")


def _more(n: int) -> str:
    if n <= 0:
        return ""
    return _("further ones: %(n)s") % {"n": format_whole(n)}


def _short(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
