"""The tutorial does what it says: every command, every line of Python, every number printed."""

import contextlib
import io
import re
import shlex
import shutil
from pathlib import Path

import pytest

from quartierwerk import cli

DOCUMENTATION = Path(__file__).parents[3] / "docs" / "methods"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.S | re.M)


@pytest.fixture(scope="module")
def blocks():
    text = (DOCUMENTATION / "tutorial.md").read_text(encoding="utf-8")
    return [(kind, content) for kind, content in BLOCK.findall(text)]


def said_by(call) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        call()
    return out.getvalue()


def answers(blocks):
    """(what the page says, what really comes out) of every command and every piece of Python."""
    namespace: dict = {}
    for number, (kind, content) in enumerate(blocks):
        if kind == "console":
            for one in re.split(r"^\$ ", content, flags=re.M)[1:]:
                command, _, expected = one.partition("\n")
                words = shlex.split(command)
                assert words[0] == "quartierwerk"
                yield expected, said_by(lambda words=words: cli.main(words[1:]))
        elif kind == "python":
            kind_after, expected = blocks[number + 1]
            assert kind_after == "text"
            code = compile(content, "tutorial.md", "exec")
            yield expected, said_by(lambda code=code: exec(code, namespace))


def test_every_command_and_number_of_the_tutorial(blocks, tmp_path, monkeypatch):
    shutil.copytree(DOCUMENTATION / "example", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    checked = 0
    for expected, printed in answers(blocks):
        assert printed == expected
        checked += 1
    assert checked == 5
    assert (tmp_path / "classes.svg").read_text(encoding="utf-8").count("<path d=") == 24 + 1


def test_the_files_shown_are_the_files_used(blocks):
    example = DOCUMENTATION / "example"
    recipe = next(content for kind, content in blocks if kind == "toml")
    assert recipe == (example / "musterstadt.toml").read_text(encoding="utf-8")
    first_lines = next(content for kind, content in blocks if kind == "text")
    assert (example / "musterstadt.csv").read_text(encoding="utf-8").startswith(first_lines)
