"""One field of action in the concept: what there is, what is missing, what shall be reached, what is done."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from quartierwerk.documents.content import (
    Block,
    Facts,
    Heading,
    List,
    Note,
    Paragraph,
    Table,
    TableColumn,
    Text,
    left_to_right,
)
from quartierwerk.languages.numbers import format_decimal

from ..editions.pages import STAGES, STATES, URGENCIES, cost_in_words, day, more_in_words
from ..models import Need, Stage
from ..showing.states import LABELS
from .state import State
from .words import Speech, joined

Row = Mapping[str, Any]


class Chapters:
    """Measures are numbered through the whole paper, so that a council can speak of "measure 12"."""

    def __init__(self, state: State):
        taken = state.picture
        self.state, self.speech = state, Speech(state)
        self.numbers = {row["id"]: at for at, row in enumerate(taken["measures"], 1)}
        self.fields = {row["id"]: row for row in taken["fields"]}
        self.needs = {row["id"]: row for row in taken["needs"]}
        self.goals = {row["id"]: row for row in taken["goals"]}
        self.of_need = _turned(taken["measures"], "needs")
        self.of_goal = _turned(taken["measures"], "goals")

    def of_field(self, field: Row) -> Iterator[Block]:
        """Without its heading."""
        found = {name: self._in(name, field) for name in ("resources", "needs", "goals", "measures")}
        if field["description"]:
            yield Paragraph(self.speech.of(field, "description"))
        if not field["is_detailed"] and not any(found.values()):
            yield Note(
                _("The concept does not deal with this field in detail yet; that is not a zero.")
                if self.state.now
                else _("This edition does not deal with this field in detail; that is not a zero.")
            )
        if found["resources"]:
            yield Heading(_("What there is"), 2)
            yield List([self.speech.own(row["title"]) for row in found["resources"]])
        if found["needs"]:
            yield Heading(_("What is missing"), 2)
            yield self._needs(found["needs"])
        if found["goals"]:
            yield Heading(_("What shall be reached"), 2)
            yield self._goals(found["goals"])
        if found["measures"]:
            yield Heading(_("What is done"), 2)
            for row in found["measures"]:
                yield from self._measure(row, field)

    def _in(self, name: str, field: Row) -> list[Row]:
        return [row for row in self.state.picture[name] if field["id"] in row["fields"]]

    def _needs(self, rows: list[Row]) -> Table:
        columns = [
            TableColumn(_("Need"), width=4.4),
            TableColumn(_("Urgency"), width=1.5),
            TableColumn(_("State"), width=3.2),
            TableColumn(_("Measures"), width=1.5),
        ]
        return Table(
            columns,
            [
                [
                    self.speech.of(row, "title"),
                    str(URGENCIES[Need.Urgency(row["urgency"])]),
                    self._state_of(row),
                    self._named(self.of_need[row["id"]], row["state"]),
                ]
                for row in rows
            ],
        )

    def _state_of(self, row: Row) -> Text:
        words = str(STATES[Need.State(row["state"])])
        if row["state"] != Need.State.REJECTED or not row["rejected_reason"]:
            return words
        return joined([words, self.speech.of(row, "rejected_reason")], ": ")

    def _named(self, measures: list[str], state: str = "") -> Text:
        """Measures by their numbers; a gap is said in words."""
        if measures:
            return left_to_right(", ".join(str(self.numbers[one]) for one in measures))
        settled = state in (Need.State.MET, Need.State.REJECTED)
        return "–" if settled else _("none yet")

    def _goals(self, rows: list[Row]) -> Table:
        today = [TableColumn(_("Reached so far"), width=3.2)] if self.state.now else []
        columns = [
            TableColumn(_("Goal"), width=3.4),
            TableColumn(_("How one will know"), width=3.6),
            *today,
            TableColumn(_("Measures"), width=1.5),
        ]
        cells: list[list[Text]] = []
        for row in rows:
            cells.append([self.speech.of(row, "title"), self._evidence(row)])
            if self.state.now:
                told = self.state.now.progress.get(row["id"], "–") if row["evidence_kind"] else "–"
                cells[-1].append(self.speech.in_order(told))
            cells[-1].append(self._named(self.of_goal[row["id"]]))
        return Table(columns, cells)

    def _evidence(self, row: Row) -> Text:
        match row["evidence_kind"]:
            case "qualitative":
                return self.speech.of(row, "qualitative")
            case "indicator":
                return joined(
                    one
                    for one in (self.speech.own(row["indicator_name"]), _way(row), _until(row["target_on"]))
                    if one
                )
        return _("not agreed yet how one will know")

    def _measure(self, row: Row, field: Row) -> Iterator[Block]:
        """Described where it stands first; other fields name it."""
        number, title = self.numbers[row["id"]], self.speech.of(row, "title")
        first = self.fields[row["fields"][0]]
        if first["id"] != field["id"]:
            where = joined([_("described under"), self.speech.of(first, "name")], " ")
            yield Paragraph(joined([joined([f"{number}.", title], " "), where]))
            return
        yield Heading(joined([f"{number}.", title], " "), 3)
        yield Facts(self._facts(row))

    def _facts(self, row: Row) -> list[tuple[Text, Text | list[Text]]]:
        own = self.speech.own
        now = self.state.now
        state: list[Text] = [str(LABELS[now.standing(row)] if now else STAGES[Stage(row["stage"])])]
        if put_off := row.get("deferred"):
            state.append(joined([_("Put off"), own(put_off)], ": "))
        days = [day(one) for one in (row["starts_on"], row["ends_on"]) if one]
        others: list[Text] = [own(name) for name in (*row["teams"], *row["partners"])]
        if more := more_in_words(row.get("more_partners", 0)):
            others.append(more)
        who: list[Text] = [joined([_("Lead"), own(row["lead"])], ": ")] if row["lead"] else []
        who += [joined([_("Takes part"), joined(others)], ": ")] if others else []
        review = [one for one in (day(row["review_on"]), row["review_how"]) if one]
        found: list[tuple[Text, list[Text]]] = [
            (_("State"), state),
            (_("What?"), [self.speech.of(row, "what")] if row["what"] else [_open()]),
            (_("For whom?"), [own(row["audience"])] if row["audience"] else []),
            (_("When?"), [left_to_right(" – ".join(days))] if days else [_open()]),
            (_("Steps"), self._steps(row)),
            (_("Who leads, who takes part?"), who or [_open()]),
            (_("With which staff and money?"), self._means(row) or [_open()]),
            (_("How is it reviewed?"), [joined(map(own, review), " · ")] if review else [_open()]),
            (_("Where?"), [own(row["space"]) if row["space"] else _("whole municipality")]),
            (_("Why?"), self._titles(row["needs"], self.needs)),
            (_("What for?"), self._titles(row["goals"], self.goals)),
        ]
        return [(term, lines) for term, lines in found if lines]

    def _steps(self, row: Row) -> list[Text]:
        own = self.speech.own
        if not self.state.now:
            return [joined([day(one["due_on"]), own(one["title"])], ": ") for one in row["milestones"]]
        lines = []
        for step in self.state.now.steps.get(row["id"], ()):
            if step.done_on:
                told = _("done on %(day)s") % {"day": day(step.done_on.isoformat())}
            else:
                told = _("until %(last)s") % {"last": day(step.due_on.isoformat())}
                if step.due_on < self.state.day:
                    told = joined([told, _("overdue")])  # type: ignore[assignment]
            lines.append(joined([own(step.title), told]))
        return lines

    def _means(self, row: Row) -> list[Text]:
        lines: list[Text] = []
        if row["hours_per_week"]:
            lines.append(_("%(hours)s hours a week") % {"hours": row["hours_per_week"].replace(".", ",")})
        return lines + [self._cost(line) for line in row["costs"]]

    def _cost(self, line: Row) -> Text:
        if line["planned_cents"] is None:
            return self.speech.own(cost_in_words(line))
        promised = _("promised") if line["is_secured"] else _("not promised yet")
        return joined([self.speech.own(cost_in_words(line)), promised])

    def _titles(self, ids: Iterable[str], known: Mapping[str, Row]) -> list[Text]:
        return [self.speech.of(known[one], "title") for one in ids if one in known]


def _turned(measures: list[Row], name: str) -> Mapping[str, list[str]]:
    """Need or goal → its measures, in the order of the paper."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in measures:
        for one in row[name]:
            found[one].append(row["id"])
    return found


def _open() -> str:
    return _("still to be clarified")


def _way(row: Row) -> str:
    """From where to where an indicator shall go."""
    start, target = (_number(row[name]) for name in ("baseline", "target"))
    if start and target:
        words = _("from %(start)s to %(target)s") % {"start": start, "target": target}
    elif target:
        words = _("target: %(target)s") % {"target": target}
    else:
        words = start and _("at the beginning: %(start)s") % {"start": start}
    return f"{words} {row['unit']}".strip() if words else ""


def _number(value: str) -> str:
    return format_decimal(Decimal(value)) if value else ""


def _until(value: str) -> str:
    return _("until %(last)s") % {"last": day(value)} if value else ""
