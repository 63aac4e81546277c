"""bench/RESULTS.md: one section per benchmark, replaced when it runs again; the others stay."""

import datetime
import os
import platform
import re
import sys
import time
from pathlib import Path

FILE = Path(__file__).parent / "RESULTS.md"


def say(text: str) -> None:
    """How far a run is, on standard error."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def machine() -> str:
    """Date and machine of a run, with the load others put on it."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    load = os.getloadavg()[0]
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    return (
        f"{day}, {model}, {os.cpu_count()} cores, Python {platform.python_version()}, load before {load:.1f}"
    )


def write_section(title: str, text: str) -> None:
    """Put the section into RESULTS.md, in place of an older one of the same title."""
    old = FILE.read_text(encoding="utf-8") if FILE.exists() else "# Measured results\n"
    section = f"## {title}\n\n{text.strip()}\n"
    pattern = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.S | re.M)
    if pattern.search(old):
        new = pattern.sub(lambda _: section + "\n", old)
    else:
        new = old.rstrip() + "\n\n" + section
    FILE.write_text(new.rstrip() + "\n", encoding="utf-8")
