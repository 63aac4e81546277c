"""The history of every kind of record can be asked for somebody's rows, also where it leaves out who they are."""

from uuid import uuid4

import pytest

from quartierwerk.privacy import history, rows
from quartierwerk.privacy.registry import all_records
from quartierwerk.tenants import scope


@pytest.mark.django_db(databases=["default", "keeper"])
def test_every_history_is_read_and_forgotten_for_a_person():
    nobody = rows.Subject(account_id=uuid4(), mails=frozenset({"niemand@beispiel.example"}))
    asked = 0
    with scope.entered(rows.everywhere()):
        for record in all_records():
            if rows.concerns_people(record):
                found = history.of_person(record, nobody)
                assert found is None or not found.exists(), record.model._meta.label
                assert history.forget_person(record, nobody) == 0, record.model._meta.label
                asked += 1
    assert asked > 20
