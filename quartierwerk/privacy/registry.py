"""What each model holds, why, how long, and whom it concerns. A model that declares nothing fails the build.

Declared in `<package>/records.py`:

    register(
        Offer,
        purpose=_("Residents find help"),
        default=DataClass.PUBLIC,
        fields={"internal_note": DataClass.INTERNAL},
    )
    register(
        Booking,
        purpose="…",
        default=DataClass.PERSONAL,
        person="membership__account_id",
        retention=Retention.VOLUNTEER,
        starts="ended_at",
        factory="quartierwerk.volunteering.tests.factories:booking",
    )

History tables follow the model they track: same class, same person, same period. From the registry come the person's own package, erasure, the daily retention job, the tenant export, the canary test and
the record of processing (data protection §1, §3, §9, §10).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


class DataClass(IntEnum):
    PUBLIC = 0  # C0
    INTERNAL = 1  # C1
    PERSONAL = 2  # C2
    SPECIAL = 3  # C3: refused until its storage exists


class Retention(StrEnum):
    """Deletion classes; start and period of each stand in `retention.py`."""

    WHILE_NEEDED = "while needed"  # no person concerned
    CASE = "counselling case"
    WORKING_NOTES = "personal working notes"
    ENQUIRY = "enquiry that became no case"
    CONSENT = "consent record"
    BOOKING_CLIENT = "link from a booking to the client"
    MONEY = "booking and expenses without client"
    VOLUNTEER = "volunteer profile"
    CERTIFICATE = "certificate of conduct"
    FUNDING = "funding file"
    PARTICIPATION = "participation contact data"
    HOUSING_SEARCH = "housing search of a person"
    RESIDENT_ACCOUNT = "resident account"
    STAFF_ACCOUNT = "staff account"
    SPECIAL_ACCESS = "access log on specially protected data"
    SECURITY_LOG = "security log"
    SENT_MAIL = "sent mail"
    IMPORT_FILE = "import file"
    EXPORT_FILE = "export file"
    BACKUP = "backup"
    CONTACT_PERSON = "published contact person"
    JOURNAL = "journal"
    DATA_REQUEST = "request about one's own data"
    INVITATION = "invitation"
    TYPED_TEXT = "typed text kept over a session's end"
    SESSION = "session"


class TenantExport(StrEnum):
    ROWS = "rows"  # goes along with its municipality
    NOT = "not"  # belongs to the installation, or is derived


@dataclass(frozen=True)
class Lessening:
    """What becomes less before the row goes, for example a network address after seven days.

    rows   (before) → rows that began before this moment and are not shortened yet
    values what they are updated with
    """

    name: str
    after: timedelta
    rows: Callable[[datetime], QuerySet]
    values: Callable[[], Mapping[str, Any]]


Person = str | Callable[[UUID], QuerySet]


@dataclass(frozen=True)
class Record:
    """One model's declaration.

    person      path from a row to the account id it is about ("account_id", "membership__account_id"), or a
                function of that id that gives the rows where no path of fields leads there
    mail        path to a mail address by which people without account are found, or a JSON field that may hold some
    no_person   why there is no path to a person although personal fields exist
    withheld    field → why the person's own package leaves it out (it concerns somebody else, or is a secret)
    factory     "module:function" that makes one saved row for tests; needed where personal fields exist
    starts      path to the moment from which the retention period runs
    due         function(before) → rows whose period began before this moment; where `starts` is not enough
    erase       function(row) that empties personal values where deleting the row would lose a count; default: deleted
    erase_of    function(row, account id): where a row is about several people, what empties the values of this one only
    emptied_when_due   a row past its period is emptied by `erase` too, instead of deleted; `due` then leaves out
                those that are empty already
    stays       why rows stay as they are when the person is erased (they hold ids only)
    lessenings  what is shortened before the period ends
    words       field → function of the row that says it to the person; "" leaves it out of her page
    """

    model: type[Model]
    purpose: "Words"
    default: DataClass
    fields: Mapping[str, DataClass] = field(default_factory=dict)
    person: Person | None = None
    mail: str | None = None
    no_person: "Words" = ""
    withheld: Mapping[str, "Words"] = field(default_factory=dict)
    retention: Retention = Retention.WHILE_NEEDED
    factory: str = ""
    starts: str = ""
    due: Callable[[datetime], QuerySet] | None = None
    erase: Callable[[Model], None] | None = None
    erase_of: Callable[[Model, UUID], None] | None = None
    emptied_when_due: bool = False
    stays: str = ""
    lessenings: tuple[Lessening, ...] = ()
    export: TenantExport = TenantExport.ROWS
    words: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)

    def due_before(self, before: datetime) -> QuerySet | None:
        """Rows whose period began before this moment; None where nothing says when it begins."""
        if self.due:
            return self.due(before)
        if self.starts:
            return self.model._default_manager.filter(**{f"{self.starts}__lt": before})
        return None

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
    if unknown := {*record.fields, *record.withheld, *record.words} - known:
        raise ValueError(f"{model.__name__} has no field {', '.join(sorted(unknown))}.")
    _records[model] = record
    return record


def make(record: Record, token: str, **about) -> Model:
    """One saved row with the token in its personal fields, from the declared factory (tests, canary)."""
    module, _colon, function = record.factory.partition(":")
    return getattr(import_module(module), function)(token, **about)


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
