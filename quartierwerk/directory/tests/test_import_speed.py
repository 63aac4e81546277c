"""10,000 rows come in within the time a person waits (design: ≤ 10 s on 2 cores, report included)."""

import csv
import time

import pytest

from quartierwerk import cli
from quartierwerk.directory.models import Offer

ROWS = 10_000
# Of the 10 s: what this process computes, whatever else the machine is doing. The server takes some 3 s more.
OWN_SECONDS = 7
HEADER = [
    "id", "Titel", "Verein", "Beschreibung", "Öffnungszeiten", "Telefon", "E-Mail", "Straße", "PLZ", "Ort", "Sprachen",
    "Gültig bis", "Homepage", "Zielgruppe",
]  # fmt: skip


@pytest.mark.slow
def test_ten_thousand_rows_within_ten_seconds(cast, tmp_path, capsys):
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
    assert cli.main(["directory", "import", str(path), "--tenant", cast.town.slug, "--format", "csv"]) == 0
    took = time.process_time() - began
    with cast.in_town():
        assert Offer.objects.count() == ROWS
    assert took < OWN_SECONDS
