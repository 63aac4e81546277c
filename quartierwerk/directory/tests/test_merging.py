"""Two entries that mean the same become one (R5.13, R6.04): nothing is lost, nothing comes back."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quartierwerk.chain.models import Element, Link, Relation
from quartierwerk.journal.models import JournalEntry
from quartierwerk.people.models import Membership
from quartierwerk.rights import Refused, Role, worker
from quartierwerk.tenants.models import Visibility

from ..files.imports import files
from ..files.imports.running import import_loaded
from ..merging import actions, comparing, rules
from ..merging.rules import Pair, Standing, Take
from ..models import (
    Location,
    Moved,
    Offer,
    OfferedAt,
    OfferSchedule,
    OfferText,
    Organisation,
    OrganisationContact,
    ViewCount,
)
from . import factories

# ---- rules


@pytest.mark.parametrize(
    ("here", "there", "asks"),
    [
        ("a", "b", True),
        ("a", "", False),
        ("", "b", False),
        ("a  b", "a b", False),
        ("unknown", "yes", False),
        ("no", "yes", True),
        (["de"], [], False),
        (["de", "ar"], ["ar", "de"], False),
        (["de"], ["ar"], True),
        (0, 12, True),
        (None, 0, False),
        (True, False, False),
    ],
)
def test_only_a_contradiction_is_asked_about(here, there, asks):
    assert Pair(here, there).needs_choice is asks


def test_an_empty_side_gives_way():
    assert Pair("", "b").settled() == Take.THERE
    assert Pair("a", "").settled() == Take.HERE
    assert Pair("unknown", "yes").settled() == Take.THERE


def test_lists_may_hold_together():
    assert Pair(["de", "ar"], ["ar", "tr"]).value(Take.BOTH) == ["de", "ar", "tr"]
    assert rules.unanswered({"title": Pair("a", "b")}, {"title": Take.BOTH}) == ["title"]


def test_a_placeholder_never_stays_by_itself():
    known, unknown = Standing(False, False, None), Standing(True, True, None)
    assert rules.better_to_keep(unknown, known)
    assert not rules.better_to_keep(known, unknown)


def test_who_shows_vouches_then_who_was_confirmed_last():
    now = timezone.now()
    old, new = Standing(True, False, now - timedelta(days=9)), Standing(True, False, now)
    assert rules.vouched_for(old, new) == Take.THERE
    assert rules.vouched_for(new, Standing(False, False, now)) == Take.HERE


# ---- offers

pytestmark = pytest.mark.django_db


def merged(cast, kept, gone, role=Role.COORDINATOR, **chosen):
    for one in (kept, gone):
        one.refresh_from_db()
    chosen = {name: Take(take) for name, take in chosen.items()}
    return actions.merge(kept, gone, chosen, seal=comparing.seal(kept, gone), by=cast.person(role))


@pytest.fixture
def courses(cast):
    """The same course, entered twice, with everything that may hang on one."""
    with cast.in_town():
        house = factories.organisation("Sprachhaus", space=cast.middle)
        one = factories.course("Deutsch A1", organisation=house, space=cast.middle, languages_spoken=["de"])
        two = factories.course(
            "Deutschkurs A1", organisation=house, space=cast.middle, languages_spoken=["ar"], cost="frei"
        )
        factories.contact_of(one, "0511 1")
        factories.contact_of(two, "0511 1")
        factories.contact_of(two, "0511 2")
        for offer in (one, two):
            OfferSchedule.objects.create(offer=offer, weekdays=["TU"], opens_at=time(9), closes_at=time(11))
        OfferSchedule.objects.create(offer=two, weekdays=["TH"], opens_at=time(9), closes_at=time(11))
        factories.registration("Amina", offer=two)
        factories.barrier(offer=two)
        factories.pending_change(offer=two)
        for offer, count in ((one, 2), (two, 3)):
            factories.view_count(offer=offer, month=date(2026, 10, 1), count=count)
        factories.view_count(offer=two, month=date(2026, 11, 1), count=5)
        place = Location.objects.create(organisation=house, name="Saal", visibility="public")
        for offer in (one, two):
            OfferedAt.objects.create(offer=offer, location=place)
        OfferText.objects.create(record=two, text_name="title", language="ar", text="دورة")
        OfferText.objects.create(record=one, text_name="title", language="uk", text="Курс")
        return one, two


def test_everything_that_hangs_on_both_is_kept_and_nothing_stands_twice(cast, courses):
    one, two = courses
    with cast.in_town():
        kept = merged(cast, one, two, title="here", languages_spoken="both")
        assert (kept.title, kept.cost, kept.languages_spoken) == ("Deutsch A1", "frei", ["de", "ar"])
        assert [contact.phone for contact in kept.contacts.all()] == ["0511 1", "0511 2"]
        assert [row.weekdays for row in kept.schedules.all()] == [["TU"], ["TH"]]
        assert (kept.registrations.count(), kept.barriers.count(), kept.pending_changes.count()) == (1, 1, 1)
        assert dict(kept.view_counts.values_list("month", "count")) == {
            date(2026, 10, 1): 5,
            date(2026, 11, 1): 5,
        }
        assert kept.held_at.count() == 1
        assert set(kept.translations.values_list("language", flat=True)) == {"ar", "uk"}
        assert not Offer.objects.filter(pk=two.pk).exists()
        for row in (*kept.contacts.all(), *kept.schedules.all(), *kept.translations.all()):
            assert row.visibility == Visibility.PUBLIC


def test_translations_follow_the_text_that_holds(cast, courses):
    one, two = courses
    with cast.in_town():
        OfferText.objects.create(record=one, text_name="title", language="ar", text="alt")
        kept = merged(cast, one, two, title="there", languages_spoken="here")
        texts = dict(kept.translations.values_list("language", "text"))
        assert (kept.title, texts) == ("Deutschkurs A1", {"ar": "دورة", "uk": "Курс"})


def test_a_text_in_another_language_keeps_its_language(cast, courses):
    one, two = courses
    with cast.in_town():
        Offer.objects.filter(pk=two.pk).update(language="ar", title="دورة")
        OfferText.objects.filter(record=two).delete()
        OfferText.objects.create(record=one, text_name="title", language="ar", text="alt")
        kept = merged(cast, one, two, title="there", languages_spoken="here")
        assert (kept.language, kept.language_of("title"), kept.language_of("cost")) == ("de", "ar", "ar")
        assert not kept.translations.filter(language="ar").exists()


def test_without_a_choice_nothing_happens(cast, courses):
    one, two = courses
    with cast.in_town():
        with pytest.raises(actions.Unanswered) as refused:
            merged(cast, one, two, title="here")
        assert refused.value.missing == ["languages_spoken"]
        assert Offer.objects.filter(pk=two.pk).exists()
        assert one.contacts.count() == 1


def test_who_chose_before_somebody_changed_it_is_asked_again(cast, courses):
    one, two = courses
    with cast.in_town():
        seal = comparing.seal(one, two)
        two.cost = "5 €"
        two.save()
        chosen = {"title": Take.HERE, "languages_spoken": Take.HERE}
        with pytest.raises(actions.ChangedMeanwhile):
            actions.merge(one, two, chosen, seal=seal, by=cast.person(Role.COORDINATOR))


def test_days_and_places_that_do_not_fit_together_are_refused(cast, courses):
    one, two = courses
    with cast.in_town():
        days = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 10, 1)}
        Offer.objects.filter(pk=one.pk).update(**days)
        Offer.objects.filter(pk=two.pk).update(starts_on=date(2027, 2, 1), ends_on=date(2027, 3, 1))
        with pytest.raises(actions.NotMerged):
            merged(cast, one, two, title="here", languages_spoken="here", starts_on="there", ends_on="here")


def test_links_of_the_chain_move_and_none_leads_to_itself(cast, courses):
    one, two = courses
    with cast.in_town():
        wish, other = factories.wish("Kurs"), factories.wish("Noch einer")
        for source, target in (
            (wish.element_id, one.element_id),
            (wish.element_id, two.element_id),
            (other.element_id, two.element_id),
            (one.element_id, two.element_id),
        ):
            Link.objects.create(source_id=source, target_id=target, relation=Relation.ANSWERED_BY)
        kept = merged(cast, one, two, title="here", languages_spoken="here")
        ends = set(Link.objects.values_list("source_id", "target_id"))
        assert ends == {(wish.element_id, kept.element_id), (other.element_id, kept.element_id)}
        assert not Element.objects.filter(pk=two.element_id).exists()


def test_who_reads_only_or_works_elsewhere_may_not(cast, courses):
    one, two = courses
    with cast.in_town():
        Offer.objects.filter(pk=two.pk).update(space=cast.old)
        with pytest.raises(Refused):
            merged(cast, one, two, Role.COMMUNITY_WORKER, title="here", languages_spoken="here", space="here")
        with pytest.raises(Refused):
            merged(cast, one, two, Role.ORGANISATION_EDITOR, title="here")


# ---- organisations


@pytest.fixture
def clubs(cast):
    with cast.in_town():
        one = factories.organisation("Nähkreis e. V.", space=cast.middle, phone="0511 1")
        two = factories.organisation("Nähkreis", space=cast.middle, email="naeh@kreis.example")
        factories.offer("Nähcafé", organisation=two)
        for club in (one, two):
            OrganisationContact.objects.create(organisation=club, function="Büro", phone="0511 1")
            Location.objects.create(organisation=club, name="Werkstatt", visibility="public")
        return one, two


def test_organisations_become_one_with_their_offers_contacts_and_editors(cast, clubs):
    one, two = clubs
    roles = {"role": Role.ORGANISATION_EDITOR, "tenant": cast.town}
    both, second = cast.account[Role.ORGANISATION_EDITOR], cast.account[Role.PLANNER]
    for account, club in ((both, one), (both, two), (second, two)):
        Membership.objects.create(account=account, organisation_id=club.pk, **roles)
    with cast.in_town():
        kept = merged(cast, one, two, name="here")
        assert (kept.phone, kept.email) == ("0511 1", "naeh@kreis.example")
        assert [offer.title for offer in kept.offers.all()] == ["Nähcafé"]
        assert (kept.contacts.count(), kept.locations.count()) == (1, 1)
        entries = JournalEntry.objects.filter(action__contains="merged").values_list("action", "object_id")
        assert set(entries) == {
            ("organisation merged", str(one.pk)),
            ("organisation merged into another", str(two.pk)),
        }
    held = Membership.objects.filter(organisation_id=one.pk).values_list("account_id", flat=True)
    assert sorted(held) == sorted([both.pk, second.pk])
    assert not Membership.objects.filter(organisation_id=two.pk).exists()


def test_a_placeholder_that_is_merged_is_known_from_then_on(cast, clubs):
    one, two = clubs
    with cast.in_town():
        Organisation.objects.filter(pk=one.pk).update(is_placeholder=True)
        assert not merged(cast, one, two, name="there").is_placeholder


def test_the_history_of_both_can_be_read(cast, clubs, client):
    one, two = clubs
    with cast.in_town():
        merged(cast, one, two, name="here")
    client.force_login(cast.account[Role.COORDINATOR])
    history = reverse(
        "versions:history", kwargs={"tenant": cast.town.slug, "kind": "organisations", "pk": one.pk}
    )
    page = client.get(history)
    assert f"?of={two.pk}" in page.content.decode()
    former = client.get(f"{history}?of={two.pk}")
    # Everything here is one moment, in which it came and went; the journey reads what stood there.
    assert former.context["title"] == "Nähkreis"
    with cast.in_town():
        stranger = factories.organisation("Ganz andere")
    assert client.get(f"{history}?of={stranger.pk}").status_code == 404
    assert client.get(f"{history}?of=unsinn").status_code == 404


# ---- addresses


def public(name, cast, pk, town=None):
    return reverse(f"directory:{name}", kwargs={"lang": "de", "tenant": (town or cast.town).slug, "pk": pk})


def test_old_addresses_lead_on_for_good_with_all_below_them(cast, courses, client):
    one, two = courses
    with cast.in_town():
        third = factories.course("Deutsch", organisation=one.organisation)
        merged(cast, one, two, title="here", languages_spoken="here")
        one.refresh_from_db()
        merged(cast, third, one, title="here")
    for name in ("offer", "offer_pdf", "offer_dates", "offer_contacts", "register", "barrier"):
        answer = client.get(public(name, cast, two.pk))
        assert (answer.status_code, answer["Location"]) == (301, public(name, cast, third.pk)), name
    answer = client.get(public("offer", cast, two.pk) + "?von=plakat")
    assert answer["Location"].endswith(f"{third.pk}/?von=plakat")
    # What somebody had typed already goes to the new address.
    assert client.post(public("barrier", cast, two.pk), {"kind": "access"}).status_code == 308


def test_addresses_lead_on_for_staff_and_on_a_neighbours_portal(cast, courses, client):
    one, two = courses
    with cast.in_town():
        Offer.objects.filter(pk__in=(one.pk, two.pk)).update(serves_tenants=[cast.other.pk])
        merged(cast, one, two, title="here", languages_spoken="here")
    answer = client.get(public("offer", cast, two.pk, cast.other))
    assert (answer.status_code, answer["Location"]) == (301, public("offer", cast, one.pk, cast.other))
    client.force_login(cast.account[Role.COORDINATOR])
    page = reverse("directory_staff:offer", kwargs={"tenant": cast.town.slug, "pk": two.pk})
    assert client.get(page)["Location"].endswith(f"{one.pk}/")


def test_an_organisations_old_address_leads_on(cast, clubs, client):
    one, two = clubs
    with cast.in_town():
        merged(cast, one, two, name="here")
    answer = client.get(public("actor", cast, two.pk))
    assert (answer.status_code, answer["Location"]) == (301, public("actor", cast, one.pk))


# ---- lists


def imported(cast, tmp_path, *rows):
    path = tmp_path / "liste.csv"
    path.write_text("\n".join(["id;Titel;Verein;Kosten", *rows]), encoding="utf-8")
    return import_loaded(
        files.load(path, "csv"),
        tenant=cast.town,
        name="liste",
        by=worker("test", cast.town.pk),
        format="csv",
        strict=True,
    )


def test_a_list_imported_again_does_not_bring_the_merged_entry_back(cast, tmp_path):
    rows = ("1;Chor;Sängerbund;0", "2;Chor am Abend;Sängerverein;0")
    with cast.in_town():
        imported(cast, tmp_path, *rows)
        one, two = Offer.objects.order_by("source_id")
        clubs = one.organisation, two.organisation
        merged(cast, one, two, title="here", organisation="here")
        merged(cast, *clubs, name="here")
        again = imported(cast, tmp_path, *rows, "3;Tanz;Sängerverein;0")
        assert again.stored
        assert any(
            note.startswith("1 ") for note in again.notes
        )  # one row was left as it is, and that is told
        assert (Offer.objects.count(), Organisation.objects.count()) == (2, 1)
        assert Offer.objects.get(source_id="3").organisation == clubs[0]
        assert Offer.objects.get(source_id="1").title == "Chor"
        assert imported(cast, tmp_path, *rows, "3;Tanz;Sängerverein;0").outcomes() == {"unchanged": 3}


# ---- pages


def page_of(name, cast, pk, other=None):
    keys = {"tenant": cast.town.slug, "pk": pk} | ({"other": other} if other else {})
    return reverse(f"directory_staff:{name}", kwargs=keys)


def test_an_editor_compares_chooses_and_merges_once(cast, courses, client):
    one, two = courses
    client.force_login(cast.account[Role.COORDINATOR])
    address = page_of("merge_offers", cast, one.pk, two.pk)
    assert address in client.get(page_of("merge_offer", cast, one.pk) + "?q=deutschk").content.decode()
    page = client.get(address)
    seal = page.context["comparison"].seal
    assert "checked" not in page.content.decode()
    answer = client.post(address, {"seal": seal, "take-title": "here"})
    assert answer.status_code == 422
    words = answer.content.decode()
    assert 'href="#row-languages_spoken"' in words
    assert 'value="here" checked' in words
    sent = {"seal": seal, "take-title": "here", "take-languages_spoken": "both"}
    assert client.post(address, sent).status_code == 302
    again = client.post(address, sent)
    assert (again.status_code, again["Location"]) == (302, page_of("offer", cast, one.pk))
    with cast.in_town():
        assert Moved.objects.count() == 1
        assert ViewCount.objects.count() == 2


def test_foreign_ones_and_oneself_are_not_found(cast, courses, client):
    one, _two = courses
    with cast.in_other():
        theirs = factories.offer("Fremd")
    client.force_login(cast.account[Role.COORDINATOR])
    for pk, other in ((one.pk, theirs.pk), (theirs.pk, one.pk), (one.pk, one.pk)):
        assert client.get(page_of("merge_offers", cast, pk, other)).status_code == 404
        assert client.post(page_of("merge_offers", cast, pk, other), {}).status_code == 404
    client.force_login(cast.neighbour)
    assert client.get(page_of("merge_offer", cast, one.pk)).status_code == 404


def test_an_organisation_under_a_hold_stays(cast, clubs):
    from quartierwerk.privacy.models import Hold

    one, two = clubs
    Hold.objects.create(
        tenant=cast.town,
        kind=Hold.Kind.DISPUTE,
        object_kind="directory.organisation",
        object_id=str(two.pk),
        reason="Az. 1/26",
    )
    with cast.in_town(), pytest.raises(actions.NotMerged):
        merged(cast, one, two, name="here")
