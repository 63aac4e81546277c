"""The filters of the search page in words: what one may choose, how many offers each choice gives, what is chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from quartierwerk.calendar.words import ON_DAY
from quartierwerk.languages import tags
from quartierwerk.languages.names import sort_key
from quartierwerk.places.models import SocialSpace

from ..kinds import KINDS
from ..topics import TOPICS
from .catalogue import Answer
from .near import Near
from .question import DISTANCES, LEVELS, Question

DAY_NAMES = {"today": gettext_lazy("today"), "tomorrow": gettext_lazy("tomorrow"), **ON_DAY}
PART_NAMES = {
    "morning": gettext_lazy("in the morning"),
    "afternoon": gettext_lazy("in the afternoon"),
    "evening": gettext_lazy("in the evening"),
}
# What is switched by one tap, in the order of the page.
SWITCHES = {
    "childcare": gettext_lazy("With childcare"),
    "step_free": gettext_lazy("Step-free"),
    "free": gettext_lazy("Free of charge"),
    "open": gettext_lazy("Open now"),
}
SORT_NAMES = {
    "fit": gettext_lazy("best match"),
    "distance": gettext_lazy("distance"),
    "seats": gettext_lazy("free places"),
    "name": gettext_lazy("name"),
}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Select:
    name: str  # in the address
    label: str
    options: list[Option]


@dataclass(frozen=True)
class Chip:
    """A filter as a link that switches it."""

    label: str
    url: str
    is_on: bool


def chosen(question: Question, quarters: Iterable[SocialSpace], lang: str, near: Near) -> list[Chip]:
    """What is on; a tap takes it away."""
    chips = [
        Chip(label_of(name, question, quarters, lang, near), question.query(**{name: ""}), True)
        for name in question.filters
        if name != "within" or near.point
    ]
    if near.point and question.near and not question.within:
        chips.append(Chip(_("near %(place)s") % {"place": near.label}, question.query(near=""), True))
    return chips


def label_of(name: str, question: Question, quarters: Iterable[SocialSpace], lang: str, near: Near) -> str:
    """A chosen filter in words."""
    value = getattr(question, name)
    if name in SWITCHES:
        return str(SWITCHES[name])
    if name == "topic":
        return str(TOPICS[value].label) if value in TOPICS else value
    if name == "kind":
        return str(KINDS[value].label) if value in KINDS else value
    if name == "level":
        return _("level %(level)s") % {"level": value}
    if name == "space":
        return next((quarter.name for quarter in quarters if str(quarter.pk) == value), _("another quarter"))
    if name == "speaks":
        return _("speaks %(language)s") % {"language": tags.name(value, lang)}
    if name == "day":
        return str(DAY_NAMES[value])
    if name == "time":
        return str(PART_NAMES[value])
    return _("within %(n)s km of %(place)s") % {"n": value, "place": near.label or near.typed}


def switches(question: Question, answer: Answer) -> list[Chip]:
    """One tap each; those that would give nothing are not offered."""
    counts = answer.facets["flags"]
    found = []
    for name, label in SWITCHES.items():
        if getattr(question, name):
            continue
        if name == "open":
            if answer.facets["hours"]:
                found.append(Chip(str(label), question.query(open="1"), False))
        elif counts.get(name):
            found.append(Chip(_counted(str(label), counts[name]), question.query(**{name: "1"}), False))
    return found


def selects(question: Question, answer: Answer, quarters: Iterable[SocialSpace], lang: str) -> list[Select]:
    """The lists of the form, each with what it would give beside the other filters."""
    facets = answer.facets
    labels = _labels(get_language() or "")

    def counted(name: str, group: str) -> list[tuple[str, str, int]]:
        return [(code, label, facets[group].get(code, 0)) for code, label in labels[name]]

    levels = [(code, code, facets["level"].get(code, 0)) for code in LEVELS]
    spaces = [(str(one.pk), one.name, facets["space"].get(str(one.pk), 0)) for one in quarters]
    speaks = sorted(
        ((tag, tags.name(tag, lang), number) for tag, number in facets["speaks"].items()),
        key=lambda one: (one[0] != lang, sort_key(one[1])),
    )
    found = [
        _select("topic", _("Topic"), question.topic, counted("topic", "topic")),
        _select("quarter", _("Quarter"), question.space, spaces, keep_empty=True),
        _select("speaks", _("Language spoken"), question.speaks, speaks),
        _select(
            "day",
            _("Day"),
            question.day,
            counted("day", "hours"),
            counted=False,
            keep_empty=bool(facets["hours"]),
        ),
        _select("time", _("Time of day"), question.time, counted("time", "hours"), counted=not question.day),
        _select("kind", _("Kind of offer"), question.kind, counted("kind", "kind")),
        _select("level", _("Language level"), question.level, levels),
    ]
    return [one for one in found if len(one.options) > 1]


@cache
def _labels(lang: str) -> dict[str, list[tuple[str, str]]]:
    """Codes and words of the lists that are the same everywhere, in the active language: translating them takes a while."""
    return {
        "topic": [(code, str(topic.label)) for code, topic in TOPICS.items()],
        "kind": [(code, str(kind.label)) for code, kind in KINDS.items()],
        "day": [(code, str(label)) for code, label in DAY_NAMES.items()],
        "time": [(code, str(label)) for code, label in PART_NAMES.items()],
    }


def sorts(question: Question, *, with_words: bool, with_point: bool) -> list[Option]:
    now = question.order(with_words=with_words, with_point=with_point)
    names = question.orders(with_words=with_words, with_point=with_point)
    return [Option(name, str(SORT_NAMES[name]), name == now) for name in names]


def distances(question: Question) -> list[Option]:
    anywhere = [Option("", _("any distance"), not question.within)]
    return anywhere + [
        Option(str(n), _("up to %(n)s km") % {"n": n}, question.within == str(n)) for n in DISTANCES
    ]


def _select(
    name: str,
    label: str,
    value: str,
    rows: Iterable[tuple[str, str, int]],
    *,
    counted: bool = True,
    keep_empty: bool = False,
) -> Select:
    options = [Option("", pgettext("filter", "any"), not value)]
    for code, words, number in rows:
        if number or keep_empty or code == value:
            options.append(Option(code, _counted(words, number) if counted else words, code == value))
    return Select(name, label, options)


def _counted(words: str, number: int) -> str:
    return f"{words} ({number})"
