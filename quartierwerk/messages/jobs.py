"""The worker's part: sending what waits, trying again, giving up, and finding what fell through."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from quartierwerk import jobs

from . import rules, smtp
from .kinds import is_secret
from .models import InstallationMail, Mail, Outgoing, State

# A waiting mail whose job got lost is looked for after this time, and no longer than that.
OVERDUE = timedelta(minutes=15)
TOO_OLD = timedelta(days=7)


@jobs.job("messages.deliver", queue=jobs.MAIL)
def deliver(mail: UUID) -> None:
    _deliver(Outgoing.objects.all(), mail)


@jobs.job("messages.deliver for installation", queue=jobs.MAIL)
def deliver_for_installation(mail: UUID) -> None:
    _deliver(InstallationMail.objects.all(), mail)


def enqueue(mail: Mail, *, at: datetime | None = None) -> None:
    """Tell the worker; in the transaction that wrote or changed the mail."""
    if isinstance(mail, Outgoing):
        jobs.later(deliver, tenant=mail.tenant_id, at=at, mail=mail.pk)
    else:
        jobs.later(deliver_for_installation, at=at, mail=mail.pk)


@transaction.atomic
def _deliver(mails: QuerySet, pk: UUID) -> None:
    # The lock lasts while the server is spoken to: a job started twice sends once. Killed in between, the mail is
    # still waiting and goes out again under the same Message-ID, by which the recipient's server knows it.
    mail = mails.select_for_update(skip_locked=True).filter(pk=pk, state=State.WAITING).first()
    if mail is None:
        return
    mail.tries += 1
    if not settings.MAIL_HOST:
        _end(mail, State.KEPT)
        return
    try:
        smtp.send(mail)
    except smtp.FAILURES as error:
        _record(mail, rules.problem_of(error))
    else:
        _end(mail, State.SENT)
        if is_secret(mail.kind):
            mail.empty()


def _record(mail: Mail, problem: rules.Problem) -> None:
    mail.problem = problem.code
    wait = rules.wait_before_next(mail.tries)
    if problem.for_good:
        _end(mail, State.BOUNCED)
    elif wait is None:
        _end(mail, State.GIVEN_UP)
    else:
        mail.next_try_at = timezone.now() + timedelta(seconds=wait)
        mail.save(update_fields=["tries", "problem", "next_try_at"])
        enqueue(mail, at=mail.next_try_at)


def _end(mail: Mail, state: State) -> None:
    mail.state, mail.ended_at = state, timezone.now()
    mail.save(update_fields=["tries", "problem", "state", "ended_at"])


@jobs.periodic("*/15 * * * *", "messages.find forgotten", each_tenant=True, queue=jobs.UPKEEP)
def find_forgotten() -> None:
    _find_forgotten(Outgoing.objects.all())


@jobs.periodic("*/15 * * * *", "messages.find forgotten for installation", queue=jobs.UPKEEP)
def find_forgotten_for_installation() -> None:
    _find_forgotten(InstallationMail.objects.all())


@transaction.atomic
def _find_forgotten(mails: QuerySet) -> None:
    """The mail is the truth, its job only wakes the worker: one whose job is gone (failed, restored) gets another."""
    now = timezone.now()
    overdue = mails.select_for_update(skip_locked=True).filter(
        state=State.WAITING, next_try_at__lt=now - OVERDUE
    )
    for mail in overdue:
        if mail.created_at < now - TOO_OLD:
            mail.problem = mail.problem or "never tried"
            _end(mail, State.GIVEN_UP)
            continue
        mail.next_try_at = now
        mail.save(update_fields=["next_try_at"])
        enqueue(mail)
