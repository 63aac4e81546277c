"""A measure as an entry of a list: what is done, how it stands and why, money, who, when changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quartierwerk.languages import showing
from quartierwerk.languages.showing import Shown
from quartierwerk.web import addresses, markup

from ..models import Measure
from . import money, words
from .loading import with_children
from .standing import Standing, standings
from .states import LABELS, SIGNS


@dataclass(frozen=True)
class Card:
    title: Shown
    what: Shown
    url: str
    sign: str
    label: str
    reason: SafeString
    line: SafeString
    is_machine: bool

    @property
    def is_fallback(self) -> bool:
        return self.title.is_fallback or (bool(self.what) and self.what.is_fallback)


def cards(rows: QuerySet[Measure] | Sequence[Measure], request, known: dict | None = None) -> list[Card]:
    """known: standings that were read already."""
    measures = with_children(rows, "translations") if isinstance(rows, QuerySet) else list(rows)
    found = standings_of(measures, request) if known is None else known
    return [card(one, found[one.pk], request) for one in measures if one.pk in found]


def standings_of(measures: Iterable[Measure], request) -> dict:
    return standings([one.pk for one in measures], request.tenant, timezone.localdate())


def card(measure: Measure, standing: Standing, request) -> Card:
    texts = showing.show_all(measure, request.lang)
    return Card(
        title=texts["title"],
        what=texts["what"],
        url=addresses.public("planning:measure", request, pk=measure.pk),
        sign=SIGNS[standing.state],
        label=str(LABELS[standing.state]),
        reason=words.first_of(standing.reasons, measure.language),
        line=_line(standing),
        is_machine=texts["title"].is_machine or texts["what"].is_machine,
    )


def _line(standing: Standing) -> SafeString:
    lead = markup.bdi(standing.lead) if standing.lead else words.filled(_("nobody yet"))
    parts = [
        money.in_short(standing.lines),
        words.filled(_("responsible: %(team)s"), team=lead),
        words.filled(_("changed on %(day)s"), day=words.day(standing.changed_on)),
    ]
    return SafeString(" · ".join(parts))
