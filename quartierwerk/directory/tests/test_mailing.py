"""One mail to many organisations: each on its own, once, and those without an address on a list of calls."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from quartierwerk.journal.models import JournalEntry
from quartierwerk.messages.models import Outgoing
from quartierwerk.rights import Refused, Role

from ..mailing import actions, rules
from ..models import SentToMany
from . import factories


def entry(email):
    return SimpleNamespace(pk=email, email=email)


def test_an_office_behind_several_entries_gets_one_mail():
    found = rules.recipients([entry("a@b.example"), entry("A@B.example "), entry(""), entry("c@d.example")])
    assert [one.email for one in found.mailed] == ["a@b.example", "c@d.example"]
    assert len(found.called) == 1


def test_the_same_words_to_the_same_are_known_again():
    one = rules.digest("Runder Tisch", "Text\r\nzwei ", ["b", "a"])
    assert one == rules.digest(" Runder  Tisch", "Text\nzwei", ["a", "b"])
    assert one != rules.digest("Runder Tisch", "Text\nzwei", ["a"])


pytestmark = pytest.mark.django_db

WORDS = {"subject": "Runder Tisch", "text": "Wir laden ein.\n\nBitte {antworten}."}


@pytest.fixture
def clubs(cast):
    with cast.in_town():
        return [
            factories.organisation(
                "Chor", space=cast.middle, email="chor@beispiel.example", topics=["culture_leisure"]
            ),
            factories.organisation(
                "Tanz", space=cast.old, email="tanz@beispiel.example", roles=["association"]
            ),
            factories.organisation("Stumm", space=cast.middle, phone="0511 77"),
            factories.organisation("Nummer 7", email="nie@beispiel.example", is_placeholder=True),
        ]


def path(cast, name="mailing", query=""):
    return reverse(f"directory_staff:{name}", kwargs={"tenant": cast.town.slug}) + query


def of(cast, role, client):
    client.force_login(cast.account[role])
    return client


def sent(client, cast, query="", words=WORDS):
    """Look, then send."""
    page = client.post(path(cast, query=query), words)
    return client.post(path(cast, "send_mailing", query), {**words, "seal": page.context["seal"]})


def mails(cast):
    with cast.in_town():
        return list(Outgoing.objects.order_by("recipient"))


def test_each_gets_a_mail_of_its_own(cast, clubs, client):
    client = of(cast, Role.COORDINATOR, client)
    page = client.get(path(cast))
    assert (len(page.context["to"].mailed), len(page.context["to"].called)) == (2, 1)
    assert "0511 77" in page.content.decode()
    assert sent(client, cast).status_code == 302
    found = mails(cast)
    assert [mail.recipient for mail in found] == ["chor@beispiel.example", "tanz@beispiel.example"]
    for mail in found:
        assert mail.subject == "Runder Tisch"
        assert "Wir laden ein.\n\nBitte {antworten}." in mail.text
        assert "tanz@" not in mail.text + mail.subject
        assert mail.text.split("\n")[0] in ("Guten Tag,", "Good day,")  # nobody's name
    with cast.in_town():
        note = SentToMany.objects.get()
        assert (note.number, note.without_address, note.chosen) == (2, 1, "")
        assert JournalEntry.objects.get(action="mail sent to many organisations").object_id == str(note.pk)


def test_looking_at_it_sends_nothing_and_keeps_what_was_typed(cast, clubs, client):
    client = of(cast, Role.COORDINATOR, client)
    page = client.post(path(cast), WORDS)
    assert "Bitte {antworten}." in page.content.decode()
    again = client.post(path(cast), {**WORDS, "edit": "1"})
    assert again.context["form"]["subject"].value() == "Runder Tisch"
    assert not mails(cast)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?topic=culture_leisure", ["chor@beispiel.example"]),
        ("?role=association", ["tanz@beispiel.example"]),
        ("?confirmation=phone", []),
        ("?topic=unsinn&quarter=unsinn", ["chor@beispiel.example", "tanz@beispiel.example"]),
    ],
)
def test_the_filter_says_to_whom(cast, clubs, client, query, names):
    page = of(cast, Role.COORDINATOR, client).get(path(cast, query=query))
    assert [one.email for one in page.context["to"].mailed] == names


def test_a_community_worker_writes_to_her_quarter_and_sees_her_own(cast, clubs, client):
    with cast.in_town():
        factories.sent_to_many("Von einer Kollegin")
    client = of(cast, Role.COMMUNITY_WORKER, client)
    assert not client.get(path(cast)).context["sent"]
    sent(client, cast)
    assert [mail.recipient for mail in mails(cast)] == ["chor@beispiel.example"]
    with cast.in_town():
        to = rules.Recipients([clubs[1]], [])
        with pytest.raises(Refused):
            actions.send_to_many(to, "a", "b", "", by=cast.person(Role.COMMUNITY_WORKER))


def test_the_same_mail_does_not_go_twice(cast, clubs, client):
    client = of(cast, Role.COORDINATOR, client)
    sent(client, cast)
    assert sent(client, cast).status_code == 409
    assert len(mails(cast)) == 2
    assert sent(client, cast, words={**WORDS, "subject": "Noch etwas"}).status_code == 302
    assert len(mails(cast)) == 4


def test_whoever_was_not_looked_at_gets_nothing(cast, clubs, client):
    client = of(cast, Role.COORDINATOR, client)
    seal = client.post(path(cast), WORDS).context["seal"]
    with cast.in_town():
        factories.organisation("Neu", email="neu@beispiel.example")
    for posted in (
        {**WORDS, "seal": seal},
        {**WORDS, "seal": "unsinn"},
        {**WORDS, "text": "anders", "seal": seal},
    ):
        assert client.post(path(cast, "send_mailing"), posted).status_code == 409
    assert not mails(cast)


@pytest.mark.parametrize("words", [{}, {"subject": "", "text": "x"}, {"subject": "x" * 201, "text": "x"}])
def test_words_that_are_missing_are_asked_for(cast, clubs, client, words):
    client = of(cast, Role.COORDINATOR, client)
    assert client.post(path(cast, "send_mailing"), words).status_code == 422
    assert client.post(path(cast), {"subject": "", "text": ""}).status_code == 422
    assert not mails(cast)


def test_nobody_to_write_to(cast, client):
    client = of(cast, Role.COORDINATOR, client)
    assert client.post(path(cast), WORDS).status_code == 200
    assert client.post(path(cast, "send_mailing"), WORDS).status_code == 422


def test_editors_and_readers_do_not_find_it(cast, clubs, client):
    for role in (Role.ORGANISATION_EDITOR, Role.PLANNER):
        assert of(cast, role, client).get(path(cast)).status_code == 404
