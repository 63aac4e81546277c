"""docs/operating.md tells every setting that is read, and none that is not; its SQL is what the embedded server does."""

import re
from pathlib import Path

from django.conf import settings

from config import postgres
from quartierwerk.operating import rules

MANUAL = (Path(settings.ROOT) / "docs" / "operating.md").read_text()
# Set by our own programs and tests, not by operators.
INNER = {
    "QUARTIERWERK_AS_OWNER",
    "DJANGO_SETTINGS_MODULE",
    "DOCUMENT_FONTS",
    "PATH",
    "PYTEST_XDIST_WORKER",
    "TEST_DATABASE_NAME",
    "TEST_DATABASE_URL",
    "TEST_VAR",
}
READ = re.compile(
    r"(?:\b(?:env\.)?(?:text|yes|number|one_of|words|folder)|environ(?:\.get)?)[(\[]\"([A-Z][A-Z_]+)\""
)


def settings_read() -> set[str]:
    sources = [
        *Path(settings.ROOT, "config").rglob("*.py"),
        *Path(settings.ROOT, "quartierwerk").rglob("*.py"),
    ]
    found = set()
    for source in sources:
        if "tests" not in source.parts:
            found |= set(READ.findall(source.read_text()))
    return found - INNER


def settings_told() -> set[str]:
    cells = [line.split("|")[1] for line in MANUAL.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([A-Z][A-Z_]+)`", cell)}


def test_every_setting_stands_in_the_manual_and_is_read():
    read = settings_read()
    assert {"SECRET_KEY", "MAIL_HOST", "OIDC_SERVER", "WEB_THREADS", "QUARTIERWERK_ENV"} <= read
    assert settings_told() - read == set()
    assert read - settings_told() == set()


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_sql_of_a_first_installation_is_what_the_embedded_server_does():
    told = words(MANUAL)
    for statement in postgres.GRANTS.split(";"):
        assert words(statement) in told
    for extension in postgres.EXTENSIONS:
        assert f"create extension if not exists {extension};" in told
    for role in postgres.ROLES.values():
        assert f"create role {role} login" in told


def test_the_log_settings_are_those_the_doctor_wants():
    for name, value in rules.QUIET.items():
        assert f"{name} = {value}\n" in MANUAL
        assert rules.is_quiet(name, value)


def test_every_command_in_the_manual_exists():
    from quartierwerk import cli

    known = set(next(a for a in cli.parser()._actions if a.choices and "serve" in a.choices).choices)
    assert set(re.findall(r"`quartierwerk ([a-z]+)", MANUAL)) <= known
