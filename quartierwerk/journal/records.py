from datetime import timedelta

from django.apps import apps
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy import labels
from quartierwerk.privacy.registry import DataClass, Lessening, Retention, TenantExport, register
from quartierwerk.rights.roles import Role

from .models import JournalEntry, SecurityEvent
from .shortening import network, not_shortened
from .words import action_in_words


def _forget_address(event: SecurityEvent) -> None:
    event.address = None
    event.save(update_fields=["address"])


def _roles(entry) -> str:
    known = dict(Role.choices)
    return ", ".join(str(known.get(code, code)) for code in entry.roles)


def _model_of(entry):
    try:
        return apps.get_model(entry.object_kind)
    except (LookupError, ValueError):  # of a package that is gone
        return None


def _kind(entry) -> str:
    model = _model_of(entry)
    return labels.of_one(model) if model else entry.object_kind


def _fields(entry) -> str:
    model = _model_of(entry)
    known = {one.name: one for one in model._meta.concrete_fields} if model else {}
    return ", ".join(labels.of_field(known[name]) if name in known else name for name in entry.fields)


def _result(entry) -> str:
    return {"done": gettext("done"), "refused": gettext("refused")}.get(entry.result, entry.result)


# For the person's own page; the number of a request tells her nothing.
WORDS = {
    "action": lambda entry: action_in_words(entry.action),
    "roles": _roles,
    "object_kind": _kind,
    "fields": _fields,
    "result": _result,
    "request": lambda entry: "",
}

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
