"""The daily deletion: periods, dry run, holds, protocol, and a run that is killed in the middle."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from quartierwerk.directory.models import Contact, Offer
from quartierwerk.directory.tests import factories
from quartierwerk.journal.models import JournalEntry, SecurityEvent
from quartierwerk.messages.models import Outgoing, State
from quartierwerk.messages.tests.factories import outgoing
from quartierwerk.people.models import Account
from quartierwerk.privacy import keeping, ledger
from quartierwerk.privacy.commands import _retention
from quartierwerk.privacy.models import Hold, PeriodChange, Run, RunLine
from quartierwerk.privacy.registry import Retention
from quartierwerk.privacy.retention import CLASS_NAMES, PERIODS, Span, days, months, years
from quartierwerk.rights import Role
from quartierwerk.tenants.models import Visibility

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
all_connections = pytest.mark.django_db(transaction=True, databases=["default", "keeper"])
Events = Contact.pgh_event_model


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR = tmp_path


# ---- periods, without a database


def test_every_class_has_a_name_and_a_period_within_its_range():
    assert set(CLASS_NAMES) == set(PERIODS)
    assert set(PERIODS) == set(Retention) - {Retention.WHILE_NEEDED}
    for period in PERIODS.values():
        assert period.allows(period.default)
        assert period.reason


@pytest.mark.parametrize(
    ("span", "moment", "expected"),
    [
        (months(1), "2026-03-31", "2026-02-28"),
        (months(12), "2024-02-29", "2023-02-28"),
        (years(3), "2026-01-01", "2023-01-01"),
        (days(30), "2026-03-01", "2026-01-30"),
        (Span(hours=24), "2026-03-01", "2026-02-28"),
    ],
)
def test_spans_are_calendar_months(span, moment, expected):
    moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert span.before(moment).date().isoformat() == expected


def test_end_of_year_counts_whole_years():
    money = PERIODS[Retention.MONEY]
    booked = datetime(2016, 3, 1, tzinfo=UTC)
    assert money.ends(booked) == datetime(2027, 1, 1, tzinfo=UTC)
    assert not booked < money.cutoff(datetime(2026, 12, 31, 23, tzinfo=UTC))
    assert booked < money.cutoff(datetime(2027, 1, 1, tzinfo=UTC))


def test_ranges_refuse_what_lies_outside():
    mail = PERIODS[Retention.SENT_MAIL]
    assert mail.allows(days(7))
    assert not mail.allows(days(6))
    assert not mail.allows(months(4))
    assert mail.loosens(days(31))
    assert not mail.loosens(days(30))


# ---- the run


def hidden_contact(token="Waltraud", *, age=timedelta(days=400)):
    contact = factories.contact(token)
    Offer.objects.filter(pk=contact.offer_id).update(visibility=Visibility.TENANT)
    Offer.objects.filter(pk=contact.offer_id).update(changed_at=NOW - age)
    return contact


@all_connections
def test_what_is_due_goes_with_its_history_and_nothing_else(cast):
    with cast.in_town():
        old, young = hidden_contact("Waltraud"), hidden_contact("Heinrich", age=timedelta(days=300))
    run = keeping.run(NOW)
    with cast.in_town():
        assert Contact.objects.get(pk=old.pk).name == ""
        assert Contact.objects.get(pk=young.pk).name == "Heinrich"
        assert not Events.objects.filter(name="Waltraud").exists()
        assert Events.objects.filter(name="Heinrich").exists()
    line = RunLine.objects.get(run=run, model="directory.contact")
    assert (line.tenant, line.emptied, line.retention) == (cast.town, 1, "published contact person")
    assert line.history > 0
    assert run.ended_at
    again = keeping.run(NOW)
    assert not again.lines.exists()


@all_connections
def test_a_dry_run_changes_nothing(cast, capsys):
    with cast.in_town():
        contact = hidden_contact()
    lines = keeping.dry_run(NOW)
    assert [(one.tenant, one.model, one.due) for one in lines] == [("musterstadt", "directory.contact", 1)]
    with cast.in_town():
        assert Contact.objects.get(pk=contact.pk).name == "Waltraud"
    assert not Run.objects.exists()

    class Options:
        dry_run, json = True, True

    assert _retention(Options) == 0
    told = json.loads(capsys.readouterr().out)
    assert told[0]["due"] == 1
    assert "Waltraud" not in json.dumps(told)


@all_connections
def test_a_hold_stops_the_clock_and_ends_by_itself(cast):
    with cast.in_town():
        contact = hidden_contact()
        Hold.objects.create(
            tenant=cast.town,
            kind="dispute",
            object_kind="directory.contact",
            object_id=contact.pk,
            reason="Az. 4 K 12/26",
            until=NOW + timedelta(days=10),
        )
    run = keeping.run(NOW)
    assert run.lines.get(model="directory.contact").held == 1
    with cast.in_town():
        assert Contact.objects.get(pk=contact.pk).name == "Waltraud"
    later = keeping.run(NOW + timedelta(days=11))
    assert later.lines.get(model="directory.contact").emptied == 1
    assert Hold.objects.get(kind="dispute").ended_at


@all_connections
def test_a_municipality_shortens_freely_and_lengthens_with_a_second_person(cast):
    someone, second = cast.account[Role.PROTECTION_OFFICER].pk, cast.account[Role.ADMINISTRATOR].pk
    with cast.in_town():
        contact = hidden_contact(age=timedelta(days=400))
        change = PeriodChange.objects.create(
            retention=Retention.CONTACT_PERSON, months=24, reason="Beschwerden", changed_by=someone
        )
    with cast.in_other():
        hidden_contact(age=timedelta(days=100))
        PeriodChange.objects.create(
            retention=Retention.CONTACT_PERSON, months=2, reason="sparsam", changed_by=someone
        )
    assert [line.tenant for line in keeping.dry_run(NOW)] == ["musterstadt", "nachbarstadt"]
    with cast.in_town():  # now a second person agrees
        PeriodChange.objects.filter(pk=change.pk).update(confirmed_by=second, confirmed_at=NOW)
        assert Contact.objects.get(pk=contact.pk).name == "Waltraud"
    assert [line.tenant for line in keeping.dry_run(NOW)] == ["nachbarstadt"]


@all_connections
def test_a_period_outside_its_range_does_not_count(cast):
    with cast.in_town():
        hidden_contact()
        PeriodChange.objects.create(
            retention=Retention.CONTACT_PERSON,
            months=60,
            reason="x",
            changed_by=cast.account[Role.COORDINATOR].pk,
            confirmed_by=cast.account[Role.ADMINISTRATOR].pk,
        )
    assert len(keeping.dry_run(NOW)) == 1


@all_connections
def test_network_addresses_are_shortened_after_seven_days(cast):
    def event(address, age):
        made = SecurityEvent.objects.create(action="signed in", address=address)
        SecurityEvent.objects.filter(pk=made.pk).update(at=NOW - timedelta(days=age))
        return made

    four, six = event("192.0.2.77", 8), event("2001:db8:1:2:3::4", 8)
    young, old = event("192.0.2.77", 6), event("192.0.2.77", 91)
    run = keeping.run(NOW)
    assert SecurityEvent.objects.get(pk=four.pk).address == "192.0.2.0"
    assert SecurityEvent.objects.get(pk=six.pk).address == "2001:db8:1::"
    assert SecurityEvent.objects.get(pk=young.pk).address == "192.0.2.77"
    assert not SecurityEvent.objects.filter(pk=old.pk).exists()
    line = run.lines.get(model="journal.securityevent")
    assert line.deleted == 1
    assert not keeping.dry_run(NOW)


@all_connections
def test_the_journal_goes_by_the_keepers_hand(cast):
    with cast.in_town():
        entry = JournalEntry.objects.create(action="offer published")
        JournalEntry.objects.using("keeper").filter(pk=entry.pk).update(at=datetime(2022, 12, 31, tzinfo=UTC))
        JournalEntry.objects.create(action="offer published")
    keeping.run(NOW)
    with cast.in_town():
        assert JournalEntry.objects.count() == 1


@all_connections
def test_sent_mails_lose_their_text(cast):
    with cast.in_town():
        mail = outgoing("Waltraud")
        Outgoing.objects.filter(pk=mail.pk).update(state=State.SENT, ended_at=NOW - timedelta(days=31))
    keeping.run(NOW)
    with cast.in_town():
        mail.refresh_from_db()
        assert (mail.text, mail.recipient, mail.state) == ("", "", State.SENT)


@all_connections
def test_accounts_of_those_who_left_go_after_a_year(cast):
    gone, here = cast.account[Role.TRANSLATOR], cast.account[Role.COORDINATOR]
    Account.objects.filter(pk=gone.pk).update(left_at=NOW - timedelta(days=366))
    run = keeping.run(NOW)
    assert set(Account.objects.values_list("pk", flat=True)) >= {here.pk}
    assert not Account.objects.filter(pk=gone.pk).exists()
    assert run.lines.get(model="people.account").deleted == 1


@all_connections
def test_accounts_whose_roles_ended_by_date_go_too(cast):
    gone, lately, later = (
        cast.account[role] for role in (Role.TRANSLATOR, Role.PLANNER, Role.COMMUNITY_WORKER)
    )
    last = NOW - timedelta(days=20)
    gone.memberships.update(valid_until=NOW - timedelta(days=400))
    lately.memberships.update(valid_until=last)
    later.memberships.update(valid_from=NOW + timedelta(days=2), valid_until=NOW + timedelta(days=9))
    keeping.run(NOW)
    assert not Account.objects.filter(pk=gone.pk).exists()
    assert Account.objects.get(pk=lately.pk).left_at == last
    assert Account.objects.get(pk=later.pk).left_at is None


@all_connections
def test_two_runs_at_once_are_one(cast):
    with connections["keeper"].cursor() as other:
        other.execute("select pg_advisory_lock(%s)", [keeping.LOCK])
        with pytest.raises(keeping.AlreadyRunning):
            keeping.run(NOW)
        other.execute("select pg_advisory_unlock(%s)", [keeping.LOCK])
    keeping.run(NOW)


KILLED = """
import django; django.setup()
from quartierwerk.privacy import keeping
keeping.STEP = 20
print("ready", flush=True)
keeping.run()
"""


@pytest.mark.parametrize(("count", "tries"), [(600, 1), pytest.param(1500, 2, marks=pytest.mark.slow)])
@all_connections
def test_a_killed_run_goes_on_where_it_was(cast, count, tries):
    past = timezone.now() - timedelta(days=400)
    with cast.in_town():
        offer = factories.offer(visibility=Visibility.TENANT)
        Contact.objects.bulk_create(Contact(offer=offer, name=f"Person {n}") for n in range(count))
        Offer.objects.filter(pk=offer.pk).update(changed_at=past)

    def left():
        with cast.in_town():
            return Contact.objects.exclude(name="").count()

    kills = 0
    for _try in range(tries):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED],
            env={**os.environ, "TEST_DATABASE_NAME": connection.settings_dict["NAME"]},
            stdout=subprocess.PIPE,
            text=True,
        )
        process.stdout.readline()
        before, deadline = left(), time.monotonic() + 20
        while left() in (before, 0) and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.wait()
        process.stdout.close()
        if not left():
            break
    assert kills
    for _wait in range(100):  # the server takes a moment to notice that the killed one is gone
        try:
            keeping.run()
            break
        except keeping.AlreadyRunning:
            time.sleep(0.1)
    assert left() == 0
    with cast.in_town():
        assert Contact.objects.count() == count
        assert not Events.objects.exclude(name="").exists()
    emptied = RunLine.objects.filter(model="directory.contact").values_list("emptied", flat=True)
    assert sum(emptied) == count  # each row once in the protocols, whatever was killed
    assert len(emptied) > 1
    assert not Run.objects.filter(ended_at=None).exists()
    assert ledger.lines() == []
