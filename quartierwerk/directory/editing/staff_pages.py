"""What staff see of an offer: everything that is known, and plainly what is not."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.text import capfirst

from quartierwerk.calendar.recurrence import in_words
from quartierwerk.web.editing import as_text

from ..kinds import fields_of
from ..models import Contact, Offer, ViewCount

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

MONTHS_OF_VIEWS = 12


@dataclass(frozen=True)
class Fact:
    """lang: of the words, where they are a text of the record; empty where they are ours."""

    label: "Words"
    words: str
    lang: str = ""


@dataclass(frozen=True)
class Asked:
    """A contact as staff see it: who stands in, who is away."""

    contact: Contact
    stands_in_for: str
    is_away: bool


@dataclass
class OfferFacts:
    when: list[str]
    where: list[str]
    access: list[Fact]
    of_kind: list[Fact]
    area: list[Fact]
    upkeep: list[Fact]
    contacts: list[Asked]


def offer_facts(offer: Offer, today: date) -> OfferFacts:
    contacts = list(offer.contacts.all())
    names: dict[UUID | None, str] = {one.pk: str(one) for one in contacts}
    return OfferFacts(
        when=[in_words(one.rule()) if _has_rule(one) else one.note for one in offer.schedules.all()],
        where=[str(held.location) for held in offer.held_at.all()],
        access=_facts(
            offer, "audience", "childcare", "step_free", "accessibility", "is_free", "cost", "registration",
            "registration_how",
        ),
        of_kind=_facts(offer, *fields_of(offer.kind)),
        area=_facts(offer, "serves", "serves_tenants", "serves_postcodes"),
        upkeep=[*_facts(offer, "valid_until", "confirmed_at", "unconfirmed_since"), *_views(offer)],
        contacts=[
            Asked(one, names.get(one.deputy_of_id, ""), one.is_away(today)) for one in contacts
        ],
    )  # fmt: skip


def _views(offer: Offer) -> list[Fact]:
    """How often visitors opened its page, the newest month first."""
    months = [
        f"{date_format(one.month, 'F Y')}: {one.count}"
        for one in offer.view_counts.order_by("-month")[:MONTHS_OF_VIEWS]
    ]
    label: Any = ViewCount._meta.get_field("count")
    return [Fact(capfirst(label.verbose_name), "\n".join(months))] if months else []


def _has_rule(schedule: Any) -> bool:
    return bool(
        schedule.weekdays or schedule.month_days or schedule.nth or schedule.starts_on or schedule.opens_at
    )


def _facts(offer: Offer, *names: str) -> list[Fact]:
    found = []
    for name in names:
        words = as_text(offer, name)
        if words:
            field: Any = Offer._meta.get_field(name)
            label = capfirst(field.verbose_name)
            found.append(Fact(label, words, offer.language_of(name) if name in offer.TEXTS else ""))
    return found
