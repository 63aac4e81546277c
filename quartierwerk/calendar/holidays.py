"""Public holidays of a Land, by name. Closing days of the municipality come on top of them (`closing.py`)."""

from datetime import date
from functools import cache

import holidays as library

LAND = "NI"
LANDS = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH")


def holidays(first: date, last: date, land: str = LAND) -> dict[date, str]:
    """Holidays from `first` to `last`, both included, with their German names; they are proper names."""
    found = {}
    for year in range(first.year, last.year + 1):
        for day, name in _of_year(land, year):
            if first <= day <= last:
                found[day] = name
    return found


@cache
def _of_year(land: str, year: int) -> tuple[tuple[date, str], ...]:
    if land not in LANDS:
        raise ValueError(f"{land!r} is no Land; one of {', '.join(LANDS)}")
    return tuple(sorted(library.country_holidays("DE", subdiv=land, years=year, language="de").items()))
