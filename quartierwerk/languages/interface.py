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
