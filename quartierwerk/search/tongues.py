"""Names of languages as people type them: `arabisch sprechend`, `francophone`, `русскоязычный`, `на українській`, `farsi`.

They stand beside the facet `language:…` of a record, so what a record's language is called does not matter.
"""

from functools import cache, lru_cache

from quartierwerk.languages import tags
from quartierwerk.languages.names import fold
from quartierwerk.search import latin
from quartierwerk.search.analysis import base, stem

# Languages people here ask for. German is spoken nearly everywhere, and its name asks for a course.
_TAGS = (
    "ar", "az", "bg", "bs", "ckb", "el", "en", "es", "fa", "fr", "gsg", "hi", "hr", "hu", "hy", "it", "ka", "kmr", "ku", "nl", "pl",
    "prs", "ps", "pt", "rom", "ro", "ru", "sq", "so", "sr", "ta", "ti", "am", "tr", "uk", "ur", "vi", "zh", "sw", "ff", "wo", "bn",
    "pa", "lt", "lv", "cs", "sk", "sl", "mk", "th", "ja", "ko", "he", "aii", "tru", "mnk", "yo", "ha", "om", "ln", "ne", "mn", "be",
)  # fmt: skip
# What the tables of names lack: shorter names, names from the languages themselves, how they are typed in Latin letters.
_ALSO = {
    "ar": "arabisch arabi arapca arabe عربي عربيه العربيه عربى عربي",
    "fa": "persisch farsi parsi persian فارسي فارسى",
    "prs": "dari afghanisch afghan دري",
    "ps": "paschtu pashto paschto پشتو",
    "kmr": "kurdisch kurmandschi kurmanji kurmanci kurdish kurde kürtce курдською курдском كردي كرديه",
    "ku": "kurdisch kurdi kurdish",
    "ckb": "sorani kurdisch",
    "tr": "türkisch turkce turkish turk تركي تركيه турецкий",
    "ru": "russisch russki russkij russkiy rusca روسي روسيه",
    "uk": "ukrainisch ukrainska ukrajinska ukrayinska ukraynaca اوكراني اوكرانيه",
    "ti": "tigrinya tigrinja tigrinisch eritreisch تغرينيا تيغرينيا تجريني",
    "am": "amharisch amharic",
    "sq": "albanisch shqip albanian",
    "rom": "romanes romani",
    "ro": "rumänisch moldawisch",
    "en": "englisch english ingilizce انجليزي انكليزي",
    "fr": "französisch francais francophone fransizca فرنسي",
    "gsg": "gebärdensprache dgs",
    "es": "spanisch espanol",
    "pl": "polnisch polski",
    "so": "somali somalisch",
    "vi": "vietnamesisch",
    "bg": "bulgarisch",
}
# Endings that make `speaking this language` of its name, by language of the word.
_SPEAKING = {
    "de": ("sprachigen", "sprachiger", "sprachiges", "sprachige", "sprachig", "sprechende", "sprechend"),
    "ru": ("оязычный", "оязычная", "оязычное", "оязычные", "оязычного", "оязычной", "оязычных", "оязычную", "оговорящий", "оговорящая"),
    "uk": ("омовний", "омовна", "омовне", "омовні", "омовного", "омовної", "омовних", "омовну", "омовна"),
    "fr": ("ophones", "ophone"),
}  # fmt: skip
_SHORTEST = 3  # letters of what stands before such an ending
_SAME_START = 5  # letters by which `русск` and `русский` are one


@lru_cache(maxsize=20_000)
def spoken_by(typed: str, lang: str) -> tuple[str, ...]:
    """Tags of the languages a typed word names; none for other words."""
    word = fold(typed)
    if " " in word:  # по-русски, Turkish-speaking: the part that names it
        return next((found for part in word.split() if (found := spoken_by(part, lang))), ())
    names, stems = _names()
    if word in names:
        return names[word]
    own = base(lang)
    for tongue in dict.fromkeys((own, "de")):
        if (key := f"{tongue}|{stem(word, tongue)}") in stems:
            return stems[key]
    for ending in (ending for endings in _SPEAKING.values() for ending in endings):
        root = word.removesuffix(ending)
        if root != word and len(root) >= _SHORTEST:
            return names.get(root) or _beginning_with(root)
    if own in ("ar", "fa", "uk", "ru") and latin.is_latin(word):
        return next((names[key] for key in latin.keys_of_typed(typed) if key in names), ())
    return ()


def _beginning_with(root: str) -> tuple[str, ...]:
    """`русск`, `arab`: the shortest name that begins so."""
    names, _stems = _names()
    found = sorted(
        (name for name in names if name.startswith(root[:_SAME_START]) and len(name) <= len(root) + 4),
        key=len,
    )
    return names[found[0]] if found else ()


@cache
def _names() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Folded names, and their stems with the language they are in → tags."""
    names: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}

    def add(found: dict[str, tuple[str, ...]], key: str, tag: str) -> None:
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), tag)))

    for tag in _TAGS:
        for language in tags.INTERFACE:
            for word in fold(tags.name(tag, language)).split():
                if len(word) >= _SHORTEST and word not in _NO_NAMES:
                    add(names, word, tag)
                    add(stems, f"{base(language)}|{stem(word, base(language))}", tag)
        for word in _ALSO.get(tag, "").split():
            add(names, fold(word), tag)
    return names, stems


# Words of names of languages that name none alone.
_NO_NAMES = frozenset(
    fold(word)
    for word in [
        "language",
        "sign",
        "dili",
        "işaret",
        "langue",
        "signes",
        "allemande",
        "deutsche",
        "немецкий",
        "язык",
        "жестовый",
        "німецька",
        "жестова",
        "мова",
        "لغة",
        "الإشارة",
        "الألمانية",
        "زبان",
        "اشارهٔ",
        "آلمانی",
        "german",
        "alman",
    ]
)
