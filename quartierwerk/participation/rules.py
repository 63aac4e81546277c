"""When an answer is due, how a voice goes on, until when it can be reopened."""

from collections.abc import Collection
from datetime import date, timedelta

from quartierwerk.planning.measures.rules.stages import NeedState, Stage

from .kinds import VoiceState as S

DAYS, QUESTION_DAYS = 14, 2  # where the municipality has set nothing else
# Of a kind of which fewer were given in a quarter it could be told who gave them (data protection §7).
FEWEST = 5
REOPEN_WITHIN = timedelta(days=60)

NEXT: dict[str, frozenset[str]] = {
    S.RECEIVED: frozenset({S.CHECKED, S.HELD, S.WITHDRAWN}),
    S.CHECKED: frozenset({S.CHECKED, S.IN_WORK, S.ANSWERED, S.NOT_OURS, S.HELD, S.WITHDRAWN}),
    S.IN_WORK: frozenset({S.CHECKED, S.IN_WORK, S.ANSWERED, S.NOT_OURS, S.HELD, S.WITHDRAWN}),
    S.ANSWERED: frozenset({S.ANSWERED, S.NOT_OURS, S.IN_WORK, S.WITHDRAWN}),
    S.NOT_OURS: frozenset({S.NOT_OURS, S.ANSWERED, S.IN_WORK, S.WITHDRAWN}),
    S.HELD: frozenset({S.CHECKED, S.WITHDRAWN}),
    S.WITHDRAWN: frozenset(),
}


def may_become(state: str, new: str, *, is_question: bool = False) -> bool:
    """A question is answered to the person who asked, so that nothing has to be checked for the public before."""
    if is_question and state == S.RECEIVED and new in (S.IN_WORK, S.ANSWERED, S.NOT_OURS):
        return True
    return new in NEXT[state]


def state_after_check(state: str) -> str:
    """Checking words anew does not take a voice back that somebody works on or has answered."""
    return S.CHECKED if state in (S.RECEIVED, S.HELD) else state


def due_after(received: date, days: int) -> date:
    return received + timedelta(days=days)


def due_after_working_days(received: date, days: int, free_days: Collection[date]) -> date:
    """The last of so many working days after this one; free days are holidays and closing days."""
    day = received
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in free_days:
            days -= 1
    return day


def may_reopen(state: str, answered_on: date | None, today: date) -> bool:
    """Whoever gave the voice says that it is not solved; the last of 60 days counts."""
    return (
        state in (S.ANSWERED, S.NOT_OURS) and answered_on is not None and today <= answered_on + REOPEN_WITHIN
    )


# What the end of a need or a measure is, by the record's state: an answer given before does not tell of it.
ENDS_OF_NEEDS = frozenset({NeedState.MET, NeedState.REJECTED})
ENDS_OF_MEASURES = frozenset({Stage.DONE, Stage.STOPPED})
