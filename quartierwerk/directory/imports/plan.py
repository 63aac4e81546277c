"""Drafts beside what is stored: what is new, what changes, what stays; missing parents and possible duplicates.

The file wins: a field whose column it has takes the file's value, all others stay as they are. What visitors see is
not decided anew: a record that staff withdrew stays withdrawn, unless the file's own word on it changed.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.languages.names import name_key
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.tenants.models import Tenant, Visibility

from ..models import Contact, Location, Offer, Organisation
from .rows import Draft

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


@dataclass
class Plan:
    """Records to write, children after their parents. Nothing in it is stored yet."""

    added: dict[type[Model], list[Model]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[type[Model], list[Model]] = field(default_factory=lambda: defaultdict(list))
    changed_fields: dict[type[Model], set[str]] = field(default_factory=lambda: defaultdict(set))
    removed_contacts: list[uuid.UUID] = field(default_factory=list)
    places: set[uuid.UUID] = field(default_factory=set)  # addresses that must follow what stands there
    outcomes: dict[str, dict[str, int]] = field(default_factory=dict)
    placeholders: list[Organisation] = field(default_factory=list)

    def settle(self, record: Model, wanted: dict[str, Any], *, is_new: bool) -> list[str]:
        """Put the wanted values into the record; the names of those that differed."""
        differ = [name for name, value in wanted.items() if getattr(record, name) != value]
        for name in differ:
            setattr(record, name, wanted[name])
        model = type(record)
        if is_new:
            self.added[model].append(record)
        elif differ:
            self.changed[model].append(record)
            self.changed_fields[model].update(differ)
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
        used = {record.address_id for rows in self.stored.values() for record in rows.values()} - {None}
        self.addresses: dict[uuid.UUID, Address] = _in_bulk(
            Address, used | {self._address_id(d) for d in drafts}
        )
        self.new_addresses: set[uuid.UUID] = set()
        self.contacts: dict[uuid.UUID, list[Contact]] = defaultdict(list)
        for some in _pieces([offer.pk for offer in self.stored["offer"].values()]):
            for contact in Contact.objects.filter(offer__in=some).order_by("position", "id"):
                self.contacts[contact.offer_id].append(contact)
        self.organisations: dict[str, Organisation] = dict(self.stored["organisation"])
        self.by_name: dict[str, list[Organisation]] = defaultdict(list)
        for organisation in Organisation.objects.only("id", "name", "tenant", "is_placeholder"):
            self.by_name[name_key(organisation.name)].append(organisation)
        # By key of the name: each organisation of that name, and the rows that speak of it.
        self.rows_by_name: dict[str, dict[uuid.UUID, list[Draft]]] = defaultdict(dict)

    def _stored(self, model: str, drafts: Sequence[Draft]) -> dict[str, Any]:
        """Records of this source by their number there; our own numbers find our own records."""
        rows = MODELS[model].objects.filter(source=self.order.source)  # type: ignore[attr-defined]
        found = {record.source_id: record for record in rows}
        if self.order.own_ids:
            keys = {d.key for d in drafts if d.model == model}
            if model == "organisation":
                keys |= {d.organisation_key for d in drafts}
            ours = {identifier for key in keys if (identifier := _as_uuid(key))}
            found |= {str(pk): record for pk, record in _in_bulk(MODELS[model], ours).items()}
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
        record = self.stored[draft.model].get(draft.key)
        is_new = record is None
        if record is None:
            record = model(
                id=self.id_for(draft.model, draft.key), source=self.order.source, source_id=draft.key
            )
            record.visibility = self._visibility(draft)  # type: ignore[attr-defined]
            if draft.model != "location":
                record.language = self.order.language  # type: ignore[attr-defined]
            self.stored[draft.model][draft.key] = record
        wanted: dict[str, Any] = dict(draft.values)
        if draft.model == "location":
            wanted.pop("language", None)
        wanted["kept_columns"] = draft.kept
        if self.order.own_ids:  # our own word on it, perhaps edited since
            was_open = record.visibility == Visibility.PUBLIC
        else:
            was_open = record.kept_columns.get("status") != "inactive"
            wanted["kept_columns"] = draft.kept if draft.is_open else draft.kept | {"status": "inactive"}
        if not is_new and draft.status and draft.is_open != was_open:
            wanted["visibility"] = self._visibility(draft)
        if draft.model == "organisation":
            wanted["is_placeholder"] = False
            self.organisations[draft.key] = record
        else:
            wanted["organisation_id"] = self._organisation(draft).pk
        if draft.address is not None:
            wanted["address_id"], address_changed = self._address(draft, record)
        else:
            address_changed = False
        if draft.quarter and draft.model != "location":
            if space := self.spaces.get(name_key(draft.quarter)):
                wanted["space_id"] = space.pk
            else:
                draft.row.warn(
                    "quarter",
                    _("There is no quarter “%(name)s” here.") % {"name": draft.quarter},
                    typed=draft.quarter,
                    advice=_("Please correct the name or enter the quarter first."),
                )
                wanted["kept_columns"] = {**wanted["kept_columns"], "quarter": draft.quarter}
        if draft.model == "offer":
            shown = wanted.get("visibility", record.visibility if is_new else "")
            if shown == Visibility.PUBLIC and record.published_at is None:
                wanted["published_at"] = timezone.now()
        before = record.address_id
        differ = self.plan.settle(record, wanted, is_new=is_new)
        self.plan.places |= {pk for pk in (before, record.address_id) if self._shows_otherwise(pk, record)}
        if differ and not is_new and draft.model != "location" and {"name", "title"} & set(differ):
            self.plan.changed_fields[model].add("sort_key")
        if draft.model == "organisation":
            self._speaks_of(record, draft)
        contact_changed = draft.contact is not None and self._contact(draft.contact, record)
        if is_new:
            return "added"
        draft.row.changed += sorted(
            {*differ, *(["address"] * address_changed), *(["contact"] * bool(contact_changed))}
        )
        return "changed" if differ or address_changed or contact_changed else "unchanged"

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
        self.addresses[key] = address = Address(id=key, visibility=record.visibility)
        self.new_addresses.add(key)
        self.plan.settle(address, wanted, is_new=True)
        return key, False

    def _contact(self, wanted: dict[str, str], offer: Any) -> bool:
        """Whether the contact changed. Only the one an import made is emptied; of our own export, the first counts."""
        key = self.id_for("contact", str(offer.pk))
        known = self.contacts.get(offer.pk, [])
        contact = next(
            (one for one in known if one.pk == key), known[0] if known and self.order.own_ids else None
        )
        if not wanted:
            if contact and contact.pk == key and not contact.name:
                self.plan.removed_contacts.append(key)
                return True
            return False
        if contact is None:
            self.plan.settle(Contact(id=key, offer_id=offer.pk), wanted, is_new=True)
            return True
        return bool(self.plan.settle(contact, wanted, is_new=False))

    # --- its organisation

    def _organisation(self, draft: Draft) -> Organisation:
        key, name = draft.organisation_key, draft.organisation_name
        if key:
            return self.organisations.get(key) or self._placeholder(key, name, draft)
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


def _in_bulk(model: type[Model], ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Any]:
    found: dict[uuid.UUID, Any] = {}
    for some in _pieces(list(ids)):
        found |= model.objects.in_bulk(some)  # type: ignore[attr-defined]
    return found


def _pieces(ids: Sequence[uuid.UUID], size: int = 5_000) -> Iterable[Sequence[uuid.UUID]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _as_uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
