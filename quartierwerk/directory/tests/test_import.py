"""Lists that others keep come in: every row accounted for, nothing half, nothing twice, nothing merged."""

import csv
import io
import json
from pathlib import Path

import pytest

from quartierwerk import cli
from quartierwerk.journal.models import JournalEntry
from quartierwerk.tenants.models import Visibility

from ..models import Contact, Location, Offer, Organisation

SHARED = next(
    (
        parent / "shared" / "data" / "directory"
        for parent in Path(__file__).resolve().parents
        if (parent / "shared" / "data" / "directory").is_dir()
    ),
    None,
)
needs_shared = pytest.mark.skipif(SHARED is None, reason="the published data sets are not here (../shared)")


@pytest.fixture
def town(cast):
    return cast


def run(town, path, *options, format="csv", tmp=None):
    return cli.main(
        ["directory", "import", str(path), "--tenant", town.town.slug, "--format", format, *options]
    )


def report(capsys, town, path, *options, format="csv") -> dict:
    capsys.readouterr()
    run(town, path, "--json", *options, format=format)
    return json.loads(capsys.readouterr().out)


def write(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def adds_up(told: dict) -> bool:
    return all(
        table["counts"]["rows"]
        == len(table["rows"])
        == sum(table["counts"][state] for state in ("ok", "warn", "error"))
        == sum(table["outcomes"].values())
        for table in told["tables"]
    )


@needs_shared
def test_volunteer_circles_of_munich_come_in_with_place_and_offer(town, capsys):
    told = report(capsys, town, SHARED / "munich-helferkreise")
    assert told["mapping"] == "munich-helferkreise"
    assert told["stored"]
    assert told["counts"] == {"rows": 50, "ok": 50, "warn": 0, "error": 0, "empty": 0}
    assert adds_up(told)
    assert told["tables"][0]["kept_columns"] == ["radius"]
    with town.in_town():
        assert Organisation.objects.count() == Offer.objects.count() == 50
        offer = Offer.objects.select_related("organisation", "address").get(title="Helferkreis Zorneding")
        assert offer.language == "de"
        assert offer.visibility == Visibility.PUBLIC
        assert (offer.address.latitude, offer.address.longitude) == (48.08696, 11.827109)
        assert offer.organisation.address_id == offer.address_id
        assert offer.organisation.website == "http://www.helferkreis-zorneding.de/"
        assert offer.organisation.kept_columns == {"radius": "1500"}


@needs_shared
def test_legal_services_of_florida_come_in_with_their_locations(town, capsys):
    told = report(capsys, town, SHARED / "us-florida-legal-services", "--lang", "en")
    assert told["mapping"] == "us-florida-legal-services"
    assert {table["source"]: table["counts"]["rows"] for table in told["tables"]} == {
        "locations.csv": 378, "organizations.csv": 20, "services.csv": 135,
    }  # fmt: skip
    assert adds_up(told)
    assert told["counts"]["error"] == 0
    with town.in_town():
        assert (Organisation.objects.count(), Location.objects.count(), Offer.objects.count()) == (
            20,
            378,
            135,
        )
        offer = Offer.objects.select_related("organisation").get(
            source_id="5bc27d12-1b1c-40b5-a798-76cbd0502002"
        )
        assert offer.language == "en"
        assert offer.organisation.name == "Americans for Immigrant Justice"
        assert offer.contacts.get().email == "info@aijustice.org"
        assert offer.kept_columns["service_income_limit"] == "200"
        clinic = Location.objects.select_related("address").get(name="Coordinated Victims Assistance Center")
        assert clinic.phone == "main: 305-285-5922"
        assert (clinic.address.street, clinic.address.postcode) == (
            "2400 S. Dixie Highway, Suite #104",
            "33133",
        )


@needs_shared
@pytest.mark.parametrize("folder", ["munich-helferkreise", "us-florida-legal-services"])
def test_the_same_list_twice_changes_nothing(town, capsys, folder):
    report(capsys, town, SHARED / folder)
    with town.in_town():
        before = sorted(Offer.objects.values_list("pk", "changed_at"))
        events = Offer.pgh_event_model.objects.count()
    told = report(capsys, town, SHARED / folder)
    assert set(told["outcomes"]) == {"unchanged"}
    with town.in_town():
        assert sorted(Offer.objects.values_list("pk", "changed_at")) == before
        assert Offer.pgh_event_model.objects.count() == events


@needs_shared
def test_a_dry_run_reports_the_same_and_stores_nothing(town, capsys):
    dry = report(capsys, town, SHARED / "us-florida-legal-services", "--dry-run")
    with town.in_town():
        assert not Organisation.objects.exists()
        assert not JournalEntry.objects.filter(action="directory imported").exists()
    wet = report(capsys, town, SHARED / "us-florida-legal-services")
    assert (dry.pop("dry_run"), dry.pop("stored"), wet.pop("dry_run"), wet.pop("stored")) == (
        True,
        False,
        False,
        True,
    )
    assert dry == wet


def test_the_journal_names_the_job(town, capsys, tmp_path):
    run(town, write(tmp_path, "liste.csv", "Name", "Sprachhaus Leine"))
    with town.in_town():
        entry = JournalEntry.objects.get(action="directory imported")
        assert (entry.job, entry.actor) == ("directory import command", None)


def test_ids_depend_on_municipality_source_and_number_only(town, capsys, tmp_path):
    path = write(tmp_path, "liste.csv", "id;Titel;Verein", "7;Deutsch am Vormittag;Sprachhaus Leine")
    run(town, path)
    with town.in_town():
        first = Offer.objects.get()
        pk = first.pk
        first.delete()
    run(town, path)
    with town.in_town():
        assert Offer.objects.get().pk == pk


def test_an_offer_without_its_organisation_is_kept_under_a_marked_placeholder(town, capsys, tmp_path):
    write(tmp_path, "organisations.csv", "id,name", "o1,Sprachhaus Leine")
    write(
        tmp_path, "services.csv", "id,title,organization_id", "s1,Deutsch,o1", "s2,Nähen,o2", "s3,Singen,o2"
    )
    told = report(capsys, town, tmp_path)
    assert told["placeholders"] == ["o2"]
    assert adds_up(told)
    with town.in_town():
        placeholder = Organisation.objects.get(is_placeholder=True)
        assert placeholder.source_id == "o2"
        assert {offer.title for offer in placeholder.offers.all()} == {"Nähen", "Singen"}
    write(tmp_path, "organisations.csv", "id,name", "o1,Sprachhaus Leine", "o2,Nähstube Rethen")
    report(capsys, town, tmp_path)
    with town.in_town():
        repaired = Organisation.objects.get(source_id="o2")
        assert (repaired.pk, repaired.name, repaired.is_placeholder) == (
            placeholder.pk,
            "Nähstube Rethen",
            False,
        )


def test_rows_of_different_numbers_are_never_merged(town, capsys, tmp_path):
    path = write(
        tmp_path, "liste.csv", "id;Name", "1;Verein für alle", "2;Verein für alle", "3;VEREIN FUER ALLE"
    )
    told = report(capsys, town, path)
    assert told["counts"]["warn"] == 3
    with town.in_town():
        assert Organisation.objects.count() == 3


def test_offers_of_one_title_and_organisation_without_numbers_are_two_and_the_report_says_so(
    town, capsys, tmp_path
):
    path = write(
        tmp_path,
        "liste.csv",
        "Titel;Verein",
        "Chor;Singkreis",
        "Chor;Singkreis",
        "Chor;Kantorei",
        "Tanz;Singkreis",
    )
    told = report(capsys, town, path)
    (doubtful,) = [row for table in told["tables"] for row in table["rows"] if row["findings"]]
    assert (doubtful["row"], doubtful["state"]) == (3, "warn")
    assert "liste.csv, 2" in doubtful["findings"][0]["sentence"]
    assert adds_up(told)
    with town.in_town():
        assert Offer.objects.count() == 4


def test_one_number_with_two_contents_is_left_out(town, capsys, tmp_path):
    path = write(tmp_path, "liste.csv", "id;Name", "1;Chor", "1;Nähstube", "1;Chor")
    told = report(capsys, town, path)
    assert told["outcomes"] == {"added": 1, "left out": 1, "repeated": 1}
    with town.in_town():
        assert [one.name for one in Organisation.objects.all()] == ["Chor"]


def test_a_missing_state_means_active_and_an_inactive_record_is_for_staff(town, capsys, tmp_path):
    path = write(
        tmp_path, "liste.csv", "id;Titel;Verein;Status", "1;Chor;A;", "2;Tanz;A;inactive", "3;Yoga;A;active"
    )
    run(town, path)
    with town.in_town():
        seen = dict(Offer.objects.values_list("title", "visibility"))
    assert seen == {"Chor": "public", "Tanz": "tenant", "Yoga": "public"}


def test_a_withdrawn_offer_stays_withdrawn_until_the_list_says_otherwise(town, capsys, tmp_path):
    path = write(tmp_path, "liste.csv", "id;Titel;Verein;Status", "1;Chor;A;active")
    run(town, path)
    with town.in_town():
        Offer.objects.update(visibility=Visibility.TENANT)
    assert report(capsys, town, path)["outcomes"] == {"unchanged": 1}
    write(tmp_path, "liste.csv", "id;Titel;Verein;Status", "1;Chor;A;inactive")
    run(town, path)
    write(tmp_path, "liste.csv", "id;Titel;Verein;Status", "1;Chor;A;active")
    run(town, path)
    with town.in_town():
        assert Offer.objects.get().visibility == Visibility.PUBLIC


def test_the_place_shows_while_its_offer_does(town, capsys, tmp_path):
    head = "id;Titel;Verein;Status;Straße"

    def place_after(status):
        run(town, write(tmp_path, "liste.csv", head, f"1;Chor;A;{status};Lindenweg 5"))
        with town.in_town():
            return Offer.objects.get().address.visibility

    seen = [place_after(status) for status in ("inactive", "active", "inactive")]
    assert seen == [Visibility.TENANT, Visibility.PUBLIC, Visibility.TENANT]


def test_drafts_are_for_staff(town, capsys, tmp_path):
    run(town, write(tmp_path, "liste.csv", "Titel;Verein", "Chor;Singkreis"), "--draft")
    with town.in_town():
        assert Offer.objects.get().visibility == Organisation.objects.get().visibility == Visibility.TENANT
    with town.at_portal():
        assert not Offer.published.exists()


def test_hours_in_free_words_survive_as_they_are(town, capsys, tmp_path):
    hours = "Mo-Mi 9 bis 12 Uhr\nund nach Vereinbarung (außer Schulferien)"
    path = tmp_path / "liste.csv"
    rows = io.StringIO()
    csv.writer(rows).writerows([["Titel", "Öffnungszeiten", "Verein"], ["Chor", hours, "A"]])
    path.write_bytes(rows.getvalue().encode("cp1252"))
    run(town, path)
    with town.in_town():
        assert Offer.objects.get().hours == hours


def test_the_column_with_the_names_is_missing_so_the_file_is_refused(town, capsys, tmp_path):
    path = write(tmp_path, "liste.csv", "Telefon;Ort", "0511 1;Laatzen")
    assert run(town, path) == 1
    assert "“Name”" in capsys.readouterr().err
    with town.in_town():
        assert not Organisation.objects.exists()


def test_strict_stores_nothing_if_a_row_has_a_finding(town, capsys, tmp_path):
    path = write(tmp_path, "liste.csv", "Titel;Verein;Gültig bis", "Chor;A;31.12.2026", "Tanz;A;31.02.2026")
    assert run(town, path, "--strict") == 1
    with town.in_town():
        assert not Offer.objects.exists()
    assert run(town, path) == 0
    with town.in_town():
        assert Offer.objects.get().title == "Chor"


@pytest.mark.parametrize(
    ("name", "format", "words"),
    [
        ("fehlt.csv", "csv", "There is no file"),
        ("leer.csv", "csv", "is empty"),
        ("tabelle.csv", "xlsx", "--format csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(town, capsys, tmp_path, name, format, words):
    (tmp_path / "leer.csv").touch()
    write(tmp_path, "tabelle.csv", "Name", "Chor")
    assert run(town, tmp_path / name, format=format) == 1
    assert words in capsys.readouterr().err


def test_a_given_mapping_is_used_and_a_broken_one_refused(town, capsys, tmp_path):
    path = write(tmp_path, "liste.csv", "A,B", "Chor,Singkreis")
    mapping = write(
        tmp_path,
        "m.json",
        '{"kind": "offers", "name": "chöre", "fields": {"title": "A", "organisation": "B"}}',
    )
    assert report(capsys, town, path, "--mapping", str(mapping))["source"] == "chöre"
    write(tmp_path, "m.json", '{"kind": "offers", "fields": {"title": "C"}}')
    assert run(town, path, "--mapping", str(mapping)) == 1
    assert "“C”" in capsys.readouterr().err


def test_json_and_geojson_come_in(town, capsys, tmp_path):
    write(tmp_path, "a.json", '[{"id": 1, "title": "Chor", "organization": "A", "languages": ["de", "ar"]}]')
    report(capsys, town, tmp_path / "a.json", format="json")
    point = '{"type": "Feature", "id": 5, "properties": {"name": "Treff"}, "geometry": {"type": "Point", "coordinates": [9.8, 52.3]}}'
    write(tmp_path, "b.geojson", f'{{"type": "FeatureCollection", "features": [{point}]}}')
    report(capsys, town, tmp_path / "b.geojson", format="geojson")
    with town.in_town():
        assert Offer.objects.get(title="Chor").languages_spoken == ["de", "ar"]
        assert Organisation.objects.select_related("address").get(name="Treff").address.latitude == 52.3


def test_nothing_of_another_municipality_is_touched(town, capsys, tmp_path):
    with town.in_other():
        Organisation.objects.create(name="Singkreis")
    run(town, write(tmp_path, "liste.csv", "Titel;Verein", "Chor;Singkreis"))
    with town.in_other():
        assert Organisation.objects.get().offers.count() == 0
        assert not Contact.objects.exists()


@needs_shared
def test_what_came_in_is_found_at_once(town, capsys):
    run(town, SHARED / "munich-helferkreise")
    run(town, SHARED / "us-florida-legal-services")
    for lang, words, kind, source_id in (
        ("de", "Helferkreis Zorneding", "offers", "Helferkreis Zorneding"),
        ("uk", "Helferkreis Zorneding", "actors", "Helferkreis Zorneding"),
        ("ar", "Florida Senior Legal Helpline", "offers", "5b4f6833-d16c-4792-808b-47d6ac1e02dd"),
    ):
        capsys.readouterr()
        cli.main(["search", words, "--tenant", town.town.slug, "--lang", lang, "--kind", kind, "--json"])
        assert json.loads(capsys.readouterr().out)[0]["source_id"] == source_id
