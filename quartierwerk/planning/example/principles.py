"""The guiding principle in three versions: two adopted with the editions, one in consultation."""

from typing import Any

from quartierwerk.languages.states import TranslationState
from quartierwerk.tenants.models import Visibility

from ..models import (
    GuidingPrinciple,
    GuidingPrincipleText,
    MeasureCitesPrinciple,
    PrincipleComment,
    PrincipleParagraph,
    PrincipleParagraphText,
    PrincipleVersion,
)
from .editions import Editions
from .files import Entry, values
from .plan import Plan
from .rows import Rows


class Principles(Rows):
    """Version by version, since the database lets nothing be added to one that is adopted."""

    def __init__(self, plan: Plan, editions: Editions):
        super().__init__([PrincipleParagraph, PrincipleParagraphText, PrincipleComment])
        self.plan, self.editions = plan, editions

    def store(self) -> None:
        entry = self.plan.read("concept")["principle"]
        principle = GuidingPrinciple.objects.create(
            concept=self.plan.concept, title=entry["title"], visibility=Visibility.PUBLIC
        )
        for language, title in entry["titles"].items():
            self.add(_text(GuidingPrincipleText, principle, "title", language, title))
        for key, measures in entry["cited_by"].items():
            for measure in measures:
                self.add(
                    MeasureCitesPrinciple(
                        measure=self.plan.measures[measure], principle=principle, paragraph=key
                    )
                )
        for one in entry["versions"]:
            self.version(principle, one)

    def version(self, principle: GuidingPrinciple, entry: Entry) -> None:
        given = values(PrincipleVersion, entry) | {"state": PrincipleVersion.State.DRAFT, "adopted_on": None}
        version = PrincipleVersion.objects.create(principle=principle, **given)
        for position, one in enumerate(entry["paragraphs"]):
            row = self.add(
                PrincipleParagraph(**values(PrincipleParagraph, one), version=version, position=position)
            )
            for language, text in one.get("texts", {}).items():
                self.add(_text(PrincipleParagraphText, row, "text", language, text))
        for one in entry["comments"]:
            self.add(
                PrincipleComment(**values(PrincipleComment, one), version=version, passage=one["paragraph"])
            )
        self.write()
        self.rows = {model: [] for model in self.rows}
        version.state = entry["state"]
        if "decision" in entry:
            version.council_decision = self.editions.editions[entry["decision"]].decision
            version.adopted_on = values(PrincipleVersion, entry)["adopted_on"]
            version.visibility = Visibility.PUBLIC
        version.save()


def _text(model: Any, record: object, name: str, language: str, text: str) -> Any:
    return model(
        record=record,
        text_name=name,
        language=language,
        text=text,
        state=TranslationState.MACHINE,
        source_text=getattr(record, name),
        origin="team, unreviewed",
    )
