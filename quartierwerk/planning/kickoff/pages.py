"""What the pages of a kick-off show."""

from dataclasses import dataclass

from quartierwerk.chain.models import Link
from quartierwerk.chain.register import Reader, kinds
from quartierwerk.languages.showing import Shown, show_all

from ..measures.in_words import NEED_STATES
from ..models import KickOff, Need


@dataclass(frozen=True)
class Named:
    """A need that was named there, and what became of it."""

    title: Shown
    state: str
    state_words: str
    url: str


def needs_named(kick_off: KickOff, reader: Reader) -> list[Named]:
    """As far as this reader may see them."""
    links = Link.published if reader.is_public else Link.objects
    ids = links.filter(source=kick_off.element_id, target__kind="need").values("target")
    kind = kinds.by_name["need"]
    rows = kind.rows(reader).filter(element_id__in=ids).prefetch_related("translations").order_by("sort_key")
    return [_named(row, kind.url(reader, row.pk, row.opens), reader) for row in rows]


def _named(need: Need, url: str, reader: Reader) -> Named:
    words = str(need.get_state_display())
    return Named(show_all(need, reader.lang)["title"], NEED_STATES[need.state], words, url)
