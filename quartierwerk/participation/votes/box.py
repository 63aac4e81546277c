"""The ballot box: putting a ballot in, replacing one, counting. Nothing here leaves a trace beside the box itself.

Whoever sees the database may see row versions, not only rows. So each ballot writes all ballots of its vote anew, in random
order and with new ids: they then carry the same transaction number and lie in no order. The price is one short statement
over the box for each ballot; ballots of one vote wait for each other.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.rights import Person

from ..models import Ballot, Checked, Proposal, Vote
from . import codes, rules


class UnknownCode(Exception):
    pass


class BadBallot(Exception):
    def __init__(self, fault: rules.Fault) -> None:
        self.fault = fault
        super().__init__(fault.name)


class BoxClosed(Exception):
    """Not open yet, or closed already: `opens_at` and `closes_at` tell which."""

    def __init__(self, vote: Vote) -> None:
        self.opens_at, self.closes_at = vote.phase.opens_at, vote.phase.closes_at
        super().__init__("the ballot box is closed")


class NotClosedYet(Exception):
    pass


def key_of(vote: Vote) -> bytes:
    return codes.key_from(settings.SECRET_KEY.encode(), bytes(vote.salt))


def database_now() -> datetime:
    """The one clock by which boxes close, whichever server asks."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]


def terms_of(vote: Vote) -> rules.Terms:
    rows = Proposal.everywhere.filter(process=vote.process_id, state=Checked.SHOWN, is_on_ballot=True)
    if vote.method == Vote.Method.BUDGET:
        rows = rows.exclude(cost_cents=None)
    return rules.Terms(
        vote.method,
        {str(pk): cost or 0 for pk, cost in rows.values_list("pk", "cost_cents")},
        sum_cents=vote.sum_cents or 0,
        points=vote.points or 0,
    )


def locked(vote: Vote) -> Vote:
    """The vote as it stands; whoever writes into its box or its roll at the same moment waits."""
    rows = Vote.objects.select_related("phase").select_for_update(of=("self",), no_key=True)
    return rows.get(pk=vote.pk)


def _is_open(vote: Vote) -> bool:
    return vote.counted_at is None and vote.phase.opens_at <= database_now() < vote.phase.closes_at


def put_in(vote: Vote, typed: str, choices: Mapping[str, int]) -> bool:
    """Put in a ballot; True where it took the place of an earlier one of the same code.

    Raises BoxClosed, UnknownCode, BadBallot.
    """
    with transaction.atomic():
        vote = locked(vote)
        if not _is_open(vote):
            raise BoxClosed(vote)
        code = codes.read(typed)
        key = key_of(vote)
        if not codes.is_valid(key, code):
            raise UnknownCode
        if fault := rules.fault(choices, terms_of(vote)):
            raise BadBallot(fault)
        own = codes.ballot_key(key, code)
        is_again = Ballot.objects.filter(vote=vote, key=own).exists()
        try:
            with transaction.atomic():
                _write_anew(vote, own, choices)
        except IntegrityError:
            # The minute passed between the question and the writing.
            if _is_open(vote):
                raise
            raise BoxClosed(vote) from None
    return is_again


def _write_anew(vote: Vote, key: str, choices: Mapping[str, int]) -> None:
    """All ballots of the vote with this one, shuffled. Sorting reads the last old row before the first new one is written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "with taken as (delete from participation_ballot where tenant_id = %s and vote_id = %s"
            "               returning key, choices)"
            " insert into participation_ballot (id, tenant_id, vote_id, key, choices)"
            " select gen_random_uuid(), %s, %s, key, choices from"
            " (select key, choices from taken where key <> %s union all select %s, %s::jsonb) box order by random()",
            [*[vote.tenant_id, vote.pk] * 2, key, key, json.dumps(dict(choices), sort_keys=True)],
        )


@dataclass(frozen=True)
class Result:
    turnout: int
    totals: Mapping[str, int]


@transaction.atomic
def count(vote: Vote, *, by: Person) -> Result:
    """Count a closed box once for good and destroy its key. Raises NotClosedYet."""
    rights.require(by, "processes.vote", vote.process)
    vote = locked(vote)
    if vote.counted_at is None:
        if database_now() < vote.phase.closes_at:
            raise NotClosedYet
        ballots = Ballot.objects.filter(vote=vote).values_list("choices", flat=True)
        counted = rules.count(ballots, terms_of(vote).proposals)
        vote.result = {"turnout": counted.turnout, "totals": dict(counted.totals)}
        vote.counted_at, vote.salt = timezone.now(), b""
        vote.save(update_fields=["result", "counted_at", "salt"])
        journal.record("vote counted", vote, by=by)
    result = vote.result or {}
    return Result(result["turnout"], result["totals"])
