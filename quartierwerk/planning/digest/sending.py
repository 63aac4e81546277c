"""The mail on Monday: to everybody who works here, whom something concerns, and who did not switch it off."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from quartierwerk.languages import choosing
from quartierwerk.messages import sending
from quartierwerk.people.models import Account, Membership
from quartierwerk.people.persons import person_of
from quartierwerk.rights import may
from quartierwerk.tenants.models import Tenant

from ..models import MailSwitchedOff
from . import concerns
from .concerns import Part
from .rules import Week

KIND = "week of the plan"
MOST_LINES = 12  # of a part; more is counted and stands on the page


def readers(tenant: Tenant) -> Iterator[Account]:
    here = Membership.objects.current().filter(tenant=tenant)
    off = MailSwitchedOff.objects.values("account_id")
    rows = Account.objects.filter(pk__in=here.values("account_id"), is_active=True, left_at=None)
    yield from rows.exclude(pk__in=off).order_by("pk")


def send_week(account: Account, tenant: Tenant, today: date) -> bool:
    """False where nothing concerns her. Run twice in a week it sends once."""
    person, week = person_of(account, tenant.pk), Week.of(today)
    if not may(person, "planning.read_measures"):
        return False
    with override(choosing.frame_language(account.language)):
        parts = concerns.of(person, week)
    if not parts:
        return False
    page = reverse("planning_staff:week", kwargs={"tenant": tenant.slug})
    sending.send(
        KIND,
        to=account.email,
        lang=account.language,
        key=f"{KIND} {week.monday:%Y-%m-%d} {account.pk}",
        context={
            "name": account.name,
            "link": settings.PUBLIC_URL.rstrip("/") + page,
            "text": in_lines(parts),
        },
        account=account.pk,
    )
    return True


def in_lines(parts: list[Part]) -> str:
    return "\n\n".join("\n".join(_part(part)) for part in parts)


def _part(part: Part) -> Iterator[str]:
    yield f"{part.label}:"
    for line in part.lines[:MOST_LINES]:
        yield f"- {line.title}: {line.why}"
    if (more := len(part.lines) - MOST_LINES) > 0:
        yield f"- … (+ {more})"
