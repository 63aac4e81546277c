"""The order of measures by visible weights, and a place given by hand with its reason (R3.07)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from quartierwerk import journal, rights
from quartierwerk.rights import Person

from ..measures import facts
from ..measures.rules import priority
from ..models import Measure

LAST = 999


@dataclass(frozen=True)
class Ranked:
    """parts: for each weight its judgement and what it gives, None where nobody has judged."""

    placed: priority.Placed
    measure: Measure
    parts: list[priority.Part | None]

    @property
    def is_by_hand(self) -> bool:
        return self.placed.candidate.place is not None


def ranked(measures: Iterable[Measure]) -> list[Ranked]:
    by_id = {one.pk: one for one in measures}
    found = []
    for placed in facts.ranked(by_id.values()):
        known = {part.name: part for part in placed.candidate.score.parts}
        parts = [known.get(name) for name in priority.WEIGHTS]
        found.append(Ranked(placed, by_id[placed.candidate.key], parts))  # type: ignore[index]
    return found


@transaction.atomic
def place_by_hand(measure: Measure, place: int | None, reason: str, *, by: Person) -> Measure:
    """None gives the place back to the judgements. Raises ValueError without a reason, Refused."""
    current = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    rights.require(by, "planning.write", current)
    if place is not None and (not 1 <= place <= LAST or not reason.strip()):
        raise ValueError("a place given by hand counts from 1 and has a reason")
    current.rank_override, current.rank_reason = place, reason.strip() if place else ""
    current.save(update_fields=["rank_override", "rank_reason", "changed_at"])
    journal.record("place set by hand" if place else "place computed again", current, by=by)
    return current
