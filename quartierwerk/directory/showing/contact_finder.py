"""Whom to ask: by postcode and programme, municipal and welfare contacts side by side (W5.2)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Prefetch

from quartierwerk.languages.names import fold, sort_key
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant
from quartierwerk.web.context import Contact

from ..models import Organisation, OrganisationContact, OrganisationRole
from ..standing_in import Person, persons


class Reading(StrEnum):
    """What a postcode turned out to be."""

    NOTHING = "nothing"  # none was asked for
    KNOWN = "known"
    UNKNOWN = "unknown"  # a German postcode of nobody here
    TYPO = "typo"


@dataclass(frozen=True)
class Postcode:
    reading: Reading
    typed: str = ""
    alike: tuple[str, ...] = ()  # known postcodes that may be meant


@dataclass
class Office:
    """An organisation with the people to ask there."""

    organisation: Organisation
    persons: list[Person]


@dataclass
class Place:
    """Contacts of one municipality, or of the Region where no municipality is known."""

    tenant: Tenant
    municipal: list[Office] = field(default_factory=list)
    welfare: list[Office] = field(default_factory=list)
    # Nobody is named for the programme: these answer for everything.
    is_general: bool = False

    @property
    def contact(self) -> Contact | None:
        """The municipality's own office, where it does not stand among the organisations anyway."""
        tenant = self.tenant
        phones = {one.contact.phone for office in self.municipal for one in office.persons}
        if not tenant.contact_office or tenant.contact_phone in phones:
            return None
        parts = ("place", "phone", "email", "hours")
        return Contact(tenant.contact_office, **{part: getattr(tenant, f"contact_{part}") for part in parts})


def read_postcode(typed: str, known: Iterable[str]) -> Postcode:
    """Five digits, known here or not; anything else is a slip, with what may be meant."""
    text = re.sub(r"^D[\s-]*", "", typed.strip(), flags=re.IGNORECASE).replace(" ", "")
    if not text:
        return Postcode(Reading.NOTHING)
    postcodes = sorted(set(known))
    if text in postcodes:
        return Postcode(Reading.KNOWN, text)
    if re.fullmatch(r"\d{5}", text):
        return Postcode(Reading.UNKNOWN, text, tuple(one for one in postcodes if _swapped(text, one)))
    return Postcode(Reading.TYPO, typed.strip()[:20], tuple(one for one in postcodes if _slip(text, one)))


def _slip(typed: str, real: str) -> bool:
    """One digit too few or too many."""
    longer, shorter = sorted((typed, real), key=len, reverse=True)
    return len(longer) - len(shorter) == 1 and any(
        longer[:gap] + longer[gap + 1 :] == shorter for gap in range(len(longer))
    )


def _swapped(typed: str, real: str) -> bool:
    """Two neighbouring digits in the wrong order."""
    return any(
        typed[:gap] + typed[gap + 1] + typed[gap] + typed[gap + 2 :] == real
        for gap in range(len(typed) - 1)
        if typed[gap] != typed[gap + 1]
    )


def known_postcodes() -> list[str]:
    return [one for codes in Tenant.objects.values_list("postcodes", flat=True) for one in codes]


def region_of(tenant: Tenant) -> Tenant:
    """Who answers for people of elsewhere: the Region, or the municipality itself where it has none."""
    return tenant.parent or tenant


def places_for(postcode: Postcode, here: Tenant) -> list[Tenant]:
    """Municipalities whose contacts answer: both towns of a postcode, the Region for an unknown one."""
    if postcode.reading is Reading.KNOWN:
        return list(Tenant.objects.at_postcode(postcode.typed).select_related("parent"))
    if postcode.reading is Reading.UNKNOWN:
        return [region_of(here)]
    return [here]


def place(tenant: Tenant, postcode: str, programme: str, today: date) -> Place:
    """Contacts of one municipality. Three queries."""
    with scope.entered(scope.portal(tenant)):
        rows = (
            Organisation.published.filter(
                tenant=tenant, roles__overlap=[OrganisationRole.AUTHORITY, OrganisationRole.WELFARE]
            )
            .select_related("address")
            .order_by("sort_key", "pk")
            .prefetch_related(Prefetch("contacts", OrganisationContact.everywhere.all()))
        )
        offices = [(one, list(one.contacts.all())) for one in rows]
    found = Place(tenant)
    _fill(found, offices, postcode, programme, today)
    if programme and not (found.municipal or found.welfare):
        found.is_general = True
        _fill(found, offices, postcode, "", today)
    return found


def _fill(
    found: Place,
    offices: Sequence[tuple[Organisation, list[OrganisationContact]]],
    postcode: str,
    programme: str,
    today: date,
) -> None:
    for organisation, contacts in offices:
        if not serves(organisation.serves_postcodes, postcode):
            continue
        wanted = [one for one in contacts if answers(one, postcode, programme)]
        # A deputy stands in for whom she is named, whatever her own programmes are.
        numbers = {one.pk for one in wanted}
        wanted += [one for one in contacts if one.deputy_of_id in numbers and one.pk not in numbers]
        office = Office(organisation, persons(wanted, today))
        if not wanted and (programme or not (organisation.phone or organisation.email)):
            continue
        side = found.municipal if OrganisationRole.AUTHORITY in organisation.roles else found.welfare
        side.append(office)


def serves(postcodes: Sequence[str], postcode: str) -> bool:
    """Empty means everybody; without a postcode nobody is left out."""
    return not postcode or not postcodes or postcode in postcodes


def answers(contact: OrganisationContact, postcode: str, programme: str) -> bool:
    if not serves(contact.postcodes, postcode):
        return False
    return not programme or any(fold(one) == fold(programme) for one in contact.programmes)


def programmes(tenants: Iterable[Tenant]) -> list[str]:
    """Terms on the public contacts of these municipalities, each once, as written first."""
    terms: dict[str, str] = {}
    for tenant in tenants:
        with scope.entered(scope.portal(tenant)):
            rows = OrganisationContact.published.exclude(programmes=[]).values_list("programmes", flat=True)
            for one in (one for row in rows for one in row):
                terms.setdefault(fold(one), one)
    return sorted(terms.values(), key=sort_key)
