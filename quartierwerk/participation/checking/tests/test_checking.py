"""Nothing is published before a person's check; names and numbers masked, insults held back (R8.10, W8.1)."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from quartierwerk.rights import Refused, Role

from ...masking import Mark
from ...models import Voice, VoiceState
from ...moving import NotNow
from ...tests import factories
from .. import actions
from ..staff import parts

pytestmark = pytest.mark.django_db

WORDS = "Meine Nachbarin hat die Nummer 0511 123456 und kein Licht im Flur."


@pytest.fixture
def voice(cast):
    with cast.in_town():
        return factories.voice(WORDS, space=cast.middle)


def url(cast, voice):
    return f"/staff/{cast.town.slug}/voices/{voice.pk}/check/"


def post(browser, cast, voice, values, page=None):
    """The form as it was filled in on the page as it is now, or as it was."""
    page = page or browser.get(url(cast, voice))
    return browser.post(url(cast, voice), {"read": page.context["form"].initial["read"]} | values)


def now(cast, voice) -> Voice:
    with cast.in_town():
        return Voice.objects.get(pk=voice.pk)


def heard(cast, lang="de") -> str:
    return Client().get(f"/{lang}/{cast.town.slug}/voices/heard/").content.decode()


def test_unchecked_voice_is_read_by_nobody_else(cast, voice):
    assert "Licht" not in heard(cast)
    with cast.at_portal():
        assert not Voice.published.exists()
        assert not Voice.everywhere.exists()
    planner = Client()
    planner.force_login(cast.account[Role.PLANNER])
    page = planner.get(f"/staff/{cast.town.slug}/voices/{voice.pk}/")
    assert page.status_code == 200
    assert "Licht" not in page.content.decode()


def test_database_refuses_a_public_voice_that_nobody_checked(cast, voice):
    with cast.in_town(), pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.filter(pk=voice.pk).update(visibility="public")


def test_marker_proposes_and_the_person_decides(cast, voice, desk):
    assert "<mark>0511 123456" in desk.get(url(cast, voice)).content.decode()
    refused = post(desk, cast, voice, {"words": WORDS, "decision": "publish"})
    assert refused.status_code == 422
    assert "Telefonnummer" in refused.content.decode()
    assert "Licht" not in heard(cast)
    post(desk, cast, voice, {"words": "Kein Licht im Flur.", "decision": "publish", "topics": ["housing"]})
    assert "Kein Licht im Flur." in heard(cast)
    assert "0511 123456" not in heard(cast)
    assert now(cast, voice).topics == ["housing"]


def test_what_is_still_marked_may_stay_where_somebody_looked_at_it(cast, voice, desk):
    words = "Die Auskunft hat 0511 987654."
    post(desk, cast, voice, {"words": words, "decision": "publish", "looked_at": "on"})
    assert words in heard(cast)


def test_without_words_nothing_is_published(cast, voice, desk):
    assert post(desk, cast, voice, {"words": " ", "decision": "publish"}).status_code == 422


def test_insult_is_held_back_and_counts(cast, voice, desk):
    assert post(desk, cast, voice, {"words": "", "decision": "hold"}).status_code == 422
    post(desk, cast, voice, {"words": "", "decision": "hold", "held_reason": "Beleidigt die Nachbarin"})
    assert now(cast, voice).state == "held"
    assert "Etwas, das fehlt:" not in heard(cast)
    with cast.in_town():
        for _ in range(4):
            factories.voice()
    html = heard(cast)
    assert "Licht" not in html
    assert "Etwas, das fehlt: 5" in html


def test_typed_translation_stands_with_its_origin(cast, voice, desk):
    sent = {"words": "Kein Licht.", "decision": "publish", "other_language": "en", "other_words": "No light."}
    assert post(desk, cast, voice, sent).status_code == 422
    post(desk, cast, voice, sent | {"other_origin": "Sprachmittlerin", "is_machine": ""})
    html = heard(cast, "en")
    assert "No light." in html
    assert "Sprachmittlerin" in html


def test_translation_by_a_programme_is_labelled(cast, voice, desk):
    sent = {"words": "Kein Licht.", "decision": "publish", "other_language": "en", "other_words": "No light."}
    post(desk, cast, voice, sent | {"other_origin": "Programm", "is_machine": "on"})
    assert "Translated by a machine" in heard(cast, "en")


def test_words_masked_later_leave_no_translation_of_those_before(cast, voice, desk):
    sent = {
        "words": "Frau Beispiel hat kein Licht.",
        "decision": "publish",
        "looked_at": "on",
        "other_language": "en",
    }
    post(desk, cast, voice, sent | {"other_words": "Ms Beispiel has no light.", "other_origin": "Büro"})
    assert "Beispiel has" in heard(cast, "en")
    post(desk, cast, voice, {"words": "[…] hat kein Licht.", "decision": "publish"})
    assert "Beispiel has" not in heard(cast, "en")


def test_an_older_page_neither_shows_what_was_held_back_nor_unmasks(cast, voice, desk):
    older = desk.get(url(cast, voice))
    post(desk, cast, voice, {"words": "", "decision": "hold", "held_reason": "Nennt die Nachbarin"})
    publish = {"words": "Kein Licht bei Amina.", "decision": "publish", "looked_at": "on"}
    refused = post(desk, cast, voice, publish, older)
    assert refused.status_code == 409
    html = refused.content.decode()
    assert "Kein Licht bei Amina." in html
    assert "Nennt die Nachbarin" in html
    assert (now(cast, voice).state, now(cast, voice).visibility) == ("held", "tenant")
    # Asked once more she has seen it.
    older = desk.get(url(cast, voice))
    again = publish | {"read": refused.context["form"].data["read"], "words": "Kein Licht."}
    assert desk.post(url(cast, voice), again).status_code == 302
    assert post(desk, cast, voice, publish, older).status_code == 409
    assert "Amina" not in heard(cast)


def test_voice_taken_back_cannot_be_checked(cast, voice, coordinator):
    with cast.in_town():
        Voice.objects.filter(pk=voice.pk).update(state=VoiceState.WITHDRAWN)
        with pytest.raises(NotNow):
            actions.check(voice, words="Kein Licht", is_public=True, topics=[], by=coordinator)


def test_community_worker_checks_in_her_quarter_only(cast):
    person = cast.person(Role.COMMUNITY_WORKER)
    with cast.in_town():
        elsewhere = factories.voice(space=cast.old)
        with pytest.raises(Refused):
            actions.check(elsewhere, words="Bank", is_public=True, topics=[], by=person)


def test_words_are_cut_at_their_marks():
    assert parts("abcd", [Mark(1, 2, "phone")]) == [("a", ""), ("b", "Telefonnummer"), ("cd", "")]
    assert parts("", []) == []
