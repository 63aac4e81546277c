"""Two entries side by side: what both say alike, what only one says, and where somebody has to choose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from quartierwerk.languages import tags
from quartierwerk.tenants.models import Visibility
from quartierwerk.web.editing import as_text

from ..editing.forms import OfferForm, OrganisationForm
from ..models import Offer, Organisation
from . import rules
from .rules import Pair, Standing, Take

Entry = Offer | Organisation

# What the forms ask for; the language travels with each text.
_FORMS: dict[type[Entry], type[OfferForm] | type[OrganisationForm]] = {
    Offer: OfferForm,
    Organisation: OrganisationForm,
}


def fields_of(model: type[Entry]) -> list[str]:
    return [*(name for name in _FORMS[model]._meta.fields or () if name != "language"), "address"]


def pair_of(here: Entry, there: Entry, name: str) -> Pair:
    return Pair(_comparable(here, name), _comparable(there, name))


def _comparable(record: Entry, name: str) -> Any:
    """Two rows of one address are the same place."""
    if name == "address":
        return str(record.address or "")
    return getattr(record, record._meta.get_field(name).attname)  # type: ignore[union-attr]


def pairs_of(here: Entry, there: Entry) -> dict[str, Pair]:
    return {name: pair_of(here, there, name) for name in fields_of(type(here))}


def standing(record: Entry) -> Standing:
    is_placeholder = isinstance(record, Organisation) and record.is_placeholder
    return Standing(record.visibility == Visibility.PUBLIC, is_placeholder, record.confirmed_at)


def seal(here: Entry, there: Entry) -> str:
    """How both stood when the page was made: who chose then is not taken to have chosen about what came later."""
    return f"{here.changed_at.isoformat()} {there.changed_at.isoformat()}"


@dataclass(frozen=True)
class Side:
    """One way to choose."""

    take: Take
    words: str
    lang: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """One field on the page. `sides` where somebody chooses, else `words`: what will stand there."""

    name: str
    label: str
    words: str = ""
    lang: str = ""
    sides: tuple[Side, ...] = ()
    is_missing: bool = False


@dataclass
class Comparison:
    """Everything the page shows of two entries that may become one."""

    here: Entry
    there: Entry
    reader: str
    chosen: Mapping[str, Take] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @cached_property
    def pairs(self) -> dict[str, Pair]:
        return pairs_of(self.here, self.there)

    @property
    def seal(self) -> str:
        return seal(self.here, self.there)

    @cached_property
    def asked(self) -> list[Row]:
        return [self._asked(name, pair) for name, pair in self.pairs.items() if pair.needs_choice]

    @cached_property
    def taken_over(self) -> list[Row]:
        """What only the entry that goes says: it stays."""
        return [
            self._settled(name, self.there)
            for name, pair in self.pairs.items()
            if not pair.needs_choice and pair.settled() == Take.THERE
        ]

    @cached_property
    def unchanged(self) -> list[Row]:
        """What both say alike, or only the entry that stays."""
        return [
            self._settled(name, self.here)
            for name, pair in self.pairs.items()
            if not pair.needs_choice and pair.settled() == Take.HERE and rules.says_something(pair.here)
        ]

    def _settled(self, name: str, record: Entry) -> Row:
        words = self._words(record, name)
        return Row(name, _label(record, name), words, _language(record, name))

    def _asked(self, name: str, pair: Pair) -> Row:
        sides = []
        for take in pair.choices:
            record = self.there if take == Take.THERE else self.here
            words = _("both together") if take == Take.BOTH else self._words(record, name)
            lang = "" if take == Take.BOTH else _language(record, name)
            sides.append(Side(take, words, lang, self.chosen.get(name) == take))
        return Row(name, _label(self.here, name), sides=tuple(sides), is_missing=name in self.missing)

    def _words(self, record: Entry, name: str) -> str:
        if name == "languages_spoken":
            return ", ".join(tags.name(code, self.reader) for code in record.languages_spoken)
        return str(as_text(record, name))

    @property
    def will_be_public(self) -> bool:
        """Only said where one of both is not."""
        return self.here.visibility != self.there.visibility and Visibility.PUBLIC in (
            self.here.visibility,
            self.there.visibility,
        )

    @property
    def is_better_reversed(self) -> bool:
        return rules.better_to_keep(standing(self.here), standing(self.there))


def _label(record: Entry, name: str) -> str:
    found: Any = record._meta.get_field(name)
    return capfirst(str(found.verbose_name))


def _language(record: Entry, name: str) -> str:
    return record.language_of(name) if name in record.TEXTS else ""


def chosen_in(posted: Mapping[str, str]) -> dict[str, Take]:
    """`take-<field>` = here, there or both; what is none of these says nothing."""
    return {
        name.removeprefix("take-"): Take(value)
        for name, value in posted.items()
        if name.startswith("take-") and value in set(Take)
    }


def title_of(record: Entry) -> str:
    return record.title if isinstance(record, Offer) else record.name
