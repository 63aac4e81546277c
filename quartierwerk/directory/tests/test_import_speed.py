"""10,000 rows come in within the time a person waits (design: ≤ 10 s on 2 cores, report included)."""

import csv
import time

import pytest

from quartierwerk.rights import worker

from ..files.imports import files
from ..files.imports.running import import_parts
from ..models import Offer

ROWS = 10_000
# Of the 10 s: what this process computes, whatever else the machine is doing (measured: 3.6). The server takes some
# 2 s more, and bringing the search index up to date 3.
OWN_SECONDS = 6
HEADER = [
    "id", "Titel", "Verein", "Beschreibung", "Öffnungszeiten", "Telefon", "E-Mail", "Straße", "PLZ", "Ort", "Sprachen",
    "Gültig bis", "Homepage", "Zielgruppe",
]  # fmt: skip


@pytest.mark.slow
def test_ten_thousand_rows_within_ten_seconds(cast, tmp_path):
    path = tmp_path / "liste.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        for number in range(ROWS):
            writer.writerow([
                number, f"Angebot {number} für alle", f"Verein {number % 800}", "Was es hier gibt, in Worten. " * 8,
                "Mo 9-12 Uhr\nDi nach Vereinbarung", "0511 000 0000", f"a{number}@verein.example",
                f"Hauptstraße {number}", "30880", "Musterstadt", "Deutsch, Arabisch", "31.12.2027", "verein.example", "Alle",
            ])  # fmt: skip
    began = time.process_time()
    with cast.in_town():
        parts = files.parts_at(path, "csv")
        result = import_parts(parts, tenant=cast.town, name="liste", by=worker("speed", cast.town.pk))
        took = time.process_time() - began
        assert result.stored
        assert Offer.objects.count() == ROWS
    assert took < OWN_SECONDS
