"""The same tasks with PySAL segregation and esda, run by the interpreter of var/bench-venv."""

import json
import resource
import sys
import time
import warnings
from pathlib import Path

STARTED = time.perf_counter()
sys.path.insert(0, str(Path(__file__).parent))
warnings.simplefilter("ignore")

from methods_ours import plain_counts, timed  # noqa: E402

PERSON_DRAWS = 4  # of the 500; the rest by proportion, since all would take some ten minutes


def run(task, areas):
    if task == "import":
        from segregation.singlegroup import Dissim

        return [time.perf_counter() - STARTED], Dissim.__name__
    if task in ("first_D", "first_Gini"):
        group, total = plain_counts(areas)
        start = time.perf_counter()
        import pandas as pd
        from segregation.singlegroup import Dissim, Gini

        data = pd.DataFrame({"x": group, "t": total})
        value = float((Dissim if task == "first_D" else Gini)(data, "x", "t").statistic)
        return [time.perf_counter() - start], value
    import geopandas
    import numpy as np
    import shapely
    from methods_town import town

    rings, group, total = town(areas)
    data = geopandas.GeoDataFrame(
        {"x": group, "t": total}, geometry=shapely.polygons(rings), crs="EPSG:25833"
    )
    if task in ("moran_cold", "moran_warm"):
        import libpysal

        weights = libpysal.weights.Queen.from_dataframe(data, use_index=False)
        weights.transform = "r"
        share = group / total
        start = time.perf_counter()
        import esda

        def local():
            # The quickest way the peer offers: no simulations kept, one process.
            return float(
                esda.Moran_Local(
                    share, weights, permutations=999, seed=1, keep_simulations=False
                ).p_sim.mean()
            )

        first = local()
        if task == "moran_cold":
            return [time.perf_counter() - start], first
        return timed(local, 7)
    if task == "persons":
        from segregation.inference import SingleValueTest
        from segregation.singlegroup import Dissim

        index = Dissim(data[["x", "t"]], "x", "t")
        start = time.perf_counter()
        SingleValueTest(
            index, iterations_under_null=PERSON_DRAWS, null_approach="person_permutation", n_jobs=1
        )
        return [(time.perf_counter() - start) * 500 / PERSON_DRAWS], float(index.statistic)
    import segregation.singlegroup as peer

    index = getattr(peer, task)
    if areas <= 5000:
        index(data.iloc[:50], "x", "t")  # compiled and imported before the clock starts
    return timed(lambda: float(np.asarray(index(data, "x", "t").statistic)), 3)


if __name__ == "__main__":
    seconds, value = run(sys.argv[1], int(sys.argv[2]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "value": value, "peak_mb": peak}))
