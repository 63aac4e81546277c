from collections.abc import Iterator
from inspect import signature

from django.core import checks
from django.db.models import CASCADE, Model

from . import blanks
from .registry import DataClass, Record, Retention, TenantExport, all_records, undeclared
from .retention import PERIODS


@checks.register()
def every_model_is_declared(app_configs, **kwargs):
    found = [
        checks.Error(
            f"{model._meta.label} declares no data class, purpose and retention. Add it to records.py of its package.",
            obj=model,
            id="privacy.E001",
        )
        for model in undeclared()
    ]
    for record in all_records():
        name = record.model._meta.label
        found += [
            checks.Error(f"{name} {fault}", obj=record.model, id=code) for code, fault in faults(record)
        ]
    return found


def faults(record: Record) -> Iterator[tuple[str, str]]:
    """(code, what is wrong) of one declaration."""
    if not str(record.purpose).strip():
        yield "privacy.E005", "declares no purpose."
    if not isinstance(record.export, TenantExport):
        yield "privacy.E006", "does not say whether its rows leave with their municipality (export)."
    if DataClass.SPECIAL in {record.default, *record.fields.values()}:
        yield "privacy.E002", "declares specially protected data, whose storage does not exist yet."
    yield from _period_faults(record)
    if record.personal_fields():
        yield from _personal_faults(record)


def _period_faults(record: Record) -> Iterator[tuple[str, str]]:
    if record.retention == Retention.WHILE_NEEDED:
        return
    if record.retention not in PERIODS:
        yield "privacy.E007", f"names the deletion class “{record.retention}”, which has no period."
    if not record.starts and record.due is None:
        yield (
            "privacy.E008",
            "does not say when its period begins: name the moment in `starts`, or give `due`.",
        )
    if record.due is not None and len(signature(record.due).parameters) != 1:
        yield (
            "privacy.E009",
            "gives a `due` that does not take the moment before which a row must have begun.",
        )
    if record.starts and not _leads(record, record.starts):
        yield "privacy.E010", f"has no field {record.starts} from which its period could run."


def _personal_faults(record: Record) -> Iterator[tuple[str, str]]:
    if record.retention == Retention.WHILE_NEEDED:
        yield "privacy.E003", "holds personal data without a deletion class."
    if not record.factory:
        yield "privacy.E004", "holds personal data without a factory."
    if not record.person and not record.mail and not str(record.no_person).strip():
        yield (
            "privacy.E011",
            "holds personal data without a path to the person (`person`, `mail`), and no reason why (`no_person`).",
        )
    for path in (record.person, record.mail):
        if isinstance(path, str) and path and not _leads(record, path):
            yield "privacy.E012", f"has no path {path} to the person."
    if record.emptied_when_due and not record.erase:
        yield "privacy.E016", "is to be emptied when due, but has no `erase` that empties it."
    if record.erase and record.stays:
        yield "privacy.E013", "is both emptied and left as it is when a person is erased. Choose one."
    period = PERIODS.get(record.retention)
    if period and period.binding:
        for field in record.model._meta.concrete_fields:
            # A law keeps the row, so nothing that an erasure deletes may take it along.
            if getattr(field.remote_field, "on_delete", None) is CASCADE:
                yield (
                    "privacy.E014",
                    f"is kept by law but goes along with {field.name}. Use PROTECT or a plain id.",
                )
    yield from (("privacy.E015", fault) for fault in _unforgettable(record))


def _unforgettable(record: Record) -> Iterator[str]:
    if not hasattr(record.model, "pgh_event_models"):
        return
    fields = {field.name: field for field in record.model._meta.concrete_fields}
    for name in record.personal_fields():
        try:
            blanks.blank(fields[name])
        except blanks.NoBlank:
            if name != _first_step(record):
                yield f"has history, but {name} could not be emptied in it. Make the field nullable."


def _first_step(record: Record) -> str:
    step = record.person.split("__")[0] if isinstance(record.person, str) else ""
    return next((f.name for f in record.model._meta.concrete_fields if step in (f.name, f.attname)), "")


def _leads(record: Record, path: str) -> bool:
    """Whether a path of fields exists; its last step may be the column of a foreign key."""
    model: type[Model] | None = record.model
    for step in path.split("__"):
        if model is None:
            return False
        field = next((f for f in model._meta.concrete_fields if step in (f.name, f.attname)), None)
        if field is None:
            return step == "pk"
        model = field.related_model if step == field.name else None
    return True
