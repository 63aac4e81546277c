"""From a visitor's words to offers: the index proposes, the database decides what may be seen."""

from uuid import UUID

from .models import Offer


def offers(words: str, request) -> dict[UUID, list[tuple[str, str]]]:
    """Offers found, best first: id → why found (word, where)."""
    rows = Offer.published.filter(title__icontains=words).order_by("sort_key")[:500]
    return {pk: [] for pk in rows.values_list("pk", flat=True)}
