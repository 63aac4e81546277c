"""Who decides, in the reader's language: councils are called in a few ways. Another name stays as somebody typed it."""

from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from quartierwerk.web import markup

from ..models.parts import key_of

_KNOWN = {
    key_of(name): words
    for names, words in (
        (("Rat", "Gemeinderat", "Rat der Gemeinde"), pgettext_lazy("body that decides", "Council of the municipality")),
        (("Rat der Stadt", "Stadtrat"), pgettext_lazy("body that decides", "Council of the town")),
        (("Kreistag",), pgettext_lazy("body that decides", "Assembly of the district")),
        (("Regionsversammlung",), pgettext_lazy("body that decides", "Assembly of the region")),
    )
    for name in names
}  # fmt: skip


def in_words(body: str, language: str, reader: str) -> SafeString:
    """body: as typed, in `language`."""
    known = _KNOWN.get(key_of(body)) if language == "de" and reader != language else None
    return SafeString(str(known)) if known else markup.in_language(body, language, reader)
