"""Sentences about a measure for everybody. Titles, days and amounts keep their own direction within them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quartierwerk.languages.numbers import format_amount, format_decimal
from quartierwerk.web import markup

from ..measures.rules.light import Cause, Reason


def filled(sentence: str, **parts: Any) -> SafeString:
    """A translated sentence with pieces of markup in it."""
    return SafeString(
        escape(sentence, quote=False) % {name: conditional_escape(part) for name, part in parts.items()}
    )


def day(value: date) -> str:
    return date_format(value, "DATE_FORMAT")


def euros(cents: int) -> SafeString:
    """Whole euros without cents."""
    return markup.ltr(
        format_amount(cents).replace(",00", "", 1) if cents % 100 == 0 else format_amount(cents)
    )


def measured(value: Decimal, unit: str) -> SafeString:
    return markup.ltr(f"{format_decimal(value)} {unit}".strip())


def month(value: date) -> str:
    return date_format(value, "F Y")


# What a reason says to visitors. Posts are named inside only; what lacks a sentence here is not told.
_SENTENCES: dict[Cause, Callable[[str, tuple[Any, ...]], SafeString]] = {
    Cause.END_PASSED: lambda lang, it: filled(_("It should have ended on %(day)s."), day=day(it[0])),
    Cause.START_PASSED: lambda lang, it: filled(_("It should have begun on %(day)s."), day=day(it[0])),
    Cause.REVIEW_PASSED: lambda lang, it: filled(_("The review of %(day)s is due."), day=day(it[0])),
    Cause.STEP_LATE: lambda lang, it: filled(
        _("Step “%(what)s” is long overdue, since %(day)s."), what=markup.bdi(it[0], lang), day=day(it[1])
    ),
    Cause.STEP_OVERDUE: lambda lang, it: filled(
        _("Step “%(what)s” is overdue since %(day)s."), what=markup.bdi(it[0], lang), day=day(it[1])
    ),
    Cause.MONEY_ENDED: lambda lang, it: filled(_("The money ended on %(day)s."), day=day(it[0])),
    Cause.MONEY_ENDS_EARLY: lambda lang, it: filled(
        _("The money ends on %(day)s, the measure only on %(end)s."), day=day(it[0]), end=day(it[1])
    ),
    Cause.MONEY_UNSECURED: lambda lang, it: filled(
        _("%(amount)s of the costs of %(year)s are not secured."), amount=euros(it[0]), year=it[1]
    ),
    Cause.OVERSPENT: lambda lang, it: filled(
        _("%(spent)s were spent of %(planned)s planned."), spent=euros(it[0]), planned=euros(it[1])
    ),
    Cause.POST_EMPTY: lambda lang, it: filled(_("Somebody for the work is still being looked for.")),
    Cause.POST_ENDS_EARLY: lambda lang, it: filled(
        _("The money for the staff ends on %(day)s, before the measure."), day=day(it[1])
    ),
    Cause.SAID_LATE: lambda lang, it: filled(_("The responsible team reported on %(day)s: behind plan."), day=day(it[0])),
    Cause.SAID_AT_RISK: lambda lang, it: filled(_("The responsible team reported on %(day)s: at risk."), day=day(it[0])),
    Cause.SAID_DONE: lambda lang, it: filled(
        _("The responsible team reported on %(day)s: done. This is being checked."), day=day(it[0])
    ),
    Cause.SILENT: lambda lang, it: filled(_("The last report is missing: %(month)s."), month=month(it[0])),
    Cause.NOTHING_KNOWN: lambda lang, it: filled(_("There is no last day, no step and no report.")),
}  # fmt: skip


def of_reason(reason: Reason, language: str) -> SafeString:
    """language: the one the measure's steps are written in."""
    sentence = _SENTENCES.get(reason.cause)
    return sentence(language, reason.values) if sentence else SafeString("")


def first_of(reasons: tuple[Reason, ...], language: str) -> SafeString:
    """The heaviest that is told to everybody: the same one wherever only one is told."""
    return next(iter(of_reasons(reasons, language)), SafeString(""))


def of_reasons(reasons: tuple[Reason, ...], language: str) -> list[SafeString]:
    told = (of_reason(one, language) for one in reasons)
    return list(dict.fromkeys(one for one in told if one))
