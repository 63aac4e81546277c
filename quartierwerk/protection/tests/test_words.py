"""The page with one's own data and the record of processing are read in German from the first word to the last."""

import re
from html import unescape

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override

from quartierwerk import journal
from quartierwerk.directory.tests import factories
from quartierwerk.people.models import Account
from quartierwerk.privacy import labels, package, rows
from quartierwerk.privacy.registry import all_records, make
from quartierwerk.privacy.rows import Subject
from quartierwerk.rights import Role

pytestmark = pytest.mark.django_db(databases=["default", "keeper"])
NAMES = re.compile(r"<(?:dt|h2[^>]*|h1)>(.*?)</", re.DOTALL)
# Of libraries and ours: each with one row of the account's.
KINDS = (
    "usersessions.UserSession", "mfa.Authenticator", "socialaccount.SocialAccount", "account.EmailAddress",
    "people.Membership", "people.DutyGrant", "people.Invitation", "people.KeptInput", "outbox.Outgoing",
    "outbox.InstallationMail", "journal.SecurityEvent", "directory.Contact",
)  # fmt: skip


@pytest.fixture
def account(cast, client):
    found = cast.account[Role.PROTECTION_OFFICER]
    Account.objects.filter(pk=found.pk).update(language="de")
    found.refresh_from_db()
    with cast.in_town():
        for record in all_records():
            if record.model._meta.label in KINDS:
                make(record, "Spur", account_id=found.pk)
        offer = factories.offer("Angebot")
        for action in ("offer published", "offer changed", "refused directory.write"):
            journal.record(
                action, offer, by=cast.person(Role.PROTECTION_OFFICER), fields=["published_at", "title"]
            )
    client.force_login(found)
    session, request = client.session, RequestFactory().get("/")
    request.session, request.user = session, found
    record_authentication(request, found, method="password")
    session.save()
    return found


def english_words() -> set[str]:
    """Every English name of a field or kind that German says otherwise."""
    english, german = set(), set()
    for record in all_records():
        if not (rows.concerns_people(record) or record.personal_fields()):
            continue
        for language, words in (("en", english), ("de", german)):
            with override(language):
                words |= {labels.of_one(record.model), labels.of_several(record.model)}
                words |= {labels.of_field(one) for one in record.model._meta.concrete_fields}
    return {word.casefold() for word in english - german} - {word.casefold() for word in german}


def test_own_page_names_nothing_in_english(client, account):
    page = unescape(client.get("/me/").content.decode())
    shown = {" ".join(one.split()).casefold() for one in NAMES.findall(page)}
    assert "netzadresse (ip)" in shown
    assert "angemeldete geräte" in shown
    assert shown & english_words() == set()
    for words in (
        "message id",
        "next try at",
        "data request",
        "offer published",
        "user session",
        "authenticator",
        "seen at",
    ):
        assert words not in page, words
    assert "Angebot veröffentlicht" in page
    assert "veröffentlicht am" in page


def test_own_file_leaves_out_only_what_the_page_leaves_out(account):
    with override("de"):
        found = package.collect(Subject(account_id=account.pk)).as_json()
    kinds = {section["kind"]: section for section in found["sections"]}
    assert kinds["outbox.outgoing"]["rows"][0]["values"]["recipient"]
    assert "message_id" not in kinds["outbox.outgoing"]["rows"][0]["values"]


def test_record_of_processing_names_data_in_german(client, cast, account):
    page = unescape(
        client.get(reverse("processing-record", kwargs={"tenant": cast.town.slug})).content.decode()
    )
    cells = {part.strip().casefold() for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", page, re.DOTALL)
             for part in re.sub("<[^>]*>", "", cell).split(",")}  # fmt: skip
    assert "netzadresse (ip)" in cells
    assert cells & english_words() == set()
