"""What of the directory can be found, and in which words."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from quartierwerk.languages.states import TranslationState
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.search import kinds
from quartierwerk.search.index import Document, Text

from .models import Contact, Location, Offer, OfferText, Organisation, OrganisationText


def _offers() -> QuerySet[Offer]:
    today = timezone.localdate()
    return Offer.published.filter(Q(valid_until=None) | Q(valid_until__gte=today))


def _actors() -> QuerySet[Organisation]:
    return Organisation.published.all()


def _offer_documents(rows: QuerySet[Offer]) -> Iterable[Document]:
    for offer in rows.with_everything():
        # Names and places find an offer in every language; they are the same in all.
        extra = " ".join(
            str(part)
            for part in (
                offer.organisation.name,
                offer.space.name if offer.space else "",
                offer.address or "",
                offer.address.space.name if offer.address and offer.address.space else "",
            )
            if part
        )
        yield Document(
            kind="offers",
            id=str(offer.pk),
            tenant=offer.tenant_id,
            texts=_texts(offer, "title", ("description", "hours", "cost"), extra),
            source_lang=offer.language,
        )


def _actor_documents(rows: QuerySet[Organisation]) -> Iterable[Document]:
    for actor in rows.select_related("address", "space").with_texts():
        extra = " ".join(
            str(part) for part in (actor.space.name if actor.space else "", actor.address or "") if part
        )
        texts = _texts(actor, "name", ("about",), extra)
        yield Document(
            kind="actors", id=str(actor.pk), tenant=actor.tenant_id, texts=texts, source_lang=actor.language
        )


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
