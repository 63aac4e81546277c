"""Tying records of the plan to what they came from and what came of them, from their own pages (R1.15)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from quartierwerk.chain import rules
from quartierwerk.chain.actions import LinkRefused, link, unlink
from quartierwerk.chain.models import Element, InChain, Link, Relation
from quartierwerk.chain.register import Kind, Reader, kinds
from quartierwerk.languages.names import plain, sort_range
from quartierwerk.rights import Person

__all__ = ["LinkRefused", "linked_ids", "way_between"]

MOST_SHOWN = 20


def way_between(one: str, other: str) -> tuple[bool, Relation] | None:
    """Whether `one` leads to `other` (else the other way round), and how; None where the chain knows no way."""
    table = kinds.table()
    for onward, (source, target) in ((True, (one, other)), (False, (other, one))):
        if found := rules.relations_between(table, source, target):
            return onward, Relation(found[0])
    return None


def leading_to(kind: str) -> list[str]:
    """Kinds that may lead to this one, as far as their packages are installed; in the order of the chain."""
    table = kinds.table()
    found = [name for name in table if rules.relations_between(table, name, kind)]
    return sorted(found, key=lambda name: kinds.by_name[name].knot)


def tie(record: InChain, other: InChain, *, by: Person) -> Link:
    """In whichever direction the chain allows. Raises LinkRefused, Refused."""
    way = way_between(record.chain_kind, other.chain_kind)
    if way is None:
        raise LinkRefused(rules.Refusal.KINDS, record.chain_kind, other.chain_kind)
    onward, relation = way
    source, target = (record, other) if onward else (other, record)
    return link(source, target, relation, by=by)


def untie(record: InChain, other: InChain, *, by: Person) -> bool:
    way = way_between(record.chain_kind, other.chain_kind)
    if way is None:
        return False
    onward, relation = way
    source, target = (record, other) if onward else (other, record)
    return unlink(source, target, relation, by=by)


def found_by_element(reader: Reader, element: str) -> InChain | None:
    """The record behind an element of the chain, as far as this reader may see it."""
    try:
        known = Element.objects.filter(pk=UUID(element), removed_at=None).first()
    except ValueError:
        return None
    kind = kinds.by_name.get(known.kind) if known else None
    return kind.rows(reader).filter(element_id=known.pk).first() if kind and known else None


def linked_ids(records: QuerySet[Any] | list[Any], kind: str) -> dict[UUID, list[UUID]]:
    """Element of a record → elements of that kind tied to it directly. Two queries, whatever the number."""
    ids = [one.element_id for one in records]
    found: dict[UUID, list[UUID]] = {}
    for source, target in Link.objects.filter(source__in=ids, target__kind=kind).values_list(
        "source", "target"
    ):
        found.setdefault(source, []).append(target)
    for source, target in Link.objects.filter(target__in=ids, source__kind=kind).values_list(
        "source", "target"
    ):
        found.setdefault(target, []).append(source)
    return found


def neighbours(record: InChain) -> dict[str, list[UUID]]:
    """Kind → elements tied to the record directly, either way. Two queries."""
    found: dict[str, list[UUID]] = {}
    onward = Link.objects.filter(source=record.element_id, target__removed_at=None)
    back = Link.objects.filter(target=record.element_id, source__removed_at=None)
    for kind, element in [
        *onward.values_list("target__kind", "target"),
        *back.values_list("source__kind", "source"),
    ]:
        found.setdefault(kind, []).append(element)
    return found


@dataclass(frozen=True)
class Known:
    """A record of the chain as its kind calls it in the reader's language."""

    pk: UUID
    element_id: UUID
    title: str
    language: str
    opens: bool


def called(rows: QuerySet[Any], kind: Kind, reader: Reader) -> list[Known]:
    """rows: of `kind.rows(reader)`."""
    title = kind.title(reader.lang)
    told = rows.annotate(chain_title=title.words, chain_language=title.language)
    return [
        Known(*row) for row in told.values_list("pk", "element_id", "chain_title", "chain_language", "opens")
    ]


def candidates(reader: Reader, record: InChain, name: str, typed: str) -> list[Known]:
    """Records of a kind that could be tied to this one and are not yet; those that begin as typed first."""
    tied = {pk for ids in linked_ids([record], name).values() for pk in ids}
    kind = kinds.by_name[name]
    rows = kind.rows(reader).exclude(element_id__in=tied).exclude(element_id=record.element_id)
    if not hasattr(kind.model, "sort_key"):
        # What is not called by a title in an order, as somebody's words: the newest first.
        rows = rows.annotate(chain_words=kind.title(reader.lang).words)
        rows = rows.filter(chain_words__icontains=typed.strip())
        return called(rows.order_by("-element__created_at", "pk")[:MOST_SHOWN], kind, reader)
    if not plain(typed):
        return called(rows.order_by("sort_key")[:MOST_SHOWN], kind, reader)
    low, high = sort_range(typed)
    begins = rows.filter(sort_key__gte=low, sort_key__lt=high).order_by("sort_key")[:MOST_SHOWN]
    contains = rows.filter(sort_key__contains=plain(typed)).order_by("sort_key")[:MOST_SHOWN]
    begin, within = called(begins, kind, reader), called(contains, kind, reader)
    known = {one.pk for one in begin}
    return [*begin, *(one for one in within if one.pk not in known)][:MOST_SHOWN]
