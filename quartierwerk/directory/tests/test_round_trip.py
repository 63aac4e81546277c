"""What goes out comes in again as the same file: ours, others', and whatever chance puts into the fields."""

import csv
import datetime
import difflib
import io
import json
import random

import jsonschema
import openpyxl
import pytest

from quartierwerk import cli
from quartierwerk.places.models import Address
from quartierwerk.rights import worker
from quartierwerk.tenants.models import Visibility

from .. import kinds, topics
from ..files.exports import hsds
from ..files.exports.records import Records
from ..models import (
    Contact,
    Location,
    LocationSchedule,
    Offer,
    OfferedAt,
    OfferSchedule,
    OfferText,
    Organisation,
    OrganisationContact,
    OrganisationText,
)
from .test_export import export
from .test_import import SHARED, needs_shared, report, run

FORMATS = ["hsds", "hsds-csv", "csv", "xlsx"]
WAYS_IN = {"hsds-csv": "hsds"}
STANDARD = SHARED.parent.parent / "standards" / "hsds" if SHARED else None


@pytest.fixture
def town(cast):
    return cast


def out(tenant, path, format):
    """The export as one value: bytes, or for a package its files."""
    assert (
        cli.main(["directory", "export", "--tenant", tenant.slug, "--format", format, "-o", str(path)]) == 0
    )
    return {file.name: file.read_bytes() for file in path.iterdir()} if path.is_dir() else path.read_bytes()


def travels(town, tmp_path, capsys, format, *, is_tidy=True):
    """Out, in where it came from, in at the neighbour's twice, out there. Untidy blanks are tidied the first time."""
    path, again = tmp_path / "out", tmp_path / "again"
    first = out(town.town, path, format)
    way = WAYS_IN.get(format, format)
    if is_tidy:
        assert not changing(report(capsys, town, path, format=way))
    there = ["directory", "import", str(path), "--tenant", town.other.slug, "--format", way]
    assert cli.main(there) == 0
    second = out(town.other, again, format)
    for name, old, new in readable(first, second):
        told = "\n".join(difflib.unified_diff(old, new, name, name, lineterm="", n=2))
        assert not told, told[:3000]
    assert first == second
    capsys.readouterr()
    cli.main([*there, "--json"])
    assert not changing(json.loads(capsys.readouterr().out))


def changing(told):
    return [
        (row["title"], row["outcome"], row["changed"], row["findings"])
        for table in told["tables"]
        for row in table["rows"]
        if row["outcome"] in ("added", "left out") or row["changed"]
    ]


def readable(first, second):
    """Lines of both, where they are text: an error then shows which differ."""
    if isinstance(first, dict):
        assert first.keys() == second.keys()
        for name in first:
            yield name, first[name].decode().splitlines(), second[name].decode().splitlines()
    elif first.startswith(b"PK"):
        yield "", *(sheets(content) for content in (first, second))
    else:
        yield "", first.decode().splitlines(), second.decode().splitlines()


def sheets(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [repr([cell.value for cell in row]) for sheet in book for row in sheet]


WORDS = [
    "Deutsch", "курс", "قهوة", "Straße 5, Hof", "a;b|c", "zwei\nZeilen", "  Rand  ", "\"Zitat\"", "'Tach", "=1+1", "+49 511 1", "-", "…",
    "Ü" * 90, "1,5", "0", "null und nichtig", "[]", "{}", "x\ty", "a\\nb", "NOTE=1;FREQ=ONCE", "für alle (2)", "@home",
]  # fmt: skip


def text(chance, most=3):
    return " ".join(chance.choices(WORDS, k=chance.randrange(0, most + 1)))


def some(chance, values, most=3):
    return chance.sample(list(values), chance.randrange(0, min(most, len(values)) + 1))


def rule(chance):
    freq = chance.choice(["once", "daily", "weekly", "monthly"])
    day = datetime.date(2026, 1, 1) + datetime.timedelta(days=chance.randrange(700))
    return {
        "freq": freq, "interval": chance.choice([1, 1, 2, 4]),
        "weekdays": some(chance, ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]) if freq == "weekly" else [],
        "month_days": some(chance, [1, 15, 31, -1]) if freq == "monthly" else [],
        "nth": some(chance, ["1MO", "2TU", "-1FR"]) if freq == "monthly" else [],
        "starts_on": chance.choice([None, day]), "until": chance.choice([None, day + datetime.timedelta(days=90)]),
        "opens_at": chance.choice([None, datetime.time(9), datetime.time(22, 30)]), "closes_at": chance.choice([None, datetime.time(1), datetime.time(18)]),
        "skip_holidays": chance.random() < 0.7, "skip_dates": [day] if chance.random() < 0.2 else [], "note": text(chance, 1),
    }  # fmt: skip


def scatter(town, seed):
    """A directory as chance would have it."""
    chance = random.Random(seed)
    spaces = [town.old, town.middle, None]
    public = lambda: chance.choice([Visibility.PUBLIC, Visibility.PUBLIC, Visibility.TENANT])  # noqa: E731
    web = lambda: chance.choice(["", "https://a.example/ä?b=1"])  # noqa: E731
    mail = lambda: chance.choice(["", "a@b.example"])  # noqa: E731

    def address():
        if chance.random() < 0.3:
            return None
        at = chance.choice([(None, None), (52.3, 9.8123456), (-5.0, 0.5)])
        street = chance.choice(["", "Weg 1", "=Weg"])
        return Address.objects.create(
            name=text(chance, 1)[:200].strip(), street=street, detail=chance.choice(["", "2. Stock"]), postcode=chance.choice(["", "01234"]),
            town=chance.choice(["", "Rethen"]), latitude=at[0], longitude=at[1], visibility=Visibility.PUBLIC,
        )  # fmt: skip

    def reach():
        return {"function": chance.choice(["", "Beratung"]), "phone": chance.choice(["", "0511 1", "+49 511"]), "email": mail(),
                "hours": chance.choice(["", "Mo 9–12"]), "name": chance.choice(["", "", "Nadja Muster"])}  # fmt: skip

    def translate(model, record):
        for language in some(chance, ["uk", "ar", "de-simple", "zh-Hant"]):
            for name in some(chance, record.TEXTS):
                words = text(chance, 2).strip() or "Wort"
                source = getattr(record, name)
                model.objects.create(
                    record=record, text_name=name, language=language, text=words, source_text=chance.choice([source, "früher"]),
                    state=chance.choice(["human", "machine", "in_work"]),
                )  # fmt: skip

    for number in range(4):
        one = Organisation.objects.create(
            name=f"Verein {number} {text(chance, 1)}".strip(), about=text(chance), hours=text(chance), phone=chance.choice(["", "0511 2"]),
            email=mail(), website=web(), legal_name=text(chance, 1), roles=some(chance, ["provider", "school"]), topics=some(chance, topics.TOPICS),
            languages_spoken=some(chance, ["de", "prs", "kmr"]), serves_postcodes=some(chance, ["01234", "30880"]), address=address(),
            space=chance.choice(spaces), visibility=public(), language=chance.choice(["de", "en"]), is_placeholder=number == 3,
            kept_columns=chance.choice([{}, {"radius": "5"}, {"tax_status": "e.V.", "funding": "[1]", "attributes": "x"}]),
        )  # fmt: skip
        for position in range(chance.randrange(3)):
            OrganisationContact.objects.create(organisation=one, position=position, programmes=some(chance, ["KIM", "MBE"]), postcodes=some(chance, ["1", "2"]), **reach())  # fmt: skip
        translate(OrganisationText, one)
        places = []
        for n in range(chance.randrange(3)):
            place = Location.objects.create(
                organisation=one, name=f"Haus {n}", description=text(chance), accessibility=text(chance), phone=chance.choice(["", "1; 2", "+3"]),
                languages_spoken=some(chance, ["de", "tr"]), website=web(), address=address(), visibility=public(),
                kept_columns=chance.choice([{}, {"transportation": "Bus", "location_type": "virtual"}]),
            )  # fmt: skip
            for position in range(chance.randrange(3)):
                LocationSchedule.objects.create(location=place, position=position, **rule(chance))
            places.append(place)
        for n in range(chance.randrange(1, 5)):
            kind = chance.choice(list(kinds.KINDS))
            offer = Offer.objects.create(
                organisation=one, title=f"Angebot {n} {text(chance, 1)}".strip(), kind=kind, topics=some(chance, topics.TOPICS), description=text(chance),
                hours=text(chance), cost=text(chance, 1), languages_spoken=some(chance, ["de", "ar", "zh-Hant", "de-simple"]), audience=text(chance),
                is_free=chance.choice(["yes", "no", "unknown"]), childcare=chance.choice(["yes", "unknown"]), step_free=chance.choice(["no", "unknown"]),
                accessibility=text(chance), registration=chance.choice(["none", "required", "unknown"]), registration_how=text(chance),
                serves=[space.pk for space in some(chance, [town.old, town.middle])], serves_postcodes=some(chance, ["01234"]), website=web(),
                valid_until=chance.choice([None, "2027-12-31"]), space=chance.choice(spaces), visibility=public(), language=chance.choice(["de", "ar"]),
                level=chance.choice(["", "A1"]), course_type=chance.choice(["", "integration"]), seats=chance.choice([None, 0, 12]), starts_on=chance.choice([None, "2026-09-01"]),
                has_waiting_list=kind in kinds.WITH_WAITING_LIST, deadline=chance.choice([None, "2026-05-05"]), trial=text(chance), gear=text(chance, 1),
                kept_columns=chance.choice([{}, {"Spalte": text(chance, 1)}, {"minimum_age": "12", "maximum_age": "012", "alert": "Achtung"}, {"cost_options": "[]"}]),
                address=chance.choice([place.address for place in places] or [None]) if chance.random() < 0.5 else address(),
            )  # fmt: skip
            for position in range(chance.randrange(4)):
                Contact.objects.create(offer=offer, position=position, **reach())
            for position in range(chance.randrange(3)):
                OfferSchedule.objects.create(offer=offer, position=position, **rule(chance))
            for place in some(chance, places):
                OfferedAt.objects.create(offer=offer, location=place)
            translate(OfferText, offer)


def each_or_slow(rows, quick):
    """All pairs of a row and a format: the formats at `quick` of each row at every run, the others in check-all."""
    return [
        pytest.param(*row, format, marks=() if format == FORMATS[quick(number)] else pytest.mark.slow)
        for number, row in enumerate(rows)
        for format in FORMATS
    ]


@pytest.mark.parametrize(
    ("seed", "format"), each_or_slow([(seed,) for seed in range(len(FORMATS))], lambda number: number)
)
def test_whatever_chance_puts_in_travels_unchanged(town, tmp_path, capsys, format, seed):
    with town.in_town():
        scatter(town, seed)
    travels(town, tmp_path, capsys, format, is_tidy=False)


LISTS = [
    ("data/directory/us-florida-legal-services", "csv"),
    ("data/directory/us-sanmateo-ohana-sample", "hsds"),
    ("data/directory/munich-helferkreise", "csv"),
    ("standards/hsds/3.2.3/examples/csv", "hsds"),
    ("standards/hsds/3.2.3/examples", "hsds"),
]


@needs_shared
@pytest.mark.parametrize(
    ("source", "way", "format"), each_or_slow(LISTS, lambda number: (2, 1, 3, 0, 1)[number])
)
def test_published_lists_travel_unchanged(town, tmp_path, capsys, source, way, format):
    run(town, SHARED.parent.parent / source, format=way)
    # The official examples hold keys that lead nowhere; a package leaves them out.
    is_tidy = not (format == "hsds-csv" and "examples" in source)
    travels(town, tmp_path, capsys, format, is_tidy=is_tidy)


def checker(name="service.json"):
    """The compiled schema, with its formats meant."""
    schema = json.loads((STANDARD / "3.1" / "schema" / "compiled" / name).read_text())
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def nulls(value, path=""):
    if value is None:
        return [path]
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for name, one in inner for found in nulls(one, f"{path}/{name}")]


@needs_shared
@pytest.mark.parametrize("source", ["scattered", "florida", "ohana", "official"])
def test_every_service_is_valid_against_the_standard(town, source):
    if source == "scattered":
        with town.in_town():
            scatter(town, 7)
    else:
        path = {"florida": SHARED / "us-florida-legal-services", "ohana": SHARED / "us-sanmateo-ohana-sample"}
        run(town, path.get(source, (STANDARD or SHARED) / "3.2.3" / "examples"), format="hsds")
    with town.in_town():
        document = hsds.services(Records(worker("test", town.town.pk)))
    assert document
    assert [one["id"] for one in document] == sorted(one["id"] for one in document)
    validator = checker()
    for one in document:
        assert not [error.message for error in validator.iter_errors(one)]
        assert not nulls(one)
        for schedule in one.get("schedules", []):
            for name in ("opens_at", "closes_at"):
                if name in schedule:
                    datetime.time.fromisoformat(schedule[name])


@needs_shared
@pytest.mark.parametrize(
    "source", ["scattered", "standards/hsds/3.2.3/examples", "data/directory/us-sanmateo-ohana-sample"]
)
def test_no_key_of_the_package_leads_nowhere(town, tmp_path, source):
    if source == "scattered":
        with town.in_town():
            scatter(town, 3)
    else:
        run(town, SHARED.parent.parent / source, format="hsds")
    out(town.town, tmp_path / "package", "hsds-csv")
    assert not faults(tmp_path / "package")


def faults(folder):
    """What the package's own description of itself does not hold: keys, references, required cells, columns."""
    described = json.loads((folder / "datapackage.json").read_text())
    tables = {}
    for resource in described["resources"]:
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            tables[resource["name"]] = list(csv.DictReader(file))
    assert {path.name for path in folder.glob("*.csv")} == {one["path"] for one in described["resources"]}
    found = []
    for resource in described["resources"]:
        rows, schema = tables[resource["name"]], resource["schema"]
        if len({row["id"] for row in rows}) != len(rows):
            found.append((resource["name"], "id not unique"))
        for field in schema["fields"]:
            missing = [row for row in rows if not row[field["name"]]]
            if field["constraints"]["required"] and missing:
                found.append((resource["name"], field["name"], "empty", missing[:1]))
        for key in schema.get("foreignKeys", []):
            there = {row["id"] for row in tables[key["reference"]["resource"]]}
            lost = [
                row[key["fields"]] for row in rows if row[key["fields"]] and row[key["fields"]] not in there
            ]
            if lost:
                found.append((resource["name"], key["fields"], lost[:2]))
    return found


@pytest.mark.parametrize("format", FORMATS)
def test_unchanged_records_give_identical_bytes(town, tmp_path, format):
    with town.in_town():
        scatter(town, 1)
    assert out(town.town, tmp_path / "a", format) == out(town.town, tmp_path / "b", format)


def test_one_number_in_two_lists_stays_two_services(town, tmp_path):
    entry = [{"id": "ac148810-d857-441c-9679-408f346de14b", "name": "Chor"}]
    rows = "id;Titel;Verein\n{id};Chor;A\n".format(**entry[0])
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(rows)
        run(town, tmp_path / name)
    document = json.loads(out(town.town, tmp_path / "out.json", "hsds"))
    assert len({one["id"] for one in document}) == 2
    assert "ac148810-d857-441c-9679-408f346de14b" in {one["id"] for one in document}


def test_names_of_persons_leave_in_no_format(town, tmp_path):
    with town.in_town():
        scatter(town, 2)
        assert Contact.objects.filter(name="Nadja Muster").exists()
    for format in (*FORMATS, "ics", "geojson"):
        content = out(town.town, tmp_path / format, format)
        whole = b"".join(content.values()) if isinstance(content, dict) else content
        assert b"Nadja Muster" not in whole


def test_times_go_out_as_a_calendar(town, tmp_path):
    import icalendar

    with town.in_town():
        scatter(town, 5)
    feed = icalendar.Calendar.from_ical(export(town.town, tmp_path / "a.ics", "ics"))
    assert feed.walk("VEVENT")
    assert len({str(event["UID"]) for event in feed.walk("VEVENT")}) == len(feed.walk("VEVENT"))


# Told in another way, or staying with the municipality that made it (docs/importing.md).
ELSEWHERE = {
    "id", "tenant", "visibility", "shared_with", "sort_key", "element", "source", "source_id", "kept_columns", "changed_at",
    "published_at", "confirmed_at", "unconfirmed_since", "confirmation", "asked_at", "copied_from", "picture", "serves_tenants",
    "is_placeholder", "organisation", "address", "space", "serves", "title", "name", "description", "about", "hours", "cost",
    "languages_spoken", "audience", "registration_how", "website", "phone", "email",
}  # fmt: skip


@pytest.mark.parametrize(("model", "kind"), [(Offer, "offer"), (Organisation, "organisation")])
def test_a_new_field_travels_or_says_why_not(model, kind):
    """Fails for a field that somebody adds and no file carries."""
    from ..files import carried, own_columns

    fields = {field.name for field in model._meta.concrete_fields}
    told = set(carried.BY_MODEL[kind][1])
    assert fields - told - ELSEWHERE == set()
    header = {"offer": "Angebot", "organisation": "Organisation"}[kind]
    in_tables = {
        *own_columns.CARRIED[header].values(),
        *own_columns.TEXTS[header].values(),
        "language",
        "valid_until",
    }
    assert told - in_tables == set()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("format", FORMATS)
def test_the_example_town_travels_unchanged(tmp_path, format):
    from quartierwerk.tenants import example_town
    from quartierwerk.tenants.models import Tenant

    example_town.load()
    town = Tenant.objects.get(slug=example_town.TOWN)
    Tenant.objects.create(slug="anderswo", name="Anderswo")
    first = out(town, tmp_path / "out", format)
    way = WAYS_IN.get(format, format)
    assert (
        cli.main(["directory", "import", str(tmp_path / "out"), "--tenant", "anderswo", "--format", way]) == 0
    )
    second = out(Tenant.objects.get(slug="anderswo"), tmp_path / "again", format)
    for name, old, new in readable(first, second):
        told = "\n".join(difflib.unified_diff(old, new, name, name, lineterm="", n=2))
        assert not told, told[:3000]
    assert first == second
