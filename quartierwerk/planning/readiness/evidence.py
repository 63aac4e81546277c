"""The board: what is linked to each hint, what is found by itself, what is gone; linking and taking note."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from quartierwerk import journal, rights
from quartierwerk.rights import Person

from ..models import Concept, HintEvidence
from .hints import HINTS, Hint
from .register import EvidenceKind, Found, kinds
from .rules import Judged, Piece, judged, last_day


class NotLinkable(ValueError):
    """There is no such record, or it says nothing about this hint, or it does not count at present: then `fault` says why."""

    def __init__(self, kind: str, fault: str = ""):
        super().__init__(kind)
        self.fault = fault


@dataclass(frozen=True)
class Shown:
    """One piece of evidence on the board. link: what somebody linked, None where it was found by itself."""

    kind: EvidenceKind | None
    title: str
    on: date | None
    until: date | None
    fault: str
    is_outdated: bool
    is_gone: bool
    proves: bool
    pk: UUID
    link: HintEvidence | None = None

    @property
    def note(self) -> str:
        return self.link.note if self.link else ""


@dataclass(frozen=True)
class HintShown:
    hint: Hint
    judged: Judged
    evidence: list[Shown]
    gone: list[Shown]

    @property
    def shown(self) -> list[Shown]:
        """What proves something first, then what stands beside it or does not count."""
        return sorted(self.evidence, key=lambda one: (bool(one.fault), not one.proves, -_ordinal(one.on)))


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def board(concept: Concept, day: date) -> list[HintShown]:
    """The seven hints. A constant number of queries: one for each kind that is linked or found by itself."""
    links = list(HintEvidence.objects.filter(concept=concept))
    numbers: dict[str, set[UUID]] = defaultdict(set)
    for link in links:
        numbers[link.kind].add(link.record_id)
    there = {
        (kind.name, found.pk): found
        for kind in kinds
        if numbers[kind.name]
        for found in kind.rows(concept, day, numbers[kind.name])
    }
    pieces: dict[int, list[Shown]] = defaultdict(list)
    for link in links:
        kind = kinds.by_name.get(link.kind)
        pieces[link.hint].append(
            _shown(kind, there.get((link.kind, link.record_id)), link.hint, day, concept, link)
        )
    linked = {(link.hint, link.record_id) for link in links}
    for kind in kinds:
        if not kind.by_itself:
            continue
        for found in kind.rows(concept, day, None):
            for hint in kind.proves:
                if (hint, found.pk) not in linked:
                    pieces[hint].append(_shown(kind, found, hint, day, concept))
    return [_hint(hint, pieces[hint.number], day, concept.confirm_every_months) for hint in HINTS]


def _shown(
    kind: EvidenceKind | None,
    found: Found | None,
    hint: int,
    day: date,
    concept: Concept,
    link: HintEvidence | None = None,
) -> Shown:
    on = (found.on if found else None) or (link.shown_on if link and kind and kind.asks_day else None)
    until = last_day(on, concept.confirm_every_months) if on else None
    return Shown(
        kind=kind,
        title=found.title if found else link.title if link else "",
        on=on,
        until=until,
        fault=found.fault if found else "",
        is_outdated=until is not None and until < day,
        is_gone=found is None,
        proves=bool(kind and hint in kind.proves),
        pk=found.pk if found else link.record_id if link else UUID(int=0),
        link=link,
    )


def _hint(hint: Hint, pieces: list[Shown], day: date, months: int) -> HintShown:
    told = [Piece(one.on, one.proves, not one.fault, one.is_gone) for one in pieces]
    return HintShown(
        hint,
        judged(told, day, months),
        [one for one in pieces if not one.is_gone],
        [one for one in pieces if one.is_gone],
    )


def lost(day: date) -> list[UUID]:
    """Links of all concepts whose record was deleted, or is no longer what it was linked for: somebody takes note.

    Only what counts is linked, so whatever does not count now did once.
    """
    links: dict[tuple[UUID, str], list[HintEvidence]] = defaultdict(list)
    for link in HintEvidence.objects.select_related("concept"):
        links[link.concept_id, link.kind].append(link)
    found = []
    for (_concept, name), some in links.items():
        kind = kinds.by_name.get(name)
        numbers = {link.record_id for link in some}
        rows = kind.rows(some[0].concept, day, numbers) if kind else ()
        counting = {row.pk for row in rows if not row.fault}
        found += [
            link.pk
            for link in some
            if link.record_id not in counting and (kind is None or link.hint in kind.proves)
        ]
    return found


Choices = dict[int, list[tuple[str, str]]]


def choices(concept: Concept, day: date) -> Choices:
    """What counts and can be linked to each hint: (kind:number, in words). One query for each kind."""
    found: Choices = {hint.number: [] for hint in HINTS}
    for kind in kinds:
        if kind.by_itself:
            continue
        rows = [
            (f"{kind.name}:{one.pk}", f"{kind.label}: {one.title}")
            for one in kind.rows(concept, day, None)
            if not one.fault
        ]
        for hint in sorted(kind.proves | kind.supports):
            found[hint] += rows
    return found


@transaction.atomic
def link(
    concept: Concept,
    hint: int,
    kind: str,
    record: UUID,
    *,
    day: date,
    shown_on: date | None = None,
    note: str = "",
    by: Person,
) -> HintEvidence:
    """Name a record as evidence. Raises NotLinkable; the same twice changes its day and note."""
    rights.require(by, "planning.write", concept)
    known = kinds.by_name.get(kind)
    if known is None or not known.speaks_of(hint):
        raise NotLinkable(kind)
    found = next(iter(known.rows(concept, day, [record])), None)
    if found is None or (known.asks_day and shown_on is None):
        raise NotLinkable(kind)
    if found.fault:
        raise NotLinkable(kind, found.fault)
    made, _new = HintEvidence.objects.update_or_create(
        concept=concept,
        hint=hint,
        kind=kind,
        record_id=record,
        defaults={"title": found.title[:400], "shown_on": shown_on or found.on, "note": note},
    )
    journal.record("evidence linked", made, by=by)
    return made


@transaction.atomic
def remove(evidence: HintEvidence, *, by: Person) -> None:
    """Take a link away, or take note that its record is gone."""
    rights.require(by, "planning.write", evidence.concept)
    journal.record("evidence taken away", evidence, by=by)
    evidence.delete()


@transaction.atomic
def remember(concept: Concept, day: date) -> int:
    """Link the newest evidence found by itself where a hint has none linked, so that its loss is noticed; how many."""
    made = 0
    for one in board(concept, day):
        if any(piece.link for piece in (*one.evidence, *one.gone)):
            continue
        counting = [
            piece
            for piece in one.evidence
            if piece.kind and piece.kind.by_itself and piece.on and not piece.fault
        ]
        if counting:
            best = max(counting, key=lambda piece: _ordinal(piece.on))
            HintEvidence.objects.create(
                concept=concept,
                hint=one.hint.number,
                kind=best.kind.name if best.kind else "",
                record_id=best.pk,
                title=best.title[:400],
                shown_on=best.on,
            )
            made += 1
    return made
