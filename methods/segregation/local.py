"""One value per area: location quotients, local diversity, local Simpson indices, local divergence.

counts  (areas, groups) persons. Areas without population give nan: there is nobody to describe.
Formulas and sources: docs/methods/segregation-local.md
"""

from __future__ import annotations

import numpy as np

from methods.segregation.counts import Floats


def location_quotients(counts: Floats) -> Floats:
    """Share of each group in each area over its share in the city, (areas, groups). PySAL `MultiLocationQuotient`"""
    return _local_shares(counts) / (counts.sum(axis=0) / counts.sum())


def local_diversity(counts: Floats) -> Floats:
    """Entropy of each area, 0 to ln(groups), (areas,). PySAL `MultiLocalDiversity`"""
    p = _local_shares(counts)
    return -(p * np.log(p, out=np.zeros(p.shape), where=~(p <= 0))).sum(axis=1)


def local_entropy(counts: Floats) -> Floats:
    """Local diversity over its maximum, 0 to 1, (areas,). PySAL `MultiLocalEntropy`"""
    return local_diversity(counts) / np.log(counts.shape[1])


def local_simpson_concentration(counts: Floats) -> Floats:
    """Chance that two persons of an area share the group, (areas,). PySAL `MultiLocalSimpsonConcentration`"""
    return (_local_shares(counts) ** 2).sum(axis=1)


def local_simpson_interaction(counts: Floats) -> Floats:
    """Chance that two persons of an area differ in group, (areas,). PySAL `MultiLocalSimpsonInteraction`"""
    p = _local_shares(counts)
    return (p * (1 - p)).sum(axis=1)


def local_divergence(counts: Floats) -> Floats:
    """Divergence of each area from the city; weighted by population it adds up to `multi_divergence`, (areas,)."""
    p, city = _local_shares(counts), counts.sum(axis=0) / counts.sum()
    ratio = np.divide(p, city, out=np.zeros(p.shape), where=city > 0)
    return (p * np.log(ratio, out=np.zeros(p.shape), where=~(ratio <= 0))).sum(axis=1)


def local_dissimilarity(group: Floats, total: Floats) -> Floats:
    """What each area adds to D, (areas,); the sum is D. 0 where nobody lives."""
    members, everybody = group.sum(), total.sum()
    return np.abs(group / members - (total - group) / (everybody - members)) / 2


def _local_shares(counts: Floats) -> Floats:
    people = counts.sum(axis=1, keepdims=True)
    return np.divide(counts, people, out=np.full(counts.shape, np.nan), where=people > 0)
