"""R2.04: from the draft through the comments to the adopted version, and what cites it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quartierwerk import rights
from quartierwerk.rights import Role

from ...consulting import actions as consulting
from ...editions import picture
from ...models import (
    CouncilDecision,
    Decision,
    GuidingPrinciple,
    Meeting,
    PrincipleParagraph,
    PrincipleVersion,
)
from ...tests import factories
from .. import actions, pages
from ..rules import Refusal, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(cast):
    with cast.in_town():
        yield cast


@pytest.fixture
def by(town):
    return town.person(Role.COORDINATOR)


@pytest.fixture
def draft(by):
    version = actions.begin(factories.concept(), "Leitbild", by=by)
    actions.write(version, [("", "Wir begegnen einander offen."), ("", "Alle bringen etwas mit.")], by=by)
    return version


def council(**values) -> CouncilDecision:
    given = {"decided_on": timezone.localdate(), "votes_yes": 20, "votes_no": 3, **values}
    return CouncilDecision.objects.create(
        concept=factories.concept(), body="Rat", paper_number="2026/1", wording="Angenommen.", **given
    )


def consulted(draft, by):
    """In consultation, its last day over."""
    return over(actions.consult(draft, timezone.localdate() + timedelta(days=14), by=by))


def over(version):
    PrincipleVersion.objects.filter(pk=version.pk).update(
        consultation_until=timezone.localdate() - timedelta(days=1)
    )
    version.refresh_from_db()
    return version


def test_a_version_goes_from_draft_to_everybody(draft, by, town):
    version = actions.consult(draft, timezone.localdate() + timedelta(days=1), by=by)
    said = consulting.comment(version, "Bitte kürzer.", passage="wir-begegnen-einander-offen", by=by)
    with pytest.raises(actions.Refused) as refused:
        actions.adopt(version, council_decision=council(), by=by)
    assert set(refused.value.reasons) == {Refusal.STILL_CONSULTED, Refusal.UNANSWERED}
    consulting.answer(said, "Übernommen.", by=by)
    version = actions.adopt(over(version), council_decision=CouncilDecision.objects.get(), by=by)
    assert (version.state, version.adopted_on) == (State.ADOPTED, timezone.localdate())
    with town.at_portal():
        assert GuidingPrinciple.published.exists()
        assert PrincipleParagraph.published.count() == 2
        assert CouncilDecision.published.exists()


def test_a_group_decides_with_a_quorum_only(draft, by):
    version = consulted(draft, by)
    meeting = factories.meeting()
    given = {"meeting": meeting, "words": "Das Leitbild gilt.", "decided_on": timezone.localdate()}
    recommended = Decision.objects.create(kind=Decision.Kind.RECOMMENDATION, **given)
    with pytest.raises(actions.Refused) as refused:
        actions.adopt(version, group_decision=recommended, by=by)
    assert refused.value.reasons == [Refusal.ONLY_RECOMMENDED, Refusal.MINUTES_OPEN]
    decided = Decision.objects.create(**given)
    with pytest.raises(actions.Refused) as refused:
        actions.adopt(version, group_decision=decided, by=by)
    assert refused.value.reasons == [Refusal.MINUTES_OPEN]
    Meeting.objects.filter(pk=meeting.pk).update(frozen_at=timezone.now())
    decided.refresh_from_db()
    assert actions.adopt(version, group_decision=decided, by=by).group_decision == decided


@pytest.mark.parametrize(
    ("votes", "refusal"),
    [({"votes_yes": 3, "votes_no": 20}, Refusal.NOT_CARRIED), ({"votes_yes": None, "votes_no": None}, Refusal.NOT_CARRIED)],
)  # fmt: skip
def test_a_council_that_did_not_carry_it_adopts_nothing(draft, by, votes, refusal):
    version = consulted(draft, by)
    with pytest.raises(actions.Refused) as refused:
        actions.adopt(version, council_decision=council(**votes), by=by)
    assert refusal in refused.value.reasons
    version.refresh_from_db()
    assert version.state == State.CONSULTATION


def test_only_a_draft_is_written(draft, by):
    version = consulted(draft, by)
    with pytest.raises(actions.Refused) as refused:
        actions.write(version, [("", "Neu")], by=by)
    assert refused.value.reasons == [Refusal.NOT_A_DRAFT]


def test_the_next_version_keeps_keys_and_translations_and_the_measure_its_reason(draft, by):
    first = draft.paragraphs.first()
    first.translations.create(text_name="text", language="en", text="We meet openly.", source_text=first.text)
    version = actions.adopt(consulted(draft, by), council_decision=council(), by=by)
    field = factories.field()
    measure = factories.measure(fields=[field])
    keys = [row.key for row in version.paragraphs.all()]
    actions.cite(measure, version.principle, keys, by=by)
    following = actions.open_version(version.principle, by=by)
    assert following.paragraphs.first().translations.get().text == "We meet openly."
    actions.write(following, [(keys[0], "Wir begegnen einander offen und neugierig.")], by=by)
    assert [row.key for row in following.paragraphs.all()] == keys[:1]
    assert [turn.word for turn in pages.difference(version, following)]
    actions.adopt(consulted(following, by), council_decision=CouncilDecision.objects.get(), by=by)
    cited = pages.reasons(measure)[0].cited
    assert [(one.key, bool(one.text)) for one in cited] == [(keys[0], True), (keys[1], False)]


def test_an_edition_freezes_the_version_that_holds(draft, by):
    assert picture.of_concept(draft.principle.concept, timezone.localdate())["principle"] == []
    actions.adopt(consulted(draft, by), council_decision=council(), by=by)
    following = actions.open_version(draft.principle, by=by)
    actions.write(following, [("", "Nur ein Entwurf.")], by=by)
    held = picture.of_concept(draft.principle.concept, timezone.localdate())["principle"]
    assert [one["text"] for one in held] == ["Wir begegnen einander offen.", "Alle bringen etwas mit."]


def test_one_version_is_in_work_at_a_time(draft, by):
    with pytest.raises(actions.Refused) as refused:
        actions.open_version(draft.principle, by=by)
    assert refused.value.reasons == [Refusal.ANOTHER_OPEN]


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.STEERING_MEMBER, Role.TRANSLATOR])
def test_others_comment_and_do_not_write(draft, by, town, role):
    version = actions.consult(draft, timezone.localdate() + timedelta(days=1), by=by)
    other = town.person(role)
    consulting.comment(version, "Gut.", by=other)
    for refused in (
        lambda: actions.write(version, [("", "Neu")], by=other),
        lambda: actions.adopt(version, council_decision=council(), by=other),
        lambda: actions.open_version(version.principle, by=other),
    ):
        with pytest.raises(rights.Refused):
            refused()
