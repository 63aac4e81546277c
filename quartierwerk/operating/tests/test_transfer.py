"""`quartierwerk tenant export` and `import`: everything declared arrives as it was, or nothing does."""

import json
import os
import shutil
import stat
import zipfile
from datetime import UTC, datetime

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import connection
from psycopg import sql

from quartierwerk import cli
from quartierwerk.cli import Refused
from quartierwerk.directory.models import Contact, Offer, Organisation
from quartierwerk.journal.models import SecurityEvent
from quartierwerk.operating.tests import rows as made
from quartierwerk.operating.tests.conftest import installed
from quartierwerk.operating.transfer import exporting, importing, tables
from quartierwerk.people.models import Account, Membership
from quartierwerk.privacy.registry import DataClass, Record, TenantExport, all_records
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

# Drawn anew, or another number there.
OWN = "'tenant_id', 'pgh_id', 'shared_with', 'other_id'"


def rows_of(database: str, slug: str) -> dict[str, list[str]]:
    """Row by row, as the owner sees them; history in its order."""
    found = {}
    with psycopg.connect(django_settings.SERVER.url("owner", database)) as owner:
        for table in tables.leaving():
            found[table.label] = [
                row[0]
                for row in owner.execute(
                    sql.SQL(
                        "select (to_jsonb(t) - array[{}])::text from {} t join tenants_tenant x on x.id = t.tenant_id"
                        " where x.slug = %s order by t.{}"
                    ).format(
                        sql.SQL(OWN),
                        sql.Identifier(table.model._meta.db_table),
                        sql.Identifier(table.model._meta.pk.column),
                    ),
                    [slug],
                )
            ]
    return found


def totals(database: str) -> dict[str, int]:
    with psycopg.connect(django_settings.SERVER.url("owner", database)) as owner:
        return {
            table.label: owner.execute(
                sql.SQL("select count(*) from {}").format(sql.Identifier(table.model._meta.db_table))
            ).fetchone()[0]
            for table in tables.leaving()
        }


def fill(installation) -> None:
    """Rows for every declared model, changed and deleted ones among them."""
    cast = installation.cast
    with cast.in_town():
        for record in all_records():
            if record.export != TenantExport.ROWS:
                continue
            for _ in range(2):
                made.saved(record, cast)
        Offer.objects.update(cost="5,00 €")
        Offer.objects.filter(contacts=None).first().delete()
        Offer.objects.update(shared_with=[cast.other.pk], visibility="shared")
    with scope.entered(scope.staff(cast.other)):
        Organisation.objects.create(name="bleibt hier")


@pytest.fixture
def lived(installation):
    """A town in which every declared model has rows."""
    fill(installation)
    return installation


@pytest.fixture(scope="module")
def left(new_database, tmp_path_factory):
    """The export of such a town, which is gone: for tests about files and where they arrive."""
    folder = tmp_path_factory.mktemp("left")
    with new_database() as name, installed(name, folder) as there:
        fill(there)
        exporting.export(there.cast.town, folder / "town.zip")
    return folder / "town.zip"


@pytest.fixture
def file(request, tmp_path):
    path = tmp_path / "town.zip"
    if "lived" in request.fixturenames:
        exporting.export(request.getfixturevalue("lived").cast.town, path)
    else:
        shutil.copy(request.getfixturevalue("left"), path)
    return path


@pytest.fixture
def empty(file, new_database):
    """Another installation, with nothing in it."""
    with new_database() as name:
        yield name


def test_everything_declared_arrives_row_by_row_with_its_history(lived, file, empty):
    Tenant.objects.create(slug="nachbarstadt", name="Nachbarstadt")  # named by rows of the town
    done = importing.bring_in(file)
    before, after = rows_of(lived.database, "musterstadt"), rows_of(empty, "musterstadt")
    for label, found in before.items():
        assert found, f"{label} had no row to compare"
        assert after[label] == found, label
    assert totals(empty) == {label: len(found) for label, found in before.items()}
    assert done.rows == totals(empty)
    assert done.left == {}
    assert done.unshared > 0
    with scope.entered(scope.staff(done.tenant)):
        assert not Offer.objects.exclude(shared_with=[]).exists()
        assert Contact.objects.get(name="Kontakt1").offer.organisation.name == "Sprachhaus Leine"


def test_the_municipality_itself_arrives_but_no_account(lived, file, empty):
    done = importing.bring_in(file)
    with psycopg.connect(django_settings.SERVER.url("owner", lived.database)) as owner:
        created = owner.execute(
            "select created_at from tenants_tenant where slug = 'musterstadt'"
        ).fetchone()[0]
    tenant = Tenant.objects.get()
    assert (tenant.name, tenant.postcodes, tenant.created_at) == ("Musterstadt", ["30999"], created)
    assert tenant.lineage == [tenant.pk]
    assert "'musterregion'" in done.warnings[0]
    assert (Account.objects.count(), Membership.objects.count()) == (0, 0)
    text = b"".join(zipfile.ZipFile(file).read(name) for name in zipfile.ZipFile(file).namelist())
    assert b"koordination@musterstadt.example" not in text
    assert b"bleibt hier" not in text


def test_it_goes_on_living_where_it_arrived(file, empty):
    """History goes on, the walls hold, and the index learns of it."""
    done = importing.bring_in(file, slug="neue-stadt")
    assert done.tenant.slug == "neue-stadt"
    with scope.entered(scope.staff(done.tenant)):
        offer = Offer.objects.first()
        known = offer.pgh_event_model.objects.filter(pgh_obj_id=offer.pk).count()
        offer.cost = "frei"
        offer.save()
        assert offer.pgh_event_model.objects.filter(pgh_obj_id=offer.pk).count() == known + 1
    with scope.entered(scope.staff(Tenant.objects.create(slug="fremd", name="Fremd"))):
        assert not Offer.objects.exists()
        assert not Offer.everywhere.exists()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from search_stale")
        assert cursor.fetchone()[0] > 0


def test_links_to_municipalities_that_are_not_there_are_left_out_and_counted(file, empty):
    done = importing.bring_in(file)
    assert done.left["chain.elsewhere"] == done.left["chain.elsewhereevent"] == 2
    assert totals(empty)["chain.elsewhere"] == 0


def test_unchanged_data_gives_the_same_lines(lived, file, tmp_path):
    again = tmp_path / "again.zip"
    exporting.export(lived.cast.town, again)
    with zipfile.ZipFile(file) as one, zipfile.ZipFile(again) as two:
        assert one.namelist() == two.namelist()
        for name in one.namelist():
            if name != "manifest.json":
                assert one.read(name) == two.read(name)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_both_ends_are_noted_without_a_line_in_the_municipality_s_journal(lived, file, empty):
    assert totals(lived.database)["journal.journalentry"] == 2
    importing.bring_in(file)
    assert SecurityEvent.objects.get().action == "municipality musterstadt imported"


def test_a_taken_name_is_refused_and_another_one_helps(lived, file, empty):
    Tenant.objects.create(slug="musterstadt", name="Eine andere")
    with pytest.raises(Refused, match=r"exists already.*--as"):
        importing.bring_in(file)
    with pytest.raises(Refused, match="cannot stand in addresses"):
        importing.bring_in(file, slug="Nicht So")
    assert sum(totals(empty).values()) == 0
    importing.bring_in(file, slug="musterstadt-neu")
    assert Tenant.objects.count() == 2


def test_the_same_installation_refuses_its_own_records(lived, file):
    before = lived.rows()
    with pytest.raises(Refused, match="lives in this installation"):
        importing.bring_in(file, slug="kopie")
    assert lived.rows() == before


def rewritten(path, change):
    """The file with its parts changed by `change(parts)`; checksums made to fit again where a table was changed."""
    import hashlib

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts.pop("manifest.json"))
    change(parts, manifest)
    for entry in manifest.get("tables", []):
        if manifest.pop(f"fit {entry['model']}", None):
            contents = parts[entry["file"]]
            entry["sha256"] = hashlib.sha256(contents).hexdigest()
            entry["rows"] = contents.count(b"\n")
    with zipfile.ZipFile(path, "w") as archive:
        for name, contents in parts.items():
            archive.writestr(name, contents)
        archive.writestr("manifest.json", json.dumps(manifest))


def _other_form(parts, manifest):
    manifest["format"] = "quartierwerk tenant 2"


def _other_columns(parts, manifest):
    manifest["tables"][-1]["columns"].append("shoe_size")


def _missing_model(parts, manifest):
    manifest["tables"].pop()


def _one_byte(parts, manifest):
    parts["directory.offer.jsonl"] = parts["directory.offer.jsonl"].replace(b"5,00", b"9,00")


def _missing_part(parts, manifest):
    del parts["directory.offer.jsonl"]


def _dangling(parts, manifest):
    parts["places.socialspace.jsonl"] = b""
    manifest["fit places.socialspace"] = True
    # Who followed whom is looked at by a trigger, before the keys are.
    parts["places.succession.jsonl"] = b""
    manifest["fit places.succession"] = True


def _rule_broken(parts, manifest):
    line = json.loads(parts["places.address.jsonl"].splitlines()[0])
    parts["places.address.jsonl"] = json.dumps(line | {"latitude": 999}).encode() + b"\n"
    manifest["fit places.address"] = True


def _not_a_number(parts, manifest):
    line = json.loads(parts["places.address.jsonl"].splitlines()[0])
    parts["places.address.jsonl"] = json.dumps(line | {"latitude": "Marktplatz"}).encode() + b"\n"
    manifest["fit places.address"] = True


def _other_head(parts, manifest):
    manifest["tenant"]["mayor"] = "Mila Kovač"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_other_form, "has the form 'quartierwerk tenant 2'"),
        (_other_columns, "looks different"),
        (_missing_model, "looks different"),
        (_one_byte, "is damaged"),
        (_missing_part, "is no export of a municipality, or it is damaged"),
        (_dangling, "names records that are not in it"),
        (_rule_broken, "breaks a rule of the database"),
        (_not_a_number, "cannot be stored"),
        (_other_head, "with other fields"),
    ],
)
def test_bad_exports_leave_nothing(file, empty, change, words):
    rewritten(file, change)
    with pytest.raises(Refused, match=words) as refusal:
        importing.bring_in(file)
    assert "Marktplatz" not in str(refusal.value)
    assert (sum(totals(empty).values()), Tenant.objects.count()) == (0, 0)


def test_the_example_town_does_not_come_where_people_are_served(file, empty, settings):
    rewritten(file, lambda parts, manifest: manifest["tenant"].update(is_example=True))
    settings.SURROUNDINGS = "production"
    with pytest.raises(Refused, match="invented example town"):
        importing.bring_in(file)
    assert Tenant.objects.count() == 0


def test_half_and_foreign_files_leave_nothing(file, empty, tmp_path):
    whole = file.read_bytes()
    for contents in (b"", whole[: len(whole) // 2], whole[:-1], b"name;amt\n", os.urandom(5000)):
        file.write_bytes(contents)
        with pytest.raises(Refused, match="no export of a municipality"):
            importing.bring_in(file)
    with zipfile.ZipFile(file, "w") as other:
        other.writestr("word/document.xml", "<w:document/>")
    with pytest.raises(Refused, match="no export of a municipality"):
        importing.bring_in(file)
    with pytest.raises(Refused, match="cannot be read"):
        importing.bring_in(tmp_path / "nowhere.zip")
    assert Tenant.objects.count() == 0


def test_a_doctored_file_writes_no_row_of_another_municipality(file, empty):
    other = Tenant.objects.create(slug="opfer", name="Opfer")

    def steal(parts, manifest):
        line = json.loads(parts["directory.organisation.jsonl"].splitlines()[0])
        stolen = json.dumps(line | {"tenant_id": other.pk, "name": "untergeschoben"}).encode() + b"\n"
        parts["directory.organisation.jsonl"] = stolen + b"".join(
            parts["directory.organisation.jsonl"].splitlines(True)[1:]
        )
        manifest["fit directory.organisation"] = True

    rewritten(file, steal)
    done = importing.bring_in(file)
    with scope.entered(scope.staff(other)):
        assert not Organisation.objects.exists()
    with scope.entered(scope.staff(done.tenant)):
        assert Organisation.objects.filter(name="untergeschoben").count() == 1


def test_models_that_could_not_leave_whole_are_named_by_a_check(monkeypatch):
    assert list(tables.faults()) == []
    wrong = Record(Account, purpose="x", default=DataClass.INTERNAL, export=TenantExport.ROWS)
    monkeypatch.setattr(tables, "all_records", lambda: [wrong])
    assert [fault for _model, fault in tables.faults()] == [
        "is declared to leave with its municipality but belongs to none."
    ]
    through = Record(Membership, purpose="x", default=DataClass.INTERNAL, export=TenantExport.ROWS)
    monkeypatch.setattr(tables, "all_records", lambda: [through])
    monkeypatch.setattr(tables.walls, "is_municipal", lambda model: True)
    assert any("account names a record that stays behind" in fault for _model, fault in tables.faults())


def test_commands_say_what_happened(lived, tmp_path, new_database, capsys):
    """In a process of its own once; the others start in this one, which knows Django already."""
    path = tmp_path / "moved.zip"
    done = lived.run("tenant", "export", "musterstadt", str(path), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"]["places.socialspace"] > 1

    def run(*words):
        code = cli.main(["tenant", *words])
        return code, *capsys.readouterr()

    capsys.readouterr()
    assert run("export", "musterstadt", str(path))[2].count("exists already") == 1
    assert "Did you mean 'musterstadt'" in run("export", "musterstat", str(path))[2]
    with new_database():
        code, out, err = run("import", str(path), "--as", "neu", "--json")
        assert code == 0, err
        assert json.loads(out)["tenant"] == "neu"
        code, out, err = run("import", str(path), "--as", "neu")
        assert (code, out) == (1, "")
        assert len(err.splitlines()) == 1


def test_a_snapshot_shows_nothing_written_meanwhile(lived, tmp_path, monkeypatch):
    first = tables.leaving()[0].model

    def write_meanwhile(done, of):
        if done == 1:
            with psycopg.connect(django_settings.SERVER.url("owner", lived.database)) as owner:
                owner.execute("delete from directory_contact")

    assert first is not Contact
    manifest = exporting.export(lived.cast.town, tmp_path / "file.zip", write_meanwhile)
    counts = {entry["model"]: entry["rows"] for entry in manifest["tables"]}
    assert counts["directory.contact"] > 0
    assert datetime.fromisoformat(manifest["made_at"]) <= datetime.now(UTC)
