"""Where somebody says something of what a page of the plan shows. Who takes words in registers here; else it is a wish.

saying.offers.append(lambda request, pk: Saying(url=…, title=…, action=…, words=…))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from quartierwerk.web import addresses


@dataclass(frozen=True)
class Saying:
    """What the page offers, and the address of the form, which leads with what it is about."""

    url: str
    title: str
    action: str
    words: str


# Called with the request and the id of the measure, field, quarter or concept. None: not about this, or not here.
offers: list[Callable[[Any, UUID], Saying | None]] = []


def about(request, pk: UUID) -> Saying:
    found = (offer(request, pk) for offer in offers)
    return next((one for one in found if one), None) or _as_wish(request, pk)


def _as_wish(request, pk: UUID) -> Saying:
    return Saying(
        f"{addresses.public('directory:missing', request)}?about={pk}",
        _("Is that right?"),
        _("Say something"),
        _("If you see it differently, tell us: in any language, without an account."),
    )
