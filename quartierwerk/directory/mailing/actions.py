"""Writing to many organisations, once."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.messages import sending, writing
from quartierwerk.messages.writing import Written
from quartierwerk.rights import Person
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from ..models import SentToMany
from . import rules
from .kind import TO_MANY
from .rules import Recipients

QUIET = timedelta(days=1)  # so long the same words do not go to the same organisations again


class SentAlready(ValueError):
    """The very same mail went out before; `sent` tells when."""

    def __init__(self, sent: SentToMany):
        super().__init__(str(sent.pk))
        self.sent = sent


def written(subject: str, text: str, tenant: Tenant) -> Written:
    """The mail as each of them will read it."""
    found = writing.write(TO_MANY, tenant.source_language, {"text": _plain(text)}, tenant)
    return Written(" ".join(subject.split()), found.text)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


@transaction.atomic
def send_to_many(to: Recipients, subject: str, text: str, chosen: str, *, by: Person) -> SentToMany:
    """One mail each, in one transaction with the note of it. Raises SentAlready, Refused.

    chosen   the filter in words, for the note
    """
    for organisation in to.mailed:
        rights.require(by, "directory.mail", organisation)
    # Two colleagues at the same moment: the second one waits here and then finds the first one's.
    tenant = Tenant.objects.select_for_update(no_key=True).get(pk=scope.writing())
    digest = rules.digest(subject, text, [one.pk for one in to.mailed])
    if before := SentToMany.objects.filter(digest=digest, sent_at__gt=timezone.now() - QUIET).first():
        raise SentAlready(before)
    sent = SentToMany.objects.create(
        subject=" ".join(subject.split()),
        text=text,
        chosen=chosen,
        number=len(to.mailed),
        without_address=len(to.called),
        sent_by=by.account_id,
        digest=digest,
    )
    for organisation in to.mailed:
        sending.send(
            TO_MANY.name,
            to=organisation.email,
            lang=tenant.source_language,
            key=f"to many {sent.pk} {organisation.pk}",
            context={"text": _plain(text)},
            subject=subject,
        )
    journal.record("mail sent to many organisations", sent, by=by)
    return sent
