"""The officer's pages: record of processing, holds, protocol; periods that two persons change."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quartierwerk.directory.tests import factories
from quartierwerk.journal.models import JournalEntry
from quartierwerk.privacy import labels, rows
from quartierwerk.privacy.models import Hold, PeriodChange, Run, RunLine
from quartierwerk.privacy.registry import Retention, all_records
from quartierwerk.privacy.retention import days, months
from quartierwerk.protection import actions, rules
from quartierwerk.rights import Refused, Role

pytestmark = pytest.mark.django_db


def address(name, **keys):
    return reverse(name, kwargs={"tenant": "musterstadt", **keys})


@pytest.fixture
def officer(cast, client):
    client.force_login(cast.account[Role.PROTECTION_OFFICER])
    return client


def test_the_record_names_every_personal_table(cast, officer):
    content = html.unescape(officer.get(address("processing-record")).content.decode())
    for record in all_records():
        if record.personal_fields():
            assert labels.of_several(record.model) in content
    file = officer.get(address("processing-record-file"))
    text = file.content.decode("utf-8-sig")
    assert file.headers["Content-Type"].startswith("text/csv")
    assert len(text.strip().split("\r\n")) == 1 + sum(1 for r in all_records() if r.personal_fields())
    with cast.in_town():
        assert JournalEntry.objects.filter(action="record of processing exported").exists()


@pytest.mark.parametrize(
    "name", ["processing-record", "processing-record-file", "holds", "deletion-protocol", "retention-periods"]
)
def test_others_find_nothing(cast, client, name):
    for account in (cast.account[Role.COORDINATOR], cast.neighbour):
        client.force_login(account)
        assert client.get(address(name)).status_code == 404


def test_a_hold_is_set_by_number_listed_and_ended(cast, officer):
    with cast.in_town():
        contact = factories.contact("Waltraud")
    with cast.in_other():
        foreign = factories.contact("Fremd")
    soon = timezone.localtime(timezone.now() + timedelta(days=30)).strftime("%d.%m.%Y")
    form = {"kind": "dispute", "reason": "Az. 4 K 12/26", "last_day": soon}
    assert officer.post(address("holds"), {**form, "record": "Waltraud"}).status_code == 422
    assert officer.post(address("holds"), {**form, "record": str(foreign.pk)}).status_code == 422
    assert officer.post(address("holds"), {**form, "record": str(cast.neighbour.pk)}).status_code == 422
    assert not Hold.objects.exists()
    assert officer.post(address("holds"), {**form, "record": str(contact.pk)}).status_code == 302
    hold = Hold.objects.get()
    assert (hold.object_kind, hold.object_id, hold.tenant) == (
        "directory.contact",
        str(contact.pk),
        cast.town,
    )
    content = officer.get(address("holds")).content.decode()
    assert "Az. 4 K 12/26" in content
    assert "Waltraud" not in content
    assert officer.post(address("end-hold", pk=hold.pk)).status_code == 302
    assert not Hold.objects.standing().exists()
    with cast.in_town():
        assert JournalEntry.objects.filter(action="hold ended").exists()


def test_a_person_can_be_held_as_a_whole(cast, officer):
    soon = timezone.localtime(timezone.now() + timedelta(days=30)).strftime("%d.%m.%Y")
    person = cast.account[Role.TRANSLATOR].pk
    form = {"kind": "restriction", "reason": "Art. 18", "last_day": soon, "record": str(person)}
    assert officer.post(address("holds"), form).status_code == 302
    assert Hold.objects.get().account_id == person


def test_a_hold_by_law_is_not_ended_by_hand(cast, officer):
    hold = Hold.objects.create(
        tenant=cast.town,
        kind="retention",
        object_kind="directory.contact",
        object_id="1",
        reason="consent record",
    )
    officer.post(address("end-hold", pk=hold.pk))
    assert Hold.objects.standing().filter(pk=hold.pk).exists()


def test_a_foreign_hold_does_not_exist(cast, officer):
    hold = Hold.objects.create(
        tenant=cast.other, kind="dispute", object_kind="x", object_id="1", reason="geheim"
    )
    assert officer.post(address("end-hold", pk=hold.pk)).status_code == 404
    assert "geheim" not in officer.get(address("holds")).content.decode()


def test_the_protocol_shows_numbers_of_this_municipality(cast, officer):
    run = Run.objects.create(kind=Run.Kind.RETENTION, ended_at=timezone.now())
    RunLine.objects.create(run=run, tenant=cast.town, model="directory.contact", retention="x", deleted=4711)
    RunLine.objects.create(run=run, tenant=cast.other, model="directory.contact", retention="x", deleted=815)
    content = officer.get(address("deletion-protocol")).content.decode()
    assert "4711" in content.replace(".", "")
    assert "815" not in content


def test_shortening_counts_at_once_lengthening_after_a_second_person(cast):
    officer, admin = cast.person(Role.PROTECTION_OFFICER), cast.person(Role.ADMINISTRATOR)
    with cast.in_town():
        actions.change_period(Retention.SENT_MAIL, days(10), reason="sparsam", by=officer)
        assert rows.span_of(Retention.SENT_MAIL) == days(10)
        longer = actions.change_period(Retention.SENT_MAIL, days(60), reason="Beschwerden", by=officer)
        assert rows.span_of(Retention.SENT_MAIL) == days(10)
        with pytest.raises(actions.Refusal):
            actions.confirm_period(longer, by=officer)
        actions.confirm_period(longer, by=admin)
        assert rows.span_of(Retention.SENT_MAIL) == days(60)
        changed = JournalEntry.objects.filter(action__startswith="retention period")
        assert changed.count() == 3
    with cast.in_other():
        assert rows.span_of(Retention.SENT_MAIL) == days(30)


@pytest.mark.parametrize("span", [days(6), days(91), months(4)])
def test_periods_outside_the_range_are_refused(cast, span):
    with cast.in_town(), pytest.raises(actions.Refusal):
        actions.change_period(Retention.SENT_MAIL, span, reason="x", by=cast.person(Role.ADMINISTRATOR))
    with cast.in_town():
        assert not PeriodChange.objects.exists()


def test_only_those_two_roles_change_periods(cast):
    with cast.in_town(), pytest.raises(Refused):
        actions.change_period(Retention.SENT_MAIL, days(10), reason="x", by=cast.person(Role.COORDINATOR))


def test_nobody_is_a_second_person(cast):
    first = cast.account[Role.ADMINISTRATOR].pk
    assert not rules.may_confirm(first, None)
    assert not rules.may_confirm(first, first)


def test_the_page_takes_a_period_and_says_what_is_wrong(cast, client):
    client.force_login(cast.account[Role.ADMINISTRATOR])
    form = {"retention": "sent mail", "number": "5", "unit": "days", "reason": "sparsam"}
    refused = client.post(address("retention-periods"), form)
    assert refused.status_code == 422
    assert client.post(address("retention-periods"), {**form, "number": "60"}).status_code == 302
    content = client.get(address("retention-periods")).content.decode()
    assert "sparsam" in content
    with cast.in_town():
        change = PeriodChange.objects.get()
        assert not change.counts
    client.post(address("confirm-period", pk=change.pk))  # by oneself: refused
    client.force_login(cast.account[Role.PROTECTION_OFFICER])
    client.post(address("confirm-period", pk=change.pk))
    with cast.in_town():
        assert PeriodChange.objects.get().confirmed_by == cast.account[Role.PROTECTION_OFFICER].pk


def test_pages_need_few_queries(cast, officer, django_assert_max_num_queries):
    for number in range(12):
        run = Run.objects.create(kind=Run.Kind.RETENTION, ended_at=timezone.now())
        RunLine.objects.create(
            run=run, tenant=cast.town, model="directory.contact", retention="x", deleted=number
        )
    for name in ("processing-record", "deletion-protocol", "holds"):
        officer.get(address(name))
        with django_assert_max_num_queries(60):
            officer.get(address(name))


def test_what_shall_be_held_is_found_by_kind_and_name_here_only(cast, client):
    with cast.in_town():
        contact = factories.contact("Waltraud")
    with cast.in_other():
        factories.contact("Waltrude")
    client.force_login(cast.account[Role.PROTECTION_OFFICER])
    path = reverse("holds", kwargs={"tenant": cast.town.slug})
    asked = {"of": "directory.contact", "words": "waltr", "find": "1"}
    html = client.post(path, asked).content.decode()
    assert f'value="{contact.pk}"' in html
    assert "Waltrude" not in html
    html = client.post(path, {"chosen": str(contact.pk)}).content.decode()
    assert f'name="record" value="{contact.pk}"' in html
    people = client.post(path, asked | {"of": "people.account", "words": "planner@"}).content.decode()
    assert str(cast.account[Role.PLANNER].pk) in people
    assert (
        cast.neighbour.email
        not in client.post(path, asked | {"of": "people.account", "words": "koordination@"}).content.decode()
    )
    assert client.post(path, asked | {"words": "a"}).status_code == 422
    assert not Hold.objects.exists()
