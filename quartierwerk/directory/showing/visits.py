"""How often an offer's page is opened: one number a month, no cookie, no address, robots left out.

Numbers are collected in the process and written a few seconds later, so that no page waits for it. A killed process loses
those seconds, which is less than what robots that call themselves browsers add.
"""

import atexit
import re
import threading
from collections import Counter
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from ..models import Offer, ViewCount

ROBOTS = re.compile(
    r"bot|crawl|spider|slurp|fetch|monitor|preview|scan|archiv|curl|wget|python|httpx|java/|go-http|libwww|headless"
    r"|facebookexternalhit|lighthouse|validator|feed",
    re.IGNORECASE,
)

_seen: Counter[tuple[Any, UUID, date]] = Counter()
_lock = threading.Lock()
_waiting: threading.Timer | None = None


def is_robot(agent: str) -> bool:
    """Whoever does not say who it is, or says that it is a programme."""
    return not agent.strip() or ROBOTS.search(agent) is not None


def count(request, offer: Offer) -> None:
    """One more visitor has opened the page. Staff looking at their own work are none."""
    early = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    if request.method != "GET" or request.person.is_known or "prefetch" in early:
        return
    if is_robot(request.headers.get("User-Agent", "")):
        return
    month = timezone.localdate().replace(day=1)
    global _waiting
    with _lock:
        _seen[offer.tenant_id, offer.pk, month] += 1
        if _waiting is None and settings.VIEWS_WRITTEN_AFTER is not None:
            _waiting = threading.Timer(settings.VIEWS_WRITTEN_AFTER, _write_aside)
            _waiting.daemon = True
            _waiting.start()


def write() -> None:
    """Add what was seen since to the table, one statement for each municipality."""
    with _lock:
        seen = dict(_seen)
        _seen.clear()
    by_tenant: dict[int, list[tuple[UUID, date, int]]] = {}
    for (tenant_id, offer, month), number in seen.items():
        by_tenant.setdefault(tenant_id, []).append((offer, month, number))
    for tenant in Tenant.objects.filter(pk__in=by_tenant):
        with scope.entered(scope.staff(tenant)):
            _add(tenant, by_tenant[tenant.pk])


def _add(tenant: Tenant, rows: list[tuple[UUID, date, int]]) -> None:
    table, offers = ViewCount._meta.db_table, Offer._meta.db_table
    # An offer deleted since is left out, where its foreign key would fail the others.
    add = (
        f"insert into {table} (id, tenant_id, offer_id, month, count)"  # noqa: S608 - our own names
        f" select gen_random_uuid(), %s, seen.offer, seen.month, seen.number"
        f" from unnest(%s::uuid[], %s::date[], %s::int[]) as seen (offer, month, number)"
        f" join {offers} on {offers}.id = seen.offer and {offers}.tenant_id = %s"
        f" on conflict (tenant_id, offer_id, month) do update set count = {table}.count + excluded.count"
    )
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(add, [tenant.pk, *columns, tenant.pk])


def _write_aside() -> None:
    global _waiting
    with _lock:
        _waiting = None
    try:
        with scope.entered(scope.NOBODY):
            write()
    except DatabaseError:
        pass  # a number for a statistic; the database's own log tells what is wrong with it
    finally:
        connection.close()


@atexit.register
def _write_at_the_end() -> None:
    if _seen and settings.VIEWS_WRITTEN_AFTER is not None:
        with suppress(Exception):
            _write_aside()
