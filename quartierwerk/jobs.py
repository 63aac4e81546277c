"""Work done later, by a worker: procrastinate behind these few names, so that a change of queue touches one file.

    # directory/jobs.py, imported by every process because its package is installed
    @jobs.job("directory.remind", retries=5)
    def remind(offer: UUID) -> None: ...

    @jobs.periodic("0 3 * * *", "directory.mark unconfirmed", each_tenant=True)   # times are UTC
    def mark_unconfirmed() -> None: ...

    jobs.later(remind, tenant=tenant, offer=offer.pk)   # in the caller's transaction: no commit, no job

A job runs in the staff scope of its tenant, or knowing nobody's rows without one. It runs at least once: a killed
worker's job is started again, so every job must bear running twice. Arguments are identifiers, never contents;
neither they nor the text of an error reach a log.
"""

import asyncio
import inspect
import json
import logging
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

import pghistory
from django.conf import settings
from django.utils import timezone
from procrastinate import App, RetryDecision, exceptions, sql
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.manager import JobManager
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.retry import BaseRetryStrategy

from quartierwerk.logs import told
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

log = logging.getLogger("quartierwerk.jobs")

# Two lanes, each a process of its own: a long import must not delay a mail or the search for stalled jobs.
MAIL, UPKEEP, DEFAULT = "mail", "upkeep", "default"
LANES = {"quick": (MAIL, UPKEEP), "long": (DEFAULT,)}

# A daily job is caught up when no worker ran at its hour; the database keeps it from running twice.
CATCH_UP = timedelta(hours=26)
KEEP_FINISHED = timedelta(days=1)
LONGEST_WAIT = 7200  # seconds between two tries of a failing job
LONGEST_RESCUE = 3600  # seconds before a job is started again whose workers died


class NotAnIdentifier(TypeError):
    """Contents were given to a job as argument; they would lie in the queue's tables."""


class JobFailed(RuntimeError):
    """What the queue is told of an error: its kind and place, none of its text."""


@dataclass(frozen=True)
class Job:
    name: str
    function: Callable[..., object]
    queue: str
    lock: str
    each_tenant: bool

    def __call__(self, *args: Any, **kwargs: Any) -> object:
        """The function itself, in the caller's scope and transaction."""
        return self.function(*args, **kwargs)


_jobs: dict[str, Job] = {}


def job(
    name: str, *, retries: int = 5, lock: str = "", queue: str = DEFAULT
) -> Callable[[Callable[..., object]], Job]:
    """Declare a function as a job.

    name   stays the same for ever: waiting jobs are found by it
    lock   no two jobs with the same lock run at once; "{tenant}" in it stands for the tenant's id
    """
    return _declare(name, retries=retries, lock=lock, queue=queue)


def periodic(
    cron: str, name: str, *, each_tenant: bool = False, retries: int = 3, queue: str = DEFAULT
) -> Callable[[Callable[..., object]], Job]:
    """Run a function at the times of a cron line (UTC): once, or once in the scope of each tenant."""
    return _declare(name, cron=cron, each_tenant=each_tenant, retries=retries, lock=name, queue=queue)


def _declare(
    name: str, *, retries: int, lock: str, queue: str, cron: str = "", each_tenant: bool = False
) -> Callable[[Callable[..., object]], Job]:
    if queue not in {known for lane in LANES.values() for known in lane}:
        raise ValueError(f"No worker looks at the queue {queue}.")

    def declare(function: Callable[..., object]) -> Job:
        found = Job(name, function, queue, lock, each_tenant)
        if name in _jobs:
            raise ValueError(f"Two jobs are named {name}.")

        def run(context, **arguments):
            arguments.pop("timestamp", None)  # procrastinate tells periodic jobs their hour
            _run(found, context.job.id, arguments)

        task = app.task(
            name=name, queue=queue, lock=lock or None, retry=_Patience(retries), pass_context=True
        )(run)
        if cron:
            app.periodic(cron=cron)(task)  # type: ignore[arg-type]
        _jobs[name] = found
        return found

    return declare


class _Patience(BaseRetryStrategy):
    """10 s, 40 s, 3 min, 11 min, 43 min, then every two hours."""

    def __init__(self, retries: int):
        self.retries = retries

    def get_retry_decision(self, *, exception, job):
        if job.attempts >= self.retries:
            return None
        return RetryDecision(retry_in={"seconds": min(10 * 4**job.attempts, LONGEST_WAIT)})


def later(job: Job, *, tenant: "Tenant | int | None" = None, at: datetime | None = None, **ids: Any) -> int:
    """Run the job once this transaction is committed (and not before `at`); returns the queue's number for it."""
    if not isinstance(job, Job):
        raise TypeError("jobs.later takes a function declared with @jobs.job.")
    tenant_id = tenant.pk if isinstance(tenant, Tenant) else tenant
    arguments: dict[str, Any] = {name: _identifier(name, value) for name, value in ids.items()}
    if tenant_id is not None:
        arguments["tenant"] = tenant_id
    expected = inspect.signature(job.function).parameters
    if unknown := set(ids) - set(expected):
        raise TypeError(f"The job {job.name} takes no {', '.join(sorted(unknown))}.")
    needed = {name for name, parameter in expected.items() if parameter.default is parameter.empty}
    if missing := needed - set(arguments) - ({"tenant"} if job.each_tenant else set()):
        raise TypeError(f"The job {job.name} needs {', '.join(sorted(missing))}.")
    return app.configure_task(
        job.name,
        allow_unknown=False,
        lock=job.lock.format(tenant=tenant_id) if job.lock else None,
        schedule_at=at,
    ).defer(**arguments)


def _identifier(name: str, value: Any) -> int | str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Enum):  # words of the code, not of people
        return str(value.value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise NotAnIdentifier(
        f"{name} is a {type(value).__name__}; a job takes numbers, UUIDs and enum values only."
    )


def _run(job: Job, number: int | None, arguments: dict[str, Any]) -> None:
    """One run, as the worker does it. Raises JobFailed, which tells the queue to try again."""
    started = time.monotonic()
    faults = []
    with pghistory.context(job=job.name):
        for place, values in _calls(job, arguments):
            try:
                with scope.entered(place):
                    job.function(**values)
            except Exception as error:  # one municipality's trouble must not become the next one's
                faults.append(told(error))
    seconds = time.monotonic() - started
    if faults:
        log.error(
            "job %s %s failed after %.2f s: %s", number, job.name, seconds, "; ".join(sorted(set(faults)))
        )
        raise JobFailed(faults[0])
    level = logging.DEBUG if job.queue == UPKEEP else logging.INFO  # upkeep runs every minute
    log.log(level, "job %s %s done in %.2f s", number, job.name, seconds)


def _calls(job: Job, arguments: dict[str, Any]) -> list[tuple[scope.Scope, dict[str, Any]]]:
    values = {name: _uuid_again(value) for name, value in arguments.items()}
    tenant_id = values.pop("tenant", None)
    if tenant_id is None and not job.each_tenant:
        return [(scope.NOBODY, values)]
    tenants = Tenant.objects.order_by("pk")
    if not job.each_tenant:
        # A tenant that is gone took its rows along: nothing is left to do.
        tenants = tenants.filter(pk=tenant_id)
    wanted = "tenant" in inspect.signature(job.function).parameters
    return [(scope.staff(tenant), values | ({"tenant": tenant} if wanted else {})) for tenant in tenants]


def _uuid_again(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 36:
        try:
            return UUID(value)
        except ValueError:
            return value
    return value


# --- the worker's side


def work(queues: Iterable[str], *, name: str, once: bool = False) -> None:
    """Take jobs from these queues until SIGTERM or SIGINT, or, `once`, until none is left that is due."""
    connector = PsycopgConnector(kwargs=connector_params("default"), min_size=1, max_size=3)
    ours: App = app.with_connector(connector)
    ours.periodic_defaults = {"max_delay": CATCH_UP.total_seconds()}

    async def run() -> None:
        async with ours.open_async():
            await rescue_stalled(ours.job_manager)
            working = asyncio.create_task(
                ours.run_worker_async(
                    queues=list(queues),
                    name=name,
                    wait=not once,
                    listen_notify=not once,
                    update_heartbeat_interval=settings.JOBS_HEARTBEAT,
                    stalled_worker_timeout=settings.JOBS_STALLED_AFTER,
                    install_signal_handlers=False,
                )
            )
            rescuing = asyncio.create_task(_keep_rescuing(ours.job_manager))
            _stop_at_first_signal(working)
            with suppress(asyncio.CancelledError):
                await working
            rescuing.cancel()

    asyncio.run(run())


def _stop_at_first_signal(working: asyncio.Task) -> None:
    """The running job may end; further signals are ignored, since the whole service is often told at once and twice."""
    stops = (signal.SIGTERM, signal.SIGINT)

    def stop() -> None:
        for number in stops:
            loop.add_signal_handler(number, lambda: None)
        working.cancel()

    loop = asyncio.get_running_loop()
    for number in stops:
        loop.add_signal_handler(number, stop)


async def _keep_rescuing(manager: JobManager) -> None:
    # Beside the jobs, not as one of them: a long job must not hold it up, and no row a minute tells of it.
    while True:
        await asyncio.sleep(settings.JOBS_STALLED_AFTER / 3)
        with suppress(exceptions.ConnectorException):  # the database is away for a moment
            await rescue_stalled(manager)


async def rescue_stalled(manager: JobManager) -> None:
    """Start again what was running in workers whose heart stopped."""
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=settings.JOBS_STALLED_AFTER):
        # Longer each time: a job that ended so many workers may be what kills them.
        wait = timedelta(seconds=min(job.attempts**2, LONGEST_RESCUE))
        # The other lane may have rescued it meanwhile, or it just ended.
        with suppress(exceptions.ConnectorException):
            await manager.retry_job(job, retry_at=timezone.now() + wait)
            log.warning("job %s %s lost its worker and starts again", job.id, job.task_name)


def run_waiting(queues: Iterable[str] | None = None) -> int:
    """Run what is due here and now, in this connection, errors raised: for tests. Returns how many ran."""
    count = 0
    while rows := app.connector.execute_query_all(  # type: ignore[attr-defined]
        sql.queries["fetch_job"], queues=list(queues) if queues else None, worker_id=None
    ):
        row = rows[0]
        if row["id"] is None:
            break
        _run(_jobs[row["task_name"]], row["id"], json.loads(row["args"]))
        app.connector.execute_query(  # type: ignore[attr-defined]
            sql.queries["finish_job"], job_id=row["id"], status="succeeded", delete_job=False
        )
        count += 1
    return count


@periodic("17 * * * *", "jobs.delete finished", queue=UPKEEP)
def delete_finished() -> None:
    """Finished jobs go after a day; failed ones stay a month, for the operator."""
    hours = int(KEEP_FINISHED.total_seconds() // 3600)
    for statuses, age in ((["succeeded", "cancelled", "aborted"], hours), (["failed"], 30 * 24)):
        app.connector.execute_query(  # type: ignore[attr-defined]
            sql.queries["delete_old_jobs"], nb_hours=age, queue=None, statuses=statuses
        )
