"""Kind and place of an error reach the log, never its text."""

import io
import logging

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from quartierwerk import logs
from quartierwerk.tenants.models import Tenant

CANARY = "Kanarienvogel7Q"


@pytest.fixture
def written():
    """What the console handler would print."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Told("{levelname} {name}: {message}", style="{"))
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def test_database_error_is_told_by_code_and_constraint(db, written):
    Tenant.objects.create(slug="a-town", name="A")
    try:
        with transaction.atomic():
            Tenant.objects.create(slug="a-town", name=CANARY)
    except DatabaseError:
        logging.getLogger("quartierwerk.x").exception("could not save")
    line = written.getvalue()
    assert (
        "ERROR quartierwerk.x: could not save\nIntegrityError 23505 tenants_tenant_slug_key at tenants/models.py:"
        in line
    )
    assert CANARY not in line
    assert "a-town" not in line


def test_value_in_the_message_of_postgresql_is_not_told(db, written):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select %s::uuid", [CANARY])
    except DatabaseError:
        logging.getLogger("quartierwerk.x").exception("could not ask")
    assert "DataError 22P02" in written.getvalue()
    assert CANARY not in written.getvalue()


def test_text_another_handler_left_is_not_printed(written):
    record = logging.LogRecord("x", logging.ERROR, "", 1, "m", None, None)
    record.exc_text = CANARY
    assert CANARY not in logs.Told("{message}", style="{").format(record)


def test_failing_page_logs_its_place_and_nothing_of_the_request(db, written, monkeypatch):
    from quartierwerk.messages import public

    class Broken:
        objects = property(lambda self: (_ for _ in ()).throw(ValueError(CANARY)))

    monkeypatch.setattr(public, "Outgoing", Broken())
    client = Client(raise_request_exception=False)
    assert client.get(f"/mail/?q={CANARY}", headers={"user-agent": CANARY}).status_code == 500
    assert (
        "ERROR django.request: Internal Server Error: /mail/\nValueError at tests/test_logs.py:"
        in written.getvalue()
    )
    assert CANARY not in written.getvalue()


def test_a_code_in_an_address_is_not_logged(cast, written, monkeypatch):
    from quartierwerk.directory.requests import registering

    monkeypatch.setattr(registering, "find", lambda tenant, code: int(code))
    client = Client(raise_request_exception=False)
    page = f"/de/{cast.town.slug}/my-place/"
    assert client.get(f"{page}{CANARY}/").status_code == 500
    assert client.post(page, {"code": CANARY}).status_code in (422, 500)
    assert client.get(page, {"code": CANARY}).status_code == 200
    assert "my-place/<str:code>/" in written.getvalue()
    assert CANARY not in written.getvalue()


def test_addresses_that_lead_nowhere_are_not_logged(db, written):
    Client().get(f"/{CANARY}/")
    assert written.getvalue() == ""


def test_times_are_utc():
    record = logging.LogRecord("x", logging.ERROR, "", 1, "m", None, None)
    record.created = 0.0
    assert logs.Told("{asctime}", style="{").format(record).startswith("1970-01-01 00:00:00")


def test_web_server_tells_errors_as_we_do(capfd):
    from granian.log import LogLevels, configure_logging

    configure_logging(LogLevels.error, logs.WEB_SERVER)
    try:
        logging.getLogger("_granian.x").error(f"It raised an exception\nTraceback:\nValueError: {CANARY}")
        told = capfd.readouterr().err
    finally:
        logging.getLogger("_granian").handlers.clear()
    assert told.endswith("ERROR _granian.x: It raised an exception\n")


def test_what_django_cannot_catch_is_told_and_answered(written):
    from quartierwerk.operating.serving import guarded

    def broken(environ, start_response):
        raise ValueError(CANARY)

    answers = []
    body = guarded(broken)({}, lambda status, headers: answers.append(status))
    assert (answers, body) == (["500 Internal Server Error"], [b"Internal Server Error"])
    assert "ValueError at tests/test_logs.py" in written.getvalue()
    assert CANARY not in written.getvalue()
