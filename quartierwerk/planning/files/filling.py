"""What a row names by words – a record, a team, a quarter, an organisation – found in what is there, read once."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from quartierwerk.chain import actions as chain
from quartierwerk.chain.models import InChain, Link, Relation
from quartierwerk.directory.models import Offer, Organisation
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Person

from ..models import FieldOfAction, Measure, MeasurePartner, MeasureResource, MeasureTeam, Need, Team
from ..models.parts import key_of
from .schema import MODELS, Row


def differing(record: models.Model, values: Row) -> list[str]:
    return [name for name, value in values.items() if getattr(record, name) != value]


def joined(through: Any, side: str, record: models.Model, one: FieldOfAction, place: int) -> bool:
    """The record belongs to the field from now on; whether it did not yet."""
    if one.pk in _fields_of(through, side, record):
        return False
    through.objects.create(**{side: record}, field=one, position=place)
    return True


def _fields_of(through: Any, side: str, record: models.Model) -> set:
    return set(through.objects.filter(**{side: record}).values_list("field", flat=True))


@dataclass
class Known:
    """records  part → key → records; several have one wording in different quarters."""

    records: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    spaces: dict[str, SocialSpace] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Known":
        known = cls()
        for name, model in MODELS.items():
            known.records[name] = {}
            for record in model.objects.all():
                known.records[name].setdefault(record.key, []).append(record)
        known.spaces = {key_of(space.name): space for space in SocialSpace.objects.all()}
        known.load_teams()
        return known

    def load_teams(self) -> None:
        self.teams = {}
        for team in Team.objects.current():
            for words in (team.name, str(team), team.number):
                if words:
                    self.teams.setdefault(key_of(words), team)

    def team(self, words: str) -> Team | None:
        return self.teams.get(key_of(words))

    def record(self, name: str, row: Row) -> Any:
        """The record that a row means: of the same wording, and of the same quarter where there are several."""
        found = self.records[name].get(key_of(row["title"]), [])
        if "quarter" not in row or not found or not hasattr(found[0], "space_id"):
            return found[0] if found else None
        space = self.spaces.get(key_of(row["quarter"])) if row["quarter"] else None
        exact = [one for one in found if one.space_id == (space.pk if space else None)]
        return exact[0] if exact else None

    def add(self, name: str, record: Any) -> None:
        there = self.records[name].setdefault(record.key, [])
        if record not in there:
            there.append(record)

    def columns(self, name: str, row: Row) -> tuple[Row, list[str]]:
        """The row with records in place of names, and sentences on names that nobody here has."""
        values, unknown = dict(row), []
        if "quarter" in values:
            values["quarter"] = self.spaces.get(key_of(row["quarter"])) if row["quarter"] else None
            if row["quarter"] and values["quarter"] is None:
                unknown.append(
                    _("There is no quarter “%(name)s” here; it was left out.") % {"name": row["quarter"]}
                )
        if "lead" in values:
            values["lead"] = self.team(row["lead"]) if row["lead"] else None
            if row["lead"] and values["lead"] is None:
                unknown.append(
                    _("There is no team “%(name)s” here; it was left out.") % {"name": row["lead"]}
                )
        for column, model, called in (("organisation", Organisation, "name"), ("offer", Offer, "title")):
            if column in values:
                rows = list(model.objects.filter(**{called: row[column]})[:2]) if row[column] else []
                values[column] = rows[0] if len(rows) == 1 else None
                if row[column] and len(rows) != 1:
                    sentence = _("The directory has no single entry “%(name)s”; the link was left out.")
                    unknown.append(sentence % {"name": row[column]})
        return values, unknown

    def joined_teams(self, measure: Measure, row: Row) -> bool:
        """Teams and partners that the measure has not yet; whether there were any."""
        added = False
        for part in (MeasureTeam.Takes.TAKES_PART, MeasureTeam.Takes.INFORMED):
            for words in row.get(part.value, []):
                team = self.team(words)
                if team and not measure.teams.filter(team=team).exists():  # type: ignore[attr-defined]
                    MeasureTeam.objects.create(measure=measure, team=team, part=part)
                    added = True
        there = (
            {key_of(str(one)) for one in measure.partners.select_related("organisation")}
            if row.get("partners")
            else set()
        )  # type: ignore[attr-defined]
        for words in row.get("partners", []):
            if key_of(words) not in there:
                rows = list(Organisation.objects.filter(name=words)[:2])
                of_directory = {"organisation": rows[0]} if len(rows) == 1 else {"name": words}
                MeasurePartner.objects.create(measure=measure, **of_directory)
                added = True
        return added

    def joined_resources(self, measure: Measure, row: Row) -> tuple[bool, list[str]]:
        """Resources that the measure uses and did not yet; and sentences on those that are not in the file."""
        wanted = row.get("resources", [])
        there = (
            set(MeasureResource.objects.filter(measure=measure).values_list("resource", flat=True))
            if wanted
            else set()
        )
        added, wrong = False, []
        for title in wanted:
            resource = self.record("resources", {"title": title})
            if resource is None:
                wrong.append(_("“%(title)s” is not in the file.") % {"title": title})
            elif resource.pk not in there:
                MeasureResource.objects.create(measure=measure, resource=resource)
                added = True
        return added, wrong


@dataclass
class Linker:
    """Needs that led to a measure, goals that measure it: links of the chain."""

    by: Person
    there: set[tuple] = field(default_factory=set)

    @classmethod
    def load(cls, by: Person) -> "Linker":
        return cls(by, set(Link.objects.values_list("source", "target")))

    def link(self, known: Known, measure: Measure, row: Row) -> tuple[bool, list[str]]:
        """Whether something was linked, and sentences on names that are not in the file or do not fit."""
        added, wrong = False, []
        for part, column in (("needs", "needs"), ("goals", "goals")):
            for title in row.get(column, []):
                other = known.record(part, {"title": title})
                if other is None:
                    wrong.append(_("“%(title)s” is not in the file.") % {"title": title})
                    continue
                source, target, relation = (
                    (other, measure, Relation.LED_TO)
                    if isinstance(other, Need)
                    else (measure, other, Relation.MEASURED_BY)
                )
                try:
                    added |= self._linked(source, target, relation)
                except chain.LinkRefused as refusal:
                    wrong.append(refusal.words)
        return added, wrong

    def _linked(self, source: InChain, target: InChain, relation: Relation) -> bool:
        ends = (source.element_id, target.element_id)
        if ends in self.there:
            return False
        chain.link(source, target, relation, by=self.by)
        self.there.add(ends)
        return True
