"""Drafts beside what is stored: what is new, what changes, what stays; missing parents and possible duplicates.

The file wins: a field whose column it has takes the file's value, all others stay as they are. What visitors see is
not decided anew: a record that staff withdrew stays withdrawn, unless the file's own word on it changed.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.languages.names import name_key
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.tenants.models import Tenant, Visibility

from ...models import Location, Offer, Organisation
from ...rules import missing_before_publication
from .. import identity
from .children import Children
from .fresh import fresh
from .merged import merged
from .rows import LONGEST_ID, Draft

Outcome = Literal["added", "changed", "unchanged"]
MODELS: dict[str, type[Model]] = {"organisation": Organisation, "location": Location, "offer": Offer}
NAMED_ALIKE = 3  # rows and records named in a warning


@dataclass(frozen=True)
class Order:
    """What the caller wants: whose directory, which source, and what becomes of it."""

    tenant: Tenant
    source: str
    language: str
    publish: bool
    unknown: str  # name of organisations that the list does not name
    own_ids: bool = False
    # Numbers that are UUIDs find their record whatever list it came with: that is what they are for in HSDS.
    by_identity: bool = False
    dry_run: bool = False


@dataclass
class Plan:
    """Records to write, children after their parents. Nothing in it is stored yet."""

    added: dict[type[Model], list[Model]] = field(default_factory=lambda: defaultdict(list))
    # Each row with just its own changed fields: what somebody else edits in it meanwhile stays as edited.
    changed: dict[type[Model], dict[uuid.UUID, tuple[Model, set[str]]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    removed: dict[type[Model], list[uuid.UUID]] = field(default_factory=lambda: defaultdict(list))
    places: set[uuid.UUID] = field(default_factory=set)  # addresses that must follow what stands there
    outcomes: dict[str, dict[str, int]] = field(default_factory=dict)
    placeholders: list[Organisation] = field(default_factory=list)
    merged: list[Any] = field(default_factory=list)  # rows whose entry was merged into another one here
    # Offers that become public although visitors could not ask anybody: the draft, what is missing.
    incomplete: list[tuple[Draft, list[str]]] = field(default_factory=list)

    def settle(self, record: Model, wanted: dict[str, Any], *, is_new: bool) -> list[str]:
        """Put the wanted values into the record; the names of those that differed."""
        differ = [name for name, value in wanted.items() if getattr(record, name) != value]
        for name in differ:
            setattr(record, name, wanted[name])
        model = type(record)
        if is_new:
            self.added[model].append(record)
        elif differ and not record._state.adding:
            self.changed[model].setdefault(record.pk, (record, set()))[1].update(differ)
        return differ

    def count(self, model: str, outcome: Outcome) -> None:
        counts = self.outcomes.setdefault(f"{model}s", {})
        counts[outcome] = counts.get(outcome, 0) + 1


class Planner:
    """Reads once what is there, then places draft after draft."""

    def __init__(self, order: Order, drafts: Sequence[Draft]) -> None:
        self.order = order
        self.plan = Plan()
        self.spaces = {name_key(space.name): space for space in SocialSpace.objects.all()}
        self.stored: dict[str, dict[str, Any]] = {name: self._stored(name, drafts) for name in MODELS}
        self.merged: dict[str, dict[str, Any]] = {name: self._merged(name, drafts) for name in MODELS}
        used = {record.address_id for rows in self.stored.values() for record in rows.values()} - {None}
        self.addresses: dict[uuid.UUID, Address] = self._in_bulk(
            Address, used | {self._address_id(d) for d in drafts}
        )
        self.new_addresses: set[uuid.UUID] = set()
        self.in_list = {draft.key for draft in drafts if draft.model == "organisation"}
        self.children = Children(self, drafts)
        self.organisations: dict[str, Organisation] = (
            self.stored["organisation"] | self.merged["organisation"]
        )
        self.stored["location"] |= self.merged["location"]
        self.by_name: dict[str, list[Organisation]] = defaultdict(list)
        rows = Organisation.objects.only("id", "name", "tenant", "is_placeholder", "phone", "email")
        for organisation in rows:
            self.by_name[name_key(organisation.name)].append(organisation)
        # By key of the name: each organisation of that name, and the rows that speak of it.
        self.rows_by_name: dict[str, dict[uuid.UUID, list[Draft]]] = defaultdict(dict)

    def locked(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Held until the import ends: nobody's edit is overwritten by what was read before it."""
        return rows if self.order.dry_run else rows.select_for_update(of=("self",))

    def _stored(self, model: str, drafts: Sequence[Draft]) -> dict[str, Any]:
        """Records of this source by their number there; our own numbers and UUIDs find records of any source."""
        objects = MODELS[model].objects  # type: ignore[attr-defined]
        keys = _named_in(model, drafts)
        found = {}
        for some in _pieces([key[:LONGEST_ID] for key in keys]):
            rows = objects.filter(source=self.order.source, source_id__in=some)
            found |= {record.source_id: record for record in self.locked(rows).order_by("pk")}
        if self.order.own_ids or self.order.by_identity:
            asked = {one: key for key in keys - set(found) if (one := identity.as_uuid(key))}
            if asked:
                by_number = {number: pk for pk, number in identity.numbers(MODELS[model]).items()}
                pks = {by_number[one]: key for one, key in asked.items() if one in by_number}
                records = self._in_bulk(MODELS[model], pks)
                found |= {key: records[pk] for pk, key in pks.items() if pk in records}
        return found

    def _merged(self, model: str, drafts: Sequence[Draft]) -> dict[str, Any]:
        wanted = {key[:LONGEST_ID] for key in _named_in(model, drafts)} - set(self.stored[model])
        by_identity = self.order.own_ids or self.order.by_identity
        return merged(MODELS[model], wanted, self.order.source, by_identity=by_identity)

    def _in_bulk(self, model: type[Model], ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Any]:
        found: dict[uuid.UUID, Any] = {}
        for some in _pieces(sorted(ids)):
            rows = self.locked(model.objects.filter(pk__in=some))  # type: ignore[attr-defined]
            found |= {record.pk: record for record in rows.order_by("pk")}
        return found

    def id_for(self, kind: str, key: str) -> uuid.UUID:
        """The same for the same number in the same source, whenever and wherever it is imported."""
        words = (self.order.tenant.slug, self.order.source, kind, key)
        return uuid.uuid5(uuid.NAMESPACE_URL, "quartierwerk:" + "\x1f".join(words))

    def place(self, drafts: Iterable[Draft]) -> Plan:
        outcomes: dict[int, list[str]] = defaultdict(list)
        rows = {}
        for draft in drafts:
            rows[id(draft.row)] = draft.row
            outcome = self._place(draft)
            self.plan.count(draft.model, outcome)
            outcomes[id(draft.row)].append(outcome)
        for key, row in rows.items():
            found = set(outcomes[key])
            row.outcome = next(word for word in ("added", "changed", "unchanged") if word in found)
        self._warn_of_duplicates()
        return self.plan

    # --- one record

    def _place(self, draft: Draft) -> Outcome:
        model = MODELS[draft.model]
        if draft.key in self.merged[draft.model]:
            self.plan.merged.append(draft.row)
            return "unchanged"
        record = self.stored[draft.model].get(draft.key)
        is_new = record is None
        if record is None:
            record = fresh(
                model, id=self.id_for(draft.model, draft.key), source=self.order.source, source_id=draft.key
            )
            record.visibility = self._visibility(draft)  # type: ignore[attr-defined]
            if draft.model != "location":
                record.language = self.order.language  # type: ignore[attr-defined]
            self.stored[draft.model][draft.key] = record
        # A record of ours, or of another list, found by its number: the file has all there is to say of it.
        whole = self.order.own_ids or (not is_new and record.source != self.order.source)
        wanted: dict[str, Any] = dict(draft.values)
        if draft.model == "location":
            wanted.pop("language", None)
        was_open, wanted["kept_columns"] = self._state(draft, record, whole=whole)
        if not is_new and draft.status and draft.is_open != was_open:
            wanted["visibility"] = self._visibility(draft)
        if draft.model == "organisation":
            wanted["is_placeholder"] = draft.is_placeholder
            if draft.is_placeholder:
                wanted.setdefault("name", f"{self.order.unknown} ({draft.key})"[:300])
                self.plan.placeholders.append(record)  # type: ignore[arg-type]
            self.organisations[draft.key] = record  # type: ignore[assignment]
        else:
            wanted["organisation_id"] = self._organisation(draft).pk
        address_changed = False
        if draft.address is not None:
            wanted["address_id"], address_changed = self._address(draft, record)
        elif draft.at and is_new and (address := self._address_held_at(draft)):
            wanted["address_id"] = address
        self._quarters(draft, wanted)
        if draft.model == "offer":
            shown = wanted.get("visibility", record.visibility if is_new else "")
            if shown == Visibility.PUBLIC:
                if record.published_at is None:
                    wanted["published_at"] = timezone.now()
                self._check_ways(draft, record)
        before = record.address_id
        differ = self.plan.settle(record, wanted, is_new=is_new)
        self.plan.places |= {pk for pk in (before, record.address_id) if self._shows_otherwise(pk, record)}
        if differ and not is_new and draft.model != "location" and {"name", "title"} & set(differ):
            self.plan.changed[model][record.pk][1].add("sort_key")
        if draft.model == "organisation" and not draft.is_placeholder:
            self._speaks_of(record, draft)  # type: ignore[arg-type]
        lists = self.children.settle(draft, record, whole=whole)
        if is_new:
            return "added"
        draft.row.changed += sorted({*differ, *(["address"] * address_changed), *lists})
        return "changed" if differ or address_changed or lists else "unchanged"

    def _state(self, draft: Draft, record: Any, *, whole: bool) -> tuple[bool, dict[str, str]]:
        """Whether the record was open by the file's own word, and the columns to keep with the word of today."""
        before = record.kept_columns.get("status", "")
        if whole:  # our own word on it, perhaps edited since
            was_open, word = record.visibility == Visibility.PUBLIC, "" if draft.is_open else before
        else:
            was_open, word = before in ("", "active"), "" if draft.is_open else draft.status
        if not draft.is_open and draft.status != "inactive":
            word = draft.status
        return was_open, {**draft.kept, "status": word} if word else dict(draft.kept)

    def _quarters(self, draft: Draft, wanted: dict[str, Any]) -> None:
        if draft.model == "location":
            return
        if draft.quarter:
            if space := self.spaces.get(name_key(draft.quarter)):
                wanted["space_id"] = space.pk
            else:
                self._unknown_quarter(draft, wanted, "quarter", [draft.quarter])
        if draft.serves is not None and draft.model == "offer":
            known = {name: space for name in draft.serves if (space := self.spaces.get(name_key(name)))}
            wanted["serves"] = sorted({space.pk for space in known.values()})
            if unknown := [name for name in draft.serves if name not in known]:
                self._unknown_quarter(draft, wanted, "serves", unknown)

    def _unknown_quarter(self, draft: Draft, wanted: dict[str, Any], column: str, names: list[str]) -> None:
        draft.row.warn(
            "quarter",
            _("There is no quarter “%(name)s” here.") % {"name": ", ".join(names)},
            typed=", ".join(names),
            advice=_("Please correct the name or enter the quarter first."),
        )
        wanted["kept_columns"] = {**wanted["kept_columns"], column: ";".join(names)}

    def _address_held_at(self, draft: Draft) -> uuid.UUID | None:
        """Where the first of its locations stands, so that the offer is on the map."""
        for held in draft.at or ():
            if (location := self.stored["location"].get(held.location)) is not None:
                return location.address_id
        return None

    def _check_ways(self, draft: Draft, offer: Any) -> None:
        """An offer that staff could not publish like this is published, since others publish it, but named."""
        organisation = self.organisations.get(draft.organisation_key or draft.organisation_name)
        contacts = draft.contacts
        if contacts is None:
            contacts = [{"phone": one.phone, "email": one.email} for one in self.children.contacts_of(offer)]
        ways = [str(one.get(name, "")) for one in contacts for name in ("phone", "email")]
        ways += [draft.values.get("website", offer.website)]
        ways += [organisation.phone, organisation.email] if organisation else []
        if missing := missing_before_publication(draft.values.get("title", offer.title), True, ways):
            self.plan.incomplete.append((draft, missing))

    def _visibility(self, draft: Draft) -> str:
        return Visibility.PUBLIC if self.order.publish and draft.is_open else Visibility.TENANT

    def _shows_otherwise(self, address: uuid.UUID | None, record: Any) -> bool:
        """Whether this address, the record's or its former one, is shown to others than the record."""
        known = self.addresses.get(address) if address else None
        return known is not None and (address != record.address_id or known.visibility != record.visibility)

    def _address_id(self, draft: Draft) -> uuid.UUID:
        """An actor and its offer share one address."""
        is_actor = draft.model == "organisation" or draft.organisation_key == draft.key
        return self.id_for("address", draft.key if is_actor else f"{draft.model}\x1f{draft.key}")

    def _address(self, draft: Draft, record: Any) -> tuple[uuid.UUID | None, bool]:
        """The address of the record and whether it changed. One that staff chose, maybe for several, is not edited."""
        if not draft.address:
            return None, False
        wanted = dict(draft.address)
        key = self._address_id(draft)
        current = self.addresses.get(record.address_id)
        for name in ("latitude", "longitude"):
            stored = getattr(current, name, None)
            if wanted[name] is not None:
                wanted[name] = round(wanted[name], 7)  # one centimetre; finer digits stored here stay
                wanted[name] = stored if stored and round(stored, 7) == wanted[name] else wanted[name]
        is_theirs = current is not None and current.pk != key
        if is_theirs and all(getattr(current, name) == value for name, value in wanted.items()):
            return current.pk, False
        if key in self.new_addresses:
            return key, False
        if (address := self.addresses.get(key)) is not None:
            return key, bool(self.plan.settle(address, wanted, is_new=False))
        self.addresses[key] = address = fresh(Address, id=key, visibility=record.visibility)
        self.new_addresses.add(key)
        self.plan.settle(address, wanted, is_new=True)
        return key, False

    # --- its organisation

    def _organisation(self, draft: Draft) -> Organisation:
        key, name = draft.organisation_key, draft.organisation_name
        if key:
            known = self.organisations.get(key)
            is_told = known is not None and (key in self.in_list or not known.is_placeholder)
            return known if is_told and known else self._placeholder(key, name, draft)
        if name:
            return self._by_name(name, draft)
        return self._placeholder("", "", draft)

    def _by_name(self, name: str, draft: Draft) -> Organisation:
        """The organisation of exactly this name, or a new one: a name differing in one letter is another."""
        exactly = " ".join(name.split()).casefold()
        if (known := self.organisations.get(name)) is not None:
            self._speaks_of(known, draft)
            return known
        alike = [
            one for one in self.by_name[name_key(name)] if " ".join(one.name.split()).casefold() == exactly
        ]
        if len(alike) == 1:
            self.organisations[name] = alike[0]
            self._speaks_of(alike[0], draft)
            return alike[0]
        made = Organisation(
            id=self.id_for("organisation", name),
            source=self.order.source,
            source_id=name[:200],
            language=self.order.language,
            visibility=Visibility.PUBLIC if self.order.publish else Visibility.TENANT,
        )
        self.plan.settle(made, {"name": name}, is_new=True)
        self.plan.count("organisation", "added")
        self.organisations[name] = made
        self._speaks_of(made, draft)
        return made

    def _placeholder(self, key: str, name: str, draft: Draft) -> Organisation:
        """Keeps the row and its number until somebody repairs it; marked, and never merged with another."""
        title = self.order.unknown
        shown = key or _("none given")
        draft.row.warn(
            "organisation_id",
            _("The organisation of this row is missing from the list (number: %(number)s).")
            % {"number": shown},
            typed=key,
            advice=_("The row is kept under “%(title)s”. Please name the organisation there.")
            % {"title": title},
        )
        stored_key = key or "(none)"
        if (known := self.organisations.get(stored_key)) is not None:
            return known
        made = Organisation(
            id=self.id_for("organisation", stored_key),
            source=self.order.source,
            source_id=stored_key,
            language=self.order.language,
            visibility=Visibility.PUBLIC if self.order.publish else Visibility.TENANT,
            is_placeholder=True,
        )
        self.plan.settle(made, {"name": f"{title} ({name})" if name else title}, is_new=True)
        self.plan.count("organisation", "added")
        self.plan.placeholders.append(made)
        self.organisations[stored_key] = made
        return made

    # --- the same association twice?

    def _speaks_of(self, organisation: Organisation, draft: Draft) -> None:
        self.rows_by_name[name_key(organisation.name)].setdefault(organisation.pk, []).append(draft)

    def _warn_of_duplicates(self) -> None:
        for key, here in self.rows_by_name.items():
            stored = [
                one for one in self.by_name.get(key, ()) if one.pk not in here and not one.is_placeholder
            ]
            for pk, drafts in here.items():
                others = [
                    _("row %(row)s (“%(name)s”)") % {"row": rows[0].row.row, "name": _name_in(rows[0])}
                    for other, rows in here.items()
                    if other != pk
                ]
                others += [_("“%(name)s”, already in the directory") % {"name": one.name} for one in stored]
                if not others:
                    continue
                sentence = _("Perhaps the same organisation as %(others)s.") % {
                    "others": "; ".join(others[:NAMED_ALIKE])
                }
                for draft in drafts:
                    draft.row.warn(
                        "name",
                        sentence,
                        typed=_name_in(draft),
                        advice=_("Both are kept as two. Please merge them by hand if they are one."),
                    )


def _name_in(draft: Draft) -> str:
    """The name of the organisation as the row has it."""
    return str(draft.values.get("name", "")) if draft.model == "organisation" else draft.organisation_name


def _named_in(model: str, drafts: Sequence[Draft]) -> set[str]:
    """Numbers of records of this kind that the list has or points to."""
    keys = {d.key for d in drafts if d.model == model}
    if model == "organisation":
        keys |= {d.organisation_key or d.organisation_name or "(none)" for d in drafts}
    if model == "location":
        keys |= {held.location for d in drafts for held in d.at or ()}
    return keys


def _pieces(ids: Sequence[Any], size: int = 5_000) -> Iterable[Sequence[Any]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
