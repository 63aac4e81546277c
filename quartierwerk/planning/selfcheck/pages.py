"""Self-checks in words: of a team beside its year before, of all teams with their totals."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from quartierwerk.languages import tags
from quartierwerk.languages.numbers import format_decimal, format_whole

from ..models import SelfCheck, Team
from . import hiding, rules
from .hiding import Hidden
from .rules import Count

LABELS = {
    "trained": gettext_lazy("Trained in intercultural work"),
    "plain_forms": gettext_lazy("Forms in plain language"),
    "translated_forms": gettext_lazy("Forms in other languages"),
    "answered": gettext_lazy("Complaints, and how many were answered"),
}


@dataclass(frozen=True)
class Change:
    """One question in two years, and by how much the share changed."""

    label: str
    now: str
    before: str
    change: str


@dataclass(frozen=True)
class TeamRow:
    """answers: as many as there are questions; `None` check: nothing was filled in for this year."""

    team: Team
    check: SelfCheck | None
    languages: str
    answers: Sequence[str]


@dataclass(frozen=True)
class Overview:
    rows: list[TeamRow]
    totals: list[Change]
    missing: list[Team]


@dataclass(frozen=True)
class InShort:
    """For a team's page."""

    year: int
    this_year: SelfCheck | None
    last: SelfCheck | None


def in_short(team: Team, year: int) -> InShort:
    newest = SelfCheck.objects.filter(team=team, year__lte=year).order_by("-year").first()
    return InShort(year, newest if newest and newest.year == year else None, newest)


def count_of(check: SelfCheck, part: str) -> Count:
    return Count(getattr(check, part), getattr(check, rules.PARTS[part]))


def in_words(part: str, count: Count) -> str:
    if part == "answered":
        return _complaints(count)
    if count.part is None or count.whole is None:
        return _not_known(count)
    words = _("%(part)s of %(whole)s") % {
        "part": format_whole(count.part),
        "whole": format_whole(count.whole),
    }
    return f"{words} ({_percent(count.percent)})" if count.percent is not None else words


def _not_known(count: Count) -> str:
    if count.whole is None:
        return _("not known")
    return _("not known, of %(whole)s") % {"whole": format_whole(count.whole)}


def _complaints(count: Count) -> str:
    if count.whole is None:
        return _("not known")
    if not count.whole:
        return pgettext("complaints", "none")
    words = ngettext("%(n)s complaint", "%(n)s complaints", count.whole) % {"n": format_whole(count.whole)}
    if count.part is None:
        return _("%(complaints)s, answers not known") % {"complaints": words}
    return _("%(complaints)s, %(answered)s answered") % {
        "complaints": words,
        "answered": format_whole(count.part),
    }


def _percent(number: Decimal | None) -> str:
    return f"{format_decimal(number, 1)} %" if number is not None else ""


def change_in_words(now: Count, before: Count) -> str:
    points = rules.points(now, before)
    if points is None:
        return ""
    if not points:
        return _("unchanged")
    signed = f"{'+' if points > 0 else '−'}{format_decimal(abs(points), 1)}"
    return _("%(points)s points") % {"points": signed}


def languages_in_words(check: SelfCheck, reader: str) -> str:
    if check.languages is None:
        return _("not known")
    if not check.languages:
        return _("German only")
    return ", ".join(sorted((tags.name(tag, reader) for tag in check.languages), key=str.casefold))


def beside_last_year(now: SelfCheck | None, before: SelfCheck | None, reader: str) -> list[Change]:
    """For those who fill it in: as it was typed, nothing hidden."""

    def told(check: SelfCheck | None, words: Callable[[SelfCheck], str]) -> str:
        return words(check) if check else _("not filled in")

    def row(label: str, words: Callable[[SelfCheck], str], change: str = "") -> Change:
        return Change(label, told(now, words), told(before, words), change)

    found = [row(_("Languages"), lambda one: languages_in_words(one, reader))]
    for part, label in LABELS.items():
        change = change_in_words(count_of(now, part), count_of(before, part)) if now and before else ""
        found.append(row(str(label), partial(_of_part, part), change))
    return found


def _of_part(part: str, check: SelfCheck) -> str:
    return in_words(part, count_of(check, part))


def overview(
    teams: Sequence[Team], now: Mapping[UUID, SelfCheck], before: Mapping[UUID, SelfCheck], reader: str
) -> Overview:
    """All teams in one year, with what could let somebody be recognised left out."""
    hidden, hidden_before = _hidden(now), _hidden(before)
    rows = []
    for team in teams:
        check = now.get(team.pk)
        answers = [
            _shown(part, count_of(check, part), team.pk in hidden[part]) if check else "" for part in LABELS
        ]
        rows.append(TeamRow(team, check, languages_in_words(check, reader) if check else "", answers))
    totals = [_total(part, now, before, len(teams), hidden[part], hidden_before[part]) for part in LABELS]
    return Overview(rows, totals, [team for team in teams if team.pk not in now])


def _hidden(checks: Mapping[UUID, SelfCheck]) -> dict[str, Hidden]:
    """Forms are no people."""
    trained = hiding.of_shares({pk: count_of(one, "trained") for pk, one in checks.items()})
    complaints = hiding.of_counts({pk: one.complaints for pk, one in checks.items()})
    if complaints.teams:
        # How many of all were answered would tell it of the few whose number is hidden.
        complaints = Hidden(complaints.teams, total=True)
    return {part: Hidden() for part in LABELS} | {"trained": trained, "answered": complaints}


def _shown(part: str, count: Count, is_hidden: bool) -> str:
    return _("hidden, too few people") if is_hidden else in_words(part, count)


def _total(
    part: str,
    now: Mapping[UUID, SelfCheck],
    before: Mapping[UUID, SelfCheck],
    teams: int,
    hidden: Hidden,
    hidden_before: Hidden,
) -> Change:
    counts, earlier_counts = (
        {pk: count_of(one, part) for pk, one in checks.items()} for checks in (now, before)
    )
    this, last = (rules.total(one.values(), teams) for one in (counts, earlier_counts))
    words = _shown(part, this.count, hidden.total) if now else _("not filled in")
    if now and this.told < this.asked:
        known = ngettext("%(told)s of %(n)s team knows", "%(told)s of %(n)s teams know", this.asked)
        words = f"{words} · {known % {'told': this.told, 'n': this.asked}}"
    earlier = _shown(part, last.count, hidden_before.total) if before else _("not filled in")
    if hidden.total or hidden_before.total:
        change = ""
    else:
        change = _change_of_same(counts, earlier_counts, hidden.teams | hidden_before.teams)
    return Change(str(LABELS[part]), words, earlier, change)


def _change_of_same(now: Mapping[UUID, Count], before: Mapping[UUID, Count], hidden: Collection[UUID]) -> str:
    """Of the teams that know it in both years: a team that did not answer is no change."""
    compared = rules.known_in_both(now, before)
    left_out = {pk for counts in (now, before) for pk, count in counts.items() if count.is_known} - compared
    if left_out & set(hidden):
        return ""  # the total less what is compared would tell the hidden number
    this, last = (
        rules.total([counts[pk] for pk in compared], len(compared)).count for counts in (now, before)
    )
    change = change_in_words(this, last)
    if not change:
        return ""
    n = len(compared)
    teams = ngettext("%(n)s team in both years", "%(n)s teams in both years", n) % {"n": format_whole(n)}
    return f"{change} ({teams})"
