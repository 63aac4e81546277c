"""A person is erased: rows, history, nothing of the neighbours', locks, and what a crash or a restore leaves."""

import stat
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from quartierwerk.directory.models import Contact
from quartierwerk.directory.tests import factories
from quartierwerk.people.models import Account, Membership
from quartierwerk.privacy import erasing, history, ledger
from quartierwerk.privacy.models import Hold, Run, RunLine
from quartierwerk.privacy.registry import record_of
from quartierwerk.privacy.rows import Subject
from quartierwerk.rights import Role
from quartierwerk.tenants import scope

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keeper"])
Events = Contact.pgh_event_model


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR = tmp_path


def history_texts() -> str:
    with connections["keeper"].cursor() as cursor:
        cursor.execute(f"select string_agg(e::text, ' ') from {Events._meta.db_table} e")
        return cursor.fetchone()[0] or ""


def test_values_leave_rows_and_history_and_the_count_stays(cast):
    account = cast.account[Role.ORGANISATION_EDITOR]
    with cast.in_town():
        contact = factories.contact("Waltraud", account.pk)
        contact.name = "Waltraud Neu"
        contact.save()
        other = factories.contact("Heinrich", cast.account[Role.COORDINATOR].pk)
        before = (Contact.objects.count(), Events.objects.count())
    outcome = erasing.erase(Subject(account_id=account.pk))
    with cast.in_town():
        contact.refresh_from_db()
        other.refresh_from_db()
        assert (contact.name, contact.phone, contact.email, contact.account_id) == ("", "", "", None)
        assert contact.function == "Kursberatung"  # not about the person
        assert other.name == "Heinrich"
        assert Contact.objects.count() == before[0]
        # One more event: that it was emptied, by whom and when.
        assert Events.objects.count() == before[1] + 1
        texts = history_texts()
        assert "Waltraud" not in texts
        assert "waltraud" not in texts
        assert str(account.pk) in texts  # the pseudonym stays
        assert "Heinrich" in texts
    assert not Account.objects.filter(pk=account.pk).exists()
    assert not Membership.objects.filter(account_id=account.pk).exists()
    assert outcome.emptied["directory.contact"] == 1
    assert outcome.deleted["people.account"] == 1
    line = RunLine.objects.get(run=outcome.run, model="directory.contact")
    assert (line.tenant, line.emptied, line.history) == (cast.town, 1, 2)


def test_history_of_rows_that_staff_deleted_long_ago_is_found(cast):
    account = cast.account[Role.ORGANISATION_EDITOR]
    with cast.in_town():
        factories.contact("Waltraud", account.pk).delete()
        assert "Waltraud" in history_texts()
    erasing.erase(Subject(account_id=account.pk))
    with cast.in_town():
        assert "Waltraud" not in history_texts()


def test_rows_of_all_municipalities_are_reached(cast):
    account = cast.account[Role.ORGANISATION_EDITOR]
    for place in (cast.in_town, cast.in_other):
        with place():
            factories.contact("Waltraud", account.pk)
    erasing.erase(Subject(account_id=account.pk))
    for place in (cast.in_town, cast.in_other):
        with place():
            assert "Waltraud" not in history_texts()
            assert not Contact.objects.filter(name="Waltraud").exists()


def test_somebody_without_account_is_found_by_mail_address(cast):
    with cast.in_town():
        contact = factories.contact("Waltraud")
        gone = factories.contact("Waltraud")
        gone.delete()
        kept = factories.contact("Heinrich")
    erasing.erase(Subject(mails=frozenset({"WALTRAUD@beispiel.example"})))
    with cast.in_town():
        contact.refresh_from_db()
        kept.refresh_from_db()
        assert contact.name == ""
        assert kept.name == "Heinrich"
        assert "Waltraud" not in history_texts()


def test_columns_of_a_list_lose_the_person_and_the_public_record_stays(cast):
    with cast.in_town():
        found = factories.offer_of_list("Anna")
        found.kept_columns = {**found.kept_columns, "status": "inactive"}
        found.save()
        other = factories.offer_of_list("Joanna")
    erasing.erase(Subject(mails=frozenset({"anna@beispiel.example"})))
    with cast.in_town():
        found.refresh_from_db()
        other.refresh_from_db()
        assert (found.title, found.kept_columns) == ("Deutsch am Vormittag", {"status": "inactive"})
        assert "Joanna" in other.kept_columns["Vorstand"]
        past = found.pgh_event_model.objects.filter(pgh_obj_id=found.pk)
        assert not past.filter(kept_columns__icontains="Anna").exists()


def test_a_later_person_of_the_same_row_keeps_hers(cast):
    first, second = cast.account[Role.ORGANISATION_EDITOR], cast.account[Role.COORDINATOR]
    with cast.in_town():
        contact = factories.contact("Waltraud", first.pk)
        contact.name, contact.phone, contact.email = "Heinrich", "", "heinrich@beispiel.example"
        contact.account_id = second.pk
        contact.save()
    erasing.erase(Subject(account_id=first.pk))
    with cast.in_town():
        contact.refresh_from_db()
        assert contact.name == "Heinrich"
        texts = history_texts()
        assert "Waltraud" not in texts
        assert "Heinrich" in texts


def test_erasing_nobody_is_refused(cast):
    with pytest.raises(erasing.Nobody):
        erasing.erase(Subject())
    assert not Run.objects.exists()
    assert not ledger.lines()


def test_held_rows_stay_and_are_listed_with_their_end(cast):
    account = cast.account[Role.ORGANISATION_EDITOR]
    end = datetime(2031, 1, 1, tzinfo=UTC)
    with cast.in_town():
        contact = factories.contact("Waltraud", account.pk)
        free = factories.contact("Waltraud", account.pk)
        Hold.objects.create(
            tenant=cast.town, kind="dispute", object_kind="directory.contact", object_id=contact.pk, until=end
        )
    outcome = erasing.erase(Subject(account_id=account.pk))
    with cast.in_town():
        contact.refresh_from_db()
        free.refresh_from_db()
        assert contact.name == "Waltraud"
        assert free.name == ""
        assert Events.objects.filter(pgh_obj_id=contact.pk, name="Waltraud").exists()
        assert not Events.objects.filter(pgh_obj_id=free.pk, name="Waltraud").exists()
    assert [(one.pk, one.until, one.reason) for one in outcome.locked] == [(str(contact.pk), end, "dispute")]


def test_only_the_keeper_changes_history_and_only_behind_the_wall(cast):
    with cast.in_town():
        factories.contact("Waltraud")
        with pytest.raises(DatabaseError), transaction.atomic():
            Events.objects.update(name="")
        with pytest.raises(DatabaseError), transaction.atomic():
            Events.objects.all().delete()
    with cast.in_other():
        assert Events.objects.using("keeper").update(name="") == 0
        assert Events.objects.using("keeper").all().delete()[0] == 0
    with cast.in_town():
        assert Events.objects.filter(name="Waltraud").exists()
        with pytest.raises(DatabaseError), transaction.atomic(using="keeper"):
            Contact.objects.using("keeper").create(offer=factories.offer(), name="neu")
        assert Events.objects.using("keeper").update(name="") > 0
    with pytest.raises(DatabaseError), connections["keeper"].cursor() as cursor:
        cursor.execute(f"alter table {Events._meta.db_table} disable row level security")


def test_the_mark_ends_with_its_block(cast):
    with history.marked(), cast.in_town():
        pass
    with cast.in_town():
        contact = factories.contact("Waltraud")
        assert history.forget_marked(record_of(Contact)) == 0
        assert Events.objects.filter(pgh_obj_id=contact.pk, name="Waltraud").exists()


def test_an_interrupted_erasure_is_finished_by_the_next_run(cast, monkeypatch):
    account = cast.account[Role.ORGANISATION_EDITOR]
    with cast.in_town():
        factories.contact("Waltraud", account.pk)

    def killed(*anything):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(erasing, "_forget", killed)
        with pytest.raises(KeyboardInterrupt):
            erasing.erase(Subject(account_id=account.pk))
    with cast.in_town():
        assert "Waltraud" in history_texts()
    assert erasing.finish_begun() == 1
    with cast.in_town():
        assert "Waltraud" not in history_texts()
    assert erasing.finish_begun() == 0


def test_an_erasure_that_missed_the_ledger_is_added_before_it_is_finished(cast):
    account = cast.account[Role.ORGANISATION_EDITOR]
    run = Run.objects.create(kind=Run.Kind.ERASURE, account_id=account.pk)
    with cast.in_town():
        factories.contact(account.email.split("@")[0]).delete()
        Events.objects.using("keeper").update(email=account.email)
    assert erasing.finish_begun() == 1
    assert [(line.run, line.account_id) for line in ledger.lines()] == [(run.pk, account.pk)]
    assert not Account.objects.filter(pk=account.pk).exists()
    with cast.in_town():
        assert account.email not in history_texts()


def test_what_leaving_refuses_is_neither_begun_nor_in_the_ledger(cast):
    def refused():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        erasing.erase(Subject(account_id=cast.account[Role.RESIDENT].pk), leaving=refused)
    assert not Run.objects.exists()
    assert not ledger.lines()


def test_after_a_restore_the_erasures_are_done_again(cast):
    account = cast.account[Role.ORGANISATION_EDITOR]
    with cast.in_town():
        contact = factories.contact("Waltraud", account.pk)
        loose = factories.contact("Heinrich")
    erasing.erase(Subject(account_id=account.pk))
    erasing.erase(Subject(mails=frozenset({"heinrich@beispiel.example"})))
    # The backup brings the rows back.
    back = Account.objects.create_user(id=account.pk, email="zurueck@beispiel.example", name="Waltraud")
    with cast.in_town():
        Contact.objects.filter(pk=contact.pk).update(name="Waltraud", account_id=back.pk)
        Contact.objects.filter(pk=loose.pk).update(name="Heinrich", email="heinrich@beispiel.example")
    assert len(erasing.repeat_after_restore()) == 2
    with cast.in_town():
        assert not Contact.objects.exclude(name="").exists()
        assert "Waltraud" not in history_texts()
        assert "Heinrich" not in history_texts()
    assert not Account.objects.filter(pk=account.pk).exists()
    assert len(ledger.lines()) == 2  # repeating adds nothing


def test_the_ledger_holds_ids_only_and_is_closed_to_others(cast):
    account = cast.account[Role.ORGANISATION_EDITOR]
    with cast.in_town():
        contact = factories.contact("Waltraud", account.pk)
    erasing.erase(Subject(account_id=account.pk, mails=frozenset({"waltraud@beispiel.example"})))
    text = ledger.path().read_text()
    assert "altraud" not in text
    assert "@" not in text
    assert str(account.pk) in text
    assert str(contact.pk) in text
    assert stat.S_IMODE(ledger.path().stat().st_mode) == 0o600


def test_half_a_line_in_the_ledger_hides_no_other(cast):
    line = ledger.Line(uuid4(), datetime.now(UTC), uuid4(), frozenset())
    ledger.add(line)
    with ledger.path().open("a") as file:
        file.write('{"run": "0b')
    ledger.add(line)
    assert [one.run for one in ledger.lines()] == [line.run, line.run]
    ledger.path().write_text('{"run": 3}\n' + line.text() + "\n")
    with pytest.raises(ledger.Damaged):
        ledger.lines()


def test_old_lines_leave_the_ledger(cast):
    now = datetime(2026, 11, 22, tzinfo=UTC)
    for day in (datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)):
        ledger.add(ledger.Line(uuid4(), day, uuid4(), frozenset()))
    assert ledger.drop_old(now) == 1
    assert [line.at.month for line in ledger.lines()] == [11]


def test_no_scope_is_left_open(cast):
    erasing.erase(Subject(account_id=cast.account[Role.RESIDENT].pk))
    assert scope.active() is None
    assert not connection.in_atomic_block
