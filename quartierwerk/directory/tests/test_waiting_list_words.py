"""What a person on the list reads: her number, how many places are free, how it was decided; in her language."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quartierwerk.web import codes

from ..models import Registration
from ..requests import registering
from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(cast):
    with cast.in_town():
        return factories.course(seats=8, seats_taken=8, registration="required")


def on_the_list(cast, course, **values) -> Registration:
    with cast.in_town():
        one = factories.registration("Amina", offer=course, **values)
        one.code_hash = codes.hash_of(registering.code_of(one.pk))
        one.save()
    return one


def page(client, cast, registration, lang="de") -> str:
    code = registering.code_of(registration.pk)
    return client.get(f"/{lang}/{cast.town.slug}/my-place/{code}/").content.decode()


@pytest.mark.parametrize(
    ("free", "lang", "words"),
    [
        (0, "de", "Sie stehen an Stelle 3 der Warteliste."),
        (1, "de", "1 Platz ist frei."),
        (2, "de", "2 Plätze sind frei."),
        (0, "en", "You are number 3 of those who wait."),
        (1, "en", "1 place is free."),
        (2, "ar", "مكانان"),
        (3, "uk", "3 місця"),
        (5, "uk", "5 місць"),
    ],
)
def test_number_and_free_places_in_the_readers_language(client, cast, course, free, lang, words):
    asked = timezone.now()
    for hours in (5, 4):
        on_the_list(cast, course, asked_at=asked - timedelta(hours=hours))
    mine = on_the_list(cast, course, asked_at=asked)
    with cast.in_town():
        type(course).objects.filter(pk=course.pk).update(seats_taken=8 - free)
    assert words in page(client, cast, mine, lang)


def test_a_place_given_to_others_moves_one_up(client, cast, course):
    first = on_the_list(cast, course, asked_at=timezone.now() - timedelta(hours=1))
    mine = on_the_list(cast, course)
    assert "Stelle 2" in page(client, cast, mine)
    with cast.in_town():
        Registration.objects.filter(pk=first.pk).update(state="placed")
    assert "Stelle 1" in page(client, cast, mine)


@pytest.mark.parametrize(
    ("state", "heading"),
    [
        ("waiting", "Sie stehen auf der Liste"),
        ("placed", "Sie haben einen Platz"),
        ("declined", "Diesmal gibt es keinen Platz für Sie"),
        ("withdrawn", "Zurückgenommen"),
    ],
)
def test_each_decision_has_its_heading_and_only_who_waits_reads_a_number(
    client, cast, course, state, heading
):
    html = page(client, cast, on_the_list(cast, course, state=state))
    assert f">{heading}</h1>" in html
    assert ("Stelle 1" in html) is (state == "waiting")


def test_the_offer_says_waiting_list_only_where_no_place_is_left(client, cast, course):
    address = f"/de/{cast.town.slug}/offers/{course.pk}/"
    assert "Auf die Warteliste setzen" in client.get(address).content.decode()
    form = client.get(address + "register/").content.decode()
    assert "Alle Plätze sind vergeben." in form
    with cast.in_town():
        type(course).objects.filter(pk=course.pk).update(seats_taken=7)
    assert "Platz anfragen" in client.get(address).content.decode()
    assert "Alle Plätze sind vergeben." not in client.get(address + "register/").content.decode()
