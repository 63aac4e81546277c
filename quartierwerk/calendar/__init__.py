"""Public dates, recurrence, holidays and .ics: when something takes place."""
