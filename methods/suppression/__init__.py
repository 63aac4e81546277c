"""Disclosure control (Geheimhaltung): decide which figures of a release are printed as ".".

    family = Family(*rectangle(counts, rows=areas, columns=groups))
    protect(family, Rule(threshold=5)).released()   # {("Nord", "total"): 412, ("Nord", "A"): ".", …}

Tables that count the same people belong into one family: years, area cuts, shares (`links.py`).

source  docs/methods/disclosure-control.md
"""

from methods.suppression.family import Bound, Cell, DirtyInput, Family, Share, Sum, Unprotectable
from methods.suppression.links import after_release, area_cuts, shares_of, years
from methods.suppression.pattern import HIDDEN, Pattern, protect
from methods.suppression.primary import Rule
from methods.suppression.tables import crossed, flat, rectangle, with_totals

VERSION = "3"  # stored with a release; raised whenever the same input would give another pattern

__all__ = [
    "HIDDEN", "VERSION", "Bound", "Cell", "DirtyInput", "Family", "Pattern", "Rule", "Share", "Sum",
    "Unprotectable", "after_release", "area_cuts", "crossed", "flat", "protect", "rectangle", "shares_of",
    "with_totals", "years",
]  # fmt: skip
