from django.utils.translation import gettext_lazy as _

from quartierwerk.tenants.models import Tenant

from .models import Hold, PeriodChange, Run, RunLine
from .registry import DataClass, Retention, TenantExport, register

# Declared here, one line above it: tenants stand below the registry.
register(
    Tenant,
    purpose=_("The controllers of this installation and how to reach them"),
    default=DataClass.PUBLIC,
    export=TenantExport.NOT,  # travels as the head of its own export
)


def _forget_reason(hold: Hold) -> None:
    hold.reason = ""
    hold.save(update_fields=["reason"])


register(
    Hold,
    purpose=_("What may not be deleted or used for now, and why (Art. 18 GDPR)"),
    default=DataClass.INTERNAL,
    # The reason is free text about a matter; it may name somebody although the form asks not to.
    fields={"reason": DataClass.PERSONAL},
    person="account_id",
    # One that stands keeps itself too; of one that has ended the reason goes with the person.
    erase=_forget_reason,
    withheld={"set_by": _("concerns somebody else"), "ended_by": _("concerns somebody else")},
    retention=Retention.DATA_REQUEST,
    starts="ended_at",
    factory="quartierwerk.privacy.tests.factories:hold",
    # Without them the other installation would delete what is in dispute.
    export=TenantExport.ROWS,
)
register(
    PeriodChange,
    purpose=_("Retention periods that the municipality changed, with the reason"),
    default=DataClass.INTERNAL,
)
register(
    Run,
    purpose=_("Protocol of deletions and erasures: classes and numbers, no values"),
    default=DataClass.INTERNAL,
    retention=Retention.DATA_REQUEST,
    starts="ended_at",
    export=TenantExport.NOT,
)
register(
    RunLine,
    purpose=_("Protocol of deletions and erasures: classes and numbers, no values"),
    default=DataClass.INTERNAL,
    retention=Retention.DATA_REQUEST,
    starts="run__ended_at",
    export=TenantExport.NOT,
)
