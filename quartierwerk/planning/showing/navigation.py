"""Where visitors meet the plan: the main menu, and the list of quarters."""

import time
from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quartierwerk.places.register import Way
from quartierwerk.places.register import register as quarters
from quartierwerk.tenants import scope
from quartierwerk.web import addresses
from quartierwerk.web.navigation import PUBLIC_SECTIONS, public_nav

from . import published

KNOWN_FOR = 60  # seconds; each public page asks
_known: dict[int, float] = {}


def label():
    return PUBLIC_SECTIONS["plan"]


def crumbs(request: HttpRequest, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(str(label()), addresses.public("planning:plan", request)), *more]


def has_plan(request: HttpRequest) -> bool:
    """Whether the municipality shows a concept. That it does is remembered for a minute, that it does not is asked."""
    tenant, seen = addresses.whose(request), scope.active()
    # An error page may be drawn before any municipality was entered, or after it was left: it still has a menu.
    if tenant is None or seen is None or tenant.pk not in seen.readable:
        return False
    if time.monotonic() < _known.get(tenant.pk, 0):
        return True
    # Written out: where there is no plan every public page asks, and putting the statement together takes longest.
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from planning_concept where tenant_id = %s and visibility = 'public')",
            [tenant.pk],
        )
        (found,) = cursor.fetchone()
    if found:
        _known[tenant.pk] = time.monotonic() + KNOWN_FOR
    return found


def _counted(n: int) -> str:
    return ngettext("%(n)s measure", "%(n)s measures", n) % {"n": n}


def _by_quarter(request: HttpRequest, spaces: Iterable[UUID]) -> dict[UUID, int]:
    rows = published.measures(request.tenant).filter(space__in=list(spaces)).order_by()  # type: ignore[attr-defined]
    return dict(rows.values("space").annotate(n=Count("pk")).values_list("space", "n"))


def _link_name(quarter: str) -> str:
    return _("Plans for %(quarter)s") % {"quarter": quarter}


def register() -> None:
    public_nav.add("plan", "planning:plan", visible=has_plan)
    quarters.add_way(
        Way(
            name="plan",
            label=gettext_lazy("What is planned"),
            counted=_counted,
            counts=_by_quarter,
            url=lambda request, pk: addresses.public("planning:quarter", request, pk=pk),
            link_name=_link_name,
            drawn=has_plan,
        )
    )
