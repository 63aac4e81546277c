from datetime import timedelta

from django.utils import timezone

from quartierwerk.privacy.registry import DataClass, Retention, TenantExport, register

from .models import InstallationMail, Outgoing, State

KEEP_TEXT = timedelta(days=30)
_PERSONAL = {
    "recipient": DataClass.PERSONAL,
    "account_id": DataClass.PERSONAL,
    "text": DataClass.PERSONAL,
    "language": DataClass.PERSONAL,
}


def _past(mails):
    """Mails whose text has had its thirty days; what still waits is given up within seven."""
    return mails.exclude(state=State.WAITING).filter(
        ended_at__lt=timezone.now() - KEEP_TEXT, recipient__gt=""
    )


register(
    Outgoing,
    purpose="Mails to colleagues, organisations and residents, and what became of them",
    default=DataClass.INTERNAL,
    fields=_PERSONAL,
    person="account_id",
    retention=Retention.SENT_MAIL,
    factory="quartierwerk.messages.tests.factories:outgoing",
    erase=lambda mail: mail.empty(),
    due=lambda: _past(Outgoing.objects.all()),
    export=TenantExport.NOT,  # a moved municipality must not send its old mails again
)
register(
    InstallationMail,
    purpose="Mails about accounts, and what became of them",
    default=DataClass.INTERNAL,
    fields=_PERSONAL,
    person="account_id",
    retention=Retention.SENT_MAIL,
    factory="quartierwerk.messages.tests.factories:installation_mail",
    erase=lambda mail: mail.empty(),
    due=lambda: _past(InstallationMail.objects.all()),
    export=TenantExport.NOT,
)
