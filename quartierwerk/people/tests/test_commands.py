"""The first administrator comes by command: a link, never a password."""

import json
import re

import pytest
from django.test import Client

from quartierwerk import cli
from quartierwerk.people.models import Account, Membership
from quartierwerk.people.persons import person_of
from quartierwerk.rights import Role
from quartierwerk.tenants.models import Tenant


@pytest.fixture
def town(db):
    return Tenant.objects.create(slug="neustadt", name="Neustadt")


def run(*arguments) -> int:
    return cli.main(["person", "add", *arguments])


def test_first_administrator_sets_the_password_by_the_link(town, capsys):
    code = run(
        "Erste@Neustadt.example", "--name", "Edda Erste", "--tenant", "neustadt", "--role", "administrator"
    )
    assert code == 0
    link = re.search(r"http://127\.0\.0\.1:8000(/\S+)", capsys.readouterr().out)[1]
    client = Client()
    page = client.get(link, follow=True)
    new = {"password1": "sieben-blaue-fahrraeder", "password2": "sieben-blaue-fahrraeder"}
    assert client.post(page.request["PATH_INFO"], new).status_code == 302
    account = Account.objects.get(email="erste@neustadt.example")
    assert account.check_password("sieben-blaue-fahrraeder")
    assert person_of(account, town.pk).has_role(Role.ADMINISTRATOR)
    assert Client().get(link, follow=True).context["token_fail"]
    signed_in = client.post("/accounts/login/", {"login": account.email, "password": new["password1"]})
    assert signed_in["Location"] == "/staff/"


def test_existing_account_gets_the_role_and_no_link(town, capsys):
    Account.objects.create_user("da@neustadt.example", "sieben-blaue-fahrraeder", name="Dana Da")
    assert run("da@neustadt.example", "--tenant", "neustadt", "--role", "planner", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"mail": "da@neustadt.example", "new": False, "link": ""}
    assert run("da@neustadt.example", "--tenant", "neustadt", "--role", "planner") == 0
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["kein-mail", "--name", "X", "--tenant", "neustadt"], "no mail address"),
        (["x@neustadt.example", "--name", "X", "--tenant", "atlantis"], "atlantis"),
        (["x@neustadt.example", "--name", "X", "--tenant", "neustadt", "--role", "king"], "king"),
        (["x@neustadt.example", "--tenant", "neustadt"], "--name"),
        (["x@neustadt.example", "--name", " ", "--tenant", "neustadt"], "--name"),
        (["x@neustadt.example", "--name", "X", "--tenant", "neustadt", "--role", "community_worker"], "."),
        (["x@neustadt.example", "--name", "X", "--tenant", "neustadt", "--quarter", "Nirgends"], "Nirgends"),
    ],
)
def test_refused_calls_store_nothing_and_say_why(town, capsys, arguments, says):
    assert run(*arguments) == 1
    assert says in capsys.readouterr().err
    assert not Account.objects.exists()


def test_no_password_is_taken_as_argument(town, capsys):
    with pytest.raises(SystemExit) as stopped:
        run("x@neustadt.example", "--name", "X", "--tenant", "neustadt", "--password", "geheim")
    assert stopped.value.code == 2
