"""Backups that are damaged, sealed with another key, or meant for places where none may be: refused, and nothing changes."""

import io
import os
import shutil
import tarfile

import pytest

from quartierwerk.cli import Refused
from quartierwerk.directory.models import Contact
from quartierwerk.operating.backups import archive, making, restoring, stream
from quartierwerk.operating.tests.conftest import installed

KEY = "k9-fGq2-ein-langer-schluessel-77"


@pytest.fixture(scope="module")
def standing(new_database, tmp_path_factory):
    """An installation that changed since two backups of it, an open one and a sealed one. All tests here leave it as it is."""
    folder = tmp_path_factory.mktemp("standing")
    with new_database() as name, installed(name, folder) as there:
        (there.folder / "uploads" / "bild").write_bytes(os.urandom(5_000_000))  # several chunks
        for key in ("", KEY):
            making.make(folder / f"backup{key}", key=key)
        with there.cast.in_town():
            Contact.objects.all().delete()
        yield there


@pytest.fixture
def backup(standing, tmp_path):
    """A copy of the one made with this key."""
    return lambda key: shutil.copy(standing.folder.parent / f"backup{key}", tmp_path / "backup")


@pytest.fixture
def unchanged(standing):
    before = standing.rows(), standing.databases()
    yield
    assert (standing.rows(), standing.databases()) == before


def test_nothing_of_the_contents_is_readable_in_an_encrypted_file(backup):
    contents = backup(KEY).read_bytes()
    for word in (b"PGDMP", b"musterstadt", b"manifest", b"qw_app", b"database/"):
        assert word not in contents


def cut(file, keep):
    file.write_bytes(file.read_bytes()[:keep])


def flip(file, at):
    contents = bytearray(file.read_bytes())
    contents[at] ^= 1
    file.write_bytes(contents)


def chunks_of(contents: bytes) -> list[bytes]:
    at, found = len(stream.MAGIC) + 1 + stream.SALT, []
    while at < len(contents):
        length = 5 + int.from_bytes(contents[at + 1 : at + 5])
        found.append(contents[at : at + length])
        at += length
    return found


@pytest.mark.parametrize("key", ["", KEY])
@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda file: file.write_bytes(b""), "is empty"),
        (lambda file: file.write_bytes(b"name;amt\nMila;53\n" * 99), "is no backup of Quartierwerk"),
        (lambda file: cut(file, 40), "cut off"),
        (lambda file: cut(file, file.stat().st_size // 2), "cut off"),
        (lambda file: cut(file, file.stat().st_size - 1), "cut off"),
        (lambda file: flip(file, 30), "not the key|damaged"),
        (lambda file: flip(file, file.stat().st_size // 2), "damaged"),
        (lambda file: flip(file, file.stat().st_size - 3), "damaged"),
        (lambda file: file.write_bytes(file.read_bytes() + b"x"), "damaged"),
        (lambda file: file.unlink(), "No such file"),
    ],
)
def test_damaged_files_are_refused_before_anything_is_touched(unchanged, backup, key, damage, words):
    file = backup(key)
    damage(file)
    with pytest.raises(Refused, match=words) as refusal:
        restoring.restore(file, key=key)
    assert str(refusal.value).count("\n") == 0


@pytest.mark.parametrize("key", ["", KEY])
def test_chunks_exchanged_left_out_or_repeated_are_noticed(unchanged, backup, key):
    file = backup(key)
    whole = file.read_bytes()
    head, chunks = whole[: len(stream.MAGIC) + 1 + stream.SALT], chunks_of(whole)
    assert len(chunks) > 4
    assert head + b"".join(chunks) == whole
    for wrong in (
        [chunks[0], chunks[2], chunks[1], *chunks[3:]],
        [chunks[0], *chunks[2:]],
        [chunks[0], chunks[1], *chunks[1:]],
        [*chunks[:3], chunks[-1]],
        [*chunks, chunks[-1]],
        [*chunks[:-2], b"\x01" + chunks[-2][1:]],
    ):
        file.write_bytes(head + b"".join(wrong))
        with pytest.raises(Refused, match="damaged"):
            restoring.verified(file, key)
    file.write_bytes(whole)
    assert restoring.verified(file, key).files == 1


def test_wrong_missing_and_superfluous_keys_are_refused(unchanged, backup, tmp_path):
    sealed = backup(KEY)
    with pytest.raises(Refused, match="BACKUP_KEY is not the key of this backup"):
        restoring.restore(sealed, key=KEY + "x")
    with pytest.raises(Refused, match="is encrypted: set BACKUP_KEY"):
        restoring.restore(sealed, key="")
    with pytest.raises(Refused, match="not encrypted although BACKUP_KEY is set"):
        restoring.restore(backup(""), key=KEY)
    with pytest.raises(Refused, match="too short"):
        making.make(tmp_path / "kurz", key="kurz")


def test_places_that_cannot_be_written_are_refused(unchanged, tmp_path):
    (tmp_path / "letter.txt").write_text("Sehr geehrte Frau Berger")
    for path, words in (
        (tmp_path / "nowhere" / "file", "There is no folder"),
        (tmp_path, "is a folder"),
        (tmp_path / "letter.txt", "exists and is no backup"),
    ):
        with pytest.raises(Refused, match=words):
            making.make(path, key="")
    assert (tmp_path / "letter.txt").read_text() == "Sehr geehrte Frau Berger"


def test_parts_outside_the_uploads_folder_are_refused(tmp_path):
    for name in ("uploads/../../etc/cron.d/x", "uploads//etc/passwd", "uploads/", "elsewhere/x"):
        target = io.BytesIO()
        writer = stream.Writer(target)
        with tarfile.open(fileobj=writer, mode="w|") as tar:
            tar.addfile(archive._entry(name, 3), io.BytesIO(b"abc"))
        writer.finish()
        target.seek(0)
        with pytest.raises(stream.Unreadable, match="damaged"):
            archive.read(target, "", archive.Receiver())
