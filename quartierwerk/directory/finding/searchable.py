"""What of the directory can be found, and in which words."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import time
from functools import cache

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone, translation

from quartierwerk.languages import tags
from quartierwerk.languages.states import TranslationState
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.search import kinds
from quartierwerk.search.index import Document, Text

from ..kinds import Known
from ..models import (
    Contact,
    Location,
    Offer,
    OfferedAt,
    OfferSchedule,
    OfferText,
    Organisation,
    OrganisationText,
)
from ..topics import TOPICS


def _offers() -> QuerySet[Offer]:
    today = timezone.localdate()
    return Offer.published.filter(Q(valid_until=None) | Q(valid_until__gte=today))


def _actors() -> QuerySet[Organisation]:
    return Organisation.published.all()


def _offer_documents(rows: QuerySet[Offer]) -> Iterable[Document]:
    held_at = OfferedAt.everywhere.select_related("location", "location__address", "location__address__space")
    for offer in rows.with_everything().prefetch_related(Prefetch("held_at", held_at)):
        places = [offer.address, *(one.location.address for one in offer.held_at.all())]
        spaces = [offer.space, *(place.space for place in places if place)]
        names = [one.location.name for one in offer.held_at.all()]
        # Names and places find an offer in every language; they are the same in all.
        extra = _joined(offer.organisation.name, *spaces, *places, *names)
        texts = _texts(offer, "title", _TEXTS_OF_OFFERS, extra)
        own = texts[offer.language]
        more = _joined(
            offer.audience, offer.specialities, offer.trial, offer.costs_covered, offer.gear, offer.level
        )
        texts[offer.language] = replace(own, text="\n".join(filter(None, (own.text, more))))
        yield Document(
            kind="offers",
            id=str(offer.pk),
            tenant=offer.tenant_id,
            texts=texts,
            source_lang=offer.language,
            facets=_facets_of_offer(offer, spaces),
            also=offer.serves_tenants,
            places=_names(spaces),
            labels=_labels(offer.topics, (offer.get_kind_display, offer.get_course_type_display)),
            concepts=_concepts_of_offer(offer),
        )


_TEXTS_OF_OFFERS = ("description", "hours", "cost", "registration_how", "accessibility")
_KNOWN = (Known.YES, Known.NO)
_EVENING, _NOON = time(17), time(12)


def _facets_of_offer(offer: Offer, spaces: Iterable[SocialSpace | None]) -> list[str]:
    """Unknown is no value: it matches no filter."""
    facts = (("free", offer.is_free), ("childcare", offer.childcare), ("step_free", offer.step_free))
    return [
        f"kind:{offer.kind}",
        *(f"topic:{code}" for code in offer.topics),
        *(f"language:{tag}" for tag in offer.languages_spoken),
        *(f"quarter:{pk}" for pk in dict.fromkeys(str(space.pk) for space in spaces if space)),
        *(f"{name}:{value}" for name, value in facts if value in _KNOWN),
    ]


def _concepts_of_offer(offer: Offer) -> list[str]:
    """What fields with fixed values say, in the codes of the synonym ring."""
    times = list(offer.schedules.all())
    said = {
        "free": offer.is_free == Known.YES,
        "childcare": offer.childcare == Known.YES or bool(offer.childcare_places),
        "step_free": offer.step_free == Known.YES,
        "beginners": offer.level in ("A0", "A1"),
        "advanced": offer.level in ("B1", "B2", "C1", "C2"),
        "evening": any(one.opens_at and one.opens_at >= _EVENING for one in times),
        "morning": any(one.opens_at and one.opens_at < _NOON for one in times),
        "weekend": any(day in ("SA", "SU") for one in times for day in one.weekdays),
    }
    return [code for code, is_said in said.items() if is_said]


def _actor_documents(rows: QuerySet[Organisation]) -> Iterable[Document]:
    for actor in rows.select_related("address", "address__space", "space").with_texts():
        spaces = [actor.space, actor.address.space if actor.address else None]
        yield Document(
            kind="actors",
            id=str(actor.pk),
            tenant=actor.tenant_id,
            texts=_texts(
                actor, "name", ("about", "hours"), _joined(*spaces, actor.address, actor.legal_name)
            ),
            source_lang=actor.language,
            facets=[
                *(f"topic:{code}" for code in actor.topics),
                *(f"language:{tag}" for tag in actor.languages_spoken),
                *(f"quarter:{pk}" for pk in dict.fromkeys(str(space.pk) for space in spaces if space)),
                *(f"role:{code}" for code in actor.roles),
            ],
            places=_names(spaces),
            labels=_labels(actor.topics),
        )


def _joined(*parts: object) -> str:
    return " ".join(dict.fromkeys(str(part) for part in parts if part))


def _names(spaces: Iterable[SocialSpace | None]) -> list[str]:
    return list(dict.fromkeys(space.name for space in spaces if space))


def _labels(topics: Iterable[str], displays: Iterable[Callable[[], object]] = ()) -> dict[str, str]:
    """Words of fixed values in every language of the portal, so that each reader can search by her own."""
    labels = {}
    for language in tags.INTERFACE:
        with translation.override(language):
            topic_names = (_topic_name(code, language) for code in topics)
            labels[language] = _joined(*topic_names, *(display() for display in displays))
    return labels


@cache
def _topic_name(code: str, language: str) -> str:
    return str(TOPICS[code].label) if code in TOPICS else ""


def _texts(record, title: str, others: tuple[str, ...], extra: str) -> dict[str, Text]:
    """One entry a language: the source, and each language with a finished translation of any text."""
    own = {name: getattr(record, name) for name in others}
    texts = {
        record.language: Text(
            getattr(record, title), "\n".join(filter(None, own.values())), extra, record.source_id
        )
    }
    by_language: dict[str, dict[str, str]] = {}
    for row in record.translations.all():
        if row.text and row.state != TranslationState.IN_WORK:
            by_language.setdefault(row.language, {})[row.text_name] = row.text
    for language, found in by_language.items():
        if language == record.language:
            continue
        text = "\n".join(found[name] for name in others if name in found)
        texts[language] = Text(found.get(title, getattr(record, title)), text, extra, record.source_id)
    return texts


def register() -> None:
    kinds.add(
        kinds.Kind(
            "offers",
            _offers,
            _offer_documents,
            told_by=(
                (Offer, "id"),
                (OfferText, "record_id"),
                (Contact, "offer_id"),
                (OfferSchedule, "offer_id"),
                (OfferedAt, "offer_id"),
                (Location, "id", (OfferedAt, "location_id", "offer_id")),
                (Organisation, "id", (Offer, "organisation_id")),
                (Address, "id", (Offer, "address_id")),
                (SocialSpace, "id", (Offer, "space_id")),
                (SocialSpace, "id", (Address, "space_id"), (Offer, "address_id")),
            ),
        )
    )
    kinds.add(
        kinds.Kind(
            "actors",
            _actors,
            _actor_documents,
            told_by=(
                (Organisation, "id"),
                (OrganisationText, "record_id"),
                (Location, "organisation_id"),
                (Address, "id", (Organisation, "address_id")),
                (SocialSpace, "id", (Organisation, "space_id")),
            ),
        )
    )
