"""What a paper speaks of: the public records of today with how far they are, or an edition just as it was frozen."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import override

from quartierwerk.chain.models import Link, Relation
from quartierwerk.languages import choosing
from quartierwerk.languages.showing import Shown, show_all
from quartierwerk.places.models import SocialSpace
from quartierwerk.tenants.managers import children
from quartierwerk.tenants.models import Tenant, Visibility

from ..editions import actions, picture
from ..measures import facts
from ..measures.rules import counting, light, money
from ..measures.rules import goals as goal_rules
from ..models import (
    Concept,
    CostLine,
    Edition,
    FieldOfAction,
    Goal,
    GoalValue,
    Measure,
    Milestone,
    Need,
    PlanLink,
    PrincipleParagraph,
    PrincipleVersion,
    Stage,
)
from ..showing.goals import in_words
from ..showing.states import State as Standing
from ..showing.states import state_of

Picture = Mapping[str, Any]
Texts = Mapping[tuple[str, str], Shown]  # (id of a record, name of its text)


@dataclass(frozen=True)
class Step:
    title: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True)
class Now:
    """What no frozen edition knows: how far everything is. By ids of records as they stand in the picture."""

    lights: Mapping[str, light.Shown]
    steps: Mapping[str, list[Step]]
    costs: Mapping[str, list[money.Line]]
    progress: Mapping[str, str]  # goal → in words
    # Measures as the picture has them that are no part of it any more, but on which money was spent.
    stopped: tuple[Mapping[str, Any], ...] = ()
    # Needs of the picture that led to a measure which was not stopped, whether that one is public or not.
    answered: frozenset[str] = frozenset()

    def standing(self, row: Mapping[str, Any]) -> Standing:
        """Of a measure of the picture: the word that visitors read on its page."""
        return state_of(Stage(row["stage"]), self.lights[row["id"]].light)

    def entry(self, row: Mapping[str, Any]) -> counting.Entry:
        """As it counts, with what was spent."""
        return counting.Entry(row["stage"], self.costs.get(row["id"], ()))


@dataclass(frozen=True)
class Quarter:
    name: str
    outline: Mapping[str, Any] | None


@dataclass(frozen=True)
class State:
    """lang      the reader's; texts: those that exist in it; source: the language of all others
    quarters  those that held on the day of the picture, in their geographic order
    address   where the newest state of it is found
    """

    town: str
    is_example: bool
    lang: str
    source: str
    day: date
    picture: Picture
    quarters: tuple[Quarter, ...]
    texts: Texts = field(default_factory=dict)
    address: str = ""
    slug: str = ""
    number: int | None = None
    title: str = ""
    redactions: int = 0
    fingerprint: str = ""
    sources: tuple[tuple[str, str], ...] = ()  # (title, address) of other plans it rests on
    now: Now | None = None
    # (title, reason) of measures that the edition leaves to a later one; both empty where nobody outside sees it.
    put_off: tuple[tuple[str, str], ...] = ()
    principle: tuple[str, tuple[Shown, ...]] | None = None  # title, paragraphs of the Leitbild that holds
    adopted: tuple[int, Mapping[str, Any]] | None = (
        None  # the newest edition: its number, what the council decided
    )

    @property
    def measures(self) -> list[Mapping[str, Any]]:
        """Those that count."""
        return [row for row in self.picture["measures"] if picture.entry(row).counts]

    @property
    def counted(self) -> counting.Counted:
        if self.now is None:
            return picture.counted(self.picture)
        return counting.counted(map(self.now.entry, [*self.picture["measures"], *self.now.stopped]))

    @property
    def decision(self) -> Mapping[str, Any] | None:
        return self.picture.get("decision")


def of_edition(edition: Edition, town: Tenant, lang: str) -> State:
    """An adopted edition: nothing but what its frozen picture says, in the words it was adopted in."""
    if edition.content is None or edition.state != Edition.State.ADOPTED:
        raise ValueError("only an adopted edition is frozen")
    day = date.fromisoformat(edition.content["as_of"])
    keys = {"lang": lang, "tenant": town.slug, "concept": edition.concept.slug, "number": edition.number}
    return State(
        town=town.name,
        is_example=town.is_example,
        lang=lang,
        source=edition.concept.language,
        day=day,
        picture=edition.content,
        quarters=_quarters(day),
        address=settings.PUBLIC_URL.rstrip("/") + reverse("planning:edition", kwargs=keys),
        slug=edition.concept.slug,
        number=edition.number,
        title=edition.title,
        redactions=edition.redactions,
        fingerprint=edition.content_sha256,
        put_off=tuple(
            (row["title"], row["deferred"]) for row in edition.content["measures"] if row.get("deferred")
        ),
    )


def of_draft(edition: Edition, town: Tenant, lang: str, today: date) -> State:
    """What the council is asked to adopt: the records as they would be frozen, put-off measures with their reason."""
    return State(
        town=town.name,
        is_example=town.is_example,
        lang=lang,
        source=edition.concept.language,
        day=today,
        picture=actions.as_decided(edition, today),
        quarters=_quarters(today),
        slug=edition.concept.slug,
        number=edition.number,
        title=edition.title,
        put_off=_put_off(edition),
    )


def _put_off(edition: Edition) -> tuple[tuple[str, str], ...]:
    """The council is told of all that it does not decide on; a paper of the council is public, so some have no name."""
    reasons = actions.deferred(edition)
    rows = Measure.objects.filter(pk__in=reasons).order_by("sort_key", "pk")
    return tuple(
        (title, reasons[pk]) if visibility == Visibility.PUBLIC else ("", "")
        for pk, title, visibility in rows.values_list("pk", "title", "visibility")
    )


def of_today(concept: Concept, town: Tenant, lang: str, today: date) -> State:
    """The public records. A constant number of queries, whatever the concept's size."""
    taken = picture.of_concept(concept, today, outside=())
    stopped = [row for row in taken["measures"] if row["stage"] in picture.OUTSIDE]
    taken["measures"] = [row for row in taken["measures"] if row["stage"] not in picture.OUTSIDE]
    links = PlanLink.objects.filter(concept=concept, visibility=Visibility.PUBLIC)
    return State(
        town=town.name,
        is_example=town.is_example,
        lang=lang,
        source=concept.language,
        day=today,
        picture=taken,
        quarters=_quarters(today),
        texts=_texts(concept, taken, lang) if lang != concept.language else {},
        slug=concept.slug,
        title=concept.title,
        sources=tuple(links.values_list("title", "url")),
        now=_now(taken, stopped, lang, today),
        principle=_principle(concept, lang, today),
        adopted=_adopted(concept),
    )


def _adopted(concept: Concept) -> tuple[int, Mapping[str, Any]] | None:
    rows = Edition.published.filter(concept=concept, state=Edition.State.ADOPTED).order_by("-number")
    found = rows.values_list("number", "content__decision").first()
    return (found[0], found[1]) if found else None


def _principle(concept: Concept, lang: str, today: date) -> tuple[str, tuple[Shown, ...]] | None:
    """The newest version that was adopted and shown by this day."""
    rows = PrincipleVersion.published.filter(
        principle__concept=concept, state=PrincipleVersion.State.ADOPTED, adopted_on__lte=today
    )
    version = rows.select_related("principle").order_by("-number").first()
    if version is None:
        return None
    paragraphs = children(PrincipleParagraph.everywhere.filter(version=version), "translations")
    texts = tuple(show_all(one, lang)["text"] for one in paragraphs.order_by("position", "id"))
    return version.principle.title, texts


def _quarters(day: date) -> tuple[Quarter, ...]:
    rows = SocialSpace.published.on(day).filter(kind=SocialSpace.Kind.QUARTER)  # type: ignore[attr-defined]
    return tuple(Quarter(row.name, row.outline) for row in rows.order_by("position", "sort_key"))


def _texts(concept: Concept, taken: Picture, lang: str) -> Texts:
    found: dict[tuple[str, str], Shown] = {}
    tables: tuple[tuple[Any, Iterable[str]], ...] = (
        (Concept, [str(concept.pk)]),
        (FieldOfAction, (row["id"] for row in taken["fields"])),
        (Need, (row["id"] for row in taken["needs"])),
        (Goal, (row["id"] for row in taken["goals"])),
        (Measure, (row["id"] for row in taken["measures"])),
    )
    for model, ids in tables:
        for record in model.objects.filter(pk__in=list(ids)).prefetch_related("translations"):
            for name, shown in show_all(record, lang).items():
                found[str(record.pk), name] = shown
    return found


def _now(taken: Picture, stopped: Collection[Mapping[str, Any]], lang: str, today: date) -> Now:
    measures = [row["id"] for row in taken["measures"]]
    rows = list(facts.with_parts(Measure.objects.filter(pk__in=measures)))
    lights = facts.lights(rows, today)
    steps: dict[str, list[Step]] = defaultdict(list)
    for one in Milestone.objects.filter(measure__in=measures):
        steps[str(one.measure_id)].append(Step(one.title, one.due_on, one.done_on))
    costs: dict[str, list[money.Line]] = defaultdict(list)
    for line in CostLine.objects.filter(measure__in=[*measures, *(row["id"] for row in stopped)]):
        costs[str(line.measure_id)].append(facts.line(line))
    with override(choosing.frame_language(lang)):
        progress = _progress(taken, today)
    return Now(
        lights={str(pk): shown for pk, shown in lights.items()},
        steps=steps,
        costs=costs,
        progress=progress,
        stopped=tuple(stopped),
        answered=_answered(taken),
    )


def _answered(taken: Picture) -> frozenset[str]:
    """As the matrix counts them."""
    elements = {
        element: str(pk)
        for pk, element in Need.objects.filter(pk__in=[row["id"] for row in taken["needs"]])
        .order_by()
        .values_list("pk", "element")
    }
    live = Measure.objects.exclude(stage=Stage.STOPPED).order_by().values("element")
    links = Link.objects.filter(relation=Relation.LED_TO, source__in=list(elements), target__in=live)
    return frozenset(elements[source] for source in links.values_list("source", flat=True))


def _progress(taken: Picture, today: date) -> dict[str, str]:
    goals = list(Goal.objects.filter(pk__in=[row["id"] for row in taken["goals"]]))
    values: dict[Any, list] = defaultdict(list)
    for measured, on, value in GoalValue.objects.filter(goal__in=goals).values_list("goal_id", "on", "value"):
        values[measured].append((on, value))
    found = {}
    for goal in goals:
        indicator = goal_rules.Indicator(
            goal.baseline, goal.target, goal.direction, goal.baseline_on, goal.target_on
        )
        told = goal_rules.progress(goal.evidence_kind, indicator, values[goal.pk], today)
        words, _sign = in_words(told, goal)
        found[str(goal.pk)] = unescape(strip_tags(words))
    return found
