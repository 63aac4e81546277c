"""Languages of the contents: any BCP 47 tag, its name in the reader's language, its direction, what to fall back to.

babel and langcodes know most languages; the tables hold those they lack, name differently from how people call them
here, or name with a word that offends.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import langcodes
from babel import Locale, UnknownLocaleError
from langcodes.tag_parser import LanguageTagError

INTERFACE = ("de", "en", "uk", "ar", "fa", "tr", "ru", "fr", "de-simple")
SIMPLE_GERMAN = "de-simple"

# Names in the order of INTERFACE without its last, which uses the German one.
_NAMES = {
    "prs": ("Dari", "Dari", "дарі", "الدارية", "دری", "Darice", "дари", "dari"),
    "fa": ("Persisch (Farsi)", "Persian (Farsi)", "перська (фарсі)", "الفارسية", "فارسی", "Farsça", "персидский (фарси)",
           "persan (farsi)"),
    "kmr": ("Kurdisch (Kurmandschi)", "Kurdish (Kurmanji)", "курдська (курманджі)", "الكردية (الكرمانجية)",
            "کردی (کرمانجی)", "Kürtçe (Kurmanci)", "курдский (курманджи)", "kurde (kurmandji)"),
    "ckb": ("Kurdisch (Sorani)", "Kurdish (Sorani)", "курдська (сорані)", "الكردية (السورانية)", "کردی (سورانی)",
            "Kürtçe (Soranice)", "курдский (сорани)", "kurde (sorani)"),
    "rom": ("Romani", "Romani", "ромська", "الرومانية (لغة الروما)", "رومانی (زبان روما)", "Romanca", "цыганский (романи)",
            "romani"),
    "gsg": ("Deutsche Gebärdensprache", "German Sign Language", "німецька жестова мова", "لغة الإشارة الألمانية",
            "زبان اشارهٔ آلمانی", "Alman İşaret Dili", "немецкий жестовый язык", "langue des signes allemande"),
    "de-simple": ("Leichte Sprache", "Easy German", "легка німецька мова", "الألمانية السهلة", "آلمانی ساده",
                  "Kolay Almanca", "простой немецкий язык", "allemand facile à lire"),
    "ti": ("Tigrinya", "Tigrinya", "тигринья", "التغرينية", "تیگرینیا", "Tigrinya dili", "тигринья", "tigrigna"),
    "tr": ("Türkisch", "Turkish", "турецька", "التركية", "ترکی", "Türkçe", "турецкий", "turc"),
    "aii": ("Aramäisch (Assyrisch)", "Assyrian Neo-Aramaic", "ассирійська новоарамейська", "الآشورية", "آشوری",
            "Asurice", "ассирийский новоарамейский", "assyrien"),
    "tru": ("Aramäisch (Turoyo)", "Turoyo", "туройо", "السريانية (طورويو)", "سریانی (تورویو)", "Süryanice (Turoyo)",
            "туройо", "araméen (turoyo)"),
    "mnk": ("Mandinka", "Mandinka", "мандинка", "المندنكا", "ماندینکا", "Mandinka dili", "мандинка", "mandinka"),
}  # fmt: skip
_AUTONYMS = {
    "prs": "دری",
    "kmr": "Kurmancî",
    "ku": "Kurdî",
    "ckb": "کوردیی ناوەندی (سۆرانی)",
    "rom": "Romani čhib",
    "gsg": "Deutsche Gebärdensprache (DGS)",
    "de-simple": "Leichte Sprache",
    "aii": "ܣܘܪܝܬ",
    "tru": "Ṣurayt",
    "mnk": "Mandinka",
    "din": "Thuɔŋjäŋ",
}
# The same language under a narrower or wider code, or the one its readers were most likely taught to read as well.
_ALSO_READ = {
    "prs": ("fa",),
    "fa": ("prs",),
    "kmr": ("ku",),
    "ku": ("kmr",),
    "rmn": ("rom",),
    "rmy": ("rom",),
    "de-simple": ("de",),
}
_ALIASES = {
    "rmn": "rom",
    "rmy": "rom",
    "rmc": "rom",
    "rml": "rom",
    "de-si": SIMPLE_GERMAN,
    "fa-AF": "prs",
    "sgn-DE": "gsg",
}
_RIGHT_TO_LEFT = {"Arab", "Aran", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Mand", "Samr"}


class NotALanguage(ValueError):
    """Raised for what is no BCP 47 tag of a known language."""


@lru_cache(maxsize=1000)
def normal_tag(tag: str) -> str:
    """The tag in its usual spelling: `DE_simple` becomes `de-simple`, `pt_br` becomes `pt-BR`. Keeps `prs` and `kmr`."""
    written = tag.strip().replace("_", "-")
    parts = written.casefold().split("-")
    for known in (*_NAMES, *_ALIASES):
        if parts == known.casefold().split("-"):
            return known if known not in ("de-si", "fa-AF", "sgn-DE") else _ALIASES[known]
    try:
        if not written.isascii() or not langcodes.tag_is_valid(written):
            raise NotALanguage(tag[:40])
        return langcodes.standardize_tag(written)
    except LanguageTagError:
        raise NotALanguage(tag[:40]) from None


@lru_cache(maxsize=5000)
def name(tag: str, language: str = "de") -> str:
    """Name of a language in another one, as it stands within a sentence; at worst the tag itself."""
    try:
        tag = normal_tag(tag)
    except NotALanguage:
        return tag
    language = language if language in INTERFACE else _normal_or_same(language)
    row = _NAMES.get(_ALIASES.get(tag, tag))
    if row:
        shown_in = "de" if language == SIMPLE_GERMAN else language.split("-")[0]
        return row[INTERFACE.index(shown_in) if shown_in in INTERFACE else 1]
    if (shown := _from_babel(tag, language)) and not _says_less(tag):
        return shown
    try:
        shown = langcodes.Language.get(tag).display_name(language.split("-")[0])
    except LanguageTagError:  # the other language is none
        return name(tag, "en")
    return tag if "[" in shown else shown


def autonym(tag: str) -> str:
    """What the language calls itself, for a language switch: `Українська`, `دری`."""
    try:
        tag = normal_tag(tag)
    except NotALanguage:
        return tag
    own = (
        _AUTONYMS.get(_ALIASES.get(tag, tag))
        or _from_babel(tag, tag)
        or langcodes.Language.get(tag).autonym()
    )
    return tag if "[" in own else own[:1].upper() + own[1:]


@lru_cache(maxsize=1000)
@lru_cache(maxsize=1000)
def direction(tag: str) -> str:
    """`rtl` or `ltr`, for the `dir` attribute."""
    try:
        language = langcodes.Language.get(normal_tag(tag)).maximize()
    except NotALanguage:
        return "ltr"
    return "rtl" if language.script in _RIGHT_TO_LEFT or language.language == "aii" else "ltr"


def fallbacks(tag: str, *, source: str | None = None) -> list[str]:
    """Languages to look for a text in, best first: the tag, its wider forms, what its readers also read, the source."""
    return list(_fallbacks(tag, source))


@lru_cache(maxsize=5000)
def _fallbacks(tag: str, source: str | None) -> tuple[str, ...]:
    wanted = [_normal_or_same(tag)]
    while "-" in wanted[-1]:
        wanted.append(wanted[-1].rsplit("-", 1)[0])
    for step in list(wanted):
        wanted.extend(_ALSO_READ.get(step, ()))
    if source:
        wanted.append(_normal_or_same(source))
    return tuple(dict.fromkeys(wanted))


def interface_language(tag: str, *, offered: Sequence[str] = INTERFACE, default: str = "de") -> str:
    """Language of the frame around a text in any language: for Dari the Persian one."""
    return next((step for step in fallbacks(tag) if step in offered), default)


def best(wanted: Iterable[str], available: Iterable[str], *, source: str | None = None) -> str | None:
    """First of the available languages that serves one of the wanted ones, the reader's order first, the source last."""
    stock = list(available)
    for tag in wanted:
        for step in fallbacks(tag):
            if step in stock:
                return step
    return source if source in stock else None


def _normal_or_same(tag: str) -> str:
    try:
        return normal_tag(tag)
    except NotALanguage:
        return tag


def _from_babel(tag: str, language: str) -> str | None:
    try:
        shown_in = Locale.parse(_locale_of(language), sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    if simple := shown_in.languages.get(tag.replace("-", "_")):
        return str(simple)
    try:
        return Locale.parse(tag, sep="-").get_display_name(shown_in)
    except (UnknownLocaleError, ValueError):
        return None


def _locale_of(language: str) -> str:
    return "de" if language == SIMPLE_GERMAN else language


def _says_less(tag: str) -> bool:
    """Whether babel would leave out a part of the tag, as it does with a script it has no data for."""
    asked = langcodes.Language.get(tag)
    try:
        known = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return bool((asked.script and not known.script) or (asked.territory and not known.territory))
