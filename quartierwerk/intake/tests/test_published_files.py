"""Files that others published, read as they are. They lie outside this repository and are skipped where absent."""

from pathlib import Path

import pytest

from quartierwerk.intake.mapping import Mapping, Source, Target, apply
from quartierwerk.intake.reading import open_table

# `../shared` beside the repository, or beside a folder of work trees.
FOLDERS = [parent / "shared" / "data" / "directory" for parent in Path(__file__).resolve().parents]
FOLDER = next((folder for folder in FOLDERS if folder.is_dir()), None)
if FOLDER is None:
    pytest.skip("published directory files (shared/data/directory) are absent", allow_module_level=True)
MUNICH = "munich-helferkreise/map_refugee_initiatives_munich.csv"
FLORIDA, SAN_MATEO = "us-florida-legal-services", "us-sanmateo-ohana-sample"

SIZES = {
    MUNICH: (50, 5), f"{FLORIDA}/locations.csv": (378, 7), f"{FLORIDA}/organizations.csv": (20, 9),
    f"{FLORIDA}/services.csv": (135, 19), f"{SAN_MATEO}/addresses.csv": (21, 8), f"{SAN_MATEO}/contacts.csv": (31, 8),
    f"{SAN_MATEO}/holiday_schedules.csv": (4, 8), f"{SAN_MATEO}/locations.csv": (22, 15),
    f"{SAN_MATEO}/mail_addresses.csv": (21, 9), f"{SAN_MATEO}/organizations.csv": (8, 13), f"{SAN_MATEO}/phones.csv": (54, 11),
    f"{SAN_MATEO}/programs.csv": (1, 4), f"{SAN_MATEO}/regular_schedules.csv": (11, 6), f"{SAN_MATEO}/services.csv": (23, 22),
    f"{SAN_MATEO}/taxonomy.csv": (290, 4), "integreat-lkaugsburg/queries.csv": (1590, 9),
    "integreat-lkaugsburg/pages_de.json": (238, None), "integreat-lkaugsburg/pages_en.json": (233, None),
}  # fmt: skip


@pytest.mark.parametrize("name", SIZES)
def test_every_published_file_is_read_whole(name):
    rows, columns = SIZES[name]
    table = open_table(FOLDER / name)
    assert len(table.rows) == rows
    assert columns in (None, len([header for header in table.headers if not header.startswith("(")]))
    assert not any(row.too_many or row.too_few or row.formulas for row in table.rows)


def test_the_munich_circles_come_in_by_mapping():
    targets = (
        Target("title", "Name", required=True), Target("place", "Place", kind="coordinates"),
        Target("radius", "Radius", kind="whole"), Target("homepage", "Homepage", kind="url", on_bad="warn"),
    )  # fmt: skip
    mapping = Mapping(
        {
            "title": Source(("name",)),
            "place": Source(("lat", "long")),
            "radius": Source(("radius",), numbers="english"),
            "homepage": Source(("homepage",)),
        }
    )
    records, report = apply(mapping, open_table(FOLDER / MUNICH), targets, source=MUNICH)
    counts = report.counts()
    assert counts["rows"] == 50 == counts["ok"] + counts["warn"] + counts["error"]
    assert counts["error"] == 0, list(report.findings())
    assert [record.row for record in records if "place" not in record.values] == [35], (
        "line 36 is row 35: a cell above holds a line break"
    )
    würmtal = next(record for record in records if "Würmtal" in record.values["title"])
    assert würmtal.values["homepage"] == "http://www.asylkreis-wuermtal.de/", (
        "a line break stands before it in the file"
    )


def test_the_florida_services_split_their_cells():
    targets = (
        Target("title", "Name", required=True), Target("areas", "Areas", many=True), Target("topics", "Topics", many=True),
        Target("min_age", "Age", kind="whole"),
    )  # fmt: skip
    mapping = Mapping(
        {
            "title": Source(("service_name",)),
            "areas": Source(("service_areas",), split=";"),
            "topics": Source(("service_problem_codes",), split=";"),
            "min_age": Source(("service_min_age",)),
        }
    )
    records, report = apply(mapping, open_table(FOLDER / FLORIDA / "services.csv"), targets)
    # The cells of row 65 are shifted in the file itself: a web address stands where the age should.
    assert report.counts() == {"rows": 135, "ok": 134, "warn": 0, "error": 1, "empty": 0}
    assert {(row.row, finding.state) for row, finding in report.findings()} == {(65, "warn"), (65, "error")}
    assert records[0].values["areas"][:2] == ["Broward County", "Collier County"]
    assert max(len(record.values.get("topics", [])) for record in records) > 10


def test_american_holidays_are_read_once_the_mapping_says_how_or_reported():
    targets = (Target("id", "Id", required=True), Target("start", "Start", kind="date"))
    mapping = Mapping({"id": Source(("id",)), "start": Source(("start_date",), dates="american")})
    _records, report = apply(mapping, open_table(FOLDER / SAN_MATEO / "holiday_schedules.csv"), targets)
    assert report.counts() == {"rows": 4, "ok": 1, "warn": 0, "error": 3, "empty": 0}
