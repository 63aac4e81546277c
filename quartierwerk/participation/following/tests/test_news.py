"""Whoever gave a voice hears when the need or the measure that came of it goes on (R8.04, R3.03)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quartierwerk.planning.measures import moves
from quartierwerk.planning.models import Need
from quartierwerk.planning.tests import factories as plan

from ...answering import actions as answering
from ...listing import rows
from ...models import Voice, VoiceNews, VoiceState
from ...tests import factories
from .test_following import opened, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(cast):
    """Answered yesterday, with a public need and its measure, which is not public."""
    with cast.in_town():
        yesterday = timezone.now() - timedelta(days=1)
        voice = factories.published(state=VoiceState.ANSWERED, answered_at=yesterday, language="ar")
        need = plan.need("Schwimmkurs", visibility="public", state="accepted")
        measure = plan.measure("Bad am Abend", stage="running", visibility="tenant")
        plan.linked(voice, need)
        plan.linked(need, measure)
        return voice, need, measure


def told(cast, voice, lang="de") -> str:
    return opened(cast, voice).get(page(cast, lang=lang)).content.decode()


def test_rejection_is_told_with_its_reason_and_waits_for_an_answer(cast, answered, coordinator, desk):
    voice, need, _measure = answered
    with cast.in_town():
        assert not rows.to_be_told(coordinator).exists()
        moves.move_need(need, "rejected", by=coordinator, reason="Das Bad schließt.")
        assert list(rows.to_be_told(coordinator)) == [voice]
    html = told(cast, voice)
    assert "abgelehnt" in html
    assert "Das Bad schließt." in html
    assert "مرفوضة" in told(cast, voice, "ar")
    assert (
        "Schwimmkurs: abgelehnt"
        in desk.get(f"/staff/{cast.town.slug}/work/?pile=voices-news").content.decode()
    )
    with cast.in_town():
        answering.answer(voice, answering.Answer("Leider nein.", "Rathaus"), by=coordinator)
        assert not rows.to_be_told(coordinator).exists()


def test_nothing_of_what_is_not_public_is_told(cast, answered, coordinator):
    voice, need, measure = answered
    with cast.in_town():
        Need.objects.update(visibility="tenant")
        moves.move_need(need, "rejected", by=coordinator, reason="Nur intern.")
        moves.move_measure(measure, "stopped", by=coordinator, reason="Auch intern.")
    html = told(cast, voice)
    assert not [words for words in ("abgelehnt", "intern", "Schwimmkurs", "Bad am Abend") if words in html]


def test_measure_that_goes_on_is_told_to_the_voices_behind_its_need(cast, answered, coordinator):
    voice, _need, measure = answered
    with cast.in_town():
        other = factories.voice()
        type(measure).objects.update(visibility="public")
        moves.move_measure(measure, "done", by=coordinator)
        assert list(VoiceNews.objects.values_list("voice", "measure", "became")) == [
            (voice.pk, measure.pk, "done")
        ]
        assert other not in rows.to_be_told(coordinator)
        assert list(rows.to_be_told(coordinator)) == [voice]
    assert "Es ist fertig." in told(cast, voice)


def test_step_on_the_way_asks_nobody_to_answer_again(cast, answered, coordinator):
    _voice, need, _measure = answered
    with cast.in_town():
        moves.move_need(need, "being_met", by=coordinator)
        assert VoiceNews.objects.get().became == "being_met"
        assert not rows.to_be_told(coordinator).exists()


def test_refused_step_and_voice_taken_back_leave_no_news(cast, answered, coordinator):
    voice, need, _measure = answered
    with cast.in_town():
        with pytest.raises(moves.NotPossible):
            moves.move_need(need, "rejected", by=coordinator, reason=" ")
        assert not VoiceNews.objects.exists()
        Voice.objects.filter(pk=voice.pk).update(
            state=VoiceState.WITHDRAWN, visibility="tenant", public_words=""
        )
        moves.move_need(need, "rejected", by=coordinator, reason="Kein Geld.")
        assert not VoiceNews.objects.exists()
