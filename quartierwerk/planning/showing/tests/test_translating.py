"""Translators find every text of the plan that visitors read, and are told what is missing or out of date."""

import pytest

from quartierwerk.languages.register import kind_named
from quartierwerk.planning.models import (
    FieldOfActionText,
    GuidingPrinciple,
    PrincipleParagraph,
    PrincipleVersion,
)
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role

pytestmark = pytest.mark.django_db
LIST = "/staff/musterstadt/translations/"


@pytest.fixture
def plan(cast):
    with cast.in_town():
        field = factories.field("Bildung und Sprache", description="Lernen und verstehen.")
        concept = field.concept
        principle = GuidingPrinciple.objects.create(concept=concept, title="Leitbild")
        version = PrincipleVersion.objects.create(principle=principle, number=1)
        paragraph = PrincipleParagraph.objects.create(
            version=version, key="offen", text="Wir begegnen einander offen."
        )
        return {
            "concepts": concept,
            "fields-of-action": field,
            "needs": factories.need(fields=[field]),
            "measures": factories.measure(fields=[field]),
            "goals": factories.goal(fields=[field]),
            "principles": principle,
            "principle-paragraphs": paragraph,
        }


def test_each_kind_has_its_list_and_a_page_for_each_language(cast, client, plan):
    client.force_login(cast.account[Role.TRANSLATOR])
    for name, record in plan.items():
        listed = client.get(LIST, {"kind": name, "language": "uk"}).content.decode()
        assert f"/{name}/{record.pk}/uk/" in listed, name
        assert client.get(f"{LIST}{name}/{record.pk}/uk/").status_code == 200, name


def test_what_content_editors_may_reword_opens_and_a_frozen_paragraph_does_not(cast, client, plan):
    client.force_login(cast.account[Role.CONTENT_EDITOR])
    for name, record in plan.items():
        expected = 200 if kind_named(name).edited else 404
        assert client.get(f"{LIST}{name}/{record.pk}/original/").status_code == expected, name
    assert not kind_named("principle-paragraphs").edited


def test_a_changed_original_outdates_its_translation(cast, client, plan):
    field = plan["fields-of-action"]
    with cast.in_town():
        FieldOfActionText.objects.create(
            record=field,
            text_name="name",
            language="uk",
            text="Освіта",
            state="human",
            source_text=field.name,
        )
    client.force_login(cast.account[Role.TRANSLATOR])
    outdated = {"kind": "fields-of-action", "language": "uk", "state": "outdated"}
    assert str(field.pk) not in client.get(LIST, outdated).content.decode()
    with cast.in_town():
        field.name = "Bildung, Sprache und Verständigung"
        field.save()
    assert str(field.pk) in client.get(LIST, outdated).content.decode()
