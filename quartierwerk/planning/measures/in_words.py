"""Lights, stages, progress and runways as pages say them, with the shape that stands beside."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk.languages.days import short_day
from quartierwerk.languages.numbers import format_decimal

from ..models import Goal
from .rules import goals, posts
from .rules.light import Light
from .rules.stages import NeedState

# Which shape of the traffic light (`{% state %}`) stands for it.
LIGHTS = {
    Light.GREEN: "ok",
    Light.AMBER: "warn",
    Light.RED: "bad",
    Light.NO_REPORT: "none",
    Light.WAITING: "none",
    Light.DONE: "done",
    Light.STOPPED: "none",
}
NEED_STATES = {
    NeedState.NEW: "warn",
    NeedState.ACCEPTED: "ok",
    NeedState.BEING_MET: "ok",
    NeedState.MET: "done",
    NeedState.REJECTED: "none",
}


def period(starts_on: date | None, ends_on: date | None) -> str:
    if starts_on and ends_on:
        return _("%(first)s to %(last)s") % {"first": short_day(starts_on), "last": short_day(ends_on)}
    if starts_on:
        return _("from %(first)s, end open") % {"first": short_day(starts_on)}
    if ends_on:
        return _("until %(last)s") % {"last": short_day(ends_on)}
    return "·"


def progress_words(progress: goals.Progress, goal: Goal) -> tuple[str, str]:
    """(words, shape)."""
    unit = f" {goal.unit}" if goal.unit else ""
    value = "" if progress.last is None else f"{format_decimal(progress.last)}{unit}"
    match progress.state:
        case goals.State.NO_EVIDENCE:
            return _("not agreed yet how one will know"), "warn"
        case goals.State.QUALITATIVE:
            return _("is asked in words"), "none"
        case goals.State.NO_VALUES:
            return _("no values yet"), "none"
        case goals.State.NO_TARGET:
            return _("%(value)s, without a target") % {"value": value}, "none"
        case goals.State.NO_START:
            return _("%(value)s, without a value at the beginning") % {"value": value}, "none"
        case goals.State.REACHED:
            return _("%(value)s, reached") % {"value": value}, "done"
        case goals.State.AWAY:
            return _("%(value)s, further away than at the beginning") % {"value": value}, "bad"
        case goals.State.BEHIND:
            return _("%(value)s, %(percent)d %% of the way, slower than planned") % {
                "value": value,
                "percent": progress.percent or 0,
            }, "warn"
    return _("%(value)s, %(percent)d %% of the way") % {
        "value": value,
        "percent": progress.percent or 0,
    }, "ok"


def runway_words(runway: posts.Runway | None, ends_on: date | None) -> tuple[str, str]:
    """(words, shape)."""
    if runway is None or ends_on is None:
        return _("permanent"), ""
    if runway.is_over:
        return _("ended on %(day)s") % {"day": short_day(ends_on)}, "bad"
    words = _("until %(day)s") % {"day": short_day(ends_on)}
    if runway.months:
        left = ngettext("%(n)d month left", "%(n)d months left", runway.months) % {"n": runway.months}
    else:
        left = ngettext("%(n)d day left", "%(n)d days left", runway.days) % {"n": runway.days}
    alerted = posts.alert_day(ends_on, 6)
    soon = (ends_on - alerted).days >= runway.days
    return f"{words}, {left}", "warn" if soon else ""
