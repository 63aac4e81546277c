from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from quartierwerk.privacy.registry import DataClass, Retention, TenantExport, register

from .models import ImportFile, SavedMapping

# So much longer a list may wait for somebody who looks at it: whoever does may be on leave.
WAITS_LONGER = timedelta(days=30)


def _settled(before: datetime) -> QuerySet[ImportFile]:
    rows = ImportFile.objects.annotate(since=Coalesce("decided_at", "at"))
    waits = Q(state=ImportFile.State.SENT)
    return rows.filter(Q(since__lt=before) & ~waits | waits & Q(at__lt=before - WAITS_LONGER))


register(
    ImportFile,
    purpose="Lists that staff bring into a register, until they are in",
    default=DataClass.PERSONAL,
    fields=dict.fromkeys(
        ("id", "tenant", "kind", "language", "publish", "size", "sheet", "state", "at", "decided_at"),
        DataClass.INTERNAL,
    ),
    person="account_id",
    withheld={
        "content": "concerns the people and organisations in the list, not its sender",
        "report": "names rows of the list",
    },
    retention=Retention.IMPORT_FILE,
    starts="at",
    due=_settled,
    factory="quartierwerk.intake.tests.factories:import_file",
    export=TenantExport.NOT,
)
register(SavedMapping, purpose="Reading a list that comes again", default=DataClass.INTERNAL)
