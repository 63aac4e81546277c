"""Whether values lie side by side in space: Moran, Geary, Getis-Ord, and which places stand out.

`moran(values, neighbours)` and `local_moran(values, neighbours, seed=1)` with neighbours from `methods.neighbours`.
A map of many local tests needs `discoveries`: at 5 % every twentieth place stands out by chance.
"""

from methods.autocorrelation.discovery import adjusted, discoveries
from methods.autocorrelation.geary import geary
from methods.autocorrelation.getis_ord import getis_ord, local_getis_ord
from methods.autocorrelation.moran import local_moran, moran

__all__ = ["adjusted", "discoveries", "geary", "getis_ord", "local_getis_ord", "local_moran", "moran"]
