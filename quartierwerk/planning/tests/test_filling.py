"""What migrations fill in a database that was there before: days of entry and who was invited."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from quartierwerk.journal.history import last_change

from ..models import Decision, MeetingInvitation, Need
from . import factories

FILLING = import_module("quartierwerk.planning.migrations.0023_fill_days_of_entry_and_invitations")
# The owner of the tables sees what was committed.
pytestmark = pytest.mark.django_db(transaction=True)


def as_owner(*statements):
    with psycopg.connect(settings.SERVER.url("owner", connection.settings_dict["NAME"])) as owner:
        for statement in statements:
            owner.execute(statement)


def test_records_of_before_get_the_day_they_were_made(cast):
    with cast.in_town():
        need = factories.need("Fahrdienst")
        known = factories.need("Längst bekannt", entered_on=date(2019, 1, 7))
        decision = factories.decision("Zweite Gruppe")
        meeting = decision.meeting
        type(meeting).objects.filter(pk=meeting.pk).update(frozen_at=timezone.now())
        changed = last_change(need)
        made = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # in Germany already the next day
        as_owner(
            f"update chain_element set created_at = '{made}'",
            f"update planning_decisionevent set pgh_created_at = '{made}'",
            FILLING.DAYS,
        )
        days = set(Need.objects.values_list("title", "entered_on"))
        assert days == {(need.title, date(2026, 3, 2)), (known.title, date(2019, 1, 7))}
        assert Decision.objects.get().entered_on == date(2026, 3, 2)
        assert last_change(need) == changed


def test_who_sat_in_the_group_on_the_day_counts_as_invited(cast):
    with cast.in_town():
        now = timezone.now()
        group = factories.group("Steuerungsgruppe")
        told = factories.meeting("Siebte", group=group, starts_at=now + timedelta(days=7), state="invited",
                                 invited_at=now, invited_with="abc")  # fmt: skip
        factories.meeting("Achte", group=group, starts_at=now + timedelta(days=37))
        sits = factories.group_member("Ada Muster", group=group, until=None)
        factories.group_member("Bea Muster", group=group, until=timezone.localdate())
        as_owner(FILLING.INVITED, FILLING.INVITED)
        row = MeetingInvitation.objects.get()
        assert (row.meeting, row.member, row.told_at, row.told_with) == (told, sits, now, "abc")
