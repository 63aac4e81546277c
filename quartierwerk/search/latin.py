"""Words of other scripts as people type them on a Latin keyboard: `kurs yazyka`, `madrasa`, `dars`.

There are many ways to write them, so both sides are cut down to a key that those ways share. Cyrillic keeps its
vowels; Arabic script does not write most of them, so only the consonants count, and among words of like consonants the
one whose long vowels are where they were typed: `tabib`, `iqama`, `3amal`.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from quartierwerk.languages.names import fold

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "є": "e", "ж": "z", "з": "z", "и": "i", "і": "i", "ї": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "h", "ц": "c", "ч": "c", "ш": "s", "щ": "s", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "u", "я": "a", "ё": "e",
}  # fmt: skip
_ARABIC = {
    "ب": "b", "پ": "b", "ت": "t", "ط": "t", "ث": "t", "ج": "g", "چ": "c", "ح": "h", "خ": "h", "ه": "h", "د": "d", "ذ": "d",
    "ض": "d", "ر": "r", "ز": "z", "ژ": "z", "ظ": "z", "س": "s", "ش": "s", "ص": "s", "غ": "g", "گ": "g", "ف": "f", "ق": "k",
    "ك": "k", "ل": "l", "م": "m", "ن": "n",
}  # fmt: skip
_SOUNDS_CYRILLIC = (("shch", "s"), ("schtsch", "s"), ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("sh", "s"), ("zh", "z"), ("kh", "h"),
                    ("ch", "c"), ("ts", "c"), ("tz", "c"), ("w", "v"), ("x", "ks"), ("y", "i"), ("j", "i"), ("hh", "h"))  # fmt: skip
_SOUNDS_ARABIC = (("sh", "s"), ("ch", "c"), ("kh", "h"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("dj", "g"), ("j", "g"), ("q", "k"),
                  ("p", "b"), ("v", "f"), ("x", "ks"), ("7", "h"), ("5", "h"), ("9", "s"), ("6", "t"))  # fmt: skip
_ARABIC_DIGITS = str.maketrans("2356789", "aahthgs")  # as people write the letters a Latin keyboard lacks
_VOWEL = "[aeiou]"
_LONG = {"ا": "[ae]+", "و": "[uowv]+[aei]?", "ي": "[iyej]+[aou]?", "ع": "[aeiou]*", "ء": ""}
_GLIDE = re.compile("i(?=[aeou])")
_TWICE = re.compile(r"(.)\1+")
_ARTICLE = re.compile("^(?:al|el|ad|ar|as|at)-")
SHORTEST = 3  # letters of a key


def is_latin(word: str) -> bool:
    return bool(word) and all(letter < "\u0250" for letter in word)


@lru_cache(maxsize=100_000)
def key_of_word(word: str) -> str:
    """Key of a folded word in Cyrillic or Arabic script, marked with its script; empty for others or too short."""
    if "\u0400" <= word[:1] <= "\u052f":
        spelt = "".join(_CYRILLIC.get(letter, "") for letter in word)
        key = _squeezed(spelt.replace("ts", "c"))
        return f"c:{key}" if len(key) >= SHORTEST else ""
    if "\u0600" <= word[:1] <= "\u06ff":
        consonants = "".join(_ARABIC.get(letter, "") for letter in word.removeprefix("ال"))
        # The feminine ending is written as h and spoken as a.
        if word.endswith("ه"):
            consonants = consonants.removesuffix("h")
        key = _TWICE.sub(r"\1", consonants)
        return f"a:{key}" if len(key) >= SHORTEST else ""
    return ""


@lru_cache(maxsize=20_000)
def keys_of_word(word: str) -> list[str]:
    """All keys of a folded word; Arabic ones also with the long vowels that may be consonants: أوراق, awraq."""
    found = [key] if (key := key_of_word(word)) else []
    if "\u0600" <= word[:1] <= "\u06ff":
        long = {**_ARABIC, "و": "w", "ي": "y"}
        key = _TWICE.sub(r"\1", "".join(long.get(letter, "") for letter in word.removeprefix("ال")))
        found += [f"w:{key}"] if len(key) >= SHORTEST else []
    return found


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """Consonants of a folded word in Arabic script, without those that may be vowels."""
    return "".join(_ARABIC.get(letter, "") for letter in (word[:-1] if word.endswith("ه") else word))


@lru_cache(maxsize=20_000)
def _sound_of(word: str) -> re.Pattern[str]:
    """Ways to type a folded word in Arabic script: short vowels anywhere, long ones where they stand."""
    sound = ""
    for place, letter in enumerate(word):
        if place == len(word) - 1 and letter == "ه":
            sound += "(?:[aei]h?|[aei]?t)?"
        elif place == 0 and letter in "اع":
            sound += f"{_VOWEL}+"
        elif letter in _LONG:
            sound += _LONG[letter]
        else:
            sound += f"{_ARABIC.get(letter, '')}{_VOWEL}{'*' if place < len(word) - 1 else '?'}"
    return re.compile(sound)


def arabic_word(typed: str, known: Mapping[str, Sequence[str]]) -> str:
    """The word in Arabic script, of those known by their skeletons, that was typed so in Latin letters; empty for none."""
    bare = typed.casefold().strip().translate(_ARABIC_DIGITS)
    if not is_latin(bare):
        return ""
    for sound, letter in (("ou", "u"), ("oo", "u"), ("ee", "i"), *_SOUNDS_ARABIC[:-5]):
        if sound not in ("v", "p"):
            bare = bare.replace(sound, letter)
    bare = _TWICE.sub(r"\1", re.sub("[^a-z]", "", bare.replace("p", "b")))
    for spelt in dict.fromkeys((bare, re.sub("^[ae]l", "", bare))):
        bones = re.sub("[^bcdfghklmnrstz]", "", spelt)
        for skeleton_typed in dict.fromkeys((bones, bones.removesuffix("h"))):
            for word in known.get(skeleton_typed, ()):
                if len(skeleton_typed) >= SHORTEST - 1 and _sound_of(word).fullmatch(spelt):
                    return word
    return ""


def keys_of_typed(typed: str) -> tuple[str, ...]:
    """Keys a word typed in Latin letters may stand for."""
    bare = typed.casefold().strip()
    if not is_latin(bare):
        return ()
    keys = []
    cyrillic = bare.replace("'", "").replace("’", "")
    for sound, letter in _SOUNDS_CYRILLIC:
        cyrillic = cyrillic.replace(sound, letter)
    cyrillic = _squeezed(fold(cyrillic).replace(" ", ""))
    if len(cyrillic) >= SHORTEST:
        keys.append(f"c:{cyrillic}")
    arabic = _ARTICLE.sub("", bare)
    for sound, letter in _SOUNDS_ARABIC:
        arabic = arabic.replace(sound, letter)
    with_long = _TWICE.sub(r"\1", re.sub("[^bcdfghklmnrstzwy]", "", arabic))
    arabic = re.sub("[^bcdfghklmnrstz]", "", arabic)
    # A final h is the feminine ending: madrasah.
    if bare.endswith("ah") or bare.endswith("eh"):
        arabic = arabic.removesuffix("h")
    arabic = _TWICE.sub(r"\1", arabic)
    if len(arabic) >= SHORTEST:
        keys.append(f"a:{arabic}")
    elif len(with_long) >= SHORTEST:
        keys.append(f"w:{with_long}")
    return tuple(keys)


def _squeezed(key: str) -> str:
    return _TWICE.sub(r"\1", _GLIDE.sub("", key))
