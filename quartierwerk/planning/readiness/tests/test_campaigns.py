"""R2.03, W2.4: organisations confirm by the directory's mail; the rate is live, the close stays."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from quartierwerk import rights
from quartierwerk.directory.models import Organisation
from quartierwerk.directory.tests import factories as directory
from quartierwerk.directory.upkeep import actions as upkeep
from quartierwerk.directory.upkeep.rules import Step
from quartierwerk.messages.models import Outgoing
from quartierwerk.messages.models import State as MailState
from quartierwerk.rights import Role
from quartierwerk.tenants.models import Visibility

from ...models import Campaign, CampaignAnswer, HintEvidence
from ...tests import factories
from .. import campaigns, evidence, snapshot
from ..campaigns import Refusal
from ..rules import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(cast):
    with cast.in_town():
        yield cast


@pytest.fixture
def by(town):
    return town.person(Role.COORDINATOR)


@pytest.fixture
def actors(town):
    """Two with a mail address, one without."""
    return [
        directory.organisation("Nähkreis", email="a@beispiel.example", topics=["language"]),
        directory.organisation("Sprachhaus", email="b@beispiel.example"),
        directory.organisation("Bauwagen"),
    ]


@pytest.fixture
def campaign(actors, by):
    until = timezone.localdate() + timedelta(days=30)
    return campaigns.start(factories.concept(), "Frühjahr", until, actors, by=by)


def mails() -> int:
    return Outgoing.objects.filter(kind__startswith="entry still true").count()


def test_starting_mails_who_has_an_address_and_lists_the_others_for_a_call(campaign):
    assert mails() == 2
    assert Organisation.objects.get(name="Bauwagen").confirmation == Step.PHONE
    assert campaigns.response(campaign) == (3, 0)


def test_whoever_says_still_true_has_answered(campaign, actors, by):
    """By whatever way: the directory's own word is the answer."""
    upkeep.confirm(actors[0], by=by)
    upkeep.confirm(actors[2], by=by)
    assert campaigns.response(campaign) == (3, 2)


def test_what_was_confirmed_before_the_question_is_no_answer(actors, by):
    for actor in actors:
        upkeep.confirm(actor, by=by)
    until = timezone.localdate() + timedelta(days=30)
    made = campaigns.start(factories.concept(), "Frühjahr", until, actors, by=by)
    assert campaigns.response(made) == (3, 0)


def test_an_open_question_is_not_mailed_twice_and_its_answer_counts(actors, by):
    upkeep.ask_now(actors[0], by=by)
    actors[0].refresh_from_db()
    until = timezone.localdate() + timedelta(days=30)
    made = campaigns.start(factories.concept(), "Frühjahr", until, actors, by=by)
    assert mails() == 2
    upkeep.confirm(actors[0], by=by)
    assert campaigns.response(made) == (3, 1)


def test_a_reminder_goes_to_the_silent_and_turns_into_a_call_where_mail_comes_back(campaign, actors, by):
    upkeep.confirm(actors[0], by=by)
    Outgoing.objects.filter(recipient="b@beispiel.example").update(state=MailState.BOUNCED)
    assert campaigns.remind(campaign, by=by) == (0, 1)
    assert Organisation.objects.get(name="Sprachhaus").confirmation == Step.PHONE
    with pytest.raises(campaigns.Refused) as refused:
        campaigns.remind(campaign, by=by)
    assert refused.value.reason == Refusal.REMINDED_LATELY


def test_two_reminders_are_enough(campaign, actors, by):
    sent = []
    for _ in range(4):
        sent.append(campaigns.remind(campaign, by=by)[0])
        Campaign.objects.update(reminded_at=timezone.now() - timedelta(days=4))
    assert sent == [2, 2, 0, 0]


def test_the_close_stays_whatever_is_confirmed_later(campaign, actors, by):
    directory.offer("Nähcafé", organisation=actors[0], topics=["language"])
    upkeep.confirm(actors[0], by=by)
    closed = campaigns.close(campaign, by=by)
    upkeep.confirm(actors[1], by=by)
    actors[1].delete()
    assert campaigns.response(closed) == (3, 1)
    assert closed.snapshot["topics"] == {"language": 1}
    assert [one["name"] for one in closed.snapshot["organisations"] if one["answered_on"]] == ["Nähkreis"]
    assert CampaignAnswer.objects.exclude(answered_at=None).count() == 1
    for refused in (campaigns.close, campaigns.remind):
        with pytest.raises(campaigns.Refused) as found:
            refused(closed, by=by)
        assert found.value.reason == Refusal.CLOSED


def test_a_closed_campaign_proves_the_first_hint_for_a_year(campaign, by):
    campaigns.close(campaign, by=by)
    assert HintEvidence.objects.get().kind == "campaign"
    today = timezone.localdate()
    for days, state in ((0, State.FULFILLED), (360, State.FULFILLED), (370, State.OUTDATED)):
        first = evidence.board(campaign.concept, today + timedelta(days=days))[0]
        assert first.judged.state == state


@pytest.mark.parametrize(
    ("days", "nobody", "reason"), [(0, False, Refusal.END_NOT_AHEAD), (30, True, Refusal.NOBODY)]
)
def test_a_campaign_that_cannot_work_asks_nobody(actors, by, days, nobody, reason):
    until = timezone.localdate() + timedelta(days=days)
    with pytest.raises(campaigns.Refused) as refused:
        campaigns.start(factories.concept(), "Frühjahr", until, [] if nobody else actors, by=by)
    assert refused.value.reason == reason
    assert (mails(), Campaign.objects.count()) == (0, 0)


def test_one_campaign_at_a_time(campaign, actors, by):
    with pytest.raises(campaigns.Refused) as refused:
        campaigns.start(campaign.concept, "Noch eine", campaign.closes_on, actors, by=by)
    assert refused.value.reason == Refusal.ANOTHER_OPEN
    assert mails() == 2


@pytest.mark.parametrize("role", [Role.PLANNER, Role.STEERING_MEMBER, Role.DEPARTMENT])
def test_others_ask_nobody(campaign, actors, town, role):
    for act in (campaigns.remind, campaigns.close):
        with pytest.raises(rights.Refused):
            act(campaign, by=town.person(role))


def test_the_workbook_says_who_answered_and_what_there_is(campaign, actors, by):
    directory.offer("=Nähcafé", organisation=actors[0], topics=["language"], kind="meeting_place")
    upkeep.confirm(actors[0], by=by)
    closed = campaigns.close(campaign, by=by)
    book = load_workbook(io.BytesIO(snapshot.workbook(closed.title, closed.snapshot)))
    assert len(book.sheetnames) == 4
    who = {row[0]: row[5] for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)}
    assert [name for name, day in who.items() if day] == ["Nähkreis"]
    assert book.worksheets[2]["A2"].value == "=Nähcafé"
    assert book.worksheets[2]["A2"].data_type == "s"


def test_words_are_taken_out_of_a_closed_campaign_and_the_reason_stays(campaign, by):
    closed = campaigns.close(campaign, by=by)
    before = closed.snapshot_sha256
    assert campaigns.redact(closed, "Nähkreis", "Einwilligung am 3. Mai widerrufen", by=by) == 1
    closed.refresh_from_db()
    assert "Nähkreis" not in str(closed.snapshot)
    assert (closed.redactions, closed.snapshot_sha256 != before) == (1, True)
    note = closed.redaction_notes.get()
    assert (note.reason, note.passages, note.sha256_before) == (
        "Einwilligung am 3. Mai widerrufen",
        1,
        before,
    )
    assert campaigns.redact(closed, "Nähkreis", "Noch einmal", by=by) == 0
    assert closed.redaction_notes.count() == 1


def test_only_what_the_portal_shows_is_kept_of_a_day(campaign, actors, by):
    """Who was taken off the directory since is counted, and named no more."""
    directory.offer("Nähcafé", organisation=actors[0], topics=["language"])
    Organisation.objects.filter(pk=actors[0].pk).update(visibility=Visibility.TENANT)
    closed = campaigns.close(campaign, by=by)
    assert closed.snapshot["asked"] == 3
    assert "Nähkreis" not in str(closed.snapshot)
    assert io.BytesIO(snapshot.workbook(closed.title, closed.snapshot)).getvalue()
