"""Asking organisations whether their entries are still true, and what their answer or their silence does (W5.1)."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from quartierwerk import journal, rights, search
from quartierwerk.messages import sending
from quartierwerk.messages.models import Outgoing
from quartierwerk.messages.models import State as MailState
from quartierwerk.privacy.retention import Span
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Tenant, Visibility

from ..models import ConfirmationLink, Organisation, PendingChange
from ..showing import with_places as showing
from .rules import FOLLOWS, MAILED, Entry, Step, due_step

LINK_IS_VALID = Span(months=4)  # as long as an entry may stay without an answer


class Answer(StrEnum):
    """What an organisation says of one of its offers."""

    TRUE = "true"
    CHANGED = "changed"
    OVER = "over"


def entry_of(organisation: Organisation) -> Entry:
    """What the rule needs to know. One that was never confirmed counts from its last change."""
    last = organisation.confirmation_links.first()
    lost = Outgoing.objects.filter(state__in=(MailState.BOUNCED, MailState.GIVEN_UP))
    confirmed_at = organisation.confirmed_at or organisation.changed_at
    return Entry(
        Step(organisation.confirmation),
        confirmed_at,
        organisation.asked_at or confirmed_at,
        bool(organisation.email),
        last is not None and lost.filter(pk=last.mail_id).exists(),
    )


@transaction.atomic
def take_step(organisation: UUID, *, by: Person, now: datetime | None = None) -> Step | None:
    """What is due for this entry today; one step, whoever else looks at it at the same moment."""
    now = now or timezone.now()
    row = Organisation.objects.select_for_update(no_key=True).filter(pk=organisation).first()
    if row is None or row.visibility != Visibility.PUBLIC:
        return None
    tenant = Tenant.objects.get(pk=row.tenant_id)
    step = due_step(entry_of(row), now, tenant.confirm_every_months)
    if step is not None:
        _go(row, step, by=by, now=now)
    return step


@transaction.atomic
def ask_now(organisation: Organisation, *, by: Person) -> Step:
    """Ask without waiting for the months to pass; without a mail address it goes to the list of calls."""
    rights.require(by, "directory.ask_confirmation", organisation)
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    step = Step.ASKED if row.email else Step.PHONE
    _go(row, step, by=by, now=timezone.now())
    return step


@transaction.atomic
def remind_now(organisation: Organisation, *, by: Person) -> Step | None:
    """The next reminder without waiting for the weeks to pass; a call where mail does not arrive.

    None where nothing more can be done by mail: it was reminded twice, or stands on a list for people already.
    """
    rights.require(by, "directory.ask_confirmation", organisation)
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    entry = entry_of(row)
    if entry.step not in MAILED:
        return None
    if entry.mail_came_back or not entry.has_mail_address:
        step = Step.PHONE
    else:
        step = FOLLOWS[entry.step]
        if step not in MAILED:
            return None
    _go(row, step, by=by, now=timezone.now())
    return step


def _go(row: Organisation, step: Step, *, by: Person, now: datetime) -> None:
    row.confirmation, row.asked_at = step, now
    if step in MAILED:
        _send_link(row, step, now)
    elif step == Step.UNCONFIRMED:
        row.offers.filter(visibility=Visibility.PUBLIC, unconfirmed_since=None).update(unconfirmed_since=now)
    elif step == Step.HIDDEN:
        for offer in row.offers.filter(visibility=Visibility.PUBLIC):
            offer.unconfirmed_since = offer.unconfirmed_since or now
            showing.show_with_place(offer, Visibility.TENANT, also=("unconfirmed_since",))
        showing.show_with_place(row, Visibility.TENANT)
    row.save(update_fields=["confirmation", "asked_at"])
    journal.record("entry asked for" if step in MAILED else f"entry {step}", row, by=by)
    search.changed()


def _send_link(row: Organisation, step: Step, now: datetime) -> None:
    token = secrets.token_urlsafe(32)
    link = ConfirmationLink(
        organisation=row, token_hash=fingerprint(token), sent_at=now, valid_until=LINK_IS_VALID.after(now)
    )
    tenant = Tenant.objects.get(pk=row.tenant_id)
    path = reverse("directory:confirm", kwargs={"lang": row.language, "tenant": tenant.slug, "token": token})
    mail = sending.send(
        "entry still true" if step == Step.ASKED else "entry still true, reminder",
        to=row.email,
        lang=row.language,
        key=f"still true {link.pk}",
        context={"link": settings.PUBLIC_URL.rstrip("/") + path},
    )
    link.mail_id = mail.pk
    link.save()


def fingerprint(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def opened_by(token: str) -> ConfirmationLink | None:
    """The link behind this token in the active municipality; None for a wrong or expired one alike."""
    return (
        ConfirmationLink.objects.select_related("organisation")
        .filter(token_hash=fingerprint(token), valid_until__gt=timezone.now())
        .first()
    )


@transaction.atomic
def answer(
    link: ConfirmationLink,
    answers: Mapping[UUID, Answer],
    note: str,
    *,
    by: Person,
    now: datetime | None = None,
) -> None:
    """The organisation says what is still true. What changed or ended waits for the staff; the rest counts at once.

    Nothing is taken off the pages by a link alone: it may have been passed on.
    """
    now = now or timezone.now()
    row = Organisation.objects.select_for_update(no_key=True).get(pk=link.organisation_id)
    for offer in row.offers.all():
        said = answers.get(offer.pk, Answer.TRUE)
        if said != Answer.TRUE:
            PendingChange.objects.create(offer=offer, fields={"says": said, "note": note}, asked_at=now)
    if note and all(said == Answer.TRUE for said in answers.values()):
        PendingChange.objects.create(
            organisation=row, fields={"says": Answer.CHANGED, "note": note}, asked_at=now
        )
    link.used_at = link.used_at or now
    link.save(update_fields=["used_at"])
    _confirmed(row, by=by, now=now, without={pk for pk, said in answers.items() if said == Answer.OVER})


@transaction.atomic
def confirm(organisation: Organisation, *, by: Person) -> None:
    """Staff heard it on the phone, or the organisation's own editor says so."""
    rights.require(by, "organisations.write", organisation)
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    _confirmed(row, by=by, now=timezone.now())


def _confirmed(row: Organisation, *, by: Person, now: datetime, without: set[UUID] = frozenset()) -> None:
    """Confirmed until the next time; what silence had hidden shows again."""
    was_hidden = row.confirmation == Step.HIDDEN
    row.confirmation, row.confirmed_at, row.asked_at = Step.CONFIRMED, now, None
    row.save(update_fields=["confirmation", "confirmed_at", "asked_at"])
    if was_hidden:
        showing.show_with_place(row, Visibility.PUBLIC)
    for offer in row.offers.exclude(unconfirmed_since=None).exclude(pk__in=without):
        offer.unconfirmed_since = None
        if was_hidden and offer.published_at:
            showing.show_with_place(offer, Visibility.PUBLIC, also=("unconfirmed_since",))
        else:
            offer.save(update_fields=["unconfirmed_since"])
    row.offers.exclude(pk__in=without).update(confirmed_at=now)
    journal.record("entry confirmed", row, by=by)
    search.changed()


@transaction.atomic
def mail_came_back(organisation: Organisation, *, by: Person) -> None:
    """A mail server told the office, not us: somebody calls."""
    rights.require(by, "directory.ask_confirmation", organisation)
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    _go(row, Step.PHONE, by=by, now=timezone.now())
