"""What each model holds, why, how long, and whom it concerns. A model that declares nothing fails the build.

Declared in `<package>/records.py`:

    register(
        Offer,
        purpose="Residents find help",
        default=DataClass.PUBLIC,
        fields={"internal_note": DataClass.INTERNAL},
        retention=Retention.WHILE_NEEDED,
    )
    register(Membership, purpose="…", default=DataClass.PERSONAL, person="account_id", retention=Retention.STAFF_ACCOUNT,
             factory="quartierwerk.people.tests.factories:membership", erase=…)

From it come the person's own package, erasure, the daily retention job, the tenant export, the canary test and
the record of processing (data protection §1, §3, §9, §10).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from django.apps import apps
from django.db.models import Model


class DataClass(IntEnum):
    PUBLIC = 0  # C0
    INTERNAL = 1  # C1
    PERSONAL = 2  # C2
    SPECIAL = 3  # C3: refused until its storage exists


class Retention(StrEnum):
    """Deletion classes; start and period of each stand in `retention.py`."""

    WHILE_NEEDED = "while needed"  # no person concerned
    STAFF_ACCOUNT = "staff account"
    RESIDENT_ACCOUNT = "resident account"
    CONSENT = "consent record"
    SECURITY_LOG = "security log"
    SENT_MAIL = "sent mail"
    IMPORT_FILE = "import file"
    EXPORT_FILE = "export file"
    PARTICIPATION = "participation contact data"
    CONTACT_PERSON = "published contact person"
    JOURNAL = "journal"
    TYPED_TEXT = "typed text kept over a session's end"
    SESSION = "session"


class TenantExport(StrEnum):
    ROWS = "rows"  # goes along with its municipality
    NOT = "not"  # belongs to the installation, or is derived


@dataclass(frozen=True)
class Record:
    """One model's declaration.

    person   path from a row to the account id it is about ("account_id", "membership__account_id"), or None
    factory  "module:function" that makes one saved row for tests; needed where personal fields exist
    erase    function(row) that empties personal values where deleting the row would lose a count; default deletes
    due      function() → QuerySet of rows past their period; needed for every retention class but WHILE_NEEDED
    """

    model: type[Model]
    purpose: str
    default: DataClass
    fields: Mapping[str, DataClass] = field(default_factory=dict)
    person: str | None = None
    retention: Retention = Retention.WHILE_NEEDED
    factory: str = ""
    erase: Callable[[Model], None] | None = None
    due: Callable[[], object] | None = None
    export: TenantExport = TenantExport.ROWS

    def data_class(self, field_name: str) -> DataClass:
        return self.fields.get(field_name, self.default)

    def personal_fields(self) -> list[str]:
        return [
            f.name
            for f in self.model._meta.concrete_fields
            if not f.primary_key and self.data_class(f.name) >= DataClass.PERSONAL
        ]


_records: dict[type[Model], Record] = {}


def register(model: type[Model], **declaration) -> Record:
    if model in _records:
        raise ValueError(f"{model.__name__} is declared twice.")
    record = Record(model=model, **declaration)
    known = {f.name for f in model._meta.get_fields()}
    if unknown := set(record.fields) - known:
        raise ValueError(f"{model.__name__} has no field {', '.join(sorted(unknown))}.")
    _records[model] = record
    return record


def record_of(model: type[Model]) -> Record | None:
    return _records.get(model)


def all_records() -> Iterator[Record]:
    yield from _records.values()


def undeclared() -> list[type[Model]]:
    """Models without a declaration. History tables follow the model they track; auto-created ones their owner."""
    return [
        model
        for model in apps.get_models()
        if model not in _records
        and not model._meta.proxy
        and model._meta.managed
        and not hasattr(model, "pgh_tracked_model")
    ]
