"""Leichte Sprache: a picture beside the text with its own description (R1.04), checked by its audience (R6.07)."""

import re
from html import unescape

import pytest
from django.urls import reverse

from quartierwerk.directory.models import OfferText
from quartierwerk.directory.tests import factories
from quartierwerk.journal.models import JournalEntry
from quartierwerk.people.models import Account
from quartierwerk.rights import Role
from quartierwerk.uploads.models import Picture, PictureText
from quartierwerk.uploads.tests.factories import picture

pytestmark = pytest.mark.django_db

WORDS = "Hier lernen Sie Deutsch."
SIMPLE = "de-simple"


@pytest.fixture(autouse=True)
def english(cast):
    Account.objects.update(language="en")


@pytest.fixture
def offer(cast):
    with cast.in_town():
        return factories.offer("Deutsch am Vormittag", description="Spracherwerb für Zugewanderte.")


@pytest.fixture
def text(cast, offer):
    with cast.in_town():
        return OfferText.objects.create(
            record=offer, text_name="description", language=SIMPLE, text=WORDS, state="human",
            source_text=offer.description,
        )  # fmt: skip


@pytest.fixture
def drawing(cast):
    with cast.in_town():
        return picture(alt="Eine Gruppe sitzt am Tisch", licence="own", author="", persons="none")


@pytest.fixture
def coordinator(client, cast):
    client.force_login(cast.account[Role.COORDINATOR])
    return client


def path_of(cast, offer, language=SIMPLE):
    keys = {"tenant": cast.town.slug, "kind": "offers", "pk": offer.pk, "language": language}
    return reverse("translating:text", kwargs=keys)


def send(client, path, **typed):
    """What a browser sends: everything that stands on the page, and what was typed."""
    answer = client.get(path)
    forms = answer.context["forms"]
    sent = {form.add_prefix(name): form[name].value() or "" for form in forms for name in form.fields}
    hidden = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', answer.content.decode())
    sent |= {name: unescape(value) for name, value in hidden if name != "csrfmiddlewaretoken"}
    return client.post(path, {**sent, "then": "finished", **typed})


def public_page(client, cast, offer, language=SIMPLE):
    client.logout()
    return client.get(f"/{language}/{cast.town.slug}/offers/{offer.pk}/").content.decode()


def test_picture_stands_beside_the_easy_text_with_its_own_description(
    cast, coordinator, offer, text, drawing
):
    answer = send(
        coordinator,
        path_of(cast, offer),
        **{"description-picture": drawing.pk, "description-picture_alt": "Menschen sitzen an einem Tisch."},
    )
    assert answer.status_code == 302
    with cast.in_town():
        text.refresh_from_db()
        assert (text.picture, text.text, text.state) == (drawing, WORDS, "human")
        assert (
            PictureText.objects.get(record=drawing, language=SIMPLE).text == "Menschen sitzen an einem Tisch."
        )
    easy = public_page(coordinator, cast, offer)
    assert f"pictures/{drawing.pk}/page/" in easy
    assert 'alt="Menschen sitzen an einem Tisch."' in easy
    assert f"pictures/{drawing.pk}/" not in public_page(coordinator, cast, offer, "de")


def test_without_a_description_in_easy_words_the_pictures_own_is_read(
    cast, coordinator, offer, text, drawing
):
    send(coordinator, path_of(cast, offer), **{"description-picture": drawing.pk})
    easy = public_page(coordinator, cast, offer)
    assert 'alt="Eine Gruppe sitzt am Tisch" lang="de"' in easy


def test_description_of_one_picture_is_not_given_to_the_next(cast, coordinator, offer, text, drawing):
    with cast.in_town():
        other = picture(alt="Ein Haus", licence="own", author="", persons="none")
    path = path_of(cast, offer)
    send(
        coordinator,
        path,
        **{"description-picture": drawing.pk, "description-picture_alt": "Menschen am Tisch."},
    )
    send(coordinator, path, **{"description-picture": other.pk})
    with cast.in_town():
        assert not PictureText.objects.filter(record=other).exists()
        text.refresh_from_db()
        assert text.picture == other


def test_hidden_picture_is_not_shown_and_a_foreign_one_cannot_be_chosen(
    cast, coordinator, offer, text, drawing
):
    with cast.in_other():
        theirs = picture()
    assert send(coordinator, path_of(cast, offer), **{"description-picture": theirs.pk}).status_code == 422
    send(coordinator, path_of(cast, offer), **{"description-picture": drawing.pk})
    with cast.in_town():
        Picture.objects.filter(pk=drawing.pk).update(visibility="tenant", persons="no_consent")
    easy = public_page(coordinator, cast, offer)
    assert WORDS in easy
    assert str(drawing.pk) not in easy


def test_other_languages_have_no_picture_of_their_own(cast, coordinator, offer):
    forms = coordinator.get(path_of(cast, offer, "ar")).context["forms"]
    assert all("picture" not in form.fields for form in forms)


def test_checked_text_says_who_of_its_audience_checked_it(cast, coordinator, offer, text):
    answer = send(coordinator, path_of(cast, offer), **{"description-audience": "test_group"})
    assert answer.status_code == 302
    with cast.in_town():
        entry = JournalEntry.objects.get(action="text checked by its audience")
        assert (entry.object_id, entry.fields) == (str(text.pk), ["checked_by"])
    assert "von einer Prüf-Gruppe für Leichte Sprache" in public_page(coordinator, cast, offer)


def test_check_ends_with_the_words_that_were_checked_and_can_be_taken_back(cast, coordinator, offer, text):
    path = path_of(cast, offer)
    send(coordinator, path, **{"description-audience": "slow_reader"})
    send(coordinator, path, **{"description-text": "Hier lernen Sie sprechen."})
    assert "geprüft." not in public_page(coordinator, cast, offer)
    coordinator.force_login(cast.account[Role.COORDINATOR])
    send(coordinator, path, **{"description-audience": "slow_reader"})
    assert "von einem Menschen, für den Lesen schwer ist" in public_page(coordinator, cast, offer)
    coordinator.force_login(cast.account[Role.COORDINATOR])
    send(coordinator, path, **{"description-audience": ""})
    assert "geprüft." not in public_page(coordinator, cast, offer)


def test_translator_cannot_note_a_check_of_her_own_text(cast, client, offer, text):
    client.force_login(cast.account[Role.TRANSLATOR])
    path = path_of(cast, offer)
    assert all("audience" not in form.fields for form in client.get(path).context["forms"])
    send(client, path, **{"description-audience": "test_group", "description-text": "Hier lernen Sie viel."})
    with cast.in_town():
        text.refresh_from_db()
        assert (text.text, text.checked_by) == ("Hier lernen Sie viel.", "")


def test_readability_hint_stays_beside_the_easy_text(cast, coordinator, offer, text):
    with cast.in_town():
        OfferText.objects.filter(pk=text.pk).update(
            text="Die Inanspruchnahme der Sprachförderungsmaßnahmen setzt eine Berechtigungsfeststellung voraus."
        )
    assert "Readability:" in coordinator.get(path_of(cast, offer)).content.decode()


def test_record_shows_its_own_picture_where_the_text_has_none(cast, client, offer, text, drawing):
    with cast.in_town():
        offer.picture = drawing
        offer.save()
        offer.organisation.picture = drawing
        offer.organisation.save()
        other = picture(alt="Ein Haus", licence="own", author="", persons="none")
        text.picture = other
        text.save()
    assert f"pictures/{drawing.pk}/" in public_page(client, cast, offer, "de")
    easy = public_page(client, cast, offer)
    assert f"pictures/{other.pk}/" in easy
    assert f"pictures/{drawing.pk}/" not in easy
    actor = client.get(f"/ar/{cast.town.slug}/actors/{offer.organisation.pk}/").content.decode()
    assert f"pictures/{drawing.pk}/" in actor


def test_only_the_running_text_of_a_record_carries_a_picture(cast, coordinator, offer):
    forms = coordinator.get(path_of(cast, offer)).context["forms"]
    assert [form.text_name for form in forms if "picture" in form.fields] == ["description"]
