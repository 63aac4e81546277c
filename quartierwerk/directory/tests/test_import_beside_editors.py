"""A colleague edits while a list comes in: her words stay, and a list never writes what it does not change."""

import threading
import time

import pytest
from django.db import connection, connections

from quartierwerk.rights import worker
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from ..files.imports import files, plan
from ..files.imports.running import import_loaded
from ..models import Offer


def list_at(tmp_path, *rows):
    path = tmp_path / "liste.csv"
    path.write_text("\n".join(["id;Titel;Verein;Beschreibung;Kosten", *rows]), encoding="utf-8")
    return files.load(path, "csv")


def imported(town, loaded):
    return import_loaded(loaded, tenant=town, name="liste", by=worker("test", town.pk), format="csv")


@pytest.mark.django_db(transaction=True)
def test_an_edit_made_while_the_list_is_read_is_waited_for_and_kept(tmp_path, monkeypatch):
    town = Tenant.objects.create(slug="musterstadt", name="Musterstadt")
    with scope.entered(scope.staff(town)):
        imported(town, list_at(tmp_path, "1;Chor;A;alt;0", "2;Tanz;A;alt;0"))
    reading, failures = threading.Event(), []
    place = plan.Planner.place

    def slow(self, drafts):
        reading.set()  # rows are read and held now
        time.sleep(0.5)
        return place(self, drafts)

    monkeypatch.setattr(plan.Planner, "place", slow)

    def edit():
        try:
            reading.wait(10)
            with scope.entered(scope.staff(town)):
                Offer.objects.filter(title="Chor").update(description="von einer Kollegin")
        except Exception as problem:
            failures.append(problem)
        finally:
            connections.close_all()

    colleague = threading.Thread(target=edit)
    colleague.start()
    with scope.entered(scope.staff(town)):
        # The first row changes its cost only, the second its description.
        result = imported(town, list_at(tmp_path, "1;Chor;A;alt;5 €", "2;Tanz;A;neu;0"))
    colleague.join(20)
    assert not failures
    assert result.outcomes() == {"changed": 2}
    with scope.entered(scope.staff(town)):
        assert dict(Offer.objects.values_list("title", "description")) == {
            "Chor": "von einer Kollegin",
            "Tanz": "neu",
        }
        assert Offer.objects.get(title="Chor").cost == "5 €"
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_only_the_fields_a_row_changes_are_written(tmp_path):
    town = Tenant.objects.create(slug="musterstadt", name="Musterstadt")
    with scope.entered(scope.staff(town)):
        imported(town, list_at(tmp_path, "1;Chor;A;alt;0", "2;Tanz;A;alt;0"))
        loaded = list_at(tmp_path, "1;Chor;A;alt;5 €", "2;Tanz;A;neu;0")
        result = imported(town, loaded)
        changed = {row.title: row.changed for _table, row in result.rows()}
    assert changed == {"Chor": ["cost"], "Tanz": ["description"]}
