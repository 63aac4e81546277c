"""The directory as a file.

records.py   what this person may see, with all that belongs to it
hsds.py      HSDS JSON; package.py the same as tables (hsds-csv); sound.py what of kept columns may stand there again
tables.py    CSV, XLSX and GeoJSON for people, with German headers; own_columns.py their further columns
dates.py     the times of all offers as a calendar file

What goes out in hsds, hsds-csv, csv and xlsx comes in again as the same file. Names of contact persons stay here: they
were given for this directory only.
"""

from collections.abc import Callable
from typing import Literal

from quartierwerk import journal, rights
from quartierwerk.rights import Person
from quartierwerk.web.media_types import XLSX

from ...models import Location, Offer, Organisation
from . import dates, hsds, package, tables
from .records import Records, visible
from .tables import NotExportable

__all__ = ["FORMATS", "MIME_TYPES", "Format", "NotExportable", "counts", "export_directory", "package_files"]

Format = Literal["hsds", "hsds-csv", "csv", "xlsx", "geojson", "ics"]
FORMATS: tuple[Format, ...] = ("hsds", "hsds-csv", "csv", "xlsx", "geojson", "ics")
MIME_TYPES: dict[Format, str] = {
    "hsds": "application/json",
    "hsds-csv": "application/zip",
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX,
    "geojson": "application/geo+json",
    "ics": "text/calendar; charset=utf-8",
}
ENDINGS: dict[Format, str] = {"hsds": "json", "hsds-csv": "zip"}
_WRITERS: dict[Format, Callable[[Records], bytes]] = {
    "hsds": hsds.as_json,
    "hsds-csv": package.as_zip,
    "csv": tables.as_csv,
    "xlsx": tables.as_xlsx,
    "geojson": tables.as_geojson,
    "ics": dates.as_ics,
}


def export_directory(format: Format, *, by: Person, purpose: str = "") -> bytes:
    """All records of the active municipality as a file. Unchanged records give identical bytes.

    raises   Refused, NotExportable
    """
    rights.require(by, "directory.export")
    content = _WRITERS[format](Records(by))
    journal.record("directory exported", by=by, purpose=purpose)
    return content


def package_files(*, by: Person) -> dict[str, bytes]:
    """The HSDS package as files, for a folder."""
    rights.require(by, "directory.export")
    made = package.files(Records(by))
    journal.record("directory exported", by=by)
    return made


def counts(by: Person) -> dict[str, int]:
    """How many rows this person's file would have, by kind."""
    return {
        "organisations": visible(by, Organisation).filter(is_placeholder=False).count(),
        "locations": visible(by, Location).count(),
        "offers": visible(by, Offer).count(),
    }
