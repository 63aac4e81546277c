"""Many tests at once: which places stand out if a share of false alarms is accepted.

source  Benjamini and Hochberg 1995; the bound equals esda 2.9 `fdr` where that finds one
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def adjusted(p: Floats) -> Floats:
    """Smallest rate of false discoveries at which each test would be one, same shape; nan stays nan and takes no part."""
    out = np.full(len(p), np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    scaled = p[order] * len(order) / np.arange(1, len(order) + 1)
    out[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return out


def discoveries(p: Floats, *, rate: float = 0.05) -> NDArray[np.bool_]:
    """Which tests stand out if at most `rate` of those that do may be false alarms, (tests,).

    With 999 permutations p is at least 0.001, so among 5,000 areas nothing stands out at 5 % unless a hundred do:
    use more permutations for many areas.
    """
    if not 0 < rate < 1:
        raise ValueError("rate must lie between 0 and 1")
    return adjusted(p) <= rate
