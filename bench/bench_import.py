"""Import of 10,000 rows, from the file to the commit with its report: CSV by the names of its columns, and HSDS JSON.

python -m bench import [--rows 10000]     in a database of its own, on the tests' server
"""

import argparse
import csv
import json
import resource
import tempfile
import time
from pathlib import Path

from bench import database

HEADER = [
    "id", "Titel", "Verein", "Beschreibung", "Öffnungszeiten", "Telefon", "E-Mail", "Straße", "PLZ", "Ort", "Sprachen",
    "Gültig bis", "Homepage", "Zielgruppe",
]  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=10_000)
    rows = options.parse_args().rows
    with database.migrated():
        _report(rows)


def _report(rows: int) -> None:
    from bench.results import machine, say, write_section
    from quartierwerk import testing

    lines = [
        f"{machine()}; {rows:,} offers of {rows // 12:,} organisations, with contact, place, times and languages.",
        "",
        "| list | size | dry run | import | of it own computing | again, unchanged |",
        "|---|---|---|---|---|---|",
    ]
    cast = testing.cast()
    with tempfile.TemporaryDirectory() as folder:
        for title, path, format in (
            ("CSV, columns by their names", _csv(Path(folder), rows), "csv"),
            ("HSDS JSON", _json(Path(folder), rows), "hsds"),
        ):
            with cast.in_town():
                say(f"{title}: dry run")
                dry = _timed(cast, path, format, dry_run=True)
                say(f"{title}: import")
                wet = _timed(cast, path, format)
                say(f"{title}: the same again")
                again = _timed(cast, path, format)
            size = path.stat().st_size / 1e6
            lines.append(
                f"| {title} | {size:.1f} MB | {dry[0]:.1f} s | {wet[0]:.1f} s | {wet[1]:.1f} s | {again[0]:.1f} s |"
            )
            print(lines[-1], flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines += [
        "",
        f"Most memory of the process: {memory:.0f} MB. Bringing the search index up to date is not in it.",
    ]
    write_section(f"Import of {rows:,} rows", "\n".join(lines))


def _timed(cast, path: Path, format: str, *, dry_run: bool = False) -> tuple[float, float]:
    from quartierwerk.directory.files.imports import files
    from quartierwerk.directory.files.imports.running import import_loaded
    from quartierwerk.directory.memory import no_collector
    from quartierwerk.rights import worker

    began, worked = time.perf_counter(), time.process_time()
    with no_collector():
        loaded = files.load(path, format)
        by = worker("bench", cast.town.pk)
        result = import_loaded(
            loaded, tenant=cast.town, name=path.stem, by=by, format=format, dry_run=dry_run
        )
    result.as_json()
    took = time.perf_counter() - began, time.process_time() - worked
    if result.refusal or result.stored is dry_run:
        raise SystemExit(f"the import was refused: {result.refusal}")
    return took


def _csv(folder: Path, rows: int) -> Path:
    path = folder / "liste.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        for number in range(rows):
            writer.writerow([
                number, f"Angebot {number} für alle", f"Verein {number % (rows // 12)}", "Was es hier gibt, in Worten. " * 8,
                "Mo 9-12 Uhr\nDi nach Vereinbarung", "0511 000 0000", f"a{number}@verein.example", f"Hauptstraße {number}", "30880",
                "Musterstadt", "Deutsch, Arabisch", "31.12.2027", "verein.example", "Alle",
            ])  # fmt: skip
    return path


def _json(folder: Path, rows: int) -> Path:
    path = folder / "services.json"
    path.write_text(json.dumps([_service(number, rows // 12) for number in range(rows)]), encoding="utf-8")
    return path


def _service(number: int, organisations: int) -> dict:
    owner = number % organisations
    return {
        "id": f"00000000-0000-4000-8000-{number:012d}", "name": f"Angebot {number} für alle", "status": "active",
        "description": "Was es hier gibt, in Worten. " * 8, "url": "https://verein.example", "email": f"a{number}@verein.example",
        "fees_description": "kostenlos", "eligibility_description": "Alle",
        "organization": {"id": f"00000000-0000-4000-9000-{owner:012d}", "name": f"Verein {owner}", "description": "Ein Verein."},
        "phones": [{"id": f"p{number}", "number": "0511 000 0000"}],
        "languages": [{"id": f"l{number}", "code": "de"}, {"id": f"m{number}", "code": "ar"}],
        "schedules": [{"id": f"s{number}", "freq": "WEEKLY", "byday": "MO,TH", "opens_at": "09:00", "closes_at": "12:00"}],
        "service_at_locations": [{"id": f"00000000-0000-4000-a000-{number:012d}", "location": {
            "id": f"00000000-0000-4000-b000-{number:012d}", "location_type": "physical", "name": f"Haus {number}",
            "latitude": 52.3, "longitude": 9.8, "addresses": [{
                "id": f"a{number}", "address_1": f"Hauptstraße {number}", "city": "Musterstadt", "postal_code": "30880",
                "state_province": "NI", "country": "DE", "address_type": "physical"}]}}],
    }  # fmt: skip


if __name__ == "__main__":
    main()
