"""Values of rows as people read them, with the records they name fetched at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from quartierwerk.journal.register import Versioned
from quartierwerk.languages import tags
from quartierwerk.languages.models import Translation
from quartierwerk.languages.segments import word_changes
from quartierwerk.web import editing

from .tables import Snapshot, pointed_at

LONGEST_COMPARED = 8_000  # characters; beyond, marking single words takes long and shows nothing
How = Literal["same", "removed", "added"]


@dataclass(frozen=True)
class Difference:
    """One field with its old and its new value, each in marked pieces."""

    label: str
    old: list[tuple[How, str]]
    new: list[tuple[How, str]]


class Words:
    """Puts snapshots into words; knows the names of all records that they point to, one query a kind of record."""

    def __init__(self, kind: Versioned, reader: str, snapshots: Iterable[Snapshot]):
        self.kind, self.reader = kind, reader
        wanted: dict[type[Model], set] = defaultdict(set)
        for one in snapshots:
            for field in one.table.shown():
                if field.is_relation and one.value(field):
                    wanted[pointed_at(field)].add(one.value(field))
        self.named = {model: model._default_manager.in_bulk(pks) for model, pks in wanted.items()}

    def value(self, one: Snapshot, field: Field) -> str:
        plain = one.value(field)
        if one.forgotten and field in one.table.personal():
            return _("erased")
        if plain in (None, "", [], {}):
            return ""
        if field.is_relation:
            named = self.named[pointed_at(field)].get(plain)
            return str(named) if named is not None else _("no longer there")
        if field.name in self.kind.words:
            return self.kind.words[field.name](plain, self.reader)
        if field.name == "language":
            return tags.name(plain, self.reader)
        return str(editing.as_text(one.table.model(**{field.attname: plain}), field.name))

    def title(self, one: Snapshot) -> str:
        """What a row that hangs on the record is called: "Translation: title (Arabic)", "Contact: course advice"."""
        if one.table.is_record:
            return ""
        if issubclass(one.table.model, Translation):
            written: Any = self.kind.model._meta.get_field(one.values["text_name"])
            text = capfirst(str(written.verbose_name))
            return f"{text} ({tags.name(one.values['language'], self.reader)})"
        label = capfirst(str(one.table.model._meta.verbose_name))
        plain = {
            field.attname: one.value(field) for field in one.table.told_fields() if not field.is_relation
        }
        try:
            name = str(one.table.model(**plain)).strip()
        except ObjectDoesNotExist:
            name = ""  # called by what it points to, which stands among its values
        return f"{label}: {name}" if name else label

    def differences(self, old: Snapshot | None, new: Snapshot | None) -> list[Difference]:
        """What changed from one state to the next; None or a deleted row has no values."""
        old = old if old and old.is_there else None
        new = new if new and new.is_there else None
        either = new or old
        if either is None:
            return []
        found = []
        for field in either.table.shown():
            if old and new and old.value(field) == new.value(field):
                continue
            before, after = (self.value(one, field) if one else "" for one in (old, new))
            if before != after:
                found.append(Difference(capfirst(str(field.verbose_name)), *marked(before, after)))
        return found


def marked(old: str, new: str) -> tuple[list[tuple[How, str]], list[tuple[How, str]]]:
    """Both wordings with the words marked that went and came; nothing is marked where all came or went."""
    if not old or not new:
        return ([("same", old)] if old else []), ([("same", new)] if new else [])
    if len(old) + len(new) > LONGEST_COMPARED:
        return [("removed", old)], [("added", new)]
    pieces = word_changes(old, new)
    return [one for one in pieces if one[0] != "added"], [one for one in pieces if one[0] != "removed"]
