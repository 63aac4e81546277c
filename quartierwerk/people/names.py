"""Names for the ids in journal and history."""

from collections.abc import Iterable
from uuid import UUID

from .models import Account


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Whoever is gone, or has no name, is left out; one query."""
    return dict(Account.objects.filter(pk__in=set(ids)).exclude(name="").values_list("pk", "name"))
