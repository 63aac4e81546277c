"""Turn the front end's WOFF2 fonts into the TTF files typst reads: `python -m quartierwerk.documents.build_fonts
SOURCE_DIR TARGET_DIR`, where SOURCE_DIR is a `node_modules` folder. Needs fontTools (development requirements)."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from quartierwerk.documents.copyable import mend
from quartierwerk.documents.fonts import COVERAGE_FILE, SOURCES


def build(source: Path, target: Path) -> list[Path]:
    """Write every font and, last, the list of characters they have: its presence says the folder is complete.

    raises  FileNotFoundError naming the first font that is not there
    """
    from fontTools.ttLib import TTFont

    wanted = [source / folder / name for folder, names in SOURCES.items() for name in names]
    for path in wanted:
        if not path.is_file():
            raise FileNotFoundError(f"Font not found: {path}. Install the front end's packages first.")
    target.mkdir(parents=True, exist_ok=True)
    written, characters = [], set()
    for path in wanted:
        # The fonts' own date stays: the same input gives the same bytes.
        font = TTFont(path, recalcTimestamp=False)
        font.flavor = None
        if "-arabic-" in path.name:
            sister = path.with_name(path.name.replace("-arabic-", "-latin-"))
            mend(font, TTFont(sister, recalcTimestamp=False))
        characters |= set(font.getBestCmap())
        written.append(target / f"{path.stem}.ttf")
        font.save(written[-1])
    (target / COVERAGE_FILE).write_text(json.dumps(_ranges(characters)), encoding="utf-8")
    return written


def _ranges(numbers: Iterable[int]) -> list[list[int]]:
    """Sorted runs of neighbouring numbers: {1, 2, 5} -> [[1, 2], [5, 5]]."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return runs


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m quartierwerk.documents.build_fonts", description=__doc__)
    parser.add_argument("source", type=Path, help="the front end's node_modules folder")
    parser.add_argument("target", type=Path, help="where the TTF files go")
    options = parser.parse_args(arguments)
    try:
        written = build(options.source, options.target)
    except FileNotFoundError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{len(written)} fonts in {options.target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
