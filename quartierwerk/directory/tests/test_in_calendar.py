"""Courses and groups stand in the calendar, as long as they run and are public."""

from datetime import date, time

import pytest
import time_machine

from ..models import OfferSchedule
from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel("2026-11-16 09:00:00+01:00", tick=False):
        yield


def course(cast, title="Deutsch A1", kind="course", **values):
    organisation = factories.organisation(space=cast.middle)
    offer = factories.offer(title, organisation=organisation, space=cast.middle, kind=kind, **values)
    OfferSchedule.objects.create(offer=offer, weekdays=["MO", "WE"], opens_at=time(9), closes_at=time(12))
    return offer


def month(client, query="?month=2026-12&also=courses"):
    return client.get(f"/de/musterstadt/calendar/{query}").content.decode()


def test_course_stands_on_its_days_until_it_ends(client, cast):
    with cast.in_town():
        course(cast, starts_on=date(2026, 12, 2), ends_on=date(2026, 12, 14))
    assert month(client).count(">Deutsch A1<") == 4


def test_hidden_over_and_other_kinds_stay_away(client, cast):
    with cast.in_town():
        course(cast, "Versteckt", visibility="tenant")
        course(cast, "Zu Ende", valid_until=date(2026, 11, 30))
        course(cast, "Beratung", kind="counselling")
    page = month(client)
    for title in ("Versteckt", "Zu Ende", "Beratung"):
        assert title not in page


def test_course_stands_in_the_feed_of_its_quarter(client, cast):
    with cast.in_town():
        course(cast)
    feeds = {
        space: client.get(
            f"/de/musterstadt/calendar/quarters/{space.pk}/dates.ics?also=courses"
        ).content.decode()
        for space in (cast.middle, cast.old)
    }
    assert "Deutsch A1" in feeds[cast.middle]
    assert "BYDAY=MO,WE" in feeds[cast.middle]
    assert "Deutsch A1" not in feeds[cast.old]


def test_they_are_shown_on_request_only(client, cast):
    with cast.in_town():
        course(cast)
    assert "Deutsch A1" not in month(client, "?month=2026-12")
    assert "Deutsch A1" not in month(client, "?month=2026-12&also=nonsense")
