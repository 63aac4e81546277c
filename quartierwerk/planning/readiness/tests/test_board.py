"""R2.08, W2.4: the board follows the records, and says when one of them is gone."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from quartierwerk import rights
from quartierwerk.directory.models import Offer, Organisation
from quartierwerk.directory.tests import factories as directory
from quartierwerk.rights import Role
from quartierwerk.tenants.models import Visibility

from ...models import Concept, CouncilDecision, HintEvidence, Meeting, PlanLink, StaffPost
from ...tests import factories
from .. import evidence
from ..rules import State

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 16)


@pytest.fixture
def town(cast):
    with cast.in_town():
        yield cast


@pytest.fixture
def by(town):
    return town.person(Role.COORDINATOR)


@pytest.fixture
def concept(town) -> Concept:
    return factories.concept()


def states(concept, day=TODAY):
    return {one.hint.number: one.judged.state for one in evidence.board(concept, day)}


def ago(days: int) -> datetime:
    return timezone.make_aware(datetime(2026, 11, 16, 9)) - timedelta(days=days)


def test_without_records_all_seven_are_open(concept):
    assert states(concept) == dict.fromkeys(range(1, 8), State.OPEN)


def test_linked_records_count_by_their_own_day_whatever_was_typed(concept, by):
    factories.adopted_edition()
    decision = CouncilDecision.objects.get()
    made = evidence.link(
        concept, 4, "council_decision", decision.pk, day=TODAY, shown_on=date(2030, 1, 1), by=by
    )
    assert states(concept)[4] == State.FULFILLED
    assert states(concept, date(2027, 3, 12))[4] == State.FULFILLED
    assert states(concept, date(2027, 3, 13))[4] == State.OUTDATED
    assert made.title == str(decision)


def test_evidence_that_was_deleted_leaves_the_hint_open_with_a_notice_until_somebody_takes_note(concept, by):
    version = factories.adopted_principle()
    factories.cited("p1")
    document = PlanLink.objects.create(title="Bericht", concept=concept)
    evidence.link(concept, 2, "principle_version", version.pk, day=TODAY, by=by)
    link = evidence.link(concept, 3, "document", document.pk, day=TODAY, shown_on=date(2026, 5, 30), by=by)
    assert states(concept)[3] == State.FULFILLED
    document.delete()
    shown = next(one for one in evidence.board(concept, TODAY) if one.hint.number == 3)
    assert shown.judged.state == State.OPEN
    assert [one.title for one in shown.gone] == ["Bericht"]
    assert evidence.lost(TODAY) == [link.pk]
    evidence.remove(link, by=by)
    assert evidence.lost(TODAY) == []
    assert states(concept)[2] == State.FULFILLED


def test_a_kick_off_counts_once_it_was_held_and_nothing_else_does(concept, by):
    kick_off = factories.meeting("Auftakt", kind="kick_off", group=None, starts_at=ago(30), concept=concept)
    with pytest.raises(evidence.NotLinkable) as refused:
        evidence.link(concept, 7, "kick_off", kick_off.pk, day=TODAY, by=by)
    assert refused.value.fault
    assert not evidence.choices(concept, TODAY)[7]
    Meeting.objects.filter(pk=kick_off.pk).update(state="held")
    evidence.link(concept, 7, "kick_off", kick_off.pk, day=TODAY, by=by)
    assert states(concept)[7] == State.FULFILLED
    report = PlanLink.objects.create(title="Bericht", concept=concept)
    with pytest.raises(evidence.NotLinkable):
        evidence.link(concept, 7, "document", report.pk, day=TODAY, shown_on=TODAY, by=by)


def test_evidence_that_counts_no_more_is_told_at_once(concept, by):
    """The record is still there; it only stopped to be what it was linked for."""
    post = office()
    evidence.remember(concept, TODAY)
    group = factories.group(concept=concept)
    factories.meeting(group=group, concept=concept, state="held", starts_at=ago(3))
    evidence.link(concept, 3, "group", group.pk, day=TODAY, by=by)
    assert evidence.lost(TODAY) == []
    StaffPost.objects.filter(pk=post.pk).update(filled=False)
    assert evidence.lost(TODAY) == [HintEvidence.objects.get(hint=5).pk]
    StaffPost.objects.filter(pk=post.pk).update(filled=True)
    assert evidence.lost(TODAY) == []
    # A group proves nothing, so nothing is lost with it.
    group.ended_on = date(2026, 11, 1)
    group.save()
    assert evidence.lost(TODAY) == []


def test_a_group_stands_beside_a_proof_and_is_none(concept, by):
    group = factories.group(concept=concept)
    factories.meeting(group=group, concept=concept, state="held", starts_at=ago(3))
    evidence.link(concept, 3, "group", group.pk, day=TODAY, by=by)
    assert states(concept)[3] == State.OPEN


def office(confirmed_days_ago: int = 40, **values) -> StaffPost:
    place = directory.organisation("Stadtteilbüro")
    Organisation.objects.filter(pk=place.pk).update(confirmed_at=ago(confirmed_days_ago))
    given = {"is_neighbourhood_office": True, "filled": True, "office": place, **values}
    return factories.post("Quartiersarbeit", **given)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, State.FULFILLED),
        ({"filled": False}, State.OPEN),
        ({"is_neighbourhood_office": False}, State.OPEN),
        ({"office": None}, State.OPEN),
        ({"ends_on": date(2026, 11, 15)}, State.OPEN),
        ({"ends_on": date(2026, 11, 16)}, State.FULFILLED),
        ({"starts_on": date(2026, 11, 17)}, State.OPEN),
        ({"confirmed_days_ago": 400}, State.OUTDATED),
    ],
)
def test_hint_5_is_a_filled_post_in_a_confirmed_neighbourhood_office(concept, values, state):
    office(**values)
    assert states(concept)[5] == state


@pytest.mark.parametrize(
    ("values", "days", "state"),
    [
        ({"kind": "meeting_place"}, 10, State.FULFILLED),
        ({"kind": "meeting_place"}, 366, State.OUTDATED),
        ({"kind": "course"}, 10, State.OPEN),
        ({"kind": "meeting_place", "visibility": Visibility.TENANT}, 10, State.OPEN),
    ],
)
def test_hint_6_is_a_meeting_place_confirmed_within_the_year(concept, values, days, state):
    offer = directory.offer("Begegnungscafé", **values)
    Offer.objects.filter(pk=offer.pk).update(confirmed_at=ago(days))
    assert states(concept)[6] == state


def test_the_concepts_own_period_decides(concept):
    office(confirmed_days_ago=200)
    Concept.objects.filter(pk=concept.pk).update(confirm_every_months=6)
    concept.refresh_from_db()
    assert states(concept)[5] == State.OUTDATED


def test_what_was_found_by_itself_is_remembered_and_missed(concept):
    post = office()
    assert evidence.remember(concept, TODAY) == 1
    assert evidence.remember(concept, TODAY) == 0
    post.delete()
    assert len(evidence.lost(TODAY)) == 1
    assert states(concept)[5] == State.OPEN


@pytest.mark.parametrize(
    ("hint", "kind", "shown_on"),
    [
        (1, "council_decision", None),
        (4, "unknown", None),
        (3, "document", None),
        (7, "kick_off", date(2026, 1, 1)),
    ],
)
def test_what_says_nothing_about_a_hint_is_not_linked(concept, by, hint, kind, shown_on):
    document = PlanLink.objects.create(title="Bericht", concept=concept)
    record = document.pk if kind == "document" else uuid4()
    with pytest.raises(evidence.NotLinkable):
        evidence.link(concept, hint, kind, record, day=TODAY, shown_on=shown_on, by=by)
    assert not HintEvidence.objects.exists()


def test_others_read_the_board_and_link_nothing(concept, town):
    document = PlanLink.objects.create(title="Bericht", concept=concept)
    with pytest.raises(rights.Refused):
        evidence.link(
            concept,
            3,
            "document",
            document.pk,
            day=TODAY,
            shown_on=TODAY,
            by=town.person(Role.STEERING_MEMBER),
        )


def test_the_board_asks_as_much_for_many_records_as_for_few(concept, by, django_assert_max_num_queries):
    for number in range(6):
        office() if number == 0 else factories.post(f"Stelle {number}", is_neighbourhood_office=True)
        directory.offer(f"Treff {number}", kind="meeting_place")
        document = PlanLink.objects.create(title=f"Bericht {number}", concept=concept)
        evidence.link(concept, 3, "document", document.pk, day=TODAY, shown_on=TODAY, by=by)
    with django_assert_max_num_queries(4):
        evidence.board(concept, TODAY)
