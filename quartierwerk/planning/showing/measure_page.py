"""The page of one measure: what is done, how it stands, money by year, who, what next, what led to it and came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quartierwerk.chain import panel
from quartierwerk.chain.models import Link
from quartierwerk.chain.register import Reader
from quartierwerk.directory.finding import entries
from quartierwerk.directory.finding.hits import hit_of
from quartierwerk.directory.finding.listed import current
from quartierwerk.directory.models import Organisation
from quartierwerk.languages import showing
from quartierwerk.languages.showing import Shown
from quartierwerk.web import addresses, markup
from quartierwerk.web.hits import Hit

from ..measures.rules.light import SOON
from ..models import FieldOfAction, Goal, Measure, MeasurePartner, Need, Stage
from . import bodies, goals, money, published, words
from .loading import with_children
from .standing import Standing, standings
from .states import LABELS, MEANINGS, NEED_LABELS, NEED_SIGNS, SIGNS, State

MOST_OFFERS = 20


@dataclass(frozen=True)
class Step:
    title: str
    day: str
    sign: str
    label: str


@dataclass(frozen=True)
class NeedShown:
    title: Shown
    text: Shown
    sign: str
    label: str
    why: Shown | None  # why it was rejected


@dataclass(frozen=True)
class Decision:
    """What the council decided, in its newest edition that holds the measure."""

    day: str
    body: SafeString
    paper: str
    url: str
    put_off: str


@dataclass
class MeasurePage:
    measure: Measure
    texts: dict[str, Shown]
    sign: str
    label: str
    meaning: str
    reasons: list[SafeString]
    by_hand: SafeString
    facts: list[tuple[str, Any]]
    years: list[money.Year]
    sources: tuple[str, ...]
    steps: list[Step]
    needs: list[NeedShown]
    goals: list[goals.GoalShown]
    offers: list[Hit]
    decision: Decision | None
    panel: panel.Panel
    fields: list[tuple[Shown, str]]

    @property
    def fallbacks(self) -> list[Shown]:
        return [one for one in self.texts.values() if one and one.is_fallback]

    @property
    def is_machine(self) -> bool:
        return any(one.is_machine for one in self.texts.values() if one)

    @property
    def is_outdated(self) -> bool:
        return any(one.is_outdated for one in self.texts.values() if one)


def find(request, pk) -> Measure | None:
    """Wherever it stands; its page asks for a field of a public concept, too."""
    rows = Measure.published.filter(tenant=request.tenant, pk=pk).select_related("space")
    return next(iter(with_children(rows, "translations")), None)


def of(measure: Measure, request) -> MeasurePage | None:
    """None where it stands in no field of a public concept, or was withdrawn a moment ago."""
    today = timezone.localdate()
    fields = fields_of(measure, request)
    standing = standings([measure.pk], request.tenant, today).get(measure.pk) if fields else None
    if standing is None:
        return None
    decision = decision_on(measure, fields, request)
    linked = _linked(measure)
    texts = showing.show_all(measure, request.lang)
    if measure.stage != Stage.STOPPED:
        del texts["stopped_reason"]
    return MeasurePage(
        measure=measure,
        texts=texts,
        sign=SIGNS[standing.state],
        label=str(LABELS[standing.state]),
        meaning=str(MEANINGS[standing.state]),
        reasons=words.of_reasons(standing.reasons, measure.language),
        by_hand=_by_hand(standing),
        facts=_facts(measure, standing, request),
        years=money.years(standing.lines),
        sources=standing.sources,
        steps=[_step(one, today) for one in sorted(standing.steps, key=lambda one: one.due_on)],
        needs=needs_shown(Need.published.filter(element_id__in=linked["need"]).order_by("sort_key"), request),
        goals=goals.shown(
            with_children(
                Goal.published.filter(element_id__in=linked["goal"]).order_by("sort_key"), "translations", "values"
            ),
            request.lang,
            today,
        ),
        offers=offers(linked["offer"], request),
        decision=decision,
        panel=panel.of(measure, Reader.of(request)),
        fields=[
            (showing.show_all(one, request.lang)["name"], addresses.public("planning:field", request, pk=one.pk))
            for one in fields
        ],
    )  # fmt: skip


def fields_of(measure: Measure, request) -> list[FieldOfAction]:
    rows = published.fields(request.tenant).filter(measures__measure=measure).select_related("concept")
    return with_children(rows, "translations")


def _linked(measure: Measure) -> dict[str, list]:
    """Elements tied to the measure directly, where both ends are public: kind → ids."""
    found: dict[str, list] = {"need": [], "goal": [], "offer": []}
    links = Link.published.filter(Q(source=measure.element_id) | Q(target=measure.element_id))
    ends = links.values_list("source", "source__kind", "target", "target__kind")
    for source, source_kind, target, target_kind in ends:
        kind, element = (source_kind, source) if target == measure.element_id else (target_kind, target)
        if kind in found:
            found[kind].append(element)
    return found


def needs_shown(rows, request) -> list[NeedShown]:
    found = []
    for need in with_children(rows, "translations"):
        texts = showing.show_all(need, request.lang)
        why = texts["rejected_reason"] if need.state == Need.State.REJECTED else None
        state = Need.State(need.state)
        found.append(
            NeedShown(texts["title"], texts["description"], NEED_SIGNS[state], str(NEED_LABELS[state]), why)
        )
    return found


def offers(elements: Sequence, request) -> list[Hit]:
    today = timezone.localdate()
    if not elements:
        return []
    rows = current(today).filter(element_id__in=elements).order_by("sort_key", "pk")
    ids = list(rows.values_list("pk", flat=True)[:MOST_OFFERS])
    return [hit_of(one, request, today=today) for one in entries.of(ids, request.lang)]


def decision_on(measure: Measure, fields: Sequence[FieldOfAction], request) -> Decision | None:
    """From the newest frozen edition that holds the measure."""
    for concept in dict.fromkeys(one.concept for one in fields):
        rows = published.editions(concept).filter(content__measures__contains=[{"id": str(measure.pk)}])
        row = rows.values("number", "decided", "content__measures").first()
        if row is None:
            continue
        decided = row["decided"]
        held = next(one for one in row["content__measures"] if one["id"] == str(measure.pk))
        return Decision(
            words.day(date.fromisoformat(decided["decided_on"])),
            bodies.in_words(decided["body"], concept.language, request.lang),
            decided["paper_number"],
            addresses.public("planning:edition", request, concept=concept.slug, number=row["number"]),
            held.get("deferred", ""),
        )
    return None


def _by_hand(standing: Standing) -> SafeString:
    if standing.by_hand_on is None:
        return SafeString("")
    return words.filled(
        _("The coordination office set this state on %(day)s."), day=words.day(standing.by_hand_on)
    )


def _facts(measure: Measure, standing: Standing, request) -> list[tuple[str, Any]]:
    """Term and lines; a line is markup already."""
    following = standing.next_step if standing.state not in (State.DONE, State.STOPPED) else None
    lead = markup.bdi(standing.lead) if standing.lead else words.filled(_("nobody yet"))
    partners = [markup.bdi(name) for name in _partners(measure)]
    where = (
        SafeString(
            f'<a href="{addresses.public("planning:quarter", request, pk=measure.space_id)}">{markup.bdi(measure.space.name)}</a>'
        )
        if measure.space
        else words.filled(_("the whole municipality"))
    )
    found: list[tuple[str, list[SafeString]]] = [
        (_("Who is responsible"), [lead]),
        (_("Works along"), partners),
        (_("When"), [period(measure)]),
        (_("Next step"), [_following(following, measure)] if following else []),
        (_("Where"), [where]),
        (_("For whom"), [_written(measure.audience, measure, request)] if measure.audience else []),
        (_("How it is reviewed"), _review(measure, request)),
        (_("Last change"), [words.filled("%(day)s", day=words.day(standing.changed_on))]),
    ]
    return [(term, lines) for term, lines in found if lines]


def _written(text: str, measure: Measure, request) -> SafeString:
    return markup.in_language(text, measure.language, request.lang)


def period(measure: Measure) -> SafeString:
    first, last = measure.starts_on, measure.ends_on
    if first and last:
        return words.filled(_("%(first)s to %(last)s"), first=words.day(first), last=words.day(last))
    if first:
        return words.filled(_("from %(first)s, end open"), first=words.day(first))
    if last:
        return words.filled(_("until %(last)s"), last=words.day(last))
    return words.filled(_("to be clarified"))


def _following(step, measure: Measure) -> SafeString:
    is_late = step.due_on < timezone.localdate()
    return words.filled(
        _("%(what)s, was planned by %(day)s") if is_late else _("%(what)s, by %(day)s"),
        what=markup.bdi(step.title, measure.language),
        day=words.day(step.due_on),
    )


def _review(measure: Measure, request) -> list[SafeString]:
    found = []
    if measure.review_on:
        found.append(words.filled("%(day)s", day=words.day(measure.review_on)))
    if measure.review_how:
        found.append(_written(measure.review_how, measure, request))
    return found


def _partners(measure: Measure) -> list[str]:
    """Organisations of the public directory; who is only typed in may be a person."""
    held = MeasurePartner.published.filter(measure=measure).exclude(organisation=None)
    rows = Organisation.published.filter(pk__in=held.values("organisation"))
    return list(rows.order_by("sort_key").values_list("name", flat=True))


def _step(step, today) -> Step:
    if step.done_on:
        return Step(step.title, words.day(step.done_on), "done", _("done"))
    if step.due_on < today:
        return Step(step.title, words.day(step.due_on), "bad", _("overdue"))
    if step.due_on - today <= SOON:
        return Step(step.title, words.day(step.due_on), "warn", _("due soon"))
    return Step(step.title, words.day(step.due_on), "none", _("open"))
