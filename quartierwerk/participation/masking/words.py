"""A text cut into words that know how much they look like a name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from . import cues, lists

Script = Literal["latin", "cyrillic", "arabic", "other"]
# given, family: in the lists. doubtful: in the lists, but a word as well. capital: begins with one, unknown. plain: Arabic script, unknown.
Strength = Literal["given", "family", "doubtful", "capital", "plain", "initial", "particle", "no"]
LISTED: tuple[Strength, ...] = ("given", "family", "doubtful")
_LATIN = "A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿ\u0300-\u036fə"
_WORD = re.compile(
    rf"(?P<latin>(?:[ODLN]['’](?=[A-Z]))?[{_LATIN}]+(?:-[{_LATIN}]+)*)|(?P<cyrillic>[\u0400-\u052f]+(?:['’ʼ`-][\u0400-\u052f]+)*)|"
    r"(?P<arabic>[\u0620-\u065f\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u200c]+)|(?P<other>[^\W\d_]+)"
)
_CLAUSE = re.compile(r"\s*(?:[.!?…,;:،؛؟()\n\[\]|/»”\"–—]|$)|\s+[-–—]\s")
_GERMAN_NOUN = re.compile(
    r"(?:ungen|ung|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|chen|platz|plätze|kurs|kurse|amt|heim|zeit|zeiten|haus|häuser|schule|straße|weg|wege|stelle|"
    r"stellen|gruppe|gruppen|raum|räume|verein|fest|markt|bad|bahn|bus|kinder|leute|nachbarin|meister|meisterin|tum|nis|ismus|tät|ment|ling|garten|hof|tür|bank|bänke|wagen|platte|lampe|karte|"
    r"kasten|dienst|hilfe|arbeit|stunde|woche|jahr|tag|tage|monat|geld|kosten|preis|preise|licht|wasser|müll|baum|bäume)$"
)
_PREFIXES = ("ول", "وب", "و", "ف", "ب", "ل", "ك")


@dataclass(frozen=True)
class Word:
    start: int
    end: int
    text: str
    script: Script
    strength: Strength

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def language_of(words: str, language: str) -> str:
    base = language.split("-", 1)[0].casefold()
    if base == "prs":
        return "fa"
    if base:
        return base
    if re.search("[پچژگکی]", words):
        return "fa"
    if re.search("[\u0620-\u064a]", words):
        return "ar"
    if re.search("[іїєґ]", words, re.IGNORECASE):
        return "uk"
    return "tr" if re.search("[ğışİ]", words) else ""


class Text:
    """One text and its words, without those of numbers and addresses."""

    def __init__(self, text: str, language: str, taken: Sequence[tuple[int, int]]) -> None:
        self.text, self.taken = text, taken
        self.language = language_of(text, language)
        self.words = [
            self._word(hit)
            for hit in _WORD.finditer(text)
            if not any(start < hit.end() and hit.start() < end for start, end in taken)
        ]
        self.at = {word.start: place for place, word in enumerate(self.words)}
        letters = [word for word in self.words if word.script == "latin" and len(word.text) > 1]
        self.has_no_capitals = bool(letters) and not any(word.is_capital for word in letters)

    def _word(self, hit: re.Match[str]) -> Word:
        script: Script = hit.lastgroup  # type: ignore[assignment]  # one of the four groups always
        word = Word(hit.start(), hit.end(), hit[0], script, "no")
        if script == "arabic":
            return self._arabic(word)
        return replace(word, strength=self._strength(word))

    def _strength(self, word: Word) -> Strength:
        text = word.text
        if not word.is_capital:
            return "particle" if text.casefold() in cues.PARTICLES else "no"
        if len(text) == 1:
            return "initial" if self.text[word.end : word.end + 1] == "." else "no"
        if cues.THING_ENDS.search(text):
            return "no"
        parts = text.split("-")
        whole = lists.is_given(text, self.language), lists.is_family(text, self.language)
        given = whole[0] or (len(parts) > 1 and lists.is_given(parts[0], self.language))
        family = whole[1] or (len(parts) > 1 and any(lists.is_family(part, self.language) for part in parts))
        if given or family:
            if lists.is_word(text, self.language):
                return "doubtful"
            return "given" if given else "family"
        if lists.is_stopped(text) or (text.isupper() and len(text) > 1):
            return "no"
        if len(parts) > 1 and any(lists.is_stopped(part) for part in parts):
            return "no"
        return "capital"

    def _arabic(self, word: Word) -> Word:
        bare = word.text.strip("\u200c")
        if bare in lists.SMALL:
            return word
        if bare in cues.ARABIC_PARTICLES:
            return replace(word, strength="particle")
        if bare[1:] in cues.KUNYA and bare[0] in _PREFIXES:
            return replace(word, start=word.start + 1, text=bare[1:], strength="particle")
        if self._is_arabic_name(bare):
            return replace(word, strength=self._arabic_strength(bare))
        for prefix in _PREFIXES:
            rest = bare.removeprefix(prefix)
            if (
                rest != bare
                and len(rest) > 2
                and not lists.is_stopped(bare)
                and lists.is_given(rest, self.language)
            ):
                strength = self._arabic_strength(rest)
                if strength == "given" or len(prefix) == 1:
                    return replace(word, start=word.start + len(prefix), text=rest, strength=strength)
        return replace(word, strength="no" if lists.is_stopped(bare) else "plain")

    def _is_arabic_name(self, bare: str) -> bool:
        return lists.is_given(bare, self.language) or lists.is_family(bare, self.language)

    def _arabic_strength(self, bare: str) -> Strength:
        if lists.is_word(bare, self.language if self.language in ("ar", "fa") else ""):
            return "doubtful"
        return "given" if lists.is_given(bare, self.language) else "family"

    def span(self, start: int, end: int) -> tuple[int, int]:
        last = self.words[end - 1]
        return self.words[start].start, last.end + (last.strength == "initial")

    def follows(self, place: int) -> bool:
        """Whether the next word stands right beside this one."""
        if place + 1 >= len(self.words):
            return False
        between = self.text[self.words[place].end : self.words[place + 1].start]
        if self.words[place].strength == "initial":
            return between in (". ", ".", ".\u00a0")
        return between in (" ", "\u00a0", "  ", "\u200c")

    def ends_clause(self, place: int) -> bool:
        end = self.words[place].end
        return bool(_CLAUSE.match(self.text, end)) or any(
            end <= start <= end + 2 for start, _end in self.taken
        )

    def is_noun(self, word: Word) -> bool:
        """Whether German would make a common noun of it."""
        return self.language in ("de", "") and bool(_GERMAN_NOUN.search(word.text))
