"""Personal values leave the history: overwritten where they stand, so that fact, time and pseudonym stay.

The application may not change history; this goes through the role qw_keeper (alias "keeper"), behind the same wall.
What has to go is read from the history itself: everything the deleting code writes carries the mark as its job, and
all older values of the same record go too. A run killed in between therefore loses nothing: the next one finds the mark.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import pghistory
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from . import rows
from .blanks import blank
from .registry import Record

KEEPER = "keeper"
MARK = "privacy.forget"


@contextmanager
def marked() -> Iterator[None]:
    """What is changed or deleted inside, and its past, is to be forgotten."""
    with pghistory.context() as running:
        # pghistory lets inner values stand after the block; later writes of the same request must not look like ours.
        before = dict(running.metadata)
        running.metadata["job"] = MARK
        try:
            yield
        finally:
            running.metadata.clear()
            running.metadata.update(before)


def events_of(model: type[models.Model]) -> type[models.Model] | None:
    tracked = getattr(model, "pgh_event_models", None)
    return next(iter(tracked.values())) if tracked else None


def _changeable(events: type[models.Model]) -> QuerySet:
    return events._default_manager.using(KEEPER)


def first_step(record: Record) -> str:
    """The field of the row itself with which the path to the person begins: the pseudonym, which stays."""
    return record.person.split("__")[0] if isinstance(record.person, str) else ""


def blanks(record: Record) -> dict[str, object]:
    """Personal fields of the history → their empty value."""
    events = events_of(record.model)
    if events is None:
        return {}
    kept = {field.name: field for field in events._meta.concrete_fields}
    pseudonym = first_step(record)
    return {
        name: blank(kept[name])
        for name in record.personal_fields()
        if name in kept and pseudonym not in (name, kept[name].attname)
    }


def _still_there(values: dict[str, object]) -> Q:
    found = Q()
    for name, empty in values.items():
        found |= Q(**{f"{name}__isnull": False}) if empty is None else ~Q(**{name: empty})
    return found


def _overwrite(record: Record, wanted: Q, *, but: Iterable[str] = ()) -> int:
    values, events = blanks(record), events_of(record.model)
    if events is None or not values:
        return 0
    found = _changeable(events).filter(wanted).filter(_still_there(values)).exclude(pgh_obj_id__in=list(but))
    return found.update(**values)


def forget_marked(record: Record) -> int:
    """Overwrite what came before a mark, of the same record; returns the number of rows."""
    events = events_of(record.model)
    if events is None or not blanks(record):
        return 0
    mark = events._default_manager.filter(
        pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__gte=OuterRef("pgh_id"), pgh_context__job=MARK
    )
    return _overwrite(record, Q(Exists(mark)))


def forgotten(model: type[models.Model], wanted: Q) -> dict[Any, int]:
    """Of the wanted history rows: record → the last one whose personal values are to be forgotten, perhaps tonight only.

    Whoever shows or restores history leaves those values out, also where they still stand.
    """
    events = events_of(model)
    if events is None:
        return {}
    marks = events._default_manager.filter(wanted, pgh_context__job=MARK)
    return dict(
        marks.values_list("pgh_obj_id").annotate(last=models.Max("pgh_id")).values_list("pgh_obj_id", "last")
    )


def forget_person(record: Record, subject: rows.Subject, *, but: Iterable[str] = ()) -> int:
    """Overwrite a person's values in the history of rows that may be gone long since. `but`: locked records."""
    events = events_of(record.model)
    if events is None:
        return 0
    with transaction.atomic(using=KEEPER):
        done = 0
        if subject.account_id and isinstance(record.person, str) and _keeps(events, first_step(record)):
            leading = _leading(record.model, record.person, subject.account_id)
            done += _overwrite(record, Q(**{f"{first_step(record)}__in": leading}), but=but)
        named = rows.ids_of(record, subject.rows)
        if named:
            done += _overwrite(record, Q(pgh_obj_id__in=named), but=but)
        if record.mail and subject.mails and _keeps(events, record.mail):
            done += _forget_mails(record, record.mail, _changeable(events), subject.mails, but)
        return done


def _keeps(events: type[models.Model], path: str) -> bool:
    """Whether the history holds the field at all; a model may leave out who somebody is."""
    return any(path in (field.name, field.attname) for field in events._meta.concrete_fields)


def _forget_mails(
    record: Record, path: str, changeable: QuerySet, mails: Iterable[str], but: Iterable[str]
) -> int:
    theirs = Q(pk__in=[])
    for mail in mails:
        theirs |= rows.has_mail(record, mail)
    # Both at once: afterwards nothing tells any more which records were this person's.
    objects = list(changeable.filter(theirs).values_list("pgh_obj_id", flat=True).distinct())
    nameless = Q(pgh_obj_id__in=objects) & (Q(**{path: ""}) | Q(**{f"{path}__isnull": True}))
    return _overwrite(record, theirs | nameless, but=but)


def _leading(model: type[models.Model], path: str, account_id: UUID) -> list:
    """Values of the path's first step that lead to the person, today or at any time before."""
    step, _more, rest = path.partition("__")
    if not rest:
        return [account_id]
    parent: Any = model._meta.get_field(step).related_model
    wanted = Q(**{f"{rest.split('__')[0]}__in": _leading(parent, rest, account_id)})
    found = set(parent._default_manager.using(KEEPER).filter(wanted).values_list("pk", flat=True))
    if events := events_of(parent):
        found |= set(_changeable(events).filter(wanted).values_list("pgh_obj_id", flat=True))
    return list(found)


def rewrite(model: type[models.Model], wanted: Q, names: Iterable[str], change: Callable[[str], str]) -> int:
    """Change texts in the wanted history rows, for instance take a name out of them; returns the number of rows."""
    events = events_of(model)
    if events is None:
        return 0
    names, changed = [name for name in names if _keeps(events, name)], {}
    for row in events._default_manager.filter(wanted).values("pk", *names):
        told = {name: change(row[name]) for name in names}
        if any(told[name] != row[name] for name in names):
            changed[row["pk"]] = told
    if changed:
        with transaction.atomic(using=KEEPER):
            for pk, told in changed.items():
                _changeable(events).filter(pk=pk).update(**told)
    return len(changed)


def prune(record: Record, before: datetime) -> int:
    """History of personal records older than the journal may be goes altogether."""
    events = events_of(record.model)
    if events is None or not record.personal_fields():
        return 0
    done, _kinds = _changeable(events).filter(pgh_created_at__lt=before).delete()
    return done


def of_person(record: Record, subject: rows.Subject) -> QuerySet | None:
    """Earlier versions of a person's rows, for her own package: only those that were hers at that time."""
    events = events_of(record.model)
    if events is None:
        return None
    wanted = Q(pk__in=[])
    person = record.person if isinstance(record.person, str) and "__" not in record.person else ""
    if subject.account_id and person and _keeps(events, person):
        wanted |= Q(**{person: subject.account_id})
    for mail in subject.mails if record.mail and _keeps(events, record.mail) else ():
        wanted |= rows.has_mail(record, mail)
    return events._default_manager.filter(wanted).order_by("pgh_id")
