"""An organisation's editor enters, changes and cancels the dates of her organisation, and meets no others."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quartierwerk.calendar.models import ClosingDay, PublicDate
from quartierwerk.calendar.tests.factories import closing_day, public_date
from quartierwerk.messages.models import Outgoing
from quartierwerk.people.models import Membership
from quartierwerk.rights import Role

from ..merging import moving
from ..models import PendingChange
from . import factories

pytestmark = pytest.mark.django_db


def page(name, cast, **keys):
    return reverse(f"calendar_staff:{name}", kwargs={"tenant": cast.town.slug, **keys})


def client_of(cast, role=Role.ORGANISATION_EDITOR) -> Client:
    client = Client()
    client.force_login(cast.account[role])
    return client


@pytest.fixture
def club(cast):
    with cast.in_town():
        club = factories.organisation("Nähkreis", space=cast.middle, email="buero@naehkreis.example")
    Membership.objects.filter(role=Role.ORGANISATION_EDITOR).update(organisation_id=club.pk)
    return club


@pytest.fixture
def foreign(cast, club):
    with cast.in_town():
        choir = factories.organisation("Chor", space=cast.old)
        return public_date("Konzert", organisation_id=choir.pk, space=cast.old)


def typed(**values):
    day = timezone.localdate() + timedelta(days=10)
    return {
        "title": "Offenes Nähen",
        "organiser": "Nähkreis",
        "starts_on": day.strftime("%d.%m.%Y"),
        "opens_at": "16",
        "closes_at": "18",
        "freq": "once",
        "step_free": "unknown",
        "childcare": "unknown",
        "interpreter": "unknown",
        "visibility": "public",
        "language": "de",
    } | values


def test_editor_enters_changes_and_cancels_a_date_of_hers(cast, club, client):
    vera = client_of(cast)
    opened = vera.get(page("add_date", cast)).context["form"]
    assert opened["organiser"].value() == "Nähkreis"
    assert "organisation_id" not in opened.fields  # she has one only
    answer = vera.post(page("add_date", cast), typed(organisation_id=str(uuid4())))
    assert answer.status_code == 302, answer.context["form"].errors
    with cast.in_town():
        date = PublicDate.objects.get()
    assert (date.organisation_id, date.visibility) == (club.pk, "public")
    assert [row.pk for row, _when in vera.get(page("dates", cast)).context["rows"]] == [date.pk]
    form = vera.get(page("edit_date", cast, pk=date.pk)).context["form"]
    changed = typed(title="Nähen für alle", as_opened=form.initial["as_opened"])
    assert vera.post(page("edit_date", cast, pk=date.pk), changed).status_code == 302
    assert vera.post(page("cancel_date", cast, pk=date.pk), {"why": "Maschine kaputt"}).status_code == 302
    shown = client.get(f"/de/{cast.town.slug}/calendar/{date.pk}/").content.decode()
    assert "Nähen für alle" in shown
    assert "Maschine kaputt" in shown


def test_foreign_dates_and_those_of_the_municipality_do_not_exist_for_her(cast, foreign):
    with cast.in_town():
        ours = public_date("Runder Tisch", space=cast.middle)
    vera = client_of(cast)
    assert vera.get(page("dates", cast)).context["rows"] == []
    for date in (foreign, ours):
        for name in ("date", "edit_date", "copy_date"):
            assert vera.get(page(name, cast, pk=date.pk)).status_code == 404
        for name in ("cancel_date", "restore_date"):
            assert vera.post(page(name, cast, pk=date.pk), {"why": "x"}).status_code == 404
    with cast.in_town():
        assert not PublicDate.objects.exclude(cancelled_at=None).exists()


def test_editor_of_two_chooses_between_them_only(cast, club, foreign):
    second = foreign.organisation_id
    vera = cast.account[Role.ORGANISATION_EDITOR]
    Membership.objects.create(
        tenant=cast.town, account=vera, role=Role.ORGANISATION_EDITOR, organisation_id=second
    )
    with cast.in_town():
        third = factories.organisation("Sportverein")
    client = client_of(cast)
    form = client.get(page("add_date", cast)).context["form"]
    assert {str(key) for key, _name in form.fields["organisation_id"].choices} == {str(club.pk), str(second)}
    for wrong in (str(third.pk), "", "x"):
        assert client.post(page("add_date", cast), typed(organisation_id=wrong)).status_code == 422
    assert client.post(page("add_date", cast), typed(organisation_id=str(second))).status_code == 302


def test_municipality_says_whose_a_date_is_and_may_leave_it_its_own(cast, club):
    office = client_of(cast, Role.COORDINATOR)
    office.post(page("add_date", cast), typed(organisation_id=str(club.pk)))
    office.post(page("add_date", cast), typed(title="Runder Tisch", organisation_id=""))
    with cast.in_town():
        owners = dict(PublicDate.objects.values_list("title", "organisation_id"))
    assert owners == {"Offenes Nähen": club.pk, "Runder Tisch": None}
    rows = client_of(cast).get(page("dates", cast)).context["rows"]
    assert [row.title for row, _when in rows] == ["Offenes Nähen"]


def test_editor_reads_closing_days_and_writes_none(cast, club):
    with cast.in_town():
        day = closing_day("Betriebsausflug")
    vera = client_of(cast)
    shown = vera.get(page("closing_days", cast))
    assert "Betriebsausflug" in shown.content.decode()
    assert not shown.context["may_add"]
    days = {"first": "24.12.2030", "label": "Zu"}
    assert vera.post(page("closing_days", cast), days).status_code == 403
    assert vera.post(page("delete_closing_day", cast, pk=day.pk), {"sure": "yes"}).status_code in (403, 404)
    with cast.in_town():
        assert ClosingDay.objects.count() == 1


def test_dates_follow_an_organisation_that_is_merged(cast, club, foreign):
    with cast.in_town():
        gone = type(club).objects.get(pk=foreign.organisation_id)
        moving.what_hangs_on_organisation(gone, club)
        assert PublicDate.objects.get().organisation_id == club.pk


# ---- where the municipality checks what editors write ------------------------------------------------------------------


@pytest.fixture
def checked(cast, club):
    cast.town.changes_are_checked = True
    cast.town.save()
    return club


def change_page(name, cast, change):
    return reverse(f"directory_staff:{name}", kwargs={"tenant": cast.town.slug, "pk": change.pk})


def the_change(cast) -> PendingChange:
    with cast.in_town():
        return PendingChange.objects.get(decision="open")


def accept(cast, change):
    office = client_of(cast, Role.COORDINATOR)
    shown = office.get(change_page("change", cast, change))
    told = shown.context["told"]
    assert office.post(change_page("change_accept", cast, change), {"seen": told.seen}).status_code == 302
    return [(one.label, one.old, one.new) for one in told.differences]


def now(cast) -> PublicDate:
    with cast.in_town():
        return PublicDate.objects.select_related("address").get()


def form_of(client, cast, date, **values):
    opened = client.get(page("edit_date", cast, pk=date.pk)).context
    data = {"change_seen": opened["draft"].seen}
    for form in (opened["form"], opened["place"]):
        for field in form:
            if (value := field.value()) not in (None, False, ""):
                data[field.html_name] = value
    return data | values


def test_new_date_of_a_checked_organisation_shows_after_the_check(cast, checked, client):
    vera = client_of(cast)
    assert vera.post(page("add_date", cast), typed(**{"place-street": "Parkweg 2"})).status_code == 302
    date = now(cast)
    assert (date.visibility, date.address.visibility) == ("tenant", "tenant")
    public = f"/de/{cast.town.slug}/calendar/{date.pk}/"
    assert client.get(public).status_code == 404
    change = the_change(cast)
    assert str(change.pk) in vera.get(page("date", cast, pk=date.pk)).content.decode()
    # Her form says what she asked for, and saving it again asks for nothing else.
    vera.post(page("edit_date", cast, pk=date.pk), form_of(vera, cast, date))
    assert the_change(cast).pk == change.pk
    accept(cast, the_change(cast))
    assert (now(cast).visibility, now(cast).address.visibility) == ("public", "public")
    assert client.get(public).status_code == 200


def test_change_of_a_date_that_visitors_see_waits(cast, checked, client):
    with cast.in_town():
        date = public_date("Fest", organisation_id=checked.pk, space=cast.middle)
    vera = client_of(cast)
    data = form_of(vera, cast, date, title="Winterfest", opens_at="17:00", **{"place-street": "Parkweg 2"})
    assert vera.post(page("edit_date", cast, pk=date.pk), data).status_code == 302
    assert now(cast).title == "Fest"
    told = accept(cast, the_change(cast))
    assert [one[1:] for one in told][:2] == [("Fest", "Winterfest"), ("15:00", "17:00")]
    after = now(cast)
    assert (after.title, after.opens_at.hour, after.sequence) == ("Winterfest", 17, 1)
    assert (after.address.street, after.organisation_id) == ("Parkweg 2", checked.pk)


def test_cancelling_shows_at_once_and_its_reason_after_the_check(cast, checked, client):
    with cast.in_town():
        date = public_date("Fest", organisation_id=checked.pk, space=cast.middle)
    vera = client_of(cast)
    assert vera.post(page("cancel_date", cast, pk=date.pk), {"why": "Der Saal brennt"}).status_code == 302
    assert now(cast).is_cancelled
    assert "Saal" not in client.get(f"/de/{cast.town.slug}/calendar/{date.pk}/").content.decode()
    accept(cast, the_change(cast))
    assert now(cast).cancelled_why == "Der Saal brennt"
    vera.post(page("restore_date", cast, pk=date.pk))
    vera.post(page("cancel_date", cast, pk=date.pk), {"why": "Doch nicht"})
    vera.post(page("restore_date", cast, pk=date.pk))
    with cast.in_town():
        assert not PendingChange.objects.filter(decision="open").exists()
    assert not now(cast).is_cancelled


def test_declined_date_tells_its_organisation_why(cast, checked):
    client_of(cast).post(page("add_date", cast), typed())
    change = the_change(cast)
    office = client_of(cast, Role.COORDINATOR)
    assert office.post(change_page("change_decline", cast, change), {"reason": "Zu früh"}).status_code == 302
    assert now(cast).visibility == "tenant"
    shown = client_of(cast).get(change_page("change", cast, change)).content.decode()
    assert "Zu früh" in shown
    with cast.in_town():
        assert Outgoing.objects.filter(recipient="buero@naehkreis.example").exists()


def test_foreign_change_of_a_date_does_not_exist_for_her(cast, checked, foreign):
    with cast.in_town():
        change = PendingChange.objects.create(date=foreign, what="edit", fields={"typed": {}})
    vera = client_of(cast)
    assert vera.get(change_page("change", cast, change)).status_code == 404
    assert vera.post(change_page("change_take_back", cast, change)).status_code == 404


def test_page_of_the_organisation_lists_its_coming_dates_below_the_contact(cast, club, foreign, client):
    with cast.in_town():
        public_date("Nähtag", organisation_id=club.pk)
        public_date("Vorbei", organisation_id=club.pk, starts_on=timezone.localdate() - timedelta(days=3))
        public_date("Entwurf", organisation_id=club.pk, visibility="tenant")
        factories.offer("Nähcafé", organisation=club)
    answer = client.get(f"/de/{cast.town.slug}/actors/{club.pk}/")
    assert [one.title for one in answer.context["shown"].dates] == ["Nähtag"]
    html = answer.content.decode()
    assert html.index("buero@naehkreis.example") < html.index("Nähcafé") < html.index("Nähtag")


def test_saving_a_date_untouched_is_no_change(cast, checked):
    with cast.in_town():
        date = public_date(
            "Fest", organisation_id=checked.pk, languages_spoken=["tr", "de", "ar"], skip_holidays=False
        )
    vera = client_of(cast)
    vera.post(page("edit_date", cast, pk=date.pk), form_of(vera, cast, date))
    with cast.in_town():
        assert not PendingChange.objects.exists()
