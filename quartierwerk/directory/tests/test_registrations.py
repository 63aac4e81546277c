"""Places are given in the order of asking, never one too many; last term's course is copied without its people."""

import threading
from datetime import date, time

import pytest
from django.db import connection
from django.urls import reverse

from quartierwerk.messages.models import Outgoing
from quartierwerk.rights import Refused, Role
from quartierwerk.tenants.models import Visibility

from ..editing.copying import copy_offer
from ..models import Contact, Location, Offer, OfferedAt, OfferSchedule, OfferText, Registration
from ..requests import registrations
from ..requests.registrations import NoPlaceLeft, NotWaiting
from . import factories


def page(name, cast, **keys):
    return reverse(f"directory_staff:{name}", kwargs={"tenant": cast.town.slug, **keys})


@pytest.fixture
def course(cast):
    with cast.in_town():
        return factories.course(
            seats=2, seats_taken=1, space=cast.middle, visibility=Visibility.PUBLIC, has_waiting_list=True
        )


@pytest.mark.parametrize(
    ("seats", "taken", "full"),
    [
        (None, None, False),
        (None, 900, False),
        (2, None, False),
        (2, 1, False),
        (2, 2, True),
        (2, 3, True),
        (0, None, True),
    ],
)
def test_full_is_what_has_no_place_left(seats, taken, full):
    assert registrations.is_full(seats, taken) is full


@pytest.mark.django_db
def test_the_last_place_is_given_once_and_the_person_told_in_her_language(client, cast, course):
    with cast.in_town():
        first = factories.registration("Amina", offer=course)
        second = factories.registration("Boris", offer=course)
    client.force_login(cast.account[Role.COORDINATOR])
    client.post(page("give_place", cast, pk=course.pk, registration=first.pk))
    with cast.in_town():
        mail = Outgoing.objects.get(kind="place given")
        assert (mail.language, mail.recipient) == ("ar", "amina@beispiel.example")
        with pytest.raises(NoPlaceLeft):
            registrations.give_place(second, by=cast.person(Role.COORDINATOR))
        second.refresh_from_db()
        assert second.state == Registration.State.WAITING
        registrations.free_place(Registration.objects.get(pk=first.pk), by=cast.person(Role.COORDINATOR))
        registrations.give_place(second, by=cast.person(Role.COORDINATOR))
        course.refresh_from_db()
        assert course.seats_taken == 2


@pytest.mark.django_db
def test_decided_once_is_decided(cast, course):
    with cast.in_town():
        asked = factories.registration(offer=course)
        registrations.decline(asked, by=cast.person(Role.COORDINATOR))
        for again in (registrations.decline, registrations.give_place, registrations.free_place):
            with pytest.raises(NotWaiting):
                again(asked, by=cast.person(Role.COORDINATOR))
        assert Outgoing.objects.filter(kind="registration declined").count() == 1


@pytest.mark.django_db
def test_who_left_a_phone_number_gets_no_mail(cast, course):
    with cast.in_town():
        asked = factories.registration(offer=course, reach="0511 5555 123")
        registrations.give_place(asked, by=cast.person(Role.COORDINATOR))
        assert not Outgoing.objects.exists()


@pytest.mark.django_db(transaction=True, databases=["default", "keeper"])
def test_two_people_give_the_last_place_at_once_and_one_of_them_is_refused(cast, course):
    with cast.in_town():
        asked = [factories.registration(name, offer=course) for name in ("Amina", "Boris")]
    outcomes, together = [], threading.Barrier(2)

    def give(row):
        try:
            with cast.in_town():
                together.wait()
                registrations.give_place(row, by=cast.person(Role.COORDINATOR))
                outcomes.append("given")
        except NoPlaceLeft:
            outcomes.append("full")
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=(row,)) for row in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with cast.in_town():
        assert sorted(outcomes) == ["full", "given"]
        assert Offer.objects.get(pk=course.pk).seats_taken == 2


@pytest.mark.django_db
def test_other_roles_see_nobody_who_asked(client, cast, course):
    with cast.in_town():
        factories.registration("Amina", offer=course)
        with pytest.raises(Refused):
            registrations.give_place(course.registrations.get(), by=cast.person(Role.PLANNER))
    client.force_login(cast.account[Role.PLANNER])
    assert client.get(page("registrations", cast, pk=course.pk)).status_code == 404
    client.force_login(cast.account[Role.COORDINATOR])
    assert "Amina" in client.get(page("registrations", cast, pk=course.pk)).content.decode()


@pytest.mark.django_db
def test_registration_of_another_course_is_not_found_here(client, cast, course):
    with cast.in_town():
        other = factories.registration(offer=factories.course("Deutsch B1"))
    client.force_login(cast.account[Role.COORDINATOR])
    assert client.post(page("give_place", cast, pk=course.pk, registration=other.pk)).status_code == 404


@pytest.mark.django_db
def test_last_terms_course_is_copied_without_its_dates_and_its_people(client, cast, course):
    with cast.in_town():
        course.starts_on, course.ends_on, course.level = date(2026, 2, 1), date(2026, 6, 30), "A2"
        course.save()
        OfferSchedule.objects.create(
            offer=course, weekdays=["TU"], opens_at=time(9), closes_at=time(12), until=date(2026, 6, 30)
        )
        deputy = Contact.objects.create(offer=course, function="Vertretung", position=0)
        chief = Contact.objects.create(offer=course, function="Leitung", position=1)
        deputy.deputy_of = chief
        deputy.save()
        OfferText.objects.create(
            record=course,
            text_name="title",
            language="ar",
            text="دورة",
            state="human",
            source_text=course.title,
        )
        hall = Location.objects.create(
            organisation=course.organisation, name="Saal", source="liste", source_id="7"
        )
        OfferedAt.objects.create(offer=course, location=hall, source="liste", source_id="8")
        factories.registration(offer=course)
    client.force_login(cast.account[Role.COORDINATOR])
    answer = client.post(page("copy_offer", cast, pk=course.pk))
    with cast.in_town():
        copied = Offer.objects.get(copied_from=course)
        assert answer["Location"] == page("edit_offer", cast, pk=copied.pk)
        assert (copied.visibility, copied.level, copied.seats, copied.seats_taken) == (
            "tenant",
            "A2",
            2,
            None,
        )
        assert (copied.starts_on, copied.ends_on, copied.source_id) == (None, None, "")
        [times] = copied.schedules.all()
        assert (times.weekdays, times.opens_at, times.until) == (["TU"], time(9), None)
        assert copied.translations.get().text == "دورة"
        assert copied.held_at.get().location == hall
        again = {row.function: row for row in copied.contacts.all()}
        assert again["Vertretung"].deputy_of == again["Leitung"]
        assert again["Leitung"].pk != chief.pk
        assert not copied.registrations.exists()
        assert course.registrations.count() == 1


@pytest.mark.django_db
def test_copying_what_one_may_not_write_is_refused(cast, course):
    with cast.in_town(), pytest.raises(Refused):
        copy_offer(course, by=cast.person(Role.PLANNER))


@pytest.mark.django_db
def test_the_page_of_the_offer_says_how_many_wait_to_those_who_decide(client, cast, course):
    with cast.in_town():
        factories.registration("Amina", offer=course)
    here = page("registrations", cast, pk=course.pk)
    client.force_login(cast.account[Role.COORDINATOR])
    assert here in client.get(page("offer", cast, pk=course.pk)).content.decode()
    client.force_login(cast.account[Role.PLANNER])
    assert here not in client.get(page("offer", cast, pk=course.pk)).content.decode()
