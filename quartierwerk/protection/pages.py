"""What the pages about personal data show."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet, UUIDField
from django.utils import timezone
from django.utils.translation import activate, pgettext
from django.utils.translation import gettext as _

from quartierwerk.languages.choosing import frame_language
from quartierwerk.privacy import erasing, labels, package, rows
from quartierwerk.privacy.models import Hold, PeriodChange, Run, RunLine
from quartierwerk.privacy.registry import Record, Retention, all_records
from quartierwerk.privacy.retention import PERIODS, Period, Span
from quartierwerk.tenants.models import Tenant

from . import purposes
from .actions import Found

ON_PAGE = 25  # rows of one kind on the page; all of them are in the file


@dataclass(frozen=True)
class ShownSection:
    section: package.Section
    rows: list[package.Entry]
    more: int
    earlier: int


@dataclass(frozen=True)
class ShownPackage:
    sections: list[ShownSection]
    locked: list[package.Lock]


def shortened(found: package.Package) -> ShownPackage:
    return ShownPackage(
        [
            ShownSection(one, one.rows[:ON_PAGE], max(0, len(one.rows) - ON_PAGE), len(one.earlier))
            for one in found.sections
        ],
        found.locked,
    )


@dataclass(frozen=True)
class ShownConsent:
    pk: Any
    label: str
    municipality: str
    words: str
    language: str
    recipient: str
    data_kinds: str
    given_at: datetime
    ends_at: datetime
    state: str  # running | refused | withdrawn | expired
    state_label: str


def consents(found: list[Found]) -> list[ShownConsent]:
    now, shown = timezone.now(), []
    words = {
        "running": pgettext("consent", "agreed"),
        "refused": pgettext("consent", "refused"),
        "withdrawn": pgettext("consent", "withdrawn"),
        "expired": pgettext("consent", "expired"),
    }
    for one in found:
        given = one.consent
        state = "running" if given.ends_at > now else "expired"
        if not given.agreed:
            state = "refused"
        elif given.withdrawn_at:
            state = "withdrawn"
        shown.append(
            ShownConsent(
                given.pk,
                purposes.label(given.purpose),
                one.tenant.name,
                given.text.words,
                given.text.language,
                given.text.recipient,
                given.text.data_kinds,
                given.given_at,
                given.ends_at,
                state,
                words[state],
            )
        )
    return shown


# ---- after an erasure ----------------------------------------------------------------------------------------------------

_ERASED = "data_erased"


@dataclass(frozen=True)
class Told:
    deleted: list[tuple[str, int]]
    emptied: list[tuple[str, int]]
    locked: list[package.Lock]
    at: datetime
    lang: str


def remember_outcome(request, outcome: erasing.Outcome) -> None:
    """In the visitor's new session: labels, counts and days, no value."""
    request.session[_ERASED] = {
        "deleted": {name: number for name, number in outcome.deleted.items() if number},
        "emptied": {name: number for name, number in outcome.emptied.items() if number},
        "locked": [
            [one.record.model._meta.label_lower, one.until.isoformat() if one.until else "", one.reason]
            for one in outcome.locked
        ],
        "at": timezone.now().isoformat(),
        # The account knew the language; afterwards only the browser would be asked.
        "lang": request.lang,
    }


def remembered_outcome(request) -> Told | None:
    kept = request.session.get(_ERASED)
    if not kept:
        return None
    request.lang = kept["lang"]
    activate(frame_language(request.lang))  # the request's middleware puts it back

    def named(numbers: dict[str, int]) -> list[tuple[str, int]]:
        return sorted((_label(name), number) for name, number in numbers.items())

    locked = [
        package.Lock(
            _label(name), datetime.fromisoformat(until) if until else None, package.reason_in_words(reason)
        )
        for name, until, reason in kept["locked"]
    ]
    at = datetime.fromisoformat(kept["at"])
    return Told(named(kept["deleted"]), named(kept["emptied"]), locked, at, kept["lang"])


def _label(model: str) -> str:
    try:
        return labels.of_several(apps.get_model(model))
    except LookupError:
        return model


# ---- record of processing (Art. 30) ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Processing:
    records: str
    package: str
    purpose: str
    data: str
    people: str
    kept: str
    reason: str
    history: str


def processing() -> list[Processing]:
    """One line a kind of record with personal data, as the models declare it."""
    spans = rows.spans()
    return [_processing(record, spans) for record in all_records() if record.personal_fields()]


def _processing(record: Record, spans: dict[Retention, Span]) -> Processing:
    meta = record.model._meta
    period = PERIODS.get(record.retention)
    fields = [labels.of_field(meta.get_field(name)) for name in record.personal_fields()]
    return Processing(
        records=labels.of_several(record.model),
        package=meta.app_label,
        purpose=str(record.purpose),
        data=", ".join(fields),
        people=_people_in_words(record),
        kept=_kept_here(record, spans),
        reason=str(period.reason) if period else "",
        history=pgettext("answer", "yes")
        if hasattr(record.model, "pgh_event_models")
        else pgettext("answer", "no"),
    )


def _people_in_words(record: Record) -> str:
    if record.person:
        return _("people with an account")
    if record.mail:
        return _("people found by their mail address")
    return str(record.no_person)


def _kept_here(record: Record, spans: dict[Retention, Span]) -> str:
    period = PERIODS.get(record.retention)
    if period is None:
        return package.kept_in_words(record)
    return _("%(span)s after: %(begins)s") % {
        "span": spans[record.retention],
        "begins": period.begins,
    }


def processing_rows() -> Iterator[list[str]]:
    yield [
        _("Records"), _("Part of the software"), _("Purpose"), _("Personal data"), _("People concerned"),
        _("Deleted"), _("Reason of the period"), _("History is kept"),
    ]  # fmt: skip
    for line in processing():
        yield [
            line.records, line.package, line.purpose, line.data, line.people, line.kept, line.reason, line.history,
        ]  # fmt: skip


# ---- periods, holds, protocol ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownPeriod:
    retention: Retention
    label: str
    period: Period
    span: Span
    is_changed: bool
    binding: bool


def periods() -> list[ShownPeriod]:
    found = []
    for retention, span in rows.spans().items():
        period = PERIODS[retention]
        found.append(
            ShownPeriod(retention, _(str(retention)), period, span, span != period.default, period.binding)
        )
    return found


def waiting_changes() -> list[tuple[PeriodChange, str]]:
    return [
        (change, _(change.retention))
        for change in PeriodChange.objects.filter(confirmed_by=None).order_by("-changed_at")
        if not change.counts
    ]


@dataclass(frozen=True)
class ShownHold:
    hold: Hold
    what: str
    reason: str


def holds(tenant: Tenant) -> list[ShownHold]:
    found = Hold.objects.standing().filter(tenant=tenant).order_by("until")
    return [
        ShownHold(
            one,
            _label(one.object_kind) if one.object_id else _("everything about a person"),
            package.reason_in_words(one.reason),
        )
        for one in found
    ]


@dataclass(frozen=True)
class ShownRun:
    run: Run
    lines: list[tuple[str, str, RunLine]] = field(default_factory=list)


def protocol(tenant: Tenant) -> "QuerySet[Run]":
    """Runs that did something here, newest first."""
    here = RunLine.objects.filter(Q(tenant=tenant) | Q(tenant=None)).values("run")
    return Run.objects.filter(pk__in=here).order_by("-began_at")


def shown_runs(runs, tenant: Tenant) -> list[ShownRun]:
    shown = {run.pk: ShownRun(run) for run in runs}
    lines = RunLine.objects.filter(Q(tenant=tenant) | Q(tenant=None), run__in=list(shown)).order_by("model")
    for line in lines:
        shown[line.run_id].lines.append((_label(line.model), _(line.retention), line))
    return list(shown.values())


def found_by_number(number: UUID) -> str:
    """Which kind of record of the active municipality has this number; empty where none has."""
    for record in all_records():
        model = record.model
        has_number = rows.is_walled(record) and isinstance(model._meta.pk, UUIDField)
        if has_number and model._default_manager.filter(pk=number).exists():
            return model._meta.label_lower
    return ""
