"""What the list of offers shows, computed here so that the template only prints."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk.places.models import SocialSpace
from quartierwerk.web import addresses
from quartierwerk.web.hits import Hit

from .. import topics
from ..showing import timetable
from . import choices, entries, gathering, near
from .catalogue import Answer, Catalogue
from .choices import Chip, Option, Select
from .entries import Entry
from .hits import hit_of
from .near import Near
from .question import Question

PER_PAGE = 20
WAYS_ON = 3  # out of an empty answer

Found = Mapping[UUID, list[tuple[str, str]]]


@dataclass(frozen=True)
class Way:
    """A way on from an empty answer."""

    label: str
    url: str
    more: str


@dataclass
class OfferList:
    question: Question
    page: Page
    hits: list[Hit]
    near: Near
    chosen: list[Chip]
    switches: list[Chip]
    selects: list[Select]
    sorts: list[Option]
    distances: list[Option]
    points: list[tuple[int, Entry, str]] = field(default_factory=list)  # number, offer, address on the page
    ways: list[Way] = field(default_factory=list)
    quarters: list[SocialSpace] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.page.paginator.count


def offer_list(
    request, question: Question, found: Found | None, catalogue: Catalogue, quarters: list[SocialSpace]
) -> OfferList:
    """One page of offers. found: id → why, best first, or None where no words were asked."""
    now = timezone.localtime()
    where = near.find(question, quarters, catalogue)
    closed = timetable.closed_around(request.tenant, now.date()).days() if question.open else frozenset()
    ask = _Asking(catalogue, found, where, now, closed)
    answer = ask(question)
    page = Paginator(answer, PER_PAGE).get_page(request.GET.get("page"))
    offers = entries.of(page.object_list, request.lang)
    hits, points = [], []
    for offer in offers:
        number = None
        if offer.address and offer.address.has_coordinates:
            number = len(points) + 1
            points.append((number, offer, addresses.public("directory:offer", request, pk=offer.pk)))
        hits.append(
            hit_of(
                offer,
                request,
                today=now.date(),
                number=number,
                why=found[offer.pk] if found else (),
                kilometres=answer.kilometres(offer.pk),
            )
        )
    shown = OfferList(
        question,
        page,
        hits,
        where,
        chosen=choices.chosen(question, quarters, request.lang, where),
        switches=choices.switches(question, answer),
        selects=choices.selects(question, answer, quarters, request.lang),
        sorts=choices.sorts(question, with_words=found is not None, with_point=where.point is not None),
        distances=choices.distances(question),
        points=points,
        quarters=quarters,
    )
    if not len(answer):
        shown.ways = _ways_on(question, ask, quarters, request.lang, where)
    return shown


@dataclass
class _Asking:
    """One visit's question, asked again with a filter less where it had no answer."""

    catalogue: Catalogue
    found: Found | None
    where: Near
    now: datetime
    closed: frozenset[date]

    def __call__(self, question: Question, *, with_words: bool = True) -> Answer:
        is_open = timetable.open_by(self.closed) if question.open else None
        return self.catalogue.answer(
            question,
            found=self.found if with_words else None,
            point=self.where.point,
            now=self.now,
            is_open=is_open,
        )


def quarters_of(request) -> list[SocialSpace]:
    rows = SocialSpace.published.filter(kind=SocialSpace.Kind.QUARTER, tenant=request.tenant)
    return list(rows.on(timezone.localdate()))


def _ways_on(question: Question, ask: _Asking, quarters, lang: str, where: Near) -> list[Way]:
    """What to try when nothing fits: one filter less, related topics, everything."""
    ways = []
    for name in question.filters:
        fewer = question.without(name)
        if count := len(ask(fewer)):
            label = choices.label_of(name, question, quarters, lang, where)
            words = _("Search without “%(filter)s”") % {"filter": label}
            ways.append((count, Way(words, fewer.query(), _counted(count))))
    # The choice that costs least comes first: it leaves the fewest, nearest to what was asked.
    ways.sort(key=lambda one: one[0])
    best = [way for _count, way in ways[:WAYS_ON]]
    if not best and question.words and question.filters:
        without = question.without("words")
        if count := len(ask(without, with_words=False)):
            words = _("Search without the words “%(words)s”") % {"words": question.words}
            best.append(Way(words, without.query(), _counted(count)))
    return best + _related(question, ask)


def _related(question: Question, ask: _Asking) -> list[Way]:
    """Topics near the one asked for; without any, those with the most offers."""
    counts = ask.catalogue.counts_of("topic")
    near_by = [topic for topic in topics.related([question.topic]) if counts.get(topic.code)]
    if not near_by:
        near_by = [topics.TOPICS[code] for code in sorted(counts, key=counts.__getitem__, reverse=True)
                   if code in topics.TOPICS and code != question.topic]  # fmt: skip
    return [
        Way(str(topic.label), Question(topic=topic.code).query(), _counted(counts[topic.code]))
        for topic in near_by[:WAYS_ON]
    ]


def _counted(count: int) -> str:
    return ngettext("%(n)s offer", "%(n)s offers", count) % {"n": count}


def counts_by_quarter(request, spaces) -> dict[UUID, int]:
    """How many offers the list shows for each quarter."""
    _stamp, catalogue = gathering.catalogue_of(request.tenant)
    counts = catalogue.counts_of("space")
    return {space: counts.get(str(space), 0) for space in spaces}
