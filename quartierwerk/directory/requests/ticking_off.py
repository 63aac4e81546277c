"""Deciding on what was reported: the words stay until their period ends, the decision is journalled."""

from django.db import transaction
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.rights import Person

from ..models import PendingChange, Wish


@transaction.atomic
def decide_change(change: PendingChange, decision: str, *, by: Person) -> None:
    """A second decision changes nothing: somebody was quicker."""
    organisation = change.offer.organisation if change.offer else change.organisation
    rights.require(by, "directory.ask_confirmation", organisation)
    row = PendingChange.objects.select_for_update().get(pk=change.pk)
    if row.decision != PendingChange.Decision.OPEN:
        return
    row.decision, row.decided_by, row.decided_at = decision, by.account_id, timezone.now()
    row.save(update_fields=["decision", "decided_by", "decided_at"])
    journal.record(f"reported change {decision}", row, by=by)


@transaction.atomic
def answer_wish(wish: Wish, state: str, *, by: Person) -> None:
    rights.require(by, "wishes.read", wish)
    wish.state = state
    wish.answered_at = timezone.now() if state == Wish.State.ANSWERED else None
    wish.save(update_fields=["state", "answered_at"])
    journal.record(f"wish {state}", wish, by=by)
