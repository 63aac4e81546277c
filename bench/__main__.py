"""`make bench`: every bench_*.py beside this file, or those named: `python -m bench methods search`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(names: list[str]) -> int:
    known = [path.stem.removeprefix("bench_") for path in sorted(HERE.glob("bench_*.py"))]
    if unknown := [name for name in names if name not in known]:
        print(f"there is no benchmark '{unknown[0]}'; there are {', '.join(known)}", file=sys.stderr)
        return 2
    failed = 0
    for name in names or known:
        print(f"== {name}", flush=True)
        # One process each, so that memory and imports of one do not count for the next.
        done = subprocess.run([sys.executable, "-m", f"bench.bench_{name}"], cwd=HERE.parent, check=False)
        failed = failed or done.returncode
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
