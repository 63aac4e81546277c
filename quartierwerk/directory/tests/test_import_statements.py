"""A long list costs as many statements as a short one: what an import asks and writes grows by batches, not by rows.

How long 10,000 rows take is measured by `python -m bench import`.
"""

import csv

from django.db import connection
from django.test.utils import CaptureQueriesContext

from quartierwerk.rights import worker

from ..files.imports import files
from ..files.imports.running import import_parts
from ..models import Contact, Offer, Organisation

HEADER = [
    "id", "Titel", "Verein", "Beschreibung", "Öffnungszeiten", "Telefon", "E-Mail", "Straße", "PLZ", "Ort", "Sprachen",
    "Gültig bis", "Homepage", "Zielgruppe",
]  # fmt: skip


def listed(folder, name: str, rows: range):
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        for number in rows:
            writer.writerow([
                number, f"Angebot {number} für alle", f"Verein {number % 8}", "Was es hier gibt, in Worten. " * 8,
                "Mo 9-12 Uhr\nDi nach Vereinbarung", "0511 000 0000", f"a{number}@verein.example",
                f"Hauptstraße {number}", "30880", "Musterstadt", "Deutsch, Arabisch", "31.12.2027", "verein.example", "Alle",
            ])  # fmt: skip
    return path


def statements(cast, path) -> int:
    parts = files.parts_at(path, "csv")
    with CaptureQueriesContext(connection) as asked:
        result = import_parts(parts, tenant=cast.town, name=path.stem, by=worker("rows", cast.town.pk))
    assert result.stored
    return len(asked)


def test_four_times_the_rows_ask_and_write_no_more_statements(cast, tmp_path):
    few = listed(tmp_path, "few", range(1_000, 1_050))
    many = listed(tmp_path, "many", range(2_000, 2_200))
    with cast.in_town():
        first = statements(cast, few)
        assert statements(cast, many) <= first
        assert (Offer.objects.count(), Organisation.objects.count()) == (250, 8)
        assert Contact.objects.count() == 250
        # The whole list again changes nothing and says so.
        again = import_parts(
            files.parts_at(many, "csv"), tenant=cast.town, name="many", by=worker("rows", cast.town.pk)
        )
        assert again.stored
        assert Offer.objects.count() == 250
