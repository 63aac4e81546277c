"""Text reduced to what a page can show: no control signs, nothing our fonts lack."""

import re
import unicodedata

from quartierwerk.documents import fonts

VOWEL_MARKS = re.compile("[\u064b-\u0652\u0670]")
REPLACEMENT = "\N{WHITE VERTICAL RECTANGLE}"
# Order marks for single numbers and signs. Embeddings and overrides are dropped: they can turn what follows around.
KEPT_MARKS = {
    "\N{LEFT-TO-RIGHT MARK}",
    "\N{RIGHT-TO-LEFT MARK}",
    "\N{ZERO WIDTH NON-JOINER}",
    "\N{ZERO WIDTH JOINER}",
}


def printable(text: str) -> str:
    """Composed, without control signs, line ends as "\\n"; what our fonts lack becomes one sign that says so."""
    known = fonts.coverage()
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_shown(character, known) for character in text)


def printable_drawing(svg: str) -> str:
    """The same for the words in an SVG; its markup is plain letters and stays.

    Without vowel marks: in our Arabic font letter and mark are one sign, which the drawing's search for a second font
    miscounts as soon as a digit or a Latin name stands in the same text, and leaves holes. Readers do without them.
    """
    known = fonts.coverage()
    svg = VOWEL_MARKS.sub("", svg)
    return "".join(sign if ord(sign) < 128 else _shown(sign, known) for sign in svg)


def _shown(character: str, known: fonts.Coverage) -> str:
    if character == "\n" or character in KEPT_MARKS:
        return character
    if character == "\t":
        return " "
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cs"):
        return ""
    if character in known:
        return character
    if category == "Zs":
        return " "
    # Variation selectors and accents without a letter of their own vanish instead of leaving a box.
    return "" if category == "Mn" else REPLACEMENT
