"""One opened edit form: whether it starts from a change that waits, and whether saving it counts at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.utils.translation import gettext as _

from quartierwerk.calendar.models import PublicDate
from quartierwerk.rights import may
from quartierwerk.tenants.models import Visibility

from ..models import Offer, Organisation, PendingChange
from ..rules import readable_id
from . import actions, typed
from .need import needs_check
from .typed import AnyPage

Record = Offer | Organisation | PublicDate


@dataclass
class Draft:
    """
    data       what the forms are bound to: sent just now, or kept with the change
    waits      saving sends it for a check
    may_check  the person decides on changes of this record
    change     whose words the form starts from
    seen       moment of the change that waited when the form was opened
    meanwhile  what a colleague sent since
    """

    request: Any
    record: Record
    data: Any
    waits: bool
    may_check: bool
    change: PendingChange | None
    seen: str
    meanwhile: PendingChange | None = None
    sent: PendingChange | None = None
    # A date that its editor wants shown, and that shows after a check.
    is_to_be_shown: bool = False

    def show(self, page: AnyPage) -> None:
        """A page just opened complains about nothing."""
        if isinstance(self.record, PublicDate) and actions.open_change(
            self.record, PendingChange.What.PUBLISH
        ):
            page.main.initial["visibility"] = Visibility.PUBLIC
        if self.data:
            page.is_valid()
            page.without_faults()

    def save(self, page: Any, save: Callable[[Any, Any], Any]) -> Any:
        """The record, changed or not yet. Raises EditedMeanwhile, SentMeanwhile, Refused."""
        by = self.request.person
        try:
            with transaction.atomic():
                if self.waits:
                    self.sent = actions.send(
                        self.record, page, self.data, seen=self.seen, by=by, reader=self.request.lang
                    )
                    return self.record
                if self.change and self.may_check:
                    actions.still_the_same(self.change, self.seen)
                if not self.may_check and self.record.tenant.changes_are_checked:
                    _leave_shown_place(page)
                    self._hold_back(page)
                record = save(page, by)
                if self.is_to_be_shown:
                    self.sent = actions.ask_to_publish(record, by=by)
                if self.change and self.may_check:
                    actions.accepted_with_changes(self.change, by=by)
                elif not self.may_check and not self.record._state.adding:
                    actions.noted(record, by=by, still_asked=self.is_to_be_shown)
                return record
        except actions.SentMeanwhile as since:
            self.meanwhile, self.seen = since.change, since.change.asked_at.isoformat()
            raise

    def _hold_back(self, page: Any) -> None:
        """A date says itself who may see it; that visitors may is asked for."""
        if isinstance(self.record, PublicDate) and page.main.instance.visibility == Visibility.PUBLIC:
            page.main.instance.visibility = Visibility.TENANT
            self.is_to_be_shown = True

    def tell(self) -> None:
        if not self.waits and not self.is_to_be_shown:
            messages.success(self.request, _("Saved."))
        elif self.sent:
            messages.success(
                self.request, _("Sent. It shows as soon as somebody of the municipality has looked at it.")
            )
        else:
            messages.info(self.request, _("Nothing differs from what stands there, so nothing was sent."))


def of(request: Any, record: Record) -> Draft:
    posted = request.POST if request.method == "POST" else None
    if record._state.adding:
        return Draft(request, record, posted, False, may(request.person, "directory.check_changes"), None, "")
    may_check = may(request.person, "directory.check_changes", record)
    change = _asked_for(request, record)
    if change is None and not may_check:
        change = actions.open_change(record)
    kept = typed.sent(change) if change else None
    seen = change.asked_at.isoformat() if change and change.is_open else ""
    return Draft(
        request,
        record,
        kept if posted is None else posted,
        needs_check(record, request.person),
        may_check,
        change,
        seen if posted is None else posted.get("change_seen", ""),
    )


def _asked_for(request: Any, record: Record) -> PendingChange | None:
    asked = readable_id(request.POST.get("change") or request.GET.get("change", ""))
    if not asked:
        return None
    kept = (PendingChange.Decision.OPEN, PendingChange.Decision.DECLINED)
    return record.pending_changes.filter(pk=asked, what=PendingChange.What.EDIT, decision__in=kept).first()


def _leave_shown_place(page: AnyPage) -> None:
    """A draft may share its address with a record that visitors see: what changes for the draft is a place of its own."""
    place = page.address.instance
    if not place._state.adding and place.visibility == Visibility.PUBLIC and page.address.has_changed():
        place.pk = uuid4()
        place._state.adding = True
