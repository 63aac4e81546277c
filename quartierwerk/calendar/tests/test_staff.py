"""Dates in the back office: who may, what is refused, two people at once, cancelling, what comes in each other's way."""

from datetime import date, time
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from quartierwerk.calendar.models import ClosingDay, PublicDate
from quartierwerk.calendar.recurrence import Rule
from quartierwerk.calendar.rules import Planned, collisions
from quartierwerk.calendar.tests.factories import closing_day, public_date
from quartierwerk.journal.models import JournalEntry
from quartierwerk.places.models import Address
from quartierwerk.rights import Role

TYPED = {
    "title": "Sprachcafé",
    "starts_on": "24.11.2026",
    "opens_at": "16",
    "closes_at": "18:00",
    "freq": "weekly",
    "until": "18.12.2026",
    "skip_holidays": "on",
    "step_free": "unknown",
    "childcare": "yes",
    "interpreter": "unknown",
    "visibility": "public",
    "language": "de",
    "place-name": "Haus am Park",
    "place-street": "Parkweg 2",
}


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel("2026-11-16 09:00:00+01:00", tick=False):
        yield


def client_of(cast, role=Role.COORDINATOR) -> Client:
    client = Client()
    client.force_login(cast.account[role])
    return client


def path(rest=""):
    return f"/staff/musterstadt/calendar/{rest}"


def send(cast, role=Role.COORDINATOR, **changes):
    return client_of(cast, role).post(path("new/"), {**TYPED, **changes})


def only_date(cast) -> PublicDate:
    with cast.in_town():
        return PublicDate.objects.select_related("address").get()


@pytest.mark.django_db
def test_language_cafe_every_tuesday_until_before_christmas(cast):
    answer = send(cast)
    assert answer.status_code == 302, answer.content.decode()
    record = only_date(cast)
    assert record.rule() == Rule(
        "weekly",
        weekdays=[],
        month_days=[],
        nth=[],
        starts_on=date(2026, 11, 24),
        until=date(2026, 12, 18),
        opens_at=time(16),
        closes_at=time(18),
        skip_dates=[],
    )
    assert record.address.visibility == "public"
    assert record.childcare == "yes"
    with cast.in_town():
        assert JournalEntry.objects.filter(object_id=record.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("opens_at", "25:00"),
        ("closes_at", "15:00"),
        ("closes_at", "16:00"),
        ("starts_on", "31.02.2027"),
        ("starts_on", "2026"),
        ("until", "1.11.2026"),
        ("until", "16.11.2025"),
        ("title", " "),
        ("freq", "yearly"),
        ("weekdays", "XX"),
        ("interval", "0"),
        ("interval", "-2"),
        ("skip_dates", "24.12.2026, irgendwann"),
        ("place-postcode", "3088"),
        ("space", "11111111-2222-4333-8444-555555555555"),
        ("website", "javascript:alert(1)"),
        ("visibility", "shared"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_lost(cast, field, value):
    answer = send(cast, **{field: value})
    assert answer.status_code == 422
    assert "Haus am Park" in answer.content.decode()
    with cast.in_town():
        assert not PublicDate.objects.exists()


@pytest.mark.django_db
def test_a_new_date_in_the_past_is_refused_an_old_one_may_be_corrected(cast):
    once = {"freq": "once", "until": ""}
    assert send(cast, starts_on="1.11.2026", **once).status_code == 422
    with cast.in_town():
        old = public_date("Vorbei", starts_on=date(2026, 11, 1))
    form = client_of(cast).get(path(f"{old.pk}/edit/")).context["form"]
    changed = {
        **TYPED,
        **once,
        "title": "War schön",
        "starts_on": "1.11.2026",
        "as_opened": form.initial["as_opened"],
    }
    assert client_of(cast).post(path(f"{old.pk}/edit/"), changed).status_code == 302


@pytest.mark.django_db
def test_monthly_on_the_second_tuesday_and_past_midnight(cast):
    send(
        cast, freq="monthly", nth="weekday", starts_on="8.12.2026", until="", opens_at="22", closes_at="1:30"
    )
    record = only_date(cast)
    assert record.nth == ["2TU"]
    assert record.rule().is_past_midnight


@pytest.mark.django_db
def test_community_worker_only_in_her_own_quarter(cast):
    role = Role.COMMUNITY_WORKER
    assert send(cast, role, space=str(cast.old.pk)).status_code == 422
    assert send(cast, role, space="").status_code == 422
    assert send(cast, role, space=str(cast.middle.pk)).status_code == 302
    with cast.in_town():
        other = public_date("Altdorf", space=cast.old)
    assert client_of(cast, role).get(path(f"{other.pk}/edit/")).status_code == 404
    assert client_of(cast, role).post(path(f"{other.pk}/cancel/"), {"why": "x"}).status_code == 404


@pytest.mark.django_db
def test_two_people_at_once_see_both_versions(cast):
    with cast.in_town():
        record = public_date("Fest", space=cast.middle)
    one, two = client_of(cast), client_of(cast)
    opened = one.get(path(f"{record.pk}/edit/")).context["form"].initial["as_opened"]
    typed = {**TYPED, "freq": "once", "until": "", "starts_on": "30.11.2026", "space": str(cast.middle.pk)}
    first = {**typed, "title": "Sommerfest", "as_opened": opened}
    assert one.post(path(f"{record.pk}/edit/"), first).status_code == 302
    answer = two.post(path(f"{record.pk}/edit/"), {**typed, "title": "Winterfest", "as_opened": opened})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Sommerfest" in page
    assert "Winterfest" in page


@pytest.mark.django_db
def test_change_of_time_counts_for_diaries_change_of_words_does_not(cast):
    send(cast, freq="once", until="")
    record = only_date(cast)
    client = client_of(cast)
    for changes, sequence in (
        ({"description": "Mit Tee"}, 0),
        ({"opens_at": "15:00"}, 1),
        ({"place-street": "X 1"}, 2),
    ):
        context = client.get(path(f"{record.pk}/edit/")).context
        opened = {
            "as_opened": context["form"].initial["as_opened"],
            "place-as_opened": context["place"].initial["as_opened"],
        }
        kept = {"description": record.description, "opens_at": record.opens_at.strftime("%H:%M")}
        answer = client.post(
            path(f"{record.pk}/edit/"), {**TYPED, "freq": "once", "until": "", **kept, **changes, **opened}
        )
        assert answer.status_code == 302, answer.content.decode()
        record = only_date(cast)
        assert record.sequence == sequence


@pytest.mark.django_db
def test_cancelling_needs_a_reason_and_can_be_taken_back(cast):
    with cast.in_town():
        record = public_date("Fest")
    client = client_of(cast)
    assert client.post(path(f"{record.pk}/cancel/"), {"why": " "}).status_code == 422
    client.post(path(f"{record.pk}/cancel/"), {"why": "Der Saal ist gesperrt."})
    record = only_date(cast)
    assert (record.is_cancelled, record.cancelled_why, record.sequence) == (True, "Der Saal ist gesperrt.", 1)
    client.post(path(f"{record.pk}/restore/"))
    record = only_date(cast)
    assert (record.is_cancelled, record.sequence) == (False, 2)
    assert client.get(path(f"{record.pk}/cancel/")).status_code == 405


@pytest.mark.django_db
def test_copy_has_everything_but_the_days(cast):
    send(cast)
    page = client_of(cast).get(path(f"{only_date(cast).pk}/copy/"))
    form, place = page.context["form"], page.context["place"]
    assert form.initial["title"] == "Sprachcafé"
    assert form.initial["starts_on"] is None
    assert place.initial["street"] == "Parkweg 2"
    client_of(cast).post(
        path(f"{only_date(cast).pk}/copy/"), {**TYPED, "starts_on": "5.1.2027", "until": "30.3.2027"}
    )
    with cast.in_town():
        assert PublicDate.objects.count() == 2
        assert Address.objects.filter(street="Parkweg 2").count() == 2


@pytest.mark.django_db
def test_staff_are_told_what_comes_in_each_others_way(cast):
    with cast.in_town():
        public_date("Andere Runde", starts_on=date(2026, 11, 24), opens_at=time(17), space=cast.middle)
    answer = send(cast, space=str(cast.middle.pk))
    page = client_of(cast).get(answer["Location"]).content.decode()
    assert "Andere Runde" in page
    assert "24.11.2026" in page


@pytest.mark.django_db
def test_closing_days_are_kept_and_deleted(cast):
    client = client_of(cast)
    typed = {"first": "24.12.2026", "last": "1.1.2027", "label": "Zwischen den Jahren"}
    assert client.post(path("closing-days/"), typed).status_code == 302
    assert client.post(path("closing-days/"), typed | {"last": "1.1.2026"}).status_code == 422
    assert client.post(path("closing-days/"), typed | {"last": "1.1.2029"}).status_code == 422
    assert client.post(path("closing-days/"), typed | {"label": ""}).status_code == 422
    with cast.in_town():
        day = ClosingDay.objects.get()
    assert client.post(path(f"closing-days/{day.pk}/delete/")).status_code == 422
    assert client.post(path(f"closing-days/{day.pk}/delete/"), {"sure": "yes"}).status_code == 302
    with cast.in_town():
        assert not ClosingDay.objects.exists()


@pytest.mark.django_db
def test_who_only_reads_cannot_add_closing_days(cast):
    client = client_of(cast, Role.COUNSELLOR)
    typed = {"first": "24.12.2026", "label": "Zwischen den Jahren"}
    assert client.get(path("closing-days/")).status_code == 200
    assert client.post(path("closing-days/"), typed).status_code in (403, 404)


@pytest.mark.django_db
def test_the_database_refuses_what_no_form_lets_through(cast):
    wrong = ({"starts_on": None}, {"until": date(2020, 1, 1)}, {"interval": 0})
    with cast.in_town():
        for values in wrong:
            with pytest.raises(IntegrityError), transaction.atomic():
                public_date(**values)
        with pytest.raises(IntegrityError), transaction.atomic():
            closing_day(first=date(2026, 12, 24), last=date(2026, 12, 1))


def planned(rule, **values):
    return Planned(uuid4(), rule, **values)


SPACE = uuid4()
WEEK = date(2026, 11, 23), date(2026, 11, 29)
TEA = Rule(weekdays=["TU"], opens_at=time(16), closes_at=time(18))


@pytest.mark.parametrize(
    ("rule", "collides"),
    [
        (Rule(weekdays=["TU"], opens_at=time(17), closes_at=time(19)), True),
        (Rule(weekdays=["TU"], opens_at=time(18), closes_at=time(19)), False),
        (Rule(weekdays=["MO"], opens_at=time(22), closes_at=time(2)), False),
        (Rule(weekdays=["TU"]), True),
        (Rule(weekdays=["TU"], opens_at=time(15)), True),
        (Rule(weekdays=["WE"], opens_at=time(16), closes_at=time(18)), False),
    ],
)
def test_overlaps_in_one_quarter(rule, collides):
    found = collisions(planned(TEA, space=SPACE), [planned(rule, space=SPACE)], *WEEK)
    assert [each.day for each in found] == ([date(2026, 11, 24)] if collides else [])


def test_the_same_place_comes_first_and_elsewhere_does_not_count():
    here = planned(TEA, space=uuid4(), place="parkweg 2")
    near, far = planned(TEA, space=SPACE), planned(TEA, space=uuid4(), place="marktplatz 1")
    one = planned(TEA, space=SPACE, place="parkweg 2")
    found = collisions(one, [near, here, far, one], *WEEK)
    assert [(each.other, each.is_same_place) for each in found] == [(here.key, True), (near.key, False)]


def test_a_day_that_is_closed_collides_with_nothing():
    closed = frozenset({date(2026, 11, 24)})
    assert not collisions(planned(TEA, space=SPACE, closed=closed), [planned(TEA, space=SPACE)], *WEEK)
