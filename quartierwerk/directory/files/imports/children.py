"""What belongs to a record and travels with it: contacts, times, translations, places. Whole or not at all.

Rows that an earlier import made are known by their key and follow the file. What staff added beside them stays.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, QuerySet

from quartierwerk.languages.states import is_outdated

from ...models import (
    Contact,
    LocationSchedule,
    OfferedAt,
    OfferSchedule,
    OfferText,
    OrganisationContact,
    OrganisationText,
)
from .fresh import fresh
from .rows import Draft, HeldAt, Text

# By kind of record: kind of draft's list → its rows' model and the name of the foreign key.
ROWS: dict[str, dict[str, tuple[type[Model], str]]] = {
    "organisation": {"contacts": (OrganisationContact, "organisation")},
    "location": {"schedules": (LocationSchedule, "location")},
    "offer": {"contacts": (Contact, "offer"), "schedules": (OfferSchedule, "offer")},
}
TEXTS: dict[str, type[Model]] = {"organisation": OrganisationText, "offer": OfferText}
_LABELS = {"contacts": "contact", "schedules": "schedule"}


class Children:
    """The stored children of the records an import meets, and what becomes of them."""

    def __init__(self, planner: Any, drafts: Sequence[Draft]) -> None:
        self.planner = planner
        self.known: dict[type[Model], dict[uuid.UUID, list[Any]]] = {}
        for kind, lists in ROWS.items():
            for name, (model, parent) in lists.items():
                spoken = any(d.model == kind and getattr(d, name) is not None for d in drafts)
                order = ("position", "id")
                self.known[model] = self._load(model, parent, kind, order) if spoken else {}
        for kind, model in TEXTS.items():
            spoken = any(d.model == kind and d.texts for d in drafts)
            self.known[model] = self._load(model, "record", kind, ("id",)) if spoken else {}
        spoken = any(d.at for d in drafts)
        self.known[OfferedAt] = self._load(OfferedAt, "offer", "offer", ("id",)) if spoken else {}
        self.numbers_at = set(
            OfferedAt.objects.filter(source=planner.order.source).values_list("source_id", flat=True)
            if spoken
            else ()
        )

    def _load(
        self, model: type[Model], parent: str, kind: str, order: Iterable[str]
    ) -> dict[uuid.UUID, list[Any]]:
        found: dict[uuid.UUID, list[Any]] = defaultdict(list)
        parents = list({record.pk for record in self.planner.stored[kind].values()})
        for start in range(0, len(parents), 5_000):
            rows: QuerySet[Any] = model.objects.filter(**{f"{parent}__in": parents[start : start + 5_000]})  # type: ignore[attr-defined]
            for row in self.planner.locked(rows).order_by(*order):
                found[getattr(row, f"{parent}_id")].append(row)
        return found

    def settle(self, draft: Draft, record: Any, *, whole: bool) -> list[str]:
        """Names of the lists that changed. `whole`: the file says all there is, our own rows among it."""
        changed = []
        for name, (model, parent) in ROWS[draft.model].items():
            wanted = getattr(draft, name)
            if wanted is not None and self._rows(model, parent, _LABELS[name], record, wanted, whole):
                changed.append(name)
        if draft.texts and self._texts(TEXTS[draft.model], record, draft.texts):
            changed.append("translations")
        if draft.at is not None and self._held_at(record, draft.at):
            changed.append("places")
        return changed

    def contacts_of(self, offer: Any) -> list[Any]:
        return self.known[Contact].get(offer.pk, [])

    def _rows(
        self,
        model: type[Model],
        parent: str,
        label: str,
        record: Any,
        wanted: list[dict[str, Any]],
        whole: bool,
    ) -> bool:
        known = self.known[model].get(record.pk, [])
        by_key = {row.pk: row for row in known}
        changed = False
        for place, values in enumerate(wanted):
            key = self._key(label, record.pk, place)
            row = by_key.get(key)
            if row is None and whole and place < len(known):
                row = known[place]
            if row is None:
                row = fresh(model, id=key, position=place, **{f"{parent}_id": record.pk})
                self.planner.plan.settle(row, values, is_new=True)
                changed = True
            else:
                changed |= bool(self.planner.plan.settle(row, values, is_new=False))
        ours = {self._key(label, record.pk, place) for place in range(len(wanted), len(wanted) + len(known))}
        for place, row in enumerate(known):
            surplus = row.pk in ours or (whole and place >= len(wanted))
            if surplus and not getattr(row, "name", ""):  # a person that staff named stays
                self.planner.plan.removed[model].append(row.pk)
                changed = True
        return changed

    def _key(self, label: str, parent: uuid.UUID, place: int) -> uuid.UUID:
        return self.planner.id_for(label, f"{parent}:{place}" if place else str(parent))

    def _texts(self, model: type[Model], record: Any, texts: dict[str, dict[str, Text]]) -> bool:
        known = {(row.text_name, row.language): row for row in self.known[model].get(record.pk, [])}
        changed = False
        for language, by_name in texts.items():
            for name, wanted in by_name.items():
                source = getattr(record, name)
                row = known.get((name, language))
                # What it was made from is not told, only that it was something else.
                made_from = ("" if source.strip() else "…") if wanted.is_outdated else source
                if row is None:
                    key = self.planner.id_for("text", f"{record.pk}:{name}:{language}")
                    row = fresh(model, id=key, record_id=record.pk, text_name=name, language=language)
                    values = {"text": wanted.text, "state": wanted.state, "source_text": made_from}
                    self.planner.plan.settle(row, values, is_new=True)
                    changed = True
                    continue
                values = {"text": wanted.text, "state": wanted.state}
                if is_outdated(row.source_text, source) != wanted.is_outdated or row.text != wanted.text:
                    values["source_text"] = made_from
                changed |= bool(self.planner.plan.settle(row, values, is_new=False))
        return changed

    def _held_at(self, offer: Any, at: list[HeldAt]) -> bool:
        known = {row.location_id: row for row in self.known[OfferedAt].get(offer.pk, [])}
        changed, here = False, set()
        for one in at:
            location = self.planner.stored["location"].get(one.location)
            if location is None or location.pk in here:
                continue
            here.add(location.pk)
            row = known.get(location.pk)
            if row is not None:
                changed |= bool(
                    self.planner.plan.settle(
                        row, {} if one.kept is None else {"kept_columns": one.kept}, is_new=False
                    )
                )
                continue
            row = fresh(
                OfferedAt,
                id=self.planner.id_for("held", f"{offer.pk}:{location.pk}"),
                offer_id=offer.pk,
                location_id=location.pk,
            )
            if one.number and one.number not in self.numbers_at:
                self.numbers_at.add(one.number)
                row.source, row.source_id = self.planner.order.source, one.number
            self.planner.plan.settle(row, {"kept_columns": one.kept or {}}, is_new=True)
            changed = True
        for location_id, row in known.items():
            if location_id not in here and row.source == self.planner.order.source:
                self.planner.plan.removed[OfferedAt].append(row.pk)
                changed = True
        return changed
