"""A document becomes records. A second time nothing changes; what is wrong is listed; what is unclear is asked first."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk import journal, rights
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from ..measures.adoption import adoptions
from ..measures.rules import stages
from ..models import (
    Concept,
    CostLine,
    FieldOfAction,
    GoalValue,
    Measure,
    Milestone,
    Need,
    ResourceInField,
    Stage,
    StageChange,
    Team,
)
from ..models.parts import key_of
from .filling import Known, Linker, differing, joined
from .parsing import Finding, Read
from .placing import Fields, Question
from .schema import BY_NAME, MODELS, SECTIONS, Row
from .translations import Texts, wrong_with

NEW_CONCEPT = {"slug": "integration", "title": "Integrationskonzept"}
# Only a decision of the council leads to these, from any other stage.
DECIDED = (Stage.ADOPTED, Stage.RUNNING, Stage.DONE)
# What the database would refuse, in words.
REFUSED: Mapping[str, Any] = {
    "field_code_once": lambda: _("Another field of action has this code already."),
    "need_rejected_with_reason": lambda: _("A rejected need has a reason that everybody may read. Please add it."),
    "measure_stopped_with_reason": lambda: _("A stopped measure has a reason. Please add it."),
    "measure_ends_after_it_begins": lambda: _("The end lies before the beginning."),
    "measure_colour_with_comment": lambda: _("A colour set by hand has a comment. Please add it."),
    "measure_rank_with_reason": lambda: _("A rank set by hand has a reason. Please add it."),
    "measure_hours": lambda: _("A week has 168 hours."),
    "goal_indicator_is_named": lambda: _("The indicator has no name. Please add it."),
    "goal_evidence_has_words": lambda: _("The evidence in words is empty. Please add it."),
}  # fmt: skip


@dataclass
class Result:
    """What an import did, or would do. With questions or a refusal nothing was stored."""

    concept: str = ""
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    refusal: str = ""
    dry_run: bool = False

    @property
    def stored(self) -> bool:
        return not (self.dry_run or self.questions or self.refusal)

    @property
    def changes(self) -> int:
        return sum(counted["added"] + counted["changed"] for counted in self.counts.values())

    def as_data(self) -> Row:
        return {
            "concept": self.concept,
            "stored": self.stored,
            "dry_run": self.dry_run,
            "refusal": self.refusal or None,
            "counts": {
                name: {state: counted[state] for state in ("added", "changed", "unchanged", "left_out")}
                for name, counted in self.counts.items()
            },
            "questions": [question.as_data() for question in self.questions],
            "findings": [finding.as_data() for finding in self.findings],
        }


def import_read(
    read: Read, *, by: Person, answers: Mapping[str, str | None] | None = None, dry_run: bool = False
) -> Result:
    """Store what was read into the concept that it names. answers: name of a field in the file → name here, None: new."""
    running = _Import(read, by, answers or {}, Result(dry_run=dry_run, findings=list(read.findings)))
    with transaction.atomic():
        running.run()
        if not running.result.stored:
            transaction.set_rollback(True)
        elif running.result.changes:
            journal.record("concept imported", running.concept, by=by)
    return running.result


@dataclass
class _Import:
    read: Read
    by: Person
    answers: Mapping[str, str | None]
    result: Result

    def run(self) -> None:
        self.concept = self._the_concept()
        self.result.concept = self.concept.title
        self.fields = Fields(self.concept, self.answers)
        self.fields.load()
        if self._ask():
            return
        self.known = Known.load()
        self.links = Linker.load(self.by)
        self._teams()
        self._fields()
        for name in ("resources", "needs", "goals", "measures"):
            for number, row in self.read.of(name):
                self._record(name, number, row)
        self._resource_entries()
        self._parts("milestones", Milestone, "measure", ("measure_id", "title"))
        self._parts("costs", CostLine, "measure", ("measure_id", "year", "label", "source", "kind"))
        self._parts("goal_values", GoalValue, "goal", ("goal_id", "on"))
        self._texts()
        for finding in self.read.findings:
            self._count(finding.section, "left_out")
        order = {section.name: place for place, section in enumerate(SECTIONS)}
        self.result.counts = dict(sorted(self.result.counts.items(), key=lambda one: order[one[0]]))

    def _ask(self) -> bool:
        """Whether a name of a field is unclear; then nothing else is looked at."""
        codes = {row["name"]: row.get("code", "") for _number, row in self.read.of("fields")}
        used = {
            name for part in MODELS for _number, row in self.read.of(part) for name in row.get("fields", [])
        }
        used |= {row["field"] for _number, row in self.read.of("resource_entries")}
        named = {**codes, **{name: "" for name in sorted(used) if key_of(name) not in map(key_of, codes)}}
        self.result.questions = self.fields.questions(list(named.items()))
        return bool(self.result.questions)

    def _count(self, section: str, state: str) -> None:
        self.result.counts.setdefault(section, Counter())[state] += 1

    def _wrong(self, section: str, number: int, row: Row, sentence: str, *, left_out: bool) -> None:
        title = str(row.get(BY_NAME[section].names, ""))[:100]
        self.result.findings.append(Finding(section, number, title, sentence, left_out))
        if left_out:
            self._count(section, "left_out")

    # ---- the concept, its teams and fields -----------------------------------------------------------------------

    def _the_concept(self) -> Concept:
        rows = self.read.of("concept")
        row = dict(rows[0][1]) if rows else {}
        found = (
            Concept.objects.filter(slug=row["slug"]).first()
            if row
            else Concept.objects.order_by("position").first()
        )
        if found is None:
            return self._stored("concept", Concept(**NEW_CONCEPT), row, is_new=True)
        return self._stored("concept", found, row) if row else found

    def _teams(self) -> None:
        for number, row in self.read.of("teams"):
            found = self.known.team(row.get("number") or row["name"])
            self._saved("teams", number, found or Team(), row, is_new=found is None)
            self.known.load_teams()

    def _fields(self) -> None:
        place = max((one.position for one in self.fields.by_key.values()), default=-1)
        named: dict[str, tuple[int, Row]] = {
            row["name"]: (number, row) for number, row in self.read.of("fields")
        }
        for number, row in named.values():
            found = self.fields.of(row["name"])
            if found is None:
                place += 1
                found = FieldOfAction(concept=self.concept, position=place)
                if made := self._saved("fields", number, found, row, is_new=True):
                    self.fields.add(made)
            else:
                # Under another name here: that stays.
                self._saved("fields", number, found, {**row, "name": found.name})
        self.places = Counter[Any]()
        for name, model in MODELS.items():
            through = model._meta.get_field("in_fields").related_model
            rows = through.objects.filter(field__concept=self.concept)
            for pk, last in rows.values_list("field").annotate(models.Max("position")):
                self.places[name, pk] = last + 1

    # ---- resources, needs, goals, measures -----------------------------------------------------------------------

    def _record(self, name: str, number: int, row: Row) -> None:
        model = MODELS[name]
        fields = self._fields_of(name, number, row)
        if fields is None:
            return
        found = self.known.record(name, row)
        columns, unknown = self.known.columns(name, row)
        if name == "measures" and self._runs_ahead(found, columns):
            del columns["stage"]
            unknown.append(
                stages.words(stages.Refusal.NO_DECISION)
                if found
                else _(
                    "Only who may enter decisions of the council reads in adopted measures. It was read in as proposed."
                )
            )
        for sentence in unknown:
            self._wrong(name, number, row, sentence, left_out=False)
        fresh = found is None
        stage = found.stage if isinstance(found, Measure) else None
        if found is None:
            # Nobody knows when what an old list says was noticed; it was hardly today.
            found = Need(noticed_on=None) if model is Need else model()
        record = self._saved(name, number, found, columns, is_new=fresh, counts=False)
        if record is None:
            return
        self.known.add(name, record)
        if stage is not None and stage != record.stage:
            StageChange.objects.create(
                measure=record,
                earlier=stage,
                later=record.stage,
                reason=record.stopped_reason,
                account_id=self.by.account_id,
            )
        changed = fresh or self.was_changed
        changed |= sum(self._placed(name, record, one) for one in fields) > 0
        if name == "measures":
            changed |= self.known.joined_teams(record, row)
            used, unknown = self.known.joined_resources(record, row)
            added, sentences = self.links.link(self.known, record, row)
            changed |= added or used
            for sentence in (*unknown, *sentences):
                self._wrong(name, number, row, sentence, left_out=False)
        self._count(name, "added" if fresh else "changed" if changed else "unchanged")

    def _runs_ahead(self, measure: Measure | None, columns: Row) -> bool:
        """Whether the file makes a measure adopted, or more, that no decision of the council stands behind. A new one
        may come from a concept on paper: whoever may enter the council's decisions vouches for it."""
        if columns.get("stage") not in DECIDED:
            return False
        if measure is None:
            return not rights.may(self.by, "planning.adopt")
        return measure.stage not in DECIDED and measure.pk not in self._adopted

    @cached_property
    def _adopted(self) -> set[UUID]:
        return adoptions.decided(
            [
                one.pk
                for rows in self.known.records["measures"].values()
                for one in rows
                if not one._state.adding
            ]
        )

    def _fields_of(self, name: str, number: int, row: Row) -> list[FieldOfAction] | None:
        found = []
        for named in row.get("fields", []):
            one = self.fields.of(named)
            if one is None:
                sentence = _("The field of action “%(name)s” is not in the file's list of fields.") % {
                    "name": named
                }
                self._wrong(name, number, row, sentence, left_out=True)
                return None
            found.append(one)
        return found

    def _placed(self, name: str, record: models.Model, one: FieldOfAction) -> bool:
        through = type(record)._meta.get_field("in_fields")
        place = self.places[name, one.pk]
        added = joined(through.related_model, through.field.name, record, one, place)  # type: ignore[union-attr]
        self.places[name, one.pk] += added
        return added

    def _resource_entries(self) -> None:
        for number, row in self.read.of("resource_entries"):
            one, resource = (
                self.fields.of(row["field"]),
                self.known.record("resources", {"title": row["resource"]}),
            )
            if one is None or resource is None:
                sentence = _("The field of action or the resource is not in the file.")
                self._wrong("resource_entries", number, row, sentence, left_out=True)
                continue
            place = self.places["resources", one.pk]
            added = joined(ResourceInField, "resource", resource, one, place)
            self.places["resources", one.pk] += added
            self._count("resource_entries", "added" if added else "unchanged")

    def _parts(self, name: str, model: Any, parent: str, same: tuple[str, ...]) -> None:
        """Rows below a measure or a goal; the same row again is the one that is there."""
        if not self.read.of(name):
            return
        there = {tuple(getattr(one, part) for part in same): one for one in model.objects.all()}
        for number, row in self.read.of(name):
            above = self.known.record(f"{parent}s", {"title": row[parent]})
            if above is None:
                sentence = _("“%(title)s” is not in the file.") % {"title": row[parent]}
                self._wrong(name, number, row, sentence, left_out=True)
                continue
            values = {key: value for key, value in row.items() if key != parent}
            fresh = model(**{f"{parent}_id": above.pk}, **values)
            found = there.get(tuple(getattr(fresh, part) for part in same))
            if made := self._saved(name, number, found or fresh, values, is_new=found is None):
                there[tuple(getattr(made, part) for part in same)] = made

    def _texts(self) -> None:
        texts = Texts()
        for number, row in self.read.of("texts"):
            record = self._translated(row)
            wrong = _("“%(title)s” is not in the file.") % {"title": row["record"]} if record is None else ""
            if wrong := wrong or wrong_with(record, row):
                self._wrong("texts", number, row, wrong, left_out=True)
                continue

            def save(translated: Any, values: Row, is_new: bool, number: int = number) -> Any:
                return self._saved("texts", number, translated, values, is_new=is_new)

            texts.take(record, row, save)

    def _translated(self, row: Row) -> Any:
        """The record that a translation belongs to."""
        match row["kind"]:
            case "concept":
                return self.concept if row["record"] == self.concept.slug else None
            case "field":
                return self.fields.of(row["record"])
            case kind:
                return self.known.record(f"{kind}s", {"title": row["record"]})

    # ---- storing ---------------------------------------------------------------------------------------------------

    was_changed = False

    def _saved(
        self, section: str, number: int, record: Any, row: Row, *, is_new: bool = False, counts: bool = True
    ) -> Any:
        """The record with the row's values, or None where the database refuses them, which is listed."""
        try:
            with transaction.atomic():
                return self._stored(section, record, row, is_new=is_new, counts=counts)
        except IntegrityError as refusal:
            name = getattr(getattr(refusal.__cause__, "diag", None), "constraint_name", "")
            words = REFUSED.get(name)
            sentence = words() if words else _("This contradicts another row (%(rule)s).") % {"rule": name}
            self._wrong(section, number, row, sentence, left_out=True)
            return None

    def _stored(
        self, section: str, record: Any, row: Row, *, is_new: bool = False, counts: bool = True
    ) -> Any:
        values = dict(row)
        if section != "texts":  # whose values are the translation's own already
            values = {
                column.field: row[column.name] for column in BY_NAME[section].columns if column.name in row
            }
        if "is_public" in values:
            public = values.pop("is_public")
            if public or record.visibility == Visibility.PUBLIC:
                values["visibility"] = Visibility.PUBLIC if public else Visibility.TENANT
        values = {name: value for name, value in values.items() if _is_column(record, name)}
        if "manual_light" in values and values["manual_light"] != getattr(record, "manual_light", ""):
            values["manual_at"] = timezone.now() if values["manual_light"] else None
        changed = differing(record, values)
        for name in changed:
            setattr(record, name, values[name])
        if is_new:
            record.save()
        elif changed:
            record.save(
                update_fields=[*changed, *(["changed_at"] if _is_column(record, "changed_at") else [])]
            )
        self.was_changed = bool(changed)
        if counts:
            self._count(section, "added" if is_new else "changed" if changed else "unchanged")
        return record


def _is_column(record: models.Model, name: str) -> bool:
    return any(name in (one.name, one.attname) for one in record._meta.concrete_fields)
