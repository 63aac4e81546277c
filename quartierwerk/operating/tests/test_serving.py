"""`quartierwerk serve` and `worker`: one start, one clean stop, nothing left behind, no unsafe start."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from quartierwerk.cli import Refused
from quartierwerk.operating import processes, serving, starting
from quartierwerk.operating.commands import add_commands


def children_of(pid: int) -> set[int]:
    """All processes below it, grandchildren too."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found, new = set(), {pid}
    while new:
        new = {child for child, parent in pairs if parent in new} - found
        found |= new
    return found


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return (
        "Z"
        not in subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    )


def wait_until(truth, seconds=40):
    deadline = time.monotonic() + seconds
    while not (value := truth()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
    return value


class Server:
    def __init__(self, folder: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.words = folder / "server.log"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "TEST_DATABASE_NAME": connection.settings_dict["NAME"],
            "PORT": str(self.port),
        }
        with self.words.open("wb") as words:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "quartierwerk", "serve"],
                env=environment,
                cwd=settings.ROOT,
                stdout=words,
                stderr=words,
            )
        wait_until(lambda: f"http://127.0.0.1:{self.port}/" in self.words.read_text() or self.ended())
        # Parent; web master and its worker, two lanes.
        self.family = wait_until(lambda: len(found := children_of(self.process.pid)) == 4 and found)

    def ended(self):
        assert self.process.poll() is None, self.words.read_text()
        return False

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/mail/", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False


@pytest.fixture
def server(transactional_db, tmp_path):
    running = Server(tmp_path)
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait()
    wait_until(lambda: not any(map(is_there, running.family)))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stops_cleanly_and_leaves_no_orphan(server, number):
    assert server.answers()
    server.process.send_signal(number)
    assert server.process.wait(15) == 0
    assert not any(map(is_there, server.family))
    assert "Traceback" not in server.words.read_text()


def test_killed_parent_takes_its_children_along_and_frees_the_port(server):
    server.process.kill()
    server.process.wait()
    wait_until(lambda: not any(map(is_there, server.family)), 10)
    serving._refuse_taken_port("127.0.0.1", server.port)


def test_children_that_are_killed_come_back(server):
    for pid in server.family:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: len(children_of(server.process.pid) - server.family) == 4)
    wait_until(server.answers)
    server.process.terminate()
    assert server.process.wait(15) == 0


def test_taken_port_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(serving, "PATIENCE", 0.2)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refused, match=f"Port {port} on 127.0.0.1 is taken"):
            serving._refuse_taken_port("127.0.0.1", port)


def test_address_of_another_machine_is_refused(monkeypatch):
    monkeypatch.setattr(serving, "PATIENCE", 0)
    with pytest.raises(Refused, match=r"no address of this machine|is taken"):
        serving._refuse_taken_port("nowhere.invalid", 8000)


def test_debug_before_the_world_is_refused(settings):
    settings.DEBUG = True
    for host in ("0.0.0.0", "::", "192.0.2.7", "town.example"):
        with pytest.raises(Refused, match="DEBUG"):
            serving._refuse_debug(host)
    for host in ("127.0.0.1", "::1", "localhost"):
        serving._refuse_debug(host)


@pytest.mark.django_db(databases=["default", "keeper"])
def test_unsafe_start_is_refused_with_the_checks_sentences(settings):
    starting.refuse_unsafe()
    settings.SURROUNDINGS = "production"
    with pytest.raises(Refused, match=r"No mail server is set.*\[messages\.E010\]"):
        starting.refuse_unsafe()


def test_production_without_collected_styles_is_refused(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = production_storages()
    with pytest.raises(Refused, match="collectstatic"):
        serving._refuse_without_styles()
    (tmp_path / "staticfiles.json").write_text(
        '{"version": "1.1", "paths": {"a.css": "a.1.css"}, "hash": ""}'
    )
    settings.STORAGES = production_storages()  # forgets what was read
    serving._refuse_without_styles()


def production_storages():
    return {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }


def test_database_of_an_older_version_is_refused(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table django_migrations (like public.django_migrations including all)"
        )
    with pytest.raises(Refused, match="quartierwerk manage migrate"):
        starting.refuse_unfinished()


@pytest.mark.parametrize(
    "words",
    [["serve", "--port", "0"], ["serve", "--port", "x"], ["serve", "--workers", "0"], ["worker", "now"]],
)
def test_wrong_call_exits_with_two(words, capsys):
    import argparse

    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    with pytest.raises(SystemExit) as end:
        parser.parse_args(words)
    assert end.value.code == 2


def test_child_that_cannot_start_is_tried_ever_less_often(monkeypatch):
    child = processes.Child("broken", lambda: sys.exit(3))
    delays = []
    for _ in range(7):
        processes._start(child)
        while child.is_running:
            processes._reap([child])
            time.sleep(0.01)
        delays.append(child.delay)
    assert delays == [1, 2, 4, 8, 16, 30, 30]


def test_all_told_to_stop_at_once_and_again_still_stop_cleanly(server):
    """As a service manager or an impatient Ctrl-C does it."""
    for _ in range(3):
        for pid in [server.process.pid, *server.family]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        time.sleep(0.1)
    assert server.process.wait(15) == 0
    wait_until(lambda: not any(map(is_there, server.family)), 10)
