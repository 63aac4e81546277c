"""The duty to answer: terms, owners, somebody else who is responsible, what is overdue (R8.02)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from quartierwerk.languages.days import short_day
from quartierwerk.people.handover import Holder, Kind, handover
from quartierwerk.planning.steering.register import MUST, SHOULD
from quartierwerk.planning.tests import factories as plan
from quartierwerk.rights import Refused, Role, worker

from ... import terms
from ...checking.actions import hold
from ...following.actions import reopen
from ...models import AnswerTerm, Voice, VoiceState
from ...moving import NotNow
from ...tests import factories
from .. import actions
from ..agenda import waiting
from ..escalating import escalate

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(cast):
    with cast.in_town():
        voice = factories.published(language="ar", space=cast.middle)
        original = voice.original
        original.reach = "amina@beispiel.example"
        original.save()
        return voice


def url(cast, voice, last=""):
    return f"/staff/{cast.town.slug}/voices/{voice.pk}/{last}"


def now(cast, voice) -> Voice:
    with cast.in_town():
        return Voice.objects.get(pk=voice.pk)


def test_answer_reaches_the_giver_and_everybody(cast, checked, desk, mails):
    sent = {
        "outcome": "ours", "words": "Ab Mai gibt es einen Kurs.", "signed_as": "Koordinierungsstelle",
        "own_words": "ابتداءً من مايو توجد دورة.", "own_origin": "Sprachmittlerin",
    }  # fmt: skip
    desk.post(url(cast, checked, "answer/"), sent)
    voice = now(cast, checked)
    assert (voice.state, voice.owner_account_id) == ("answered", cast.account[Role.COORDINATOR].pk)
    for lang, words in (("de", "Ab Mai"), ("ar", "ابتداءً")):
        assert words in Client().get(f"/{lang}/{cast.town.slug}/voices/heard/").content.decode()
    with cast.in_town():
        (kept,) = voice.answers.all()
    opened = Client().get(f"/de/{cast.town.slug}/voices/answers/{kept.pk}/", follow=True)
    assert "Ab Mai" in opened.content.decode()
    page = desk.get(url(cast, checked)).content.decode()
    assert f"/voices/answers/{kept.pk}/" in page
    (mail,) = mails("voice answered")
    assert (mail.recipient, "Mai" in mail.text) == ("amina@beispiel.example", False)


def test_nobody_is_sent_away_without_an_address(cast, checked, desk):
    sent = {
        "outcome": "not_ours",
        "words": "Dafür ist ein anderes Amt da.",
        "signed_as": "Koordinierungsstelle",
    }
    assert desk.post(url(cast, checked, "answer/"), sent).status_code == 422
    desk.post(url(cast, checked, "answer/"), sent | {"body": "Region, Team Verkehr, 0511 000 90 1"})
    voice = now(cast, checked)
    assert (voice.state, voice.not_ours_body) == ("not_ours", "Region, Team Verkehr, 0511 000 90 1")
    with cast.in_town(), pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.filter(pk=checked.pk).update(not_ours_body="")


def test_unchecked_voice_cannot_be_answered(cast, coordinator):
    with cast.in_town():
        voice = factories.voice()
        with pytest.raises(NotNow):
            actions.answer(voice, actions.Answer("Ja", "Amt"), by=coordinator)
        with pytest.raises(NotNow):
            actions.take_up(voice, None, by=coordinator)


def test_planner_reads_and_does_not_answer(cast, checked):
    with cast.in_town(), pytest.raises(Refused):
        actions.answer(checked, actions.Answer("Ja", "Amt"), by=cast.person(Role.PLANNER))


def test_team_that_looks_after_it_reads_it(cast, checked, desk):
    with cast.in_town():
        team = plan.team()
    desk.post(url(cast, checked, "take-up/"), {"team": str(team.pk)})
    voice = now(cast, checked)
    assert (voice.state, voice.owner_team_id, voice.owner_account_id) == ("in_work", team.pk, None)


def test_term_is_the_municipality_s_own(cast, desk, coordinator):
    with cast.in_town():
        day = timezone.localdate()
        assert terms.due_on(cast.town, "idea", day) == day + timedelta(days=14)
    settings = f"/staff/{cast.town.slug}/voices/terms/"
    assert desk.post(settings, {"days": "0", "question_days": "2"}).status_code == 422
    desk.post(settings, {"days": "21", "question_days": "3"})
    desk.post(settings, {"days": "30", "question_days": "3"})
    with cast.in_town():
        assert AnswerTerm.objects.get().days == 30
        assert terms.due_on(cast.town, "idea", day) == day + timedelta(days=30)
    assert "30 Tag" in Client().get(f"/de/{cast.town.slug}/voices/").content.decode()


def test_overdue_and_unsolved_voices_are_one_item_of_the_main_concept_without_their_words(cast, coordinator):
    today = timezone.localdate()
    with cast.in_town():
        main, ageing = plan.concept(), plan.concept(slug="alter", kind="other", position=1)
        assert list(waiting(main, today, coordinator)) == []
        factories.published(state=VoiceState.IN_WORK, due_on=today, reopened_on=today)
        (calm,) = waiting(main, today, coordinator)
        for days in (1, 2):
            factories.published("Geheimwort", due_on=today - timedelta(days=days), space=cast.middle)
        factories.published(due_on=today)
        factories.published(state=VoiceState.ANSWERED, due_on=today - timedelta(days=9))
        (found,) = waiting(main, today, coordinator)
        assert list(waiting(ageing, today, coordinator)) == []
    assert (calm.weight, calm.query, len(calm.reasons)) == (SHOULD, "?due=reopened", 1)
    assert (found.weight, found.query, found.about) == (MUST, "?due=overdue", main.pk)
    assert short_day(today - timedelta(days=2)) in found.why
    assert short_day(today - timedelta(days=2)) in found.kept_reason
    assert [reason.split()[0] for reason in found.reasons] == ["2", "1"]
    told = " ".join((found.title, found.outside, found.why, found.kept_reason))
    assert found.outside
    assert not any(words in told for words in ("Geheimwort", "Mitte"))


def test_question_that_waits_too_long_is_passed_on_once(cast, mails):
    today, job = timezone.localdate(), worker("test", cast.town.pk)
    with cast.in_town():
        late = factories.voice("Brief", kind="question", due_on=today - timedelta(days=1))
        factories.voice("Miete", kind="question", due_on=today)
        factories.voice("Bank", due_on=today - timedelta(days=9))
        assert (escalate(today, by=job), escalate(today, by=job)) == (1, 0)
        assert Voice.objects.exclude(escalated_at=None).get() == late
    assert mails("question waits")


def test_answered_voice_is_not_taken_up(cast, coordinator, desk):
    with cast.in_town():
        voice = factories.published(state=VoiceState.ANSWERED, answered_at=timezone.now())
        with pytest.raises(NotNow):
            actions.take_up(voice, None, by=coordinator)
    assert "take-up/" not in desk.get(url(cast, voice)).content.decode()


def test_answer_that_cannot_be_given_now_keeps_what_was_typed(cast, desk):
    with cast.in_town():
        voice = factories.voice()
    sent = {"outcome": "ours", "words": "Ab Mai gibt es einen Kurs.", "signed_as": "Amt"}
    refused = desk.post(url(cast, voice, "answer/"), sent)
    assert refused.status_code == 409
    assert "Ab Mai gibt es einen Kurs." in refused.content.decode()


def test_answer_is_corrected_to_whoever_is_responsible(cast, coordinator):
    with cast.in_town():
        voice = factories.published(state=VoiceState.ANSWERED, answered_at=timezone.now())
        actions.answer(voice, actions.Answer("Nicht wir", "Amt", body="Region"), by=coordinator)
    assert now(cast, voice).state == "not_ours"


def test_held_words_are_read_only_by_those_who_check(cast, coordinator, desk):
    with cast.in_town():
        voice = factories.voice("Geheimwort", public_words="Geheimwort", state=VoiceState.CHECKED)
        hold(voice, "Beleidigt", by=coordinator)
    planner = Client()
    planner.force_login(cast.account[Role.PLANNER])
    assert "Geheimwort" not in planner.get(url(cast, voice)).content.decode()
    assert "Geheimwort" in desk.get(url(cast, voice)).content.decode()


def test_question_said_to_be_not_solved_is_passed_on_again(cast, coordinator, mails):
    today, job = timezone.localdate(), worker("test", cast.town.pk)
    with cast.in_town():
        voice = factories.voice("Brief", kind="question", due_on=today - timedelta(days=1))
        escalate(today, by=job)
        told = len(mails("question waits"))
        actions.answer(voice, actions.Answer("Ja", "Amt"), by=coordinator)
        again = reopen(voice, "Nein", by=coordinator)
        assert escalate(again.due_on + timedelta(days=1), by=job) == 1
    assert len(mails("question waits")) == 2 * told


def test_open_voices_are_handed_over_before_somebody_leaves(cast):
    account = cast.account[Role.COORDINATOR].pk
    leaving = Holder(Kind.PERSON, "Muster", account_id=account)
    with cast.in_town():
        mine = factories.published(owner_account_id=account)
        factories.published(owner_account_id=account, state=VoiceState.ANSWERED)
        team = plan.team()
        sort = handover.sorts["voices"]
        assert list(sort.rows(leaving)) == [mine]
        sort.give(mine, leaving, Holder(Kind.TEAM, "Team", team_id=team.pk))
        assert not sort.rows(leaving).exists()
        assert Voice.objects.get(owner_team=team) == mine
