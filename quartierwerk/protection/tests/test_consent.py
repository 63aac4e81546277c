"""Consent: what it records, when it counts, and that withdrawing works at once."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from quartierwerk.journal.models import JournalEntry
from quartierwerk.protection import consent, rules
from quartierwerk.protection.models import Consent, ConsentText
from quartierwerk.protection.purposes import MATCH, PUBLISH_NAME
from quartierwerk.rights import Role
from quartierwerk.tenants import scope

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=400)


def given(agreed=True, at=NOW, ends=LATER, withdrawn=None):
    return rules.Answer(agreed, at, ends, withdrawn)


@pytest.mark.parametrize(
    ("answers", "allowed"),
    [
        ([], False),
        ([given()], True),
        ([given(agreed=False)], False),
        ([given(ends=NOW)], False),
        ([given(withdrawn=NOW)], False),
        ([given(withdrawn=NOW + timedelta(seconds=1))], True),
        ([given(), given(agreed=False, at=NOW - timedelta(days=1))], True),
        ([given(at=NOW - timedelta(days=1)), given(agreed=False)], False),
        ([given(at=NOW + timedelta(days=1))], False),  # not given yet
    ],
)
def test_the_last_answer_counts(answers, allowed):
    assert rules.is_allowed(answers, NOW) is allowed


@pytest.fixture
def texts(cast):
    officer = cast.person(Role.COORDINATOR)
    facts = {"recipient": "alle Leserinnen und Leser", "data_kinds": "Name, Telefon", "by": officer}
    with cast.in_town():
        consent.write_text(PUBLISH_NAME, "de", words="Mein Name darf beim Angebot stehen.", **facts)
        consent.write_text(PUBLISH_NAME, "uk", words="Моє ім’я може бути опубліковане.", **facts)
    return cast


@pytest.mark.django_db
def test_an_answer_records_everything(texts):
    person = texts.person(Role.ORGANISATION_EDITOR)
    counsellor = texts.person(Role.COUNSELLOR)
    with texts.in_town():
        offered = consent.offered(PUBLISH_NAME, "uk")
        made = consent.answer(
            offered.text,
            person.account_id,
            agreed=True,
            by=counsellor,
            way="spoken",
            interpreter_helped=True,
            now=NOW,
        )
        made.refresh_from_db()
        assert (made.text.language, made.text.version) == ("uk", 1)
        assert (made.text.recipient, made.text.data_kinds) == ("alle Leserinnen und Leser", "Name, Telefon")
        assert (made.purpose, made.way, made.interpreter_helped) == ("publish-name", "spoken", True)
        assert (made.given_at, made.recorded_by) == (NOW, counsellor.account_id)
        assert made.ends_at == datetime(2027, 11, 22, 12, tzinfo=UTC)
        assert JournalEntry.objects.filter(action="consent given", object_id=str(made.pk)).exists()
        assert consent.is_allowed(PUBLISH_NAME, person.account_id, NOW)
        assert not consent.is_allowed(PUBLISH_NAME, person.account_id, made.ends_at)
        assert not consent.is_allowed(MATCH, person.account_id, NOW)
        assert not consent.is_allowed(PUBLISH_NAME, uuid4(), NOW)
    with texts.in_other():
        assert not consent.is_allowed(PUBLISH_NAME, person.account_id, NOW)


@pytest.mark.django_db
def test_an_older_translation_is_not_used_for_new_consent(texts):
    officer = texts.person(Role.COORDINATOR)
    facts = {"recipient": "x", "data_kinds": "y", "by": officer}
    with texts.in_town():
        old = consent.offered(PUBLISH_NAME, "uk").text
        consent.write_text(PUBLISH_NAME, "de", words="Mein Name und mein Bild dürfen …", **facts)
        offered = consent.offered(PUBLISH_NAME, "uk")
        assert (offered.text.language, offered.text.version, offered.outdated) == ("de", 2, "uk")
        assert consent.offered(PUBLISH_NAME, "tr").outdated == ""
        with pytest.raises(consent.Refusal):
            consent.answer(old, uuid4(), agreed=True, by=officer)
        consent.write_text(PUBLISH_NAME, "uk", words="нове", **facts)
        assert consent.offered(PUBLISH_NAME, "uk").text.words == "нове"
        with pytest.raises(consent.Refusal):
            consent.write_text(PUBLISH_NAME, "uk", words="ще раз", **facts)
        with pytest.raises(consent.NoText):
            consent.offered(MATCH, "de")
        with pytest.raises(consent.Refusal):
            consent.write_text(MATCH, "uk", words="без джерела", **facts)


@pytest.mark.django_db
def test_a_wording_can_never_be_changed(texts):
    with texts.in_town(), pytest.raises(DatabaseError), transaction.atomic():
        ConsentText.objects.update(words="anders")


@pytest.mark.django_db
def test_withdrawing_works_at_once_and_ends_what_runs(texts, monkeypatch):
    person = texts.person(Role.ORGANISATION_EDITOR)
    ended = []
    monkeypatch.setattr(consent, "_endings", {})
    consent.when_withdrawn(PUBLISH_NAME, lambda subject, by: ended.append((subject, scope.writing())))
    with texts.in_town():
        made = consent.answer(
            consent.offered(PUBLISH_NAME, "de").text, person.account_id, agreed=True, by=person, now=NOW
        )
        consent.withdraw(made, by=person, now=NOW + timedelta(hours=1))
        consent.withdraw(made, by=person, now=NOW + timedelta(hours=2))  # a double click
        assert not consent.is_allowed(PUBLISH_NAME, person.account_id, NOW + timedelta(hours=1))
        assert consent.is_allowed(PUBLISH_NAME, person.account_id, NOW + timedelta(minutes=59))
        assert JournalEntry.objects.filter(action="consent withdrawn").count() == 1
    assert ended == [(person.account_id, texts.town.pk)]


@pytest.mark.django_db
def test_saying_no_later_takes_an_earlier_yes_back(texts):
    person = texts.person(Role.ORGANISATION_EDITOR)
    with texts.in_town():
        text = consent.offered(PUBLISH_NAME, "de").text
        consent.answer(text, person.account_id, agreed=True, by=person, now=NOW)
        consent.answer(text, person.account_id, agreed=False, by=person, now=NOW + timedelta(days=1))
        assert not Consent.objects.running(NOW + timedelta(days=1)).exists()
        assert not consent.is_allowed(PUBLISH_NAME, person.account_id, NOW + timedelta(days=1))


@pytest.mark.django_db
def test_refusing_is_as_easy_as_agreeing(texts, client):
    account = texts.account[Role.ORGANISATION_EDITOR]
    client.force_login(account)
    address = reverse("answer-consent", kwargs={"slug": "musterstadt", "purpose": "publish-name"})
    page = client.get(address)
    content = page.content.decode()
    yes, no = (content[: content.index(f'value="{word}"')].rpartition("<button")[2] for word in ("yes", "no"))
    assert yes == no  # the same look, side by side
    assert "checked" not in content
    with texts.in_town():
        text = ConsentText.objects.get(language="de")
    answer = client.post(address, {"answer": "no", "text": str(text.pk)})
    assert answer.status_code == 302
    with texts.in_town():
        made = Consent.objects.get()
        assert (made.agreed, made.recorded_by, made.subject) == (False, None, account.pk)
    client.post(address, {"answer": "yes", "text": str(uuid4())})  # an older page
    client.post(address, {"answer": "maybe", "text": str(text.pk)})
    with texts.in_town():
        assert Consent.objects.count() == 1


@pytest.mark.django_db
def test_nobody_withdraws_for_somebody_else(texts, client):
    person = texts.person(Role.ORGANISATION_EDITOR)
    with texts.in_town():
        made = consent.answer(
            consent.offered(PUBLISH_NAME, "de").text, person.account_id, agreed=True, by=person
        )
    client.force_login(texts.account[Role.TRANSLATOR])
    assert client.post(reverse("withdraw-consent", args=[made.pk])).status_code == 404
    client.force_login(texts.account[Role.ORGANISATION_EDITOR])
    assert client.get(reverse("withdraw-consent", args=[made.pk])).status_code == 405
    assert client.post(reverse("withdraw-consent", args=[made.pk])).status_code == 302
    with texts.in_town():
        assert not consent.is_allowed(PUBLISH_NAME, person.account_id, datetime.now(UTC))
