"""Websites that do not answer: asked politely, never inside the own network, named after three days."""

import threading
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from quartierwerk.tenants.models import Visibility

from .. import jobs
from ..links import actions, asking, rules
from ..models import Offer, UnreachableLink
from . import factories

AGENT = "Quartierwerk link check (+https://stadt.example)"
NIGHT = datetime(2026, 11, 2, 1, 10, tzinfo=UTC)


class Site(BaseHTTPRequestHandler):
    """HEAD and GET of a few paths; remembers who asked for what."""

    asked: list[tuple[str, str, str]] = []
    elsewhere = ""

    def answer(self):
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        status = {"/": 200, "/gone": 404, "/down": 503, "/keep-out": 403}.get(self.path, 200)
        if self.path == "/no-head":
            status = 405 if self.command == "HEAD" else 200
        if self.path in ("/moved", "/inside", "/circle"):
            status = 302
        self.send_response(status)
        leads = {"/moved": "/", "/inside": self.elsewhere, "/circle": "/circle"}.get(self.path)
        if leads:
            self.send_header("Location", leads)
        self.end_headers()

    do_HEAD = do_GET = answer  # noqa: N815

    def log_message(self, *args):
        pass


@contextmanager
def a_site():
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", {("127.0.0.1", server.server_port)}
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site():
    with a_site() as found:
        yield found


# ---- whom one may ask --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.1.2.3", "10.0.0.8", "172.16.4.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
     "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1",
     "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "", "localhost", "1.2.3"],
)  # fmt: skip
def test_what_lies_in_this_network_is_not_public(address):
    assert not rules.is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"]
)
def test_the_open_internet_is(address):
    assert rules.is_public(address)


def test_one_private_address_among_several_is_enough_not_to_ask():
    assert not rules.all_public(["93.184.216.34", "10.0.0.1"])
    assert not rules.all_public([])


@pytest.mark.parametrize(
    "url",
    ["ftp://verein.example/", "file:///etc/passwd", "http://verein.example:8080/", "https://a:b@verein.example/",
     "gopher://x", "http://", "http://[::1", "javascript:alert(1)", "http://verein.example:99999/", ""],
)  # fmt: skip
def test_only_plain_addresses_of_the_web_are_asked(url):
    assert rules.place_of(url) is None
    assert asking.status_of(url, AGENT) is None


def test_own_machine_is_never_asked_unless_a_test_names_it(site):
    base, allowed = site
    assert asking.status_of(base + "/", AGENT) is None
    assert asking.status_of("http://localhost/", AGENT) is None
    assert Site.asked == []
    assert asking.status_of(base + "/", AGENT, allowed=allowed) == 200


def test_redirect_into_the_own_network_is_not_followed(site):
    base, allowed = site
    with_other = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Site.elsewhere = f"http://127.0.0.1:{with_other.server_port}/secret"
    assert asking.status_of(base + "/inside", AGENT, allowed=allowed) is None
    with_other.server_close()
    assert [path for _method, path, _agent in Site.asked] == ["/inside"]


def test_name_that_resolves_into_the_own_network_is_not_connected_to(monkeypatch):
    def resolve(*args, **kwargs):
        return [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("192.168.0.1", 443))]

    with pytest.raises(asking.NotAsked):
        asking._place("https://verein.example/", (), resolve)


# ---- asking ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/gone", 404), ("/down", 503), ("/keep-out", 403), ("/no-head", 200), ("/moved", 200), ("/circle", None),
     ("/ä ö?x=1&y=%20", 200)],
)  # fmt: skip
def test_what_a_server_answers(site, path, status):
    base, allowed = site
    assert asking.status_of(base + path, AGENT, allowed=allowed) == status
    assert Site.asked[0][0] == "HEAD"
    assert {agent for _method, _path, agent in Site.asked} == {AGENT}


def test_nobody_there_is_no_answer(site):
    base, allowed = site
    with a_site() as (gone, gone_place):
        pass
    assert asking.status_of(gone, AGENT, allowed=gone_place) is None
    assert asking.statuses_of({base + "/", base + "/gone"}, AGENT, allowed=allowed, pause=0) == {
        base + "/": 200, base + "/gone": 404,
    }  # fmt: skip


@pytest.mark.parametrize(("status", "answers"), [(200, True), (301, True), (403, True), (429, True), (404, False), (410, False), (500, False), (None, False)])  # fmt: skip
def test_what_an_answer_means_to_people(status, answers):
    assert rules.answers(status) is answers


def test_a_night_without_any_answer_from_many_does_not_count():
    assert rules.is_our_fault([None] * 5)
    assert not rules.is_our_fault([None] * 4)
    assert not rules.is_our_fault([None, None, None, None, 404])


def test_every_website_has_its_night_and_a_failing_one_every_night():
    week = [date(2026, 11, 2) + timedelta(days=day) for day in range(7)]
    assert sum(rules.is_due("https://verein.example", False, day) for day in week) == 1
    assert all(rules.is_due("https://verein.example", True, day) for day in week)


# ---- what becomes of it ------------------------------------------------------------------------------------------------


def night(cast, statuses, number=0):
    with cast.in_town():
        shown = actions.shown_links()
        actions.note(shown, shown, statuses, now=NIGHT + timedelta(days=number))
        return list(UnreachableLink.objects.values_list("url", "failures", "status"))


@pytest.mark.django_db
def test_failures_count_once_a_day_and_vanish_with_an_answer(cast):
    url = "https://verein.example/"
    with cast.in_town():
        offer = factories.offer("Nähcafé", website=url)
        factories.offer("Entwurf", website="https://entwurf.example/", visibility=Visibility.TENANT)
    assert night(cast, {url: 404}) == [(url, 1, 404)]
    assert night(cast, {url: 404}) == [(url, 1, 404)]  # the same night again
    assert night(cast, {url: None}, 1) == [(url, 2, None)]
    assert night(cast, {url: 503}, 2) == [(url, rules.NEEDED, 503)]
    assert night(cast, {url: 200}, 3) == []
    night(cast, {url: 404}, 4)
    with cast.in_town():
        Offer.objects.filter(pk=offer.pk).update(website="https://neu.example/")
    assert night(cast, {"https://neu.example/": 200}, 5) == []


@pytest.mark.django_db
def test_job_asks_nobody_where_it_is_switched_off(cast, settings, monkeypatch):
    asked = []
    monkeypatch.setattr(asking, "statuses_of", lambda urls, agent: asked.append((urls, agent)) or {})
    with cast.in_town():
        factories.organisation("Nähkreis", website="https://verein.example/")
        jobs.look_for_broken_links(cast.town)
        assert asked == []
        settings.CHECK_LINKS = True
        monkeypatch.setattr(rules, "NIGHTS", 1)
        jobs.look_for_broken_links(cast.town)
    assert asked[0][0] == {"https://verein.example/"}
    assert "Quartierwerk" in asked[0][1]
