"""What a question is made of: words that belong together, what they may mean, and how much each counts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from tantivy import Query

from quartierwerk.languages.names import fold
from quartierwerk.search.analysis import JOINING, Word, base, stem
from quartierwerk.search.ring import Ring, keys_of
from quartierwerk.search.tongues import spoken_by

_SHORTEST_PIECE = 3
Class = Literal["topic", "trait", "form", "word", "place"]


@dataclass(frozen=True)
class OwnWords:
    """Words a municipality put into the ring itself.

    words     all of them, in any language
    concept   code of the built-in concept they belong to, or empty
    without   folded words that do not mean the concept here
    """

    label: str
    words: tuple[str, ...]
    concept: str = ""
    without: frozenset[str] = frozenset()


@dataclass
class Unit:
    """Words of a question that mean one thing.

    words     as typed; several where they form a phrase
    concepts  code → how it was recognised; empty for a word outside the ring
    phrases   what else to look for literally: a municipality's own words
    whole     the joined word this one was cut from
    speaks    tags of the languages it names
    is_literal  the municipality took the word out of the ring
    count     records that match: an estimate first, exact where the answer depends on it
    query     what it matches in the index
    """

    words: tuple[Word, ...]
    kind: Class
    concepts: dict[str, str] = field(default_factory=dict)
    phrases: tuple[str, ...] = ()
    own_label: str = ""
    whole: Word | None = None
    is_literal: bool = False
    typos: bool = False
    speaks: tuple[str, ...] = ()
    count: int = 0
    query: Query = field(default_factory=Query.empty_query)

    @property
    def typed(self) -> str:
        return (
            self.whole.typed
            if self.whole and not self.concepts
            else " ".join(word.typed for word in self.words)
        )


def units_of(words: Sequence[Word], lang: str, ring: Ring, own: Collection[OwnWords] = ()) -> list[Unit]:
    """Cut a question into units: own words of the municipality first, then phrases, words and joined words of the ring."""
    found: dict[int, list[Unit]] = {}
    used: set[int] = set()
    for places, entry in _own_phrases(words, lang, own):
        if used.isdisjoint(places):
            used.update(places)
            found[places[0]] = [_own_unit([words[place] for place in places], entry, ring)]
    for place, joined, codes in _joined(words, ring):
        if used.isdisjoint((place, place + 1)):
            used.update((place, place + 1))
            both = (words[place], words[place + 1])
            found[place] = [Unit(both, rank_of(codes, ring), dict.fromkeys(codes, "synonym"), whole=joined)]
    for places, codes, how in ring.phrases([word.typed for word in words], lang, known=used):
        used.update(places)
        unit = Unit(tuple(words[place] for place in places), rank_of(codes, ring), dict.fromkeys(codes, how))
        found[places[0]] = [unit]
    meant = {code for units in found.values() for unit in units for code in unit.concepts}
    for place, word in enumerate(words):
        # `زبان` beside `کلاس آلمانی` adds nothing to the German course it is a word of.
        if place not in used and not ring.is_word_of(word.typed, lang, meant):
            found[place] = _single(word, lang, ring)
    units = [unit for place in sorted(found) for unit in found[place]]
    for unit in units:
        _apply_own(unit, own)
        if len(unit.words) == 1 and not unit.own_label:
            unit.speaks = spoken_by(unit.words[0].typed, lang)
    _demote_broader(units, ring)
    return units


def _demote_broader(units: Sequence[Unit], ring: Ring) -> None:
    """`Schimmel in der Wohnung` asks about mould: the flat is said with it, and only orders."""
    said = {ring.concepts[code].broader for unit in units for code in unit.concepts if code in ring.concepts}
    for unit in units:
        if unit.kind == "topic" and unit.concepts and said.issuperset(unit.concepts):
            unit.kind = "form"


def _joined(words: Sequence[Word], ring: Ring) -> Iterator[tuple[int, Word, tuple[str, ...]]]:
    """German words taken apart by who typed them: `Kinder Garten`, `Kinder-Garten`."""
    for place, (first, second) in enumerate(pairwise(words)):
        head, tail = first.forms[0], second.forms[0]
        if min(len(head), len(tail)) >= _SHORTEST_PIECE and head.isascii() and tail.isascii():
            for link in ("", "s", "n"):
                if codes := ring.single("de", whole := head + link + tail):
                    yield place, Word(f"{first.typed} {second.typed}", (whole,), whole), codes
                    break


def rank_of(codes: Collection[str], ring: Ring) -> Class:
    ranks = {ring.concepts[code].rank for code in codes if code in ring.concepts}
    return "topic" if "topic" in ranks or not ranks else "trait" if "trait" in ranks else "form"


def _single(word: Word, lang: str, ring: Ring) -> list[Unit]:
    """A word outside the ring: joined of known parts, or plain."""
    if spoken_by(word.typed, lang):
        return [Unit((word,), "word")]
    german = base(lang) in JOINING or word.plain.isascii()
    parts = ring.parts(word.forms[0]) if german else ()
    units = []
    for part in parts:
        codes = ring.meant_by(part, "de")
        units.append(
            Unit(
                (Word(part, (part,), part),),
                rank_of(codes, ring) if codes else "form",
                dict.fromkeys(codes, "synonym"),
                whole=word,
            )
        )
    return units or [Unit((word,), "word")]


def _own_phrases(
    words: Sequence[Word], lang: str, own: Collection[OwnWords]
) -> list[tuple[tuple[int, ...], OwnWords]]:
    keys = {stem(word.plain, lang): place for place, word in reversed(list(enumerate(words)))}
    folded = {word.forms[0]: place for place, word in reversed(list(enumerate(words)))}
    found = []
    for entry in own:
        for phrase in entry.words:
            wanted = fold(phrase).split()
            places = [folded.get(key) for key in wanted]
            if None in places:
                places = [keys.get(key) for key in keys_of(phrase, lang)]
            if places and None not in places:
                found.append((tuple(sorted({place for place in places if place is not None})), entry))
    return sorted(found, key=lambda one: -len(one[0]))


def _own_unit(words: list[Word], entry: OwnWords, ring: Ring) -> Unit:
    codes = {entry.concept: "synonym"} if entry.concept in ring.concepts else {}
    return Unit(
        tuple(words), rank_of(codes, ring), codes, phrases=entry.words, own_label=entry.label
    )  # fmt: skip


def _apply_own(unit: Unit, own: Collection[OwnWords]) -> None:
    typed = fold(" ".join(word.typed for word in unit.words))
    for entry in own:
        if entry.concept and entry.concept in unit.concepts:
            if typed in entry.without:
                del unit.concepts[entry.concept]
                if not unit.concepts:
                    unit.kind, unit.is_literal = "word", True
            elif not unit.phrases:
                unit.phrases, unit.own_label = entry.words, entry.label


@dataclass(frozen=True)
class Weights:
    """How much a match counts; a unit's best match decides, others add a tenth. Documented in docs/search.md."""

    title: float = 3.0
    extra: float = 1.2
    text: float = 1.0
    stem: float = 0.95
    beginning: float = 0.6
    part: float = 0.9
    place: float = 3.0  # the name of a quarter or town the record belongs to
    spoken: float = 2.5  # the name of a language spoken there
    typo: float = 0.5
    concept_title: float = 2.5
    concept_extra: float = 1.1
    concept_text: float = 0.85
    guessed: float = 0.7  # a concept recognised from a mistyped, begun or differently spelt word
    broader: float = 0.35
    narrower: float = 0.7
    latin: float = 0.7
    tie: float = 0.12
    own_language: float = 0.6
    everything: float = 2.0  # a record that meets every topic, where others meet some
    exact_title: float = 100.0
    # Share of a question that classes of units hold
    topic: float = 1.0
    word: float = 0.8
    trait: float = 0.35
    form: float = 0.15
    # Floor: what of a question must be known for an answer to be given
    floor: float = 0.5
    plain: float = 0.8  # a word outside the ring that stands in a title
    uncertain: float = 0.6  # a plain word that is mistyped or stands in no title
    unknown: float = 1.0
    unknown_in_long: float = 0.3  # in a question of `long` units or more
    long: int = 4
    good_part: float = 0.5  # share of the topics a record needs where none has all
    few: int = 3  # records that answer everything asked; below this, those with a good part follow


WEIGHTS = Weights()
SHARES: Mapping[Class, float] = {
    "topic": WEIGHTS.topic,
    "word": WEIGHTS.word,
    "trait": WEIGHTS.trait,
    "form": WEIGHTS.form,
    "place": WEIGHTS.word,
}
