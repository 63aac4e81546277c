"""Which fonts our documents are set in, where they lie, and which characters they can show.

The fonts come with the front end's packages as WOFF2, which typst cannot read; `build_fonts` turns them into
TTF once, at set-up, and notes their characters in a small file, so that printing needs no font tools.
"""

import json
import os
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LATIN = "Fira Sans"  # Latin, Cyrillic, Greek
ARABIC = "Vazirmatn"  # Arabic script; Noto's Arabic fonts give PDFs whose text cannot be read back
FAMILIES = (LATIN, ARABIC)

# Folder inside the front end's packages -> files we print with.
SOURCES = {
    "@kern-ux/native/dist/fonts/fira-sans": (
        "FiraSans-Regular.woff2",
        "FiraSans-Italic.woff2",
        "FiraSans-SemiBold.woff2",
    ),
    "@fontsource/vazirmatn/files": (
        "vazirmatn-arabic-400-normal.woff2",
        "vazirmatn-arabic-600-normal.woff2",
    ),
}
COVERAGE_FILE = "coverage.json"
DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "var" / "static-build" / "fonts-pdf"


class FontsMissing(RuntimeError):
    """The fonts for documents have not been built."""


@dataclass(frozen=True)
class Coverage:
    """The characters our fonts have, as sorted, disjoint ranges."""

    starts: Sequence[int]
    ends: Sequence[int]

    def __contains__(self, character: str) -> bool:
        place = bisect_right(self.starts, ord(character)) - 1
        return place >= 0 and ord(character) <= self.ends[place]


def folder() -> Path:
    """The folder of the TTF files: the setting DOCUMENT_FONTS, else the one the set-up fills."""
    return _checked(str(_setting() or DEFAULT_FOLDER))


def _setting() -> Any:
    # Charts and documents are also made by plain commands that load no settings at all.
    if not os.environ.get("DJANGO_SETTINGS_MODULE"):
        return os.environ.get("DOCUMENT_FONTS")
    from django.conf import settings

    return getattr(settings, "DOCUMENT_FONTS", None)


@cache
def _checked(path: str) -> Path:
    if not (Path(path) / COVERAGE_FILE).is_file():
        raise FontsMissing(
            f"No fonts for documents in {path}. Build them: "
            "python -m quartierwerk.documents.build_fonts frontend/node_modules TARGET_DIR"
        )
    return Path(path)


def coverage() -> Coverage:
    return _coverage(str(folder()))


@cache
def _coverage(path: str) -> Coverage:
    ranges = json.loads((Path(path) / COVERAGE_FILE).read_text(encoding="utf-8"))
    return Coverage(starts=[start for start, _ in ranges], ends=[end for _, end in ranges])


def missing_characters(text: str) -> set[str]:
    """What of a text we could not print; for warnings before a folder goes to press."""
    known = coverage()
    return {character for character in set(text) if character.isprintable() and character not in known}


@cache
def _loaded(path: str) -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[path])


def loaded() -> Any:
    """The fonts in typst's form, read once per process."""
    return _loaded(str(folder()))
