"""Names and words in all scripts: sorting, searching, recognising the same name.

Three keys, each for one purpose and each stored as written by this module, so that every server answers alike
(PostgreSQL as shipped has no ICU):

`sort_key`  DIN 5007-1 order (ä sorts as a, ß as ss). Column with `collate "C"`.
`fold`      finding: ä = ae = a, ß = ss, no case, no marks. Cutting a word short cuts its folded form short, so the
            same form serves whole words, prefixes (`prefix_range`) and the search index.
`name_key`  the same name written differently: Müller = Mueller = MÜLLER, but neither Möller nor Muller.
"""

import re
import unicodedata

# Letters that Unicode does not take apart into letter and mark.
_SPELT_OUT = {
    "ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "ə": "e", "ɛ": "e", "ɔ": "o", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɲ": "n", "ƴ": "y", "ĸ": "k", "ƒ": "f",
}  # fmt: skip
# One letter, several code points: keyboards for Arabic, Persian, Kurdish and Urdu differ; hamza seats are optional in
# everyday writing. Hamza and madda above or below fall away with the marks.
_ARABIC = {
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه",
    "ۃ": "ه", "ـ": None,
}  # fmt: skip
_CYRILLIC = {"ґ": "г"}
# Ukrainian and Persian letters whose code points lie behind the alphabet they belong to: sorted right after the letter
# they follow, by a sign higher than any other of the script.
_AFTER = {
    "ґ": "г\u052f", "є": "е\u052f", "і": "и\u052e", "ї": "и\u052f",
    "پ": "ب\u06ff", "چ": "ج\u06ff", "ژ": "ز\u06ff", "گ": "ك\u06ff",
}  # fmt: skip
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe"}
# Written instead of each other in О'Коннор, п’ять, Jaʿfar; the acute and the grave accent stand in for them.
_APOSTROPHES = "'’‘ʼʻ`´′ʹʾʿ＇‛"
_NO_APOSTROPHES = str.maketrans("", "", _APOSTROPHES)
# Marks a search may ignore. Those of Indic scripts are vowels and stay.
_MARKS = re.compile(
    "и\u0306|і\u0308|"
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
_AFTER_VOWEL = re.compile("(?<=[aou])e+")


class _Letters(dict[int, str | None]):
    """Translation table that learns: letters, digits and marks stay, signs become spaces, invisible ones vanish."""

    def __init__(self, *tables: dict[str, str] | dict[str, str | None]) -> None:
        super().__init__()
        for table in tables:
            self.update({ord(letter): spelt for letter, spelt in table.items()})

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        category = unicodedata.category(letter)
        kept: str | None
        if category == "Nd":
            kept = str(unicodedata.digit(letter))
        elif category[0] in "LNM":
            kept = letter
        elif category in ("Cf", "Cs"):
            kept = None
        else:
            kept = " "
        self[code] = kept
        return kept


_SEARCHED = _Letters(_SPELT_OUT, _ARABIC, _CYRILLIC)
_SORTED = _Letters(_SPELT_OUT, _ARABIC, _AFTER)
_NAMED = _Letters(_SPELT_OUT, _ARABIC)


def _bare(text: str, letters: _Letters, *, umlauts_spelt_out: bool = False) -> str:
    """Words of letters and digits without marks and case, one space between them."""
    text = text.translate(_NO_APOSTROPHES)  # first: NFKC turns an acute accent into a space and a mark
    if not text.isascii():
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        if umlauts_spelt_out:
            text = "".join(_GERMAN.get(letter, letter) for letter in text)
        text = unicodedata.normalize("NFD", text)
        # й and ї are letters of their own, not и and і with a mark.
        text = unicodedata.normalize("NFC", _MARKS.sub(lambda m: m[0] if len(m[0]) == 2 else "", text))
    return " ".join(text.casefold().translate(letters).split())


def plain(text: str) -> str:
    """Words without case, marks and signs: `Größe` is `grosse`, `Mueller` stays `mueller`."""
    return _bare(text, _SEARCHED)


def fold(text: str) -> str:
    """Form under which a word is searched: `plain`, and ae, oe, ue count as ä, ö, ü: Mueller, Müller, Muller alike.

    Also folds `Bauer` to `baur`: both sides of a search go through here, so nothing is lost by that, and a ranking
    that must tell `neuen` from `neun` compares `plain`.
    """
    return _AFTER_VOWEL.sub("", plain(text))


def words(text: str) -> list[str]:
    """Folded words in order of appearance."""
    return fold(text).split()


def sort_key(text: str) -> str:
    """Key in DIN 5007-1 order; equal but for case and spacing only where the names are."""
    # A tabulator sorts before every letter and space, so that "Roth" precedes "Rotha" and "Roth Anna".
    original = " ".join(unicodedata.normalize("NFC", text).replace("\x00", "").casefold().split())
    return f"{_bare(text, _SORTED)}\t{original}"


def sort_range(typed: str) -> tuple[str, str]:
    """Bounds of the sort keys of all names that begin like `typed` (which holds a letter or digit)."""
    return prefix_range(_bare(typed, _SORTED))


def prefix_range(prefix: str) -> tuple[str, str]:
    """Bounds so that `low <= key < high` holds for exactly the keys that begin with the prefix (not empty).

    Pass `fold(typed)` for a folded column. PostgreSQL uses an index for this behind row-level security, but not for LIKE.
    """
    if not prefix:
        raise ValueError("an empty prefix has no upper bound")
    last = ord(prefix[-1]) + 1
    if 0xD800 <= last <= 0xDFFF:  # surrogates are no characters
        last = 0xE000
    return prefix, prefix[:-1] + chr(last)


def name_key(text: str) -> str:
    """Equal for spellings of one name: case, umlaut or ue, ß or ss, accents, spaces, hyphens and dots do not count."""
    key = _bare(text, _NAMED, umlauts_spelt_out=True).replace(" ", "")
    return key or " ".join(text.casefold().split())  # a name of signs only still differs from another


def same_name(one: str, other: str) -> bool:
    """Whether two spellings mean the same name, for duplicate checks. Empty names are never the same."""
    key = name_key(one)
    return bool(key) and key == name_key(other)
