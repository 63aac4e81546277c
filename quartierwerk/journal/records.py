from datetime import timedelta

from django.utils import timezone

from quartierwerk.privacy.registry import DataClass, Retention, TenantExport, register

from .models import JournalEntry, SecurityEvent

register(
    JournalEntry,
    purpose="Accountability: who did what, when (Art. 5(2), 32 GDPR)",
    default=DataClass.INTERNAL,
    retention=Retention.JOURNAL,
)
register(
    SecurityEvent,
    purpose="Finding misuse of accounts (Art. 32 GDPR)",
    default=DataClass.INTERNAL,
    fields={"address": DataClass.PERSONAL},
    person="actor",
    retention=Retention.SECURITY_LOG,
    factory="quartierwerk.journal.tests.factories:security_event",
    due=lambda: SecurityEvent.objects.filter(at__lt=timezone.now() - timedelta(days=90)),
    export=TenantExport.NOT,
)
