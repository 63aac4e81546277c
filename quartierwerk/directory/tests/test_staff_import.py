"""W1.4: a partner list with faults comes in by the wizard: every fault named at its row, nothing half, nothing merged."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from quartierwerk import jobs
from quartierwerk.intake.models import ImportFile, SavedMapping
from quartierwerk.journal.models import JournalEntry
from quartierwerk.rights import Role
from quartierwerk.tenants.models import Visibility

from ..models import Offer, Organisation
from . import factories

GOOD = """Titel;Verein;Öffnungszeiten;Kosten;Gültig bis;Telefon
Nähcafé;Frauentreff Süd;Di 14.30 Uhr;1.250,00;14.5.26;0511 000 1
Schachabend;Türkischer Kulturverein;Mi;frei;31.12.2026;0511 000 2
"""
BAD = """Titel;Verein;Öffnungszeiten;Kosten;Gültig bis;Telefon
Nähcafé;Frauentreff Süd;Di 14.30 Uhr;1.250,00;14.5.26;0511 000 1
Schachabend;Türkischer Kulturverein;Mi;frei;31.02.2026;0511 000 2
=HYPERLINK("http://boese.example");Frauentreff Süd;Do;frei;31.12.2026;0511 000 3
Teestunde;Türkischer Kulturverein;Fr;frei;31.12.2026;0511 000 4
Lesekreis;Tuerkischer Kulturverein;Sa;frei;31.12.2026;0511 000 5
"""


@pytest.fixture
def town(cast, client):
    client.force_login(cast.account[Role.COORDINATOR])
    return cast


def page(name, cast, **keys):
    return reverse(f"directory_staff:{name}", kwargs={"tenant": cast.town.slug, **keys})


def send(client, cast, text, name="partner.csv", **values):
    content = text.encode("cp1252") if isinstance(text, str) else text
    data = {
        "file": SimpleUploadedFile(name, content),
        "source": "Partner",
        "language": "de",
        "publish": "on",
        **values,
    }
    return client.post(page("imports", cast), data)


def sent(client, cast, text, **values) -> ImportFile:
    answer = send(client, cast, text, **values)
    assert answer.status_code == 302, answer.context["form"].errors
    with cast.in_town():
        return ImportFile.objects.defer("content").get()


def choose(client, cast, file, **columns):
    """Accept what is proposed, but for these fields."""
    form = client.get(page("import_columns", cast, pk=file.pk)).context["form"]
    data = {name: field.initial for name, field in form.fields.items() if field.initial}
    data |= columns
    return client.post(page("import_columns", cast, pk=file.pk), data)


def stored(cast) -> tuple[int, int]:
    with cast.in_town():
        return Organisation.objects.count(), Offer.objects.count()


def test_excel_csv_is_recognised_checked_and_imported(client, town):
    file = sent(client, town, GOOD)
    shown = client.get(page("import_columns", town, pk=file.pk))
    part = shown.context["parts"][0]
    assert (part["encoding"], part["rows"]) == ("Windows-1252", 2)
    assert part["first"][0][:2] == ["Nähcafé", "Frauentreff Süd"]
    answer = choose(client, town, file)
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer.headers["Location"] == page("import_check", town, pk=file.pk)
    report = client.get(answer.headers["Location"]).context["report"]
    assert (report.counts["ok"], report.counts["error"]) == (2, 0)
    assert stored(town) == (0, 0)
    answer = client.post(page("import_run", town, pk=file.pk))
    assert client.get(answer.headers["Location"]).status_code == 200
    with town.in_town():
        offer = Offer.objects.select_related("organisation").get(title="Nähcafé")
        assert f"{offer.valid_until:%Y-%m-%d}" == "2026-05-14"
        assert (offer.cost, offer.hours) == ("1.250,00", "Di 14.30 Uhr")
        assert offer.organisation.name == "Frauentreff Süd"
        assert offer.visibility == Visibility.PUBLIC
        entry = JournalEntry.objects.get(action="directory imported")
        assert entry.actor == town.account[Role.COORDINATOR].pk


def test_who_comes_back_to_the_columns_finds_what_was_chosen(client, town):
    file = sent(client, town, GOOD)
    choose(client, town, file, to_cost="")
    form = client.get(page("import_columns", town, pk=file.pk)).context["form"]
    assert (form.fields["to_cost"].initial, form.fields["to_title"].initial) == ("", "Titel")


def test_every_fault_is_named_at_its_row_and_nothing_is_merged(client, town):
    file = sent(client, town, BAD)
    choose(client, town, file)
    answer = client.get(page("import_check", town, pk=file.pk))
    rows = {row["row"]: row for row in answer.context["report"].rows}
    assert {number: row["state"] for number, row in rows.items()} == {
        3: "error",
        4: "error",
        5: "warn",
        6: "warn",
    }
    words = {
        number: " ".join(f["sentence"] + f["typed"] for f in row["findings"]) for number, row in rows.items()
    }
    assert "31.02.2026" in words[3]
    assert "=HYPERLINK" in words[4]
    assert "Tuerkischer Kulturverein" in words[5]
    assert "Türkischer Kulturverein" in words[6]
    assert stored(town) == (0, 0)
    client.post(page("import_run", town, pk=file.pk))
    with town.in_town():
        assert {offer.title for offer in Offer.objects.all()} == {"Nähcafé", "Teestunde", "Lesekreis"}
        names = {one.name for one in Organisation.objects.all()}
        assert names == {"Frauentreff Süd", "Türkischer Kulturverein", "Tuerkischer Kulturverein"}
        assert ImportFile.objects.get().report["outcomes"] == {"added": 3, "left out": 2}


def test_a_list_without_the_needed_column_goes_no_further(client, town):
    file = sent(client, town, "Telefon;Ort\n0511 1;Musterstadt\n")
    answer = choose(client, town, file)
    assert answer.status_code == 422
    assert "to_name" in answer.context["form"].errors
    assert client.get(page("import_check", town, pk=file.pk)).context["report"].refusal
    client.post(page("import_run", town, pk=file.pk))
    assert stored(town) == (0, 0)
    with town.in_town():
        assert ImportFile.objects.get().state == ImportFile.State.REFUSED


def test_columns_can_be_chosen_otherwise_and_are_proposed_next_time(client, town):
    text = "Was;Wer;Privat\nChor;Singkreis;0170 000\n"
    file = sent(client, town, text)
    keys = {"pk": file.pk}
    form = client.get(page("import_columns", town, **keys) + "?by_hand=1&kind=offers").context["form"]
    data = {name: field.initial for name, field in form.fields.items() if field.initial}
    data |= {"to_title": "Was", "to_organisation": "Wer", "leave_out": ["Privat"], "save_as": "Chorverband"}
    client.post(page("import_columns", town, **keys) + "?by_hand=1&kind=offers", data)
    client.post(page("import_run", town, **keys))
    with town.in_town():
        offer = Offer.objects.select_related("organisation").get()
        assert (offer.title, offer.organisation.name, offer.kept_columns) == ("Chor", "Singkreis", {})
        assert SavedMapping.objects.get().name == "Chorverband"
        ImportFile.objects.all().delete()
    file = sent(client, town, text.replace("Chor", "Tanz"))
    again = client.get(page("import_columns", town, pk=file.pk)).context
    assert again["from_saved"]
    assert again["form"].fields["to_title"].initial == "Was"
    assert again["form"].fields["leave_out"].initial == ["Privat"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bild.csv", b"\x89PNG\r\n\x1a\n" + b"0" * 100),
        ("seite.csv", b"<!doctype html><script>alert(1)</script>"),
        ("leer.csv", b""),
        ("kaputt.xlsx", b"PK\x03\x04" + b"0" * 400),
        ("kaputt.json", b'[{"title": '),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence_and_not_kept(client, town, name, content):
    answer = send(client, town, content, name=name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    with town.in_town():
        assert not ImportFile.objects.exists()


def test_a_file_that_is_too_large_is_not_kept(client, town, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    answer = send(client, town, "Titel;Verein\n" + "Chor;Singkreis\n" * 200)
    assert answer.status_code == 422
    assert "MB" in answer.content.decode()
    with town.in_town():
        assert not ImportFile.objects.exists()


def test_a_long_list_is_imported_by_the_worker(client, town, monkeypatch):
    monkeypatch.setattr("quartierwerk.directory.files.staff_import.AT_ONCE", 1)
    file = sent(client, town, GOOD)
    choose(client, town, file)
    client.post(page("import_run", town, pk=file.pk))
    assert stored(town) == (0, 0)
    waiting = client.get(page("import_result", town, pk=file.pk))
    assert "hx-trigger" in waiting.content.decode()
    client.post(page("import_run", town, pk=file.pk))  # pressed again: still one job
    jobs.run_waiting([jobs.DEFAULT])
    assert stored(town) == (2, 2)
    with town.in_town():
        entry = JournalEntry.objects.get(action="directory imported")
        assert (entry.actor, entry.job) == (town.account[Role.COORDINATOR].pk, "directory.import list")
        assert JournalEntry.objects.filter(action="directory import started").count() == 1
    assert client.get(page("import_result", town, pk=file.pk)).context["report"].outcomes == {"added": 2}


def test_a_waiting_list_of_somebody_who_may_no_longer_import_is_refused(client, town, monkeypatch):
    monkeypatch.setattr("quartierwerk.directory.files.staff_import.AT_ONCE", 1)
    file = sent(client, town, GOOD)
    choose(client, town, file)
    client.post(page("import_run", town, pk=file.pk))
    town.account[Role.COORDINATOR].memberships.update(valid_until=timezone.now())
    jobs.run_waiting([jobs.DEFAULT])
    assert stored(town) == (0, 0)
    with town.in_town():
        refused = ImportFile.objects.get()
        assert refused.state == ImportFile.State.REFUSED
        assert refused.report["refusal"]


def test_pressed_twice_it_is_imported_once(client, town):
    file = sent(client, town, GOOD)
    choose(client, town, file)
    client.post(page("import_run", town, pk=file.pk))
    client.post(page("import_run", town, pk=file.pk))
    with town.in_town():
        assert JournalEntry.objects.filter(action="directory imported").count() == 1


def test_our_own_export_is_known_with_all_its_sheets(client, town):
    with town.in_town():
        factories.offer("Chor")
    client.post(page("export", town), {"format": "xlsx", "purpose": "correction"})
    content = client.post(page("export", town), {"format": "xlsx", "purpose": "correction"}).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["Angebote"]["B2"] = "Frauenchor"
    changed = io.BytesIO()
    book.save(changed)
    file = sent(client, town, changed.getvalue(), name="verzeichnis.xlsx")
    assert client.get(page("import_columns", town, pk=file.pk)).context["known"] == "quartierwerk"
    client.post(page("import_run", town, pk=file.pk))
    with town.in_town():
        assert Offer.objects.get().title == "Frauenchor"


def test_export_asks_what_for_and_tells_the_journal(client, town):
    with town.in_town():
        factories.offer("Chor")
    shown = client.get(page("export", town))
    assert shown.context["total"] == 2
    assert client.post(page("export", town), {"format": "csv", "purpose": ""}).status_code == 422
    answer = client.post(page("export", town), {"format": "csv", "purpose": "partner"})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with town.in_town():
        entry = JournalEntry.objects.get(action="directory exported")
        assert (entry.purpose, entry.actor) == ("partner", town.account[Role.COORDINATOR].pk)


def test_discarded_files_are_gone(client, town):
    file = sent(client, town, GOOD)
    client.post(page("import_discard", town, pk=file.pk))
    with town.in_town():
        assert not ImportFile.objects.exists()


def test_lists_of_another_municipality_do_not_exist(client, town):
    file = sent(client, town, GOOD)
    client.force_login(town.neighbour)
    for name in ("import_columns", "import_check", "import_result"):
        foreign = reverse(f"directory_staff:{name}", kwargs={"tenant": town.other.slug, "pk": file.pk})
        assert client.get(foreign).status_code == 404


def test_the_list_of_imports_asks_the_database_as_often_for_many_files_as_for_one(
    client, town, django_assert_max_num_queries
):
    from quartierwerk.intake.tests.factories import import_file

    with town.in_town():
        import_file()
    with django_assert_max_num_queries(40) as first:
        client.get(page("imports", town))
    with town.in_town():
        for number in range(30):
            import_file(f"liste {number}")
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(page("imports", town))


def test_a_file_of_hsds_needs_no_columns_chosen(town, client):
    service = '[{"id": "s1", "name": "Chor", "status": "active", "email": "a@b.example", "organization": {"id": "o1", "name": "Singkreis"}}]'
    file = sent(client, town, service.encode(), name="services.json")
    shown = client.get(page("import_columns", town, pk=file.pk)).content.decode()
    assert "HSDS" in shown
    client.post(page("import_run", town, pk=file.pk))
    with town.in_town():
        assert Offer.objects.select_related("organisation").get().organisation.name == "Singkreis"


def test_visitors_see_a_list_at_once_only_if_somebody_ticks_it(town, client):
    form = client.get(page("imports", town)).context["form"]
    assert not form["publish"].value()
