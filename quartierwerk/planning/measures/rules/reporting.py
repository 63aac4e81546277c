"""The monthly update: when a department is asked, reminded and taken as silent, and what its answer asks back (W2.2)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .months import first_of, shifted

FIRST_REMINDER = timedelta(days=7)
SECOND_REMINDER = timedelta(days=14)
SILENT_AFTER = timedelta(days=21)
REMINDERS = 2
# Asked later in the month, two reminders would no longer fit into it.
LAST_ASKING_DAY = 7


class Step(StrEnum):
    ASK = "ask"
    REMIND = "remind"
    REMIND_AGAIN = "remind again"


class Problem(StrEnum):
    """Why a team cannot be asked."""

    ENDED = "ended"
    NO_ADDRESS = "no address"
    LEADS_NOTHING = "leads nothing"


@dataclass(frozen=True)
class Asked:
    """What is known of one link: the month it asks about, when it was sent."""

    month: date
    sent_on: date
    reminded: int = 0
    answered_on: date | None = None


def due_step(asked: Asked | None, today: date) -> Step | None:
    """One step a day and team. asked: this month's link, None where there is none."""
    if asked is None:
        return Step.ASK if today.day <= LAST_ASKING_DAY else None
    if asked.answered_on or asked.month != first_of(today):
        return None
    waited = today - asked.sent_on
    if asked.reminded == 0 and waited >= FIRST_REMINDER:
        return Step.REMIND
    if asked.reminded == 1 and waited >= SECOND_REMINDER:
        return Step.REMIND_AGAIN
    return None


def problem(has_address: bool, ended_on: date | None, leads_something: bool) -> Problem | None:
    """The first reason for which asking reaches nobody."""
    if ended_on is not None:
        return Problem.ENDED
    if not has_address:
        return Problem.NO_ADDRESS
    return None if leads_something else Problem.LEADS_NOTHING


def is_silent(asked: Asked, today: date) -> bool:
    """Two reminders went unanswered, and a week passed after the second."""
    return asked.answered_on is None and asked.reminded >= REMINDERS and today - asked.sent_on >= SILENT_AFTER


def valid_until(month: date) -> date:
    """A link answers for its month until the next one's end: who was away may still report."""
    return shifted(first_of(month), 2) - timedelta(days=1)


def asks_back(light: str, open_steps: int, sure: bool) -> bool:
    """ "Done" while a step is open is asked about once."""
    return light == "done" and open_steps > 0 and not sure
