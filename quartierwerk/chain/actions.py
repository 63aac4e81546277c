"""Joining records of the chain and taking them apart again."""

from uuid import UUID

from django.db import connection, transaction

from quartierwerk import journal, rights
from quartierwerk.rights import Person

from . import reach, rules
from .models import Element, Elsewhere, InChain, Link, Relation
from .register import kinds
from .rules import Refusal


class LinkRefused(ValueError):
    """The chain does not allow this link; `reason` as in rules.py, `words` for people."""

    def __init__(self, reason: Refusal, source: str = "", target: str = ""):
        super().__init__(str(reason))
        self.reason, self.source, self.target = reason, source, target

    @property
    def words(self) -> str:
        labels = [
            str(kinds.by_name[name].label) if name in kinds.by_name else name
            for name in (self.source, self.target)
        ]
        return rules.words(self.reason, *labels)


@transaction.atomic
def link(source: InChain, target: InChain, relation: Relation, *, by: Person) -> Link:
    """`source` led to `target`. Linking twice gives the first link. Raises LinkRefused, Refused.

    One reads both and may link at least one of them: a community worker ties her quarter's records to the plan's.
    """
    _require(source, target, by)
    if source.element_id == target.element_id:
        raise LinkRefused(Refusal.ITSELF)
    if not rules.may_lead_to(kinds.table(), source.chain_kind, relation, target.chain_kind):
        raise LinkRefused(Refusal.KINDS, source.chain_kind, target.chain_kind)
    tenant_id = source.tenant_id  # type: ignore[attr-defined]
    _one_at_a_time(tenant_id)
    found = Link.objects.filter(source=source.element_id, target=target.element_id, relation=relation).first()
    if found:
        return found
    if reach.leads_to(tenant_id, target.element_id, source.element_id, relation):
        raise LinkRefused(Refusal.CIRCLE)
    made = Link.objects.create(
        source_id=source.element_id, target_id=target.element_id, relation=relation, author=by.account_id
    )
    journal.record("linked", made, by=by)
    return made


@transaction.atomic
def unlink(source: InChain | Element, target: InChain | Element, relation: Relation, *, by: Person) -> bool:
    """Take a link away; False where there was none. A tombstone that nothing is linked to any more goes too."""
    _require(source, target, by)
    ends = [_element_id(source), _element_id(target)]
    found = Link.objects.filter(source=ends[0], target=ends[1], relation=relation).first()
    if not found:
        return False
    journal.record("unlinked", found, by=by)
    found.delete()
    clear_tombstones(ends)
    return True


@transaction.atomic
def take_over(gone: InChain, kept: InChain, *, by: Person) -> int:
    """Links and ties of a record that is merged into another of its kind become that one's; how many moved.

    What links both, or says what the other has already, goes. Raises LinkRefused where the way would run in a circle.
    The caller has the right to merge them.
    """
    tenant_id, old, new = kept.tenant_id, gone.element_id, kept.element_id  # type: ignore[attr-defined]
    _one_at_a_time(tenant_id)
    Link.objects.filter(source__in=(old, new), target__in=(old, new)).delete()
    for relation in Relation:
        if reach.leads_to(tenant_id, old, new, relation) or reach.leads_to(tenant_id, new, old, relation):
            raise LinkRefused(Refusal.CIRCLE)
    moved = 0
    for end, other in (("source_id", "target_id"), ("target_id", "source_id")):
        known = set(Link.objects.filter(**{end: new}).values_list(other, "relation"))
        for link in Link.objects.filter(**{end: old}):
            if (getattr(link, other), link.relation) in known:
                link.delete()
                continue
            setattr(link, end, new)
            link.save(update_fields=[end.removesuffix("_id")])
            journal.record("link moved", link, by=by)
            moved += 1
    return moved + _take_over_ties(old, new)


def _take_over_ties(old: UUID, new: UUID) -> int:
    """Ties to other municipalities; their side still names the old element, which it shows as it was released."""
    key = ("other_element", "relation", "is_onward")
    known = set(Elsewhere.objects.filter(element=new).values_list(*key))
    moved = 0
    for tie in Elsewhere.objects.filter(element=old):
        if tuple(getattr(tie, name) for name in key) in known:
            tie.delete()
            continue
        tie.element_id = new
        tie.save(update_fields=["element"])
        moved += 1
    return moved


def _element_id(record: InChain | Element) -> UUID:
    return record.pk if isinstance(record, Element) else record.element_id


def _require(source: InChain | Element, target: InChain | Element, by: Person) -> None:
    records = [record for record in (source, target) if not isinstance(record, Element)]
    for record in records:
        kind = kinds.of(record)
        if not kind.may_read(by, record):
            raise rights.Refused(kind.action)
    if not any(rights.may(by, "chain.link", record) for record in records):
        raise rights.Refused("chain.link")
    if len({record.tenant_id for record in (source, target)}) > 1:  # type: ignore[union-attr]
        raise rights.Refused("chain.link")


def _one_at_a_time(tenant_id: int) -> None:
    """Two links made at the same time could close a circle that neither sees."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('chain', %s))", [tenant_id])


def clear_tombstones(ids: list[UUID]) -> None:
    """Tombstones that nothing is linked to any more."""
    unused = Element.objects.filter(
        pk__in=ids, removed_at__isnull=False, links_onward=None, links_back=None, elsewhere=None
    )
    for element in unused:
        element.delete()
