"""What the pages of editions show: the difference of two pictures and a frozen picture, in the reader's words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from quartierwerk.languages.days import short_day
from quartierwerk.languages.numbers import format_amount, format_decimal

from ..measures.rules.money import Sums
from ..models import Need, Stage
from .difference import KINDS, Change, Picture, What, changes

KIND_LABELS = {
    "principle": gettext_lazy("Guiding principle"),
    "fields": gettext_lazy("Fields of action"),
    "measures": gettext_lazy("Measures"),
    "needs": gettext_lazy("Needs"),
    "goals": gettext_lazy("Goals"),
    "resources": gettext_lazy("Resources"),
}
NAMES = {
    "name": gettext_lazy("Name"),
    "title": gettext_lazy("Title"),
    "text": gettext_lazy("Text"),
    "description": gettext_lazy("Description"),
    "is_detailed": gettext_lazy("Detailed"),
    "what": gettext_lazy("What is done"),
    "stage": gettext_lazy("Stage"),
    "fields": gettext_lazy("Fields of action"),
    "lead": gettext_lazy("Lead"),
    "teams": gettext_lazy("Takes part"),
    "partners": gettext_lazy("Partners"),
    "more_partners": gettext_lazy("Partners"),
    "starts_on": gettext_lazy("Begins on"),
    "ends_on": gettext_lazy("Ends on"),
    "hours_per_week": gettext_lazy("Hours per week"),
    "costs": gettext_lazy("Costs"),
    "review_on": gettext_lazy("Reviewed on"),
    "review_how": gettext_lazy("How it is reviewed"),
    "space": gettext_lazy("Quarter"),
    "needs": gettext_lazy("Needs"),
    "goals": gettext_lazy("Goals"),
    "deferred": gettext_lazy("Put off"),
    "stopped_reason": gettext_lazy("Why it was stopped"),
    "state": gettext_lazy("State"),
    "urgency": gettext_lazy("Urgency"),
    "rejected_reason": gettext_lazy("Why it was rejected"),
    "indicator_name": gettext_lazy("Indicator"),
    "unit": gettext_lazy("Unit"),
    "baseline": gettext_lazy("Value at the beginning"),
    "target": gettext_lazy("Target value"),
    "target_on": gettext_lazy("To be reached by"),
    "qualitative": gettext_lazy("Evidence in words"),
}
NUMBERS = {"hours_per_week", "baseline", "target"}
DAYS = {"starts_on", "ends_on", "review_on", "target_on"}
REFERENCES = {"fields", "needs", "goals"}


@dataclass(frozen=True)
class Line:
    """One value that changed, before and after as text; an empty one stands as "nothing"."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Turn:
    title: str
    what: What
    lines: tuple[Line, ...]

    @property
    def word(self) -> str:
        return {What.ADDED: _("new"), What.CHANGED: _("changed"), What.REMOVED: _("no longer part of it")}[
            self.what
        ]


@dataclass(frozen=True)
class Group:
    """All changes of one kind of records."""

    label: str
    turns: tuple[Turn, ...]


def difference(before: Picture, after: Picture) -> list[Group]:
    """Empty where nothing differs."""
    titles = _titles(before) | _titles(after)
    found: dict[str, list[Turn]] = {}
    for change in changes(before, after):
        found.setdefault(change.kind, []).append(_turn(change, titles))
    return [Group(str(KIND_LABELS[kind]), tuple(found[kind])) for kind in KINDS if kind in found]


def _titles(picture: Picture) -> dict[str, str]:
    return {
        row["id"]: row.get("title") or row.get("name", "") for kind in KINDS for row in picture.get(kind, ())
    }


def _turn(change: Change, titles: Mapping[str, str]) -> Turn:
    lines = [
        Line(
            str(NAMES[one.name]),
            in_words(one.name, one.before, titles),
            in_words(one.name, one.after, titles),
        )
        for one in change.turned
    ]
    return Turn(change.title, change.what, tuple(lines))


def in_words(name: str, value: Any, titles: Mapping[str, str]) -> str:
    """A value of a picture as people read it, "" for none."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "deferred" and not value:
        return _("not put off")
    if value in ("", None, []):
        return ""
    if name in DAYS:
        return day(value)
    if name in REFERENCES:
        return ", ".join(titles.get(one, "") for one in value)
    if name in _CHOICES:
        return _CHOICES[name](value)
    if name in NUMBERS:
        return format_decimal(Decimal(value))
    if name == "more_partners":
        return more_in_words(value)
    if name == "costs":
        return "; ".join(map(cost_in_words, value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


# Named here once more, since everybody reads them here: what only staff meet is not translated into all languages.
STAGES = {
    Stage.PROPOSED: pgettext_lazy("stage of a measure", "proposed"),
    Stage.PRIORITISED: pgettext_lazy("stage of a measure", "prioritised"),
    Stage.ADOPTED: pgettext_lazy("stage of a measure", "adopted"),
    Stage.RUNNING: pgettext_lazy("stage of a measure", "running"),
    Stage.DONE: pgettext_lazy("stage of a measure", "done"),
    Stage.STOPPED: pgettext_lazy("stage of a measure", "stopped"),
}
STATES = {
    Need.State.NEW: pgettext_lazy("state of a need", "new"),
    Need.State.ACCEPTED: pgettext_lazy("state of a need", "accepted"),
    Need.State.BEING_MET: pgettext_lazy("state of a need", "being met"),
    Need.State.MET: pgettext_lazy("state of a need", "met"),
    Need.State.REJECTED: pgettext_lazy("state of a need", "rejected"),
}
URGENCIES = {
    Need.Urgency.LOW: pgettext_lazy("urgency", "low"),
    Need.Urgency.MEDIUM: pgettext_lazy("urgency", "medium"),
    Need.Urgency.HIGH: pgettext_lazy("urgency", "high"),
}
_CHOICES: dict[str, Callable[[Any], str]] = {
    "stage": lambda value: str(STAGES[value]),
    "state": lambda value: str(STATES[value]),
    "urgency": lambda value: str(URGENCIES[value]),
}


def day(value: str) -> str:
    return short_day(date.fromisoformat(value)) if value else ""


def cost_in_words(line: Mapping[str, Any]) -> str:
    cents = line["planned_cents"]
    amount = _("amount still to be clarified") if cents is None else format_amount(cents)
    words = f"{line['year']}: {amount}, {line['label']}"
    return f"{words} ({line['source']})" if line["source"] else words


def more_in_words(n: int) -> str:
    """Partners whom only those inside know by name."""
    return ngettext("and %(n)s more", "and %(n)s more", n) % {"n": n} if n else ""


def planned(sums: Sums) -> str:
    """What is still to be clarified is no zero; it has no part in the sum."""
    if sums.unclear and not sums.planned:
        return _("to be clarified")
    return format_amount(sums.planned)


@dataclass(frozen=True)
class Chapter:
    """One field of a frozen picture with what belongs to it."""

    field: Mapping[str, Any]
    resources: list[Mapping[str, Any]]
    needs: list[Mapping[str, Any]]
    goals: list[Mapping[str, Any]]
    measures: list["ShownMeasure"]

    @property
    def is_empty(self) -> bool:
        return not (self.resources or self.needs or self.goals or self.measures)


@dataclass(frozen=True)
class ShownMeasure:
    row: Mapping[str, Any]
    facts: list[tuple[str, list[str]]]


def chapters(picture: Picture) -> list[Chapter]:
    titles = _titles(picture)
    measures = [ShownMeasure(row, _facts(row, titles)) for row in picture["measures"]]
    return [
        Chapter(
            field,
            _of_field(picture["resources"], field),
            _of_field(picture["needs"], field),
            _of_field(picture["goals"], field),
            [one for one in measures if field["id"] in one.row["fields"]],
        )
        for field in picture["fields"]
    ]


def _of_field(rows: Iterable[Mapping[str, Any]], field: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [row for row in rows if field["id"] in row["fields"]]


def _facts(row: Mapping[str, Any], titles: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """The council's five questions, answered as they were when the edition was adopted."""
    days = [day(row["starts_on"]), day(row["ends_on"])]
    when = " – ".join(one for one in days if one)
    means = [cost_in_words(line) for line in row["costs"]]
    if row["hours_per_week"]:
        means.insert(0, _("%(hours)s hours a week") % {"hours": row["hours_per_week"].replace(".", ",")})
    review = [one for one in (day(row["review_on"]), row["review_how"]) if one]
    who = [row["lead"], *row["teams"], *row["partners"], more_in_words(row.get("more_partners", 0))]
    found = [
        (_("What?"), [row["what"]]),
        (_("When?"), [when]),
        (_("Who leads, who takes part?"), [one for one in who if one]),
        (_("With which staff and money?"), means),
        (_("How is it reviewed?"), [" · ".join(review)] if review else []),
        (_("Why?"), [titles.get(one, "") for one in row["needs"]]),
        (_("What for?"), [titles.get(one, "") for one in row["goals"]]),
    ]
    return [(term, lines) for term, lines in found if any(lines)]
