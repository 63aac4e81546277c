from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, Retention, TenantExport, register

from .models import InstallationMail, Mail, Outgoing, State

_PERSONAL = {
    "recipient": DataClass.PERSONAL,
    "account_id": DataClass.PERSONAL,
    "text": DataClass.PERSONAL,
    "calendar": DataClass.INTERNAL,
    "language": DataClass.PERSONAL,
}

# Codes and numbers of the machine that tell a person nothing; what the mail was about, its subject says.
_WORDS: dict[str, Callable[[Mail], str]] = dict.fromkeys(
    ("key", "kind", "message_id", "problem"), lambda mail: ""
)


def _past(mails, before):
    """Mails whose text has had its time; what still waits is given up within seven days."""
    return mails.exclude(state=State.WAITING).filter(ended_at__lt=before, recipient__gt="")


register(
    Outgoing,
    purpose=_("Mails to colleagues, organisations and residents, and what became of them"),
    default=DataClass.INTERNAL,
    fields=_PERSONAL,
    person="account_id",
    retention=Retention.SENT_MAIL,
    factory="quartierwerk.messages.tests.factories:outgoing",
    erase=lambda mail: mail.empty(),
    words=_WORDS,
    emptied_when_due=True,
    due=lambda before: _past(Outgoing.objects.all(), before),
    mail="recipient",
    export=TenantExport.NOT,  # a moved municipality must not send its old mails again
)
register(
    InstallationMail,
    purpose=_("Mails about accounts, and what became of them"),
    default=DataClass.INTERNAL,
    fields=_PERSONAL,
    person="account_id",
    retention=Retention.SENT_MAIL,
    factory="quartierwerk.messages.tests.factories:installation_mail",
    erase=lambda mail: mail.empty(),
    words=_WORDS,
    emptied_when_due=True,
    due=lambda before: _past(InstallationMail.objects.all(), before),
    mail="recipient",
    export=TenantExport.NOT,
)
