from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from quartierwerk.rights import Role

from ...models import VoiceState
from ...tests import factories

pytestmark = pytest.mark.django_db


def listed(client, cast, query="") -> str:
    return client.get(f"/staff/{cast.town.slug}/voices/{query}").content.decode()


def test_filters_narrow_and_nonsense_says_nothing(cast, desk):
    today = timezone.localdate()
    with cast.in_town():
        factories.published("Bank am Fluss", space=cast.middle, due_on=today - timedelta(days=1))
        factories.published("Kurs am Abend", state=VoiceState.ANSWERED, language="uk")
    assert "Kurs" not in listed(desk, cast, "?due=overdue")
    assert "Bank" in listed(desk, cast, "?due=overdue")
    assert "Bank" not in listed(desk, cast, "?space=none&language=uk")
    assert "Bank" in listed(desk, cast, "?state=nonsense&space=nonsense")


def test_community_worker_sees_her_quarter_only(cast):
    client = Client()
    client.force_login(cast.account[Role.COMMUNITY_WORKER])
    with cast.in_town():
        factories.published("Bank am Fluss", space=cast.middle)
        factories.published("Kurs am Abend", space=cast.old)
    html = listed(client, cast)
    assert "Bank" in html
    assert "Kurs" not in html


def test_public_list_is_by_quarter_and_shows_the_answer(cast):
    with cast.in_town():
        voice = factories.published("Bank am Fluss", space=cast.middle)
        factories.answer("Sie steht seit Mai.", voice=voice)
        factories.published("Kurs am Abend", space=cast.old)
    page = f"/de/{cast.town.slug}/voices/heard/"
    html = Client().get(f"{page}?space={cast.middle.pk}").content.decode()
    assert "Sie steht seit Mai." in html
    assert "Kurs am Abend" not in html
    assert "Kurs am Abend" in Client().get(f"{page}?space=nonsense").content.decode()


def test_questions_wait_on_a_page_of_their_own(cast, desk):
    with cast.in_town():
        factories.voice("Brief vom Amt", kind="question")
    assert "Brief vom Amt" in desk.get(f"/staff/{cast.town.slug}/voices/questions/").content.decode()
    assert "Brief vom Amt" not in Client().get(f"/de/{cast.town.slug}/voices/heard/").content.decode()
