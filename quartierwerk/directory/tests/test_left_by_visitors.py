"""What visitors leave without an account: a place asked for, a barrier, a wish; also with bad input (W6.2, W6.5)."""

import re

import pytest
from django.test import Client

from quartierwerk.messages.models import Outgoing
from quartierwerk.rights import Role

from ..models import Offer, OfferBarrier, OfferText, Registration, Wish
from ..requests import registering
from ..requests.insults import is_insulting
from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(cast):
    with cast.in_town():
        offer = factories.course(seats=2, seats_taken=2, registration="required", childcare="yes")
        factories.contact_of(offer, "0511 1")
        offer.organisation.email = "kurse@sprachhaus.example"
        offer.organisation.save()
        return offer


def path(cast, offer, last="", lang="de"):
    return f"/{lang}/{cast.town.slug}/offers/{offer.pk}/{last}"


def send(cast, offer, **values):
    values = {"name": "Amina", "reach": "0511 123456", "language": "ar", "children": "2"} | values
    return Client().post(path(cast, offer, "register/"), values)


def rows(cast, model):
    with cast.in_town():
        return list(model.objects.all())


def test_full_course_takes_names_for_its_waiting_list_and_says_what_happens_next(cast, course):
    answer = Client().get(path(cast, course))
    assert "Auf die Warteliste setzen" in answer.content.decode()
    answer = send(cast, course)
    assert answer.status_code == 302
    (kept,) = rows(cast, Registration)
    assert (kept.name, kept.language, kept.children, kept.state) == ("Amina", "ar", 2, "waiting")
    html = Client().get(answer["Location"]).content.decode()
    assert "Wie es weitergeht" in html
    assert "Stelle 1" in html
    assert registering.code_of(kept.pk) in html


def test_the_same_person_sent_three_times_is_one_entry_with_one_code(cast, course):
    codes = {
        send(cast, course, name=name, reach=reach)["Location"]
        for name, reach in (
            ("Amina", "0511 123456"),
            (" amina ", "+49 511 123456"),
            ("AMINA", "0049511-123456"),
        )
    }
    assert len(codes) == 1
    assert len(rows(cast, Registration)) == 1


def test_two_of_a_family_share_a_phone(cast, course):
    send(cast, course, name="Amina")
    send(cast, course, name="Rana")
    assert [one.name for one in rows(cast, Registration)] == ["Amina", "Rana"]


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"reach": ""}, {"reach": "ruf mich an"}, {"reach": "12345"}, {"reach": "a@b"}, {"children": "-1"},
     {"children": "99"}, {"children": "viele"}, {"language": "tlh"}, {"name": "x" * 201}],
)  # fmt: skip
def test_bad_input_is_refused_with_what_was_typed(cast, course, wrong):
    answer = send(cast, course, **wrong)
    assert answer.status_code == 422
    assert "Noch nicht gesendet" in answer.content.decode()
    assert rows(cast, Registration) == []


@pytest.mark.parametrize(
    "change", [{"kind": "counselling", "has_waiting_list": False}, {"has_waiting_list": False}]
)
def test_only_offers_with_places_or_a_list_take_names(cast, course, change):
    with cast.in_town():
        Offer.objects.filter(pk=course.pk).update(**change)
    assert send(cast, course).status_code == 409
    assert rows(cast, Registration) == []
    assert "Platz anfragen" not in Client().get(path(cast, course)).content.decode()


def test_taken_back_by_the_code_the_name_is_gone_and_a_given_place_is_free_again(cast, course):
    location = send(cast, course)["Location"]
    with cast.in_town():
        Registration.objects.update(state="placed")
    assert Client().post(f"{location}withdraw/").status_code == 302
    (kept,) = rows(cast, Registration)
    assert (kept.state, kept.name, kept.reach) == ("withdrawn", "", "")
    with cast.in_town():
        assert Offer.objects.get(pk=course.pk).seats_taken == 1
    Client().post(f"{location}withdraw/")  # once more changes nothing
    with cast.in_town():
        assert Offer.objects.get(pk=course.pk).seats_taken == 1
    assert "gelöscht" in Client().get(location).content.decode()


def test_a_code_is_found_as_people_type_it_and_a_wrong_one_says_so(cast, course):
    send(cast, course)
    code = registering.code_of(rows(cast, Registration)[0].pk)
    page = f"/de/{cast.town.slug}/my-place/"
    typed = f"{code[:5].lower()} - {code[5:].lower()}"
    assert Client().post(page, {"code": typed})["Location"].endswith(f"{code}/")
    assert Client().get(page, {"code": typed}).status_code == 200  # an address holds no code that was typed
    wrong = Client().post(page, {"code": "AAAAABBBBB"})
    assert wrong.status_code == 422
    assert Client().get(f"{page}AAAAABBBBB/").status_code == 404
    assert Client().get(f"/de/{cast.other.slug}/my-place/{code}/").status_code == 404


def test_the_provider_gets_a_mail_without_a_word_of_the_person(cast, course):
    send(cast, course)
    (mail,) = [one for one in rows(cast, Outgoing) if one.kind == "place asked for"]
    assert mail.recipient == "kurse@sprachhaus.example"
    assert "Amina" not in mail.subject + mail.text
    assert "/registrations/" in mail.text


def test_a_broken_lift_is_told_to_provider_and_coordinators_and_shown_until_cleared(cast, course):
    answer = Client().post(
        path(cast, course, "barrier/"), {"kind": "access", "text": "Der Aufzug ist kaputt."}
    )
    assert answer.status_code == 302
    told = {one.recipient for one in rows(cast, Outgoing) if one.kind == "offer could not be used"}
    assert told == {"kurse@sprachhaus.example", cast.account[Role.COORDINATOR].email}
    html = Client().get(path(cast, course)).content.decode()
    assert "Ich kam nicht hinein" in html or "kam" in html
    assert "Gemeldet am" in html
    assert "Aufzug" not in html  # kinds are shown, never words
    with cast.in_town():
        barrier = OfferBarrier.objects.get()
        barrier.cleared_at = barrier.reported_at
        barrier.save()
    assert "Gemeldet am" not in Client().get(path(cast, course)).content.decode()


def test_insulting_words_are_held_and_what_they_report_counts_and_shows(cast, course):
    Client().post(path(cast, course, "barrier/"), {"kind": "access", "text": "Ihr Id1oten, der Aufzug!"})
    (barrier,) = rows(cast, OfferBarrier)
    assert (barrier.held, barrier.shown, barrier.kind) == (True, True, "access")
    assert "Gemeldet am" in Client().get(path(cast, course)).content.decode()


@pytest.mark.parametrize("wrong", [{}, {"kind": "weather"}, {"kind": "access", "text": "x" * 2001}])
def test_a_barrier_needs_a_kind_and_bounded_words(cast, course, wrong):
    assert Client().post(path(cast, course, "barrier/"), wrong).status_code == 422
    assert rows(cast, OfferBarrier) == []


@pytest.mark.parametrize(
    ("words", "insulting"),
    [("Du Arschloch", True), ("a r s c h l o c h", True), ("HURENSOHN!", True), ("Schlampe, 2. Stock", True),
     ("Der Lift ist defekt", False), ("Die Treppe ist idiotensicher? Nein.", False), ("Hurra, Rampe da", False),
     ("en retard de 10 minutes", False), ("", False)],
)  # fmt: skip
def test_own_word_list_knows_insults_and_lets_complaints_pass(words, insulting):
    assert is_insulting(words) is insulting


def test_an_empty_search_becomes_a_wish_in_one_tap_with_area_and_language(cast, course):
    page = f"/ar/{cast.town.slug}/offers/?q=Schwimmkurs&day=SU&quarter={cast.middle.pk}"
    html = Client().get(page).content.decode()
    form = html.split(f'action="/ar/{cast.town.slug}/offers/missing/"')[1].split("</form>")[0]
    values = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    answer = Client().post(f"/ar/{cast.town.slug}/offers/missing/", values)
    assert answer.status_code == 302
    (wish,) = rows(cast, Wish)
    assert wish.words.startswith("Schwimmkurs")
    assert (wish.space_id, wish.language) == (cast.middle.pk, "ar")
    assert [one.kind for one in rows(cast, Outgoing)] == ["wish"]


@pytest.mark.parametrize(
    "wrong",
    [{}, {"words": "  "}, {"words": "x", "reach": "nix"}, {"words": "x", "space": "7"}, {"topic": "beer"}],
)
def test_a_wish_says_something_and_nothing_impossible(cast, wrong):
    answer = Client().post(f"/de/{cast.town.slug}/offers/missing/", {"language": "de"} | wrong)
    assert answer.status_code == 422
    assert rows(cast, Wish) == []


def test_no_answer_is_empty(cast, course):
    html = Client().get(f"/de/{cast.town.slug}/offers/?topic=sport&speaks=ti").content.decode()
    assert "Dafür gibt es noch kein Angebot" in html
    assert "Das fehlt mir" in html
    assert "0511 000 41 20" in html
    assert f"/de/{cast.town.slug}/contacts/" in html


def test_staff_enter_barriers_and_wishes_for_others(cast, course):
    client = Client()
    client.force_login(cast.account[Role.COORDINATOR])
    staff = f"/staff/{cast.town.slug}/directory"
    assert client.post(f"{staff}/offers/{course.pk}/barrier/", {"kind": "time"}).status_code == 302
    assert client.post(f"{staff}/wishes/new/", {"words": "Nähkurs", "language": "de"}).status_code == 302
    assert client.post(f"{staff}/wishes/new/", {"language": "de"}).status_code == 422
    assert [one.on_behalf_of_staff for one in rows(cast, OfferBarrier)] == [True]
    assert [(one.words, one.on_behalf) for one in rows(cast, Wish)] == [("Nähkurs", True)]


def test_title_on_the_forms_is_the_readers_as_on_the_offers_page(cast, course):
    with cast.in_town():
        OfferText.objects.create(
            record=course, text_name="title", language="ar", text="دورة ألمانية", state="human",
            source_text=course.title,
        )  # fmt: skip
    for last in ("register/", "barrier/"):
        html = Client().get(path(cast, course, last, "ar")).content.decode()
        assert "دورة ألمانية" in html
        assert course.title not in html
    place = send(cast, course)
    assert "دورة ألمانية" in Client().get(place["Location"].replace("/de/", "/ar/")).content.decode()
