"""What goes out comes back in as the same file, and runs as no formula."""

import json

import openpyxl
import pytest

from quartierwerk import cli
from quartierwerk.journal.models import JournalEntry
from quartierwerk.places.models import Address
from quartierwerk.rights import Refused, Role
from quartierwerk.tenants.models import Visibility

from ..models import Contact, Offer, Organisation
from .factories import offer, organisation
from .test_import import SHARED, needs_shared, report, run, write

EVIL = [
    '=HYPERLINK("http://boese.example")',
    "'=1+1",
    "''@SUM(A1)",
    "+49 511 0000",
    "-5",
    "@ffen",
    "'Tach",
    "＝1",
]


@pytest.fixture
def town(cast):
    return cast


def export(tenant, path, format):
    assert (
        cli.main(["directory", "export", "--tenant", tenant.slug, "--format", format, "-o", str(path)]) == 0
    )
    return path.read_bytes()


def fill(town, evil=EVIL):
    with town.in_town():
        place = Address.objects.create(
            name="Treff", street="Marktplatz 1", postcode="01234", town="Musterstadt", latitude=52.3107000000001,
            longitude=9.8, visibility=Visibility.PUBLIC,
        )  # fmt: skip
        one = organisation(
            "Türkischer Kulturverein", about="Zeile eins\nZeile zwei", address=place, space=town.old
        )
        for number, text in enumerate(evil):
            offer(text, organisation=one, description=text, cost=text, kept_columns={"Spalte": text})
            offer(f"Angebot {number}", organisation=one, hours=text)
        full = offer(
            "Deutsch", organisation=one, languages_spoken=["de", "prs", "zh-Hant"], valid_until="2027-12-31",
            address=place, space=town.middle, visibility=Visibility.TENANT, language="ar",
        )  # fmt: skip
        Contact.objects.create(
            offer=full, function="Beratung", name="Nadja Muster", phone="0511 000", hours="Mo 9–12"
        )
        unknown = organisation("Organisation unbekannt", is_placeholder=True, source="liste", source_id="x9")
        offer("Verwaist", organisation=unknown)


@pytest.mark.parametrize("format", ["csv", "xlsx", "geojson"])
def test_export_import_export_is_identical(town, tmp_path, capsys, format):
    # In JSON nothing is guarded, since nothing there runs: a formula in it is taken for a slip and left out.
    fill(town, EVIL if format != "geojson" else [])
    first = export(town.town, tmp_path / f"a.{format}", format)
    again = report(capsys, town, tmp_path / f"a.{format}", format=format)
    assert set(again["outcomes"]) == {"unchanged"}, [
        r for t in again["tables"] for r in t["rows"] if r["outcome"] != "unchanged"
    ]
    moved = cli.main(
        [
            "directory",
            "import",
            str(tmp_path / f"a.{format}"),
            "--tenant",
            town.other.slug,
            "--format",
            format,
        ]
    )
    assert moved == 0
    assert export(town.other, tmp_path / f"b.{format}", format) == first
    with town.in_other():
        assert Organisation.objects.get(is_placeholder=True).offers.get().title == "Verwaist"
        assert Offer.objects.get(title="Deutsch").languages_spoken == ["de", "prs", "zh-Hant"]


@needs_shared
@pytest.mark.slow  # each list by itself travels at every run (test_round_trip.py)
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_published_lists_travel_unchanged(town, tmp_path, capsys, format):
    for folder in ("munich-helferkreise", "us-florida-legal-services"):
        run(town, SHARED / folder)
    first = export(town.town, tmp_path / "a", format)
    assert (
        cli.main(
            ["directory", "import", str(tmp_path / "a"), "--tenant", town.other.slug, "--format", format]
        )
        == 0
    )
    assert export(town.other, tmp_path / "b", format) == first


def test_no_cell_runs_as_a_formula(town, tmp_path):
    fill(town)
    lines = export(town.town, tmp_path / "a.csv", "csv").decode("utf-8-sig")
    assert ";=HYPERLINK" not in lines
    assert "'=HYPERLINK" in lines
    export(town.town, tmp_path / "a.xlsx", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


def test_names_of_contact_persons_stay_here(town, tmp_path):
    fill(town)
    assert b"Nadja Muster" not in export(town.town, tmp_path / "a.csv", "csv")


def test_points_are_longitude_and_latitude(town, tmp_path):
    fill(town)
    document = json.loads(export(town.town, tmp_path / "a.geojson", "geojson"))
    points = {f["properties"]["Name"]: f["geometry"] for f in document["features"]}
    assert points["Deutsch"] == {"type": "Point", "coordinates": [9.8, 52.3107]}
    assert points["Verwaist"] is None


def test_export_stands_in_the_journal_and_needs_the_right(town, tmp_path):
    from ..files.exports import export_directory

    export(town.town, tmp_path / "a.csv", "csv")
    with town.in_town():
        assert JournalEntry.objects.get(action="directory exported").job == "directory export command"
        with pytest.raises(Refused):
            export_directory("csv", by=town.person(Role.COMMUNITY_WORKER))


def test_file_holds_only_what_its_reader_may_see(town):
    from ..files.exports import counts, export_directory

    with town.in_town():
        one = organisation("Verein")
        offer("Offen", organisation=one)
        offer("Vertraulich", organisation=one, visibility=Visibility.PRIVATE)
        planner, coordinator = town.person(Role.PLANNER), town.person(Role.COORDINATOR)
        assert b"Vertraulich" not in export_directory("csv", by=planner)
        assert b"Vertraulich" in export_directory("csv", by=coordinator)
        assert (counts(planner)["offers"], counts(coordinator)["offers"]) == (1, 2)


def test_an_edited_export_changes_just_what_was_edited(town, tmp_path, capsys):
    fill(town)
    path = tmp_path / "a.csv"
    text = export(town.town, path, "csv").decode("utf-8")
    path.write_text(text.replace("Angebot 0", "Angebot null"), encoding="utf-8")
    told = report(capsys, town, path)
    assert told["outcomes"] == {"unchanged": told["counts"]["rows"] - 1, "changed": 1}
    with town.in_town():
        assert Offer.objects.get(title="Angebot null").sort_key.startswith("angebot null")


def test_nobody_elses_number_finds_a_record(town, tmp_path, capsys):
    with town.in_other():
        foreign = organisation("Fremd")
    write(tmp_path, "a.csv", "Art;Nummer;Name", f"Organisation;{foreign.pk};Gekapert")
    run(town, tmp_path / "a.csv")
    with town.in_other():
        assert Organisation.objects.get().name == "Fremd"
