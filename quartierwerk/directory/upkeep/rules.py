"""When an organisation is asked whether its entry is still true, and what follows from silence (R5.11)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from quartierwerk.privacy.retention import Span

from ..models.organisations import Confirmation as Step

WEEKS = timedelta(weeks=1)


# How long silence lasts at a step until the next one is due.
PATIENCE = {
    Step.ASKED: 2 * WEEKS,
    Step.REMINDED: 2 * WEEKS,
    Step.REMINDED_TWICE: 2 * WEEKS,
    Step.UNCONFIRMED: 4 * WEEKS,
    # Calls take longer than mails, but an entry that nobody vouches for does not stay for ever either.
    Step.PHONE: 8 * WEEKS,
}
FOLLOWS = {
    Step.ASKED: Step.REMINDED,
    Step.REMINDED: Step.REMINDED_TWICE,
    Step.REMINDED_TWICE: Step.UNCONFIRMED,
    Step.UNCONFIRMED: Step.HIDDEN,
    Step.PHONE: Step.UNCONFIRMED,
}
MAILED = frozenset({Step.ASKED, Step.REMINDED, Step.REMINDED_TWICE})


@dataclass(frozen=True)
class Entry:
    """What the decision needs of an organisation; `since` is when its step began."""

    step: Step
    confirmed_at: datetime
    since: datetime
    has_mail_address: bool
    mail_came_back: bool = False


def due_step(entry: Entry, now: datetime, every_months: int) -> Step | None:
    """The step that is due, or None. One at a time: nobody is asked and hidden on the same day."""
    if entry.step == Step.CONFIRMED:
        if now < Span(months=every_months).after(entry.confirmed_at):
            return None
        return Step.ASKED if entry.has_mail_address else Step.PHONE
    if entry.step in MAILED and (entry.mail_came_back or not entry.has_mail_address):
        return Step.PHONE
    if entry.step not in FOLLOWS or now < entry.since + PATIENCE[entry.step]:
        return None
    return FOLLOWS[entry.step]
