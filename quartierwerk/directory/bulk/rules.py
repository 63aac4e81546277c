"""What may be set in many offers at once, and which of them it does not fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ..kinds import KIND_FIELDS, fields_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class How(StrEnum):
    SET = "set"
    ADD = "add"
    REMOVE = "remove"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class What:
    """One thing that can be done to many offers; `code` stands in addresses."""

    code: str
    label: "str | _StrPromise"
    how: How
    field: str = ""

    @property
    def takes_value(self) -> bool:
        return bool(self.field)


WHAT: Mapping[str, What] = {
    one.code: one
    for one in (
        What("topics-add", _("Add topics"), How.ADD, "topics"),
        What("topics-remove", _("Remove topics"), How.REMOVE, "topics"),
        What("languages-add", _("Add languages spoken"), How.ADD, "languages_spoken"),
        What("languages-remove", _("Remove languages spoken"), How.REMOVE, "languages_spoken"),
        What("valid-until", _("Valid until"), How.SET, "valid_until"),
        What("childcare", _("Childcare"), How.SET, "childcare"),
        What("step-free", _("Step-free"), How.SET, "step_free"),
        What("free", _("Free of charge"), How.SET, "is_free"),
        What("quarter", _("Quarter"), How.SET, "space"),
        What("registration", _("Registration"), How.SET, "registration"),
        What("begins", _("Begins on"), How.SET, "starts_on"),
        What("ends", _("Ends on"), How.SET, "ends_on"),
        What("level", _("Level"), How.SET, "level"),
        What("course-type", _("Kind of course"), How.SET, "course_type"),
        What("intake", _("New patients"), How.SET, "intake"),
        What("deadline", _("Apply until"), How.SET, "deadline"),
        What("publish", _("Publish"), How.PUBLISH),
        What("withdraw", _("Take off the public pages"), How.WITHDRAW),
    )
}


def new_value(how: How, stands: Any, value: Any) -> Any:
    """What will stand there; lists keep their order."""
    if how == How.ADD:
        return [*stands, *(one for one in value if one not in stands)]
    if how == How.REMOVE:
        return [one for one in stands if one not in value]
    return value


@dataclass(frozen=True)
class Facts:
    """Of an offer as it would stand afterwards."""

    kind: str
    starts_on: date | None = None
    ends_on: date | None = None


def refusal(what: What, value: Any, facts: Facts, today: date) -> "str | _StrPromise":
    """Why this offer cannot take the change; empty where it can."""
    if what.field in KIND_FIELDS and what.field not in fields_of(facts.kind):
        return _("Offers of this kind have no such field.")
    if facts.starts_on and facts.ends_on and facts.ends_on < facts.starts_on:
        return _("It would end before it begins.")
    if what.field in ("valid_until", "ends_on", "deadline") and value and value < today:
        return _("This day is over.")
    return ""
