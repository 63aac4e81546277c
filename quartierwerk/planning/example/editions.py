"""Editions as they were adopted then: today's picture, less what came later, with what stood there before."""

from copy import deepcopy
from decimal import Decimal
from typing import Any

from quartierwerk.tenants.example import TODAY
from quartierwerk.tenants.models import Visibility

from ..editions import actions, picture
from ..models import CouncilDecision, Deferral, Edition, EditionComment
from .files import Entry, values
from .plan import Plan
from .rows import Rows

RECORDS = ("fields", "needs", "goals", "measures")


class Editions(Rows):
    def __init__(self, plan: Plan):
        super().__init__([CouncilDecision, Edition, Deferral, EditionComment])
        self.plan = plan
        self.editions: dict[str, Edition] = {}

    def store(self) -> None:
        editions = self.plan.read("editions")["editions"]
        # What was put off was named in the council's paper.
        named = [
            self.plan.measures[put_off["measure"]].pk for one in editions for put_off in one["deferrals"]
        ]
        today = picture.of_concept(self.plan.concept, TODAY, deferred={}, outside=(), becoming_public=named)
        for one in editions:
            self.edition(one, deepcopy(today))
        self.write()

    def edition(self, entry: Entry, content: dict[str, Any]) -> None:
        decision = self.add(
            CouncilDecision(
                **values(CouncilDecision, entry["decision"]),
                concept=self.plan.concept,
                visibility=Visibility.PUBLIC,
            )
        )
        self.as_then(content, entry)
        content["decision"] = actions.as_values(decision)
        content["edition"] = {"number": entry["number"], "title": entry["title"]}
        edition = self.editions[entry["key"]] = self.add(
            Edition(
                **values(Edition, entry),
                concept=self.plan.concept,
                decision=decision,
                content=content,
                content_sha256=picture.fingerprint(content),
                visibility=Visibility.PUBLIC,
            )
        )
        for one in entry["deferrals"]:
            measure = self.plan.measures[one["measure"]]
            self.add(Deferral(edition=edition, measure=measure, reason=one["reason"]))
        for one in entry["comments"]:
            passage = f"measure:{self.plan.measures[one['paragraph']].pk}"
            self.add(EditionComment(**values(EditionComment, one), edition=edition, passage=passage))

    def as_then(self, content: dict[str, Any], entry: Entry) -> None:
        """Turn today's picture into the edition's."""
        content["as_of"] = entry["adopted_at"]
        content["principle"] = self.principle(entry["key"])
        deferred = {one["measure"]: one["reason"] for one in entry["deferrals"]}
        for name in RECORDS:
            rows = self.ids(name)
            told = entry["as_then"][name]
            gone = {rows[key] for key in told["without"] if key not in deferred}
            content[name] = [row for row in content[name] if row["id"] not in gone]
            by_id = {row["id"]: row for row in content[name]}
            for key, changed in told["changed"].items():
                self.change(by_id[rows[key]], changed, entry)
            if name == "measures":
                for key, reason in deferred.items():
                    by_id[rows[key]]["deferred"] = reason
        self.leave_out_what_came_later(content, entry)

    def principle(self, edition: str) -> list[dict[str, Any]]:
        """As the same decision adopted it."""
        versions = self.plan.read("concept")["principle"]["versions"]
        paragraphs = next(one["paragraphs"] for one in versions if one.get("decision") == edition)
        return picture.principle_rows((one["key"], one["text"]) for one in paragraphs)

    def ids(self, name: str) -> dict[str, str]:
        return {key: str(row.pk) for key, row in getattr(self.plan, name).items()}

    def change(self, row: dict[str, Any], then: Entry, entry: Entry) -> None:
        """What the picture does not hold (a reason, a result) is no part of an edition."""
        for name, value in then.items():
            if name == "lead":
                row["lead"] = str(self.plan.teams[value])
            elif name == "takes_part":
                row["teams"] = sorted(str(self.plan.teams[number]) for number in value)
            elif name == "partners":
                row["partners"] = sorted(self.plan.organisations[key].name for key in value)
            elif name == "field":
                row["fields"] = [str(self.plan.fields[value].pk)]
            elif name == "planned_cents":
                row["costs"] = [row["costs"][0] | {"year": entry["year"], "planned_cents": value}]
            elif name == "hours_per_week":
                row[name] = f"{Decimal(value).normalize():f}"
            elif name in row:
                row[name] = value
        if row.get("evidence_kind") == "":
            row |= dict.fromkeys(("indicator_name", "unit", "baseline", "target", "target_on"), "")

    def leave_out_what_came_later(self, content: dict[str, Any], entry: Entry) -> None:
        known = {row["id"] for name in RECORDS for row in content[name]}
        for name in ("resources", *RECORDS[1:]):
            for row in content[name]:
                row["fields"] = [field for field in row["fields"] if field in known]
        content["resources"] = [row for row in content["resources"] if row["fields"]]
        for row in content["measures"]:
            row["needs"] = [key for key in row["needs"] if key in known]
            row["goals"] = [key for key in row["goals"] if key in known]
            row["costs"] = [line for line in row["costs"] if line["year"] <= entry["year"] + 1]
