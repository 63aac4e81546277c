from pathlib import Path

import pytest

from quartierwerk.documents import build_fonts, fonts

PACKAGES = Path(__file__).resolve().parents[3] / "frontend" / "node_modules"


@pytest.fixture(scope="session", autouse=True)
def built_fonts():
    """The fonts the set-up builds; built here if only the front end's packages are there."""
    try:
        fonts.folder()
    except fonts.FontsMissing:
        if not PACKAGES.is_dir():
            raise
        build_fonts.build(PACKAGES, fonts.DEFAULT_FOLDER)
