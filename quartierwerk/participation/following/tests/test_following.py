"""What became of it: opened by the code, reopened, taken back (R8.02, R8.10, R8.12, W8.5)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from quartierwerk.planning.tests import factories as plan
from quartierwerk.rights import Role

from ...giving import receiving
from ...models import Voice, VoiceAnswerText, VoiceOriginal, VoiceState
from ...tests import factories

pytestmark = pytest.mark.django_db


def page(cast, last="mine/", lang="de"):
    return f"/{lang}/{cast.town.slug}/voices/{last}"


def opened(cast, voice: Voice) -> Client:
    """The giver's browser, after typing the code as people type."""
    with cast.in_town():
        code = receiving.code_of(Voice.objects.get(pk=voice.pk).original)
    visitor = Client()
    answer = visitor.post(page(cast, "code/"), {"code": f" {code[:5].lower()} - {code[5:].lower()}"})
    assert answer["Location"].endswith("/voices/mine/")
    return visitor


def now(cast, voice: Voice) -> Voice:
    with cast.in_town():
        return Voice.objects.get(pk=voice.pk)


def original_of(cast, voice: Voice) -> VoiceOriginal:
    with cast.in_town():
        return VoiceOriginal.objects.get(voice=voice)


@pytest.fixture
def answered(cast):
    with cast.in_town():
        account = cast.account[Role.COMMUNITY_WORKER].pk
        voice = factories.published(
            words="Wo ist ein Kurs?",
            state=VoiceState.ANSWERED,
            answered_at=timezone.now(),
            language="ar",
            owner_account_id=account,
            space=cast.middle,
        )
        answer = factories.answer(voice=voice)
        VoiceAnswerText.objects.create(
            record=answer,
            text_name="words",
            language="ar",
            text="الجواب",
            source_text=answer.words,
            state="human",
        )
        return voice


def test_wrong_code_opens_nothing(cast):
    answer = Client().post(page(cast, "code/"), {"code": "AAAAA-AAAAA"})
    assert answer.status_code == 422
    assert "/voices/code/" in Client().get(page(cast))["Location"]


def test_code_of_another_municipality_opens_nothing_here(cast, answered):
    with cast.in_town():
        code = receiving.code_of(answered.original)
    assert Client().post(f"/de/{cast.other.slug}/voices/code/", {"code": code}).status_code == 422


def test_giver_reads_the_answer_in_her_language_and_what_is_public_of_the_way(cast, answered):
    with cast.in_town():
        open_need = plan.need("Sprachkurs am Abend", visibility="public")
        plan.linked(answered, open_need)
        plan.linked(answered, plan.need("Noch nicht öffentlich", visibility="tenant"))
        plan.linked(open_need, plan.measure("Kurs im Stadthaus", visibility="public"))
    html = opened(cast, answered).get(page(cast, lang="ar")).content.decode()
    assert "الجواب" in html
    assert "Sprachkurs am Abend" in html
    assert "Kurs im Stadthaus" in html
    assert "Noch nicht öffentlich" not in html


def test_not_solved_goes_back_to_the_same_owner(cast, answered, mails):
    visitor = opened(cast, answered)
    assert visitor.post(page(cast, "mine/not-solved/"), {"words": " "}).status_code == 422
    visitor.post(page(cast, "mine/not-solved/"), {"words": "Der Kurs ist voll"})
    voice = now(cast, answered)
    assert (voice.state, voice.owner_account_id) == ("in_work", answered.owner_account_id)
    assert voice.due_on > timezone.localdate()
    assert original_of(cast, answered).reopened_words == "Der Kurs ist voll"
    (mail,) = mails("voice reopened")
    assert mail.recipient == cast.account[Role.COMMUNITY_WORKER].email
    assert "voll" not in mail.text


def test_after_sixty_days_it_stays_closed(cast, answered):
    with cast.in_town():
        Voice.objects.filter(pk=answered.pk).update(answered_at=timezone.now() - timedelta(days=62))
    visitor = opened(cast, answered)
    assert "not-solved" not in visitor.get(page(cast)).content.decode()
    visitor.post(page(cast, "mine/not-solved/"), {"words": "Zu spät"})
    assert now(cast, answered).state == "answered"


def test_taking_back_leaves_no_word_anywhere_and_one_in_the_count(cast):
    with cast.in_town():
        voice, *_ = [factories.published("Geheimwort" if not n else "Bank", kind="idea") for n in range(5)]
        original = voice.original
        original.words = original.reopened_words = "Geheimwort im Original"
        original.save()
        factories.photo("Geheimwort", voice=voice)
        voice.translations.create(text_name="public_words", language="en", text="Geheimwort", state="human",
                                  source_text="Geheimwort")  # fmt: skip
        voice.public_words = "Geheimwort anders"
        voice.save()
    visitor = opened(cast, voice)
    assert "Geheimwort" in visitor.get(page(cast, "heard/")).content.decode()
    visitor.post(page(cast, "mine/withdraw/"))
    html = visitor.get(page(cast, "heard/")).content.decode()
    assert "Geheimwort" not in html
    assert "Eine Idee: 5" in html
    with cast.in_town():
        assert tables_with("Geheimwort") == []


def tables_with(word: str) -> list[str]:
    """Of this package and of what may copy from it, history included."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.tables where table_schema = current_schema()"
            " and (table_name like 'participation_%' or table_name like 'search_%' or table_name like 'journal_%'"
            " or table_name like 'chain_%' or table_name like 'web_%' or table_name like 'messages_%')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'select count(*) from "{table}" t where t::text like %s', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_no_more_messages(cast, answered):
    with cast.in_town():
        original = answered.original
        original.reach = "amina@beispiel.example"
        original.save()
    opened(cast, answered).post(page(cast, "mine/no-messages/"))
    assert original_of(cast, answered).reach == ""
