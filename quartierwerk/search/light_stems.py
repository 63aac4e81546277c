"""Light stemmers for languages the library has none for, or one that does not know our folded letters.

Each takes a folded word and cuts what grammar adds, never what makes another word.
"""

_ARABIC_ARTICLES = ("بال", "كال", "فال", "لل", "ال")
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_UKRAINIAN_ENDINGS = (
    "ями", "ами", "ого", "ому", "ього", "ьому", "ими", "іми", "ові", "еві", "єві", "ою", "єю", "ею", "ьою", "ів", "їв", "ах", "ях",
    "ам", "ям", "ом", "ем", "єм", "ий", "ій", "ої", "ьої", "их", "іх", "им", "ім", "ити", "ати", "яти", "іти", "ути", "ти",
    "ю", "я", "а", "у", "и", "і", "ї", "е", "є", "о", "ь", "й",
)  # fmt: skip
_PERSIAN_ENDINGS = ("هايي", "هاي", "ها", "ي")
_KURDISH_ENDINGS = ("eke", "an", "en", "ek", "e", "a", "i")
_SHORTEST = 3  # letters that stay


def arabic(word: str) -> str:
    """After "light10": articles and endings go."""
    if word.startswith("و") and len(word) >= 4:
        word = word[1:]
    for article in _ARABIC_ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + 2:
            word = word[len(article) :]
            break
    for ending in _ARABIC_ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + 2:
            word = word[: -len(ending)]
    return word


def _without(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


def ukrainian(word: str) -> str:
    return _without(word.removesuffix("ся") if len(word) > 5 else word, _UKRAINIAN_ENDINGS)


def persian(word: str) -> str:
    return _without(word, _PERSIAN_ENDINGS)


def kurdish(word: str) -> str:
    return _without(word, _KURDISH_ENDINGS)


LIGHT = {
    "ar": arabic,
    "uk": ukrainian,
    "fa": persian,
    "prs": persian,
    "kmr": kurdish,
    "ku": kurdish,
}
