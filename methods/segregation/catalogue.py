"""All indices by the names that PySAL segregation gave them, and what each one needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from methods.segregation import corrected, evenness, exposure, several, spatial
from methods.segregation.counts import Floats

Kind = Literal["one", "several", "spatial"]


@dataclass(frozen=True)
class Index:
    """One index of the catalogue.

    kind      "one": compute(group, total); "several": compute(counts); "spatial": compute(group, total, ground)
    batched   whether compute takes resamples on leading axes
    drawn     whether compute needs a seed
    """

    name: str
    title: str
    kind: Kind
    compute: Callable[..., Floats | float]
    batched: bool = True
    drawn: bool = False


CATALOGUE: dict[str, Index] = {
    index.name: index
    for index in (
        Index("Dissim", "dissimilarity D", "one", evenness.dissimilarity),
        Index("ModifiedDissim", "D beyond chance", "one", corrected.modified_dissimilarity, False, True),
        Index(
            "BiasCorrectedDissim",
            "D, bias corrected",
            "one",
            corrected.bias_corrected_dissimilarity,
            False,
            True,
        ),
        Index(
            "DensityCorrectedDissim",
            "D, density corrected",
            "one",
            corrected.density_corrected_dissimilarity,
            False,
        ),
        Index("Gini", "Gini", "one", evenness.gini),
        Index("ModifiedGini", "Gini beyond chance", "one", corrected.modified_gini, False, True),
        Index("Entropy", "Theil's H", "one", evenness.entropy_h),
        Index("Atkinson", "Atkinson, b = 0.5", "one", evenness.atkinson),
        Index("MinMax", "min-max", "one", evenness.min_max),
        Index("Isolation", "isolation", "one", exposure.isolation),
        Index("Interaction", "interaction", "one", exposure.interaction),
        Index("CorrelationR", "correlation ratio", "one", exposure.correlation_ratio),
        Index("ConProf", "concentration profile", "one", exposure.concentration_profile, False),
        Index("Delta", "delta: density", "spatial", spatial.delta, False),
        Index(
            "SpatialDissim",
            "D less differences of neighbours",
            "spatial",
            spatial.spatial_dissimilarity,
            False,
        ),
        Index(
            "BoundarySpatialDissim",
            "D less differences over borders",
            "spatial",
            spatial.boundary_dissimilarity,
            False,
        ),
        Index(
            "PARDissim",
            "D less differences over ragged borders",
            "spatial",
            spatial.perimeter_dissimilarity,
            False,
        ),
        Index("SpatialProximity", "spatial proximity", "spatial", spatial.spatial_proximity, False),
        Index("AbsoluteClustering", "absolute clustering", "spatial", spatial.absolute_clustering, False),
        Index("RelativeClustering", "relative clustering", "spatial", spatial.relative_clustering, False),
        Index(
            "AbsoluteConcentration",
            "absolute concentration",
            "spatial",
            spatial.absolute_concentration,
            False,
        ),
        Index(
            "RelativeConcentration",
            "relative concentration",
            "spatial",
            spatial.relative_concentration,
            False,
        ),
        Index(
            "AbsoluteCentralization",
            "absolute centralisation",
            "spatial",
            spatial.absolute_centralisation,
            False,
        ),
        Index(
            "RelativeCentralization",
            "relative centralisation",
            "spatial",
            spatial.relative_centralisation,
            False,
        ),
        Index(
            "DistanceDecayIsolation",
            "isolation with distance",
            "spatial",
            spatial.distance_decay_isolation,
            False,
        ),
        Index(
            "DistanceDecayInteraction",
            "interaction with distance",
            "spatial",
            spatial.distance_decay_interaction,
            False,
        ),
        Index("MultiDissim", "dissimilarity of several groups", "several", several.multi_dissimilarity),
        Index("MultiGini", "Gini of several groups", "several", several.multi_gini),
        Index("MultiInfoTheory", "Theil's H of several groups", "several", several.multi_information),
        Index("MultiNormExposure", "normalised exposure", "several", several.multi_normalised_exposure),
        Index("MultiRelativeDiversity", "relative diversity", "several", several.multi_relative_diversity),
        Index(
            "MultiSquaredCoefVar",
            "squared coefficient of variation",
            "several",
            several.multi_squared_variation,
        ),
        Index("MultiDiversity", "diversity of the whole", "several", several.multi_diversity),
        Index("MultiDivergence", "divergence", "several", several.multi_divergence),
        Index("SimpsonsConcentration", "Simpson concentration", "several", several.simpson_concentration),
        Index("SimpsonsInteraction", "Simpson interaction", "several", several.simpson_interaction),
    )
}
