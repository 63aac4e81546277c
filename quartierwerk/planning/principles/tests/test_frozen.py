"""What the database itself keeps of an adopted version, also from bulk writes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from quartierwerk.privacy import history
from quartierwerk.rights import Role
from quartierwerk.tenants.models import Visibility

from ...models import (
    CouncilDecision,
    PrincipleParagraph,
    PrincipleParagraphText,
    PrincipleVersion,
    Redaction,
)
from ...tests import factories
from .. import actions

pytestmark = pytest.mark.django_db
ADOPTED = {"state": "adopted", "adopted_on": date(2026, 3, 12), "visibility": Visibility.PUBLIC}


@pytest.fixture
def adopted(cast):
    with cast.in_town():
        version = factories.principle_version(1, "Wir begegnen einander offen.")
        decision = CouncilDecision.objects.create(
            concept=factories.concept(),
            body="Rat",
            paper_number="2026/031",
            decided_on=date(2026, 3, 12),
            is_unanimous=True,
            wording="Das Leitbild wird beschlossen.",
        )
        PrincipleVersion.objects.filter(pk=version.pk).update(council_decision=decision, **ADOPTED)
        yield version


CHANGES = {
    "another text": lambda version: version.paragraphs.update(text="Wir nicht."),
    "a paragraph less": lambda version: version.paragraphs.all().delete(),
    "a paragraph more": lambda version: PrincipleParagraph.objects.create(version=version, key="p9", text="Neu"),
    "a paragraph moved in": lambda version: factories.principle_version(2, "Neu").paragraphs.update(
        version=version, key="p9"
    ),
    "back to a draft": lambda version: PrincipleVersion.objects.filter(pk=version.pk).update(
        state="draft", council_decision=None, adopted_on=None
    ),
    "deleted": lambda version: version.delete(),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_changes_an_adopted_version(adopted, change):
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        CHANGES[change](adopted)


def test_a_frozen_paragraph_is_still_translated_and_shown(adopted, cast):
    paragraph = adopted.paragraphs.get()
    assert paragraph.visibility == Visibility.PUBLIC
    PrincipleParagraphText.objects.create(
        record=paragraph, text_name="text", language="en", text="We meet openly."
    )
    with cast.at_portal():
        assert PrincipleParagraphText.published.count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "keeper"])
def test_a_passage_is_taken_out_beside_a_note_and_its_translations_stay_current(adopted, cast):
    paragraph = adopted.paragraphs.get()
    PrincipleParagraphText.objects.create(
        record=paragraph, text_name="text", language="en", text="We are offen.", source_text=paragraph.text,
        checked_by="test_group", checked_text="We are offen.",
    )  # fmt: skip
    assert actions.redact(adopted, "offen", "Art. 17", by=cast.person(Role.COORDINATOR)) == 4
    paragraph.refresh_from_db()
    assert paragraph.text == "Wir begegnen einander […]."
    translated = paragraph.translations.get()
    assert (translated.text, translated.source_text) == ("We are […].", paragraph.text)
    assert translated.checked_text == translated.text
    assert (
        not history.events_of(PrincipleParagraphText).objects.filter(checked_text__contains="offen").exists()
    )
    assert Redaction.objects.get().version == adopted
    assert not history.events_of(PrincipleParagraph).objects.filter(text__contains="offen").exists()
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        PrincipleParagraph.objects.update(text="Wir begegnen niemandem […].")


@pytest.mark.parametrize("values", [ADOPTED, {"state": "adopted"}])
def test_nothing_is_adopted_without_a_decision(cast, values):
    with cast.in_town():
        version = factories.principle_version()
        with pytest.raises(IntegrityError, match="principle_adopted_by_decision"), transaction.atomic():
            PrincipleVersion.objects.filter(pk=version.pk).update(**values)


def test_one_version_is_in_work_at_a_time(cast):
    with cast.in_town():
        factories.principle_version(1)
        with pytest.raises(IntegrityError, match="principle_one_open"), transaction.atomic():
            factories.principle_version(2)
