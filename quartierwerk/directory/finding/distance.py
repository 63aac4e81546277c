"""How far it is, as the crow flies, and where the middle of something lies. Pure; nobody's service is asked."""

from collections.abc import Iterable

import numpy as np

EARTH_KM = 6371.0088
# Nearer than this is the same to somebody who walks; free seats then decide (W6.2).
SAME_WAY_KM = 0.5


def kilometres(
    latitude: float, longitude: float, latitudes: np.ndarray, longitudes: np.ndarray
) -> np.ndarray:
    """Great-circle distances in km from one point to many; nan where a coordinate is missing."""
    here, there = np.radians(latitude), np.radians(latitudes)
    across = np.radians(longitudes - longitude)
    half = np.sin((there - here) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(across / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(half))


def middle_of(points: Iterable[tuple[float, float]]) -> tuple[float, float] | None:
    """Mean latitude and longitude of points that lie near each other."""
    known = list(points)
    if not known:
        return None
    return sum(one[0] for one in known) / len(known), sum(one[1] for one in known) / len(known)
