"""An edition from its draft to the council's adoption, and a passage taken out of it later."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from ..measures import facts, moves
from ..models import (
    Concept,
    CouncilDecision,
    Deferral,
    Edition,
    EditionFile,
    Measure,
    MeasureInField,
    Redaction,
    Stage,
)
from . import picture, redacting, rules
from .rules import Refusal, State


class Refused(ValueError):
    """What the rules refuse; `reasons` for people by `rules.words`, `incomplete` the measures that block."""

    def __init__(self, *reasons: Refusal, incomplete: Iterable[rules.Incomplete] = ()):
        super().__init__(", ".join(reasons))
        self.reasons, self.incomplete = list(reasons), list(incomplete)


@transaction.atomic
def open_edition(concept: Concept, title: str, *, by: Person) -> Edition:
    """A new draft with the next number. One at a time: two drafts would compete for the same decision."""
    rights.require(by, "planning.write", concept)
    Concept.objects.select_for_update().get(pk=concept.pk)
    if Edition.objects.filter(concept=concept, state__in=[State.DRAFT, State.CONSULTATION]).exists():
        raise Refused(Refusal.ANOTHER_OPEN)
    last = (
        Edition.objects.filter(concept=concept).order_by("-number").values_list("number", flat=True).first()
    )
    edition = Edition.objects.create(concept=concept, title=title, number=(last or 0) + 1)
    journal.record("edition opened", edition, by=by)
    return edition


@transaction.atomic
def consult(edition: Edition, until: date, *, by: Person) -> Edition:
    """Let departments and partners comment on the draft until a day."""
    edition = _locked(edition, by)
    _require_step(edition, State.CONSULTATION)
    if until <= timezone.localdate():
        raise Refused(Refusal.END_NOT_AHEAD)
    _to(edition, State.CONSULTATION, consultation_until=until)
    journal.record("edition in consultation", edition, by=by)
    return edition


@transaction.atomic
def back_to_draft(edition: Edition, *, by: Person) -> Edition:
    edition = _locked(edition, by)
    _require_step(edition, State.DRAFT)
    others = Edition.objects.filter(concept=edition.concept_id, state__in=[State.DRAFT, State.CONSULTATION])
    if others.exclude(pk=edition.pk).exists():
        raise Refused(Refusal.ANOTHER_OPEN)
    _to(edition, State.DRAFT)
    journal.record("edition back to draft", edition, by=by)
    return edition


@transaction.atomic
def withdraw(edition: Edition, *, by: Person) -> Edition:
    edition = _locked(edition, by)
    _require_step(edition, State.WITHDRAWN)
    _to(edition, State.WITHDRAWN)
    journal.record("edition withdrawn", edition, by=by)
    return edition


@transaction.atomic
def defer(edition: Edition, measure: Measure, reason: str, *, by: Person) -> None:
    """Put a measure off to a later edition; an empty reason takes that back."""
    edition = _locked(edition, by)
    if edition.state not in (State.DRAFT, State.CONSULTATION):
        raise Refused(Refusal.NOT_FROM_HERE)
    if reason.strip():
        Deferral.objects.update_or_create(
            edition=edition, measure=measure, defaults={"reason": reason.strip()}
        )
    else:
        Deferral.objects.filter(edition=edition, measure=measure).delete()
    journal.record("measure deferred", edition, by=by)


def blocking(edition: Edition) -> list[rules.Incomplete]:
    """Measures of the concept that are neither complete nor put off."""
    rows = _of(edition).exclude(stage__in=[Stage.STOPPED, Stage.DONE]).order_by("sort_key")
    rows = rows.prefetch_related("cost_lines", "posts")
    return rules.incomplete(((row.pk, row.title, facts.answers(row)) for row in rows), deferred(edition))


def deferred(edition: Edition) -> dict[UUID, str]:
    return dict(Deferral.objects.filter(edition=edition).values_list("measure_id", "reason"))


@transaction.atomic
def adopt(edition: Edition, decision: CouncilDecision | None, *, by: Person) -> Edition:
    """Freeze the current records as this edition, as the council decided. Raises Refused, and then stores nothing.

    Measures that were only proposed or prioritised become adopted and public, but for those put off.
    """
    rights.require(by, "planning.adopt", edition)
    edition = _locked(edition, by)
    _require_step(edition, State.ADOPTED)
    today = timezone.localdate()
    if decision is None:
        raise Refused(Refusal.NO_DECISION)
    reasons = in_the_way(edition, today)
    reasons += rules.refusals_of_decision(
        _told(decision),
        opened_on=edition.opened_on,
        consultation_until=edition.consultation_until,
        today=today,
    )
    if reasons:
        raise Refused(*reasons)
    if found := blocking(edition):
        raise Refused(Refusal.INCOMPLETE, incomplete=found)
    later = deferred(edition)
    _adopt_measures(edition, later, by)
    content = picture.of_concept(edition.concept, today, later)
    if not content["fields"]:
        raise Refused(Refusal.EMPTY)
    content["decision"] = as_values(decision)
    content["edition"] = {"number": edition.number, "title": edition.title}
    CouncilDecision.objects.filter(pk=decision.pk).update(visibility=Visibility.PUBLIC)
    _to(
        edition,
        State.ADOPTED,
        decision=decision,
        content=content,
        content_sha256=picture.fingerprint(content),
        adopted_at=timezone.now(),
        visibility=Visibility.PUBLIC,
    )
    journal.record("edition adopted", edition, by=by)
    return edition


def in_the_way(edition: Edition, today: date) -> list[Refusal]:
    """What the consultation still needs, whatever the council decided."""
    return rules.refusals_of_consultation(
        edition.consultation_until, unanswered=edition.comments.filter(answer="").count(), today=today
    )


def past_their_end(edition: Edition, today: date) -> list[Measure]:
    """Measures that would be adopted although their last day is over: behind plan from the first second."""
    rows = _of(edition).exclude(stage__in=[Stage.STOPPED, Stage.DONE]).exclude(pk__in=deferred(edition))
    return list(rows.filter(ends_on__lt=today).order_by("sort_key"))


def without_field() -> QuerySet[Measure, Measure]:
    """Measures that no field of action holds, so that no edition does."""
    held = MeasureInField.objects.filter(field__ended_on=None)
    rows = Measure.objects.exclude(pk__in=held.values("measure"))
    return rows.exclude(stage__in=[Stage.STOPPED, Stage.DONE]).order_by("sort_key")


def becoming_public(edition: Edition) -> list[Measure]:
    """Measures that nobody outside sees yet and everybody will with the council's decision."""
    return list(
        _to_be_adopted(edition, deferred(edition)).exclude(visibility=Visibility.PUBLIC).order_by("sort_key")
    )


def _adopt_measures(edition: Edition, deferred: dict[UUID, str], by: Person) -> None:
    for measure in _to_be_adopted(edition, deferred).select_for_update(of=("self",)):
        moves.adopt_measure(measure, by=by)


def _to_be_adopted(edition: Edition, deferred: dict[UUID, str]) -> QuerySet[Measure, Measure]:
    return _of(edition).filter(stage__in=[Stage.PROPOSED, Stage.PRIORITISED]).exclude(pk__in=deferred)


def _of(edition: Edition) -> QuerySet[Measure, Measure]:
    """Measures in the concept's current fields, each once."""
    held = Measure.objects.filter(
        in_fields__field__concept=edition.concept_id, in_fields__field__ended_on=None
    )
    return Measure.objects.filter(pk__in=held.values("pk"))


def as_decided(edition: Edition, today: date) -> dict[str, Any]:
    """The picture of a draft as the council would adopt it today."""
    return picture.of_concept(
        edition.concept,
        today,
        deferred(edition),
        becoming_public=[measure.pk for measure in becoming_public(edition)],
    )


def decided(measures: Collection[UUID]) -> set[UUID]:
    """Those among these measures that some adopted edition holds and did not put off."""
    wanted = {str(pk): pk for pk in measures}
    held = Edition.objects.filter(state=State.ADOPTED).values_list("content__measures", flat=True)
    return {
        wanted[one["id"]]
        for rows in held
        for one in rows or ()
        if one["id"] in wanted and not one.get("deferred")
    }


def _told(decision: CouncilDecision) -> rules.Decision:
    return rules.Decision(
        body=decision.body,
        paper_number=decision.paper_number,
        decided_on=decision.decided_on,
        wording=decision.wording,
        vote=rules.Vote(
            decision.votes_yes, decision.votes_no, decision.votes_abstained, decision.is_unanimous
        ),
    )


def as_values(decision: CouncilDecision) -> dict[str, object]:
    return {
        "body": decision.body,
        "session": decision.session,
        "paper_number": decision.paper_number,
        "decided_on": decision.decided_on.isoformat(),
        "votes_yes": decision.votes_yes,
        "votes_no": decision.votes_no,
        "votes_abstained": decision.votes_abstained,
        "is_unanimous": decision.is_unanimous,
        "wording": decision.wording,
    }


@transaction.atomic
def redact(edition: Edition, passage: str, reason: str, *, by: Person) -> int:
    """Take a passage out of an adopted edition and its decision, everywhere; how often it stood there. 0 changes nothing.

    The fingerprint of what was adopted stays with the note; the passage itself is stored nowhere.
    """
    rights.require(by, "planning.adopt", edition)
    rows = Edition.objects.select_for_update(of=("self",)).select_related("decision")
    edition = rows.get(pk=edition.pk)
    if edition.state != State.ADOPTED:
        raise Refused(Refusal.NOT_FROM_HERE)
    content, count = redacting.redacted(edition.content, passage)
    # What the picture holds of the decision stands in its own record once more.
    told = {name: getattr(edition.decision, name) for name in ("body", "session", "wording")}
    decided, again = redacting.redacted(told, passage)
    if not count + again:
        return 0
    Redaction.objects.create(
        edition=edition,
        number=edition.redactions + 1,
        reason=reason,
        passages=count or again,
        sha256_before=edition.content_sha256,
        by=by.account_id,
    )
    # Not `save`: its time of change belongs to what the database keeps frozen.
    Edition.objects.filter(pk=edition.pk).update(
        content=content, content_sha256=picture.fingerprint(content), redactions=edition.redactions + 1
    )
    if again:
        CouncilDecision.objects.filter(pk=edition.decision_id).update(**decided)
    # They still hold the passage; they are made anew from what is left.
    EditionFile.objects.filter(edition=edition).delete()
    journal.record("edition redacted", edition, by=by)
    return count or again


def holding(passage: str, *, but: Edition) -> list[Edition]:
    """Other adopted editions in which these words stand, too; each is redacted with a reason of its own."""
    rows = Edition.objects.filter(state=State.ADOPTED).exclude(pk=but.pk).order_by("concept", "number")
    return [row for row in rows if redacting.redacted(row.content, passage)[1]]


def _locked(edition: Edition, by: Person) -> Edition:
    rights.require(by, "planning.write", edition)
    return Edition.objects.select_for_update(of=("self",)).select_related("concept").get(pk=edition.pk)


def _require_step(edition: Edition, target: State) -> None:
    if target not in rules.FOLLOWS[edition.state]:
        raise Refused(Refusal.NOT_FROM_HERE)


def _to(edition: Edition, state: State, **values: object) -> None:
    edition.state = state
    for name, value in values.items():
        setattr(edition, name, value)
    edition.save(update_fields=["state", "changed_at", *values])
