"""`planning export` writes papers and editions; what it cannot do it says in one sentence."""

import json

import pytest

from quartierwerk import cli
from quartierwerk.planning.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(cast, plan, tmp_path, capsys):
    factories.adopted_edition(concept=plan)

    def run(format: str, *more: str, to: str = "konzept"):
        path = tmp_path / to
        code = cli.main(
            ["planning", "export", "--tenant", cast.town.slug, "--format", format, "-o", str(path), *more]
        )
        told = capsys.readouterr()
        return code, path, told.out + told.err

    return run


@pytest.mark.parametrize(
    ("format", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!doctype html>")]
)
def test_papers_of_today(export, format, begins):
    code, path, _told = export(format)
    assert code == 0
    assert path.read_bytes().startswith(begins)


def test_an_edition_as_data(export):
    code, path, _told = export("json", "--edition", "1")
    assert code == 0
    assert len(json.loads(path.read_text())["measures"]) == 1


@pytest.mark.parametrize(
    ("format", "more", "to", "words"),
    [
        ("odt", (), "konzept", "“odt” is no format of a concept."),
        ("pdf", ("--edition", "9"), "konzept", "no adopted edition 9. Adopted are: 1."),
        ("pdf", ("--edition", "zwei"), "konzept", "no adopted edition zwei. Adopted are: 1."),
        ("html", ("--lang", "xx"), "konzept", "not written in “xx”"),
        ("html", (), "no/such/folder", "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(export, format, more, to, words):
    code, path, told = export(format, *more, to=to)
    assert code == 1
    assert words in told
    assert not path.exists()
