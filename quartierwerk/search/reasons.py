"""Why a record was found, in the words of its own texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz.distance import OSA

from quartierwerk.languages import tags
from quartierwerk.search.analysis import JOINING, SHORTEST_TAIL, Word, base, stem, words_of
from quartierwerk.search.ring import Ring
from quartierwerk.search.units import Unit

Place = Literal["title", "extra", "text", "spoken"]
TYPO_FROM, TWO_TYPOS_FROM = 5, 9  # letters; shorter words are too near to too many others


@dataclass(frozen=True)
class Match:
    """Why a record was found: which typed word, in which field, and how it matched there.

    how  same, beginning, stem, part, similar (a typing error), synonym, latin (another script in Latin letters)
    of   what it is a synonym of, in the reader's language
    """

    word: str
    found: str  # the word as it stands in the text
    field: Place
    lang: str
    how: Literal["same", "beginning", "stem", "part", "similar", "synonym", "latin"]
    of: str = ""


@dataclass(frozen=True)
class Evidence:
    """What stands in a record besides its words.

    concepts  code → language, field, piece of text
    spoken    tags of the languages spoken there
    """

    concepts: Mapping[str, Sequence[str]]
    spoken: Sequence[str] = ()


def reasons(
    units: Sequence[Unit],
    texts: Mapping[str, Sequence["Standing"]],
    evidence: Evidence,
    ring: Ring,
    langs: Sequence[str],
    lang: str,
) -> list[Match]:
    """For each unit its best place in the record's texts, the reader's language first."""
    order = [name for name in langs if name in texts] + [name for name in texts if name not in langs]
    places = [place for name in order for place in texts[name]]
    found: list[Match] = []
    for unit in units:
        if not unit.count:
            continue
        matches = (
            _spoken(unit, evidence, lang)
            or _literal(unit, places)
            or _meant(unit, evidence, ring, lang)
            or _similar(unit, places)
        )
        found += [match for match in matches if match not in found]
    return found


def _literal(unit: Unit, places: Sequence["Standing"]) -> list[Match]:
    matches = []
    for word in ([unit.whole] if unit.whole else []) + list(unit.words):
        looks = (look(place, word) for look in (Standing.match, Standing.both_halves) for place in places)
        if match := next(filter(None, looks), None):
            matches.append(match)
            if word is unit.whole:
                return matches
    return matches if len(matches) >= len(unit.words) else []


def _meant(unit: Unit, evidence: Evidence, ring: Ring, lang: str) -> list[Match]:
    for code, how in unit.concepts.items():
        broader = ring.concepts[code].broader if code in ring.concepts else ""
        for name in filter(None, (code, *ring.narrower.get(code, ()), broader)):
            if name in evidence.concepts:
                where, field, piece = evidence.concepts[name]
                shown = "latin" if how == "latin" else "similar" if how == "similar" else "synonym"
                return [
                    Match(
                        unit.typed, bare(piece), _PLACES[field], where, shown, ring.concepts[name].label(lang)
                    )
                ]
    return []


def _spoken(unit: Unit, evidence: Evidence, lang: str) -> list[Match]:
    tag = next((tag for tag in unit.speaks if tag in evidence.spoken), None)
    return [Match(unit.typed, tags.name(tag, lang), "spoken", lang, "same")] if tag else []


def _similar(unit: Unit, places: Sequence["Standing"]) -> list[Match]:
    looks = (place.similar(word) for word in unit.words for place in places)
    match = next(filter(None, looks), None) if unit.typos else None
    return [match] if match else []


_PLACES: dict[str, Place] = {"title": "title", "extra": "extra", "text": "text"}


_SURE = 3  # letters that a word shares with its stem


class Standing:
    """The words of one text with the places they stand at; judged as the index does.

    folded  its words as they are indexed: a quick look whether taking the text apart is worth it
    """

    def __init__(self, name: Place, lang: str, text: str, folded: str) -> None:
        self.name, self.lang, self.text, self.folded = name, lang, text, folded

    @cached_property
    def standing(self) -> dict[str, str]:
        """Folded word → the piece of text it stands in first."""
        found: dict[str, str] = {}
        for chunk in self.text.split():
            for token in words_of(chunk, self.lang):
                found.setdefault(token, chunk)
        return found

    def match(self, word: Word) -> Match | None:
        wanted = stem(word.plain, self.lang)
        if wanted[:_SURE] not in self.folded and not any(form in self.folded for form in word.forms):
            return None
        standing = self.standing
        for form in word.forms:
            if form in standing:
                return self._at(word, standing[form], "same")
        for form in word.forms:
            if len(form) >= 2 and (token := next((t for t in standing if t.startswith(form)), None)):
                return self._at(word, standing[token], "beginning")
        for token, chunk in standing.items():
            # Stems share their first letters, but for the article in Arabic.
            if (token[0] == wanted[:1] or self.lang == "ar") and stem(token, self.lang) == wanted:
                return self._at(word, chunk, "stem")
        for form in word.forms:
            if len(form) >= SHORTEST_TAIL and base(self.lang) in JOINING:
                for token, chunk in standing.items():
                    if chunk[:2].lower() == chunk[:2]:
                        continue
                    if token.endswith(form) if len(form) == SHORTEST_TAIL else form in token:
                        return self._at(word, chunk, "part")
        return None

    def both_halves(self, word: Word) -> Match | None:
        """A joined word whose two halves stand apart in the text."""
        form = word.forms[0]
        if len(form) < 2 * SHORTEST_TAIL or form[-SHORTEST_TAIL:] not in self.folded:
            return None
        for tail, chunk in self.standing.items():
            if len(tail) < SHORTEST_TAIL or not form.endswith(tail):
                continue
            for head in heads(form.removesuffix(tail)):
                if len(head) >= SHORTEST_TAIL and head in self.standing:
                    return self._at(word, f"{bare(self.standing[head])} … {bare(chunk)}", "part")
        return None

    def similar(self, word: Word) -> Match | None:
        for form in word.forms:
            if len(form) < TYPO_FROM:
                continue
            near = {
                token: distance
                for token in self.standing
                if (distance := typos_between(form, token)) is not None and token[0] in form[:2]
            }
            if near:
                return self._at(word, self.standing[min(near, key=lambda token: near[token])], "similar")
        return None

    def _at(
        self, word: Word, place: str, how: Literal["same", "beginning", "stem", "part", "similar"]
    ) -> Match:
        return Match(word.typed, bare(place), self.name, self.lang, how)


def typos_between(form: str, word: str) -> int | None:
    """Typing errors that make `form` of a word or, from six letters on, of its beginning; None for too many."""
    allowed = 2 if len(form) >= TWO_TYPOS_FROM else 1
    if len(word) < len(form) - allowed:
        return None
    distance = int(OSA.distance(form, word, score_cutoff=allowed))
    if distance > allowed and len(form) > TYPO_FROM and len(word) > len(form):
        distance = min(
            int(OSA.distance(form, word[: len(form) + more], score_cutoff=allowed)) for more in (0, 1)
        )
    return distance if distance <= allowed else None


def heads(head: str) -> tuple[str, ...]:
    """First half of a joined word, with and without the letters that join it."""
    return head, head.removesuffix("s"), head.removesuffix("n"), head.removesuffix("en")


def bare(chunk: str) -> str:
    return chunk.strip(".,;:!?()[]{}„“”\"'«»…–-*_/\\")
