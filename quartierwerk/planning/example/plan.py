"""Concept, fields, matrix, teams, measures with money and reports, and what led to what."""

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from quartierwerk.chain.models import InChain, Link, Relation
from quartierwerk.directory.models import Offer, Organisation, Wish
from quartierwerk.languages.names import sort_key
from quartierwerk.languages.states import TranslationState
from quartierwerk.people.models import Account, Membership
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Role
from quartierwerk.tenants import example
from quartierwerk.tenants.models import Tenant, Visibility

from ..models import (
    Concept,
    CostLine,
    FieldChange,
    FieldMapping,
    FieldOfAction,
    Goal,
    GoalInField,
    GoalValue,
    Measure,
    MeasureInField,
    MeasurePartner,
    MeasureResource,
    MeasureTeam,
    Milestone,
    Need,
    NeedInField,
    Obstacle,
    ObstacleStep,
    PlanLink,
    Resource,
    ResourceInField,
    StaffPost,
    StateReport,
    Team,
    TeamMember,
    TeamSuccession,
    UpdateLink,
)
from . import files
from .files import Entry, values
from .rows import Rows

# What the town shows: needs once they are accepted, measures once the council adopted them.
HELD_BACK = {"new", "proposed", "prioritised"}
REPORTED_ON = 5  # the day of the month after
PLAN_WRITTEN_ON = date(2026, 3, 12)  # the council's decision on the newest edition
LINK_LASTS = timedelta(days=45)


class Plan(Rows):
    """The plan of one municipality."""

    def __init__(self, town: Tenant):
        super().__init__([Concept, FieldOfAction, Team, Resource, Need, Measure, Goal, Obstacle])
        self.town = town
        self.spaces = {space.name: space for space in SocialSpace.objects.all()}
        self.organisations = _by_source_id(Organisation)
        self.offers = _by_source_id(Offer)
        self.accounts = {
            account.email.partition("@")[0]: account.pk
            for account in Account.objects.filter(email__endswith=f"@{town.slug}.example")
        }
        self.fields: dict[str, FieldOfAction] = {}
        self.teams: dict[str, Team] = {}
        # By their key in the files.
        self.needs: dict[str, Need] = {}
        self.measures: dict[str, Measure] = {}
        self.goals: dict[str, Goal] = {}

    def store(self) -> None:
        matrix = files.read(files.MATRIX)
        self.concept_and_fields(matrix, self.read("concept"))
        self.all_teams(self.read("teams"))
        self.matrix(matrix)
        self.further_texts(self.read("texts"))
        self.hindered_and_tied(self.read("concept"))
        self.posts(self.read("posts"))
        self.update_links(self.read("steering")["update_links"])
        self.led_to()
        self.write()
        self.department_accounts()

    def read(self, name: str) -> Any:
        return files.read(files.FILES / self.town.slug / f"{name}.json")

    # Concept, fields, teams

    def concept_and_fields(self, matrix: Entry, entry: Entry) -> None:
        self.concept = self.add(Concept(**values(Concept, entry["concept"]), visibility=Visibility.PUBLIC))
        more = {field["catalogue_code"]: field for field in entry["fields"]}
        self.codes = {field["name"]: field["code"] for field in matrix["fields"]}
        for position, field in enumerate(matrix["fields"]):
            row = FieldOfAction(
                concept=self.concept,
                name=field["name"],
                catalogue_code=field["code"],
                topics=more[field["code"]]["topics"],
                is_detailed=field.get("is_detailed", True),
                position=position,
            )
            row.fill_keys()
            self.fields[field["code"]] = self.add(row)
        for change in entry["field_changes"]:
            ends = {end: self.fields.get(change[end]) for end in ("earlier", "later")}
            self.add(FieldChange(**values(FieldChange, change), **ends, concept=self.concept))
        for mapping in entry["field_mappings"]:
            field, code = self.fields[mapping["field"]], mapping["code"]
            self.add(FieldMapping(field=field, catalogue_code=code, note=mapping["note"]))

    def all_teams(self, entry: Entry) -> None:
        for position, one in enumerate(entry["teams"]):
            team = Team(**values(Team, one), position=position, visibility=Visibility.PUBLIC)
            team.sort_key = sort_key(str(team))
            self.teams[one["number"]] = self.add(team)
            for member in one["members"]:
                account = self.accounts.get(member.get("account", ""))
                self.add(TeamMember(**values(TeamMember, member), team=team, account_id=account))
        for one in entry["successions"]:
            ends = {end: self.teams[one[end]] for end in ("earlier", "later")}
            self.add(TeamSuccession(**values(TeamSuccession, one), **ends))

    def department_accounts(self) -> None:
        """The example's department lead works for the team in which she is a member."""
        for member in self.rows[TeamMember]:
            Membership.objects.filter(
                tenant=self.town,
                role=Role.DEPARTMENT,
                account=getattr(member, "account_id", None),
            ).update(team_id=getattr(member, "team_id", None))

    # Resources, needs, measures, goals

    def matrix(self, matrix: Entry) -> None:
        """In the fields and the order of the file that everybody can read in; the rest from the example's files."""
        used = {one["title"]: one for one in self.read("resources")}
        resources = {one["title"]: self.resource(used[one["title"]]) for one in matrix["resources"]}
        for position, one in enumerate(matrix["resource_entries"]):
            field = self.fields[self.codes[one["field"]]]
            self.add(ResourceInField(resource=resources[one["resource"]], field=field, position=position))
        measures = files.measures(self.town.slug)
        tables: tuple[tuple[str, list[Entry], Any, dict[str, Any], Any, str], ...] = (
            ("measures", measures, self.measure, self.measures, MeasureInField, "measure"),
            ("needs", self.read("needs"), self.need, self.needs, NeedInField, "need"),
            ("goals", self.read("goals"), self.goal, self.goals, GoalInField, "goal"),
        )
        for names, entries, make, kept, between, end in tables:
            known = {one["title"]: one for one in entries}
            for position, one in enumerate(matrix[names]):
                entry = known[one["title"]]
                row = kept[entry["key"]] = make(entry)
                for name in one["fields"]:
                    field = self.fields[self.codes[name]]
                    self.add(between(**{end: row}, field=field, position=position))
        for title, resource in resources.items():
            for key in used[title]["measures"]:
                self.add(MeasureResource(measure=self.measures[key], resource=resource))

    def resource(self, entry: Entry) -> Resource:
        row = Resource(
            **values(Resource, entry),
            organisation=self.organisations.get(entry["organisation"]),
            offer=self.offers.get(entry.get("offer", "")),
            visibility=Visibility.PUBLIC,
        )
        row.fill_keys()
        return self.add(row)

    def need(self, entry: Entry) -> Need:
        given = values(Need, entry)
        row = Need(
            **given,
            entered_on=given["noticed_on"],
            space=self.spaces.get(entry["quarter"]),
            visibility=_shown(entry["state"]),
        )
        row.fill_keys()
        return self.add(row)

    def goal(self, entry: Entry) -> Goal:
        row = Goal(**values(Goal, entry), visibility=Visibility.PUBLIC)
        row.fill_keys()
        for day, value, note in entry["values"]:
            self.add(GoalValue(**values(GoalValue, {"on": day, "value": value, "note": note}), goal=row))
        return self.add(row)

    def measure(self, entry: Entry) -> Measure:
        scores = {f"score_{name}": score for name, score in entry["scores"].items()}
        row = Measure(
            **values(Measure, entry),
            **scores,
            space=self.spaces.get(entry["quarter"]),
            lead_team=self.teams[entry["lead"]],
            lead_account_id=self.accounts.get(entry.get("lead_account", "")),
            visibility=_shown(entry["stage"]),
            changed_at=files.moment(_last_day(entry).isoformat()),
        )
        row.fill_keys()
        self.texts(row, entry.get("texts", {}))
        for part in MeasureTeam.Takes:
            for number in entry[part.value]:
                self.add(MeasureTeam(measure=row, team=self.teams[number], part=part.value))
        for partner in entry["partners"]:
            organisation = self.organisations.get(partner)
            name = "" if organisation else partner
            self.add(MeasurePartner(measure=row, organisation=organisation, name=name))
        for position, (title, due, done) in enumerate(entry["milestones"]):
            step = values(Milestone, {"title": title, "due_on": due, "done_on": done})
            self.add(Milestone(**step, measure=row, position=position))
        for line in entry["costs"]:
            self.add(CostLine(**values(CostLine, line), measure=row))
        for month, (light, words) in entry["reports"].items():
            self.report(row, date.fromisoformat(f"{month}-01"), light, words)
        return self.add(row)

    def report(self, measure: Measure, month: date, light: str, words: str) -> None:
        self.add(
            StateReport(
                measure=measure,
                team=measure.lead_team,
                month=month,
                light_said=light,
                words=words,
                at=files.moment(_reported_on(month).isoformat()),
            )
        )

    def texts(self, record: Any, languages: Entry) -> None:
        """record: a Translatable; languages: {language: {name of the text: its words}}"""
        made_of: Any = record._meta.get_field("translations").related_model
        for language, texts in languages.items():
            for name, text in texts.items():
                self.add(
                    made_of(
                        record=record,
                        text_name=name,
                        language=language,
                        text=text,
                        state=TranslationState.MACHINE,
                        source_text=getattr(record, name),
                        origin="team, unreviewed",
                    )
                )

    def further_texts(self, entry: Entry) -> None:
        """Those that stand in a file of their own, by the keys of their records."""
        self.texts(self.concept, entry["concept"])
        known: dict[str, dict[str, Any]] = {
            "fields": self.fields, "needs": self.needs, "goals": self.goals, "measures": self.measures,
        }  # fmt: skip
        for name, records in known.items():
            for key, languages in entry[name].items():
                self.texts(records[key], languages)

    # What hangs on them

    def hindered_and_tied(self, entry: Entry) -> None:
        for one in entry["obstacles"]:
            obstacle = self.add(
                Obstacle(
                    **values(Obstacle, one),
                    measure=self.measures.get(next(iter(one.get("measures", ())), "")),
                    need=self.needs.get(next(iter(one.get("needs", ())), "")),
                    visibility=Visibility.PUBLIC,
                )
            )
            for step in one["steps"]:
                self.add(ObstacleStep(**values(ObstacleStep, step), obstacle=obstacle))
        for one in entry["plan_links"]:
            self.add(
                PlanLink(
                    **values(PlanLink, one),
                    space=self.spaces.get(one.get("quarter", "")),
                    measure=self.measures.get(one.get("measure", "")),
                    concept=self.concept,
                    visibility=Visibility.PUBLIC,
                )
            )

    def posts(self, entries: list[Entry]) -> None:
        for one in entries:
            self.add(
                StaffPost(
                    **values(StaffPost, one),
                    measure=self.measures.get(one["measure"]),
                    team=self.teams[one["team"]],
                    space=self.spaces.get(one["quarter"]),
                    office=self.organisations.get(one.get("office", "")),
                )
            )

    def update_links(self, entries: list[Entry]) -> None:
        """They keep their distance from today, so that none is erased on the first day."""
        since = timezone.localdate() - example.TODAY
        for one in entries:
            sent = files.moment(one["sent_at"]) + since
            answered = one["answered_at"] and files.moment(one["answered_at"]) + since
            self.add(
                UpdateLink(
                    team=self.teams[one["team"]],
                    month=date.fromisoformat(f"{one['month']}-01"),
                    token_hash=hashlib.sha256(secrets.token_bytes(16)).hexdigest(),
                    sent_at=sent,
                    reminded=one["reminded"],
                    answered_at=answered,
                    valid_until=sent + LINK_LASTS,
                )
            )

    def led_to(self) -> None:
        wishes = {wish.words: wish for wish in Wish.objects.all()}
        for one in self.read("needs"):
            need = self.needs[one["key"]]
            for words in one.get("wishes", ()):
                self.link(wishes[words], need, Relation.LED_TO)
            for key in one["measures"]:
                self.link(need, self.measures[key], Relation.LED_TO)
        for one in files.measures(self.town.slug):
            measure = self.measures[one["key"]]
            for key in one["goals"]:
                self.link(measure, self.goals[key], Relation.MEASURED_BY)
            for key in one.get("offers", ()):
                self.link(measure, self.offers[key], Relation.LED_TO)

    def link(self, source: InChain, target: InChain, relation: Relation) -> None:
        ends = {"source_id": source.element_id, "target_id": target.element_id}
        self.add(Link(**ends, relation=relation))


def _by_source_id(model: type[Organisation] | type[Offer]) -> dict[str, Any]:
    return {row.source_id: row for row in model.objects.filter(source="example")}


def _last_day(entry: Entry) -> date:
    """On which something about a measure was entered: the newest report or step, else when the plan was written."""
    reports = [_reported_on(date.fromisoformat(f"{month}-01")) for month in entry["reports"]]
    steps = [date.fromisoformat(done) for _title, _due, done in entry["milestones"] if done]
    return max((day for day in (*reports, *steps) if day <= example.TODAY), default=PLAN_WRITTEN_ON)


def _reported_on(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=REPORTED_ON)


def _shown(state: str) -> str:
    return Visibility.TENANT if state in HELD_BACK else Visibility.PUBLIC
