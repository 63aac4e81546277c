"""Locations of Integreat come in with their hours and languages; nested JSON comes in by a mapping."""

import json

import pytest

from ..models import Location, LocationSchedule, Offer, Organisation, OrganisationText
from .test_import import adds_up, report, run


@pytest.fixture
def town(cast):
    return cast


CLOSED = {"allDay": False, "closed": True, "timeSlots": [], "appointmentOnly": False}
OPEN = {
    "allDay": False,
    "closed": False,
    "timeSlots": [{"start": "09:00", "end": "12:00"}],
    "appointmentOnly": False,
}


def place(number=7, language="de", others=None, **more):
    return {
        "id": number, "url": f"https://integreat.app/town/{language}/locations/treff{number}/", "path": f"/town/{language}/locations/treff{number}/",
        "title": f"Treff {number}", "modified_gmt": "2026-01-01 10:00:00", "excerpt": "", "content": "<p>Kaffee &amp; <b>Tee</b></p><p>für alle</p>",
        "available_languages": others or {}, "thumbnail": None, "website": "https://treff.example", "email": "a@treff.example", "phone_number": "0511 1",
        "location": {"id": 1, "name": f"Treff {number}", "address": "Marktplatz 1", "town": "Laatzen", "state": None, "postcode": "30880",
                     "country": "DE", "latitude": 52.3, "longitude": 9.8},
        "opening_hours": [OPEN, OPEN, CLOSED, CLOSED, {**OPEN, "appointmentOnly": True}, CLOSED, CLOSED],
        "temporarily_closed": False, "appointment_url": None, "organization": None, "barrier_free": True, "category": {"id": 3, "name": "Beratung"},
        **more,
    }  # fmt: skip


def put(folder, name, document):
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize("format", ["integreat", "json"])
def test_a_location_is_an_organisation_with_a_place_and_hours(town, capsys, tmp_path, format):
    told = report(capsys, town, put(tmp_path, "locations.json", [place()]), format=format)
    assert told["mapping"] == "Integreat", told["refusal"]
    assert adds_up(told)
    assert told["outcomes"] == {"added": 1}
    with town.in_town():
        one = Organisation.objects.get()
        assert (one.name, one.about, one.phone, one.website) == (
            "Treff 7",
            "Kaffee & Tee\nfür alle",
            "0511 1",
            "https://treff.example",
        )
        assert json.loads(one.kept_columns["category"])["name"] == "Beratung"
        location = Location.objects.select_related("address").get()
        assert (location.address.street, location.address.latitude) == ("Marktplatz 1", 52.3)
        monday, friday = LocationSchedule.objects.order_by("position")
        assert (monday.weekdays, f"{monday.opens_at:%H:%M}–{monday.closes_at:%H:%M}") == (
            ["MO", "TU"],
            "09:00–12:00",
        )
        assert (friday.weekdays, bool(friday.note)) == (["FR"], True)
    again = report(capsys, town, tmp_path / "locations.json", format=format)
    assert again["outcomes"] == {"unchanged": 1}


def test_languages_of_a_place_become_translations(town, capsys, tmp_path):
    others = {
        "ar": {"id": 8, "url": "https://integreat.app/town/ar/locations/x/", "path": "/town/ar/locations/x/"},
        "uk": {"id": None, "url": "u", "path": "/town/uk/y"},
    }
    put(tmp_path, "locations_de.json", [place(7, others=others), place(9)])
    arabic = place(
        8, "ar", {"de": {"id": 7, "url": "d", "path": "/town/de/locations/treff7/"}}, content="<p>قهوة</p>"
    )
    put(tmp_path, "locations_ar.json", [arabic])
    told = report(capsys, town, tmp_path, format="integreat")
    assert told["counts"]["rows"] == 3
    assert adds_up(told)
    with town.in_town():
        assert Organisation.objects.count() == 2
        text = OrganisationText.objects.get()
        assert (text.language, text.text, text.record.source_id) == ("ar", "قهوة", "7")
    assert set(report(capsys, town, tmp_path, format="integreat")["outcomes"]) == {"unchanged", "translation"}


def test_a_named_organisation_has_the_places(town, capsys, tmp_path):
    organisation = {"id": 4, "slug": "verein", "name": "Verein", "website": "https://verein.example"}
    run(
        town,
        put(tmp_path, "a.json", [place(1, organization=organisation), place(2, organization=organisation)]),
        format="integreat",
    )
    with town.in_town():
        assert Organisation.objects.get().locations.count() == 2


@pytest.mark.parametrize(
    "odd",
    [
        {"opening_hours": None}, {"opening_hours": [OPEN]}, {"location": {"latitude": 200, "longitude": 0}}, {"email": "no"},
        {"opening_hours": [{"timeSlots": [{"start": "morgens", "end": ""}]}, *[CLOSED] * 6]}, {"phone_number": "1" * 99},
    ],
)  # fmt: skip
def test_odd_entries_are_kept_and_named(town, capsys, tmp_path, odd):
    told = report(capsys, town, put(tmp_path, "a.json", [place(**odd)]), format="integreat")
    assert told["outcomes"] == {"added": 1}


def test_a_temporarily_closed_place_is_for_staff(town, capsys, tmp_path):
    run(town, put(tmp_path, "a.json", [place(temporarily_closed=True)]), format="integreat")
    with town.in_town():
        assert Organisation.objects.get().visibility == "tenant"


def test_nothing_of_integreat_is_refused_in_a_sentence(town, capsys, tmp_path):
    assert run(town, put(tmp_path, "a.json", []), format="integreat") == 1
    assert "Integreat" in capsys.readouterr().err


def test_nested_json_comes_in_by_paths_into_its_lists(town, capsys, tmp_path):
    entries = [{"nr": 1, "kurs": {"titel": "Deutsch"}, "wer": {"name": "Sprachhaus"}, "wann": [{"tag": "Mo", "um": "9"}, {"tag": "Di", "um": "10"}],
                "kontakte": [{"tel": "0511 1"}, {"tel": "0511 2"}]}]  # fmt: skip
    mapping = {"kind": "offers", "name": "kurse", "fields": {
        "id": "nr", "title": "kurs.titel", "organisation": "wer.name", "hours": {"columns": ["wann.tag", "wann.um"], "join": " um "},
        "contact_phone": "kontakte.0.tel"}}  # fmt: skip
    path = put(tmp_path, "m.json", mapping)
    told = report(
        capsys, town, put(tmp_path, "a.json", {"kurse": entries}), "--mapping", str(path), format="json"
    )
    assert told["stored"], told["refusal"]
    with town.in_town():
        offer = Offer.objects.get()
        assert (offer.title, offer.hours, offer.contacts.get().phone) == (
            "Deutsch",
            "Mo; Di um 9; 10",
            "0511 1",
        )
