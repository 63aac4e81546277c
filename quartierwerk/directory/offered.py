"""What the directory gives the registers of lower packages: offers as knots of the chain and as a way in a quarter."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from quartierwerk.chain.models import Relation
from quartierwerk.chain.register import Kind, Knot, Reader, kinds, plain_title
from quartierwerk.chain.titles import translated
from quartierwerk.places.register import Way
from quartierwerk.places.register import register as places
from quartierwerk.web import addresses

from .finding import pages
from .models import Offer, OfferText, Wish


def _counted(n: int) -> str:
    return ngettext("%(n)s offer", "%(n)s offers", n) % {"n": n}


def _wishes_counted(n: int) -> str:
    return ngettext("%(n)s wish", "%(n)s wishes", n) % {"n": n}


def _page_of(reader: Reader, pk: UUID, inside: bool) -> str:
    if inside:
        return addresses.staff("directory_staff:offer", reader, pk=pk)
    return addresses.public("directory:offer", reader, pk=pk)


def _list_of(request, space: UUID) -> str:
    return f"{addresses.public('directory:offers', request)}?quarter={space}"


def register() -> None:
    kinds.add(
        Kind(
            name="offer",
            label=pgettext_lazy("chain", "Offer"),
            counted=_counted,
            icon="offer",
            knot=Knot.OFFER,
            model=Offer,
            action="directory.read",
            url=_page_of,
            title=translated(OfferText),
            leads_to={
                Relation.MEASURED_BY: frozenset({"indicator"}),
                Relation.PROVEN_BY: frozenset({"proof"}),
                Relation.ANSWERED_BY: frozenset({"answer"}),
            },
        )
    )
    kinds.add(
        Kind(
            name="wish",
            label=pgettext_lazy("chain", "Wish"),
            counted=_wishes_counted,
            icon="voice",
            knot=Knot.VOICE,
            model=Wish,
            action="wishes.read",
            # Nobody outside reads it.
            url=lambda reader, pk, inside: (
                addresses.staff("directory_staff:wish", reader, pk=pk) if inside else ""
            ),
            title=plain_title("words", "language"),
            leads_to={
                Relation.LED_TO: frozenset({"need"}),
                Relation.ANSWERED_BY: frozenset({"answer", "offer"}),
            },
        )
    )
    places.add_way(
        Way(
            name="offers",
            label=gettext_lazy("Offers"),
            counted=_counted,
            counts=lambda request, spaces: pages.counts_by_quarter(request, spaces),
            url=_list_of,
            link_name=lambda quarter: _("Offers in %(quarter)s") % {"quarter": quarter},
        )
    )
