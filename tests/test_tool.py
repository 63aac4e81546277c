import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import tool

ROOT = Path(__file__).parents[1]


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A checkout of its own for the steps."""
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "VAR", tmp_path / "var")
    return tmp_path


def run_tool(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "tool.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


def due(place: Path, more: str = "") -> bool:
    with tool.step("Some step", sorted(place.glob("*.in")), [place / "out"], lambda: more) as is_due:
        if is_due:
            (place / "out").write_text("made")
        return is_due


def test_step_is_skipped_until_its_inputs_change(place):
    (place / "a.in").write_text("1")
    assert [due(place), due(place)] == [True, False]
    (place / "a.in").write_text("2")
    assert [due(place), due(place)] == [True, False]
    (place / "b.in").write_text("new")
    assert [due(place), due(place)] == [True, False]
    (place / "b.in").rename(place / "c.in")
    assert [due(place), due(place)] == [True, False]
    assert [due(place, "other server"), due(place, "other server")] == [True, False]


def test_touched_but_unchanged_input_does_not_count(place):
    (place / "a.in").write_text("1")
    due(place)
    os.utime(place / "a.in", (1, 1))
    assert not due(place)


def test_step_is_due_when_its_result_was_deleted(place):
    due(place)
    (place / "out").unlink()
    assert due(place)


def test_failed_step_is_due_again(place):
    due(place)
    (place / "a.in").write_text("1")
    with (
        pytest.raises(tool.Stop, match="this failed"),
        tool.step("Some step", [place / "a.in"], []) as is_due,
    ):
        assert is_due
        tool.execute([sys.executable, "-c", "raise SystemExit(1)"])
    assert due(place)


def test_input_edited_during_the_work_makes_the_step_due_again(place):
    (place / "a.in").write_text("1")
    with tool.step("Some step", [place / "a.in"], []) as is_due:
        assert is_due
        (place / "a.in").write_text("2")
    with tool.step("Some step", [place / "a.in"], []) as is_due:
        assert is_due


def test_failing_program_shows_what_it_said(capfd):
    with pytest.raises(tool.Stop):
        tool.execute([sys.executable, "-c", "import sys; print('why'); sys.exit(3)"])
    assert "why" in capfd.readouterr().err


def test_wrong_calls_are_told_and_exit_2():
    for arguments in ([], ["unknown"], ["run", "--fast"]):
        done = run_tool(*arguments)
        assert done.returncode == 2, arguments
        assert "usage:" in done.stderr


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_odd_port_is_refused_before_anything_is_set_up(port):
    done = run_tool("run", PORT=port)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"PORT is '{port}'" in done.stderr


def test_taken_port_is_told_in_one_sentence(monkeypatch):
    monkeypatch.setattr(tool, "setup", lambda _: 0)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        monkeypatch.setenv("PORT", str(other.getsockname()[1]))
        with pytest.raises(tool.Stop, match="is taken"):
            tool.run([])


def test_missing_browser_skips_visibly_here_and_fails_in_ci(monkeypatch, capsys):
    calls = []
    monkeypatch.setattr(tool, "browser", lambda: None)
    monkeypatch.setattr(tool, "call", lambda command, **_: calls.append(command) or 0)
    monkeypatch.delenv("CI", raising=False)
    assert tool.pytest("not slow", []) == 0
    assert "(not slow) and not browser" in calls[0]
    assert capsys.readouterr().out.count("BROWSER TESTS ARE SKIPPED") == 1
    monkeypatch.setenv("CI", "true")
    with pytest.raises(tool.Stop, match="CI=true"):
        tool.pytest("not slow", [])


def test_check_runs_everything_and_names_all_that_failed(monkeypatch, capsys):
    monkeypatch.setattr(tool, "prepare_tests", lambda: None)
    monkeypatch.setattr(tool, "pytest", lambda *_: 1)
    asked = []

    def judged(command):
        asked.append(command[0])
        return tool.Judgement(command[0] != "lint-imports", "an arrow points upwards", 0.1)

    monkeypatch.setattr(tool, "judged", judged)
    with pytest.raises(tool.Stop, match=r"not in order: import contracts, tests\."):
        tool.check([])
    assert asked == ["ruff", "ruff", "djlint", "mypy", "lint-imports"]
    assert "an arrow points upwards" in capsys.readouterr().out


def test_launcher_starts_the_checkout_it_lies_in_from_any_folder(tmp_path):
    checkout = tmp_path / "a 'checkout'"
    (checkout / "quartierwerk").mkdir(parents=True)
    (checkout / "quartierwerk" / "__init__.py").write_text("")
    (checkout / "quartierwerk" / "cli.py").write_text("")
    (checkout / "quartierwerk" / "__main__.py").write_text("import sys; print(__file__, sys.argv[1:])")
    # A file of the visitor's folder must not shadow ours.
    (tmp_path / "quartierwerk.py").write_text("raise SystemExit('shadowed')")
    launcher = checkout / ".venv" / "bin" / "quartierwerk"
    launcher.parent.mkdir(parents=True)
    (launcher.parent / "python").symlink_to(sys.executable)
    launcher.write_text(tool.LAUNCHER.format(root="/nowhere"))
    launcher.chmod(0o755)
    done = subprocess.run([launcher, "doctor", "a b"], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.strip() == f"{checkout / 'quartierwerk' / '__main__.py'} ['doctor', 'a b']", (
        done.stderr
    )


def test_tool_needs_nothing_but_the_standard_library():
    done = subprocess.run(
        [sys.executable, "-I", "-S", "tool.py", "--help"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "check-all" in done.stdout


def test_every_command_has_its_make_target():
    targets = set(re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split())
    assert targets == set(tool.COMMANDS)


def tracked_files() -> list[Path]:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: tracked files are unknown")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_tracked_file_names_a_registry_or_somebodys_folder():
    """Lock files made behind a mirror would send everybody else to it; a path of one machine holds on no other."""
    registry = rb"--(?:extra-)?index-url|\"resolved\":|https?://[^\s\"')]*(?:/simple\b|registry\.|/npm/|files\.python)"
    home = rb"(?<![\w.:-])/(?:home|Users|root)/\w"
    forbidden = [registry, home]
    if len(ROOT.parts) > 3:
        forbidden.append(re.escape(os.fsencode(ROOT.parent)) + rb"(?![\w-])")
    pattern = re.compile(b"|".join(forbidden))
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]!r}"
        for path in tracked_files()
        if (hit := pattern.search(path.read_bytes()))
    ]
    assert found == []


def test_python_without_venv_is_told_with_the_command_to_install_it(monkeypatch):
    monkeypatch.setattr(tool, "find_spec", lambda _: None)
    monkeypatch.setattr(tool, "may_install", lambda: False)
    with pytest.raises(tool.Stop, match=r"apt install python3\.\d+-venv"):
        tool.need_venv_module()
