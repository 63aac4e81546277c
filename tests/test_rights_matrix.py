"""Every address × role × municipality × method, against the expectations in `rights_matrix.csv`.

The file is what people agreed on: it is read in review, not generated from the table it checks. After adding an address,
`QUARTIERWERK_WRITE_MATRIX=1 pytest tests/test_rights_matrix.py` writes what is observed; look at every changed line.

    address;own;elsewhere      roles that reach it for an object of theirs; for one elsewhere in the municipality
    words instead of roles:    everybody · nobody

Nearly all roles are refused nearly everywhere. Rights only add up (rights/tests/test_adding_up.py), so one person with all
the roles that a line refuses asks for them. Of those who may each asks by the method that an address takes, and where it
takes both, one of them by the other; one sees the page drawn. `make check-all` asks each role by itself, by both methods,
and draws all their pages, as WRITE does.
"""

import csv
import os
from collections.abc import Iterable
from contextlib import contextmanager
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
PARTS = 8  # of the addresses, for both processes of a run to have some
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

    def reach(self, method: str, path: str, roles: Iterable[Role], *, pages: int) -> str:
        """Which of the roles reach the address, one after the other in the same world, as colleagues do.

        pages  how many of them, from the first, see its page drawn
        """
        reaching: list[Role] = []
        with self.undone():
            with drawn(pages > 0):
                if reaches(self.nobody, method, path):
                    return EVERYBODY
            for role in roles:
                with drawn(len(reaching) < pages):
                    if reaches(self.of_role[role], method, path):
                        reaching.append(role)
        return " ".join(sorted(reaching)) or NOBODY

    def who_must_ask(self, method: str, path: str, expected: str, *, first_only: bool) -> list[Role]:
        """Those who are expected to reach the address, or one of them; everybody, if one with all other roles is let in."""
        if expected == EVERYBODY:
            return []
        refused = self.refused_by(expected)
        with self.undone(), drawn(False):
            let_in = bool(refused) and reaches(self.with_all[refused], method, path)
        if let_in:
            return list(self.of_role)
        may = [role for role in self.of_role if role not in refused]
        return may[:1] if first_only else may

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
def drawn(yes: bool):
    """Whether an address is reached is known without its page."""
    with pytest.MonkeyPatch.context() as patch:
        if not yes:
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


def differences(part: int, there: world.World, visitors: Visitors, *, together: bool) -> list:
    return [
        difference
        for address in MUNICIPAL[part::PARTS]
        for difference in differences_at(address, there, visitors, together=together)
    ]


def differences_at(address: Address, there: world.World, visitors: Visitors, *, together: bool):
    assert address.name in expectations() or WRITE, (
        f"{address.name} is new: write its line into rights_matrix.csv"
    )
    expected = expectations().get(address.name, (NOBODY, ""))
    keys = keys_of(address, there.own)
    paths = [url(address, there.cast.town.slug, keys)]
    if keys:
        paths.append(url(address, there.cast.town.slug, keys_of(address, there.elsewhere)))
    taken = 0  # methods by which each of those who may was asked
    for method in ("get", "post"):
        if not WRITE and visitors.are_refused(method, paths[0], expected[0]):
            continue
        found = [NOBODY, ""]
        for place, path in enumerate(paths):
            asked = list(visitors.of_role)
            if together:
                asked = visitors.who_must_ask(method, path, expected[place], first_only=taken > 0)
            pages = 0 if method == "post" or place else 1 if together else len(asked)
            found[place] = visitors.reach(method, path, asked, pages=pages)
            if not WRITE and found[place] != (wanted := among(asked, expected[place])):
                yield address.name, method, path, found[place], "instead of", wanted
        if WRITE and found[0] != NOBODY:  # by this method; the other one knows who reaches it
            _write(address, *found)
        taken += 1


def among(asked: list[Role], words: str) -> str:
    """What the file says of those who were asked."""
    if words == EVERYBODY:
        return words
    return " ".join(role for role in words.split() if role in asked) or NOBODY


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.skipif(WRITE, reason="each role is written as it is seen by itself")
def test_addresses_are_reached_by_those_who_may_and_by_nobody_else(
    part, there, lasting_visitors, visitors_together, plain_refusals
):
    assert differences(part, there, lasting_visitors, together=True) == []


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_each_role_by_itself_reaches_what_it_may_and_nothing_else(
    part, there, lasting_visitors, plain_refusals
):
    assert differences(part, there, lasting_visitors, together=False) == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", MUNICIPAL, ids=lambda address: address.name)
def test_neighbour_and_foreign_objects_answer_404(address, lasting_world, lasting_visitors, plain_refusals):
    there, visitors = lasting_world, lasting_visitors
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
