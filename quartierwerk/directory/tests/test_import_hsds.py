"""HSDS of every version comes in as it is published: whole, accounted for, recognised by what it holds."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from quartierwerk.tenants.models import Visibility

from ..models import (
    Contact,
    Location,
    LocationSchedule,
    Offer,
    OfferedAt,
    OfferSchedule,
    Organisation,
    OrganisationContact,
)
from .test_import import SHARED, adds_up, needs_shared, report, run, write

STANDARD = SHARED.parent.parent / "standards" / "hsds" if SHARED else None
SERVICE = "ac148810-d857-441c-9679-408f346de14b"


@pytest.fixture
def town(cast):
    return cast


def service(number=1, **more):
    return {"id": f"s{number}", "name": f"Chor {number}", "status": "active", **more}


def put(folder: Path, name: str, document) -> Path:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


@needs_shared
@pytest.mark.parametrize(
    "name", ["service_full.json", "organization_full.json", "service_at_location_full.json"]
)
def test_an_official_example_comes_in_with_all_that_belongs_to_it(town, capsys, name):
    told = report(capsys, town, STANDARD / "3.2.3" / "examples" / name, format="hsds")
    assert told["stored"], told["refusal"]
    assert adds_up(told)
    with town.in_town():
        offer = Offer.objects.select_related("organisation").get()
        assert (offer.source_id, offer.title) == (SERVICE, "Community Counselling")
        assert offer.languages_spoken == ["ur"]
        assert offer.hours.startswith("The service is available from 10 am to 6pm")
        assert offer.kept_columns["minimum_age"] == "12"
        assert offer.organisation.source_id == "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
        assert OfferedAt.objects.get().location.name == "MyCity Civic Center"
        assert offer.address.street == "1-30 Main Street"
        assert Contact.objects.first().email == "email@example.com"
        assert not Contact.objects.exclude(name="").exists(), "persons are named only with their consent"


@needs_shared
@pytest.mark.parametrize("version", ["3.0", "3.1", "3.2.3", "uk-3.0"])
@pytest.mark.parametrize("kind", ["json", "csv"])
def test_all_official_examples_come_in_and_a_second_time_change_nothing(town, capsys, version, kind):
    folder = STANDARD / version / "examples"
    if kind == "csv":
        folder /= "csv"
    first = report(capsys, town, folder, format="hsds")
    assert first["stored"], first["refusal"]
    assert adds_up(first)
    again = report(capsys, town, folder, format="hsds")
    assert all(counts.keys() == {"unchanged"} for counts in again["records"].values()), again["records"]
    with town.in_town():
        assert Offer.objects.get().source_id == SERVICE


@needs_shared
def test_a_package_and_a_document_of_the_same_services_meet_in_one_record(town, capsys):
    run(town, STANDARD / "3.2.3" / "examples" / "service_full.json", format="hsds")
    run(town, STANDARD / "3.2.3" / "examples" / "csv", format="hsds")
    with town.in_town():
        assert Offer.objects.count() == 1
        assert Location.objects.count() == 1


@needs_shared
def test_tables_of_ohana_come_in_linked(town, capsys):
    told = report(capsys, town, SHARED / "us-sanmateo-ohana-sample", "--lang", "en", format="hsds")
    assert told["stored"], told["refusal"]
    assert adds_up(told)
    assert told["counts"]["error"] == 0
    assert {table["source"]: table["counts"]["rows"] for table in told["tables"]}["taxonomy.csv"] == 290
    with town.in_town():
        assert (Organisation.objects.count(), Location.objects.count(), Offer.objects.count()) == (8, 22, 23)
        offer = Offer.objects.select_related("organisation", "address").get(
            title="Fair Oaks Adult Activity Center"
        )
        assert offer.organisation.name == "Peninsula Family Service"
        assert offer.address.street == "2600 Middlefield Road"
        assert offer.cost.startswith("$2.50 suggested donation")
        location = OfferedAt.objects.select_related("location").get(offer=offer).location
        assert location.languages_spoken == ["es", "fil"]
        assert "650 780-7525" in location.phone
        assert OfferSchedule.objects.exists()
        assert LocationSchedule.objects.filter(location__source_id="22").count() > 0
        passport = Offer.objects.get(title="Passport Photos")
        assert "taxonomy_term" in passport.kept_columns["attributes"]
    again = report(capsys, town, SHARED / "us-sanmateo-ohana-sample", "--lang", "en", format="hsds")
    assert set(again["outcomes"]) <= {"unchanged", "not used", "looked up"}


@needs_shared
def test_tables_of_ohana_are_recognised_whatever_they_are_called(town, capsys, tmp_path):
    for number, path in enumerate(sorted((SHARED / "us-sanmateo-ohana-sample").glob("*.csv"))):
        shutil.copyfile(path, tmp_path / f"tabelle{number}.csv")
    report(capsys, town, tmp_path, format="hsds")
    with town.in_town():
        assert (Organisation.objects.count(), Location.objects.count(), Offer.objects.count()) == (8, 22, 23)


@needs_shared
def test_linked_tables_given_as_plain_csv_are_recognised(town, capsys):
    told = report(capsys, town, SHARED / "us-sanmateo-ohana-sample", format="csv")
    assert told["mapping"] == "HSDS"


@needs_shared
def test_tables_of_before_hsds_come_in_by_their_mapping_under_either_name(town, capsys):
    told = report(capsys, town, SHARED / "us-florida-legal-services", format="hsds")
    assert told["mapping"] == "us-florida-legal-services"
    assert told["stored"]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda entries: entries,
        lambda entries: {"total_items": 2, "total_pages": 1, "page_number": 1, "contents": entries},
        lambda entries: {"content": entries, "totalElements": 2},
        lambda entries: {"services": entries},
        lambda entries: "\n".join(map(json.dumps, entries)),
        lambda entries: "\ufeff" + json.dumps(entries),
    ],
    ids=["list", "page", "page of 2.0", "object", "a line each", "byte order mark"],
)
def test_services_come_however_they_are_wrapped(town, capsys, tmp_path, wrap):
    entries = [service(1, organization={"id": "o1", "name": "Singkreis"}), service(2, organization_id="o1")]
    told = report(capsys, town, put(tmp_path, "a.txt", wrap(entries)), format="hsds")
    assert told["counts"]["rows"] == 2
    assert adds_up(told)
    with town.in_town():
        assert {offer.organisation.name for offer in Offer.objects.select_related("organisation")} == {
            "Singkreis"
        }


def test_a_folder_of_files_and_a_packed_one_are_one_list(town, capsys, tmp_path):
    put(tmp_path, "one.json", service(1, organization_id="o1"))
    put(tmp_path, "two.json", service(2, organization_id="o1"))
    put(
        tmp_path,
        "org.json",
        {"id": "o1", "name": "Singkreis", "description": "singt", "website": "https://a.example"},
    )
    told = report(capsys, town, tmp_path, format="hsds")
    assert told["records"]["offers"] == {"added": 2}
    packed = tmp_path / "all.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in tmp_path.glob("*.json"):
            archive.write(path, f"inner/{path.name}")
    told = report(capsys, town, packed, format="hsds")
    assert told["stored"]
    with town.in_town():
        assert Organisation.objects.filter(name="Singkreis", is_placeholder=False).exists()


def test_nulls_and_empty_lists_say_nothing(town, capsys, tmp_path):
    entry = service(
        1,
        organization=None,
        phones=[],
        schedules=None,
        url="",
        description=None,
        languages=[None],
        email=None,
    )
    told = report(capsys, town, put(tmp_path, "a.json", [entry]), format="hsds")
    assert told["outcomes"] == {"added": 1}
    with town.in_town():
        offer = Offer.objects.select_related("organisation").get()
        assert offer.kept_columns == {}
        assert offer.organisation.is_placeholder


def test_a_missing_organisation_is_kept_by_its_number_and_later_put_right(town, capsys, tmp_path):
    path = put(tmp_path, "a.json", [service(1, organization_id="o9")])
    told = report(capsys, town, path, format="hsds")
    assert told["placeholders"] == ["o9"]
    assert run(town, path, "--strict", format="hsds") == 1
    put(tmp_path, "a.json", [service(1, organization={"id": "o9", "name": "Singkreis"})])
    told = report(capsys, town, path, format="hsds")
    assert told["records"]["organisations"] == {"changed": 1}
    with town.in_town():
        repaired = Organisation.objects.get()
        assert (repaired.name, repaired.is_placeholder) == ("Singkreis", False)


def test_a_row_whose_parent_is_nowhere_is_kept_under_a_placeholder(town, capsys, tmp_path):
    write(tmp_path, "services.csv", "id,name,organization_id,status", "s1,Chor,o1,")
    write(tmp_path, "organizations.csv", "id,name,description,email", "o1,Singkreis,singt,")
    write(
        tmp_path,
        "phones.csv",
        "id,service_id,location_id,number",
        "1,s1,,0511 1",
        "2,,l7,0511 2",
        "3,,l7,0511 3",
    )
    told = report(capsys, town, tmp_path, format="hsds")
    assert adds_up(told)
    assert told["placeholders"] == ["location l7"]
    with town.in_town():
        placeholder = Organisation.objects.get(is_placeholder=True)
        assert [json.loads(text)["number"] for text in placeholder.kept_columns.values()] == [
            "0511 2",
            "0511 3",
        ]
    assert report(capsys, town, tmp_path, format="hsds")["records"]["organisations"] == {"unchanged": 2}


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ("", "public"),
        ("active", "public"),
        ("inactive", "tenant"),
        ("temporarily closed", "tenant"),
        ("gone", "tenant"),
    ],
)
def test_a_missing_state_means_active(town, capsys, tmp_path, told, seen):
    run(town, put(tmp_path, "a.json", [service(1) | {"status": told}]), format="hsds")
    with town.in_town():
        assert Offer.objects.get().visibility == seen


def test_hours_become_times_where_they_can_and_words_where_not(town, capsys, tmp_path):
    schedules = [
        {
            "freq": "WEEKLY",
            "byday": "TU,TH",
            "opens_at": "16:00",
            "closes_at": "18:00:00",
            "dtstart": "2026-01-06",
            "until": "2026-12-18",
        },
        {"freq": "MONTHLY", "byday": "2SA", "opens_at": "10:00Z", "closes_at": "12:00Z"},
        {"description": "nach Vereinbarung"},
        {"freq": "WEEKLY", "byday": "MO", "opens_at": "morgens"},
        {"freq": "WEEKLY", "byday": "FR", "count": 3, "opens_at": "09:00", "closes_at": "10:00"},
    ]
    run(town, put(tmp_path, "a.json", [service(1, schedules=schedules)]), format="hsds")
    with town.in_town():
        weekly, monthly = OfferSchedule.objects.order_by("position")
        assert (weekly.weekdays, f"{weekly.opens_at:%H:%M}", str(weekly.until)) == (
            ["TU", "TH"],
            "16:00",
            "2026-12-18",
        )
        assert (monthly.freq, monthly.nth) == ("monthly", ["2SA"])
        offer = Offer.objects.get()
        assert offer.hours.splitlines() == ["nach Vereinbarung", "WEEKLY MO morgens", "WEEKLY FR 09:00–10:00"]
        assert len(json.loads(offer.kept_columns["schedules"])) == 2


def test_one_id_with_two_contents_is_left_out_and_one_repeated_is_named(town, capsys, tmp_path):
    entries = [service(1), service(1) | {"name": "Tanz"}, service(1)]
    told = report(capsys, town, put(tmp_path, "a.json", entries), format="hsds")
    assert told["outcomes"] == {"added": 1, "left out": 1, "repeated": 1}
    assert adds_up(told)


def test_a_service_without_a_name_is_left_out_with_all_that_belongs_to_it(town, capsys, tmp_path):
    write(tmp_path, "services.csv", "id,name,organization_id,status", "s1,,o1,active")
    write(tmp_path, "organizations.csv", "id,name,description,email", "o1,Singkreis,singt,")
    write(tmp_path, "phones.csv", "id,service_id,number", "1,s1,0511 1")
    told = report(capsys, town, tmp_path, format="hsds")
    assert told["outcomes"] == {"left out": 2, "added": 1}
    with town.in_town():
        assert not Offer.objects.exists()
        assert not Contact.objects.exists()


def test_unknown_columns_and_tables_are_kept_or_listed(town, capsys, tmp_path):
    write(tmp_path, "services.csv", "id;name;organization_id;status;Farbe", "s1;Chor;o1;active;blau")
    write(tmp_path, "organizations.csv", "id;name;description;email", "o1;Singkreis;singt;")
    write(tmp_path, "wetter.csv", "ort;grad", "Rethen;17")
    told = report(capsys, town, tmp_path, format="hsds")
    tables = {table["source"]: table for table in told["tables"]}
    assert tables["services.csv"]["kept_columns"] == ["Farbe"]
    assert tables["wetter.csv"]["outcomes"] == {"left out": 1}
    with town.in_town():
        assert Offer.objects.get().kept_columns == {"Farbe": "blau"}


def test_what_is_neither_address_nor_language_nor_mail_is_kept_and_named(town, capsys, tmp_path):
    entry = service(1, url="not a url", email="nobody", languages=[{"name": "Xyzisch"}, {"code": "deu"}])
    told = report(capsys, town, put(tmp_path, "a.json", [entry]), format="hsds")
    fields = [finding["field"] for finding in told["tables"][0]["rows"][0]["findings"]]
    assert set(fields) >= {"url", "email", "languages"}
    with town.in_town():
        offer = Offer.objects.get()
        assert (offer.languages_spoken, offer.website) == (["de"], "")
        assert (offer.kept_columns["url"], offer.kept_columns["email"]) == ("not a url", "nobody")


def test_contacts_and_phones_of_an_organisation_come_along(town, capsys, tmp_path):
    organization = {
        "id": "o1", "name": "Singkreis", "phones": [{"number": "0511 9", "type": "fax"}, {"number": "0511 1", "extension": 7}],
        "contacts": [{"title": "Leitung", "name": "Nadja Muster", "email": "a@b.example", "phones": [{"number": "0511 2"}]}],
    }  # fmt: skip
    run(town, put(tmp_path, "a.json", [service(1, organization=organization)]), format="hsds")
    with town.in_town():
        assert Organisation.objects.get().phone == "0511 1 ext. 7"
        contact = OrganisationContact.objects.get()
        assert (contact.function, contact.email, contact.phone, contact.name) == (
            "Leitung",
            "a@b.example",
            "0511 2",
            "",
        )


def test_an_offer_nobody_can_ask_about_is_named_in_the_report(town, capsys, tmp_path):
    entries = [service(1), service(2, email="a@b.example"), service(3, status="inactive")]
    told = report(capsys, town, put(tmp_path, "a.json", entries), format="hsds")
    assert [one["title"] for one in told["incomplete"]] == ["Chor 1"]
    assert any("nobody to ask" in note for note in told["notes"])


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"version": "3.2", "profile": "x", "openapi_url": "y"}', "[1, 2]", "Name;Ort\nA;B"]
)
def test_a_file_without_hsds_is_refused_in_a_sentence(town, capsys, tmp_path, text):
    assert run(town, put(tmp_path, "a.json", text), format="hsds") == 1
    assert "HSDS" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["[{", '{"id": "1"', "nonsense {"])
def test_a_broken_file_is_refused_in_a_sentence(town, capsys, tmp_path, text):
    assert run(town, put(tmp_path, "a.json", text), format="hsds") == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_an_import_from_another_list_does_not_take_over_numbers_that_are_no_uuid(town, capsys, tmp_path):
    run(town, put(tmp_path, "a.json", [service(1)]), format="hsds")
    run(town, put(tmp_path, "b.json", [service(1)]), format="hsds")
    with town.in_town():
        assert Offer.objects.filter(source_id="s1").count() == 2
        assert Offer.objects.first().visibility == Visibility.PUBLIC
