"""How far a kick-off is. Pure."""

from datetime import date

from ..models import Meeting

State = Meeting.State


def state(day: date, today: date, *, is_cancelled: bool, has_results: bool) -> State:
    """Held is what took place and of which somebody typed in what came of it."""
    if is_cancelled:
        return State.CANCELLED
    return State.HELD if has_results and day <= today else State.PLANNED


def takes_results(day: date, today: date, *, is_cancelled: bool) -> bool:
    return day <= today and not is_cancelled
