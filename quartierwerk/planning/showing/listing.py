"""The list of a concept's measures, narrowed by words, field, quarter and state. Nonsense in the address says nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.languages import showing
from quartierwerk.places.models import SocialSpace
from quartierwerk.search import asking
from quartierwerk.web.asked import as_uuid

from ..models import Concept, Measure, MeasureInField
from . import cards, published
from .in_search import MEASURES
from .loading import with_children
from .standing import standings
from .states import LABELS, State, may_stand

PER_PAGE = 20
LONGEST = 200


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Select:
    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True)
class Asked:
    words: str
    field: UUID | None
    quarter: UUID | None
    state: State | None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.field or self.quarter or self.state)


@dataclass
class Listing:
    asked: Asked
    page: Page
    cards: list[cards.Card]
    selects: list[Select]

    @property
    def count(self) -> int:
        return self.page.paginator.count


def asked_by(query) -> Asked:
    state = query.get("state", "")
    return Asked(
        " ".join(query.get("q", "").replace("\0", " ").split())[:LONGEST],
        as_uuid(query.get("field", "")),
        as_uuid(query.get("quarter", "")),
        State(state) if state in set(State) else None,
    )


def of(concept: Concept, request) -> Listing:
    asked = asked_by(request.GET)
    rows = published.of_concept(concept)
    if asked.field:
        held = MeasureInField.published.filter(field=asked.field)
        rows = rows.filter(pk__in=held.values("measure"))
    if asked.quarter:
        rows = rows.filter(space=asked.quarter)
    today = timezone.localdate()
    if asked.state:
        rows = rows.filter(may_stand(asked.state, today))
    ids = list(rows.order_by("sort_key", "pk").values_list("pk", flat=True))
    if asked.words:
        ids = _best_first(asked.words, ids, request.lang)
    found: dict = {}
    if asked.state:
        # The state is computed for those that may have it.
        found = standings(ids, request.tenant, today)
        ids = [pk for pk in ids if pk in found and found[pk].state == asked.state]
    page = Paginator(ids, PER_PAGE).get_page(request.GET.get("page"))
    here = list(page.object_list)
    by_id = {one.pk: one for one in with_children(Measure.published.filter(pk__in=here), "translations")}
    shown = [by_id[pk] for pk in here if pk in by_id]
    return Listing(asked, page, cards.cards(shown, request, found or None), _selects(concept, asked, request))


def _best_first(words: str, ids: Iterable[UUID], lang: str) -> list[UUID]:
    wanted = set(ids)
    hits, _count = asking.find(words, lang=lang, only=[MEASURES])
    return [pk for pk in (UUID(hit.id) for hit in hits) if pk in wanted]


def _selects(concept: Concept, asked: Asked, request) -> list[Select]:
    fields = with_children(published.fields(request.tenant).filter(concept=concept), "translations")
    names = [(str(one.pk), showing.show_all(one, request.lang)["name"].text) for one in fields]
    spaces = SocialSpace.published.filter(
        tenant=request.tenant, pk__in=published.of_concept(concept).values("space")
    )
    quarters = [(str(one.pk), one.name) for one in spaces.order_by("sort_key")]
    states = [(state.value, str(LABELS[state])) for state in State]
    chosen = {"field": asked.field, "quarter": asked.quarter, "state": asked.state and asked.state.value}
    return [
        Select(name, label, [Option("", every, not chosen[name]), *(
            Option(value, words, value == str(chosen[name])) for value, words in values
        )])
        for name, label, every, values in (
            ("field", _("Field of action"), _("all fields"), names),
            ("quarter", _("Quarter"), _("all quarters"), quarters),
            ("state", _("State"), _("every state"), states),
        )
    ]  # fmt: skip
