"""The pages of a concept, a field and a quarter."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quartierwerk.chain.models import Link
from quartierwerk.languages import showing, tags
from quartierwerk.languages.showing import Shown
from quartierwerk.places.models import SocialSpace
from quartierwerk.web import addresses, markup
from quartierwerk.web.hits import Hit

from ..measures.rules import counting
from ..models import (
    Concept,
    FieldOfAction,
    Goal,
    GoalInField,
    Measure,
    MeasureInField,
    Need,
    NeedInField,
    PrincipleVersion,
    Resource,
    ResourceInField,
)
from . import cards, goals, money, published, words
from .loading import with_children
from .measure_page import NeedShown, needs_shown, offers
from .standing import Standing
from .states import MEANINGS, SIGNS, State, counted

MOST_SQUARES = 60  # more of them say no more than the numbers do


@dataclass(frozen=True)
class Counted:
    """So many measures in a state, with the list that holds exactly these."""

    sign: str
    words: str
    meaning: str
    url: str


@dataclass(frozen=True)
class Square:
    x: int
    sign: str


@dataclass(frozen=True)
class Strip:
    """A square for each measure, in the order of the states."""

    width: int
    squares: tuple[Square, ...]
    finding: str


@dataclass(frozen=True)
class FieldRow:
    name: Shown
    url: str
    is_detailed: bool
    measures: int  # without stopped ones, which `states` names
    states: tuple[tuple[str, str], ...]
    needs: int
    goals: int


@dataclass
class ConceptPage:
    """counted: of the measures that show, in which stopped ones are none any more."""

    concept: Concept
    texts: dict[str, Shown]
    decided: SafeString
    counted: counting.Counted
    counts: list[Counted]
    strip: Strip | None
    fields: list[FieldRow]
    money: money.Together
    quarters: list[tuple[str, str, int]]
    others: list[tuple[Shown, str]]
    has_editions: bool
    pdf_url: str
    pdf_label: str
    principle_url: str
    list_url: str
    changes_url: str
    editions_url: str


def of_concept(concept: Concept, request) -> ConceptPage:
    measures = list(published.of_concept(concept).only("pk", "space_id", "tenant_id", "visibility"))
    found = cards.standings_of(measures, request)
    slug = concept.slug
    list_url = addresses.public("planning:measures", request, concept=slug)
    edition = published.editions(concept).values("decided", "number").first()
    principle = PrincipleVersion.published.filter(principle__concept=concept, state="adopted").exists()
    others = with_children(published.concepts(request.tenant).exclude(pk=concept.pk), "translations")
    return ConceptPage(
        concept=concept,
        texts=showing.show_all(concept, request.lang),
        decided=_decided(edition["decided"]) if edition else SafeString(""),
        counted=counting.counted(one.entry for one in found.values()),
        counts=_counts(found.values(), f"{list_url}?"),
        strip=_strip(found.values()),
        fields=_field_rows(concept, found, request),
        money=money.together(one.entry for one in found.values()),
        quarters=_quarters(measures, found, request),
        others=[
            (showing.show_all(one, request.lang)["title"], addresses.public("planning:concept", request, concept=one.slug))
            for one in others
        ],
        has_editions=edition is not None,
        pdf_url=addresses.public(
            "planning:edition_file", request, concept=slug, number=edition["number"], format="pdf"
        )
        if edition
        else "",
        pdf_label=_pdf_label(concept, request),
        principle_url=addresses.public("planning:principle", request, concept=slug) if principle else "",
        list_url=list_url,
        changes_url=addresses.public("planning:changes", request, concept=slug),
        editions_url=addresses.public("planning:editions", request, concept=slug),
    )  # fmt: skip


def _pdf_label(concept: Concept, request) -> str:
    """An edition's files are in the language it was adopted in."""
    if request.lang == concept.language:
        return _("Concept as PDF")
    return f"{_('Concept as PDF')} ({tags.name(concept.language, request.lang)})"


def _decided(decision: dict[str, Any]) -> SafeString:
    return words.filled(
        _("The council decided it on %(day)s (paper %(paper)s)."),
        day=words.day(date.fromisoformat(decision["decided_on"])),
        paper=markup.ltr(decision["paper_number"]),
    )


def _counts(found: Iterable[Standing], narrowed: str) -> list[Counted]:
    """narrowed: address of the list, ready for one more value."""
    numbers = Counter(one.state for one in found)
    return [
        Counted(SIGNS[state], counted(state, numbers[state]), str(MEANINGS[state]), f"{narrowed}state={state.value}")
        for state in State
        if numbers[state]
    ]  # fmt: skip


def _strip(found: Iterable[Standing]) -> Strip | None:
    numbers = Counter(one.state for one in found)
    total = sum(numbers.values())
    if not 1 < total <= MOST_SQUARES:
        return None
    signs = [SIGNS[state] for state in State for _n in range(numbers[state])]
    finding = ", ".join(counted(state, numbers[state]) for state in State if numbers[state])
    return Strip(30 * total, tuple(Square(30 * at + 2, sign) for at, sign in enumerate(signs)), finding)


def _field_rows(concept: Concept, found: dict[UUID, Standing], request) -> list[FieldRow]:
    rows = with_children(published.fields(request.tenant).filter(concept=concept), "translations")
    held: dict[UUID, list[Standing]] = {}
    for of_field, measure in MeasureInField.published.filter(measure__in=found).values_list(
        "field", "measure"
    ):
        held.setdefault(of_field, []).append(found[measure])
    needs, aims = _numbers(NeedInField, "need", Need), _numbers(GoalInField, "goal", Goal)
    return [
        FieldRow(
            showing.show_all(one, request.lang)["name"],
            addresses.public("planning:field", request, pk=one.pk),
            one.is_detailed,
            counting.counted(standing.entry for standing in held.get(one.pk, ())).measures,
            _states(held.get(one.pk, ())),
            needs.get(one.pk, 0),
            aims.get(one.pk, 0),
        )
        for one in rows
    ]


def _states(found: Sequence[Standing]) -> tuple[tuple[str, str], ...]:
    numbers = Counter(one.state for one in found)
    return tuple((SIGNS[state], counted(state, numbers[state])) for state in State if numbers[state])


def _numbers(model: Any, name: str, of: Any) -> dict[UUID, int]:
    """Field → how many public records of this kind stand in it."""
    rows = model.published.filter(**{f"{name}__in": of.published.order_by().values("pk")}).order_by()
    return dict(Counter(rows.values_list("field", flat=True)))


def _quarters(
    measures: Sequence[Measure], found: dict[UUID, Standing], request
) -> list[tuple[str, str, int]]:
    numbers = Counter(one.space_id for one in measures if found[one.pk].entry.counts)
    spaces = {one.space_id for one in measures if one.space_id}
    rows = SocialSpace.published.filter(pk__in=spaces, tenant=request.tenant).order_by("sort_key")
    return [
        (one.name, addresses.public("planning:quarter", request, pk=one.pk), numbers[one.pk]) for one in rows
    ]


@dataclass
class FieldPage:
    field: FieldOfAction
    texts: dict[str, Shown]
    counts: list[Counted]
    cards: list[cards.Card]
    needs: list[NeedShown]
    goals: list[goals.GoalShown]
    resources: list[str]
    offers: list[Hit]
    money: money.Together
    concept_title: Shown
    concept_url: str
    changed_on: str

    @property
    def is_empty(self) -> bool:
        return not (self.cards or self.needs or self.goals or self.resources)


def find_field(request, pk) -> FieldOfAction | None:
    rows = published.fields(request.tenant).filter(pk=pk).select_related("concept")
    return next(iter(with_children(rows, "translations")), None)


def of_field(record: FieldOfAction, request) -> FieldPage:
    today = timezone.localdate()
    measures = with_children(published.in_field(record.pk), "translations")
    found = cards.standings_of(measures, request)
    concept = record.concept
    concept_rows = with_children(published.concepts(request.tenant).filter(pk=concept.pk), "translations")
    list_url = addresses.public("planning:measures", request, concept=concept.slug)
    goal_rows = with_children(published.goals_in_field(record.pk), "translations", "values")
    days = [one.changed_on for one in found.values()]
    return FieldPage(
        record,
        showing.show_all(record, request.lang),
        _counts(found.values(), f"{list_url}?field={record.pk}&"),
        cards.cards(measures, request, found),
        needs_shown(published.needs_in_field(record.pk), request),
        goals.shown(goal_rows, request.lang, today),
        _resources(record.pk),
        offers(_offer_elements(measures), request),
        money.together(one.entry for one in found.values()),
        next((showing.show_all(one, request.lang)["title"] for one in concept_rows), Shown("", "de")),
        addresses.public("planning:concept", request, concept=concept.slug),
        words.day(max(days)) if days else "",
    )


def _resources(of_field: UUID) -> list[str]:
    """What there is already; strengths first."""
    held = ResourceInField.published.filter(field=of_field)
    rows = Resource.published.filter(pk__in=held.values("resource")).order_by("sort_key", "pk")
    return list(rows.values_list("title", flat=True))


def _offer_elements(measures: Iterable[Measure]) -> list[UUID]:
    elements = [one.element_id for one in measures]
    rows = Link.published.filter(source__in=elements, target__kind="offer")
    return list(rows.values_list("target", flat=True))


@dataclass
class QuarterPage:
    space: SocialSpace
    cards: list[cards.Card]
    needs: list[NeedShown]
    offers: list[Hit]
    money: money.Together
    plan_url: str
    offers_url: str


def find_quarter(request, pk) -> SocialSpace | None:
    return SocialSpace.published.filter(tenant=request.tenant, pk=pk).first()


def of_quarter(space: SocialSpace, request) -> QuarterPage:
    rows = published.measures(request.tenant).filter(space=space).order_by("sort_key", "pk")
    measures = with_children(rows, "translations")
    found = cards.standings_of(measures, request)
    held = NeedInField.published.filter(field__in=published.fields(request.tenant).order_by().values("pk"))
    needs = Need.published.filter(tenant=request.tenant, space=space, pk__in=held.values("need"))
    return QuarterPage(
        space,
        cards.cards(measures, request, found),
        needs_shown(needs.order_by("sort_key", "pk"), request),
        offers(_offer_elements(measures), request),
        money.together(one.entry for one in found.values()),
        addresses.public("planning:plan", request),
        f"{addresses.public('directory:offers', request)}?quarter={space.pk}",
    )
