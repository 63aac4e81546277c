from datetime import datetime, timedelta

TERM = timedelta(weeks=4)  # what the accessibility statement promises


def is_overdue(reported_at: datetime, answered_at: datetime | None, now: datetime) -> bool:
    return answered_at is None and now - reported_at > TERM
