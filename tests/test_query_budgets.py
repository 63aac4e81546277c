"""Every page without an object in its address stays within its budget, and asks the same with three times the rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quartierwerk.calendar.tests.factories import public_date
from quartierwerk.directory.models import Offer, OfferSchedule
from quartierwerk.directory.tests import factories
from quartierwerk.participation.processes.tests import factories as processes
from quartierwerk.participation.tests import factories as voices
from quartierwerk.planning.tests import factories as plan
from quartierwerk.rights import Role
from quartierwerk.tenants import scope
from tests.query_budgets import BUDGETS
from tests.test_rights_matrix import MUNICIPAL, expectations, keys_of, signed_in, undone, url

PAGES = [
    address
    for address in MUNICIPAL
    if not any(key in address.route for key in ("<uuid:", "<int:", "<str:", "<slug:concept>"))
]


def fill(cast, rows: int) -> None:
    """More of everything a list may show."""
    with cast.in_town():
        start = Offer.objects.count()
        for number in range(start, start + rows):
            organisation = factories.organisation(f"Verein {number}", space=cast.middle)
            offer = factories.offer(f"Angebot {number}", organisation=organisation, space=cast.middle)
            factories.contact_of(offer, f"0511 {number}")
            public_date(f"Termin {number}", space=cast.middle)
            course = factories.offer(f"Kurs {number}", organisation=organisation, kind="course")
            OfferSchedule.objects.create(offer=course, weekdays=["MO"])
            _plan(number, cast.middle)
            voices.answer(voice=voices.published(f"Stimme {number}", space=cast.middle))
            voices.voice(f"Neu {number}", space=cast.middle)
            voices.voice(f"Frage {number}", kind="question")
            processes.process(f"Frage {number}", now="discuss", space=cast.middle)


def _plan(number: int, space) -> None:
    fields = [plan.field(f"Feld {number}", concept=plan.concept("konzept-a"))]
    team = plan.team(f"7{number}", f"Team {number}")
    need = plan.need(f"Bedarf {number}", space=space, fields=fields)
    measure = plan.measure(f"Maßnahme {number}", space=space, lead_team=team, fields=fields)
    plan.linked(need, measure)
    plan.linked(measure, plan.goal(f"Ziel {number}", fields=fields), "measured by")
    plan.resource(f"Ressource {number}", fields=fields)
    meeting = plan.meeting(f"Sitzung {number}", concept=plan.concept("konzept-a"))
    decision = plan.decision(f"Beschluss {number}", meeting=meeting)
    plan.task(f"Aufgabe {number}", decision=decision, owner_team=team)


def reader_of(address, there):
    """Somebody who may see the page: the coordinator where she may, else the first role of the matrix."""
    own, _elsewhere = expectations()[address.name]
    roles = own.split()
    if roles in (["everybody"], ["signed-in"]):
        return None
    role = Role.COORDINATOR if Role.COORDINATOR in roles else Role(roles[0])
    return there.cast.account[role]


def queries(address, there) -> int:
    account = reader_of(address, there)
    client = signed_in(account) if account else signed_in(there.cast.account[Role.COORDINATOR])
    path = url(address, there.cast.town.slug, {})
    client.get(path)  # caches of templates and content types are warm in a running server
    with CaptureQueriesContext(connection) as asked, scope.entered(None):
        answer = client.get(path)
    if answer.status_code == 405:
        return 0
    assert answer.status_code in (200, 302), answer.status_code
    return len(asked)


def counted(address, there) -> int | Exception:
    try:
        with undone():
            return queries(address, there)
    except Exception as fault:
        return fault


@pytest.fixture(scope="module")
def asked(request, lasting_world, django_db_blocker) -> dict[str, tuple[int | Exception, int | Exception]]:
    """Of each page chosen for this run: its queries with few rows and with three times as many, filled in once for all."""
    chosen = [
        item.callspec.params["address"]
        for item in request.session.items
        if item.module is request.module and hasattr(item, "callspec")
    ]
    found = []
    with django_db_blocker.unblock():
        for rows in (4, 12):
            fill(lasting_world.cast, rows)
            found.append({address.name: counted(address, lasting_world) for address in chosen})
    return {address.name: (found[0][address.name], found[1][address.name]) for address in chosen}


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES, ids=lambda address: address.name)
def test_page_asks_a_constant_number_of_queries_within_its_budget(address, asked, there):
    assert not keys_of(address, there.own)
    few, many = asked[address.name]
    for count in (few, many):
        if isinstance(count, Exception):
            raise count
    assert many == few, f"{few} queries for a few rows, {many} for three times as many"
    assert address.name in BUDGETS, f"{address.name} is new: it asks {many}; commit its budget"
    assert many <= BUDGETS[address.name]


@pytest.mark.django_db
def test_offer_page_asks_the_same_with_many_texts_and_contacts(there):
    from quartierwerk.directory.models import OfferText

    offer = there.own["offer"]
    path = f"/uk/{there.cast.town.slug}/offers/{offer.pk}/"
    client = signed_in(there.cast.account[Role.COORDINATOR])
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        assert client.get(path).status_code == 200
    with there.cast.in_town():
        for language in ("uk", "ar", "en", "fr"):
            OfferText.objects.create(record=offer, text_name="title", language=language, text=language)
        for number in range(5):
            factories.contact_of(offer, f"0511 {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few)


def test_no_budget_for_a_page_that_is_gone():
    assert set(BUDGETS) <= {address.name for address in PAGES}
