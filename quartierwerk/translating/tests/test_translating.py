"""Translators see what is missing and what changed; saving says only what they said (W6.4)."""

import re
from html import unescape

import pytest
from django.urls import reverse

from quartierwerk.directory.models import Offer, OfferText
from quartierwerk.directory.tests import factories
from quartierwerk.journal.models import JournalEntry
from quartierwerk.languages.register import kind_named
from quartierwerk.languages.states import TranslationState as S
from quartierwerk.languages.states import state_of
from quartierwerk.people.models import Account
from quartierwerk.rights import Role
from quartierwerk.translating import counting

pytestmark = pytest.mark.django_db

HOURS = "Montag und Mittwoch 9 bis 12 Uhr. Nicht in den Schulferien."
NEW_HOURS = "Montag und Mittwoch 9 bis 13 Uhr. Nicht in den Schulferien."
QUERIES = 25  # of the list, whatever it holds


@pytest.fixture(autouse=True)
def english(cast):
    """Pages in English, so that the tests read what the code says."""
    Account.objects.update(language="en")


@pytest.fixture
def offer(cast):
    with cast.in_town():
        return factories.offer(
            "Deutsch am Vormittag", description="Wir lernen zusammen.", hours=HOURS, space=cast.middle
        )


@pytest.fixture
def translator(client, cast):
    client.force_login(cast.account[Role.TRANSLATOR])
    return client


def translated(offer, name, text, state=S.HUMAN, language="ar", **values):
    return OfferText.objects.create(
        record=offer, text_name=name, language=language, text=text, state=state,
        **{"source_text": getattr(offer, name), **values},
    )  # fmt: skip


def address(cast, offer, language="ar", **keys):
    keys = {"tenant": cast.town.slug, "kind": "offers", "pk": offer.pk, "language": language, **keys}
    return reverse("translating:text", kwargs=keys)


def page(client, path):
    """The page's words and the hidden fields it would send back."""
    html = client.get(path).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', html))
    return html, {name: unescape(value) for name, value in hidden.items() if name != "csrfmiddlewaretoken"}


def send(client, path, then, **typed):
    _html, hidden = page(client, path)
    return client.post(path, {**hidden, **typed, "then": then})


def states(offer, language="ar"):
    offer.refresh_from_db()
    rows = {row.text_name: row for row in OfferText.objects.filter(record=offer, language=language)}
    return {name: str(state_of(rows.get(name), getattr(offer, name))) for name in offer.TEXTS}


def test_new_hours_outdate_only_the_hours_and_the_translator_sees_what_changed(cast, client, offer):
    with cast.in_town():
        translated(offer, "title", "الألمانية صباحًا")
        translated(offer, "hours", "الاثنين والأربعاء 9–12. ليس في العطل المدرسية.")
        translated(offer, "hours", "Пн, ср 9–12", language="uk", state=S.MACHINE)
    client.force_login(cast.account[Role.COORDINATOR])
    keys = {"tenant": cast.town.slug, "pk": offer.pk}
    path = reverse("directory_staff:edit_offer", kwargs=keys)
    html, hidden = page(client, path)
    typed = {
        "organisation": offer.organisation_id, "title": offer.title, "description": offer.description,
        "hours": NEW_HOURS, "language": "de", "space": cast.middle.pk,
    }  # fmt: skip
    assert client.post(path, {**hidden, **typed}).status_code == 302
    with cast.in_town():
        assert states(offer) == {
            "title": "human",
            "description": "missing",
            "hours": "outdated",
            "cost": "missing",
            "registration_how": "missing",
            "accessibility": "missing",
        }
        assert states(offer, "uk")["hours"] == "outdated"
    html, _hidden = page(client, address(cast, offer))
    changed = html.split("What changed in the original")[1].split("</ul>")[0]
    words = re.sub(r"<[^>]+>", "", changed)
    assert '<del><span class="qw-sr">gone: </span>12</del>' in changed
    assert '<ins><span class="qw-sr">new: </span>13</ins>' in changed
    assert "Montag" in words
    assert "Schulferien" not in words  # the sentence that stayed
    assert html.index("What changed in the original") < html.index("The whole text")


def test_saving_the_offer_as_it_is_or_with_other_spaces_outdates_nothing(cast, client, offer):
    with cast.in_town():
        translated(offer, "hours", "الاثنين")
    client.force_login(cast.account[Role.COORDINATOR])
    path = reverse("directory_staff:edit_offer", kwargs={"tenant": cast.town.slug, "pk": offer.pk})
    for hours in (HOURS, HOURS.replace(". ", ".\r\n\r\n")):
        _html, hidden = page(client, path)
        typed = {
            "organisation": offer.organisation_id, "title": offer.title, "description": offer.description,
            "hours": hours, "language": "de", "space": cast.middle.pk,
        }  # fmt: skip
        assert client.post(path, {**hidden, **typed}).status_code == 302
        with cast.in_town():
            assert states(offer)["hours"] == "human"


@pytest.mark.parametrize("state", [S.HUMAN, S.MACHINE, S.IN_WORK])
def test_saving_as_draft_without_a_change_marks_nothing(cast, translator, offer, state):
    with cast.in_town():
        translated(offer, "title", "الألمانية", state=state)
        translated(offer, "hours", "الاثنين", state=state, source_text="Montag.")
        before = list(OfferText.objects.order_by("pk").values())
    typed = {"title-text": "الألمانية", "hours-text": "الاثنين", "description-text": ""}
    assert send(translator, address(cast, offer), "in_work", **typed).status_code == 302
    with cast.in_town():
        assert list(OfferText.objects.order_by("pk").values()) == before
        assert not JournalEntry.objects.exists()


def test_draft_keeps_showing_what_changed_until_the_text_is_finished(cast, translator, offer):
    with cast.in_town():
        row = translated(offer, "hours", "الاثنين", source_text="Montag.")
    path = address(cast, offer)
    send(translator, path, "in_work", **{"hours-text": "الاثنين والأربعاء"})
    with cast.in_town():
        assert states(offer)["hours"] == "in_work"
        row.refresh_from_db()
        assert row.source_text == "Montag."
    assert "What changed in the original" in page(translator, path)[0]
    send(translator, path, "finished", **{"hours-text": "الاثنين والأربعاء"})
    with cast.in_town():
        assert states(offer)["hours"] == "human"
        row.refresh_from_db()
        assert row.source_text == HOURS
    assert "What changed in the original" not in page(translator, path)[0]


def test_first_translation_stands_as_a_persons_and_empty_fields_leave_no_row(cast, translator, offer):
    send(translator, address(cast, offer), "finished", **{"title-text": "الألمانية", "hours-text": " "})
    with cast.in_town():
        row = OfferText.objects.get()
        assert (row.text_name, row.text, row.state, row.source_text) == (
            "title",
            "الألمانية",
            S.HUMAN,
            offer.title,
        )
        assert set(JournalEntry.objects.values_list("action", flat=True)) == {
            "offertext added", "translation finished",
        }  # fmt: skip


def test_machine_text_becomes_a_persons_only_by_its_own_tick(cast, translator, offer):
    with cast.in_town():
        translated(offer, "title", "الألمانية", state=S.MACHINE, origin="DeepL")
    path = address(cast, offer)
    html, _hidden = page(translator, path)
    assert "Checked by me" in html
    send(translator, path, "finished", **{"title-text": "الألمانية"})
    with cast.in_town():
        assert states(offer)["title"] == "machine"
    send(translator, path, "finished", **{"title-text": "الألمانية", "title-checked": "on"})
    with cast.in_town():
        assert states(offer)["title"] == "human"
        assert OfferText.objects.get().origin == "DeepL"
    assert "Checked by me" not in page(translator, path)[0]


def test_outdated_text_that_still_fits_is_confirmed_without_typing(cast, translator, offer):
    with cast.in_town():
        translated(offer, "hours", "الاثنين", source_text="Montag.")
    path = address(cast, offer)
    send(translator, path, "finished", **{"hours-text": "الاثنين"})
    with cast.in_town():
        assert states(offer)["hours"] == "outdated"
    send(translator, path, "finished", **{"hours-text": "الاثنين", "hours-checked": "on"})
    with cast.in_town():
        assert states(offer)["hours"] == "human"


def test_source_changed_while_translating_leaves_the_translation_out_of_date(cast, translator, offer):
    path = address(cast, offer)
    _html, hidden = page(translator, path)
    with cast.in_town():
        Offer.objects.filter(pk=offer.pk).update(hours=NEW_HOURS)
    translator.post(path, {**hidden, "hours-text": "الاثنين", "then": "finished"})
    with cast.in_town():
        assert OfferText.objects.get().source_text == HOURS
        assert states(offer)["hours"] == "outdated"


@pytest.mark.parametrize(("choice", "result"), [("mine", "الثانية"), ("theirs", "الأولى")])
def test_two_translators_see_both_versions_and_neither_is_lost(cast, client, offer, choice, result):
    path = address(cast, offer)
    client.force_login(cast.account[Role.TRANSLATOR])
    _html, hidden = page(client, path)
    send(client, path, "finished", **{"title-text": "الأولى"})
    client.force_login(cast.account[Role.CONTENT_EDITOR])
    answer = client.post(path, {**hidden, "title-text": "الثانية", "then": "finished"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "الأولى" in html
    assert "الثانية" in html
    with cast.in_town():
        assert OfferText.objects.get().text == "الأولى"
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', html))
    hidden = {name: unescape(value) for name, value in hidden.items() if name != "csrfmiddlewaretoken"}
    # The radio's name is read from the page: it has to be the one that is listened to.
    radio = re.search(r'name="([\w-]+)" value="theirs"', html)[1]
    kept = {"title-text": "الثانية", radio: choice, "then": "finished"}
    assert client.post(path, {**hidden, **kept}).status_code == 302
    with cast.in_town():
        assert OfferText.objects.get().text == result


@pytest.mark.parametrize("sources", ["", "forged", None])
def test_page_without_its_seal_stores_nothing_and_keeps_what_was_typed(cast, translator, offer, sources):
    path = address(cast, offer)
    _html, hidden = page(translator, path)
    hidden.pop("sources")
    if sources is not None:
        hidden["sources"] = sources
    answer = translator.post(path, {**hidden, "title-text": "الألمانية", "then": "finished"})
    assert answer.status_code == 422
    assert "الألمانية" in answer.content.decode()
    with cast.in_town():
        assert not OfferText.objects.exists()


def test_texts_written_in_the_language_itself_are_not_translated(cast, translator, offer):
    with cast.in_town():
        Offer.objects.filter(pk=offer.pk).update(text_languages={"title": "ar"})
    html, _hidden = page(translator, address(cast, offer))
    assert 'name="title-text"' not in html
    assert 'name="hours-text"' in html
    with cast.in_town():
        Offer.objects.filter(pk=offer.pk).update(text_languages={})
    assert "There is nothing to translate" in page(translator, address(cast, offer, language="de"))[0]


def test_field_stands_in_the_language_and_direction_of_its_readers(cast, translator, offer):
    html, _hidden = page(translator, address(cast, offer))
    field = re.search(r'<textarea[^>]*name="title-text"[^>]*>', html)
    assert field
    assert 'lang="ar"' in field[0]
    assert 'dir="rtl"' in field[0]
    assert re.search(r'<div lang="de" dir="ltr"><p>Deutsch am Vormittag</p>', html)


@pytest.mark.parametrize("keys", [{"kind": "nothing"}, {"language": "no language"}, {"language": "q"}])
def test_unknown_kind_or_language_is_not_found(cast, translator, offer, keys):
    assert translator.get(address(cast, offer, **keys)).status_code == 404


def test_neighbour_and_roles_without_right_are_told_nothing(cast, client, offer):
    for account in (cast.neighbour, cast.account[Role.COUNSELLOR], cast.account[Role.ORGANISATION_EDITOR]):
        client.force_login(account)
        assert client.get(address(cast, offer)).status_code == 404


def many(cast, number):
    """Offers whose texts are in all states."""
    with cast.in_town():
        for place in range(number):
            offer = factories.offer(
                f"Angebot {place}", description="Erster Satz. Zweiter\u00a0Satz.", hours="Montag."
            )
            translated(offer, "title", "العرض")
            # The same with other spaces, in composed and decomposed letters: not out of date.
            translated(offer, "description", "جملة", source_text="Erster  Satz.\nZweiter Satz.")
            if place % 2:
                translated(offer, "hours", "الاثنين", state=S.MACHINE, source_text="Dienstag.")
            else:
                translated(offer, "hours", "Пн", state=S.IN_WORK, language="uk")


def test_counts_and_lists_agree_with_the_rule_for_loaded_rows(cast, translator):
    many(cast, 6)
    with cast.in_town():
        factories.offer("Gru\u0308ße aus Köln", language="ar")
        kind = kind_named("offers")
        assert kind
        records = Offer.objects.all()
        numbers = counting.counts(kind, records, ["ar", "uk"])
        for language in ("ar", "uk"):
            expected = dict.fromkeys(S.values, 0)
            in_list = {state: set() for state in S.values}
            for offer in records:
                rows = {row.text_name: row for row in offer.translations.filter(language=language)}
                for name in offer.TEXTS:
                    if getattr(offer, name) and offer.language_of(name) != language:
                        state = str(state_of(rows.get(name), getattr(offer, name)))
                        expected[state] += 1
                        in_list[state].add(offer.pk)
            assert numbers[language] == expected
            for state, found in in_list.items():
                assert {one.pk for one in counting.in_state(kind, records, language, state)} == found


def test_list_costs_the_same_for_many_records(cast, translator, django_assert_max_num_queries):
    many(cast, 30)
    path = reverse("translating:texts", kwargs={"tenant": cast.town.slug})
    with django_assert_max_num_queries(QUERIES):
        html = translator.get(path, {"language": "ar", "state": "outdated"}).content.decode()
    assert html.count("Angebot ") == 15
    with django_assert_max_num_queries(QUERIES):
        assert translator.get(path, {"kind": "organisations"}).status_code == 200


@pytest.mark.parametrize(
    "asked", [{"kind": "x"}, {"language": "xx"}, {"state": "x"}, {"page": "999"}, {"language": "' or 1=1"}]
)
def test_nonsense_in_the_filter_counts_as_not_asked(cast, translator, offer, asked):
    path = reverse("translating:texts", kwargs={"tenant": cast.town.slug})
    assert translator.get(path, asked).status_code == 200


def test_empty_municipality_says_that_no_text_is_in_this_state(cast, translator):
    path = reverse("translating:texts", kwargs={"tenant": cast.town.slug})
    assert "No text is in this state." in translator.get(path, {"state": "outdated"}).content.decode()


LONG = (
    "Die Durchführung der Antragstellung wird durch die Koordinierungsstelle veranlasst und die Bewilligung "
    "der Leistung erfolgt nach Prüfung der Voraussetzungen durch die zuständige Sachbearbeitung."
)


def test_readability_hint_stands_in_the_form_after_the_first_submit_and_answers_htmx(cast, client, offer):
    client.force_login(cast.account[Role.COORDINATOR])
    path = reverse("directory_staff:edit_offer", kwargs={"tenant": cast.town.slug, "pk": offer.pk})
    assert "Readability: easy to read, 3 words." in client.get(path).content.decode()
    typed = {"title": "", "description": LONG, "language": "de"}
    refused = client.post(path, typed)
    assert refused.status_code == 422
    assert "Readability: hard to read" in refused.content.decode()
    fragment = client.post(
        reverse("translating:readability", kwargs={"tenant": cast.town.slug}), {"description": LONG}
    ).content.decode()
    assert "Readability: hard to read" in fragment
    assert "<html" not in fragment
    with cast.in_town():
        assert Offer.objects.get(pk=offer.pk).description == "Wir lernen zusammen."


def test_no_hint_for_texts_that_are_not_german(cast, client, offer):
    with cast.in_town():
        Offer.objects.filter(pk=offer.pk).update(language="en", description="We learn together.")
    client.force_login(cast.account[Role.COORDINATOR])
    path = reverse("directory_staff:offer", kwargs={"tenant": cast.town.slug, "pk": offer.pk})
    assert "Readability" not in client.get(path).content.decode()
