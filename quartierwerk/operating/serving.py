"""`quartierwerk serve` and `quartierwerk worker`."""

import argparse
import logging
import os
import socket
import time
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connections

from quartierwerk import jobs, logs
from quartierwerk.cli import Refused
from quartierwerk.logs import told

from . import processes, rules, starting

log = logging.getLogger("quartierwerk.operating")

# The port of a server that was just killed is free again within this time.
PATIENCE = 5.0


def serve(options: argparse.Namespace) -> int:
    _refuse_debug(options.host)
    starting.refuse_unsafe()
    _refuse_without_styles()
    _refuse_taken_port(options.host, options.port)
    _hold_database()
    application = _application()
    programs: dict[str, Callable[[], None]] = {"web": partial(_web, application, options)}
    if options.worker:
        programs |= _lanes()
    connections.close_all()
    processes.supervise(programs, on_wait=_Announcement(options.host, options.port))
    return 0


def work(options: argparse.Namespace) -> int:
    starting.refuse_unsafe()
    if options.once:
        queues = [queue for lane in jobs.LANES.values() for queue in lane]
        jobs.work(queues, name="once", once=True)
        return 0
    _hold_database()
    connections.close_all()
    processes.supervise(_lanes())
    return 0


def _lanes() -> dict[str, Callable[[], None]]:
    return {f"worker ({lane})": partial(jobs.work, queues, name=lane) for lane, queues in jobs.LANES.items()}


def _web(application, options: argparse.Namespace) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    master = os.getpid()

    def load():
        processes.end_with(master)
        return guarded(application)

    Granian(
        "config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        # Each thread keeps a connection to the database.
        blocking_threads=options.threads,
        blocking_threads_idle_timeout=600,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=logs.WEB_SERVER,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=int(processes.GRACE) - 2,
    ).serve(target_loader=load, wrap_loader=False)


def guarded(application):
    """What even Django's error page could not catch: told by kind and place, where the web server would print it all."""

    def answer(environ, start_response):
        try:
            return application(environ, start_response)
        except Exception as error:
            log.error("a request failed beyond its error page: %s", told(error))
            start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
            return [b"Internal Server Error"]

    return answer


def _application():
    from config.wsgi import application

    return application


def _hold_database() -> None:
    """The embedded server stops when its last user leaves."""
    if box := getattr(settings, "BOX", None):
        box.hold()


def _refuse_debug(host: str) -> None:
    if settings.DEBUG and not rules.is_own_machine(host):
        raise Refused("DEBUG shows the program's inside to everybody. Unset DEBUG, or serve on 127.0.0.1.")


def _refuse_without_styles() -> None:
    strict = getattr(staticfiles_storage, "manifest_strict", False)
    if strict and not getattr(staticfiles_storage, "hashed_files", None):
        raise Refused(
            "Style sheets and scripts are not collected."
            " Run `quartierwerk manage collectstatic --noinput` after each update."
        )


def _refuse_taken_port(host: str, port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
            with socket.socket(family) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind((host, port))
                return
        except socket.gaierror:
            raise Refused(f"{host} is no address of this machine.") from None
        except PermissionError:
            raise Refused(f"Port {port} is reserved for the system: choose one above 1023.") from None
        except OSError:
            if time.monotonic() > deadline:
                raise Refused(
                    f"Port {port} on {host} is taken. Stop what runs there or choose another with --port."
                ) from None
            time.sleep(0.2)


class _Announcement:
    """Says once that the pages can be opened."""

    def __init__(self, host: str, port: int):
        self.place, self.done = (host, port), False

    def __call__(self) -> None:
        if self.done:
            return
        host, port = self.place
        try:
            socket.create_connection(("127.0.0.1" if host in ("0.0.0.0", "::") else host, port), 0.2).close()  # noqa: S104
        except OSError:
            return
        self.done = True
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        print(f"Quartierwerk runs at {address}", flush=True)
        if settings.MAILS_READ_AT and not settings.MAIL_HOST:
            print(f"Its mails can be read at {address}mail/", flush=True)
            _tell_log_ins()


def _tell_log_ins() -> None:
    """Whom one can sign in as in the example town; nothing where it is not loaded."""
    from django.db import connections
    from django.utils.module_loading import autodiscover_modules

    from quartierwerk.tenants import example

    autodiscover_modules("example")
    for line in example.log_ins():
        print(line, flush=True)
    connections.close_all()  # children that are forked later must not inherit it
