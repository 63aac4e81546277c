"""Links to other municipalities: a pair of rows, each side's made in its own scope from what the other released.

No foreign key and no scope crosses the wall: our row is made here, theirs by a job that writes as they would.
"""

from uuid import UUID

from django.db import transaction

from quartierwerk import jobs, journal, rights
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Tenant

from . import rules
from .actions import LinkRefused, clear_tombstones
from .jobs import mirror, remove_mirror
from .models import Elsewhere, InChain, Relation
from .register import kinds
from .releasing import released, write_tie
from .rules import Refusal


@transaction.atomic
def link_elsewhere(
    record: InChain, other: Tenant, kind: str, pk: UUID, relation: Relation, *, is_onward: bool, by: Person
) -> Elsewhere:
    """Link a record to one that another municipality released to us. Raises LinkRefused, Refused.

    is_onward  our record led to theirs; else theirs led to ours
    """
    _require(record, by)
    ends = (record.chain_kind, kind) if is_onward else (kind, record.chain_kind)
    if not rules.may_lead_to(kinds.table(), ends[0], relation, ends[1]):
        raise LinkRefused(Refusal.KINDS, *ends)
    ours: int = record.tenant_id  # type: ignore[attr-defined]
    if released(record.chain_kind, owner=ours, reader=other.pk, element_id=record.element_id) is None:
        raise LinkRefused(Refusal.NOT_RELEASED)
    theirs = released(kind, owner=other.pk, reader=ours, pk=pk)
    if theirs is None or other.pk == ours:
        raise LinkRefused(Refusal.GONE)
    tie = write_tie(record.element_id, other, theirs, relation, is_onward, by.account_id)
    journal.record("linked to another municipality", tie, by=by)
    jobs.later(mirror, tenant=ours, tie=tie.pk)
    return tie


@transaction.atomic
def unlink_elsewhere(record: InChain, tie: Elsewhere, *, by: Person) -> None:
    """Take the link away on both sides."""
    _require(record, by)
    if tie.element_id != record.element_id:
        raise rights.Refused("chain.link")
    journal.record("unlinked from another municipality", tie, by=by)
    jobs.later(
        remove_mirror,
        tenant=tie.other_id,
        element=tie.other_element,
        other_element=tie.element_id,
        relation=Relation(tie.relation),
        onward=int(not tie.is_onward),
    )
    tie.delete()
    clear_tombstones([record.element_id])


def _require(record: InChain, by: Person) -> None:
    rights.require(by, kinds.of(record).action, record)
    rights.require(by, "chain.link", record)
