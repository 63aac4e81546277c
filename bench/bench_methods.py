"""Index, segregation and local Moran against PySAL segregation and esda: the figures of bench/RESULTS.md "Methods".

python -m bench methods [--quick]     --quick leaves out the peers, 100,000 areas and writing the results
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

from bench.methods_curve import draw
from bench.peers import peer_python
from bench.results import machine, write_section

HERE = Path(__file__).parent
SPATIAL = ("SpatialDissim", "DistanceDecayIsolation", "SpatialProximity")
CURVE = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)


def ours(task: str, areas: int) -> dict:
    return _run([sys.executable, "-m", "bench.methods_ours", task, str(areas)])


def peer(task: str, areas: int) -> dict:
    return _run([peer_python(), HERE / "methods_peer.py", task, str(areas)])


def _run(command: list) -> dict:
    print("  ", *command[1:], flush=True)
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command[1:]} failed:\n{done.stderr[-2000:]}")
    result = json.loads(done.stdout.strip().splitlines()[-1])
    result["median"] = statistics.median(result["seconds"])
    return result


def starts(task: str) -> tuple[dict, dict]:
    """Five fresh processes of each side, by turns; the medians of what they took to their first number."""
    runs = [(ours(task, 500), peer(task, 500)) for _ in range(5)]
    mine, other = ([pair[side] for pair in runs] for side in (0, 1))
    return tuple(  # type: ignore[return-value]
        side[0] | {"median": statistics.median(run["median"] for run in side)} for side in (mine, other)
    )


def row(what: str, target: str, mine: dict, other: dict | None, met: bool) -> str:
    peers = f"{_said(other['median'])}" if other else "-"
    ratio = f"{other['median'] / mine['median']:.1f}" if other else "-"
    answer = "yes" if met else "**no**"
    return f"| {what} | {target} | {_said(mine['median'])} | {peers} | {ratio} | {mine['peak_mb']:.0f} MB | {answer} |"


def _said(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.1f} s"


def agree(mine: dict, other: dict, what: str) -> None:
    if abs(mine["value"] / other["value"] - 1) > 1e-9:
        raise SystemExit(f"{what}: we say {mine['value']}, the peer {other['value']}: not the same work")


def compare() -> list[str]:
    rows = []
    index = ours("index", 10_000)
    rows.append(row("index, 10,000 areas x 10 indicators", "≤ 10 ms", index, None, index["median"] <= 0.010))
    mine, other = starts("import")
    rows.append(row("import", "≤ 0.3 s", mine, other, mine["median"] <= 0.3))
    for name in ("D", "Gini"):
        mine, other = starts(f"first_{name}")
        agree(mine, other, name)
        quick = other["median"] >= 20 * mine["median"]
        rows.append(row(f"import and first {name}", "≥ 20 x sooner", mine, other, quick))
    for areas in (500, 5_000):
        for task in SPATIAL:
            mine, other = ours(task, areas), peer(task, areas)
            agree(mine, other, task)
            quick = mine["median"] < other["median"]
            rows.append(row(f"{task}, {areas:,} areas", "faster", mine, other, quick))
    for task in (*SPATIAL, "five"):
        mine = ours(task, 50_000)
        fits = mine["median"] <= 10 and mine["peak_mb"] <= 1000
        what = "all five clustering indices" if task == "five" else task
        rows.append(
            row(f"{what}, 50,000 areas (peer: matrix of 18.6 GB)", "≤ 10 s, ≤ 1 GB", mine, None, fits)
        )
    for state, factor, target in (("cold", 10, "≥ 10 x"), ("warm", 1, "faster")):
        mine, other = ours(f"moran_{state}", 5_000), peer(f"moran_{state}", 5_000)
        quick = other["median"] > factor * mine["median"]
        rows.append(row(f"local Moran, 999 permutations, 5,000 areas, {state}", target, mine, other, quick))
    mine, other = ours("persons", 500), peer("persons", 500)
    quick = other["median"] >= 100 * mine["median"]
    rows.append(
        row("person permutation of D, 500 areas x 500 (peer: 4 draws x 125)", "≥ 100 x", mine, other, quick)
    )
    return rows


def curve(sizes: tuple[int, ...], peers: bool) -> dict[str, list[tuple[int, float]]]:
    lines = {}
    for task in ("SpatialDissim", "DistanceDecayIsolation", "moran_warm"):
        lines[f"{task}, ours"] = [(areas, ours(task, areas)["median"]) for areas in sizes]
        if peers:
            reached = [areas for areas in sizes if areas <= 5_000]
            lines[f"{task}, peer"] = [(areas, peer(task, areas)["median"]) for areas in reached]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    if parser.parse_args().quick:
        for task, areas in (("index", 10_000), *((task, 5_000) for task in SPATIAL), ("persons", 500)):
            result = ours(task, areas)
            print(f"{task} {areas:,}: {_said(result['median'])}, {result['peak_mb']:.0f} MB")
        return
    where = machine()
    rows = compare()
    lines = curve(CURVE, peers=True)
    (HERE / "methods-curve.svg").write_text(draw(lines), encoding="utf-8")
    table = "\n".join(
        f"| {areas:,} | "
        + " | ".join(
            _said(dict(points)[areas]) if areas in dict(points) else "-" for points in lines.values()
        )
        + " |"
        for areas in CURVE
    )
    text = f"""{where}.

Peers: PySAL segregation 2.5.4, esda 2.9.0, in the same run, on the same town, in processes of their own; medians. Values of both sides are compared to 1e-9 before times are.

| task | target | ours | peer | ratio | our peak | met |
|---|---|---|---|---|---|---|
{chr(10).join(rows)}

![Time over number of areas](methods-curve.svg)

| areas | {" | ".join(lines)} |
|---|{"---|" * len(lines)}
{table}
"""
    write_section("Methods", text)
    print(text)


if __name__ == "__main__":
    main()
