"""Which field of action a name in a file means. A name that is not here is asked about, never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from ..models import Concept, FieldChange, FieldOfAction
from ..models.parts import key_of
from .schema import Row


@dataclass(frozen=True)
class Question:
    """A field of the file that the concept has not under this name.

    known     the fields it has
    proposal  the one that it probably is: renamed meanwhile, or of the same code in the common list; "" for none
    """

    name: str
    known: tuple[str, ...]
    proposal: str = ""

    def as_data(self) -> Row:
        return {"field": self.name, "proposal": self.proposal or None, "known": list(self.known)}


@dataclass
class Fields:
    """The concept's fields, found by name or by what somebody answered.

    answers  name in the file → name here, or None for "a new field"
    """

    concept: Concept
    answers: Mapping[str, str | None]
    by_key: dict[str, FieldOfAction] = field(default_factory=dict)
    before: dict[str, FieldOfAction] = field(default_factory=dict)

    def load(self) -> None:
        for one in FieldOfAction.objects.current().filter(concept=self.concept):
            self.by_key[one.key] = one
        renamed = FieldChange.objects.filter(
            Q(later__ended_on=None), concept=self.concept, later__isnull=False
        )
        for change in renamed.select_related("later").order_by("at"):
            if change.later and change.name_before:
                self.before[key_of(change.name_before)] = change.later

    @property
    def is_new(self) -> bool:
        return not self.by_key

    def of(self, name: str) -> FieldOfAction | None:
        """None for one that is to be made, or to be asked about."""
        answer = self._answer(name)
        return self.by_key.get(key_of(answer if answer is not None else name))

    def _answer(self, name: str) -> str | None:
        key = key_of(name)
        return next((answer for given, answer in self.answers.items() if key_of(given) == key), None)

    def is_answered_new(self, name: str) -> bool:
        key = key_of(name)
        return any(key_of(given) == key and answer is None for given, answer in self.answers.items())

    def add(self, made: FieldOfAction) -> None:
        self.by_key[made.key] = made

    def questions(self, named: list[tuple[str, str]]) -> list[Question]:
        """named: (name, code in the common list) of the file's fields."""
        if self.is_new:
            return []
        known = tuple(one.name for one in sorted(self.by_key.values(), key=lambda one: one.position))
        codes = {one.catalogue_code: one.name for one in self.by_key.values() if one.catalogue_code}
        return [
            Question(name, known, self._renamed(name) or codes.get(code, ""))
            for name, code in named
            if self.of(name) is None and not self.is_answered_new(name)
        ]

    def _renamed(self, name: str) -> str:
        now = self.before.get(key_of(name))
        return now.name if now and now.ended_on is None else ""
