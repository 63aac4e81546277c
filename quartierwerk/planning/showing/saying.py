"""Where somebody says something of what a page of the plan shows. Who takes words in registers here; else it is a wish.

saying.offers.append(lambda request, pk: addresses.public(…) + f"?about={pk}")
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from quartierwerk.web import addresses

# Called with the request and the id of the measure, field, quarter or concept; gives the form's address, which leads
# with what it is about. None: not about this, or not here.
offers: list[Callable[[Any, UUID], str | None]] = []


def about(request, pk: UUID) -> str:
    found = (offer(request, pk) for offer in offers)
    return next((one for one in found if one), None) or _as_wish(request, pk)


def _as_wish(request, pk: UUID) -> str:
    return f"{addresses.public('directory:missing', request)}?about={pk}"
