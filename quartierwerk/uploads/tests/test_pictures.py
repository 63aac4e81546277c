"""Pictures: who may add and see them, what their rights demand, and how they are sent."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image

from quartierwerk.journal.models import JournalEntry
from quartierwerk.privacy.registry import record_of
from quartierwerk.rights import Role
from quartierwerk.tenants import scope
from quartierwerk.uploads import pages
from quartierwerk.uploads.models import Picture, PictureFile, PictureText
from quartierwerk.uploads.rules import missing_rights
from quartierwerk.uploads.tests.factories import jpeg, picture

pytestmark = pytest.mark.django_db

TYPED = {
    "alt": "Zwei Frauen lesen ein Buch",
    "persons": "none",
    "licence": "own",
    "author": "",
    "consent_note": "",
    "source": "",
}


def client_of(cast, role=Role.COORDINATOR) -> Client:
    client = Client()
    client.force_login(cast.account[role])
    return client


def path(cast, rest: str = "") -> str:
    return f"/staff/{cast.town.slug}/pictures/{rest}"


def public(cast, one, size="page") -> str:
    return f"/de/{cast.town.slug}/pictures/{one.pk}/{size}/"


def send(cast, content=None, name="foto.jpg", role=Role.COORDINATOR, **changes):
    file = SimpleUploadedFile(name, jpeg() if content is None else content)
    return client_of(cast, role).post(path(cast, "new/"), {**TYPED, **changes, "file": file})


def only_picture(cast) -> Picture:
    with cast.in_town():
        return Picture.objects.get()


def test_added_picture_is_drawn_in_two_sizes_and_shown_to_visitors(cast):
    answer = send(cast, jpeg(3000, 1500))
    assert answer.status_code == 302, answer.content.decode()
    one = only_picture(cast)
    assert (one.visibility, one.width, one.height) == ("public", 1200, 600)
    for size, longest in PictureFile.SIZES.items():
        answer = Client().get(public(cast, one, size))
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, max-age=600"
        with Image.open(io.BytesIO(answer.content)) as image:
            assert max(image.size) == longest
            assert not image.getexif()


def test_browser_that_has_the_picture_gets_no_second_copy(cast):
    with cast.in_town():
        one = picture()
    first = Client().get(public(cast, one))
    again = Client().get(public(cast, one), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "SVG"),
        (b"Name;Ort\nVerein;Leinefelde\n", "Das ist kein Bild"),
        (b"\xff\xd8\xff\xe0" + b"kaputt" * 2000, "beschädigt"),
        (b"", "leer"),
    ],
)
def test_other_files_are_refused_in_words_and_nothing_is_kept(cast, content, words):
    answer = send(cast, content)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert TYPED["alt"] in answer.content.decode()
    with cast.in_town():
        assert not Picture.objects.exists()


def test_too_large_file_is_refused_while_it_arrives(cast, settings):
    settings.UPLOAD_MAX_BYTES = 2000
    answer = send(cast, jpeg(600, 600))
    assert answer.status_code == 422
    with cast.in_town():
        assert not Picture.objects.exists()


def test_description_and_right_of_use_are_asked_for(cast):
    assert send(cast, alt="").status_code == 422
    assert send(cast, licence="").status_code == 422
    assert send(cast, licence="cc-by").status_code == 422
    assert send(cast, persons="consent").status_code == 422
    assert send(cast, licence="cc-by", author="Presseamt").status_code == 302


def test_picture_of_persons_who_did_not_all_agree_stays_with_the_staff(cast):
    assert send(cast, persons="no_consent").status_code == 302
    one = only_picture(cast)
    assert one.visibility == "tenant"
    assert Client().get(public(cast, one)).status_code == 404
    assert client_of(cast).get(path(cast, f"{one.pk}/files/page/")).status_code == 200
    assert client_of(cast).get(path(cast, f"{one.pk}/files/page/"))["Cache-Control"] == "no-store"


def test_withdrawn_consent_hides_the_picture_with_the_next_request(cast):
    with cast.in_town():
        one = picture()
    assert Client().get(public(cast, one)).status_code == 200
    page = client_of(cast).get(path(cast, f"{one.pk}/"))
    opened = page.context["form"].initial["as_opened"]
    typed = {
        **TYPED,
        "author": one.author,
        "licence": one.licence,
        "alt": one.alt,
        "consent_note": one.consent_note,
        "as_opened": opened,
    }
    answer = client_of(cast).post(path(cast, f"{one.pk}/"), {**typed, "persons": "no_consent"})
    assert answer.status_code == 302, answer.content.decode()
    assert Client().get(public(cast, one)).status_code == 404
    with cast.in_town():
        assert JournalEntry.objects.filter(action="picture hidden", object_id=str(one.pk)).exists()


def test_table_refuses_a_public_picture_without_its_rights(cast):
    with cast.in_town():
        one = picture()
        for faulty in ({"persons": "no_consent"}, {"consent_note": ""}, {"author": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Picture.objects.filter(pk=one.pk).update(**faulty)


def test_foreign_picture_is_not_there(cast):
    with cast.in_other():
        theirs = picture()
    assert Client().get(public(cast, theirs)).status_code == 404
    for rest in (f"{theirs.pk}/", f"{theirs.pk}/files/page/"):
        assert client_of(cast).get(path(cast, rest)).status_code == 404
    assert client_of(cast).post(path(cast, f"{theirs.pk}/delete/")).status_code == 404


def test_editor_of_an_organisation_adds_pictures_to_her_own_and_sees_no_others(cast):
    from quartierwerk.directory.tests.factories import organisation
    from quartierwerk.people.models import Membership

    with cast.in_town():
        own = organisation()
        other = picture()
    Membership.objects.filter(role=Role.ORGANISATION_EDITOR).update(organisation_id=own.pk)
    assert send(cast, role=Role.ORGANISATION_EDITOR).status_code == 302
    with cast.in_town():
        assert Picture.objects.exclude(pk=other.pk).get().organisation_id == own.pk
    listed = client_of(cast, Role.ORGANISATION_EDITOR).get(path(cast)).content.decode()
    assert TYPED["alt"] in listed
    assert str(other.pk) not in listed


def test_deleted_picture_leaves_the_records_standing(cast):
    from quartierwerk.directory.models import OfferText
    from quartierwerk.directory.tests.factories import offer

    with cast.in_town():
        one = picture()
        text = OfferText.objects.create(
            record=offer(), text_name="title", language="de-simple", text="Deutsch lernen", picture=one
        )
        page = client_of(cast).get(path(cast, f"{one.pk}/"))
        assert [use.count for use in page.context["uses"]] == [1]
    asked = client_of(cast).post(path(cast, f"{one.pk}/delete/"))
    assert (asked.status_code, asked.context["not_sure"]) == (422, True)
    assert client_of(cast).post(path(cast, f"{one.pk}/delete/"), {"sure": "yes"}).status_code == 302
    with cast.in_town():
        text.refresh_from_db()
        assert text.picture is None
        assert not PictureFile.objects.exists()


def test_description_is_read_in_the_readers_language(cast, rf):
    with cast.in_town():
        one = picture(alt="Drei Menschen am Tisch")
        PictureText.objects.create(
            record=one, text_name="alt", language="de-simple", text="3 Menschen sitzen am Tisch.", state="human",
            source_text=one.alt,
        )  # fmt: skip
    request = rf.get("/")
    request.area, request.lang, request.tenant = "portal", "de-simple", cast.town
    with scope.entered(scope.portal(cast.town)):
        found = Picture.published.with_texts().get()
        assert str(pages.shown(found, request).alt) == "3 Menschen sitzen am Tisch."


def test_pictures_nobody_was_shown_for_a_year_are_due(cast):
    from datetime import timedelta

    from django.utils import timezone

    with cast.in_town():
        shown, hidden = picture(), picture(visibility="tenant")
        future = timezone.now() + timedelta(days=1)
        assert list(record_of(Picture).due_before(future)) == [hidden]
        assert {file.picture_id for file in record_of(PictureFile).due_before(future)} == {hidden.pk}
        assert shown.pk != hidden.pk


@pytest.mark.parametrize(
    ("licence", "author", "persons", "note", "missing"),
    [
        ("own", "", "none", "", []),
        ("cc-by", "", "none", "", ["author"]),
        ("cc-by", "  ", "consent", "", ["author", "consent_note"]),
        ("", "", "", "", ["licence", "persons"]),
        ("cc0", "", "no_consent", "", ["persons"]),
        ("permitted", "Atelier", "consent", "Ordner 3", []),
    ],
)
def test_what_a_picture_lacks_is_named(licence, author, persons, note, missing):
    assert missing_rights(licence, author, persons, note) == missing
