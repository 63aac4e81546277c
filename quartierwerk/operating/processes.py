"""One parent that does nothing but keep its children running: web server and the worker's lanes.

The parent loads everything once and forks, so a child that died is back in a moment. It runs no thread and holds no
connection, which is what makes forking safe. Children end with their parent, even when that was killed with -9.
"""

import contextlib
import logging
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from quartierwerk.logs import told

log = logging.getLogger("quartierwerk.operating")

GRACE = 10.0  # seconds a child has to end by itself
LONGEST_DELAY = 30.0  # between restarts of a child that cannot start (the database is away)
STEADY = 60.0  # a child that ran this long is started again at once
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass
class Child:
    name: str
    run: Callable[[], None]
    pid: int = 0
    started: float = 0.0
    delay: float = 0.0  # before the next start
    due: float = 0.0

    @property
    def is_running(self) -> bool:
        return self.pid != 0


def supervise(programs: dict[str, Callable[[], None]], *, on_wait: Callable[[], None] = lambda: None) -> None:
    """Keep the programs running until SIGTERM, SIGINT or SIGHUP, then stop them. `on_wait` is called now and then.

    Afterwards these signals are ignored: the process is about to end, and a second Ctrl-C must not spoil that.
    """
    children = [Child(name, run) for name, run in programs.items()]
    with _awake() as (wait, stopping):
        try:
            while not stopping():
                _reap(children)
                for child in children:
                    if not child.is_running and child.due <= time.monotonic():
                        _start(child)
                on_wait()
                wait(0.5 if any(not child.is_running for child in children) else 1.0)
        finally:
            _stop(children, wait)


@contextlib.contextmanager
def _awake():
    """(wait(seconds), stopping()): waiting that ends at once when a signal came or a child ended."""
    asked: list[int] = []
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    for number in STOPS:
        signal.signal(number, lambda number, frame: asked.append(number))
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)

    def wait(seconds: float) -> None:
        select.select([reader], [], [], seconds)
        with contextlib.suppress(BlockingIOError):
            os.read(reader, 4096)

    try:
        yield wait, lambda: bool(asked)
    finally:
        for number in STOPS:
            signal.signal(number, signal.SIG_IGN)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.close(reader)
        os.close(writer)


def _start(child: Child) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    child.started = time.monotonic()
    # A signal that comes while the child still has the parent's handlers would be lost.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    child.pid = os.fork()
    if child.pid:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        with contextlib.suppress(OSError):  # also done by the child: whoever comes first
            os.setpgid(child.pid, child.pid)
        return
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (*STOPS, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        # Out of reach of the terminal's Ctrl-C: the parent tells its children once, and they finish their work.
        os.setpgid(0, 0)
        end_with(parent)
        child.run()
        status = 0
    except BaseException as error:
        log.error("%s could not go on: %s", child.name, told(error))
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)  # no atexit of the parent's


def end_with(parent: int) -> None:
    """From now on this process ends when that parent of its is gone."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.25)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="end with parent").start()


def _reap(children: list[Child]) -> None:
    for child in children:
        if not child.is_running:
            continue
        pid, status = os.waitpid(child.pid, os.WNOHANG)
        if pid == 0:
            continue
        child.pid, ran = 0, time.monotonic() - child.started
        if os.WIFSIGNALED(status) or ran > STEADY:
            child.delay = 0.0
        else:
            child.delay = min(max(1.0, child.delay * 2), LONGEST_DELAY)
        child.due = time.monotonic() + child.delay
        log.warning("%s ended (%s) and starts again", child.name, os.waitstatus_to_exitcode(status))


def _stop(children: list[Child], wait: Callable[[float], None]) -> None:
    deadline = time.monotonic() + GRACE
    for child in children:
        if child.is_running:
            os.kill(child.pid, signal.SIGTERM)
    while running := [child for child in children if child.is_running]:
        late = time.monotonic() > deadline
        for child in running:
            if late:
                log.warning("%s did not stop in time and was killed", child.name)
                os.killpg(child.pid, signal.SIGKILL)
            pid, _status = os.waitpid(child.pid, 0 if late else os.WNOHANG)
            if pid:
                child.pid = 0
        if any(child.is_running for child in children):
            wait(0.1)
