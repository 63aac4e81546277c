"""One task of the methods benchmark in a process of its own: `python -m bench.methods_ours TASK AREAS`."""

import json
import random
import resource
import sys
import time

STARTED = time.perf_counter()


def timed(function, repeat):
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        value = function()
        seconds.append(time.perf_counter() - start)
    return seconds, value


def plain_counts(areas: int) -> tuple[list[int], list[int]]:
    """Counts without numpy, whose import belongs to the time of the first number."""
    dice = random.Random(1)
    total = [dice.randint(100, 900) for _ in range(areas)]
    return [dice.randint(0, people // 2) for people in total], total


def run(task: str, areas: int) -> tuple[list[float], object]:
    if task == "import":
        from methods.segregation import dissimilarity

        return [time.perf_counter() - STARTED], dissimilarity.__name__
    if task in ("first_D", "first_Gini"):
        # What a person waits for: from the import to the first number, for counts that are at hand.
        group, total = plain_counts(areas)
        start = time.perf_counter()
        from methods.segregation import checked, dissimilarity, gini

        index = dissimilarity if task == "first_D" else gini
        value = float(index(*checked(group, total)))
        return [time.perf_counter() - start], value
    import numpy as np

    if task == "index":
        from methods.indices import composite_index

        shares = np.random.default_rng(1).gamma(3, 5, (areas, 10))
        seconds, value = timed(lambda: composite_index(shares), 100)
        return seconds[5:], float(value.index[0])
    import shapely

    from bench.methods_town import town
    from methods.geometry import Outlines
    from methods.segregation import CATALOGUE, checked
    from methods.segregation.ground import Ground

    rings, group, total = town(areas)
    shapes = shapely.polygons(rings)
    counts = checked(group, total)
    if task in CATALOGUE and CATALOGUE[task].kind == "spatial":
        compute = CATALOGUE[task].compute

        def spatial():
            # Outlines and ground anew, so that neighbours and distances are part of the time.
            return compute(*counts, Ground(Outlines(tuple(map(str, range(areas))), shapes, True)))

        return timed(spatial, 5 if areas <= 5000 else 1)
    if task == "five":
        names = ["SpatialProximity", "AbsoluteClustering", "RelativeClustering"]
        names += ["DistanceDecayIsolation", "DistanceDecayInteraction"]

        def all_five():
            ground = Ground(Outlines(tuple(map(str, range(areas))), shapes, True))
            return [CATALOGUE[name].compute(*counts, ground) for name in names]

        return timed(all_five, 1)
    if task in ("moran_cold", "moran_warm"):
        from methods.neighbours import queen

        pairs, share = queen(shapes), group / total
        start = time.perf_counter()
        from methods.autocorrelation import local_moran

        first = float(local_moran(share, pairs, seed=1).p.mean())
        if task == "moran_cold":
            return [time.perf_counter() - start], first
        return timed(lambda: float(local_moran(share, pairs, seed=1).p.mean()), 7)
    if task == "persons":
        from methods.segregation import dissimilarity
        from methods.segregation.inference import against_chance

        table = np.column_stack([group, total - group]).astype(float)

        def permuted():
            result = against_chance(
                lambda s: dissimilarity(s[..., 0], s.sum(axis=-1)), table, "permutation", draws=500, seed=1
            )
            return [result.value, result.low, result.high]

        return timed(permuted, 3)
    raise SystemExit(f"unknown task {task}")


if __name__ == "__main__":
    seconds, value = run(sys.argv[1], int(sys.argv[2]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "value": value, "peak_mb": peak}))
