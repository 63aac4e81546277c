"""What the pages of the guiding principle show."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from quartierwerk.languages.showing import Shown, show_all
from quartierwerk.tenants.managers import children

from ..models import GuidingPrinciple, Measure, MeasureCitesPrinciple, PrincipleParagraph, PrincipleVersion
from . import actions, rules
from .rules import State, What

LONGEST = 60  # characters of a paragraph where it is one choice among many


@dataclass(frozen=True)
class ParagraphShown:
    """One paragraph in the reader's language, with the measures that cite it."""

    key: str
    text: Shown
    measures: list[Measure] = field(default_factory=list)


def paragraphs(
    version: PrincipleVersion, lang: str, cited_by: dict[str, list[Measure]]
) -> list[ParagraphShown]:
    rows = children(PrincipleParagraph.everywhere.filter(version=version), "translations")
    return [
        ParagraphShown(row.key, show_all(row, lang)["text"], cited_by.get(row.key, []))
        for row in rows.order_by("position", "id")
    ]


def cited_by(principle: GuidingPrinciple, measures: Iterable[UUID]) -> dict[str, list[Measure]]:
    """Paragraph → measures that name it, of those that the reader may see."""
    found: dict[str, list[Measure]] = defaultdict(list)
    rows = MeasureCitesPrinciple.everywhere.filter(principle=principle, measure__in=measures)
    for row in rows.select_related("measure").order_by("measure__sort_key", "pk"):
        found[row.paragraph].append(row.measure)
    return found


@dataclass(frozen=True)
class TurnShown:
    word: str
    before: str
    after: str
    language: str


def difference(before: PrincipleVersion, after: PrincipleVersion) -> list[TurnShown]:
    turns = rules.difference(_texts(before), _texts(after))
    language = after.principle.language
    return [TurnShown(_word(turn.what), turn.before, turn.after, language) for turn in turns]


def _texts(version: PrincipleVersion) -> dict[str, str]:
    rows = PrincipleParagraph.everywhere.filter(version=version).order_by("position", "id")
    return dict(rows.values_list("key", "text"))


def _word(what: What) -> str:
    return {What.ADDED: _("new"), What.CHANGED: _("changed"), What.REMOVED: _("no longer part of it")}[what]


def before(version: PrincipleVersion) -> PrincipleVersion | None:
    """The adopted version before this one."""
    rows = PrincipleVersion.objects.filter(
        principle=version.principle_id, state=State.ADOPTED, number__lt=version.number
    )
    return rows.order_by("-number").first()


def choices(version: PrincipleVersion) -> list[tuple[str, str]]:
    return [(row.key, short(row.text)) for row in version.paragraphs.all()]


def short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


@dataclass(frozen=True)
class Cited:
    """A paragraph that a measure names; without `text` the version that holds has it no more."""

    key: str
    text: str


@dataclass(frozen=True)
class Reasons:
    """The guiding principle on a measure's page."""

    principle: GuidingPrinciple
    version: PrincipleVersion | None
    cited: list[Cited]
    # Key, text, whether the measure names it.
    choices: list[tuple[str, str, bool]]


def reasons(measure: Measure) -> list[Reasons]:
    """By guiding principle of the concepts in whose fields the measure stands, those with an adopted version."""
    concepts = {one.field.concept_id for one in measure.in_fields.all()}
    keys: dict[UUID, set[str]] = defaultdict(set)
    for row in measure.cited_principles.all():
        keys[row.principle_id].add(row.paragraph)
    found = []
    for principle in GuidingPrinciple.objects.filter(concept__in=concepts).order_by("title", "id"):
        version = actions.current(principle)
        texts = _texts(version) if version else {}
        if not texts and not keys[principle.pk]:
            continue
        order = [key for key in texts if key in keys[principle.pk]]
        order += sorted(keys[principle.pk] - set(texts))
        found.append(
            Reasons(
                principle,
                version,
                [Cited(key, texts.get(key, "")) for key in order],
                [(key, text, key in keys[principle.pk]) for key, text in texts.items()],
            )
        )
    return found
