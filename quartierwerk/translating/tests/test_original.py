"""Content editors change the words of a record and nothing else of it ("W texts" of data protection §2)."""

import pytest
from django.urls import reverse

from quartierwerk.directory.models import Offer, Organisation
from quartierwerk.directory.tests import factories
from quartierwerk.journal.models import JournalEntry
from quartierwerk.notices.models import Notice
from quartierwerk.people.models import Account
from quartierwerk.rights import Role
from quartierwerk.tenants.models import Visibility

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(cast):
    with cast.in_town():
        return factories.offer("Deutsch am Vormittag", description="Wir lernen.", space=cast.middle)


@pytest.fixture
def editor(client, cast):
    Account.objects.update(language="en")
    client.force_login(cast.account[Role.CONTENT_EDITOR])
    return client


def address(cast, kind, record):
    keys = {"tenant": cast.town.slug, "kind": kind, "pk": record.pk}
    return reverse("translating:original", kwargs=keys)


def typed(offer, **words):
    return {name: getattr(offer, name) for name in offer.TEXTS} | words


def test_a_content_editor_changes_the_words_and_the_journal_names_which(editor, cast, offer):
    path = address(cast, "offers", offer)
    opened = editor.get(path).context["form"]["as_opened"].value()
    answer = editor.post(path, typed(offer, description="Wir üben Deutsch.", as_opened=opened))
    assert answer.status_code == 302
    with cast.in_town():
        assert Offer.objects.get().description == "Wir üben Deutsch."
        entry = JournalEntry.objects.get(action="offer changed")
        assert (entry.fields, entry.object_id) == (["description"], str(offer.pk))
        versions = Offer.pgh_event_model.objects.filter(pgh_obj_id=offer.pk)
        assert "Wir lernen." in versions.values_list("description", flat=True)


def test_other_fields_sent_along_change_nothing(editor, cast, offer):
    path = address(cast, "offers", offer)
    with cast.in_town():
        other = factories.organisation("Anderer Verein")
        before = Offer.objects.values().get(pk=offer.pk)
    opened = editor.get(path).context["form"]["as_opened"].value()
    forged = {
        "visibility": "tenant", "organisation": other.pk, "website": "https://bad.example.org/", "valid_until": "1.1.2030",
        "seats": "3", "space": "", "language": "ar", "contact-phone": "0900 1", "contact-0-phone": "0900 1",
        "address-street": "Falsche Straße 1", "times-0-opens_at": "10:00", "text_languages": '{"title": "ar"}',
        "keep-website": "mine", "publish": "1",
    }  # fmt: skip
    answer = editor.post(path, typed(offer, title="Deutsch am Morgen", as_opened=opened) | forged)
    assert answer.status_code == 302
    with cast.in_town():
        after = Offer.objects.values().get(pk=offer.pk)
        changed = {name for name in after if after[name] != before[name]}
        assert changed == {"title", "sort_key", "changed_at"}
        assert not Offer.objects.get().contacts.filter(phone__contains="0900").exists()
        assert not Offer.objects.get().schedules.exists()


def test_two_editors_see_both_versions(editor, cast, offer):
    path = address(cast, "offers", offer)
    opened = editor.get(path).context["form"]["as_opened"].value()
    with cast.in_town():
        offer.description = "Ganz anders."
        offer.save()
    answer = editor.post(path, typed(offer, description="Wir üben.", as_opened=opened))
    assert answer.status_code == 409
    assert "Ganz anders." in answer.content.decode()
    assert "Wir üben." in answer.content.decode()
    with cast.in_town():
        assert Offer.objects.get().description == "Ganz anders."


def test_a_title_cannot_be_emptied(editor, cast, offer):
    path = address(cast, "offers", offer)
    opened = editor.get(path).context["form"]["as_opened"].value()
    assert editor.post(path, typed(offer, title=" ", as_opened=opened)).status_code == 422
    with cast.in_town():
        assert Offer.objects.get().title == "Deutsch am Vormittag"


def test_a_form_sent_twice_counts_once(editor, cast, offer):
    path = address(cast, "offers", offer)
    opened = editor.get(path).context["form"]["as_opened"].value()
    sent = typed(offer, description="Wir üben.", as_opened=opened)
    assert [editor.post(path, sent).status_code for _ in range(2)] == [302, 302]
    with cast.in_town():
        assert JournalEntry.objects.filter(action="offer changed").count() == 1


def test_her_pages_lead_to_the_texts_and_never_to_a_page_she_may_not_open(editor, cast, offer):
    with cast.in_town():
        organisation = Organisation.objects.get()
    listed = editor.get(reverse("directory_staff:organisations", kwargs={"tenant": cast.town.slug}))
    whole = reverse(
        "directory_staff:edit_organisation", kwargs={"tenant": cast.town.slug, "pk": organisation.pk}
    )
    assert address(cast, "organisations", organisation) in listed.content.decode()
    assert whole not in listed.content.decode()
    shown = editor.get(reverse("directory_staff:offer", kwargs={"tenant": cast.town.slug, "pk": offer.pk}))
    assert address(cast, "offers", offer) in shown.content.decode()
    form = editor.get(address(cast, "organisations", organisation))
    assert (form.status_code, whole in form.content.decode()) == (200, False)


def test_legal_texts_and_unknown_kinds_have_no_such_page(editor, cast, offer):
    with cast.in_town():
        notice = Notice.objects.create(kind="imprint", text="Stadt", visibility=Visibility.PUBLIC)
    assert editor.get(address(cast, "notices", notice)).status_code == 404
    assert editor.get(address(cast, "accounts", notice)).status_code == 404


@pytest.mark.parametrize(
    "role", [Role.TRANSLATOR, Role.PLANNER, Role.ORGANISATION_EDITOR, Role.ADMINISTRATOR]
)
def test_nobody_else_changes_words_this_way(client, cast, offer, role):
    client.force_login(cast.account[role])
    path = address(cast, "offers", offer)
    assert client.get(path).status_code in (403, 404)
    assert client.post(path, typed(offer, title="Anders")).status_code in (403, 404)
    with cast.in_town():
        assert Offer.objects.get().title == "Deutsch am Vormittag"
