"""What a mail says: in the reader's language and direction, nothing in the subject, no more than declared."""

import pytest
from django.core import checks
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quartierwerk import messages
from quartierwerk.languages.interface import INTERFACE_LANGUAGES
from quartierwerk.messages.checks import mails_can_go_out, mails_say_no_more_than_declared
from quartierwerk.messages.kinds import Kind, _kinds, all_kinds, is_secret, placeholders, register
from quartierwerk.messages.models import Outgoing
from quartierwerk.messages.writing import END_ISOLATE, ISOLATE, RIGHT_TO_LEFT_MARK, write
from quartierwerk.tenants.models import Tenant

CANARY = "Kanarienvogel7Q"
TOWN = Tenant(
    name="Musterstadt",
    contact_office="Koordinierungsstelle",
    contact_phone="0511 000 41 20",
    contact_hours="Mo 9–12",
)
INVITATION = Kind(
    "test invitation",
    subject=_("Invitation to {municipality}"),
    sentences=(_("You have been invited to work with {municipality}."),),
    link_label=_("Accept here:"),
    after=(_("The link is valid for {days} days."),),
    values=frozenset({"days"}),
)
CONTEXT = {"name": "Nadja", "link": "https://beispiel.example/x", "days": 7}


@pytest.fixture
def faulty():
    """Registers kinds for one test."""
    before = dict(_kinds)
    yield register
    _kinds.clear()
    _kinds.update(before)


def test_mail_greets_says_links_and_names_whom_to_ask():
    written = write(INVITATION, "en", CONTEXT, TOWN)
    assert written.subject == "Invitation to Musterstadt"
    assert written.text == (
        "Good day Nadja,\n\n"
        "You have been invited to work with Musterstadt.\n\n"
        "Accept here:\nhttps://beispiel.example/x\n\n"
        "The link is valid for 7 days.\n\n"
        "Kind regards\nMusterstadt\nKoordinierungsstelle\n0511 000 41 20\nMo 9–12\n"
    )


def test_mail_of_the_installation_names_no_municipality():
    written = write(Kind("x", subject="Password", sentences=("{municipality}",)), "en", {}, None)
    assert written.text == "Good day,\n\nQuartierwerk\n\nKind regards\nQuartierwerk\n"


@pytest.mark.parametrize("language", [language.code for language in INTERFACE_LANGUAGES])
@pytest.mark.parametrize("kind", [INVITATION, *all_kinds()], ids=lambda kind: kind.name)
def test_every_kind_in_every_language(language, kind):
    values = dict.fromkeys(kind.values, 7)
    written = write(kind, language, {"name": "Nadja", "link": "https://beispiel.example/x", **values}, TOWN)
    assert written.subject
    assert "Nadja" in written.text
    assert "\nhttps://beispiel.example/x\n" in written.text
    assert "{" not in written.subject + written.text


@pytest.mark.parametrize("language", ["ar", "fa", "prs"])
def test_right_to_left_lines_are_marked_and_values_isolated_links_untouched(language):
    written = write(INVITATION, language, CONTEXT, TOWN)
    lines = [line for line in written.text.split("\n") if line]
    assert {line[0] for line in lines} == {RIGHT_TO_LEFT_MARK, "h"}
    assert "https://beispiel.example/x" in lines
    assert f"{ISOLATE}Nadja{END_ISOLATE}" in written.text
    assert f"{ISOLATE}7{END_ISOLATE}" in written.text


def test_left_to_right_text_holds_no_invisible_signs():
    text = write(INVITATION, "uk", CONTEXT, TOWN).text
    assert not set(text) & {RIGHT_TO_LEFT_MARK, ISOLATE, END_ISOLATE}


@pytest.mark.parametrize(
    "context",
    [{}, {"days": 7, "phone": "0511"}, {"days": 7, "address": "x"}, {"days": 7, "municipality": "x"}],
)
def test_values_the_kind_does_not_declare_are_refused(context):
    with pytest.raises(KeyError, match="takes other values"):
        write(INVITATION, "en", context, TOWN)


def test_names_with_braces_are_printed_as_they_are():
    assert "Good day {link},\n" in write(INVITATION, "en", CONTEXT | {"name": "{link}"}, TOWN).text


def test_subject_holds_no_datum_whatever_is_given(cast):
    with cast.in_town():
        mail = messages.send(
            "test",
            to=f"{CANARY}@beispiel.example",
            lang="de",
            key="event 1",
            context={"name": CANARY, "link": f"https://beispiel.example/{CANARY}"},
        )
        assert CANARY in mail.text
        assert CANARY not in mail.subject + mail.message_id + mail.key + str(mail)


def test_dari_readers_get_farsi_words_and_the_mail_says_so(cast):
    with cast.in_town():
        messages.send("test", to="a@beispiel.example", lang="prs", key="event 1")
        assert Outgoing.objects.get().language == "fa"


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        (Kind("a", subject="For {name}", sentences=()), "messages.E001"),
        (Kind("b", subject="{days} left", sentences=(), values=frozenset({"days"})), "messages.E001"),
        (Kind("c", subject="x", sentences=("{phone}",)), "messages.E002"),
        (Kind("d", subject="x", sentences=(), link_label="{phone}"), "messages.E002"),
        (Kind("e", subject="x", sentences=("{name}",), values=frozenset({"name"})), "messages.E003"),
    ],
)
def test_kind_that_says_too_much_fails_the_system_check(faulty, kind, fault):
    faulty(kind)
    assert [found.id for found in mails_say_no_more_than_declared(None)] == [fault]


def test_shipped_kinds_pass_and_their_texts_are_translatable():
    assert mails_say_no_more_than_declared(None) == []
    for kind in all_kinds():
        # A paragraph that is a value and nothing else has no words of ours.
        ours = [text for text in (kind.subject, *kind.texts()) if text not in ("", "{text}")]
        assert all(isinstance(text, Promise) for text in ours)


def test_two_kinds_of_one_name_are_refused(faulty):
    with pytest.raises(ValueError, match="Two kinds"):
        faulty(all_kinds()[0])


def test_unknown_kinds_come_from_libraries_and_are_secret():
    assert is_secret("library")
    assert not is_secret("test")
    assert placeholders("{a} and {{b}} and {c:d}") == {"a", "c"}


def test_production_without_safe_mail_server_is_refused(settings):
    def faults():
        return [found.id for found in mails_can_go_out(None) if found.level >= checks.ERROR]

    settings.MAILS_READ_AT, settings.MAIL_HOST = [], "mail.example"
    settings.MAIL_USER, settings.MAIL_SECURITY = "someone", "starttls"
    assert faults() == []
    settings.MAIL_SECURITY = "none"
    assert faults() == ["messages.E011"]
    settings.MAIL_HOST, settings.MAILS_READ_AT = "", ["localhost"]
    assert faults() == ["messages.E010", "messages.E012"]
