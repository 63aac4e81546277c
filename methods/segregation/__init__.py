"""Segregation: how unevenly groups live over the areas of a city.

In a notebook: `from methods.segregation import dissimilarity, checked` and
`dissimilarity(*checked(foreigners, inhabitants))`. `CATALOGUE` has every index under its PySAL name.
"""

from methods.segregation.catalogue import CATALOGUE, Index
from methods.segregation.counts import checked, checked_groups
from methods.segregation.evenness import atkinson, dissimilarity, entropy_h, gini, min_max
from methods.segregation.exposure import (
    concentration_curve,
    concentration_profile,
    correlation_ratio,
    interaction,
    isolation,
)

__all__ = [
    "CATALOGUE",
    "Index",
    "atkinson",
    "checked",
    "checked_groups",
    "concentration_curve",
    "concentration_profile",
    "correlation_ratio",
    "dissimilarity",
    "entropy_h",
    "gini",
    "interaction",
    "isolation",
    "min_max",
]
