"""The form of an offer: fields by kind, times as people write them, contacts with deputies, no double entries."""

from datetime import time

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from quartierwerk.rights import Role

from .. import kinds
from ..models import Contact, Offer, OfferSchedule
from . import factories

pytestmark = pytest.mark.django_db


def page(name, cast, **keys):
    return reverse(f"directory_staff:{name}", kwargs={"tenant": cast.town.slug, **keys})


@pytest.fixture
def organisation(cast):
    with cast.in_town():
        return factories.organisation("Sprachhaus", space=cast.middle)


@pytest.fixture
def coordinator(client, cast):
    client.force_login(cast.account[Role.COORDINATOR])
    return client


def typed(organisation, kind="course", **values):
    return {
        "kind": kind,
        "organisation": organisation.pk,
        "title": "Deutsch am Abend",
        "language": "de",
        **values,
    }


def saved(answer, cast) -> Offer:
    assert answer.status_code == 302, [form.errors for form in answer.context["page"].forms]
    with cast.in_town():
        return Offer.objects.get()


def refused(answer, field, rows=""):
    """The fault of one field, and that nothing was stored."""
    assert answer.status_code == 422
    forms = answer.context["page"]
    form = getattr(forms, rows).forms[0] if rows else forms.main
    return " ".join(form.errors[field])


def marks(client, address):
    """What a page just opened carries along: digests, row numbers, counts."""
    found = client.get(address).context["page"]
    data = {}
    for form in found.forms:
        for name in ("as_opened", "row"):
            if name in form.fields:
                data[form.add_prefix(name)] = form[name].value() or ""
    for rows in (found.contacts, found.times):
        if rows:
            data[f"{rows.prefix}-rows"] = str(len(rows.forms))
    return data


# ---- kinds -------------------------------------------------------------------------------------------------------------


def test_first_the_kind_then_its_fields(coordinator, cast):
    chosen = coordinator.get(page("add_offer", cast))
    assert all(f'value="{code}"' in chosen.content.decode() for code in kinds.KINDS)
    form = coordinator.get(page("add_offer", cast), {"kind": "health"}).context["form"]
    assert [field.name for field in form.kind_fields] == ["specialities", "intake"]


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_kind_is_saved_with_its_own_fields_only(coordinator, cast, organisation, kind):
    everything = {
        "course_type": "integration", "level": "A1", "seats": "12", "seats_taken": "3", "has_waiting_list": "on",
        "childcare_places": "4", "specialities": "Kinder", "intake": "open", "listing_type": "job",
        "german_level": "B1", "trial": "ja", "costs_covered": "BuT", "gear": "Schuhe",
    }  # fmt: skip
    offer = saved(coordinator.post(page("add_offer", cast), typed(organisation, kind, **everything)), cast)
    assert offer.kind == kind
    for name in kinds.KIND_FIELDS:
        default = Offer._meta.get_field(name).get_default()
        if name in everything:
            assert (getattr(offer, name) != default) == (name in kinds.fields_of(kind)), name


def test_another_kind_is_shown_with_everything_typed_and_nothing_is_saved(coordinator, cast, organisation):
    data = typed(organisation, "sport", seats="12", trial="Jeden Montag", title="", show_kind="1")
    answer = coordinator.post(page("add_offer", cast), data | {"kind": "course", "level": "B2"})
    content = answer.content.decode()
    assert answer.status_code == 422
    assert "error-summary" not in content
    assert 'value="12"' in content
    assert 'name="trial" value="Jeden Montag"' in content, "kept unseen for the way back"
    back = coordinator.post(page("add_offer", cast), data | {"kind": "sport", "level": "B2"})
    assert "Jeden Montag" in back.content.decode()
    assert 'name="level" value="B2"' in back.content.decode()
    with cast.in_town():
        assert not Offer.objects.exists()


def test_what_was_wrong_in_fields_of_another_kind_does_not_stand_in_the_way(coordinator, cast, organisation):
    data = typed(organisation, "general", seats="viele", deadline="31.02.2026")
    assert saved(coordinator.post(page("add_offer", cast), data), cast).seats is None


def test_unknown_kind_is_refused(coordinator, cast, organisation):
    assert coordinator.post(page("add_offer", cast), typed(organisation, "kneipe")).status_code == 422


def test_waiting_list_of_a_counselling_is_refused_by_the_database(cast):
    with cast.in_town(), pytest.raises(IntegrityError), transaction.atomic():
        factories.offer(kind="counselling", has_waiting_list=True)


# ---- bad input ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"seats": "5", "seats_taken": "6"}, "seats_taken", "5"),
        ({"seats": "-1"}, "seats", "0"),
        ({"seats": "40000"}, "seats", "30.000"),
        ({"starts_on": "01.09.2030", "ends_on": "31.08.2030"}, "ends_on", "endet"),
        ({"ends_on": "01.09.2020"}, "ends_on", "vorbei"),
        ({"valid_until": "01.09.2020"}, "valid_until", "vorbei"),
        ({"valid_until": "31.02.2030"}, "valid_until", "28"),
        ({"level": "Z9"}, "level", "Z9"),
        ({"serves_postcodes": "30880, 3088"}, "serves_postcodes", "3088"),
        ({"topics": ["unsinn"]}, "topics", "unsinn"),
        ({"serves": ["keine-nummer"]}, "serves", "keine-nummer"),
        ({"serves_tenants": ["999999"]}, "serves_tenants", "999999"),
    ],
)
def test_impossible_values_are_refused_at_their_field(coordinator, cast, organisation, values, field, words):
    answer = coordinator.post(page("add_offer", cast), typed(organisation, **values))
    assert words in refused(answer, field)
    with cast.in_town():
        assert not Offer.objects.exists()


def test_day_that_passed_meanwhile_does_not_lock_the_offer(coordinator, cast, organisation):
    from datetime import date

    with cast.in_town():
        offer = factories.offer(organisation=organisation, kind="course", valid_until=date(2020, 1, 1))
    address = page("edit_offer", cast, pk=offer.pk)
    data = typed(organisation, title=offer.title, valid_until="01.01.2020", cost="5 €") | marks(
        coordinator, address
    )
    assert coordinator.post(address, data).status_code == 302


def test_language_unknown_is_saved_as_unknown_and_shown_so(coordinator, cast, organisation):
    offer = saved(coordinator.post(page("add_offer", cast), typed(organisation)), cast)
    assert (offer.languages_spoken, offer.childcare, offer.step_free) == ([], "unknown", "unknown")
    assert "unbekannt" in coordinator.get(page("offer", cast, pk=offer.pk)).content.decode()


def test_area_served_names_own_quarters_and_neighbours_of_the_region(coordinator, cast, organisation):
    data = typed(
        organisation, serves=[cast.old.pk], serves_tenants=[cast.other.pk], serves_postcodes="30999 30998"
    )
    offer = saved(coordinator.post(page("add_offer", cast), data), cast)
    assert offer.serves == [cast.old.pk]
    assert offer.serves_tenants == [cast.other.pk]
    assert offer.serves_postcodes == ["30999", "30998"]


# ---- times -------------------------------------------------------------------------------------------------------------


def times(*rows, **first):
    data = {"times-rows": str(len(rows) or 1)}
    for number, row in enumerate(rows or [first]):
        prefix = f"times-{number}" if number else "times"
        data |= {f"{prefix}-{name}": value for name, value in {"skip_holidays": "on", **row}.items()}
    return data


def test_times_are_read_as_people_write_them(coordinator, cast, organisation):
    data = typed(organisation) | times({"typed": "Di 16-18, Do 9-12 Uhr"}, {})
    offer = saved(coordinator.post(page("add_offer", cast), data), cast)
    with cast.in_town():
        rules = {(one.weekdays[0], one.opens_at, one.closes_at) for one in offer.schedules.all()}
    assert rules == {("TU", time(16), time(18)), ("TH", time(9), time(12))}


def test_what_is_not_understood_survives_as_a_note(coordinator, cast, organisation):
    data = typed(organisation) | times(typed="nach Vereinbarung, außer wenn Oma kocht")
    offer = saved(coordinator.post(page("add_offer", cast), data), cast)
    with cast.in_town():
        only = offer.schedules.get()
    assert "Oma" in only.note
    assert (only.weekdays, only.opens_at) == ([], None)


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ({"typed": "Di 25:00"}, "typed", "nicht gibt"),
        ({"typed": "Di 18-16"}, "typed", "endet"),
        ({"weekdays": ["TU"], "opens_at": "25:00"}, "opens_at", "25:00"),
        ({"weekdays": ["TU"], "opens_at": "18:00", "closes_at": "16:00"}, "closes_at", "endet"),
        ({"weekdays": ["TU"], "closes_at": "16:00"}, "opens_at", "Beginn"),
        ({"opens_at": "16:00"}, "weekdays", "Tagen"),
        ({"weekdays": ["XX"], "opens_at": "16:00"}, "weekdays", "XX"),
        ({"freq": "once", "starts_on": "01.02.2020", "opens_at": "16:00"}, "starts_on", "vorbei"),
        ({"weekdays": ["TU"], "until": "01.02.2020"}, "until", "vorbei"),
        ({"weekdays": ["TU"], "starts_on": "01.02.2031", "until": "01.02.2030"}, "until", "endet"),
        ({"weekdays": ["TU"], "interval": "2"}, "starts_on", "zweite"),
        ({"weekdays": ["TU"], "interval": "0"}, "interval", "1"),
        ({"weekdays": ["TU"], "skip_dates": "24.12.2030, Weihnachten"}, "skip_dates", "Weihnachten"),
        ({"freq": "monthly", "month_days": "32"}, "month_days", "32"),
    ],
)
def test_impossible_times_are_refused_in_clear_words(coordinator, cast, organisation, row, field, words):
    answer = coordinator.post(page("add_offer", cast), typed(organisation) | times(**row))
    assert words in refused(answer, field, rows="times")
    with cast.in_town():
        assert not Offer.objects.exists()
        assert not OfferSchedule.objects.exists()


def test_times_past_midnight_are_no_mistake(coordinator, cast, organisation):
    data = typed(organisation) | times(weekdays=["SA"], opens_at="20:00", closes_at="01:00")
    offer = saved(coordinator.post(page("add_offer", cast), data), cast)
    with cast.in_town():
        assert offer.schedules.get().closes_at == time(1)


def test_one_more_row_keeps_what_was_typed(coordinator, cast, organisation):
    data = typed(organisation, more="times") | times(typed="Di 16")
    answer = coordinator.post(page("add_offer", cast), data)
    assert len(answer.context["page"].times.forms) == 2
    assert 'value="Di 16"' in answer.content.decode()
    with cast.in_town():
        assert not Offer.objects.exists()


def test_nonsense_in_counts_and_numbers_of_rows_is_no_error_page(coordinator, cast, organisation):
    for rows in ("-3", "x", "99999999", ""):
        data = typed(organisation, title=f"Titel {rows}", another="1") | {
            "times-rows": rows,
            "contact-rows": rows,
            "contact-row": "x",
        }
        assert coordinator.post(page("add_offer", cast), data).status_code == 302


def test_a_row_is_changed_and_another_removed(coordinator, cast, organisation):
    with cast.in_town():
        offer = factories.offer(organisation=organisation, kind="course")
        keep, gone = (
            OfferSchedule.objects.create(offer=offer, weekdays=[day], opens_at=time(9), position=n)
            for n, day in enumerate(("MO", "FR"))
        )
    address = page("edit_offer", cast, pk=offer.pk)
    data = typed(organisation, title=offer.title) | marks(coordinator, address)
    data |= times({"weekdays": ["MO"], "opens_at": "10:00", "freq": "weekly"}, {"remove": "on"}, {})
    assert coordinator.post(address, data).status_code == 302
    with cast.in_town():
        assert [(one.pk, one.opens_at) for one in offer.schedules.all()] == [(keep.pk, time(10))]
        assert not OfferSchedule.objects.filter(pk=gone.pk).exists()


# ---- contacts ----------------------------------------------------------------------------------------------------------


def test_contacts_with_a_deputy_and_who_is_away(coordinator, cast, organisation):
    with cast.in_town():
        offer = factories.offer(organisation=organisation, kind="course")
        first = Contact.objects.create(offer=offer, function="Leitung", phone="0511 1 1 1")
    address = page("edit_offer", cast, pk=offer.pk)
    data = typed(organisation, title=offer.title) | marks(coordinator, address)
    data |= {
        "contact-function": "Leitung",
        "contact-phone": "0511 1 1 1",
        "contact-absent_until": "01.02.2031",
    }
    data |= {
        "contact-1-function": "Vertretung",
        "contact-1-phone": "0511 2 2 2",
        "contact-1-deputy_of": first.pk,
    }
    assert coordinator.post(address, data).status_code == 302
    with cast.in_town():
        one, other = offer.contacts.all()
    assert (one.pk, other.deputy_of_id) == (first.pk, first.pk)
    assert one.absent_until is not None

    data = typed(organisation, title=offer.title) | marks(coordinator, address)
    data |= {"contact-function": "Leitung", "contact-deputy_of": other.pk}
    data |= {"contact-1-function": "Vertretung", "contact-1-deputy_of": first.pk}
    assert "gegenseitig" in refused(coordinator.post(address, data), "deputy_of", rows="contacts")


def test_contact_of_another_offer_is_no_row_of_this_one(coordinator, cast, organisation):
    with cast.in_town():
        offer, other = (factories.offer(title, organisation=organisation) for title in ("Eins", "Zwei"))
        foreign = factories.contact_of(other, "0511 9 9 9")
    address = page("edit_offer", cast, pk=offer.pk)
    data = typed(organisation, title="Eins") | marks(coordinator, address)
    data |= {"contact-row": foreign.pk, "contact-remove": "on", "contact-phone": "0511 8 8 8"}
    assert coordinator.post(address, data).status_code == 302
    with cast.in_town():
        assert Contact.objects.get(pk=foreign.pk).phone == "0511 9 9 9"
        assert offer.contacts.get().phone == "0511 8 8 8"


def test_organisation_with_contacts_for_programmes_and_postcodes(coordinator, cast):
    data = {
        "name": "Beratungshaus", "language": "de", "roles": ["provider", "welfare"], "topics": ["money"],
        "contact-function": "Migrationsberatung", "contact-phone": "0511 3 3 3", "contact-rows": "1",
        "contact-programmes": "MBE, JMD", "contact-postcodes": "30880; 30881", "address-street": "Markt 1",
    }  # fmt: skip
    assert coordinator.post(page("add_organisation", cast), data).status_code == 302
    from ..models import Organisation

    with cast.in_town():
        house = Organisation.objects.get()
        contact = house.contacts.get()
    assert (house.roles, house.topics) == (["provider", "welfare"], ["money"])
    assert (contact.programmes, contact.postcodes) == (["MBE", "JMD"], ["30880", "30881"])
    assert house.address_id


def test_staff_page_shows_everything_known_and_says_what_is_not(coordinator, cast, organisation):
    from datetime import date

    from ..models import Location, OfferedAt

    with cast.in_town():
        offer = factories.course(
            organisation=organisation, topics=["language"], serves=[cast.old.pk], serves_tenants=[cast.other.pk],
            audience="Frauen", childcare="yes", seats_taken=3, valid_until=date(2031, 5, 1),
        )  # fmt: skip
        OfferSchedule.objects.create(offer=offer, weekdays=["TU"], opens_at=time(16), closes_at=time(18))
        OfferSchedule.objects.create(offer=offer, note="nach Vereinbarung", position=1)
        held = Location.objects.create(organisation=organisation, name="Haus der Familie")
        OfferedAt.objects.create(offer=offer, location=held)
        first = Contact.objects.create(offer=offer, function="Leitung", absent_until=date(2031, 2, 1))
        Contact.objects.create(offer=offer, function="Büro", deputy_of=first, position=1)
    words = coordinator.get(page("offer", cast, pk=offer.pk)).content.decode()
    for part in (
        "Kurs", "Deutsch und andere Sprachen", "A1", "Altdorf", "Nachbarstadt", "Frauen", "jeden Dienstag", "16–18",
        "nach Vereinbarung", "Haus der Familie", "vertritt Leitung", "abwesend bis 01.02.2031", "01.05.2031", "unbekannt",
    ):  # fmt: skip
        assert part in words, part


# ---- two at once -------------------------------------------------------------------------------------------------------


def test_two_editors_of_new_fields_and_rows_see_both_versions(coordinator, cast, organisation):
    with cast.in_town():
        offer = factories.offer(organisation=organisation, kind="course", seats=10)
        row = OfferSchedule.objects.create(offer=offer, weekdays=["MO"], opens_at=time(9))
    address = page("edit_offer", cast, pk=offer.pk)
    opened = typed(organisation, title=offer.title, seats="10") | marks(coordinator, address)
    opened |= times({"weekdays": ["MO"], "opens_at": "09:00", "freq": "weekly"}, {})
    with cast.in_town():
        Offer.objects.filter(pk=offer.pk).update(seats=20)
    answer = coordinator.post(address, opened | {"seats": "15"})
    assert answer.status_code == 409
    assert [(one.name, one.mine, one.theirs) for one in answer.context["form"].versions] == [
        ("seats", "15", "20")
    ]
    with cast.in_town():
        Offer.objects.filter(pk=offer.pk).update(seats=10)
        OfferSchedule.objects.filter(pk=row.pk).update(opens_at=time(11))
    answer = coordinator.post(address, opened | {"times-opens_at": "10:00"})
    assert answer.status_code == 409
    assert [one.name for one in answer.context["page"].times.forms[0].versions] == ["opens_at"]
    with cast.in_town():
        assert OfferSchedule.objects.get(pk=row.pk).opens_at == time(11)


def test_offer_is_complete_at_the_moment_it_is_published(coordinator, cast, organisation):
    """A colleague took the only phone number away after the record was read."""
    from quartierwerk.tenants.models import Visibility

    from .. import actions

    with cast.in_town():
        offer = factories.offer(organisation=organisation, visibility=Visibility.TENANT)
        contact = factories.contact_of(offer, "0511 1 2 3")
        read = Offer.objects.prefetch_related("contacts").select_related("organisation").get(pk=offer.pk)
        assert len(read.contacts.all()) == 1
        contact.delete()
        with pytest.raises(actions.IncompleteOffer):
            actions.publish_offer(read, by=cast.person(Role.COORDINATOR))
        assert Offer.objects.get(pk=offer.pk).visibility == Visibility.TENANT


# ---- doubles -----------------------------------------------------------------------------------------------------------


def test_double_entry_is_shown_first_and_saved_when_it_is_another_one(coordinator, cast, organisation):
    with cast.in_town():
        factories.offer("Deutsch am Abend", organisation=organisation)
    answer = coordinator.post(page("add_offer", cast), typed(organisation, title="Deutsch am ABEND"))
    assert answer.status_code == 422
    assert [(one.record.title, one.is_same) for one in answer.context["doubles"]] == [
        ("Deutsch am Abend", True)
    ]
    assert 'name="another"' in answer.content.decode()
    again = typed(organisation, title="Deutsch am ABEND", another="1")
    assert coordinator.post(page("add_offer", cast), again).status_code == 302
    with cast.in_town():
        assert Offer.objects.count() == 2


def test_same_title_elsewhere_and_at_another_hour_is_no_double(coordinator, cast, organisation):
    from quartierwerk.places.models import Address

    with cast.in_town():
        place = Address.objects.create(street="Markt 1")
        other = factories.offer("Deutsch am Abend", organisation=organisation, address=place)
        OfferSchedule.objects.create(offer=other, weekdays=["MO"], opens_at=time(18))
    data = typed(organisation, **{"address-street": "Lindenweg 5"}) | times(typed="Di 16-18")
    assert coordinator.post(page("add_offer", cast), data).status_code == 302


def test_mueller_is_found_as_mueller_and_moeller_is_another(coordinator, cast):
    with cast.in_town():
        factories.organisation("Praxis Müller")
    assert (
        coordinator.post(
            page("add_organisation", cast), {"name": "Praxis Mueller", "language": "de"}
        ).status_code
        == 422
    )
    assert (
        coordinator.post(
            page("add_organisation", cast), {"name": "Praxis Möller", "language": "de"}
        ).status_code
        == 302
    )


def test_doubles_of_another_municipality_are_not_shown(coordinator, cast, organisation):
    with cast.in_other():
        factories.offer("Deutsch am Abend", organisation=factories.organisation("Sprachhaus"))
    assert coordinator.post(page("add_offer", cast), typed(organisation)).status_code == 302


def test_saving_again_unchanged_asks_nothing_about_doubles(coordinator, cast, organisation):
    with cast.in_town():
        offer, _double = (
            factories.offer("Deutsch", organisation=organisation, kind="course") for _n in range(2)
        )
    address = page("edit_offer", cast, pk=offer.pk)
    assert (
        coordinator.post(
            address, typed(organisation, title="Deutsch") | marks(coordinator, address)
        ).status_code
        == 302
    )


# ---- cost --------------------------------------------------------------------------------------------------------------


def test_form_and_page_take_the_same_queries_with_many_rows(
    coordinator, cast, organisation, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    coordinator.get(page("offers", cast))
    counts = []
    for rows in (1, 12):
        with cast.in_town():
            offer = factories.offer(organisation=organisation, kind="course")
            for n in range(rows):
                contact = factories.contact_of(offer, f"0511 {n}")
                OfferSchedule.objects.create(offer=offer, weekdays=["MO"], opens_at=time(9), position=n)
            Contact.objects.exclude(pk=contact.pk).filter(offer=offer).update(deputy_of=contact)
        for name in ("edit_offer", "offer"):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert coordinator.get(page(name, cast, pk=offer.pk)).status_code == 200
            counts.append((name, len(asked)))
    assert counts[:2] == counts[2:]
