"""Putting a mail into the outbox: in the transaction of the work it tells of."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from quartierwerk.languages import choosing
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from .jobs import enqueue
from .kinds import kind_of
from .models import InstallationMail, Mail, Outgoing
from .writing import Written, write

M = TypeVar("M", bound=Mail)


def send(
    kind: str,
    *,
    to: str,
    lang: str,
    key: str,
    context: Mapping[str, object] | None = None,
    account: UUID | None = None,
    subject: str = "",
    calendar: str = "",
) -> Outgoing:
    """Write a mail of the active municipality. The same key twice gives the mail that exists and sends nothing.

    context  name (for the greeting), link, and the values the kind declares
    key      identifies the event ("invitation <uuid>"), since it outlives the text: no names, no addresses
    account  id of the recipient's account, so that the person's own package and erasure find the mail
    subject  words a colleague typed for this mail to organisations, in place of the kind's
    calendar a date as iCalendar, sent along as a file for the reader's diary
    """
    tenant = Tenant.objects.get(pk=scope.writing())
    written = write(kind_of(kind), lang, context or {}, tenant)
    if subject:
        written = replace(written, subject=" ".join(subject.split()))
    mail = Outgoing(
        tenant=tenant,
        sender_name=tenant.name,
        reply_to=tenant.contact_email,
        calendar=calendar,
        **_common(kind, to, lang, account),
    )
    return _into_outbox(mail, written, key)


def send_for_installation(
    kind: str,
    *,
    to: str,
    lang: str,
    key: str,
    context: Mapping[str, object] | None = None,
    account: UUID | None = None,
) -> InstallationMail:
    """The same where no municipality is known: log-in, forgotten password, test of the mail server."""
    written = write(kind_of(kind), lang, context or {}, None)
    return _into_outbox(InstallationMail(**_common(kind, to, lang, account)), written, key)


def store(*, to: str, lang: str, subject: str, text: str, key: str) -> InstallationMail:
    """A mail whose words a library has written (backend.py)."""
    mail = InstallationMail(**_common("library", to, lang, None))
    return _into_outbox(mail, Written(subject, text), key)


def _common(kind: str, to: str, lang: str, account: UUID | None) -> dict:
    try:
        validate_email(to)
    except ValidationError:
        raise ValueError("This is no mail address.") from None  # not repeated: it may reach a log
    # The language of the words; who reads Dari gets the Farsi ones.
    language = choosing.frame_language(lang)
    return {"kind": kind, "recipient": to, "language": language, "account_id": account}


@transaction.atomic
def _into_outbox(mail: M, written: Written, key: str) -> M:
    mail.key, mail.subject, mail.text = key, written.subject, written.text
    mail.prepare()
    rows = type(mail)._default_manager
    # Waits for a concurrent twin and then does nothing, where get_or_create would break the caller's transaction.
    rows.bulk_create([mail], ignore_conflicts=True)
    stored = rows.get(key=key)
    if stored.pk != mail.pk:
        return stored
    enqueue(mail)
    return stored
