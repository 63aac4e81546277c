"""Where the published tables lie, and how tests say that they do not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def monitoring_data() -> Path:
    """The folder of the published tables; skips the test, with a line that says so, where there is none.

    QUARTIERWERK_SHARED names the shared folder; else it is looked for beside the repository, up to two levels up.
    """
    named = os.environ.get("QUARTIERWERK_SHARED")
    around = [Path(named)] if named else [parent / "shared" for parent in list(REPOSITORY.parents)[:2]]
    for shared in around:
        if (shared / "data" / "monitoring" / "README.md").is_file():
            return shared / "data" / "monitoring"
    pytest.skip("published tables not found: set QUARTIERWERK_SHARED to the folder that has data/monitoring")
