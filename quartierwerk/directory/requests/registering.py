"""A place in a course, group or sport: asked for by a visitor, seen and taken back by her code."""

import secrets
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from quartierwerk import journal
from quartierwerk.languages.names import fold
from quartierwerk.people import throttling
from quartierwerk.tenants import scope
from quartierwerk.web import codes, reach

from .. import rules
from ..models import Offer, Registration
from .registrations import give_back
from .telling import tell_provider

S = Registration.State


class NoRegistration(Exception):
    """Raised where the offer takes no names, or no more."""


def ask_for_place(request, offer: Offer, values: dict) -> str:
    """Put a person on the list and return her code; who is on it already keeps her place and code.

    Raises NoRegistration and TooMany.
    """
    free = rules.free_seats(offer.seats, offer.seats_taken)
    if not rules.takes_registrations(offer.kind, offer.registration, offer.has_waiting_list, free):
        raise NoRegistration
    throttling.count(request, "registration")
    throttling.count_for_place(request, "registration_place")
    with scope.entered(scope.staff(offer.tenant)), transaction.atomic():
        # Two forms of one person wait for each other here.
        Offer.objects.select_for_update().get(pk=offer.pk)
        if known := _known(offer, values["name"], values["reach"]):
            return _code_again(known)
        registration = Registration(
            offer=offer,
            name=values["name"],
            reach=values["reach"],
            language=values["language"],
            children=values.get("children") or 0,
        )
        code = code_of(registration.pk)
        registration.code_hash = codes.hash_of(code)
        registration.save()
        journal.record("place asked for", registration, by=request.person)
        tell_provider(request, offer, "place asked for", f"place {registration.pk}", "registrations")
    return code


def _known(offer: Offer, name: str, way: str) -> Registration | None:
    """Her entry that still counts. A family shares a phone, so the name must be the same too."""
    waiting = Registration.objects.filter(offer=offer, state__in=(S.WAITING, S.PLACED))
    return next(
        (
            one
            for one in waiting
            if fold(one.name) == fold(name) and reach.key_of(one.reach) == reach.key_of(way)
        ),
        None,
    )


def _code_again(registration: Registration) -> str:
    code = code_of(registration.pk)
    if registration.code_hash != codes.hash_of(code):  # the installation's key was changed since
        registration.code_hash = codes.hash_of(code)
        registration.save(update_fields=["code_hash"])
    return code


def code_of(pk: UUID) -> str:
    """Follows from the number and the installation's key, so that asking twice gives the same one."""
    return codes.derived("registration", pk.bytes)


def find(tenant, code: str) -> Registration | None:
    """Who shows the code; in the staff scope of the tenant, since visitors read no registrations."""
    found = Registration.objects.filter(code_hash=codes.hash_of(code)).select_related(
        "offer", "offer__organisation"
    )
    one = found.first()
    return one if one and secrets.compare_digest(one.code_hash, codes.hash_of(code)) else None


@transaction.atomic
def withdraw(registration: Registration, *, by) -> None:
    """Taken back by herself: name and way go at once, that there was an entry stays."""
    offer = Offer.objects.select_for_update(no_key=True).get(pk=registration.offer_id)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    if registration.state == S.WITHDRAWN:
        return
    if registration.state == S.PLACED:
        give_back(offer)
    registration.state = S.WITHDRAWN
    registration.name = registration.reach = registration.note = ""
    registration.children = 0
    registration.last_contact_at = timezone.now()
    registration.save(update_fields=["state", "name", "reach", "note", "children", "last_contact_at"])
    journal.record("place taken back", registration, by=by)


def place_in_list(registration: Registration) -> int:
    """1 for whoever is next."""
    return (
        Registration.objects.filter(
            offer=registration.offer_id, state=S.WAITING, asked_at__lt=registration.asked_at
        ).count()
        + 1
    )
