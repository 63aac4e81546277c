import os
from argparse import ArgumentTypeError, Namespace

PORT, WORKERS, THREADS = 8000, 1, 4


def add_commands(commands) -> None:
    serve = commands.add_parser(
        "serve",
        help="serve the pages, with a worker beside",
        description="Serve the pages, with a worker beside.",
    )
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=_port, default=os.environ.get("PORT") or PORT, help="PORT, else 8000")
    serve.add_argument(
        "--workers",
        type=_count,
        default=os.environ.get("WEB_WORKERS") or WORKERS,
        help="web processes: WEB_WORKERS, else 1",
    )
    serve.add_argument(
        "--threads",
        type=_count,
        default=os.environ.get("WEB_THREADS") or THREADS,
        help="threads of each, with a database connection each: WEB_THREADS, else 4",
    )
    serve.add_argument(
        "--no-worker",
        dest="worker",
        action="store_false",
        help="the worker runs elsewhere (`quartierwerk worker`)",
    )
    serve.set_defaults(run=_serve, needs_django=True)
    worker = commands.add_parser(
        "worker", help="send mails and do other work", description="Send mails and do other work that waits."
    )
    worker.add_argument("--once", action="store_true", help="do what is due now, then end")
    worker.set_defaults(run=_work, needs_django=True)


def _serve(options: Namespace) -> int:
    from . import serving

    return serving.serve(options)


def _work(options: Namespace) -> int:
    from . import serving

    return serving.work(options)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ArgumentTypeError(f"{text} is no port; it takes a number between 1 and 65535")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 64:
        raise ArgumentTypeError(f"{text} is not between 1 and 64")
    return int(text)
