"""The guiding principle from its first draft to an adopted version, and the measures that cite it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from ..editions import rules as council
from ..models import (
    Concept,
    CouncilDecision,
    Decision,
    GuidingPrinciple,
    Measure,
    MeasureCitesPrinciple,
    PrincipleParagraph,
    PrincipleParagraphText,
    PrincipleVersion,
)
from ..redactions.actions import ACTION, Texts, take_out
from . import rules
from .rules import Refusal, State


class Refused(ValueError):
    """What the rules refuse; `reasons` for people by `rules.words`."""

    def __init__(self, *reasons: Refusal):
        super().__init__(", ".join(reasons))
        self.reasons = list(reasons)


@transaction.atomic
def begin(concept: Concept, title: str, *, by: Person) -> PrincipleVersion:
    """The concept's guiding principle with an empty first version."""
    rights.require(by, "planning.write", concept)
    principle = GuidingPrinciple.objects.create(concept=concept, title=title)
    version = PrincipleVersion.objects.create(principle=principle, number=1)
    journal.record("guiding principle begun", principle, by=by)
    return version


@transaction.atomic
def open_version(principle: GuidingPrinciple, *, by: Person) -> PrincipleVersion:
    """The next version, begun with the paragraphs of the last one and what they are called in other languages."""
    rights.require(by, "planning.write", principle)
    GuidingPrinciple.objects.select_for_update().get(pk=principle.pk)
    last = principle.versions.order_by("-number").first()
    if last is not None and last.state != State.ADOPTED:
        raise Refused(Refusal.ANOTHER_OPEN)
    version = PrincipleVersion.objects.create(principle=principle, number=last.number + 1 if last else 1)
    for paragraph in last.paragraphs.all() if last else ():
        made = PrincipleParagraph.objects.create(
            version=version,
            key=paragraph.key,
            text=paragraph.text,
            position=paragraph.position,
            language=paragraph.language,
        )
        PrincipleParagraphText.objects.bulk_create(
            PrincipleParagraphText(
                record=made,
                **{
                    name: getattr(row, name)
                    for name in ("text_name", "language", "text", "state", "source_text", "origin")
                },
            )
            for row in paragraph.translations.all()
        )
    journal.record("version of the guiding principle begun", version, by=by)
    return version


@transaction.atomic
def write(version: PrincipleVersion, paragraphs: Sequence[tuple[str, str]], *, by: Person) -> None:
    """The draft's paragraphs as (key, text) in their order; without a key a new one, without a text it goes.

    A paragraph that stays keeps its row, so its translations stay, too, and are outdated where the words changed.
    """
    version = _locked(version, by)
    if version.state != State.DRAFT:
        raise Refused(Refusal.NOT_A_DRAFT)
    there = {row.key: row for row in version.paragraphs.all()}
    taken = set(
        PrincipleParagraph.objects.filter(version__principle=version.principle_id).values_list(
            "key", flat=True
        )
    )
    taken |= {key for key, _text in paragraphs}
    kept = set()
    for position, (key, text) in enumerate((key, text.strip()) for key, text in paragraphs if text.strip()):
        row = there.get(key)
        if row is None:
            # A paragraph that had a key and was taken away comes back with it.
            key = key or rules.new_key(text, taken)
            taken.add(key)
            row = PrincipleParagraph(version=version, key=key)
        row.text, row.position = text, position
        row.save()
        kept.add(row.key)
    version.paragraphs.exclude(key__in=kept).delete()
    journal.record("guiding principle written", version, by=by)


@transaction.atomic
def consult(version: PrincipleVersion, until: date, *, by: Person) -> PrincipleVersion:
    """Let departments and partners comment until a day."""
    version = _locked(version, by)
    _require_step(version, State.CONSULTATION)
    if not version.paragraphs.exists():
        raise Refused(Refusal.NO_PARAGRAPH)
    if until <= timezone.localdate():
        raise Refused(Refusal.END_NOT_AHEAD)
    _to(version, State.CONSULTATION, consultation_until=until)
    journal.record("guiding principle in consultation", version, by=by)
    return version


@transaction.atomic
def back_to_draft(version: PrincipleVersion, *, by: Person) -> PrincipleVersion:
    version = _locked(version, by)
    _require_step(version, State.DRAFT)
    _to(version, State.DRAFT)
    journal.record("guiding principle back to draft", version, by=by)
    return version


@transaction.atomic
def adopt(
    version: PrincipleVersion,
    *,
    council_decision: CouncilDecision | None = None,
    group_decision: Decision | None = None,
    by: Person,
) -> PrincipleVersion:
    """Freeze the version and show it to everybody, as the council or a group decided. Raises Refused."""
    rights.require(by, "planning.adopt", version)
    version = _locked(version, by)
    _require_step(version, State.ADOPTED)
    told = [_of_council(council_decision)] if council_decision else []
    told += [_of_group(group_decision)] if group_decision else []
    reasons = rules.refusals_of_adoption(
        told,
        paragraphs=version.paragraphs.count(),
        unanswered=version.comments.filter(answer="").count(),
        opened_on=version.opened_on,
        consultation_until=version.consultation_until,
        today=timezone.localdate(),
    )
    if reasons:
        raise Refused(*reasons)
    # Whoever reads the version reads whose guiding principle it is, and what the council said.
    GuidingPrinciple.objects.filter(pk=version.principle_id).update(visibility=Visibility.PUBLIC)
    if council_decision:
        CouncilDecision.objects.filter(pk=council_decision.pk).update(visibility=Visibility.PUBLIC)
    _to(
        version,
        State.ADOPTED,
        council_decision=council_decision,
        group_decision=group_decision,
        adopted_on=told[0].decided_on,
        visibility=Visibility.PUBLIC,
    )
    journal.record("guiding principle adopted", version, by=by)
    return version


def _of_council(decision: CouncilDecision) -> rules.Decision:
    vote = council.Vote(
        decision.votes_yes, decision.votes_no, decision.votes_abstained, decision.is_unanimous
    )
    return rules.Decision(decision.decided_on, is_carried=vote.is_told and vote.is_carried)


def _of_group(decision: Decision) -> rules.Decision:
    return rules.Decision(
        decision.decided_on,
        is_recommendation=decision.kind == Decision.Kind.RECOMMENDATION,
        is_withdrawn=decision.state == Decision.State.WITHDRAWN,
        # Until then attendance may make a recommendation of it, or somebody take it back.
        is_minuted=decision.meeting.frozen_at is not None,
    )


@transaction.atomic
def redact(version: PrincipleVersion, passage: str, reason: str, *, by: Person) -> int:
    """Take a passage out of an adopted version and its translations; how often it stood there. 0 changes nothing."""
    rights.require(by, ACTION, version)
    version = _locked(version, by)
    if version.state != State.ADOPTED:
        raise Refused(Refusal.NOT_FROM_HERE)
    paragraphs = list(version.paragraphs.values_list("pk", flat=True))
    texts = [
        Texts(PrincipleParagraph, ("text",), Q(version=version)),
        # With what they were made from and what was checked: else they would count as outdated or unchecked.
        Texts(PrincipleParagraphText, ("text", "source_text", "checked_text"), Q(record__in=paragraphs)),
    ]
    found = take_out(texts, passage, reason, by=by, version=version)
    if found:
        journal.record("guiding principle redacted", version, by=by)
    return found


@transaction.atomic
def cite(measure: Measure, principle: GuidingPrinciple, keys: Collection[str], *, by: Person) -> None:
    """The measure names exactly these paragraphs of this guiding principle as its reasons."""
    rights.require(by, "planning.write", measure)
    rows = MeasureCitesPrinciple.objects.filter(measure=measure, principle=principle)
    rows.exclude(paragraph__in=keys).delete()
    there = set(rows.values_list("paragraph", flat=True))
    for key in sorted(set(keys) - there):
        MeasureCitesPrinciple.objects.create(measure=measure, principle=principle, paragraph=key)
    journal.record("guiding principle cited", measure, by=by)


def current(principle: GuidingPrinciple) -> PrincipleVersion | None:
    """The adopted version that holds."""
    return principle.versions.filter(state=State.ADOPTED).order_by("-number").first()


def _locked(version: PrincipleVersion, by: Person) -> PrincipleVersion:
    rights.require(by, "planning.write", version)
    return PrincipleVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)


def _require_step(version: PrincipleVersion, target: State) -> None:
    if target not in rules.FOLLOWS[version.state]:
        raise Refused(Refusal.NOT_FROM_HERE)


def _to(version: PrincipleVersion, state: State, **values: Any) -> None:
    version.state = state
    for name, value in values.items():
        setattr(version, name, value)
    version.save(update_fields=["state", "changed_at", *values])
