"""Which links the chain allows. Pure: works on names and ids."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext as _


class Refusal(StrEnum):
    ITSELF = "itself"
    KINDS = "kinds"
    CIRCLE = "circle"
    NOT_RELEASED = "not released"
    GONE = "gone"


def may_lead_to(table: Mapping[str, Mapping], source: str, relation: str, target: str) -> bool:
    """table: kind → relation → kinds it may lead to; what is not named is refused."""
    return target in table.get(source, {}).get(relation, frozenset())


def relations_between(table: Mapping[str, Mapping], source: str, target: str) -> list[str]:
    return [relation for relation, targets in table.get(source, {}).items() if target in targets]


def words(refusal: Refusal, source: str = "", target: str = "") -> str:
    """What happened and what to do. source, target: the kinds' names as people read them."""
    kinds = {"source": source, "target": target}
    match refusal:
        case Refusal.ITSELF:
            return _("A record cannot lead to itself. Please choose another one.")
        case Refusal.KINDS:
            return (
                _("“%(source)s” cannot lead to “%(target)s” in this way. Please choose another record.")
                % kinds
            )
        case Refusal.CIRCLE:
            return _(
                "This would close a circle: the second record already led to the first. Please link them the other way round."
            )
        case Refusal.NOT_RELEASED:
            return _(
                "The other municipality may not see this record yet. Publish it or share it with them first."
            )
        case Refusal.GONE:
            return _("The other record does not exist or is not released. Please choose another one.")
