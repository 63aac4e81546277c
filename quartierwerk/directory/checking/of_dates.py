"""Dates of the calendar that organisations' editors write: the check of the directory looks after them, too."""

from typing import Any

from quartierwerk.calendar import actions as dates
from quartierwerk.calendar import checking
from quartierwerk.calendar.models import PublicDate
from quartierwerk.rights import may

from ..models import PendingChange
from . import actions, drafts, notes
from .need import needs_check


def register() -> None:
    checking.use(
        checking.Checking(
            drafts.of,
            _notes,
            _cancelled,
            _restored,
            actions.SentMeanwhile,
            on_form="directory/staff/_draft.html",
            on_page="directory/staff/_waiting.html",
        )
    )


def _notes(request: Any, record: PublicDate) -> dict[str, Any]:
    return notes.of(record, may(request.person, "directory.check_changes", record))


def _cancelled(request: Any, record: PublicDate, why: str) -> bool:
    waits = needs_check(record, request.person)
    if waits:
        actions.say_why_cancelled(record, why, by=request.person)
    else:
        dates.cancel_date(record, why, by=request.person)
    return waits


def _restored(request: Any, record: PublicDate) -> None:
    dates.restore_date(record, by=request.person)
    if waiting := actions.open_change(record, PendingChange.What.CANCEL):
        actions.take_back(waiting, by=request.person)
