"""Money by year, as visitors read it. What nobody entered is "to be clarified" or "not reported", never zero."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..measures.rules.counting import Entry, counted
from ..measures.rules.money import Line, Sums, by_year, total
from .words import euros, filled


@dataclass(frozen=True)
class Year:
    """year: 0 for all together."""

    year: int
    planned: SafeString
    secured: SafeString
    spent: SafeString


@dataclass(frozen=True)
class Together:
    """The money of several measures. note: what of it was spent on measures that were stopped since, "" for nothing."""

    years: list[Year]
    note: SafeString


def together(entries: Iterable[Entry]) -> Together:
    rows = list(entries)
    gone = counted(rows).spent_on_stopped
    note = filled(
        _("%(amount)s of it were spent on measures that have been stopped since."), amount=euros(gone)
    )
    return Together(
        years(line for one in rows for line in one.counted_lines), note if gone else SafeString("")
    )


def years(lines: Iterable[Line]) -> list[Year]:
    """Each year, and all together where there are several; empty where nobody named any cost."""
    rows = list(lines)
    unclear = _unclear_promises(rows)
    found = [_year(year, sums, year in unclear) for year, sums in by_year(rows).items()]
    if len(found) > 1:
        found.append(_year(0, total(rows), bool(unclear)))
    return found


def _unclear_promises(rows: list[Line]) -> set[int]:
    """Years in which money is promised whose sum nobody knows yet."""
    return {line.year for line in rows if line.is_secured and line.planned is None}


def _year(year: int, sums: Sums, is_unclear_promise: bool) -> Year:
    return Year(year, planned(sums), _secured(sums, is_unclear_promise), _spent(sums))


def planned(sums: Sums) -> SafeString:
    """0,00 € is an answer where somebody entered it."""
    if sums.unclear and not sums.planned:
        return filled(_("to be clarified"))
    if sums.unclear:
        return filled(_("%(amount)s, and more to be clarified"), amount=euros(sums.planned))
    return euros(sums.planned)


def _secured(sums: Sums, is_unclear_promise: bool) -> SafeString:
    if is_unclear_promise and not sums.secured:
        return filled(_("to be clarified"))
    if is_unclear_promise:
        return filled(_("%(amount)s, and more to be clarified"), amount=euros(sums.secured))
    if not sums.secured and (sums.planned or sums.unclear):
        return filled(_("nothing promised yet"))
    return euros(sums.secured)


def _spent(sums: Sums) -> SafeString:
    return euros(sums.spent) if sums.spent else filled(_("nothing reported yet"))


def in_short(lines: Iterable[Line]) -> SafeString:
    """One line for a list: what it costs in all years together."""
    rows = list(lines)
    if not rows or all(line.planned is None for line in rows):
        return filled(_("costs to be clarified"))
    return filled(_("costs %(amount)s"), amount=planned(total(rows)))
