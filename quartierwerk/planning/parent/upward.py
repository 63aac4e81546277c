"""Our public records under the fields of somebody else's list."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..matrix.mapping import Ours, compared
from ..measures.rules import counting
from ..paper.state import Now, State
from ..showing.states import State as Standing


@dataclass(frozen=True)
class Measure:
    """row: as the picture of the concept has it."""

    row: Mapping[str, Any]
    standing: Standing
    entry: counting.Entry


@dataclass(frozen=True)
class Section:
    """One of their fields, or one of ours that stands for none of theirs. A record in several fields stands in each.

    ours         names of our fields
    is_detailed  whether any of them says something; if none does, there are no numbers and not zero
    stopped      measures that count no more; what was spent on them stays in the sums
    progress     goal → how far it is, in words
    """

    name: str
    ours: tuple[str, ...]
    is_detailed: bool
    needs: tuple[Mapping[str, Any], ...]
    measures: tuple[Measure, ...]
    stopped: tuple[Measure, ...]
    goals: tuple[Mapping[str, Any], ...]
    progress: Mapping[str, str]

    @property
    def entries(self) -> list[counting.Entry]:
        return [one.entry for one in (*self.measures, *self.stopped)]

    @property
    def standings(self) -> dict[Standing, int]:
        counted = Counter(one.standing for one in self.measures)
        return {standing: counted[standing] for standing in Standing if counted[standing]}


@dataclass(frozen=True)
class Upward:
    """sections: their fields in their order; unmapped: ours without one; whole: every record once."""

    sections: tuple[Section, ...]
    unmapped: tuple[Section, ...]
    whole: Section

    @property
    def uncovered(self) -> list[Section]:
        """Fields of theirs for which none of ours stands."""
        return [one for one in self.sections if not one.ours]


def told(state: State, targets: Mapping[str, frozenset[Hashable]], theirs: Mapping[Hashable, str]) -> Upward:
    """state    of today, with how far everything is
    targets  our field's id in the picture → keys of their fields
    theirs   key → name, in their order
    """
    if state.now is None:
        raise ValueError("a report upward tells of today")
    picture, now = state.picture, state.now
    ours = [Ours(row["id"], row["name"], targets.get(row["id"], frozenset())) for row in picture["fields"]]
    found = compared(ours, theirs)
    return Upward(
        sections=tuple(_section(picture, now, line.name, line.ours) for line in found.lines),
        unmapped=tuple(_section(picture, now, one.name, [one]) for one in found.unmapped),
        whole=_section(picture, now, state.title, ours),
    )


def _section(picture: Mapping[str, Any], now: Now, name: str, ours: Sequence[Ours]) -> Section:
    fields = {one.key for one in ours}
    detailed = {row["id"] for row in picture["fields"] if row["is_detailed"]}

    def inside(rows: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
        return tuple(row for row in rows if fields & set(row["fields"]))

    return Section(
        name=name,
        ours=tuple(one.name for one in ours),
        is_detailed=bool(fields & detailed),
        needs=inside(picture["needs"]),
        measures=tuple(
            Measure(row, now.standing(row), now.entry(row)) for row in inside(picture["measures"])
        ),
        stopped=tuple(Measure(row, Standing.STOPPED, now.entry(row)) for row in inside(now.stopped)),
        goals=inside(picture["goals"]),
        progress=now.progress,
    )
