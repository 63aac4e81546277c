"""The synonym ring: our own words for what people look for, in all languages. Data in `data/*.toml`.

A concept has words in each language; words and texts that mean it are recognised alike, so a text in German is found by
a word in Tigrinya. Texts are marked with their concepts when they are indexed, questions when they are asked.
"""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from quartierwerk.languages.names import fold, plain
from quartierwerk.languages.tags import fallbacks
from quartierwerk.search import latin
from quartierwerk.search.analysis import JOINING, base, is_stopword, last_part, stem, without_hyphens
from quartierwerk.search.compounds import parts_of

ASKED_ONLY = "?"  # ends a word of the data files
DATA = Path(__file__).parent / "data"
Rank = Literal["topic", "trait", "form"]
How = Literal["synonym", "latin", "similar", "beginning"]
_FOREIGN_FROM = 4  # letters: shorter words of a third language are too often a word of this one
PREFIX_FROM = 4  # letters
# First letters that are heard alike: Komputer, Fahrad, Zertifikat.
_SOUNDS = {"c": "k", "v": "f", "w": "f", "z": "s", "y": "i", "j": "i", "p": "b", "d": "t"}
SIMILAR_FROM, TWO_ERRORS_FROM = 5, 9  # letters


@dataclass(frozen=True)
class Concept:
    """What people look for. The first word of each language is its label.

    rank     topic: what it is about; trait: for whom, when, at what price; form: course, advice, group
    broader  code of a concept that also serves where this one finds nothing better
    only_titles  a passing mention in a text is no offer of it
    """

    code: str
    words: Mapping[str, tuple[str, ...]]
    rank: Rank = "topic"
    broader: str = ""
    only_titles: bool = False

    def label(self, lang: str) -> str:
        for tag in (*fallbacks(lang), "de"):
            if words := self.words.get(tag):
                return words[0].removesuffix(ASKED_ONLY)
        return self.code


@dataclass(frozen=True, slots=True)
class _Entry:
    keys: tuple[str, ...]  # stems without words that carry no topic
    code: str
    is_asked_only: bool  # means this in a question, but too much else in a text


@dataclass
class _Language:
    """Lookups of one language."""

    by_first: dict[str, list[_Entry]] = field(default_factory=dict)
    single: dict[str, list[str]] = field(default_factory=dict)  # folded single word → codes
    latin: dict[str, str] = field(default_factory=dict)  # Latin key → a word of the language's own script
    arabic: dict[str, list[str]] = field(default_factory=dict)  # consonants → words in Arabic script


class Ring:
    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = {concept.code: concept for concept in concepts}
        self.narrower: dict[str, list[str]] = {}
        for concept in self.concepts.values():
            if concept.broader:
                self.narrower.setdefault(concept.broader, []).append(concept.code)
        self._languages: dict[str, _Language] = {}
        told = [
            (concept.code, base(lang), word)
            for concept in self.concepts.values()
            for lang, words in concept.words.items()
            for word in words
        ]
        # Single words first: what a phrase shrinks to without its stop words is judged by them.
        for code, lang, word in sorted(told, key=lambda one: " " in one[2]):
            self._add(code, lang, word)

    def _add(self, code: str, lang: str, word: str) -> None:
        known = self._languages.setdefault(lang, _Language())
        is_asked_only, word = word.endswith(ASKED_ONLY), word.removesuffix(ASKED_ONLY)
        keys = keys_of(word, lang)
        if not keys:
            return
        if len(keys) == 1 and " " in word:
            # `after work` is nothing but work, which means something else; `sans papiers` is no text about papers.
            known_as = {entry.code for entry in known.by_first.get(keys[0], ()) if len(entry.keys) == 1}
            if known_as:
                return
            is_asked_only = True
        entry = _Entry(keys, code, is_asked_only)
        entries = known.by_first.setdefault(keys[0], [])
        entries.append(entry)
        entries.sort(key=lambda one: -len(one.keys))
        whole = fold(word)
        if len(keys) == 1 and " " not in whole:
            _append_once(known.single.setdefault(whole, []), code)
        for piece in whole.split():
            for key in latin.keys_of_word(piece):
                known.latin.setdefault(key, piece)
            if "\u0600" <= piece[:1] <= "\u06ff":
                for form in dict.fromkeys((piece, piece.removeprefix("ال"))):
                    _append_once(known.arabic.setdefault(latin.skeleton(form), []), form)

    def asked_in(self, lang: str) -> list[str]:
        """Languages whose words a reader may type: her own, German, English, then all others."""
        near = [base(tag) for tag in fallbacks(lang)]
        return [tag for tag in dict.fromkeys([*near, "de", "en", *self._languages]) if tag in self._languages]

    def entries_at(self, lang: str, key: str) -> Sequence[_Entry]:
        known = self._languages.get(lang)
        return known.by_first.get(key, ()) if known else ()

    def is_word_of(self, typed: str, lang: str, codes: Collection[str]) -> bool:
        """Whether a word stands in a phrase of one of these concepts, in the reader's language."""
        tag = base(lang)
        wanted = set(keys_of(typed, tag))
        return bool(wanted) and any(wanted <= self._keys_in(code, tag) for code in codes)

    @lru_cache(maxsize=5_000)  # noqa: B019 - there is one ring per process
    def _keys_in(self, code: str, tag: str) -> frozenset[str]:
        words = self.concepts[code].words.get(tag, ())
        return frozenset(key for word in words for key in keys_of(word, tag))

    def is_german_word(self, folded: str) -> bool:
        return any(len(entry.keys) == 1 for entry in self.entries_at("de", stem(folded, "de")))

    @lru_cache(maxsize=20_000)  # noqa: B019 - there is one ring per process
    def parts(self, folded: str) -> tuple[str, ...]:
        return parts_of(folded, self.is_german_word)

    def meant_by(self, folded: str, lang: str) -> tuple[str, ...]:
        """Concepts of a single German or other word as it stands."""
        entries = self.entries_at(lang, stem(folded, lang))
        return tuple(dict.fromkeys(entry.code for entry in entries if len(entry.keys) == 1))

    def single(self, tag: str, folded: str) -> tuple[str, ...]:
        """Concepts of a folded word that stands in the ring as it is, in one language."""
        known = self._languages.get(tag)
        return tuple(known.single.get(folded, ())) if known else ()

    @lru_cache(maxsize=20_000)  # noqa: B019 - there is one ring per process
    def beginning_with(self, folded: str, lang: str) -> tuple[str, ...]:
        # Arabic script writes few vowels: three letters say there what four say elsewhere.
        if len(folded) < (PREFIX_FROM if latin.is_latin(folded) or folded[0] < "\u0590" else PREFIX_FROM - 1):
            return ()
        beginnings = tuple(dict.fromkeys((folded, folded.removeprefix("ال"))))
        beginnings = tuple(one for one in beginnings if len(one) >= PREFIX_FROM - 1)
        return tuple(
            dict.fromkeys(
                code
                for tag in self.asked_in(lang)[:3]
                for word, codes in self._languages[tag].single.items()
                if word.startswith(beginnings)
                for code in codes
            )
        )

    @lru_cache(maxsize=20_000)  # noqa: B019 - there is one ring per process
    def similar_to(self, folded: str, lang: str) -> tuple[str, ...]:
        """Concepts of the words nearest to a mistyped one, which must begin with the same letter."""
        if len(folded) < SIMILAR_FROM:
            return ()
        allowed = 2 if len(folded) >= TWO_ERRORS_FROM else 1
        nearest: list[tuple[int, list[str]]] = []
        for tag in self.asked_in(lang)[:3]:
            single = self._languages[tag].single
            for word, distance, _at in process.extract(
                folded, single.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=5
            ):
                if (
                    _SOUNDS.get(word[0], word[0]) == _SOUNDS.get(folded[0], folded[0])
                    and len(word) >= SIMILAR_FROM
                ):
                    nearest.append((int(distance), single[word]))
        best = min((distance for distance, _codes in nearest), default=None)
        return tuple(dict.fromkeys(code for distance, codes in nearest if distance == best for code in codes))

    @lru_cache(maxsize=20_000)  # noqa: B019 - there is one ring per process
    def in_own_script(self, typed: str, tag: str, *, is_own: bool) -> str:
        """The word of another script that somebody typed in Latin letters; empty where there is none."""
        known = self._languages[tag].latin
        if is_own and (word := latin.arabic_word(typed, self._languages[tag].arabic)):
            return word
        for key in latin.keys_of_typed(typed) if known else ():
            # Short keys, above all of consonants only, are soon the same by chance: only for who reads the language.
            if not is_own and len(key) < (8 if key[0] in "aw" else 7):
                continue
            if word := known.get(key) or (_nearly(key, known) if is_own else ""):
                return word
            if is_own and (beginning := _beginning_of(key, known)):
                return beginning
        return ""

    def in_text(self, text: str, lang: str) -> dict[str, str]:
        """Concepts that a text means → the piece of it that does. Also looks into joined German words."""
        tags = [base(tag) for tag in fallbacks(lang) if base(tag) in self._languages]
        found: dict[str, str] = {}
        if not tags:
            return found
        chunks = text.split()
        for tag in dict.fromkeys(tags):
            keyed = [(key, chunk) for chunk in chunks for key in _keys_of_chunk(chunk, tag)]
            covered = 0  # up to here a longer phrase says what is meant
            for at, (key, chunk) in enumerate(keyed):
                hit = at < covered
                for entry in self.entries_at(tag, key) if not hit else ():
                    length = len(entry.keys)
                    if entry.is_asked_only or at + length <= covered:
                        continue
                    if length == 1 or tuple(k for k, _c in keyed[at : at + length]) == entry.keys:
                        hit, covered = True, at + length if length > 1 else covered
                        found.setdefault(entry.code, " ".join(c for _k, c in keyed[at : at + length]))
                if not hit and tag == "de" and chunk[:1].isupper():
                    for code in self._in_joined(chunk):
                        found.setdefault(code, chunk)
        return found

    @lru_cache(maxsize=100_000)  # noqa: B019 - there is one ring per process
    def _in_joined(self, chunk: str) -> tuple[str, ...]:
        parts = (part for piece in plain(chunk).split() for part in self.parts(fold(piece)))
        return tuple(dict.fromkeys(code for part in parts for code in self.meant_by(part, "de")))

    def phrases(
        self, words: Sequence[str], lang: str, *, known: Collection[int] = ()
    ) -> Iterator[tuple[tuple[int, ...], tuple[str, ...], How]]:
        """Places of typed words and the concepts they mean together, longest phrases and nearest languages first.

        Each place is used once. Words of a phrase may stand in any order.
        """
        found: list[tuple[int, int, tuple[int, ...], str, How]] = []
        for order, (tag, is_latin) in enumerate(self._readings(lang)):
            keys: dict[str, list[int]] = {}
            for place, word in enumerate(words):
                if key := self._key(word, tag, lang, is_latin=is_latin):
                    keys.setdefault(key, []).append(place)
            for key, places in keys.items():
                for entry in self.entries_at(tag, key):
                    how: How = "latin" if is_latin else "synonym"
                    if len(entry.keys) == 1:
                        found += [(-1, order, (place,), entry.code, how) for place in places]
                    elif all(k in keys for k in entry.keys):
                        together = tuple(sorted({keys[k][0] for k in entry.keys}))
                        found.append((-len(entry.keys), order, together, entry.code, how))
        found.sort(key=lambda one: one[:2])
        used = set(known)
        taken: dict[tuple[int, ...], tuple[int, list[str], How]] = {}
        for _length, order, together, code, how in found:
            if together in taken and taken[together][0] == order:
                _append_once(taken[together][1], code)
            elif used.isdisjoint(together):
                taken[together] = (order, [code], how)
                used.update(together)
        for together, (_order, codes, how) in taken.items():
            yield together, tuple(codes), how

    @lru_cache(maxsize=200)  # noqa: B019 - there is one ring per process
    def _readings(self, lang: str) -> Sequence[tuple[str, bool]]:
        """Languages a question may be in, and whether their script may have been typed in Latin letters."""
        return tuple(self._each_reading(lang))

    def _each_reading(self, lang: str) -> Iterator[tuple[str, bool]]:
        tags = self.asked_in(lang)
        own = {base(tag) for tag in fallbacks(lang)}
        for tag in tags:
            yield tag, False
            if tag in own and self._languages[tag].latin:
                yield tag, True
        for tag in tags:
            if tag not in own and self._languages[tag].latin:
                yield tag, True

    @lru_cache(maxsize=100_000)  # noqa: B019 - there is one ring per process
    def _key(self, word: str, tag: str, lang: str, *, is_latin: bool) -> str:
        own = [base(one) for one in fallbacks(lang)]
        if is_latin:
            word = self.in_own_script(word, tag, is_own=tag in own)
        key = next(iter(keys_of(word, tag)), "")
        if tag in (*own, "de", "en") or len(key) >= _FOREIGN_FROM or not latin.is_latin(key):
            return key
        return ""


def keys_of(phrase: str, lang: str) -> tuple[str, ...]:
    """Stems of a phrase without words that carry no topic, unless it has no others."""
    chunks = phrase.split()
    telling = [chunk for chunk in chunks if not is_stopword(chunk, lang)] or chunks
    return tuple(key for chunk in telling for key in _keys_of_chunk(chunk, lang, stopped=False))


@lru_cache(maxsize=300_000)
def _keys_of_chunk(chunk: str, lang: str, *, stopped: bool = True) -> tuple[str, ...]:
    pieces = plain(last_part(chunk) if lang == "fr" else chunk).split()
    if stopped and lang in JOINING and (whole := without_hyphens(chunk)):
        pieces.append(plain(whole))
    return tuple(stem(piece, lang) for piece in pieces if not (stopped and is_stopword(piece, lang)))


def _beginning_of(key: str, known: Mapping[str, str]) -> str:
    """`lystamy` is `лист` with an ending."""
    if not key.startswith("c:"):
        return ""
    return next(
        (known[key[:end]] for end in range(len(key) - 1, max(5, len(key) - 4), -1) if key[:end] in known), ""
    )


def _nearly(key: str, known: Mapping[str, str]) -> str:
    """Endings differ: from six letters on one may."""
    if not key.startswith("c:") or len(key) < 8:
        return ""
    found = process.extractOne(key, known.keys(), scorer=OSA.distance, score_cutoff=1)
    return known[found[0]] if found else ""


def _append_once(codes: list[str], code: str) -> None:
    if code not in codes:
        codes.append(code)


def read(path: Path) -> Iterator[Concept]:
    for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
        words = {
            lang: tuple(word.strip() for word in line.split(","))
            for lang, line in entry.items()
            if lang not in ("rank", "broader", "only_titles")
        }
        is_seldom = entry.get("only_titles", False)
        yield Concept(code, words, entry.get("rank", "topic"), entry.get("broader", ""), is_seldom)


@cache
def built_in() -> Ring:
    return Ring(concept for path in sorted(DATA.glob("*.toml")) for concept in read(path))
