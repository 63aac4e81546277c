"""W1.3: somebody asks for her data, takes it along, withdraws, is erased, and reads what was done without signing in."""

import json
import re
from datetime import timedelta

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from quartierwerk import jobs, journal
from quartierwerk.directory.models import Contact
from quartierwerk.directory.tests import factories
from quartierwerk.messages.models import InstallationMail
from quartierwerk.people import throttling
from quartierwerk.people.models import Account, Membership
from quartierwerk.privacy import erasing, ledger, package
from quartierwerk.privacy.models import Hold
from quartierwerk.privacy.rows import Subject
from quartierwerk.protection import actions, consent
from quartierwerk.protection.models import Consent, DataRequest
from quartierwerk.protection.purposes import PUBLISH_NAME
from quartierwerk.rights import Role
from quartierwerk.tenants import scope

everywhere = pytest.mark.django_db(transaction=True, databases=["default", "keeper"])
Events = Contact.pgh_event_model


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR = tmp_path


def signed_in(client, account):
    client.force_login(account)
    session = client.session
    request = RequestFactory().get("/")
    request.session, request.user = session, account
    record_authentication(request, account, method="password")
    session.save()


def agreed(cast, account, **facts):
    by = cast.person(Role.COORDINATOR)
    with cast.in_town():
        text = consent.write_text(
            PUBLISH_NAME,
            "de",
            words="Mein Name darf dort stehen.",
            recipient="alle",
            data_kinds="Name",
            by=by,
        )
        return consent.answer(text, account.pk, agreed=True, by=by, **facts)


@everywhere
def test_ask_take_along_withdraw_erase(cast, client):
    account = cast.account[Role.ORGANISATION_EDITOR]
    Account.objects.filter(pk=account.pk).update(name="Waltraud Muster", language="tr")
    account.refresh_from_db()
    with cast.in_town():
        contact = factories.contact("Waltraud", account.pk)
        factories.contact("Heinrich", cast.account[Role.TRANSLATOR].pk)
        contacts = Contact.objects.count()
    with cast.in_other():
        factories.contact("Waltraud", account.pk)
    given = agreed(cast, account)
    signed_in(client, account)

    page = client.get("/me/")
    content = page.content.decode()
    assert page.status_code == 200
    assert "Waltraud" in content
    assert "Heinrich" not in content
    assert 'lang="tr"' in content

    answer = client.get("/me/data.json")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="my-data-20')
    package = json.loads(answer.content)
    kinds = {section["kind"]: section for section in package["sections"]}
    assert {row["municipality"] for row in kinds["directory.contact"]["rows"]} == {
        "Musterstadt",
        "Nachbarstadt",
    }
    assert kinds["people.account"]["rows"][0]["values"]["name"]["value"] == "Waltraud Muster"
    assert kinds["protection.consent"]["rows"]
    assert "password" not in kinds["people.account"]["rows"][0]["values"]
    assert "Heinrich" not in answer.content.decode()

    assert client.post(reverse("withdraw-consent", args=[given.pk])).status_code == 302
    with cast.in_town():
        assert not consent.is_allowed(PUBLISH_NAME, account.pk, timezone.now())
        contact.refresh_from_db()
        assert (contact.name, contact.function) == ("", "Kursberatung")  # gone at once, the offer stays

    refused = client.post("/me/erase/", {})
    assert refused.status_code == 422
    assert Account.objects.filter(pk=account.pk).exists()
    done = client.post("/me/erase/", {"sure": "on"})
    assert done.status_code == 302
    told = client.get(done.headers["Location"])  # nobody is signed in any more
    assert told.wsgi_request.user.is_anonymous
    content = told.content.decode()
    assert 'lang="tr"' in content  # the language she had chosen, though no account tells it any more
    until = timezone.localtime(timezone.now()).date()
    assert str(until.year + 3) in content  # the consent record is proof for three years
    with cast.in_town():
        contact.refresh_from_db()
        assert Contact.objects.count() == contacts
        assert not Events.objects.filter(name="Waltraud").exists()
        assert Consent.objects.filter(subject=account.pk).count() == 1  # locked
    hold = Hold.objects.get(kind="retention", object_id=str(given.pk))
    assert hold.until.year == until.year + 3
    assert not Account.objects.filter(pk=account.pk).exists()
    assert client.get("/me/").status_code == 302
    with cast.in_other():
        assert not Contact.objects.filter(name="Waltraud").exists()


@everywhere
def test_the_last_administrator_is_refused_with_a_sentence(cast, client):
    account = cast.account[Role.ADMINISTRATOR]
    signed_in(client, account)
    answer = client.post("/me/erase/", {"sure": "on"})
    assert answer.status_code == 422
    assert "Musterstadt" in answer.content.decode()
    assert Account.objects.filter(pk=account.pk).exists()
    assert Membership.objects.current().filter(account=account).exists()
    Membership.objects.create(
        tenant=cast.town, account=cast.account[Role.COORDINATOR], role=Role.ADMINISTRATOR
    )
    assert client.post("/me/erase/", {"sure": "on"}).status_code == 302
    assert not Account.objects.filter(pk=account.pk).exists()


@pytest.mark.django_db
def test_erasing_asks_for_the_password_again(cast, client):
    client.force_login(cast.account[Role.TRANSLATOR])
    answer = client.post("/me/erase/", {"sure": "on"})
    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["Location"]
    assert Account.objects.filter(pk=cast.account[Role.TRANSLATOR].pk).exists()


@pytest.mark.django_db
def test_somebody_without_membership_sees_hers_too(cast, client):
    loose = Account.objects.create_user("frei@beispiel.example", "ein-langes-wort", name="Frieda Frei")
    with cast.in_other():
        factories.contact("Frieda", loose.pk)
    client.force_login(loose)
    content = client.get("/me/").content.decode()
    assert "Frieda Frei" in content
    assert "Nachbarstadt" in content


@pytest.mark.django_db
def test_an_unproven_address_leads_to_nothing(cast):
    from allauth.account.models import EmailAddress

    account = cast.account[Role.TRANSLATOR]
    EmailAddress.objects.create(user=account, email="fremd@beispiel.example", verified=False)
    EmailAddress.objects.create(user=account, email="mein@beispiel.example", verified=True)
    assert actions.subject_of(account).mails == {"mein@beispiel.example", account.email}
    EmailAddress.objects.filter(email=account.email).update(verified=False)
    assert actions.subject_of(account).mails == {"mein@beispiel.example"}


# ---- without an account --------------------------------------------------------------------------------------------------


def link_of(mail: str) -> str:
    text = InstallationMail.objects.filter(recipient=mail).latest("created_at").text
    return re.search(r"http://testserver(/me/request/open/\S+)", text)[1]


@everywhere
def test_a_mailed_link_shows_and_erases_what_belongs_to_the_address(cast, client):
    with cast.in_town():
        contact = factories.contact("Waltraud")
        factories.contact("Heinrich")
    assert client.post("/me/request/", {"mail": "WALTRAUD@beispiel.example"}).status_code == 302
    link = link_of("waltraud@beispiel.example")
    opened = client.get(link)
    assert opened.headers["Location"] == "/me/request/open/"  # the token has left the address
    assert client.get("/me/request/found/").status_code == 404  # opening alone shows nothing
    assert client.get("/me/request/open/").status_code == 200
    shown = client.post("/me/request/open/")
    content = client.get(shown.headers["Location"]).content.decode()
    assert "0511 Waltraud" in content
    assert "Heinrich" not in content
    package = json.loads(client.get("/me/request/found/data.json").content)
    assert "directory.contact" in {section["kind"] for section in package["sections"]}
    done = client.post("/me/request/found/erase/", {"sure": "on"})
    assert client.get(done.headers["Location"]).status_code == 200
    with cast.in_town():
        contact.refresh_from_db()
        assert (contact.name, contact.phone, contact.email) == ("", "", "")
        assert not Events.objects.filter(name="Waltraud").exists()
        assert Events.objects.filter(name="Heinrich").exists()
    assert not DataRequest.objects.exclude(mail="").exists()
    assert not InstallationMail.objects.exclude(recipient="").exists()
    assert client.get("/me/request/found/").status_code == 404


@pytest.mark.django_db
def test_a_link_works_once_and_a_day_long(cast, client):
    client.post("/me/request/", {"mail": "jemand@beispiel.example"})
    link = link_of("jemand@beispiel.example")
    client.get(link)
    client.post("/me/request/open/")
    client.session.flush()
    client.get(link)
    assert client.get("/me/request/open/").status_code == 404
    client.post("/me/request/", {"mail": "jemand@beispiel.example"})
    DataRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    client.get(link_of("jemand@beispiel.example"))
    assert client.get("/me/request/open/").status_code == 404
    client.get("/me/request/open/falsch/")
    assert client.get("/me/request/open/").status_code == 404


@pytest.mark.django_db
def test_the_answer_tells_nobody_which_addresses_are_known(cast, client):
    with cast.in_town():
        factories.contact("Waltraud")
    answers = []
    for mail in ("waltraud@beispiel.example", "niemand@beispiel.example", cast.neighbour.email):
        answer = client.post("/me/request/", {"mail": mail})
        answers.append((answer.status_code, answer.headers["Location"]))
        assert InstallationMail.objects.filter(recipient=mail).exists()
    assert len(set(answers)) == 1


@pytest.mark.django_db
def test_a_mail_address_alone_does_not_open_an_account(cast, client):
    mail = cast.account[Role.COORDINATOR].email
    client.post("/me/request/", {"mail": mail})
    client.get(link_of(mail))
    client.post("/me/request/open/")
    content = client.get("/me/request/found/").content.decode()
    assert "Muster Coordinator" not in content
    assert "/me/" in content
    assert client.get("/me/request/found/data.json").status_code == 404
    assert client.post("/me/request/found/erase/", {"sure": "on"}).status_code == 404
    assert Account.objects.filter(email=mail).exists()


@pytest.mark.django_db
def test_nobody_is_flooded_with_mails(cast, client):
    for _time in range(5):
        last = client.post("/me/request/", {"mail": "jemand@beispiel.example"})
    assert last.status_code == 429
    assert InstallationMail.objects.filter(recipient="jemand@beispiel.example").count() == 3


@pytest.mark.django_db
def test_the_link_is_gone_once_the_mail_is_out(cast, client):
    client.post("/me/request/", {"mail": "jemand@beispiel.example"})
    mail = InstallationMail.objects.get()
    assert "jemand" not in mail.key
    assert "jemand" not in mail.subject
    jobs.run_waiting()


# ---- how fast --------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_thousand_rows_take_no_query_each(cast, client, django_assert_max_num_queries):
    account = cast.account[Role.ORGANISATION_EDITOR]
    with cast.in_town():
        offer = factories.offer()
        Contact.objects.bulk_create(
            Contact(offer=offer, name=f"Waltraud {n}", account_id=account.pk) for n in range(1000)
        )
    client.force_login(account)
    with django_assert_max_num_queries(400):  # some per declared model, none per row
        answer = client.get("/me/data.json")
    package = json.loads(answer.content)
    contacts = next(one for one in package["sections"] if one["kind"] == "directory.contact")
    assert len(contacts["rows"]) == 1000


@pytest.mark.django_db
def test_labels_speak_the_persons_language(cast, client):
    account = cast.account[Role.TRANSLATOR]
    Account.objects.filter(pk=account.pk).update(language="en")
    client.force_login(account)
    package = json.loads(client.get("/me/data.json").content)
    section = next(one for one in package["sections"] if one["kind"] == "people.account")
    assert section["label"] == "accounts"
    assert section["rows"][0]["values"]["email"]["label"] == "mail address"


@pytest.mark.django_db
def test_no_scope_leaks_out_of_the_package(cast, client):
    client.force_login(cast.account[Role.TRANSLATOR])
    client.get("/me/")
    assert scope.active() is None


@everywhere
def test_an_erasure_killed_after_it_began_is_finished_and_in_the_ledger(cast, monkeypatch):
    account = cast.account[Role.ORGANISATION_EDITOR]

    def killed(*anything):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(erasing, "_forget_mails", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.erase_account(account, by=cast.person(Role.ORGANISATION_EDITOR))
    assert Account.objects.get(pk=account.pk).left_at is not None
    assert [line.account_id for line in ledger.lines()] == [account.pk]
    assert erasing.finish_begun() == 1
    assert not Account.objects.filter(pk=account.pk).exists()
    assert len(ledger.lines()) == 1


def test_the_journal_is_told_in_words(cast):
    account = cast.account[Role.COORDINATOR]
    with cast.in_town():
        offer = factories.offer("Angebot")
        journal.record("offer published", offer, by=cast.person(Role.COORDINATOR))
    with override("de"):
        found = package.collect(Subject(account_id=account.pk))
    section = next(one for one in found.sections if one.kind == "journal.journalentry")
    shown = {value.name: (value.label, value.shown) for value in section.rows[-1].values}
    assert shown["object_kind"] == ("Art des Datensatzes", "Angebot")
    assert shown["roles"][1] == str(Role.COORDINATOR.label)
    assert "request" not in shown


def test_asking_is_limited_for_all_addresses_of_a_domain_together(cast, client, monkeypatch):
    monkeypatch.setitem(throttling.OWN_RATES, "data_request_place", "3/h/key")
    answers = [
        client.post(
            reverse("data-request"), {"mail": f"frage{n}@verein.example"}, REMOTE_ADDR=f"192.0.2.{n}"
        ).status_code
        for n in range(4)
    ]
    assert answers == [302, 302, 302, 429]
    assert client.post(reverse("data-request"), {"mail": "frage@anderswo.example"}).status_code == 302
