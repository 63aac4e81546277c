from datetime import timedelta

from django.apps import apps
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, Lessening, Retention, TenantExport, register
from quartierwerk.rights.roles import Role

from .models import JournalEntry, SecurityEvent
from .shortening import network, not_shortened


def _forget_address(event: SecurityEvent) -> None:
    event.address = None
    event.save(update_fields=["address"])


def _roles(codes: list[str]) -> str:
    known = dict(Role.choices)
    return ", ".join(str(known.get(code, code)) for code in codes)


def _kind(label: str) -> str:
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):  # of a package that is gone
        return label


def _result(code: str) -> str:
    return {"done": gettext("done"), "refused": gettext("refused")}.get(code, code)


# For the person's own page; the number of a request tells her nothing.
WORDS = {"roles": _roles, "object_kind": _kind, "result": _result, "request": lambda number: ""}

register(
    JournalEntry,
    purpose=_("Accountability: who did what, when (Art. 5(2), 32 GDPR)"),
    default=DataClass.INTERNAL,
    person="actor",
    stays="ids only: fact, time and pseudonym remain when the person is erased",
    retention=Retention.JOURNAL,
    starts="at",
    words=WORDS,
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
    words=WORDS,
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
