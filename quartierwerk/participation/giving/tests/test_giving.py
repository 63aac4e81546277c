"""A voice without an account, from paper, and the slip with the code; also with bad input (W8.1)."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from quartierwerk.rights import Role
from quartierwerk.uploads.tests.factories import jpeg

from ...models import Voice, VoiceOriginal, VoicePhoto
from .. import receiving

pytestmark = pytest.mark.django_db

CODE = re.compile(r"[A-Z2-7]{5}-[A-Z2-7]{5}")
GIVEN = {"kind": "want", "words": "أين يمكنني تعلم السباحة؟", "language": "ar"}


def page(cast, last="", lang="de"):
    return f"/{lang}/{cast.town.slug}/voices/{last}"


def kept(cast) -> Voice | None:
    with cast.in_town():
        return Voice.objects.first()


def test_voice_needs_words_only_and_its_code_is_shown(cast, mails):
    visitor = Client()
    answer = visitor.post(page(cast, lang="ar"), GIVEN)
    assert answer.status_code == 302
    assert not CODE.search(answer["Location"])
    html = visitor.get(answer["Location"]).content.decode()
    voice = kept(cast)
    assert (voice.state, voice.visibility, voice.language, voice.public_words) == (
        "received",
        "tenant",
        "ar",
        "",
    )
    with cast.in_town():
        original = VoiceOriginal.objects.get()
        assert (original.words, original.reach) == (GIVEN["words"], "")
        assert receiving.find(CODE.search(html)[0]) == voice
    # Another browser sees no slip, and the mail to the office holds none of the words.
    assert "/voices/code/" in Client().get(answer["Location"])["Location"]
    assert mails("voice given")
    assert not any(GIVEN["words"] in mail.text for mail in mails("voice given"))


def test_slip_of_another_municipality_is_not_to_be_had_here(cast):
    visitor = Client()
    visitor.post(page(cast), GIVEN)
    answer = visitor.get(f"/de/{cast.other.slug}/voices/slip/")
    assert answer["Location"].endswith(f"/{cast.other.slug}/voices/code/")


def test_code_page_forgets_on_request(cast):
    visitor = Client()
    slip = visitor.post(page(cast), GIVEN)["Location"]
    visitor.post(page(cast, "leave/"))
    assert "/voices/code/" in visitor.get(slip)["Location"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"words": "   "}, "in wenigen Worten"),
        ({"kind": "question"}, "wählen"),
        ({"kind": ""}, "wählen"),
        ({"reach": "am Brunnen"}, "am Brunnen"),
        ({"words": "http://a.example http://b.example www.c.example"}, "zwei"),
        ({"website": "http://spam.example"}, "niemand sieht"),
        ({"space": "00000000-0000-0000-0000-000000000000"}, ""),
        ({"words": "x" * 4001}, "lang"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_kept(cast, wrong, words):
    answer = Client().post(page(cast), GIVEN | wrong)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert kept(cast) is None


def test_photo_alone_is_enough_and_is_drawn_anew(cast):
    sent = SimpleUploadedFile("bank.jpg", jpeg())
    answer = Client().post(page(cast), {"kind": "problem", "words": "", "language": "de", "photo": sent})
    assert answer.status_code == 302
    with cast.in_town():
        assert bytes(VoicePhoto.objects.get().content) != jpeg()


def test_file_that_is_no_picture_is_refused(cast):
    sent = SimpleUploadedFile("bank.jpg", b"%PDF-1.7 kein Bild")
    assert Client().post(page(cast), GIVEN | {"photo": sent}).status_code == 422
    assert kept(cast) is None


def test_question_to_a_person_needs_a_way_to_be_reached(cast):
    asked = {"words": "Brief vom Amt", "language": "uk", "topic": ""}
    assert Client().post(page(cast, "ask/"), asked).status_code == 422
    assert Client().post(page(cast, "ask/"), asked | {"reach": "0511 123456"}).status_code == 302
    assert kept(cast).kind == "question"


def test_desk_types_a_voice_from_paper_and_prints_the_slip(cast, desk):
    url = f"/staff/{cast.town.slug}/voices/new/"
    assert desk.post(url, GIVEN | {"origin": "paper", "received_on": "1.1.2099"}).status_code == 422
    answer = desk.post(url, GIVEN | {"origin": "paper", "received_on": "2.11.2026"})
    assert CODE.search(desk.get(answer["Location"]).content.decode())
    voice = kept(cast)
    assert (voice.origin, voice.received_on.day) == ("paper", 2)
    with cast.in_town():
        assert voice.original.words == GIVEN["words"]


def test_sheet_on_paper_speaks_the_reader_s_language(cast):
    html = Client().get(page(cast, "sheet/", lang="en")).content.decode()
    assert "Something that is missing" in html
    assert "A question to a person" not in html
    assert "Mitte" in html


def test_community_worker_types_for_her_quarter_only(cast):
    worker = Client()
    worker.force_login(cast.account[Role.COMMUNITY_WORKER])
    url, given = f"/staff/{cast.town.slug}/voices/new/", GIVEN | {"origin": "on_behalf"}
    assert worker.post(url, given).status_code == 422
    assert worker.post(url, given | {"space": str(cast.old.pk)}).status_code == 422
    assert worker.post(url, given | {"space": str(cast.middle.pk)}).status_code == 302


def test_new_code_after_a_check_makes_the_old_one_worthless(cast, desk):
    Client().post(page(cast), GIVEN)
    voice = kept(cast)
    with cast.in_town():
        old = receiving.code_of(voice.original)
    url = f"/staff/{cast.town.slug}/voices/{voice.pk}/"
    desk.post(url + "code/", {})
    with cast.in_town():
        assert receiving.find(old) == voice
    slip = desk.post(url + "code/", {"checked": "yes"})["Location"]
    new = CODE.search(desk.get(slip).content.decode())[0]
    with cast.in_town():
        assert receiving.find(old) is None
        assert receiving.find(new) == voice
