"""What the matrix shows: a row for each field, a square for each entry, a hollow one where a link is missing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.chain.register import Reader, kinds
from quartierwerk.places.models import SocialSpace
from quartierwerk.web import addresses
from quartierwerk.web.asked import as_uuid

from ..models import FieldOfAction, Goal, Need, Resource, Stage, Team
from .gaps import COUNTED, WORDS, Gap
from .holding import GOALS, MEASURES, NEEDS, NO_FIELD, PARTS, RESOURCES, Asked, Entry, Holding

SQUARES = 40  # more of them in a cell say no more than the number does
UNFOLDED = 100  # entries of one part of an unfolded field; the list has them all
LABELS = {
    RESOURCES: gettext_lazy("Resources"),
    NEEDS: gettext_lazy("Needs"),
    MEASURES: gettext_lazy("Measures"),
    GOALS: gettext_lazy("Goals"),
}
STATES: dict[str, dict[str, Any]] = {
    RESOURCES: dict(Resource.Kind.choices),
    NEEDS: dict(Need.State.choices),
    MEASURES: dict(Stage.choices),
    GOALS: dict(Goal.Evidence.choices),
}
# In addresses, in place of a field's id.
WITHOUT = "none"
CHAIN = {NEEDS: "need", MEASURES: "measure", GOALS: "goal"}


@dataclass(frozen=True)
class Question:
    """What the address asks for; what it says wrongly counts as not said.

    places  the fields asked for as `Holding.in_field` knows them, and those in no field
    """

    asked: Asked
    unfolded: frozenset[UUID]
    places: frozenset[str]
    query: QueryDict

    def with_(self, **changes: str | None) -> str:
        """The same question with other values, as a query string that begins with ?."""
        query = self.query.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{query.urlencode()}" if query else ""

    def toggled(self, pk: UUID) -> str:
        query = self.query.copy()
        left = sorted(str(one) for one in self.unfolded ^ {pk})
        query.setlist("field", left)
        return f"?{query.urlencode()}#field-{pk}"


def question(query: QueryDict) -> Question:
    kept = QueryDict(mutable=True)
    for name in ("concept", "quarter", "team", "state", "gaps"):
        if value := query.get(name, "").strip():
            kept[name] = value
    unfolded = frozenset(pk for text in query.getlist("field") if (pk := as_uuid(text)))
    kept.setlist("field", [str(pk) for pk in sorted(unfolded)])
    places = {str(pk) for pk in unfolded} | ({NO_FIELD} if WITHOUT in query.getlist("field") else set())
    part, _colon, state = kept.get("state", "").partition(":")
    asked = Asked(
        space=_number(kept.get("quarter", "")),
        team=_number(kept.get("team", "")),
        stage=state if part == MEASURES and state in Stage else "",
        need_state=state if part == NEEDS and state in Need.State else "",
        only_gaps=kept.get("gaps") == "1",
    )
    return Question(asked, unfolded, frozenset(places), kept)


def _number(text: str) -> str | None:
    found = as_uuid(text)
    return str(found) if found else None


@dataclass(frozen=True)
class Gaps:
    words: str
    url: str


@dataclass(frozen=True)
class Cell:
    label: str
    count: int
    url: str
    squares: SafeString
    more: int
    gaps: tuple[Gaps, ...]


@dataclass(frozen=True)
class Line:
    """One entry in an unfolded field."""

    title: str
    url: str
    note: str
    is_gap: bool


@dataclass(frozen=True)
class Column:
    label: str
    lines: list[Line]
    more: str  # the list's address where there are more


@dataclass(frozen=True)
class Row:
    field: FieldOfAction
    cells: list[Cell]
    is_open: bool
    toggle: str
    columns: list[Column]


@dataclass(frozen=True)
class Sum:
    label: str
    count: int
    url: str
    note: str
    gaps: tuple[Gaps, ...]


class Matrix:
    def __init__(self, request: Any, shown: Holding, asked: Question, teams: dict[str, Team]):
        self.request, self.shown, self.asked, self.teams = request, shown, asked, teams
        self.reader = Reader.of(request)

    def rows(self) -> list[Row]:
        return [self._row(field) for field in self.shown.fields]

    def _row(self, field: FieldOfAction) -> Row:
        held = {part: self.shown.in_field[part].get(str(field.pk), []) for part in PARTS}
        is_open = field.pk in self.asked.unfolded and field.is_detailed
        return Row(
            field,
            [self._cell(part, held[part], str(field.pk)) for part in PARTS],
            is_open,
            self.asked.toggled(field.pk),
            [self._column(part, held[part], field) for part in PARTS] if is_open else [],
        )

    def without_field(self) -> list[Cell]:
        """What stands in no field of action; empty where everything does."""
        held = {part: self.shown.in_field[part].get(NO_FIELD, []) for part in PARTS}
        if not any(held.values()):
            return []
        return [self._cell(part, held[part], WITHOUT) for part in PARTS]

    def _cell(self, part: str, held: list[Entry], place: str) -> Cell:
        url = self._list(part, place)
        missing = sum(1 for entry in held if entry.gaps)
        return Cell(
            str(LABELS[part]), len(held), url, _squares(len(held) - missing, missing), max(0, len(held) - SQUARES),
            self._gaps(held, url),
        )  # fmt: skip

    def _gaps(self, held: Iterable[Entry], url: str) -> tuple[Gaps, ...]:
        counted = Counter(gap for entry in held for gap in entry.gaps)
        return tuple(
            Gaps(str(COUNTED[gap] % {"n": counted[gap]}), f"{url}&gap={gap.value}")
            for gap in Gap
            if counted[gap]
        )

    def _list(self, part: str, place: str = "") -> str:
        query = self.asked.query.copy()
        query.setlist("field", [place] if place else [])
        query["part"] = part
        return f"{addresses.staff('planning_staff:entries', self.request)}?{query.urlencode()}"

    def _column(self, part: str, held: list[Entry], field: FieldOfAction) -> Column:
        lines = [
            Line(entry.title, page_of(self.reader, entry), self._note(entry), bool(entry.gaps))
            for entry in held[:UNFOLDED]
        ]
        return Column(
            str(LABELS[part]), lines, self._list(part, str(field.pk)) if len(held) > UNFOLDED else ""
        )

    def _note(self, entry: Entry) -> str:
        return note_of(entry, self.teams)

    def sums(self) -> list[Sum]:
        found = []
        for part in PARTS:
            entries = self.shown.entries(part)
            places = sum(len(held) for held in self.shown.in_field[part].values())
            note = ""
            if places > len(entries):
                note = _("%(places)d entries, since some stand in several fields") % {"places": places}
            url = self._list(part)
            found.append(Sum(str(LABELS[part]), len(entries), url, note, self._gaps(entries, url)))
        return found


def _squares(filled: int, hollow: int) -> SafeString:
    shown = min(filled + hollow, SQUARES)
    missing = min(hollow, shown)
    return mark_safe("<i></i>" * (shown - missing) + '<i class="gap"></i>' * missing)  # noqa: S308


def page_of(reader: Reader, entry: Entry) -> str:
    """Where one works on it, "" where nothing does."""
    if entry.part == RESOURCES:
        return addresses.staff("planning_staff:resource", reader, pk=UUID(entry.pk))
    return kinds.by_name[CHAIN[entry.part]].url(reader, UUID(entry.pk), True)


def note_of(entry: Entry, teams: dict[str, Team]) -> str:
    """One line below the title: what is missing, else what hangs on it."""
    if entry.gaps:
        return " · ".join(str(WORDS[gap]) for gap in entry.gaps)
    state = str(STATES[entry.part].get(entry.state, ""))
    match entry.part:
        case "measures":
            team = teams.get(entry.team) if entry.team else None
            lead = _("Team %(number)s") % {"number": team.number or team.name} if team else _("no lead")
            return f"{lead} · {state}"
        case "goals":
            return entry.note or state
    return state


def filters(asked: Question, spaces: Iterable[SocialSpace], teams: Iterable[Team]) -> list[dict[str, Any]]:
    """The choices above the matrix: name, label, options of (value, words, chosen)."""
    query = asked.query

    def options(name: str, every: str, values: Iterable[tuple[str, str]]) -> list[tuple[str, str, bool]]:
        chosen = query.get(name, "")
        return [("", every, not chosen), *((value, words, value == chosen) for value, words in values)]

    states = [
        (f"{part}:{value}", f"{LABELS[part]}: {words}")
        for part in (NEEDS, MEASURES)
        for value, words in STATES[part].items()
    ]
    return [
        {
            "name": "quarter",
            "label": _("Quarter"),
            "options": options("quarter", _("all quarters"), ((str(one.pk), one.name) for one in spaces)),
        },
        {
            "name": "team",
            "label": _("Team"),
            "options": options("team", _("all teams"), ((str(one.pk), str(one)) for one in teams)),
        },
        {"name": "state", "label": _("State"), "options": options("state", _("every state"), states)},
    ]
