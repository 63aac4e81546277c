"""Kill -9 of the worker at random moments: no mail is lost, a repeated one keeps its Message-ID."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from quartierwerk import messages, testing
from quartierwerk.messages.models import Outgoing, State
from quartierwerk.messages.tests.sink import Sink

CANARY = "Kanarienvogel7Q"


def children_of(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:  # no Linux
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True).stdout
        pairs = [line.split() for line in listed.splitlines()]
        return [int(child) for child, parent in pairs if int(parent) == pid]


class Worker:
    """The real command on the test's database, its words in a file."""

    def __init__(self, port: int, words):
        self.log, self.words = words, words.open("ab")
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "TEST_DATABASE_NAME": connection.settings_dict["NAME"],
            "MAIL_HOST": "127.0.0.1",
            "MAIL_PORT": str(port),
            "MAIL_SECURITY": "none",
            "MAIL_FROM": "post@musterstadt.example",
            "JOBS_HEARTBEAT": "1",
            "JOBS_STALLED_AFTER": "3",
        }
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quartierwerk", "worker"],
            env=self.environment,
            cwd=settings.ROOT,
            stdout=self.words,
            stderr=self.words,
        )

    def lanes(self) -> list[int]:
        """Its two children; waits until both are there."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if len(found := children_of(self.process.pid)) == 2:
                return found
            assert self.process.poll() is None, f"the worker ended: {self.log.read_text()[-2000:]}"
            time.sleep(0.02)
        raise AssertionError("the worker's lanes do not come back")

    def kill_lanes(self):
        self._kill(self.lanes())

    def kill_all(self):
        self._kill([self.process.pid, *self.lanes()])
        self.process.wait()

    def _kill(self, pids):
        for pid in pids:
            with suppress(ProcessLookupError):  # it ended by itself in this very moment
                os.kill(pid, signal.SIGKILL)

    def stop(self):
        self.process.terminate()
        code = self.process.wait(20)
        self.words.close()
        return code


def what_waits() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select status::text, attempts, scheduled_at - now(), count(*) from procrastinate_jobs"
            " where status <> 'succeeded' and task_name like 'messages.deliver%' group by 1, 2, 3"
        )
        return cursor.fetchall()


def survive(kills: int, mails: int, words) -> Counter:
    """Queue the mails, kill the worker this often while it sends them; returns how often each Message-ID arrived."""
    chance = random.Random(20)
    cast = testing.cast()
    with cast.in_town():
        for number in range(mails):
            messages.send(
                "test",
                to=f"{CANARY}{number}@beispiel.example",
                lang=chance.choice(["de", "ar", "uk"]),
                key=f"event {number}",
                context={"name": f"{CANARY} {number}", "link": f"https://beispiel.example/{CANARY}"},
            )
    # Slow enough that most kills fall into a mail: before it is taken, or after that and before the commit.
    with Sink(pause=lambda: chance.uniform(0, 0.05)) as sink:
        worker = Worker(sink.port, words)
        try:
            for number in range(kills):
                worker.lanes()
                time.sleep(chance.uniform(0.05, 0.35))
                if number % 40 == 39:
                    worker.kill_all()
                    worker.start()
                else:
                    worker.kill_lanes()
            deadline = time.monotonic() + 100
            with cast.in_town():
                while Outgoing.objects.exclude(state=State.SENT).exists():
                    assert time.monotonic() < deadline, f"left: {what_waits()}"
                    time.sleep(0.3)
                assert {mail["Message-ID"] for mail in sink.mails} == set(
                    Outgoing.objects.values_list("message_id", flat=True)
                )
        finally:
            code = worker.stop()
        assert code == 0
        contents = {}
        for mail in sink.mails:
            assert contents.setdefault(mail["Message-ID"], mail.as_bytes()) == mail.as_bytes()
            assert CANARY not in mail["Subject"]
        return Counter(mail["Message-ID"] for mail in sink.mails)


def check(arrived: Counter, mails: int, words):
    assert len(arrived) == mails
    with connection.cursor() as cursor:
        cursor.execute("select args::text from procrastinate_jobs where task_name = 'messages.deliver'")
        arguments = " ".join(row[0] for row in cursor.fetchall())
    assert arguments
    assert CANARY not in arguments
    log = words.read_text()
    assert "lost its worker" in log
    assert CANARY not in log


@pytest.mark.django_db(transaction=True)
def test_ten_kills_lose_no_mail(tmp_path):
    words = tmp_path / "worker.log"
    check(survive(10, 20, words), 20, words)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_hundred_kills_lose_no_mail(tmp_path):
    words = tmp_path / "worker.log"
    started = time.monotonic()
    arrived = survive(200, 500, words)
    check(arrived, 500, words)
    repeated = sum(count - 1 for count in arrived.values())
    print(f"200 kills, 500 mails, {repeated} repeated, {time.monotonic() - started:.0f} s")
    # Else the kills fell beside the moments this test is about.
    assert repeated > 0
