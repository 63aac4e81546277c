"""Decisions of the directory on plain values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from quartierwerk.languages.names import name_key, same_name
from quartierwerk.web.asked import as_uuid

from .kinds import WITH_WAITING_LIST


def missing_before_publication(title: str, has_organisation: bool, ways_to_reach: Sequence[str]) -> list[str]:
    """What a visitor would miss: a title, who offers it, and one way to ask. Empty means ready."""
    missing = []
    if not title.strip():
        missing.append("title")
    if not has_organisation:
        missing.append("organisation")
    if not any(way.strip() for way in ways_to_reach):
        missing.append("contact")
    return missing


def is_over(valid_until: date | None, today: date) -> bool:
    return valid_until is not None and valid_until < today


def last_day(kind: str, valid_until: date | None, ends_on: date | None, deadline: date | None) -> date | None:
    """The last day on which an offer is listed: a course until its end, a vacancy until its deadline (R6.10)."""
    days = [valid_until, ends_on, deadline if kind == "listing" else None]
    return min((day for day in days if day), default=None)


def free_seats(seats: int | None, taken: int | None) -> int | None:
    """Places left; None where nobody counts them."""
    return None if seats is None else max(seats - (taken or 0), 0)


def takes_registrations(kind: str, registration: str, has_waiting_list: bool, free: int | None) -> bool:
    """Whether visitors may leave a name: only for courses, groups and sport, and in a full one only for its list."""
    if kind not in WITH_WAITING_LIST:
        return False
    return has_waiting_list or (free != 0 and registration in ("wanted", "required"))


def readable_language_filter(tag: str) -> str:
    """A language tag out of an address, or empty where it is none."""
    tag = tag.strip().lower()
    return tag if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", tag) else ""


def readable_id(text: str) -> str:
    """An id out of an address, or empty where it is none."""
    found = as_uuid(text.strip())
    return str(found) if found else ""


@dataclass(frozen=True)
class Facts:
    """What tells one offer from another (R6.04). Empty where nothing is known; then it tells nothing."""

    title: str
    provider: str
    place: str = ""
    times: frozenset[str] = frozenset()  # "TU 16:00"


class Likeness(IntEnum):
    DIFFERENT = 0
    NEAR = 1
    SAME = 2


# Parts of a name that say which legal form it has, not who it is.
_LEGAL = {"ev", "e", "v", "ggmbh", "gmbh", "ggmbhundcokg", "ug", "kg", "eg", "verein", "stiftung"}


def likeness_of_offers(one: Facts, other: Facts) -> Likeness:
    """Whether two entries mean one offer. Title, provider, place and time decide together."""
    provider = same_organisation(one.provider, other.provider)
    title = _likeness_of_titles(one.title, other.title)
    if not title:
        return Likeness.DIFFERENT
    place = _agree(name_key(one.place) if one.place else "", name_key(other.place) if other.place else "")
    time = None if not one.times or not other.times else bool(one.times & other.times)
    differs = (place is False) + (time is False)
    if title == Likeness.SAME and provider:
        # The same course at another place and another hour is another course.
        return Likeness.SAME if not differs else Likeness.NEAR if differs == 1 else Likeness.DIFFERENT
    if title == Likeness.SAME:
        return Likeness.NEAR if place or time else Likeness.DIFFERENT
    return Likeness.NEAR if provider and not differs else Likeness.DIFFERENT


def same_organisation(one: str, other: str) -> bool:
    """The same name, also with another spelling or without its legal form. Müller is Mueller, and never Möller."""
    return same_name(one, other) or same_name(_bare(one), _bare(other))


def _bare(name: str) -> str:
    kept = [word for word in name.split() if name_key(word) not in _LEGAL]
    return " ".join(kept)


def _agree(one: str, other: str) -> bool | None:
    return one == other if one and other else None


def _likeness_of_titles(one: str, other: str) -> Likeness:
    if same_name(one, other):
        return Likeness.SAME
    words, others = (
        {name_key(word) for word in re.split(r"[\s,;:/()–-]+", title) if word} for title in (one, other)
    )
    shorter, longer = sorted((words, others), key=len)
    # "Deutschkurs" and "Deutschkurs am Abend", but not A1 and A2, group 1 and group 2.
    further = longer - shorter
    if (
        shorter
        and shorter <= longer
        and not any(character.isdigit() for word in further for character in word)
    ):
        return Likeness.NEAR
    return Likeness.DIFFERENT
