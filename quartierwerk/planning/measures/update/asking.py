"""Asking teams once a month how far their measures are: one mail, two reminders, all with the same link."""

import hmac
from datetime import date, datetime, time
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.messages import sending
from quartierwerk.rights import Person
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from ...models import Measure, Stage, Team, UpdateLink
from ..facts import asked_of
from ..rules import reporting
from ..rules.months import first_of
from ..rules.reporting import Problem, Step

KIND = {
    Step.ASK: "state of measures",
    Step.REMIND: "state of measures, reminder",
    Step.REMIND_AGAIN: "state of measures, reminder",
}
REPORTED_ON = (Stage.ADOPTED, Stage.RUNNING)


class NobodyToAsk(Exception):
    """A team without an address, or that leads nothing on which one reports; `problem` says which."""

    def __init__(self, problem: Problem):
        self.problem = problem
        super().__init__(problem.value)


def token_of(link: UUID) -> str:
    """The same in the mail and its reminders, without being stored anywhere."""
    return hmac.new(settings.SECRET_KEY.encode(), f"planning update {link}".encode(), sha256).hexdigest()


def fingerprint(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def measures_of(team: UUID):
    """What a team reports on: what it leads, once adopted."""
    return Measure.objects.filter(lead_team=team, stage__in=REPORTED_ON).order_by("sort_key", "pk")


def teams_to_ask() -> list[UUID]:
    rows = Team.objects.filter(ended_on=None, led_measures__stage__in=REPORTED_ON).exclude(email="")
    return list(rows.order_by("pk").distinct().values_list("pk", flat=True))


@transaction.atomic
def take_step(team: UUID, *, by: Person, today: date | None = None) -> Step | None:
    """What is due for this team today; one step, whoever else looks at it at the same moment."""
    today = today or timezone.localdate()
    row = Team.objects.select_for_update(no_key=True).filter(pk=team, ended_on=None).exclude(email="").first()
    if row is None or not measures_of(team).exists():
        return None
    link = UpdateLink.objects.filter(team=row, month=first_of(today)).first()
    step = reporting.due_step(asked_of(link) if link else None, today)
    if step is None:
        return None
    if link is None:
        link = _new_link(row, today)
    else:
        link.reminded += 1
        link.save(update_fields=["reminded"])
    _send(row, link, step)
    journal.record("team asked for the state of its measures", row, by=by)
    return step


@transaction.atomic
def send_by_hand(team: UUID, *, by: Person, today: date | None = None) -> UpdateLink:
    """This month's link once more, or for the first time: to an address set right, after a mail that got lost.

    It is no reminder: two of those are still to come before silence counts. Raises NobodyToAsk.
    """
    today = today or timezone.localdate()
    row = Team.objects.select_for_update(no_key=True).get(pk=team)
    rights.require(by, "planning.write", row)
    if problem := reporting.problem(bool(row.email), row.ended_on, measures_of(team).exists()):
        raise NobodyToAsk(problem)
    link = UpdateLink.objects.filter(team=row, month=first_of(today)).first() or _new_link(row, today)
    _send(row, link, Step.ASK, "by hand", timezone.now().isoformat())
    journal.record("link for reporting sent by hand", row, by=by)
    return link


def _new_link(team: Team, today: date) -> UpdateLink:
    month = first_of(today)
    end = datetime.combine(reporting.valid_until(month), time.max, timezone.get_current_timezone())
    link = UpdateLink(team=team, month=month, sent_at=timezone.now(), valid_until=end)
    link.token_hash = fingerprint(token_of(link.pk))
    link.save()
    return link


def _send(team: Team, link: UpdateLink, step: Step, *occasion: str) -> None:
    """occasion: what tells this mail from another with the same link; else the number of reminders."""
    tenant = Tenant.objects.get(pk=scope.writing())
    keys = {"lang": tenant.source_language, "tenant": tenant.slug, "token": token_of(link.pk)}
    sending.send(
        KIND[step],
        to=team.email,
        lang=tenant.source_language,
        key=" ".join(("state of measures", str(link.pk), *(occasion or (str(link.reminded),)))),
        context={"link": settings.PUBLIC_URL.rstrip("/") + reverse("planning:update", kwargs=keys)},
    )


def opened_by(token: str) -> UpdateLink | None:
    """The link behind this token in the active municipality; None for a wrong or expired one alike."""
    return (
        UpdateLink.objects.select_related("team")
        .filter(token_hash=fingerprint(token), valid_until__gt=timezone.now(), team__ended_on=None)
        .first()
    )
