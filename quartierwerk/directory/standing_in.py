"""Whom one asks today: who is away is replaced by whoever stands in for her. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID


class Reachable(Protocol):
    pk: UUID
    function: str
    name: str
    phone: str
    email: str
    hours: str
    deputy_of_id: UUID | None
    absent_until: date | None

    def is_away(self, today: date) -> bool: ...


@dataclass(frozen=True)
class Person:
    contact: Reachable
    stands_in_for: str = ""
    away_until: date | None = None


def persons(contacts: Sequence[Reachable], today: date) -> list[Person]:
    """Those one can ask, in their order. Deputies are named only while they stand in, or where they stand alone."""
    deputies: dict[UUID, Reachable] = {}
    for contact in contacts:
        if contact.deputy_of_id and not contact.is_away(today):
            deputies.setdefault(contact.deputy_of_id, contact)
    known = {contact.pk for contact in contacts}
    found = []
    for contact in contacts:
        if contact.deputy_of_id in known:
            continue
        away = contact.absent_until if contact.is_away(today) else None
        if away and (deputy := deputies.get(contact.pk)):
            found.append(Person(deputy, contact.name or contact.function, away))
        else:
            found.append(Person(contact, away_until=away))
    return found
