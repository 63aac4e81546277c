"""Sending a change for a check, taking it back, and deciding on it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.calendar import actions as dates
from quartierwerk.calendar.models import PublicDate
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Tenant

from .. import actions as directory
from ..editing.page import save_offer, save_organisation
from ..models import Offer, Organisation, PendingChange
from . import comparing, typed
from .telling import tell_declined
from .typed import AnyPage

Record = Offer | Organisation | PublicDate
What, Decision = PendingChange.What, PendingChange.Decision


class SentMeanwhile(Exception):
    """A colleague's change of the same record waits since the page was opened."""

    def __init__(self, change: PendingChange):
        self.change = change


class DecidedAlready(Exception):
    """Somebody was quicker, or the editor took it back."""


class Unseen(Exception):
    """What would be decided on is not what was shown; it has to be looked at again."""


class ToBeChosen(Exception):
    """Staff changed the same fields meanwhile; somebody has to choose."""


class NotAcceptable(Exception):
    """What was written is not valid (any more); `page` says why."""

    def __init__(self, page: AnyPage):
        self.page = page


def open_change(record: Record, what: str = What.EDIT) -> PendingChange | None:
    if record._state.adding:
        return None
    return record.pending_changes.filter(what=what, decision=Decision.OPEN).first()


def right_to_write(record: Record) -> str:
    return {Offer: "directory.write", Organisation: "organisations.write", PublicDate: "calendar.write"}[
        type(record)
    ]


def right_to_publish(record: Offer | PublicDate) -> str:
    return "directory.publish" if isinstance(record, Offer) else "calendar.write"


@transaction.atomic
def send(
    record: Record, page: AnyPage, data: Any, *, seen: str, by: Person, reader: str
) -> PendingChange | None:
    """Keep what was typed until it is checked; None where nothing differs from what stands there.

    seen    the moment of the change that the page was made from, "" for the record itself
    raises  SentMeanwhile, Refused
    """
    locked = _locked(record)
    rights.require(by, right_to_write(locked), locked)
    change = open_change(locked)
    if change:
        still_the_same(change, seen)
    change = change or PendingChange(what=What.EDIT, **_of(locked))
    change.fields, change.by, change.asked_at = (
        {"typed": typed.kept(page, data)},
        by.account_id,
        timezone.now(),
    )
    if not comparing.compare(change, page, locked, {}, reader).differences:
        if not change._state.adding:
            _close(change, Decision.WITHDRAWN, by)
        return None
    change.save()
    journal.record("change sent", change, by=by)
    return change


def still_the_same(change: PendingChange, seen: str) -> None:
    """Raises SentMeanwhile where the editor or her colleague wrote something else since the page was opened."""
    row = PendingChange.objects.get(pk=change.pk)
    if row.is_open and row.asked_at.isoformat() != seen:
        raise SentMeanwhile(row)


@transaction.atomic
def ask_to_publish(record: Offer | PublicDate, *, by: Person) -> PendingChange:
    """Raises IncompleteOffer, Refused. Asked twice it stands there once."""
    locked = _locked(record)
    rights.require(by, right_to_publish(locked), locked)
    if isinstance(locked, Offer):
        directory.require_complete(locked)
    change = open_change(locked, What.PUBLISH)
    if change is None:
        change = PendingChange.objects.create(what=What.PUBLISH, by=by.account_id, **_of(locked))
        journal.record("publication asked for", change, by=by)
    return change


@transaction.atomic
def say_why_cancelled(record: PublicDate, why: str, *, by: Person) -> None:
    """The date is cancelled for everybody at once, since nobody shall stand before a closed door; the words wait."""
    dates.cancel_date(record, "", by=by)
    change = open_change(record, What.CANCEL) or PendingChange(what=What.CANCEL, **_of(record))
    change.fields, change.by, change.asked_at = {"why": why}, by.account_id, timezone.now()
    change.save()
    journal.record("change sent", change, by=by)


def noted(record: Record, *, by: Person, still_asked: bool = True) -> None:
    """The record was saved at once: what waited of it is out of date, and who publishes it looks at it anew."""
    for change in record.pending_changes.filter(decision=Decision.OPEN).exclude(
        what__in=[What.REPORT, What.CANCEL]
    ):
        if change.what == What.PUBLISH and (still_asked or isinstance(record, Offer)):
            change.asked_at = timezone.now()
            change.save(update_fields=["asked_at"])
        else:
            _close(change, Decision.WITHDRAWN, by)


@transaction.atomic
def take_back(change: PendingChange, *, by: Person) -> None:
    """Raises DecidedAlready, Refused."""
    change, record = _both_locked(change)
    rights.require(by, right_to_write(record), record)
    _close(change, Decision.WITHDRAWN, by)
    journal.record("change taken back", change, by=by)


@transaction.atomic
def accept(change: PendingChange, *, seen: str, choices: Mapping[str, str], by: Person, reader: str) -> None:
    """Everything that was written becomes true, or nothing.

    raises  DecidedAlready, Unseen, ToBeChosen, NotAcceptable, IncompleteOffer, EditedMeanwhile, Refused
    """
    change, record = _both_locked(change)
    rights.require(by, "directory.check_changes", record)
    if change.what == What.PUBLISH:
        if seen != change.asked_at.isoformat():
            raise Unseen
        if isinstance(record, PublicDate):
            dates.publish_date(record, by=by)
        else:
            directory.publish_offer(record, by=by)
        change.refresh_from_db()
    elif change.what == What.CANCEL:
        if seen != change.asked_at.isoformat():
            raise Unseen
        dates.say_why_cancelled(record, change.fields["why"], by=by)
    else:
        page = typed.page_of(record, typed.sent(change), by=by, reader=reader)
        if not page.is_valid():
            raise NotAcceptable(page)
        told = comparing.compare(change, page, record, choices, reader)
        if told.seen != seen:
            raise Unseen
        if any(choices.get(one.choice) not in ("mine", "theirs") for one in told.open_questions):
            raise ToBeChosen
        save: Any = {Offer: save_offer, Organisation: save_organisation, PublicDate: dates.save_date}[
            type(record)
        ]
        save(page, by)
    if change.is_open:
        _close(change, Decision.ACCEPTED, by)
    journal.record("change accepted", change, by=by)


@transaction.atomic
def accepted_with_changes(change: PendingChange, *, by: Person) -> None:
    """Whoever checks saved the record herself, with what was written as her draft. Decided already is no fault."""
    row = PendingChange.objects.select_for_update().get(pk=change.pk)
    rights.require(by, "directory.check_changes", row.record)
    if row.is_open:
        _close(row, Decision.ACCEPTED, by)
        journal.record("change accepted", row, by=by)


@transaction.atomic
def decline(change: PendingChange, reason: str, *, by: Person) -> None:
    """Nothing changes; the organisation learns by mail that it can read why. Raises DecidedAlready, Refused."""
    change, record = _both_locked(change)
    rights.require(by, "directory.check_changes", record)
    change.reason = reason
    _close(change, Decision.DECLINED, by)
    journal.record("change declined", change, by=by)
    _tell(change, record)


def _close(change: PendingChange, decision: str, by: Person) -> None:
    change.decision, change.decided_by, change.decided_at = decision, by.account_id, timezone.now()
    change.save(update_fields=["decision", "decided_by", "decided_at", "reason"])


def _tell(change: PendingChange, record: Record) -> None:
    tenant = Tenant.objects.get(pk=record.tenant_id)
    path = reverse("directory_staff:change", kwargs={"tenant": tenant.slug, "pk": change.pk})
    tell_declined(organisation_of(record), change.by, path, f"change {change.pk}", tenant)


def organisation_of(record: Record) -> Organisation | None:
    if isinstance(record, PublicDate):
        return Organisation.objects.filter(pk=record.organisation_id).first()
    return record.organisation if isinstance(record, Offer) else record


def _of(record: Record) -> dict[str, Any]:
    return {{Offer: "offer", Organisation: "organisation", PublicDate: "date"}[type(record)]: record}


def _locked(record: Record) -> Any:
    """The record first, then its changes: two who decide at once wait for each other."""
    rows: Any = type(record).objects
    return rows.select_for_update(of=("self",), no_key=True).get(pk=record.pk)


def _both_locked(change: PendingChange) -> tuple[PendingChange, Any]:
    record = _locked(change.record)
    row = PendingChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if not row.is_open:
        raise DecidedAlready
    return row, record
