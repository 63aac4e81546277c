"""`quartierwerk doctor`: what would harm people or work here, each with what to do about it. Changes nothing.

Stricter than a start on one's own machine: it judges whether people could be served from this place.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from config import postgres
from quartierwerk.notices.models import Notice
from quartierwerk.privacy.registry import Retention
from quartierwerk.privacy.retention import PERIODS
from quartierwerk.search import keeping
from quartierwerk.search.index import NoIndex
from quartierwerk.search.models import Stale
from quartierwerk.tenants import scope
from quartierwerk.tenants.checks import walls_stand
from quartierwerk.tenants.models import Tenant

from . import rules, start_checks
from .backups import known

OLDEST_SERVER = 15
LITTLE_SPACE = 2_000_000_000
NO_SPACE = 500_000_000
SILENCE = timedelta(minutes=2)  # a worker gives a sign of life every ten seconds
LATE = timedelta(minutes=15)  # for a job that is due, or a record that is not searchable yet
DAILY = timedelta(hours=26)


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    name: str
    state: State
    says: str
    todo: str = ""


def examine() -> list[Finding]:
    found = [finding for look in WITHOUT_DATABASE for finding in look()]
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError as fault:
        words = (str(fault).strip().splitlines() or [""])[0]
        return [
            *found,
            _fault(
                "database", f"It cannot be reached: {words}", "Start the server, and look at DATABASE_URL."
            ),
        ]
    for look in WITH_DATABASE:
        try:
            found += look()
            if found[-1].name == "migrations" and found[-1].state == State.FAULT:
                break  # what comes now asks for tables that are not there yet
        except DatabaseError as fault:
            code = getattr(fault.__cause__, "sqlstate", "") or type(fault).__name__
            name = look.__name__.strip("_").replace("_", " ")
            found.append(
                _fault(name, f"It could not be looked at [{code}].", "Run `quartierwerk manage migrate`.")
            )
    return found


def _ok(name: str, says: str) -> Finding:
    return Finding(name, State.OK, says)


def _warning(name: str, says: str, todo: str) -> Finding:
    return Finding(name, State.WARNING, says, todo)


def _fault(name: str, says: str, todo: str) -> Finding:
    return Finding(name, State.FAULT, says, todo)


def _is_open() -> bool:
    """Whether people other than whoever sits here can reach it."""
    return settings.SURROUNDINGS == "production" or bool(rules.public_hosts(settings.ALLOWED_HOSTS))


def _one(name: str, fault: str, fine: str, *, strict: bool = True) -> Finding:
    """A rule's sentence says what to do already."""
    if not fault:
        return _ok(name, fine)
    return Finding(name, State.FAULT if strict else State.WARNING, fault)


# --- what needs no database


def _secret() -> Iterator[Finding]:
    yield _one("secret", rules.fault_of_secret(settings.SECRET_KEY), "SECRET_KEY is long and random.")


def _hosts() -> Iterator[Finding]:
    debug = rules.fault_of_debug(settings.DEBUG, settings.ALLOWED_HOSTS)
    if settings.DEBUG and not debug:
        yield _warning("debug", "DEBUG is on, on this machine only.", "Unset DEBUG before others come here.")
    else:
        yield _one("debug", debug, "DEBUG is off.")
    yield _one(
        "hosts",
        rules.fault_of_hosts(settings.ALLOWED_HOSTS),
        f"Answers to {', '.join(settings.ALLOWED_HOSTS)}.",
    )


def _https() -> Iterator[Finding]:
    if not _is_open():
        yield _ok("https", "Not needed: reached from this machine only.")
        return
    yield _one(
        "address",
        rules.fault_of_public_url(settings.PUBLIC_URL, settings.ALLOWED_HOSTS),
        settings.PUBLIC_URL,
        strict=False,
    )
    bare = [name for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE") if not getattr(settings, name)]
    if bare:
        yield _fault(
            "https",
            "Cookies would travel without TLS, so others could take over sessions.",
            "Serve people with QUARTIERWERK_ENV=production.",
        )
    elif not settings.SECURE_HSTS_SECONDS:
        yield _warning(
            "https", "Browsers are not told to stay with TLS.", "Set HSTS_SECONDS, for example 31536000."
        )
    else:
        yield _ok("https", "Cookies and pages travel with TLS only.")
    for message in start_checks.https_is_reached(None):
        if settings.SURROUNDINGS == "production":
            yield Finding("https", State.WARNING, message.msg)


def _mail() -> Iterator[Finding]:
    if settings.MAIL_HOST:
        if settings.MAIL_USER and settings.MAIL_SECURITY == "none":
            yield _fault(
                "mail",
                "The mail server's password travels unprotected.",
                "Set MAIL_SECURITY to starttls or tls.",
            )
        else:
            yield _ok("mail", f"Goes out by {settings.MAIL_HOST}. `quartierwerk mail test ADDRESS` tries it.")
    elif _is_open():
        yield _fault("mail", "No mail goes out, so nobody can be invited.", "Set MAIL_HOST and MAIL_FROM.")
    else:
        yield _warning(
            "mail",
            "Mails are kept, and read at /mail/.",
            "Set MAIL_HOST and MAIL_FROM before others come here.",
        )


def _space() -> Iterator[Finding]:
    folder = Path(settings.VAR)
    free = shutil.disk_usage(folder if folder.exists() else folder.parent).free
    says = f"{free / 1e9:.1f} GB are free in {folder}."
    if free < NO_SPACE:
        yield _fault("disk", says, "Make room now: the database stops when the disk is full.")
    elif free < LITTLE_SPACE:
        yield _warning("disk", says, "Make room soon.")
    else:
        yield _ok("disk", says)


def _backups() -> Iterator[Finding]:
    entries = known.all_known()
    strict = _is_open()
    if not entries:
        says, todo = "None was made here.", "Run `quartierwerk backup FILE` every night (docs/operating.md)."
        yield _fault("backup", says, todo) if strict else _warning("backup", says, todo)
        return
    now, newest = datetime.now(UTC), entries[-1]
    age = now - newest.at
    if age > DAILY:
        says = f"The newest was made {_ago(age)}."
        yield _warning("backup", says, "See why the nightly one did not run.")
    elif not newest.sealed:
        yield _warning(
            "backup", "The newest is not encrypted.", "Set BACKUP_KEY before it leaves this machine."
        )
    else:
        yield _ok("backup", f"The newest was made {_ago(age)} and is encrypted.")
    longest = PERIODS[Retention.BACKUP].default.before(now)
    old = [entry for entry in entries if entry.at < longest and Path(entry.path).exists()]
    if old:
        yield _warning(
            "backup",
            f"{len(old)} are older than the period for backups, the oldest is {old[0].path}.",
            "Delete them: what people had erased is still in there.",
        )


# --- what the database tells


def _server() -> Iterator[Finding]:
    version = connection.cursor().connection.info.server_version  # type: ignore[attr-defined]
    if version < OLDEST_SERVER * 10000:
        yield _fault(
            "server", f"PostgreSQL {version // 10000} is too old.", f"Use version {OLDEST_SERVER} or newer."
        )
    else:
        yield _ok("server", f"PostgreSQL {version // 10000}.")
    encoding, lowered = _row("select current_setting('server_encoding'), lower('ÄЖ')")
    if encoding != "UTF8":
        yield _fault(
            "encoding", f"The database is encoded in {encoding}.", "Create it anew with encoding 'UTF8'."
        )
    elif lowered != "äж":
        yield _fault(
            "encoding",
            "The database does not know small letters outside English: names would not be found.",
            "Create it anew with the locale C.UTF-8, or on version 18 with the builtin locale PG_UNICODE_FAST.",
        )
    else:
        yield _ok("encoding", "UTF8, with small letters of all scripts.")


def _roles() -> Iterator[Finding]:
    faults = start_checks.faults_of_role("default", "DATABASE_URL")
    faults += start_checks.faults_of_role("keeper", "DATABASE_KEEPER_URL")
    for fault in faults:
        yield _fault("roles", fault, "Sign in as qw_app and qw_keeper, made as docs/operating.md tells.")
    same = start_checks.history_can_be_erased(None, databases=["default"])
    for message in same:
        yield _fault("roles", message.msg, "")
    if not faults and not same:
        yield _ok("roles", "The serving role and the keeper own nothing and pass no wall.")


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        says = f"The database lacks {len(waiting)} changes of this version."
        yield _fault("migrations", says, "Run `quartierwerk manage migrate`.")
    else:
        yield _ok("migrations", "The database fits this version.")


def _walls() -> Iterator[Finding]:
    # What is said of roles stands there.
    faults = [fault for fault in walls_stand(None, databases=["default"]) if fault.id == "walls.E012"]
    if faults:
        yield _fault("walls", f"{len(faults)} tables are concerned. {faults[0].msg}", "")
    else:
        yield _ok("walls", "They stand around every municipal table.")


def _extensions() -> Iterator[Finding]:
    rows = _rows("select extname from pg_extension")
    missing = [name for name in postgres.EXTENSIONS if (name,) not in rows]
    if missing:
        words = "; ".join(f"create extension {name}" for name in missing)
        yield _fault("extensions", f"{', '.join(missing)} are missing.", f"As the database's owner: {words}.")
    else:
        yield _ok("extensions", "All there.")


def _server_logs() -> Iterator[Finding]:
    """PostgreSQL writes failing statements with their values into its log unless told not to."""
    loud = []
    for name, wanted in rules.QUIET.items():
        (value,) = _row("select current_setting(%s, true)", [name])
        if value is not None and not rules.is_quiet(name, value):
            loud.append(f"{name} = {wanted}")
    if loud:
        todo = f"In postgresql.conf: {', '.join(loud)}; then reload."
        yield _fault("server logs", "PostgreSQL would write personal values into its log.", todo)
    else:
        yield _ok("server logs", "PostgreSQL keeps values out of its log.")


def _example() -> Iterator[Finding]:
    yield _one("example", start_checks.example_fault(), "No example accounts.")


def _legal_texts() -> Iterator[Finding]:
    """Whoever shows pages to the world owes an imprint (DDG § 5) and a privacy notice (GDPR Art. 13)."""
    if Tenant.objects.exists() and Tenant.objects.operating() is None:
        yield _warning(
            "operator",
            "The start page names nobody whom people can ask.",
            "Set OPERATED_BY to the short name of the municipality that runs this.",
        )
    lacking = []
    for tenant in Tenant.objects.order_by("slug"):
        with scope.entered(scope.portal(tenant)):
            written = set(Notice.published.filter(tenant=tenant).values_list("kind", flat=True))
        named = f"{tenant.slug} (example)" if tenant.is_example else tenant.slug
        lacking += [f"{named}: {kind.value}" for kind in Notice.Kind if kind not in written]
    if lacking:
        says = f"{len(lacking)} are not written yet ({', '.join(lacking)})."
        yield _warning(
            "legal texts", says, "An administrator writes them under Administration, Municipality."
        )
    else:
        yield _ok("legal texts", "Every municipality has its imprint and privacy notice.")


def _embedded() -> Iterator[Finding]:
    if not hasattr(settings, "BOX"):
        return
    if _is_open():
        yield _warning(
            "embedded server",
            "The embedded PostgreSQL serves others: nobody watches over it, and it follows no updates of your system.",
            "Install PostgreSQL and move with `backup` and `restore` (docs/operating.md).",
        )
    else:
        yield _ok("embedded server", "The embedded PostgreSQL, for this machine only.")


def _index() -> Iterator[Finding]:
    todo = "See that the worker runs: it brings the index up to date every minute."
    try:
        size = keeping.index().size()
    except NoIndex:
        yield _warning("search", "There is no index yet, so the search finds nothing.", todo)
        return
    waiting = Stale.objects.count()
    if waiting > 1000:
        yield _warning("search", f"{waiting} records wait to become searchable.", todo)
    else:
        yield _ok("search", f"{size} records can be found, {waiting} wait.")


def _worker() -> Iterator[Finding]:
    (seen,) = _row("select max(last_heartbeat) from procrastinate_workers")
    late, failed = _row(
        "select count(*) filter (where status = 'todo' and coalesce(scheduled_at, now()) < now() - %s::interval),"
        " count(*) filter (where status = 'failed') from procrastinate_jobs",
        [LATE],
    )
    if seen is None or timezone.now() - seen > SILENCE:
        when = (
            "was never seen" if seen is None else f"was seen {_ago(timezone.now() - seen)} for the last time"
        )
        says, todo = f"It {when}: no mail goes out.", "Start `quartierwerk serve`, or `quartierwerk worker`."
        yield _fault("worker", says, todo) if _is_open() else _warning("worker", says, todo)
    elif late:
        yield _warning(
            "worker", f"{late} jobs are overdue.", "See its log; one that hangs is started again by itself."
        )
    else:
        yield _ok("worker", f"It was seen {_ago(timezone.now() - seen)}.")
    if failed:
        yield _warning(
            "jobs",
            f"{failed} failed for good in the last month.",
            "The log names them and where they failed.",
        )


def _replaced() -> Iterator[Finding]:
    name = f"replaced_{connection.settings_dict['NAME']}"[:63]
    if _rows("select 1 from pg_database where datname = %s", [name]):
        yield _warning(
            "restore",
            f"What ran before the last restore still lies in the database {name}, with everything erased since.",
            f"As its administrator, once all is well: drop database {name}.",
        )


def _row(query: str, values: list | None = None) -> tuple:
    return _rows(query, values)[0]


def _rows(query: str, values: list | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _ago(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 2:
        return "just now"
    if minutes < 120:
        return f"{minutes} minutes ago"
    return f"{minutes // 60} hours ago" if minutes < 72 * 60 else f"{minutes // 1440} days ago"


Look = Callable[[], Iterator[Finding]]
WITHOUT_DATABASE: tuple[Look, ...] = (_secret, _hosts, _https, _mail, _space, _backups)
WITH_DATABASE: tuple[Look, ...] = (
    _server,
    _roles,
    _extensions,
    _server_logs,
    _migrations,
    _walls,
    _example,
    _legal_texts,
    _embedded,
    _index,
    _worker,
    _replaced,
)
