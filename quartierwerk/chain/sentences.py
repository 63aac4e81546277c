"""The chain read aloud, forwards and backwards: one short sentence a knot, so that it reads well in every language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from .register import Knot

if TYPE_CHECKING:
    from .panel import Station

LABELS = {
    Knot.VOICE: pgettext_lazy("chain", "Voice"),
    Knot.NEED: pgettext_lazy("chain", "Need"),
    Knot.MEASURE: pgettext_lazy("chain", "Measure"),
    Knot.FUNDING: pgettext_lazy("chain", "Funding"),
    Knot.OFFER: pgettext_lazy("chain", "Offer"),
    Knot.INDICATOR: pgettext_lazy("chain", "Indicator"),
    Knot.ANSWER: pgettext_lazy("chain", "Answer"),
}
ICONS = {
    Knot.VOICE: "voice",
    Knot.NEED: "need",
    Knot.MEASURE: "measure",
    Knot.FUNDING: "money",
    Knot.OFFER: "offer",
    Knot.INDICATOR: "chart",
    Knot.ANSWER: "answer",
}
FORWARDS = {
    Knot.VOICE: gettext_lazy("People said: {what}."),
    Knot.NEED: gettext_lazy("From this came the need: {what}."),
    Knot.MEASURE: gettext_lazy("The answer to it is the measure: {what}."),
    Knot.FUNDING: gettext_lazy("It is paid from: {what}."),
    Knot.OFFER: gettext_lazy("That made possible: {what}."),
    Knot.INDICATOR: gettext_lazy("Whether it helps is shown by: {what}."),
    Knot.ANSWER: gettext_lazy("People were answered: {what}."),
}
BACKWARDS = {
    Knot.ANSWER: gettext_lazy("The answer was: {what}."),
    Knot.INDICATOR: gettext_lazy("It was measured by: {what}."),
    Knot.OFFER: gettext_lazy("This exists: {what}."),
    Knot.FUNDING: gettext_lazy("It is there because of money from: {what}."),
    Knot.MEASURE: gettext_lazy("It belongs to the measure: {what}."),
    Knot.NEED: gettext_lazy("Behind it stands the need: {what}."),
    Knot.VOICE: gettext_lazy("It began with what people said: {what}."),
}


def read(stations: Sequence[Station], *, backwards: bool = False) -> list[SafeString]:
    """Sentences for the knots where the reader may see something, and one for those that are still missing."""
    patterns = BACKWARDS if backwards else FORWARDS
    ordered = list(reversed(stations)) if backwards else list(stations)
    found = [format_html(str(patterns[one.knot]), what=_what(one)) for one in ordered if one.entries]
    missing = [one for one in ordered if not one.entries and not one.is_hidden and not one.removed_on]
    if missing:
        names = pgettext("between the items of a list", ", ").join(str(LABELS[one.knot]) for one in missing)
        found.append(format_html(_("Not there yet: {what}."), what=names))
    return found


def _what(station: Station) -> SafeString:
    first, more = station.entries[0], station.count - 1
    if more < 1:
        return first.linked
    others = ngettext("{first} and {n} more", "{first} and {n} more", more)
    return format_html(others, first=first.linked, n=more)
