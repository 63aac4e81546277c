from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, Lessening, Retention, TenantExport, register

from .models import JournalEntry, SecurityEvent
from .shortening import network, not_shortened


def _forget_address(event: SecurityEvent) -> None:
    event.address = None
    event.save(update_fields=["address"])


register(
    JournalEntry,
    purpose=_("Accountability: who did what, when (Art. 5(2), 32 GDPR)"),
    default=DataClass.INTERNAL,
    person="actor",
    stays="ids only: fact, time and pseudonym remain when the person is erased",
    retention=Retention.JOURNAL,
    starts="at",
)
register(
    SecurityEvent,
    purpose=_("Finding misuse of accounts (Art. 32 GDPR)"),
    default=DataClass.INTERNAL,
    fields={"address": DataClass.PERSONAL},
    person="actor",
    retention=Retention.SECURITY_LOG,
    factory="quartierwerk.journal.tests.factories:security_event",
    starts="at",
    erase=_forget_address,
    lessenings=(
        Lessening(
            "network address to its network",
            after=timedelta(days=7),
            rows=lambda before: not_shortened(SecurityEvent.objects.filter(at__lt=before)),
            values=lambda: {"address": network("address")},
        ),
    ),
    export=TenantExport.NOT,
)
