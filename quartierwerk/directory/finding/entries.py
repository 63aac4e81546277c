"""What an entry of a list prints, read under the reader's rights: one statement, whatever the number of offers.

An ORM object with its five joined ones costs more than the rest of a page of twenty. The walls make planning the
statement cost ten times its execution: each connection prepares it once.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID
from weakref import WeakSet

from django.db import connection

from quartierwerk.calendar.rule import Rule
from quartierwerk.languages import showing, tags
from quartierwerk.languages.showing import Shown
from quartierwerk.tenants import scope

# Row-level security decides; the conditions on visibility and municipality are the first wall (`PublicManager`).
_PREPARE = """
prepare entries_of_a_list (uuid[], bigint[], text[]) as
select offer.id, offer.tenant_id, tenant.name, offer.kind, offer.language, offer.text_languages::text,
  offer.title, offer.hours, offer.cost, offer.languages_spoken, offer.is_free, offer.childcare, offer.step_free,
  offer.seats, offer.seats_taken, offer.has_waiting_list, offer.starts_on, offer.ends_on, offer.level, offer.intake,
  offer.deadline, offer.confirmed_at, offer.unconfirmed_since, organisation.name, space.name,
  address.id, address.name, address.street, address.town, address.latitude, address.longitude, there.name,
  (select json_agg(json_build_array(freq, "interval", weekdays, month_days, nth, starts_on, until, opens_at,
      closes_at, skip_holidays, skip_dates, note) order by position, id)::text
    from directory_offerschedule where offer_id = offer.id),
  (select json_agg(json_build_array(text_name, language, text, state, source_text))::text
    from directory_offertext
    where record_id = offer.id and language = any($3) and text_name in ('title', 'hours', 'cost'))
from directory_offer offer
join tenants_tenant tenant on tenant.id = offer.tenant_id
join directory_organisation organisation on organisation.id = offer.organisation_id
left join places_socialspace space on space.id = offer.space_id
left join places_address address on address.id = offer.address_id
left join places_socialspace there on there.id = address.space_id
where offer.id = any($1) and offer.visibility = 'public'
  and (offer.tenant_id = any($2) or offer.serves_tenants && $2)
"""
_EXECUTE = "execute entries_of_a_list (%s::uuid[], %s::bigint[], %s::text[])"

_prepared: WeakSet = WeakSet()


class Named(NamedTuple):
    name: str


class Place(NamedTuple):
    name: str
    street: str
    town: str
    latitude: float | None
    longitude: float | None
    space: Named | None

    @property
    def has_coordinates(self) -> bool:
        return self.latitude is not None and self.longitude is not None


@dataclass(slots=True)
class Text:
    """A translation (`showing.TextRow`); who checked it is told on the offer's own page."""

    text_name: str
    language: str
    text: str
    state: str
    source_text: str
    checked_by: str = ""
    checked_on: date | None = None
    checked_text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of an `Offer` that a list prints, under the same names."""

    pk: UUID
    tenant_id: int
    tenant: Named
    kind: str
    language: str
    text_languages: dict[str, str]
    title: str
    hours: str
    cost: str
    languages_spoken: list[str]
    is_free: str
    childcare: str
    step_free: str
    seats: int | None
    seats_taken: int | None
    has_waiting_list: bool
    starts_on: date | None
    ends_on: date | None
    level: str
    intake: str
    deadline: date | None
    confirmed_at: datetime | None
    unconfirmed_since: datetime | None
    organisation: Named
    space: Named | None
    address: Place | None
    rules: tuple[Rule, ...]
    texts: list[Text]

    def shown(self, name: str, lang: str) -> Shown:
        """Its title, hours or cost for a reader."""
        rows = [row for row in self.texts if row.text_name == name]
        return showing.show(getattr(self, name), self.text_languages.get(name, self.language), rows, lang)


def of(ids: Sequence[UUID], lang: str) -> list[Entry]:
    """Offers in this order, as the reader may see them: what was withdrawn a moment ago is left out."""
    if not ids:
        return []
    with connection.cursor() as cursor:
        if connection.connection not in _prepared:
            cursor.execute(_PREPARE)
            _prepared.add(connection.connection)
        cursor.execute(_EXECUTE, [list(ids), list(scope.required().readable), tags.fallbacks(lang)])
        found = {row[0]: row for row in cursor.fetchall()}
    return [_entry(found[pk]) for pk in ids if pk in found]


def _entry(row: tuple[Any, ...]) -> Entry:
    pk, tenant_id, tenant, kind, language, text_languages = row[:6]
    organisation, space, address, name, street, town, latitude, longitude, there, rules, texts = row[-11:]
    place = Place(name, street, town, latitude, longitude, Named(there) if there is not None else None)
    return Entry(
        pk,
        tenant_id,
        Named(tenant),
        kind,
        language,
        json.loads(text_languages),
        organisation=Named(organisation),
        space=Named(space) if space is not None else None,
        address=place if address else None,
        rules=_rules(rules) if rules else (),
        texts=[Text(*text) for text in json.loads(texts)] if texts else [],
        **dict(zip(_AS_READ, row[6:-11], strict=True)),
    )


_AS_READ = [one.name for one in fields(Entry)][6:-5]


# Most offers share their times with others.
@lru_cache(maxsize=4096)
def _rules(written: str) -> tuple[Rule, ...]:
    return tuple(_rule(*values) for values in json.loads(written))


def _rule(
    freq: str, interval: int, weekdays, month_days, nth, starts_on, until, opens_at, closes_at, skip_holidays,
    skip_dates, note,
) -> Rule:  # fmt: skip
    return Rule(
        freq, interval, tuple(weekdays), tuple(month_days), tuple(nth), _day(starts_on), _day(until),
        _clock(opens_at), _clock(closes_at), skip_holidays, tuple(date.fromisoformat(one) for one in skip_dates), note,
    )  # fmt: skip


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _clock(written: str | None) -> time | None:
    return time.fromisoformat(written) if written else None
