"""/mail/: what is kept on one's own machine, for nobody else."""

from uuid import uuid4

import pytest
from django.test import Client

from quartierwerk import messages


@pytest.fixture
def kept(cast):
    with cast.in_town():
        ours = messages.send(
            "test",
            to="nadja@beispiel.example",
            lang="ar",
            key="event 1",
            context={"name": "<b>Nadja</b>", "link": "https://beispiel.example/x?a=1&b=2"},
        )
    with cast.in_other():
        theirs = messages.send("test", to="karl@beispiel.example", lang="de", key="event 1")
    account = messages.send_for_installation("test", to="lost@beispiel.example", lang="de", key="event 1")
    return ours, theirs, account


def test_list_shows_the_mails_of_all_municipalities_newest_first(kept, client):
    page = client.get("/mail/").content.decode()
    places = [page.index(mail.recipient) for mail in reversed(kept)]
    assert places == sorted(places)
    assert all(f"/mail/{mail.pk}/" in page for mail in kept)


def test_mail_is_shown_in_its_direction_with_a_link_and_nothing_of_it_is_markup(kept, client):
    page = client.get(f"/mail/{kept[0].pk}/").content.decode()
    assert '<div lang="ar" dir="rtl">' in page
    assert 'href="https://beispiel.example/x?a=1&amp;b=2"' in page
    assert "<b>Nadja</b>" not in page
    for mail in kept[1:]:
        assert client.get(f"/mail/{mail.pk}/").status_code == 200


def test_empty_list_says_what_to_do(db, client):
    assert "<li" not in (page := client.get("/mail/").content.decode()).partition("<main")[2]
    assert "<h1>" in page


def test_unknown_mail_is_not_found(db, client):
    assert client.get(f"/mail/{uuid4()}/").status_code == 404


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "2001:db8::1"])
def test_nobody_on_the_network_reads_them(kept, address):
    client = Client(REMOTE_ADDR=address)
    assert client.get("/mail/").status_code == 404
    assert client.get(f"/mail/{kept[2].pk}/").status_code == 404


def test_nobody_reads_them_under_a_public_name(kept, client, settings):
    settings.ALLOWED_HOSTS = ["town.example", "testserver"]
    for host in ("town.example", "town.example:8000"):
        assert client.get("/mail/", headers={"host": host}).status_code == 404
    assert client.get("/mail/", headers={"host": "testserver:8000"}).status_code == 200


def test_only_reading(kept, client):
    assert client.post("/mail/").status_code == 405
