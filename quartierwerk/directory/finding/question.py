"""What a visitor asks for, read out of the address and written back into it. Nonsense counts as not asked."""

import re
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from ..rules import readable_id, readable_language_filter

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTS = ("morning", "afternoon", "evening")
DISTANCES = (1, 2, 5, 10)  # kilometres
LEVELS = ("A0", "A1", "A2", "B1", "B2", "C1", "C2")
SORTS = ("fit", "distance", "seats", "name")
LONGEST_WORDS = 200
CODE = re.compile(r"[a-z_]{1,40}")
POINT = re.compile(r"(-?\d{1,2}(?:\.\d{1,17})?),(-?\d{1,3}(?:\.\d{1,17})?)")


@dataclass(frozen=True)
class Question:
    """Filters as they stand in the address; each field's name is also the name there, but for those in NAMES.

    near   where distances are counted from: a quarter's id, a postcode, or "latitude,longitude"
    """

    words: str = ""
    topic: str = ""
    kind: str = ""
    level: str = ""
    space: str = ""
    speaks: str = ""
    day: str = ""
    time: str = ""
    childcare: str = ""
    step_free: str = ""
    free: str = ""
    open: str = ""
    near: str = ""
    within: str = ""
    sort: str = ""

    @classmethod
    def of(cls, request) -> "Question":
        return cls(**{one.name: _READ[one.name](request.GET.get(_name(one.name), "")) for one in fields(cls)})

    def pairs(self, **changes: str) -> list[tuple[str, str]]:
        """Names and values for an address or for hidden fields, empty ones left out."""
        asked = replace(self, **changes)
        return [(_name(one.name), value) for one in fields(asked) if (value := getattr(asked, one.name))]

    def query(self, **changes: str) -> str:
        return "?" + urlencode(self.pairs(**changes))

    def without(self, *names: str) -> "Question":
        return replace(self, **dict.fromkeys(names, ""))

    @property
    def filters(self) -> list[str]:
        """Names of the filters that are on, in the order of the page; words and order are none."""
        return [one.name for one in fields(self) if one.name in FILTERS and getattr(self, one.name)]

    def orders(self, *, with_words: bool, with_point: bool) -> list[str]:
        """In which orders the answer can stand, the one that is not asked for first."""
        possible = {"distance": with_point, "fit": with_words, "name": True, "seats": True}
        return [name for name, can in possible.items() if can]

    def order(self, *, with_words: bool, with_point: bool) -> str:
        possible = self.orders(with_words=with_words, with_point=with_point)
        return self.sort if self.sort in possible else possible[0]

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, where the visitor chose a point."""
        found = POINT.fullmatch(self.near)
        return (float(found[1]), float(found[2])) if found else None


# What the address calls them, where a word is clearer there than in the code.
NAMES = {"words": "q", "space": "quarter"}
FILTERS = (
    "topic",
    "kind",
    "level",
    "space",
    "speaks",
    "day",
    "time",
    "childcare",
    "step_free",
    "free",
    "open",
    "within",
)


def _name(field: str) -> str:
    return NAMES.get(field, field)


def _one_of(*allowed: str):
    return lambda text: text if text in allowed else ""


def _code(text: str) -> str:
    return text if CODE.fullmatch(text) else ""


def readable_near(text: str) -> str:
    """A point on earth, rounded; else a quarter's id or name or a postcode, as typed."""
    text = " ".join(text.split())[:80]
    if found := POINT.fullmatch(text.replace(" ", "")):
        latitude, longitude = float(found[1]), float(found[2])
        # Finer would say where somebody lives.
        return f"{latitude:.3f},{longitude:.3f}" if abs(latitude) <= 90 and abs(longitude) <= 180 else ""
    return text if text.isprintable() else ""


def _ticked(text: str) -> str:
    return "1" if text in ("1", "on", "yes") else ""


_READ = {
    "words": lambda text: " ".join(text.replace("\x00", " ").split())[:LONGEST_WORDS],
    "topic": _code,
    "kind": _code,
    "level": _one_of(*LEVELS),
    "space": readable_id,
    "speaks": readable_language_filter,
    "day": _one_of(*DAYS, "today", "tomorrow"),
    "time": _one_of(*PARTS),
    "childcare": _ticked,
    "step_free": _ticked,
    "free": _ticked,
    "open": _ticked,
    "near": readable_near,
    "within": _one_of(*map(str, DISTANCES)),
    "sort": _one_of(*SORTS),
}
