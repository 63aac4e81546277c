"""What translators find of the plan: every text that visitors read."""

from django.utils.translation import gettext_lazy as _

from quartierwerk.languages import register as languages

from ..models import (
    Concept,
    FieldOfAction,
    Goal,
    GuidingPrinciple,
    Measure,
    Need,
    PrincipleParagraph,
)


def register() -> None:
    for kind in (
        languages.Kind("measures", _("Measures"), Measure, "planning_staff:measure", opens="planning.read_measures", last=True),
        languages.Kind("needs", _("Needs"), Need, "planning_staff:need", opens="planning.read_needs", last=True),
        languages.Kind("goals", _("Goals"), Goal, "planning_staff:goal", opens="planning.read", last=True),
        languages.Kind(
            "fields-of-action", _("Fields of action"), FieldOfAction, "planning_staff:field", title="name",
            opens="planning.read", last=True,
        ),
        languages.Kind("principles", _("Guiding principles"), GuidingPrinciple, "", order="title", last=True),
        # Once adopted its words are fixed; what they are in other languages may still be made better.
        languages.Kind(
            "principle-paragraphs", _("Paragraphs of guiding principles"), PrincipleParagraph,
            "planning_staff:principle_paragraph", title="text", order="position", opens="planning.read_editions",
            last=True, edited=False,
        ),
        languages.Kind("concepts", _("Concepts"), Concept, "", order="slug", last=True),
    ):  # fmt: skip
        languages.add(kind)
