"""Segregation among several groups at once.

counts  (..., areas, groups) persons; the groups do not overlap and together are the population looked at.
Formulas and sources: docs/methods/segregation-several-groups.md (Reardon and Firebaugh 2002)
"""

from __future__ import annotations

import numpy as np

from methods.segregation.counts import Floats, shares
from methods.segregation.evenness import gini


def multi_dissimilarity(counts: Floats) -> Floats:
    """Multigroup D, 0 to 1. PySAL `MultiDissim`"""
    people, p, city, mix = _parts(counts)
    away = (people * np.abs(p - city)).sum(axis=(-2, -1))
    return away / (2 * people.sum(axis=(-2, -1)) * mix)


def multi_gini(counts: Floats) -> Floats:
    """Multigroup Gini, 0 to 1, with sorting instead of all pairs of areas. PySAL `MultiGini`"""
    people, _, city, mix = _parts(counts)
    own = city[..., 0, :]
    per_group = np.stack([gini(counts[..., k], people[..., 0]) for k in range(counts.shape[-1])], axis=-1)
    return (per_group * own * (1 - own)).sum(axis=-1) / mix


def multi_information(counts: Floats) -> Floats:
    """Theil's H for several groups, 0 to 1. PySAL `MultiInfoTheory`"""
    people, p, city, _ = _parts(counts)
    bits = (people * _times_log(p, p / city)).sum(axis=(-2, -1))
    return bits / (people.sum(axis=(-2, -1)) * multi_diversity(counts))


def multi_diversity(counts: Floats) -> Floats:
    """Entropy of the whole population: how mixed the city is, 0 to ln(groups). PySAL `MultiDiversity`"""
    city = _parts(counts)[2]
    return -_times_log(city, city).sum(axis=(-2, -1))


def multi_divergence(counts: Floats) -> Floats:
    """Mean Kullback-Leibler divergence of the areas from the city, from 0 up. PySAL `MultiDivergence`"""
    people, p, city, _ = _parts(counts)
    return (people * _times_log(p, p / city)).sum(axis=(-2, -1)) / people.sum(axis=(-2, -1))


def multi_normalised_exposure(counts: Floats) -> Floats:
    """Normalised exposure P, 0 to 1. PySAL `MultiNormExposure`"""
    people, p, city, _ = _parts(counts)
    return (people * (p - city) ** 2 / (1 - city)).sum(axis=(-2, -1)) / people.sum(axis=(-2, -1))


def multi_relative_diversity(counts: Floats) -> Floats:
    """Relative diversity R, 0 to 1. PySAL `MultiRelativeDiversity`"""
    people, p, city, mix = _parts(counts)
    return (people * (p - city) ** 2).sum(axis=(-2, -1)) / (people.sum(axis=(-2, -1)) * mix)


def multi_squared_variation(counts: Floats) -> Floats:
    """Squared coefficient of variation C, 0 to 1. PySAL `MultiSquaredCoefVar`"""
    people, p, city, _ = _parts(counts)
    spread = (people * (p - city) ** 2 / city).sum(axis=(-2, -1))
    return spread / (people.sum(axis=(-2, -1)) * (counts.shape[-1] - 1))


def simpson_concentration(counts: Floats) -> Floats:
    """Chance that two random persons of the city share the group. PySAL `SimpsonsConcentration`"""
    return (_parts(counts)[2] ** 2).sum(axis=(-2, -1))


def simpson_interaction(counts: Floats) -> Floats:
    """Chance that two random persons of the city differ in group. PySAL `SimpsonsInteraction`"""
    return _parts(counts)[3]


def _parts(counts: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Persons per area (..., areas, 1), their shares, the city's shares (..., 1, groups), sum of p(1 - p)."""
    people = counts.sum(axis=-1, keepdims=True)
    per_group = counts.sum(axis=-2, keepdims=True)
    # A group that a resample happens to miss makes its shares nan, and with them the index of that resample.
    city = np.where(per_group > 0, per_group / per_group.sum(axis=-1, keepdims=True), np.nan)
    return people, shares(counts, people), city, (city * (1 - city)).sum(axis=(-2, -1))


def _times_log(factor: Floats, argument: Floats) -> Floats:
    """factor * ln(argument), 0 where the factor is 0."""
    logarithm = np.log(argument, out=np.zeros(argument.shape), where=~(argument <= 0))
    return factor * logarithm
