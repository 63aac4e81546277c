"""Who was heard before the council decides: bodies by their names, everybody else only as a number. Of meetings only
those that talked about the edition.

A comment may name a person. Only what is called like a team or an organisation here is repeated on paper.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from quartierwerk.directory.models import Organisation
from quartierwerk.tenants.models import Visibility

from ..editions import on_agenda
from ..models import Edition, EditionComment, Meeting, Team
from ..models.parts import key_of


@dataclass(frozen=True)
class Hearing:
    """others: comments by whom we do not name. meetings: (group, how many, the last one's day)."""

    until: date | None
    bodies: tuple[str, ...] = ()
    others: int = 0
    answered: int = 0
    meetings: tuple[tuple[str, int, date], ...] = ()

    @property
    def comments(self) -> int:
        return len(self.bodies) + self.others


def of(edition: Edition) -> Hearing:
    """Four queries."""
    comments = list(EditionComment.objects.filter(edition=edition))
    named = [key_of(one.name) for one in comments if one.name.strip()]
    known = _bodies() if named else {}
    bodies = [known[key] for key in named if key in known]
    return Hearing(
        until=edition.consultation_until,
        bodies=tuple(bodies),
        others=len(comments) - len(bodies),
        answered=sum(1 for one in comments if one.answer),
        meetings=_meetings(edition),
    )


def _bodies() -> dict[str, str]:
    """By every way they may be typed: "53 Kindertagesstätten", "Kindertagesstätten"."""
    found = {
        key_of(name): name
        for name in Organisation.objects.filter(visibility=Visibility.PUBLIC).values_list("name", flat=True)
    }
    for team in Team.objects.filter(ended_on=None):
        found |= {key_of(way): str(team) for way in (team.name, str(team))}
    return found


def _meetings(edition: Edition) -> tuple[tuple[str, int, date], ...]:
    """Those since it was begun on whose agenda it stood, as the records proposed it or by its title."""
    rows = Meeting.objects.filter(
        on_agenda.names(edition),
        concept=edition.concept_id,
        group__isnull=False,
        state=Meeting.State.HELD,
        starts_at__date__gte=edition.opened_on,
    ).distinct()
    held = [(one.group.name, timezone.localdate(one.starts_at)) for one in rows.select_related("group")]  # type: ignore[union-attr]
    counted = Counter(name for name, _day in held)
    return tuple(
        (name, count, max(day for other, day in held if other == name))
        for name, count in sorted(counted.items())
    )
