"""A hint while writing German: how hard is the text, and which places make it so.

The level rests on the first Vienna formula for non-fiction (school grade a reader needs, from the shares of long, of
many-syllable and of one-syllable words and the length of sentences). Short texts make such formulas jump, so a text
of a few words is judged by its places alone. A hint, never a gate.
"""

import re
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy

from quartierwerk.languages.segments import segments

Level = Literal["good", "medium", "hard"]

LEVELS = {
    "good": gettext_lazy("easy to read"),
    "medium": gettext_lazy("readable with effort"),
    "hard": gettext_lazy("hard to read"),
}
ADVICE = {
    "long_sentence": gettext_lazy("A long sentence. Can it be two?"),
    "long_word": gettext_lazy("A long word. Is there a shorter one, or does a hyphen help?"),
    "passive": gettext_lazy("Who does it? Name the person or the office."),
    "nouns": gettext_lazy("Many nouns on -ung, -keit or -tion. Verbs are easier."),
}

GOOD_GRADE, MEDIUM_GRADE = (
    10.0,
    13.0,
)  # up to here; checked on published pages for newcomers and on legal text
LONG_SENTENCE, VERY_LONG_SENTENCE = 20, 30  # words
LONG_WORD = 18  # letters between hyphens
ENOUGH_WORDS = 8  # fewer say nothing about a text

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SYLLABLE = re.compile(r"aa|ee|oo|ie|ei|ai|ey|ay|au|eu|äu|[aeiouyäöüáéèêóàâ]", re.IGNORECASE)
# Participles are written small; "Gebiet" and "Gericht" are none. With "wird" and "werden" an ending -en may also be an
# infinitive ("werden bekommen"), so there only the frequent participles count.
_WEAK = re.compile(r"\w*ge\w{2,}t|\w{2,}iert|(?:be|ver|er|ent|zer|über|unter)\w{3,}t")
_STRONG = re.compile(
    r"(?:an|ab|auf|aus|ein|mit|vor|zu|weiter)?"
    r"(?:ge(?:geben|nommen|sprochen|schrieben|troffen|boten|funden|halten|schlossen|lesen|holfen|laden|tragen|sehen)"
    r"|(?:be|ver|über|ent|unter)(?:schlossen|sprochen|geben|nommen|laden|schrieben|halten|wiesen|schoben))"
)
_PAST_STRONG = re.compile(r"\w*ge\w{2,}en|(?:be|ver|er|ent|zer)\w{3,}en")
_NEAR = 15  # words between "wird" and its participle
_LONGEST = 40  # letters of a participle
_NOUN = re.compile(r"\b[A-ZÄÖÜ]\w{3,}(?:ung|ungen|keit|keiten|heit|heiten|tion|tionen|ität)\b")


@dataclass(frozen=True)
class Finding:
    """A place worth a second look; `ADVICE[kind]` says what may help."""

    kind: Literal["long_sentence", "long_word", "passive", "nouns"]
    text: str
    sentence: int  # counted from 0


@dataclass(frozen=True)
class Readability:
    level: Level
    words: int
    sentences: int
    grade: float | None  # school grade, None where the text is too short to tell
    findings: tuple[Finding, ...]


def hint(text: str) -> Readability:
    """Judge a German text. Empty text is good."""
    parts = [segment.text for segment in segments(text)]
    words_of = [_WORD.findall(part) for part in parts]
    words = [word for part in words_of for word in part]
    findings = tuple(_findings(parts, words_of))
    grade = None
    level: Level = "good"
    if len(words) >= ENOUGH_WORDS:
        grade = _grade(words, sum(1 for part in words_of if part))
        level = "good" if grade <= GOOD_GRADE else "medium" if grade <= MEDIUM_GRADE else "hard"
    longest = max(map(len, words_of), default=0)
    if longest > VERY_LONG_SENTENCE:
        level = "hard"
    elif level == "good" and (longest > LONG_SENTENCE or len(findings) > max(1, len(parts) // 2)):
        level = "medium"
    return Readability(level, len(words), len(parts), grade, findings)


def syllables(word: str) -> int:
    return max(1, len(_SYLLABLE.findall(word)))


def _grade(words: list[str], sentences: int) -> float:
    """First Vienna formula (Bamberger and Vanecek 1984)."""
    count = len(words)
    beats = [syllables(word) for word in words]
    many = 100 * sum(beat >= 3 for beat in beats) / count
    one = 100 * sum(beat == 1 for beat in beats) / count
    long = 100 * sum(len(word) > 6 for word in words) / count
    return round(0.1935 * many + 0.1672 * count / sentences + 0.1297 * long - 0.0327 * one - 0.875, 1)


def _findings(parts: list[str], words_of: list[list[str]]) -> list[Finding]:
    found = []
    for number, (part, words) in enumerate(zip(parts, words_of, strict=True)):
        if len(words) > LONG_SENTENCE:
            found.append(Finding("long_sentence", part, number))
        found.extend(
            Finding("long_word", word, number)
            for word in dict.fromkeys(words)
            if max(map(len, re.split(r"[-’']", word))) >= LONG_WORD
        )
        if passive := _passive(words):
            found.append(Finding("passive", passive, number))
        nouns = _NOUN.findall(part)
        if len(nouns) >= 3:
            found.append(Finding("nouns", ", ".join(nouns), number))
    return found


def _passive(words: list[str]) -> str | None:
    """First passive of a sentence, from its auxiliary to its participle or the other way round."""
    for place, word in enumerate(words):
        auxiliary = word.casefold()
        if auxiliary not in ("wird", "werden", "werdet", "wurde", "wurden", "worden"):
            continue
        past = auxiliary in ("wurde", "wurden", "worden")
        if place and _is_participle(words[place - 1], past):
            return f"{words[place - 1]} {word}"
        for end in range(place + 1, min(place + 1 + _NEAR, len(words))):
            if _is_participle(words[end], past):
                return " ".join(words[place : end + 1])
    return None


def _is_participle(word: str, past: bool) -> bool:
    if len(word) > _LONGEST:
        return False
    return any(
        pattern.fullmatch(word) for pattern in ((_WEAK, _STRONG, _PAST_STRONG) if past else (_WEAK, _STRONG))
    )
