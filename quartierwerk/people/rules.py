"""Decisions about accounts as plain functions: who may give what, who must stay, when a session ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from quartierwerk.rights.roles import (
    BOUND_TO_ORGANISATION,
    BOUND_TO_SPACE,
    BOUND_TO_TEAM,
    NOT_FOR_MUNICIPALITIES,
    Role,
)

IDLE_SECONDS = 30 * 60
ABSOLUTE_SECONDS = 10 * 60 * 60


def seconds_left(began: float, now: float) -> int:
    """Until the session ends if nothing more is asked for: half an hour, never past ten hours from signing in."""
    return max(0, min(IDLE_SECONDS, int(began + ABSOLUTE_SECONDS - now)))


def may_be_given(role: Role) -> bool:
    return role not in NOT_FOR_MUNICIPALITIES


def gives_to_oneself(giver: UUID | None, receiver: UUID | None) -> bool:
    """Nobody grants rights to himself; a named job or command has no account."""
    return giver is not None and giver == receiver


def missing_place(role: Role, *, space: object, organisation: object, team: object) -> str:
    """Which binding the role lacks: "space", "organisation", "team" or nothing."""
    if role in BOUND_TO_SPACE and not space:
        return "space"
    if role in BOUND_TO_ORGANISATION and not organisation:
        return "organisation"
    if role in BOUND_TO_TEAM and not team:
        return "team"
    return ""


@dataclass(frozen=True)
class Administration:
    """One person's current administrator role in a municipality."""

    account: UUID
    until: datetime | None
    can_sign_in: bool = True


def stays_administered(administrations: Iterable[Administration]) -> bool:
    """Whether somebody is left who can sign in and whose role does not expire by itself."""
    return any(one.can_sign_in and one.until is None for one in administrations)
