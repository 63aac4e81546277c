"""Sentences of a text with digests, so that a translator sees only what changed (W6.4).

Spaces and line breaks are no content: two texts that differ only in them have no changes.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# Abbreviations after which a capital letter follows within the sentence.
_ABBREVIATIONS = {
    "abs", "allg", "anm", "apr", "art", "aug", "bd", "bes", "betr", "bez", "bspw", "bzgl", "bzw", "ca", "dez", "dipl", "dr",
    "ehem", "einschl", "evtl", "feb", "gem", "ggf", "hbf", "hrsg", "inkl", "insb", "jan", "jul", "jun", "kath", "lfd", "max",
    "min", "mind", "mio", "mrd", "mär", "mrz", "nov", "nr", "okt", "prof", "sep", "sept", "sog", "st", "std", "stv", "tel",
    "tsd", "usw", "vgl", "zzgl", "zzt", "mr", "mrs", "ms", "jr", "sr", "vs", "etc", "approx",
}  # fmt: skip
# As written; "so" and "do" may well end a sentence.
_DAYS = {"Mo", "Di", "Mi", "Do", "Fr", "Sa", "So", "Hr"}
# Signs that end a sentence in Latin, Arabic, Ethiopic, Chinese, Armenian and Indic writing.
_END = re.compile(r"[.!?…؟۔።፧。！？։।]+[\"'”“»«’)\]]*(?=\s|$)|(?<=[。！？])")
_BULLET = re.compile(r"^\s*(?:[-–—•*▪◦·]|\d{1,2}[.)])\s+")


@dataclass(frozen=True)
class Segment:
    """One sentence, heading or list item. `digest` is equal for texts that differ in spaces only."""

    text: str
    digest: str
    paragraph: int


@dataclass(frozen=True)
class Change:
    """What a translator has to look at: `old` is None for added sentences, `new` for removed ones.

    `position` counts the sentences of the new text; a removed one stands before the sentence of that position.
    """

    kind: Literal["added", "changed", "removed"]
    old: Segment | None
    new: Segment | None
    position: int


def normal_text(text: str) -> str:
    """The text with single spaces, by which it is compared."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def digest(text: str) -> str:
    return hashlib.blake2b(normal_text(text).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def segments(text: str) -> list[Segment]:
    return [
        Segment(sentence, digest(sentence), number)
        for number, paragraph in enumerate(line for line in text.splitlines() if line.strip())
        for sentence in sentences(paragraph)
    ]


def sentences(line: str) -> Iterator[str]:
    """Sentences of one line. Where in doubt (`am 1. September`, `z. B.`, `e. V.`) it does not split."""
    line = normal_text(line)
    start, bullet = 0, _BULLET.match(line)
    for end in _END.finditer(line, bullet.end() if bullet else 0):
        if end.end() < len(line) and (end.group().startswith(".") and not _ends_sentence(line, end)):
            continue
        if sentence := line[start : end.end()].strip():
            yield sentence
        start = end.end()
    if rest := line[start:].strip():
        yield rest


def _ends_sentence(line: str, end: re.Match[str]) -> bool:
    # A window is enough and keeps long lines linear.
    before = line[max(0, end.start() - 40) : end.start()].rsplit(" ", 1)[-1].lstrip("(„\"'")
    after = line[end.end() : end.end() + 10].lstrip(" („\"'»«“")
    word = before.rsplit(".", 1)[-1]
    if after[:1].islower() or (end.group() == "." and len(word) == 1 and word.isalpha()):
        return False
    if word.isdecimal() and len(word) <= 2:
        return False
    short = word in _DAYS or word.casefold() in _ABBREVIATIONS or word.casefold().endswith(("str", "pl"))
    return not short


def changed_segments(old: str, new: str) -> list[Change]:
    """What differs, in the order of the new text."""
    if normal_text(old) == normal_text(new):
        return []
    before, after = segments(old), segments(new)
    matcher = SequenceMatcher(None, [s.digest for s in before], [s.digest for s in after], autojunk=False)
    changes: list[Change] = []
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what != "equal":
            changes.extend(_block(before[i1:i2], after[j1:j2], j1))
    return changes


def _block(before: list[Segment], after: list[Segment], position: int) -> Iterator[Change]:
    """Pair the sentences of a changed stretch: each new one with the most similar old one that is still free."""
    partners = _partners(before, after)
    for index, old in enumerate(before):
        if index not in partners.values():
            yield Change("removed", old, None, position)
    for index, new in enumerate(after):
        partner = partners.get(index)
        if partner is None:
            yield Change("added", None, new, position + index)
        else:
            yield Change("changed", before[partner], new, position + index)


SIMILAR = 0.5  # from here on a sentence counts as reworded, below it as another one
LONGEST_PAIRING = 40  # sentences a side; beyond, pairing by likeness would take seconds and help nobody


def _partners(before: list[Segment], after: list[Segment]) -> dict[int, int]:
    if max(len(before), len(after)) > LONGEST_PAIRING:
        return {index: index for index in range(min(len(before), len(after)))}
    rated = []
    for j, new in enumerate(after):
        matcher = SequenceMatcher(None, b=new.text.split(), autojunk=False)
        for i, old in enumerate(before):
            matcher.set_seq1(old.text.split())
            rated.append((-matcher.ratio(), abs(i - j), j, i))
    partners: dict[int, int] = {}
    for ratio, _, j, i in sorted(rated):
        if -ratio >= SIMILAR and j not in partners and i not in partners.values():
            partners[j] = i
    if len(before) == len(after) == 1:
        partners[0] = 0
    return partners


def word_changes(old: str, new: str) -> list[tuple[Literal["same", "removed", "added"], str]]:
    """Both wordings of a changed sentence in one line, to be marked up as kept, removed and added."""
    before, after = old.split(), new.split()
    marked: list[tuple[Literal["same", "removed", "added"], str]] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            marked.append(("same", " ".join(before[i1:i2])))
            continue
        if i2 > i1:
            marked.append(("removed", " ".join(before[i1:i2])))
        if j2 > j1:
            marked.append(("added", " ".join(after[j1:j2])))
    return marked
