"""A rule as people say it: "jeden Dienstag, 16–18 Uhr, bis 18.12.2026"."""

from datetime import date, time

from django.utils.dates import WEEKDAYS as WEEKDAY_NAMES
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext

from quartierwerk.languages.days import short_day

from .rule import NTH, WEEKDAYS, Rule

_EVERY = {
    "MO": gettext_lazy("every Monday"),
    "TU": gettext_lazy("every Tuesday"),
    "WE": gettext_lazy("every Wednesday"),
    "TH": gettext_lazy("every Thursday"),
    "FR": gettext_lazy("every Friday"),
    "SA": gettext_lazy("every Saturday"),
    "SU": gettext_lazy("every Sunday"),
}
# Behind "every 2 weeks", where "every Monday" would say that it is every week after all.
ON_DAY = {
    "MO": gettext_lazy("on Mondays"),
    "TU": gettext_lazy("on Tuesdays"),
    "WE": gettext_lazy("on Wednesdays"),
    "TH": gettext_lazy("on Thursdays"),
    "FR": gettext_lazy("on Fridays"),
    "SA": gettext_lazy("on Saturdays"),
    "SU": gettext_lazy("on Sundays"),
}
_NTH = {
    1: gettext_lazy("first %(weekday)s of the month"),
    2: gettext_lazy("second %(weekday)s of the month"),
    3: gettext_lazy("third %(weekday)s of the month"),
    4: gettext_lazy("fourth %(weekday)s of the month"),
    5: gettext_lazy("fifth %(weekday)s of the month"),
    -1: gettext_lazy("last %(weekday)s of the month"),
    -2: gettext_lazy("last but one %(weekday)s of the month"),
}
# More days that fall out than these are not read by anybody; the list of dates has them all.
DAYS_NAMED = 6


def in_words(rule: Rule, today: date | None = None) -> str:
    """The rule in the active language. With `today`, what is over is left out: its beginning, days it skipped."""
    parts = [_days(rule), clock(rule.opens_at, rule.closes_at)]
    if rule.starts_on and not rule.is_once and (today is None or rule.starts_on > today):
        parts.append(gettext("from %(date)s") % {"date": short_day(rule.starts_on)})
    if rule.until and not rule.is_once:
        parts.append(gettext("until %(date)s") % {"date": short_day(rule.until)})
    if not rule.skip_holidays and not rule.is_once:
        parts.append(gettext("also on holidays"))
    skipped = sorted(day for day in rule.skip_dates if today is None or day >= today)[:DAYS_NAMED]
    if skipped and not rule.is_once:
        parts.append(gettext("not on %(dates)s") % {"dates": _list(map(short_day, skipped))})
    return _list(part for part in parts if part) or rule.note


def clock(opens_at: time | None, closes_at: time | None) -> str:
    """ "16–18 Uhr", "ab 16 Uhr"; empty where the hour is not known."""
    if opens_at is None:
        return ""
    if closes_at is None:
        return gettext("from %(time)s onwards") % {"time": _hour(opens_at)}
    # Translators: a span of time, "16–18 Uhr" in German.
    return gettext("%(begin)s–%(end)s") % {"begin": _hour(opens_at), "end": _hour(closes_at, 24)}


def weekday_name(day: str) -> str:
    return str(WEEKDAY_NAMES[WEEKDAYS.index(day)])


def _hour(moment: time, midnight: int = 0) -> str:
    hour = moment.hour if moment != time(0) else midnight
    # German says "16 Uhr"; elsewhere a bare 16 would not be read as a time.
    if (get_language() or "de").startswith("de"):
        return f"{hour}:{moment.minute:02}" if moment.minute else str(hour)
    return f"{hour:02}:{moment.minute:02}"


def _days(rule: Rule) -> str:
    interval = max(rule.interval, 1)
    match rule.freq:
        case "once":
            return _on(rule.starts_on) if rule.starts_on else ""
        case "daily":
            restricted = _weekdays(rule.weekdays) if rule.weekdays else ""
            if interval == 1:
                return restricted or _every_day()
            every = ngettext("every day", "every %(count)s days", interval) % {"count": interval}
            return _list([every, _on_weekdays(rule.weekdays)]) if restricted else every
        case "weekly":
            if not rule.weekdays and rule.starts_on is None:
                return ""
            days = rule.weekdays or [WEEKDAYS[rule.starts_on.weekday()]]  # type: ignore[union-attr]
            if interval == 1:
                return _weekdays(days)
            every = ngettext("every week", "every %(count)s weeks", interval) % {"count": interval}
            return pgettext("every 2 weeks on Mondays", "%(every)s %(days)s") % {
                "every": every,
                "days": _on_weekdays(days),
            }
        case "monthly":
            days = _month_days(rule)
            if interval == 1 or not days:
                return days
            every = ngettext("every month", "every %(count)s months", interval) % {"count": interval}
            return _list([every, days])
    return ""


def _month_days(rule: Rule) -> str:
    named = []
    for each in rule.nth:
        if (found := NTH.fullmatch(each)) and (wording := _NTH.get(int(found[1]))):
            named.append(str(wording) % {"weekday": weekday_name(found[2])})
    numbers = rule.month_days
    if not (numbers or named or rule.weekdays) and rule.starts_on:
        numbers = [rule.starts_on.day]
    for number in sorted(numbers):
        if number == -1:
            named.append(gettext("last day of the month"))
        elif number > 0:
            named.append(gettext("day %(number)s of the month") % {"number": number})
        else:
            named.append(gettext("%(count)s days before the end of the month") % {"count": -number - 1})
    if rule.weekdays:
        named.append(_weekdays(rule.weekdays))
    return _list(named)


def _weekdays(days) -> str:
    ordered = [day for day in WEEKDAYS if day in set(days)]
    if len(ordered) == 7:
        return _every_day()
    if len(ordered) == 1:
        return str(_EVERY[ordered[0]])
    places = [WEEKDAYS.index(day) for day in ordered]
    if len(ordered) > 2 and places[-1] - places[0] == len(ordered) - 1:
        return gettext("%(first)s to %(last)s") % {
            "first": weekday_name(ordered[0]),
            "last": weekday_name(ordered[-1]),
        }
    return _list(map(weekday_name, ordered))


def _on_weekdays(days) -> str:
    return _list(str(ON_DAY[day]) for day in WEEKDAYS if day in set(days))


def _every_day() -> str:
    # Not the singular of ngettext: a language with one form for all numbers would read "every 1 days".
    return pgettext("how often", "every day")


def _on(day: date) -> str:
    names = {"weekday": weekday_name(WEEKDAYS[day.weekday()]), "date": short_day(day)}
    return gettext("%(weekday)s, %(date)s") % names


def _list(parts) -> str:
    return pgettext("between the items of a list", ", ").join(parts)
