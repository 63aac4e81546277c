"""An organisation's editor fills the list of her offers: only they come in, whatever the rows name."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from quartierwerk import rights
from quartierwerk.intake.models import ImportFile
from quartierwerk.messages.models import Outgoing
from quartierwerk.people.models import Membership
from quartierwerk.rights import Role
from quartierwerk.tenants.models import Visibility

from ..files import own_list
from ..models import Location, Offer, Organisation
from . import factories

pytestmark = pytest.mark.django_db


def page(name, cast, **keys):
    return reverse(f"directory_staff:{name}", kwargs={"tenant": cast.town.slug, **keys})


@pytest.fixture
def club(cast, client):
    with cast.in_town():
        club = factories.organisation("Nähkreis", space=cast.middle)
        factories.offer("Nähcafé", organisation=club, space=cast.middle, cost="5 €", language="de")
        other = factories.organisation("Chor", space=cast.old)
        factories.offer("Singen", organisation=other, space=cast.old)
        Membership.objects.filter(role=Role.ORGANISATION_EDITOR).update(organisation_id=club.pk)
    client.force_login(cast.account[Role.ORGANISATION_EDITOR])
    return club


def rows_of(content: bytes) -> tuple[list[str], list[list]]:
    sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    assert [sheet.title for sheet in sheets] == ["Angebote"]
    headers, *rows = [list(row) for row in sheets[0].iter_rows(values_only=True)]
    return headers, rows


def workbook(headers, rows) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Angebote"
    for row in [headers, *rows]:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def the_list(client, cast, club):
    answer = client.get(page("own_list_file", cast, pk=club.pk))
    assert answer.status_code == 200
    return rows_of(answer.content)


def send(client, cast, club, content: bytes, name="liste.xlsx"):
    return client.post(page("own_list", cast, pk=club.pk), {"file": SimpleUploadedFile(name, content)})


def sent(client, cast, club, content: bytes):
    """The page of the dry run, and the address that takes the list over."""
    answer = send(client, cast, club, content)
    assert answer.status_code == 302, answer.context["form"].errors
    with cast.in_town():
        file = ImportFile.objects.defer("content").order_by("-at").first()
    return client.get(answer["Location"]), page("own_list_run", cast, pk=club.pk, file=file.pk)


def filled(headers, **cells) -> list:
    return [cells.get(header) for header in headers]


def offers(cast) -> dict[str, Offer]:
    with cast.in_town():
        return {one.title: one for one in Offer.objects.select_related("organisation")}


def test_list_holds_own_offers_only_and_comes_back_unchanged(client, cast, club):
    headers, rows = the_list(client, cast, club)
    assert [row[headers.index("Name")] for row in rows] == ["Nähcafé"]
    check, run = sent(client, cast, club, workbook(headers, rows))
    assert check.context["report"].counts["error"] == 0
    client.post(run)
    with cast.in_town():
        assert (Organisation.objects.count(), Offer.objects.count()) == (2, 2)
        assert offers(cast)["Nähcafé"].cost == "5 €"


def test_changed_row_and_new_row_come_in_the_new_one_as_a_draft_of_hers(client, cast, club):
    headers, rows = the_list(client, cast, club)
    rows[0][headers.index("Kosten")] = "kostenlos"
    rows.append(filled(headers, Name="Stricken", Status="aktiv", Kosten="1 €"))
    check, run = sent(client, cast, club, workbook(headers, rows))
    assert check.context["report"].rows == []  # a spreadsheet stores no empty cells at the end of a row
    assert offers(cast)["Nähcafé"].cost == "5 €"  # nothing is stored by looking
    assert "Stricken" not in offers(cast)
    for _twice in range(2):
        assert client.post(run).status_code == 302
    known = offers(cast)
    assert known["Nähcafé"].cost == "kostenlos"
    assert known["Nähcafé"].visibility == Visibility.PUBLIC
    assert (known["Stricken"].organisation_id, known["Stricken"].visibility) == (club.pk, Visibility.TENANT)
    # Sent again it is known again.
    _check, again = sent(client, cast, club, workbook(headers, rows))
    client.post(again)
    assert len(offers(cast)) == 3


def test_rows_that_name_others_are_left_out_and_named(client, cast, club):
    headers, rows = the_list(client, cast, club)
    foreign = offers(cast)["Singen"]
    with cast.in_town():
        hall = Location.objects.create(organisation=foreign.organisation, name="Saal")
    more = [
        filled(headers, Name="Chorprobe", Organisation="Chor"),
        filled(headers, Name="Mit Nummer", **{"Nummer der Organisation": str(foreign.organisation_id)}),
        filled(headers, Name="Gekapert", Nummer=str(foreign.pk)),
        filled(headers, Name="Im Saal", **{"Nummern der Standorte": str(hall.pk)}),
        filled(headers, Name="Meins", Organisation="Nähkreis"),
    ]
    check, run = sent(client, cast, club, workbook(headers, rows + more))
    told = {row["title"]: row["state"] for row in check.context["report"].rows}
    assert told == dict.fromkeys(("Chorprobe", "Mit Nummer", "Gekapert", "Im Saal"), "error")
    client.post(run)
    assert set(offers(cast)) == {"Nähcafé", "Singen", "Meins"}
    assert offers(cast)["Singen"].organisation.name == "Chor"


def test_same_number_in_two_organisations_lists_means_two_offers(client, cast, club):
    headers, _rows = the_list(client, cast, club)
    _check, run = sent(client, cast, club, workbook(headers, [filled(headers, Nummer="1", Name="Stricken")]))
    client.post(run)
    other = offers(cast)["Singen"].organisation
    client.force_login(cast.account[Role.COORDINATOR])
    _check, run = sent(client, cast, other, workbook(headers, [filled(headers, Nummer="1", Name="Kanon")]))
    client.post(run)
    known = offers(cast)
    assert (known["Stricken"].organisation_id, known["Kanon"].organisation_id) == (club.pk, other.pk)


def test_rows_of_organisations_and_other_files_do_not_come_in(client, cast, club):
    table = "Art;Nummer;Name;Status\nOrganisation;;Neuer Verein;aktiv\n"
    check, run = sent(client, cast, club, table.encode())
    assert check.context["report"].refusal or check.context["report"].importable == 0
    client.post(run)
    with cast.in_town():
        assert Organisation.objects.count() == 2
    check, _run = sent(client, cast, club, b"Spalte;Andere\nx;y\n")
    assert check.context["report"].refusal


@pytest.mark.parametrize(("name", "content"), [("bild.xlsx", b"\x89PNG\r\n\x1a\n"), ("leer.xlsx", b""), ("x.xlsx", b"PK\x03\x04kaputt")])  # fmt: skip
def test_what_is_no_table_is_refused_with_a_sentence(client, cast, club, name, content):
    answer = send(client, cast, club, content, name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    html = answer.content.decode()
    assert html.count('class="qw-summary"') == 1
    assert "Alles andere ist noch da" not in html  # the file is to be chosen again
    with cast.in_town():
        assert not ImportFile.objects.exists()


# ---- where the municipality checks changes ------------------------------------------------------------------------------


@pytest.fixture
def checked(cast, club):
    cast.town.changes_are_checked = True
    cast.town.save()
    return club


@pytest.fixture
def office(cast):
    office = Client()
    office.force_login(cast.account[Role.COORDINATOR])
    return office


def newest(cast) -> ImportFile:
    with cast.in_town():
        return ImportFile.objects.order_by("-at").first()


def sent_for_check(client, cast, club) -> dict[str, str]:
    """A list with a change of a public offer, one of a draft and a new row; the addresses of its pages."""
    with cast.in_town():
        factories.offer("Entwurf", organisation=club, space=cast.middle, visibility=Visibility.TENANT)
    headers, rows = the_list(client, cast, club)
    for row in rows:
        row[headers.index("Kosten")] = "9 €"
    rows.append(filled(headers, Name="Stricken"))
    check, run = sent(client, cast, club, workbook(headers, rows))
    assert check.context["looked"].waits
    assert client.post(run).status_code == 302
    keys = {"pk": club.pk, "file": newest(cast).pk}
    return {
        name: page(f"own_list_{name}", cast, **keys) for name in ("check", "accept", "decline", "take_back")
    }


def test_a_list_that_changes_what_visitors_see_waits_as_a_whole(client, cast, checked, office):
    pages = sent_for_check(client, cast, checked)
    known = offers(cast)
    assert (known["Nähcafé"].cost, known["Entwurf"].cost) == ("5 €", "")
    assert "Stricken" not in known
    assert "wartet auf die Prüfung" in client.get(pages["check"]).content.decode()
    lines = office.get(
        reverse("staff-work", kwargs={"tenant": cast.town.slug}) + "?pile=lists"
    ).content.decode()
    assert pages["check"] in lines
    looked = office.get(pages["check"]).context["looked"]
    told = {
        one.title: [(each.label, each.old, each.new) for each in one.differences] for one in looked.changes
    }
    assert told == {
        "Nähcafé": [("Kosten", "5 €", "9 €")], "Entwurf": [("Kosten", "", "9 €")], "Stricken": [],
    }  # fmt: skip
    assert office.post(pages["accept"], {"all": "1", "seen": looked.seal}).status_code == 302
    known = offers(cast)
    assert (known["Nähcafé"].cost, known["Entwurf"].cost) == ("9 €", "9 €")
    assert known["Stricken"].visibility == Visibility.TENANT
    # Decided is decided.
    assert office.post(pages["accept"], {"all": "1", "seen": looked.seal}).status_code == 302
    assert newest(cast).state == ImportFile.State.DONE


def test_row_by_row_those_without_a_tick_stay_and_are_named(client, cast, checked, office):
    pages = sent_for_check(client, cast, checked)
    looked = office.get(pages["check"]).context["looked"]
    places = {one.title: one.place for one in looked.changes}
    assert office.post(pages["accept"], {"seen": looked.seal}).status_code == 422
    chosen = {"row": [places["Entwurf"], places["Stricken"]], "seen": looked.seal}
    assert office.post(pages["accept"], chosen).status_code == 302
    known = offers(cast)
    assert (known["Nähcafé"].cost, known["Entwurf"].cost) == ("5 €", "9 €")
    assert "Stricken" in known
    report = client.get(pages["check"]).context["report"]
    assert [row["title"] for row in report.rows if row["state"] == "error"] == ["Nähcafé"]


def test_what_changed_since_it_was_shown_is_not_taken_over_unseen(client, cast, checked, office):
    pages = sent_for_check(client, cast, checked)
    looked = office.get(pages["check"]).context["looked"]
    with cast.in_town():
        Offer.objects.filter(title="Nähcafé").update(cost="7 €")
    answer = office.post(pages["accept"], {"all": "1", "seen": looked.seal})
    assert answer.status_code == 409
    assert "7 €" in [each.old for one in answer.context["looked"].changes for each in one.differences]
    assert {one.cost for one in offers(cast).values()} == {"7 €", ""}


def test_declined_nothing_comes_in_and_the_organisation_reads_why(client, cast, checked, office):
    pages = sent_for_check(client, cast, checked)
    assert office.post(pages["decline"], {"reason": " "}).status_code == 422
    assert office.post(pages["decline"], {"reason": "Bitte ohne Preise"}).status_code == 302
    assert "Bitte ohne Preise" in client.get(pages["check"]).content.decode()
    assert offers(cast)["Nähcafé"].cost == "5 €"
    with cast.in_town():
        assert Outgoing.objects.filter(kind="change declined").exists()


def test_taken_back_or_replaced_it_can_no_longer_be_accepted(client, cast, checked, office):
    pages = sent_for_check(client, cast, checked)
    seal = office.get(pages["check"]).context["looked"].seal
    assert client.post(pages["take_back"]).status_code == 302
    office.post(pages["accept"], {"all": "1", "seen": seal})
    assert offers(cast)["Nähcafé"].cost == "5 €"
    headers, rows = the_list(client, cast, checked)
    rows[0][headers.index("Kosten")] = rows[1][headers.index("Kosten")] = "1 €"
    for _twice in range(2):
        _check, run = sent(client, cast, checked, workbook(headers, rows))
        client.post(run)
    with cast.in_town():
        assert ImportFile.objects.filter(state=ImportFile.State.SENT).count() == 1


def test_what_nobody_sees_comes_in_at_once_also_where_changes_are_checked(client, cast, checked):
    headers, rows = the_list(client, cast, checked)
    rows.append(filled(headers, Name="Stricken"))
    _check, run = sent(client, cast, checked, workbook(headers, rows))
    client.post(run)
    assert offers(cast)["Stricken"].visibility == Visibility.TENANT


def test_editors_decide_on_no_list(client, cast, checked):
    pages = sent_for_check(client, cast, checked)
    for name in ("accept", "decline"):
        assert client.post(pages[name], {"all": "1", "reason": "x"}).status_code in (403, 404)
    assert offers(cast)["Nähcafé"].cost == "5 €"


def test_who_writes_no_organisation_gets_no_list(cast, club):
    with cast.in_town():
        other = Organisation.objects.get(name="Chor")
        for role, theirs in ((Role.ORGANISATION_EDITOR, other), (Role.PLANNER, club)):
            with pytest.raises(rights.Refused):
                own_list.as_form(theirs, by=cast.person(role))


def test_date_cells_of_a_spreadsheet_are_days(client, cast, club):
    headers, rows = the_list(client, cast, club)
    rows[0][headers.index("Gültig bis")] = date(2030, 5, 14)
    _check, run = sent(client, cast, club, workbook(headers, rows))
    client.post(run)
    assert offers(cast)["Nähcafé"].valid_until == date(2030, 5, 14)
