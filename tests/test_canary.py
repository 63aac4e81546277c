"""A canary in every personal field of every kind of record: it sings in no log, mail subject, task, index or address,
and after the erasure it is in no row, no history and no dump.
"""

import logging
import subprocess
from datetime import timedelta
from inspect import signature
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from config import postgres
from quartierwerk import jobs
from quartierwerk.directory.models import Contact
from quartierwerk.messages.models import InstallationMail, Outgoing
from quartierwerk.people.models import Account
from quartierwerk.privacy import erasing, history, keeping, ledger
from quartierwerk.privacy.registry import Record, all_records, make
from quartierwerk.privacy.rows import Subject
from quartierwerk.protection import actions
from quartierwerk.search import keeping as search
from quartierwerk.tenants import scope

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keeper"])

WITH_ACCOUNT, WITHOUT = "Kanari7q3xz", "Zeisig9w2kp"
# What the factories write where no word fits.
ADDRESSES = ("192.0.2.44", "192.0.2.7")


def personal_records() -> list[Record]:
    return [record for record in all_records() if record.personal_fields()]


def takes_account(record: Record) -> bool:
    module, _colon, name = record.factory.partition(":")
    return "account_id" in signature(getattr(__import__(module, fromlist=[name]), name)).parameters


@pytest.fixture
def canary(cast, settings, tmp_path):
    """One person with a row in every table, and another known by a mail address only."""
    settings.VAR = tmp_path
    settings.SEARCH_FOLDER = tmp_path / "search"
    account = Account.objects.create_user(
        f"{WITH_ACCOUNT.lower()}@beispiel.example", "ein-langes-beispiel-wort", name=WITH_ACCOUNT
    )
    with cast.in_town():
        for record in personal_records():
            if record.model is Account:
                continue
            make(record, WITH_ACCOUNT, **({"account_id": account.pk} if takes_account(record) else {}))
        for record in personal_records():
            if record.mail:
                make(record, WITHOUT)
        contact = Contact.objects.filter(name=WITH_ACCOUNT).get()
        contact.hours = "nach Vereinbarung"
        contact.save()
    return account


def sings(text: str, *tokens: str) -> list[str]:
    return [token for token in tokens or (WITH_ACCOUNT, WITHOUT) if token.lower() in text.lower()]


def everything_is_used(account, client) -> list[str]:
    """Walk through what happens with people's data every day; returns the addresses asked for and led to."""
    asked = []

    def visit(method, path, **values):
        answer = getattr(client, method)(path, **values)
        asked.extend([path, answer.headers.get("Location", "")])
        return answer

    visit("post", "/accounts/login/", data={"login": account.email, "password": "falsch"})
    visit("post", "/me/request/", data={"mail": f"{WITHOUT}@beispiel.example"})
    visit("post", "/me/request/", data={"mail": WITHOUT})
    visit("get", "/me/request/sent/")
    client.force_login(account)
    for name in ("own-data", "own-data-file", "own-account", "usersessions_list", "erase-own-data"):
        visit("get", reverse(name))
    visit("post", reverse("own-account"), data={"name": WITH_ACCOUNT, "language": "xx"})
    visit("post", reverse("own-account"), data={"name": WITH_ACCOUNT, "language": "de"})
    visit("get", "/de/musterstadt/offers/")
    visit("get", "/staff/musterstadt/")
    return asked


def provoke_errors(cast) -> None:
    """A refused statement and a crashing job carry values in their messages."""
    with pytest.raises(DatabaseError), transaction.atomic():
        Account.objects.create(email=f"{WITH_ACCOUNT}@BEISPIEL.example".lower(), name=WITH_ACCOUNT)
    with cast.in_town(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select %s::integer", [WITH_ACCOUNT])
    with pytest.raises(jobs.NotAnIdentifier):
        jobs.later(jobs._jobs["messages.deliver"], mail=WITH_ACCOUNT)


def server_log() -> Path | None:
    folder = getattr(settings.SERVER, "folder", None)  # an installed server's log is not ours to read
    return folder / "log" / "server.log" if folder else None


def test_every_personal_field_carries_the_canary(cast, canary):
    """The factories are worth what this test is worth: each table holds the token, or a stand-in for it."""
    with scope.entered(scope.staff(cast.town)), connection.cursor() as cursor:
        for record in personal_records():
            cursor.execute(f"select string_agg(t::text, ' ') from {record.model._meta.db_table} t")
            text = cursor.fetchone()[0] or ""
            # Bytes are written as hexadecimal digits.
            found = sings(text, WITH_ACCOUNT, WITH_ACCOUNT.encode().hex(), *ADDRESSES, str(canary.pk))
            assert found, f"{record.model._meta.label}: its factory writes no token"


def test_the_canary_sings_nowhere(cast, canary, client, caplog):
    caplog.set_level(logging.INFO)
    log = server_log()
    begin = log.stat().st_size if log else 0
    asked = everything_is_used(canary, client)
    provoke_errors(cast)
    jobs.run_waiting()
    keeping.run()
    search.bring_up_to_date()

    assert not sings(caplog.text), "in a log of the server or the worker"
    assert not sings("\n".join(f"{record.args} {record.exc_text}" for record in caplog.records))
    assert not sings("\n".join(asked)), "in an address"
    tasks = "\n".join(str(args) for args in ProcrastinateJob.objects.values_list("args", flat=True))
    assert not sings(tasks), "in a task's argument"
    with cast.in_town():
        mails = [*Outgoing.objects.all(), *InstallationMail.objects.all()]
        assert mails
        assert not sings("\n".join(f"{mail.subject} {mail.key}" for mail in mails)), (
            "in a mail's subject or key"
        )
        with connection.cursor() as cursor:
            for table in ("journal_journalentry", "journal_securityevent", "web_sentform", "privacy_runline"):
                cursor.execute(f"select string_agg(t::text, ' ') from {table} t")
                assert not sings(cursor.fetchone()[0] or ""), f"in {table}"
    files = [file for file in Path(settings.SEARCH_FOLDER).rglob("*") if file.is_file()]
    assert files
    for file in files:
        assert not sings(file.read_bytes().decode("latin-1")), "in the search index"
    if log:
        with log.open("rb") as file:
            file.seek(begin)
            assert not sings(file.read().decode(errors="replace")), "in PostgreSQL's log"


def test_after_the_erasure_it_is_in_no_dump(cast, canary):
    assert sings(dump()) == [WITH_ACCOUNT, WITHOUT]
    erasing.erase(actions.subject_of(canary))
    erasing.erase(Subject(mails=frozenset({f"{WITHOUT.lower()}@beispiel.example"})))
    forget_what_leads_to_nobody(cast)
    # A session without an account belongs to nobody who could ask; it goes by itself.
    keeping.run(timezone.now() + timedelta(days=3))
    text = dump()
    assert [line for line in text.splitlines() if sings(line)] == []
    assert not sings(text, *ADDRESSES, WITH_ACCOUNT.encode().hex())
    assert str(canary.pk) in text  # the pseudonym stays
    assert not sings(ledger.path().read_text())


def forget_what_leads_to_nobody(cast) -> None:
    """A picture, the words about a barrier: staff take out what somebody says is about her, and the night does the rest."""
    with cast.in_town(), history.marked(), transaction.atomic():
        for record in personal_records():
            if not record.person and not record.mail:
                forget = erasing.empty if record.erase else erasing.delete
                forget(record, record.model._default_manager.all())


def dump() -> str:
    """The whole database as its owner reads it, history included."""
    url = settings.SERVER.url("owner", connections["default"].settings_dict["NAME"])
    command = [str(postgres.binary("pg_dump")), "--data-only", "--inserts", "--no-owner", f"--dbname={url}"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout
