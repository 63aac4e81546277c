"""How long words and ways are kept: half a year after the end; what was checked stays (data protection §3)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ..models import VoiceState
from ..records import forget_original, kept_originals
from . import factories

pytestmark = pytest.mark.django_db


def test_originals_are_due_where_the_voice_is_over(cast):
    now = timezone.now()
    with cast.in_town():
        over = factories.published("Bank", state=VoiceState.ANSWERED, answered_at=now - timedelta(days=9))
        held = factories.voice("Schimpf", state=VoiceState.HELD, received_on=now.date() - timedelta(days=9))
        factories.voice("offen", received_on=now.date() - timedelta(days=999))
        due = kept_originals(now - timedelta(days=5))
        assert {one.voice_id for one in due} == {over.pk, held.pk}
        for one in due:
            forget_original(one)
        assert not kept_originals(now).exists()
        over.refresh_from_db()
        assert over.public_words == "Bank"
