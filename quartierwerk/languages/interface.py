"""The languages the interface speaks, in the order in which they are offered.

Plain data: settings read this file before Django is ready, so nothing of Django is imported here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True)
class InterfaceLanguage:
    code: str
    """BCP 47, as it stands in addresses and in the page's `lang`."""
    autonym: str
    """The language's name in the language itself: the only name its readers look for."""
    english_name: str
    dir: Direction = "ltr"

    @property
    def autonym_lang(self) -> str:
        """The language the autonym is written in: "Leichte Sprache" is German to a speech synthesiser."""
        return self.code.split("-", 1)[0]


INTERFACE_LANGUAGES: tuple[InterfaceLanguage, ...] = (
    InterfaceLanguage("de", "Deutsch", "German"),
    # A registered variant, not Slovenian: "simple" is Leichte Sprache in BCP 47.
    InterfaceLanguage("de-simple", "Leichte Sprache", "German, easy language"),
    InterfaceLanguage("en", "English", "English"),
    InterfaceLanguage("uk", "Українська", "Ukrainian"),
    InterfaceLanguage("ar", "العربية", "Arabic", "rtl"),
    InterfaceLanguage("fa", "فارسی", "Farsi", "rtl"),
    InterfaceLanguage("tr", "Türkçe", "Turkish"),
    InterfaceLanguage("ru", "Русский", "Russian"),
    InterfaceLanguage("fr", "Français", "French"),
)

BY_CODE: dict[str, InterfaceLanguage] = {language.code: language for language in INTERFACE_LANGUAGES}

# Scripts written from right to left, for content in languages the interface does not speak (Dari, Urdu, Sorani …).
_RTL_LANGUAGES = frozenset({"ar", "ckb", "fa", "he", "ks", "prs", "ps", "sd", "ug", "ur", "yi"})
_RTL_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo"})


def direction(tag: str) -> Direction:
    """The direction a BCP 47 tag is read in; a script in the tag wins ("az-Arab", "ku-Latn")."""
    language, *rest = tag.lower().replace("_", "-").split("-")
    for part in rest:
        if len(part) == 4 and part.isalpha():
            return "rtl" if part in _RTL_SCRIPTS else "ltr"
    return "rtl" if language in _RTL_LANGUAGES else "ltr"
