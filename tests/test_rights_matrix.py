"""Every address × role × municipality × method, against the expectations in `rights_matrix.csv`.

The file is what people agreed on: it is read in review, not generated from the table it checks. After adding an address,
`QUARTIERWERK_WRITE_MATRIX=1 pytest tests/test_rights_matrix.py` writes what is observed; look at every changed line.

    address;own;elsewhere      roles that reach it for an object of theirs; for one elsewhere in the municipality
    words instead of roles:    everybody · nobody

Nearly all roles are refused nearly everywhere. Rights only add up (rights/tests/test_adding_up.py), so one person with all
the roles that a line refuses asks for them; `make check-all` asks each role by itself, as WRITE does.
"""

import csv
import os
from collections.abc import Iterable
from contextlib import contextmanager, nullcontext
from copy import copy
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpResponseNotFound
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from config import urls
from quartierwerk.people.models import Account, Membership
from quartierwerk.rights import Role
from quartierwerk.rights.addresses import Address, walk
from quartierwerk.testing import Cast
from tests import world

FILE = Path(__file__).with_name("rights_matrix.csv")
WRITE = bool(os.environ.get("QUARTIERWERK_WRITE_MATRIX"))
PARTS = 4  # of the addresses: short enough to be told apart, long enough for one round of log-ins each
EVERYBODY, NOBODY = "everybody", "nobody"

# Addresses of libraries and of signing in, tested in quartierwerk/people: they have no municipality.
WITHOUT_MUNICIPALITY = tuple(address for address in walk() if "<slug:tenant>" not in address.route)
MUNICIPAL = tuple(address for address in walk() if "<slug:tenant>" in address.route)


@cache
def expectations() -> dict[str, tuple[str, str]]:
    with FILE.open(newline="") as file:
        return {row["address"]: (row["own"], row["elsewhere"]) for row in csv.DictReader(file, delimiter=";")}


def url(address: Address, tenant: str, keys: dict) -> str:
    place = {"tenant": tenant} | ({"lang": "de"} if "<lang:lang>" in address.route else {})
    return reverse(address.name, kwargs={**place, **keys})


def reaches(client: Client, method: str, path: str) -> bool:
    """Whether the address answers at all: a page, a form with faults, a wrong method – but no 404 and no log-in."""
    response = getattr(client, method)(path, {} if method == "post" else None)
    if response.status_code == 302 and "/accounts/" in response["Location"]:
        return False
    assert response.status_code < 500, f"{method} {path}: {response.status_code}"
    # An address that only takes a POST answers a GET without looking for the object: nothing is reached.
    return response.status_code not in (404, 405)


def signed_in(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def keys_of(address: Address, objects: dict) -> dict:
    # Portal and staff keys are filled by url(); what is left names an object.
    left = [part for part in address.route.split("<")[1:] if not part.startswith(("lang:", "slug:tenant"))]
    if not left:
        return {}
    assert address.name in world.KEYS, f"tests/world.py names no object for {address.name}"
    return world.KEYS[address.name](objects)


class Visitors:
    """Everybody of the cast signed in once for the file; what a request changes in the database or in a browser is undone."""

    def __init__(self, there: world.World):
        self.nobody = Client()
        self.of_role = {role: signed_in(account) for role, account in there.cast.account.items()}
        self.neighbour = signed_in(there.cast.neighbour)
        self.cookies = {client: begun(client) for client in (*self.of_role.values(), self.neighbour)}

    def join(self, there: world.World) -> None:
        """For each line of the file somebody who has all the roles that it refuses."""
        self.with_all = {}
        for words in {words for line in expectations().values() for words in line} - {EVERYBODY}:
            roles = self.refused_by(words)
            self.with_all[roles] = client = signed_in(with_all(roles, there.cast))
            self.cookies[client] = begun(client)

    def refused_by(self, words: str) -> frozenset[Role]:
        return frozenset(self.of_role) - set(words.split())

    def are_refused(self, method: str, path: str, expected: str) -> bool:
        """Whether the address takes only the other method, as those who may and nobody are told: nobody reaches it then.

        The method is looked at before the object, so the other roles, a score of them, need not be asked.
        """
        may = [client for role, client in self.of_role.items() if role.value in expected.split()]
        asking = self.nobody if expected == EVERYBODY else next(iter(may), None)
        with self.undone():
            return (
                asking is not None
                and getattr(asking, method)(path).status_code == 405
                and not reaches(self.nobody, method, path)
            )

    def reach(self, method: str, path: str, roles: Iterable[Role]) -> str:
        """Which of the roles reach the address, one after the other in the same world, as colleagues do."""
        with self.undone():
            if reaches(self.nobody, method, path):
                return EVERYBODY
            reaching = [role for role in roles if reaches(self.of_role[role], method, path)]
        return " ".join(sorted(reaching)) or NOBODY

    def who_must_ask(self, method: str, path: str, expected: str) -> Iterable[Role]:
        """Those who are expected to reach the address; and everybody, if one with all roles that are not is let in."""
        if expected == EVERYBODY:
            return ()
        refused = self.refused_by(expected)
        with self.undone():
            let_in = bool(refused) and reaches(self.with_all[refused], method, path)
        return self.of_role if let_in else [role for role in self.of_role if role not in refused]

    @contextmanager
    def undone(self):
        with undone():
            yield
        self.nobody = Client()
        for client, cookies in self.cookies.items():
            client.cookies = copy(cookies)


def begun(client: Client) -> SimpleCookie:
    client.get("/")  # notes that the session began, so that no other request has to
    return copy(client.cookies)


def with_all(roles: Iterable[Role], cast: Cast) -> Account:
    """Somebody who is what the cast is in these roles: in the same quarter, organisation and team."""
    name = f"{len(roles)}-{Account.objects.count()}"
    account = Account.objects.create_user(email=f"alle-{name}@musterstadt.example", name="Alle zugleich")
    held = Membership.objects.filter(tenant=cast.town, account__in=[cast.account[role] for role in roles])
    for membership in held:
        membership.pk, membership.account = uuid4(), account
    Membership.objects.bulk_create(held)
    factor = Authenticator.objects.get(user=cast.account[Role.COORDINATOR])
    Authenticator.objects.create(user=account, type=factor.type, data=factor.data)
    return account


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def undrawn():
    """Whether an address is reached is known without its page, which is drawn once for everybody who may see it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda *_: "")
        yield


@pytest.fixture
def plain_refusals(monkeypatch):
    """The page that says "not found" has tests of its own; drawing it for all who may not would be half the work."""
    monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponseNotFound())


@pytest.fixture(scope="module")
def lasting_visitors(lasting_world, django_db_blocker):
    with django_db_blocker.unblock():
        return Visitors(lasting_world)


@pytest.fixture(scope="module")
def visitors_together(lasting_visitors, lasting_world, django_db_blocker):
    with django_db_blocker.unblock():
        lasting_visitors.join(lasting_world)


def differences(part: int, method: str, there: world.World, visitors: Visitors, *, together: bool) -> list:
    differing = []
    for address in MUNICIPAL[part::PARTS]:
        assert address.name in expectations() or WRITE, (
            f"{address.name} is new: write its line into rights_matrix.csv"
        )
        keys = keys_of(address, there.own)
        path = url(address, there.cast.town.slug, keys)
        if not WRITE and visitors.are_refused(method, path, expectations()[address.name][0]):
            continue

        def reaching(path, expected, *, drawn=False):
            asking = visitors.who_must_ask(method, path, expected) if together else visitors.of_role
            with nullcontext() if drawn else undrawn():
                return visitors.reach(method, path, asking)

        expected_own, expected_elsewhere = expectations().get(address.name, ("", ""))
        own, elsewhere = reaching(path, expected_own, drawn=method == "get"), ""
        if keys:
            path = url(address, there.cast.town.slug, keys_of(address, there.elsewhere))
            elsewhere = reaching(path, expected_elsewhere)
        if WRITE:
            if own != NOBODY:  # by this method; the other run of it knows who reaches it
                _write(address, own, elsewhere)
            continue
        if (own, elsewhere) != (expected_own, expected_elsewhere):
            differing.append((address.name, own, elsewhere, "instead of", expected_own, expected_elsewhere))
    return differing


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.skipif(WRITE, reason="each role is written as it is seen by itself")
def test_addresses_are_reached_by_those_who_may_and_by_nobody_else(
    method, part, there, lasting_visitors, visitors_together, plain_refusals
):
    assert differences(part, method, there, lasting_visitors, together=True) == []


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("method", ["get", "post"])
def test_addresses_refuse_each_other_role_by_itself(method, part, there, lasting_visitors, plain_refusals):
    assert differences(part, method, there, lasting_visitors, together=False) == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", MUNICIPAL, ids=lambda address: address.name)
def test_neighbour_and_foreign_objects_answer_404(address, there, lasting_visitors, plain_refusals):
    visitors = lasting_visitors
    own_path = url(address, there.cast.town.slug, keys_of(address, there.own))
    with visitors.undone():
        if address.policy.kind != "open":
            for method in ("get", "post"):
                assert not reaches(visitors.neighbour, method, own_path), "a neighbour reaches this"
        if not keys_of(address, there.own):
            return
        foreign_path = url(address, there.cast.town.slug, keys_of(address, there.foreign))
        administrator = visitors.of_role[Role.ADMINISTRATOR]
        for client in (visitors.nobody, visitors.of_role[Role.COORDINATOR], administrator):
            for method in ("get", "post"):
                response = getattr(client, method)(foreign_path)
                assert response.status_code in (302, 404, 405), (
                    f"foreign object answers {response.status_code}"
                )
                if response.status_code == 302:
                    assert "/accounts/login/" in response["Location"]


def test_matrix_holds_no_address_that_is_gone():
    assert WRITE or set(expectations()) == {address.name for address in MUNICIPAL}


def test_every_address_has_a_policy():
    assert [address.route for address in walk() if address.policy is None] == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", WITHOUT_MUNICIPALITY, ids=lambda address: address.name or address.route)
def test_address_without_municipality_asks_for_an_account_unless_open(address):
    if "<" in address.route or "(?P" in address.route:
        return  # needs a token or an object of one's own: tested where it is made
    answer = Client().get("/" + address.route.lstrip("^"))
    if address.policy.kind == "open":
        assert answer.status_code < 500
    else:
        assert (answer.status_code, "/accounts/login/" in answer.headers.get("Location", "")) == (302, True)


def _write(address: Address, own: str, elsewhere: str) -> None:
    known = expectations() if FILE.exists() else {}
    known[address.name] = (own, elsewhere)
    existing = {one.name for one in MUNICIPAL}
    with FILE.open("w", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(["address", "own", "elsewhere"])
        writer.writerows([name, *known[name]] for name in sorted(known) if name in existing)
