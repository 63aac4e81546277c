"""The environment of the peers, built from bench/requirements-bench.lock where it is missing or outdated."""

import hashlib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ENVIRONMENT = HERE.parent / "var" / "bench-venv"
LOCK = HERE / "requirements-bench.lock"


def peer_python() -> Path:
    """The interpreter of var/bench-venv with the locked peers in it."""
    python, stamp = ENVIRONMENT / "bin" / "python", ENVIRONMENT / "locked"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        print("building the environment of the peers (some minutes) ...", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)
        install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
        subprocess.run([*install, "-r", LOCK], check=True)
        stamp.write_text(wanted)
    return python
