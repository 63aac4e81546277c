"""Where distances are counted from: a point, a quarter's middle, a postcode. Nobody outside is asked."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from quartierwerk.languages.names import fold
from quartierwerk.places import outlines
from quartierwerk.places.models import SocialSpace

from ..rules import readable_id
from .catalogue import Catalogue
from .question import Question


@dataclass(frozen=True)
class Near:
    """point   latitude and longitude; None where nothing was asked or it is not known
    typed   as the field shows it again
    hint    what to do where it is not known
    """

    point: tuple[float, float] | None = None
    label: str = ""
    typed: str = ""
    hint: str = ""


def find(question: Question, quarters: list[SocialSpace], catalogue: Catalogue) -> Near:
    """The place a visitor means. A distance without a place counts from the chosen quarter."""
    asked = question.near or (question.space if question.within or question.sort == "distance" else "")
    if not asked:
        if question.within:
            return Near(hint=_("Please write from where: a postcode or the name of a quarter."))
        return Near()
    if point := question.point:
        return Near(point, _("the chosen point"), question.near)
    for quarter in quarters:
        if readable_id(asked) == str(quarter.pk) or fold(quarter.name) == fold(asked):
            middle = _middle(quarter, catalogue)
            if middle:
                return Near(middle, quarter.name, quarter.name if question.near else "")
            return Near(typed=quarter.name, hint=_("Where this quarter lies is not drawn yet."))
    if re.fullmatch(r"\d{5}", asked) and (middle := catalogue.postcodes.get(asked)):
        return Near(middle, asked, asked)
    if re.fullmatch(r"\d{1,4}|\d{6,}", asked):
        return Near(
            typed=asked, hint=_("A postcode has five digits. Please check “%(typed)s”.") % {"typed": asked}
        )
    return Near(
        typed=asked,
        hint=_("“%(typed)s” is not known here. Please write a postcode or the name of a quarter.")
        % {"typed": asked},
    )


def _middle(quarter: SocialSpace, catalogue: Catalogue) -> tuple[float, float] | None:
    if quarter.outline:
        facts = outlines.facts(quarter.outline)
        return facts.lat, facts.lon
    return catalogue.middle_of_space(str(quarter.pk))
