"""All offers a portal shows, as sets that filters combine: lists of 100,000 offers answer in milliseconds.

Derived from the database and kept by each process until the stamp of changes differs (`changes.py`). It holds numbers
and codes only; whatever is shown is read again under the reader's rights.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import cos, radians
from uuid import UUID

import numpy as np

from quartierwerk.calendar.rule import Rule

from . import bits, hours
from .bits import Dimension
from .distance import SAME_WAY_KM, kilometres, middle_of
from .question import DAYS, Question

NO_END = date.max.toordinal()
UNKNOWN = -1  # free places of which nobody told
FULL = 2  # as the key of an order: behind every number of free places and behind unknown ones
KM_OF_A_DEGREE = 110  # of latitude, rather too little: a square around a circle may be too large only


@dataclass(frozen=True, slots=True)
class Row:
    """What a search may ask of one offer. Unknown is absent, and matches nothing (R6.03)."""

    id: UUID
    tenant: int
    kind: str = "general"
    topics: Sequence[str] = ()
    level: str = ""
    languages: Sequence[str] = ()
    spaces: Iterable[str] = ()
    flags: Iterable[str] = ()  # childcare, step_free, free: those that are certain
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None
    last_day: date | None = None
    free_seats: int | None = None
    rules: Sequence[Rule] = ()


class Answer:
    """Offers that fit, best first, and what other choices would give. A slice of it sorts no more than it must."""

    def __init__(
        self, catalogue: "Catalogue", rows: np.ndarray, keys: Sequence[np.ndarray], facets: dict, away
    ):
        """rows by name; keys: what they are sorted by before it, the weightiest first; away: km, or None"""
        self._catalogue, self._rows, self._keys, self._away = catalogue, rows, keys, away
        self.facets: dict[str, dict[str, int]] = facets

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, part: slice) -> list[UUID]:
        first, last, _step = part.indices(len(self))
        ids = self._catalogue.ids
        return [UUID(int=ids[place]) for place in self._best(last)[first:].tolist()]

    def _best(self, number: int) -> np.ndarray:
        rows, keys = self._rows, self._keys
        if not keys:
            return rows[:number]
        if 0 < number < len(rows) // 2:
            # Of a hundred thousand rows the first twenty: only those whose weightiest key may stand there.
            possible = keys[0] <= np.partition(keys[0], number - 1)[number - 1]
            rows, keys = rows[possible], [key[possible] for key in keys]
        return rows[np.lexsort(keys[::-1])][:number]

    def kilometres(self, pk: UUID) -> float | None:
        """How far an offer is; None where nobody asked or knows."""
        if self._away is None:
            return None
        away = float(self._away[self._catalogue.places[pk.int]])
        return None if np.isnan(away) else away


IsOpen = Callable[[Sequence[Rule], datetime], bool]


class Catalogue:
    def __init__(self, rows: Sequence[Row], today: date):
        self.day = today
        # Numbers, not UUIDs: the garbage collector would look at each of a hundred thousand of these again and again.
        self.ids = [row.id.int for row in rows]
        self.places = {pk: place for place, pk in enumerate(self.ids)}
        # Many offers share their times: what is computed of these is computed once for each.
        plans = {id(row.rules): row.rules for row in rows}
        codes = {key: tuple(hours.codes_of(rules, today)) for key, rules in plans.items()}
        numbers = {key: number for number, key in enumerate(plans)}
        self._plans = list(plans.values())
        self._plan_of = np.array([numbers[id(row.rules)] for row in rows], dtype=np.int64)
        self.dimensions = {
            "topic": Dimension.of([row.topics for row in rows]),
            "kind": Dimension.of([(row.kind,) for row in rows]),
            "level": Dimension.of([(row.level,) if row.level else () for row in rows]),
            "space": Dimension.of([row.spaces for row in rows]),
            "speaks": Dimension.of([row.languages for row in rows]),
            "hours": Dimension.of([codes[id(row.rules)] for row in rows]),
            "flags": Dimension.of([row.flags for row in rows]),
        }
        ends = np.array(
            [row.last_day.toordinal() if row.last_day else NO_END for row in rows], dtype=np.int64
        )
        self.listed = bits.packed(ends >= today.toordinal())
        self.latitude = np.array([_number(row.latitude) for row in rows], dtype=float)
        self.longitude = np.array([_number(row.longitude) for row in rows], dtype=float)
        self.seats = np.array(
            [UNKNOWN if row.free_seats is None else max(row.free_seats, 0) for row in rows], dtype=np.int32
        )
        self.postcodes = _middles(rows)
        self._open: tuple[datetime, np.ndarray] | None = None

    def answer(
        self,
        question: Question,
        *,
        found: Mapping[UUID, object] | None = None,
        point: tuple[float, float] | None = None,
        now: datetime | None = None,
        is_open: IsOpen | None = None,
    ) -> Answer:
        """Offers for a question.

        found   offers that the index names for the words, best first; None where no words were asked
        point   latitude and longitude from which distances count
        now, is_open   the moment and the rule for "open now"
        """
        base = self.listed
        rank = None if found is None else self._ranked(found)
        if rank is not None:
            base = base & bits.set_of(rank, len(self.ids))
        away = None
        if point is not None:
            away = np.full(len(self.ids), np.nan)
            if question.within:
                self._measure(point, self._around(point, float(question.within)), away)
                base = base & bits.packed(away <= float(question.within))
        if question.open and now is not None and is_open is not None:
            base = base & self._open_at(now, is_open)
        chosen = self._chosen(question)
        every = base
        for one in chosen.values():
            every = every & one
        rows = bits.rows_of(every)
        if point is not None and away is not None and not question.within:
            self._measure(point, rows, away)
        return Answer(
            self, rows, self._keys(rows, question, rank, away), self._facets(base, chosen, every), away
        )

    def _ranked(self, found: Iterable[UUID]) -> dict[int, int]:
        """Row → place in the order of the index; what it names and no portal shows is left out."""
        return {self.places[pk.int]: place for place, pk in enumerate(found) if pk.int in self.places}

    def _around(self, point: tuple[float, float], within: float) -> np.ndarray:
        """Rows in a square that holds the circle: distances are computed for these only."""
        down = within / KM_OF_A_DEGREE
        across = down / max(cos(radians(point[0])), 0.01)
        square = np.abs(self.latitude - point[0]) <= down
        square &= np.abs(self.longitude - point[1]) <= across
        return np.flatnonzero(square)

    def _measure(self, point: tuple[float, float], rows: np.ndarray, away: np.ndarray) -> None:
        away[rows] = kilometres(*point, self.latitude[rows], self.longitude[rows])

    def _chosen(self, question: Question) -> dict[str, np.ndarray]:
        """The set of each filter that is on, by the group in which its alternatives are counted."""
        sets = {}
        for name in ("topic", "kind", "level", "space", "speaks"):
            if code := getattr(question, name):
                sets[name] = self.dimensions[name].having(code)
        if code := self._hours_code(question):
            sets["hours"] = self.dimensions["hours"].having(code)
        for name in ("childcare", "step_free", "free"):
            if getattr(question, name):
                sets[name] = self.dimensions["flags"].having(name)
        return sets

    def _hours_code(self, question: Question) -> str:
        day = question.day
        if day in ("today", "tomorrow"):
            day = DAYS[(self.day + timedelta(days=day == "tomorrow")).weekday()]
        return " ".join(part for part in (day, question.time) if part)

    def _facets(self, base: np.ndarray, chosen: dict[str, np.ndarray], every: np.ndarray) -> dict:
        """For each group what its other choices would give beside all other filters."""
        counts = {}
        for name, dimension in self.dimensions.items():
            if name in chosen:
                among = base
                for other, one in chosen.items():
                    if other != name:
                        among = among & one
            else:
                among = every
            counts[name] = dimension.counts(among)
        return counts

    def _keys(self, rows: np.ndarray, question: Question, rank, away) -> list[np.ndarray]:
        """What the rows of the page are sorted by, the weightiest first. They come by name, which stays among equals."""
        order = question.order(with_words=rank is not None, with_point=away is not None)
        seats = self.seats[rows]
        # Most places first, then where nobody counts them; full ones stand behind those with room.
        room = np.where(seats == 0, FULL, -seats)
        if order == "distance" and away is not None:
            far = np.nan_to_num(away[rows], nan=np.inf)
            return [np.floor(far / SAME_WAY_KM), room, far]
        if order == "seats":
            return [room]
        if order == "fit" and rank is not None:
            return [np.array([rank[row] for row in rows.tolist()], dtype=np.int64)]
        return []

    def _open_at(self, now: datetime, is_open: IsOpen) -> np.ndarray:
        """Offers open at this minute; asked for every minute anew, and kept for it."""
        minute = now.replace(second=0, microsecond=0)
        if self._open is None or self._open[0] != minute:
            days = {DAYS[now.weekday()], DAYS[(now - timedelta(days=1)).weekday()]}
            possible = np.zeros_like(self.listed)
            for day in days:  # yesterday's evening may not have ended
                possible = possible | self.dimensions["hours"].having(day)
            open_plans = np.zeros(len(self._plans), dtype=bool)
            for number in np.unique(self._plan_of[bits.rows_of(possible)]).tolist():
                open_plans[number] = is_open(self._plans[number], minute)
            self._open = (minute, bits.packed(open_plans[self._plan_of]) & possible)
        return self._open[1]

    def middle_of_space(self, space: str) -> tuple[float, float] | None:
        """Of the places known in a quarter that nobody drew."""
        rows = bits.rows_of(self.dimensions["space"].having(space))
        rows = rows[~np.isnan(self.latitude[rows])]
        return middle_of(zip(self.latitude[rows].tolist(), self.longitude[rows].tolist(), strict=True))

    def counts_of(self, dimension: str) -> dict[str, int]:
        """How many listed offers have each code, without any filter."""
        return self.dimensions[dimension].counts(self.listed)


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _middles(rows: Sequence[Row]) -> dict[str, tuple[float, float]]:
    """Where a postcode lies: the middle of the places known there."""
    points: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        if row.postcode and row.latitude is not None and row.longitude is not None:
            points.setdefault(row.postcode, []).append((row.latitude, row.longitude))
    return {postcode: middle for postcode, known in points.items() if (middle := middle_of(known))}
