"""One code, one ballot: replaced and not added, refused when the box is closed, counted once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from quartierwerk.journal.models import JournalEntry
from quartierwerk.rights import Refused, Role
from quartierwerk.web.models import SentForm

from ...models import Ballot, Phase, Proposal, Vote
from .. import box, rules
from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(cast):
    with cast.in_town():
        yield cast


def choices() -> list[dict]:
    return list(Ballot.objects.values_list("choices", flat=True))


def test_a_second_ballot_of_a_code_replaces_the_first(town):
    vote = factories.vote()
    ids, code = factories.ids(vote), factories.code(vote)
    assert box.put_in(vote, code, {ids["Bänke"]: 5}) is False
    assert box.put_in(vote, code.lower(), {ids["Bäume"]: 2, ids["Brunnen"]: 3}) is True
    assert choices() == [{ids["Bäume"]: 2, ids["Brunnen"]: 3}]
    assert box.put_in(vote, factories.code(vote), {ids["Bänke"]: 1}) is False
    assert Ballot.objects.count() == 2


def test_a_ballot_leaves_no_trace_beside_the_box(town):
    vote = factories.vote()
    entries = JournalEntry.objects.count()
    box.put_in(vote, factories.code(vote), {factories.ids(vote)["Bänke"]: 1})
    assert JournalEntry.objects.count() == entries
    assert not SentForm.objects.exists()
    assert not hasattr(Ballot, "pgh_event_models")
    kinds = {field.get_internal_type() for field in Ballot._meta.concrete_fields}
    assert not kinds & {"DateTimeField", "DateField", "AutoField", "BigAutoField", "IntegerField"}


def test_each_ballot_writes_all_of_its_vote_anew_and_none_of_another(town):
    vote, other = factories.vote(), factories.vote()
    box.put_in(other, factories.code(other), {factories.ids(other)["Bänke"]: 1})
    for _ in range(5):
        box.put_in(vote, factories.code(vote), {factories.ids(vote)["Bänke"]: 1})
    before = set(Ballot.objects.filter(vote=vote).values_list("pk", flat=True))
    untouched = Ballot.objects.get(vote=other).pk
    box.put_in(vote, factories.code(vote), {factories.ids(vote)["Bänke"]: 1})
    assert not before & set(Ballot.objects.filter(vote=vote).values_list("pk", flat=True))
    assert Ballot.objects.get(vote=other).pk == untouched
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(distinct xmin::text) from participation_ballot where vote_id = %s", [vote.pk]
        )
        assert cursor.fetchone() == (1,)


def test_a_code_of_another_vote_or_none_at_all_is_unknown(town):
    vote, other = factories.vote(), factories.vote()
    for typed in (factories.code(other), "", "0000-0000-0000-0000"):
        with pytest.raises(box.UnknownCode):
            box.put_in(vote, typed, {factories.ids(vote)["Bänke"]: 1})
    assert not Ballot.objects.exists()


def test_a_bad_ballot_leaves_the_earlier_one_in_the_box(town):
    vote = factories.vote()
    ids, code = factories.ids(vote), factories.code(vote)
    box.put_in(vote, code, {ids["Bänke"]: 5})
    for bad in ({ids["Bänke"]: 6}, {}, {"fremd": 1}, {ids["Bänke"]: -1}):
        with pytest.raises(box.BadBallot):
            box.put_in(vote, code, bad)
    assert choices() == [{ids["Bänke"]: 5}]


def test_what_is_not_on_the_ballot_cannot_be_chosen(town):
    vote = factories.vote(costs=(50_000, 40_000, 30_000))
    Proposal.objects.filter(title="Bänke").update(is_on_ballot=False)
    Proposal.objects.filter(title="Bäume").update(cost_cents=None)
    assert list(box.terms_of(vote).proposals.values()) == [30_000]


def test_before_and_after_its_phase_the_box_takes_nothing(town):
    vote = factories.vote(now="prioritise")
    one = {factories.ids(vote)["Bänke"]: 1}
    code = factories.code(vote)
    with pytest.raises(box.BoxClosed):
        box.put_in(vote, code, one)
    Phase.objects.filter(pk=vote.phase_id).update(opens_at=timezone.now() - timedelta(minutes=1))
    box.put_in(vote, code, one)
    factories.close(vote)
    with pytest.raises(box.BoxClosed):
        box.put_in(vote, code, {factories.ids(vote)["Bäume"]: 1})
    assert choices() == [one]


def test_the_database_itself_keeps_the_box_closed(town):
    vote = factories.vote()
    box.put_in(vote, factories.code(vote), {factories.ids(vote)["Bänke"]: 1})
    with pytest.raises(IntegrityError, match="replaced"), transaction.atomic():
        Ballot.objects.update(choices={})
    factories.close(vote)
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        Ballot.objects.create(vote=vote, key="x", choices={})
    with pytest.raises(IntegrityError, match="not counted"), transaction.atomic():
        Ballot.objects.all().delete()
    with pytest.raises(IntegrityError, match="closed or open"), transaction.atomic():
        Phase.objects.filter(pk=vote.phase_id).update(closes_at=timezone.now() + timedelta(days=1))
    assert Ballot.objects.count() == 1


def test_an_open_box_may_stay_open_longer_and_is_neither_closed_early_nor_un_opened(town):
    vote = factories.vote()
    now = timezone.now()
    for early in ({"closes_at": now - timedelta(hours=3)}, {"opens_at": now + timedelta(days=1)}):
        with pytest.raises(IntegrityError, match="closed or open"), transaction.atomic():
            Phase.objects.filter(pk=vote.phase_id).update(**early)
    later = timezone.now() + timedelta(days=30)
    assert Phase.objects.filter(pk=vote.phase_id).update(closes_at=later) == 1


def test_counting_waits_for_the_end_and_happens_once(town):
    vote, by = factories.vote(), town.person(Role.COORDINATOR)
    ids = factories.ids(vote)
    for title, n in (("Bänke", 5), ("Bäume", 3), ("Bänke", 2)):
        box.put_in(vote, factories.code(vote), {ids[title]: n})
    with pytest.raises(box.NotClosedYet):
        box.count(vote, by=by)
    factories.close(vote)
    found = box.count(vote, by=by)
    assert (found.turnout, found.totals) == (3, {ids["Bänke"]: 7, ids["Bäume"]: 3, ids["Brunnen"]: 0})
    assert box.count(vote, by=by) == found
    vote.refresh_from_db()
    assert bytes(vote.salt) == b""
    with pytest.raises(ValueError, match="destroyed"):
        box.key_of(vote)
    with pytest.raises(IntegrityError, match="counted"), transaction.atomic():
        Vote.objects.filter(pk=vote.pk).update(result={"turnout": 4, "totals": {}})
    # What is counted may go when its time has come.
    assert Ballot.objects.all().delete()[0] == 3


def test_only_those_who_run_the_vote_count_it(town):
    vote = factories.vote()
    factories.close(vote)
    with pytest.raises(Refused):
        box.count(vote, by=town.person(Role.PLANNER))


def test_the_job_counts_what_has_closed_and_nothing_else(town):
    from ...jobs import count_closed

    closed, open_ = factories.vote(), factories.vote()
    factories.close(closed)
    count_closed(town.town)
    count_closed(town.town)
    closed.refresh_from_db()
    open_.refresh_from_db()
    assert (closed.result["turnout"], open_.counted_at) == (0, None)


def test_terms_are_the_votes_own(town):
    vote = factories.vote(costs=(50_000, 40_000, 30_000))
    assert box.terms_of(vote).method == rules.BUDGET
    assert box.terms_of(vote).sum_cents == 100_000
