from datetime import timedelta

from django.utils import timezone

from quartierwerk.privacy.registry import DataClass, Retention, TenantExport, register

from . import records_of_libraries  # noqa: F401
from .models import Account, Membership

register(
    Account,
    purpose="Signing in and being accountable",
    default=DataClass.INTERNAL,
    fields={
        "email": DataClass.PERSONAL,
        "name": DataClass.PERSONAL,
        "language": DataClass.PERSONAL,
        "last_login": DataClass.PERSONAL,
    },
    person="id",
    retention=Retention.STAFF_ACCOUNT,
    factory="quartierwerk.people.tests.factories:account",
    due=lambda: Account.objects.filter(left_at__lt=timezone.now() - timedelta(days=365)),
    export=TenantExport.NOT,
)
register(
    Membership,
    purpose="Who may do what in a municipality",
    default=DataClass.INTERNAL,
    fields={"account": DataClass.PERSONAL, "role": DataClass.PERSONAL},
    person="account_id",
    retention=Retention.STAFF_ACCOUNT,
    factory="quartierwerk.people.tests.factories:membership",
    due=lambda: Membership.objects.filter(valid_until__lt=timezone.now() - timedelta(days=365)),
    export=TenantExport.NOT,
)
