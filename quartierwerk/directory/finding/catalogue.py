"""All offers a portal shows, as sets that filters combine: lists of 100,000 offers answer in milliseconds.

Derived from the database and kept by each process until the stamp of changes differs (`changes.py`). It holds numbers
and codes only; whatever is shown is read again under the reader's rights.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np

from . import bits, hours
from .bits import Dimension
from .distance import SAME_WAY_KM, kilometres, middle_of
from .question import DAYS, Question

NO_END = date.max.toordinal()
UNKNOWN = -1  # free places of which nobody told


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
    rules: Sequence = ()


@dataclass
class Answer:
    """Offers that fit, best first, and what other choices would give."""

    ids: list[UUID]
    facets: dict[str, dict[str, int]]
    kilometres: dict[UUID, float] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.ids)


IsOpen = Callable[[Sequence, datetime], bool]


class Catalogue:
    def __init__(self, rows: Sequence[Row], today: date):
        self.day = today
        self.ids = [row.id for row in rows]
        self.places = {pk: place for place, pk in enumerate(self.ids)}
        codes = [hours.codes_of(row.rules, today) if row.rules else () for row in rows]
        self.dimensions = {
            "topic": Dimension.of([row.topics for row in rows]),
            "kind": Dimension.of([(row.kind,) for row in rows]),
            "level": Dimension.of([(row.level,) if row.level else () for row in rows]),
            "space": Dimension.of([row.spaces for row in rows]),
            "speaks": Dimension.of([row.languages for row in rows]),
            "hours": Dimension.of(codes),
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
        self._rules = {place: row.rules for place, row in enumerate(rows) if row.rules}
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
        if found is not None:
            places = [self.places[pk] for pk in found if pk in self.places]
            base = base & bits.set_of(places, len(self.ids))
        away = None
        if point is not None:
            away = kilometres(*point, self.latitude, self.longitude)
            if question.within:
                base = base & bits.packed(np.nan_to_num(away, nan=np.inf) <= float(question.within))
        if question.open and now is not None and is_open is not None:
            base = base & self._open_at(now, is_open)
        chosen = self._chosen(question)
        every = base
        for one in chosen.values():
            every = every & one
        order = self._order(bits.rows_of(every), question, found, away)
        kept = [self.ids[place] for place in order]
        steps = {} if away is None else {self.ids[p]: float(away[p]) for p in order if not np.isnan(away[p])}
        return Answer(kept, self._facets(base, chosen, every), steps)

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

    def _order(self, rows: np.ndarray, question: Question, found, away) -> list[int]:
        """Rows in the order of the page. Rows come by name; every further order keeps that among equals."""
        order = question.order(with_words=found is not None, with_point=away is not None)
        # Full ones stand behind those with room; where nobody counts places there is room.
        full = (self.seats[rows] == 0).astype(np.int8)
        if order == "distance" and away is not None:
            far = np.nan_to_num(away[rows], nan=np.inf)
            steps = np.floor(far / SAME_WAY_KM)
            return rows[np.lexsort((far, -self.seats[rows], full, steps))].tolist()
        if order == "seats":
            return rows[np.lexsort((-self.seats[rows], full))].tolist()
        if order == "fit" and found is not None:
            rank = {self.places[pk]: place for place, pk in enumerate(found) if pk in self.places}
            return sorted(rows.tolist(), key=rank.__getitem__)
        return rows.tolist()

    def _open_at(self, now: datetime, is_open: IsOpen) -> np.ndarray:
        """Offers open at this minute; asked for every minute anew, and kept for it."""
        minute = now.replace(second=0, microsecond=0)
        if self._open is None or self._open[0] != minute:
            days = {DAYS[now.weekday()], DAYS[(now - timedelta(days=1)).weekday()]}
            possible: set[int] = set()
            for day in days:  # yesterday's evening may not have ended
                possible.update(bits.rows_of(self.dimensions["hours"].having(day)).tolist())
            open_now = [place for place in possible if is_open(self._rules[place], minute)]
            self._open = (minute, bits.set_of(open_now, len(self.ids)))
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
