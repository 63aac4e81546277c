"""What people had erased does not come back with a backup, also what they erase while it is brought back."""

import threading
from uuid import uuid4

from django.utils import timezone

from quartierwerk.operating.backups import places, restoring
from quartierwerk.people.models import Account
from quartierwerk.privacy import erasing, ledger
from quartierwerk.privacy.rows import Subject
from quartierwerk.rights import Role


def test_erasures_since_the_backup_are_done_again_before_the_exchange(installation, backup, monkeypatch):
    person = installation.cast.neighbour
    file = backup()
    erasing.erase(Subject(account_id=person.pk, mails=frozenset({person.email})))
    assert len(ledger.lines()) == 1
    seen = []
    exchange = restoring._exchange

    def look(server, running, target):
        with places.pointed_at(target):
            seen.append(Account.objects.filter(pk=person.pk).exists())
        return exchange(server, running, target)

    monkeypatch.setattr(restoring, "_exchange", look)
    done = restoring.restore(file, key="")
    assert (done.erasures, seen) == (1, [False])
    assert not Account.objects.filter(pk=person.pk).exists()


def test_erasure_during_the_restore_is_done_again_too(installation, backup, monkeypatch):
    """After the last look at the ledger, before the exchange, somebody erases in the running database."""
    early, late = installation.cast.neighbour, installation.cast.account[Role.PLANNER]
    file = backup()
    erasing.erase(Subject(account_id=early.pk, mails=frozenset({early.email})))
    add_missing = restoring.uploads.add_missing

    def and_somebody_erases(folder):
        erasing.erase(Subject(account_id=late.pk, mails=frozenset({late.email})))
        add_missing(folder)

    monkeypatch.setattr(restoring.uploads, "add_missing", and_somebody_erases)
    assert restoring.restore(file, key="").erasures == 2
    assert not Account.objects.filter(pk__in=[early.pk, late.pk]).exists()


def test_erasure_that_begins_during_the_exchange_waits_for_it(installation, backup, monkeypatch):
    file, exchange, order = backup(), restoring._exchange, []
    line = ledger.Line(uuid4(), timezone.now(), uuid4(), frozenset())
    erasure = threading.Thread(target=lambda: (ledger.add(line), order.append("erasure")))

    def slowly(*words):
        erasure.start()
        erasure.join(0.3)
        done = exchange(*words)
        order.append("exchange")
        return done

    monkeypatch.setattr(restoring, "_exchange", slowly)
    restoring.restore(file, key="")
    erasure.join(10)
    assert order == ["exchange", "erasure"]
