"""From typed words to a tantivy query: built from parts, never parsed, so that no sign in a search has a meaning.

Scores are made of the weights in `units.WEIGHTS` alone: a word counts by where it stands and how it matches there,
not by how often. Steps, the next one only where the one before found too little:

`all`      every topic asked for; who it is for, when, and the kind of offer only order the hits
`similar`  the same with typing errors or another spelling: a word that is found nowhere as it was typed
`some`     a good part of the topics
`nothing`  too little of the question is known here: no answer is better than nonsense
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, log
from typing import Literal

import tantivy
from tantivy import Occur, Query

from quartierwerk.languages.names import fold
from quartierwerk.languages.tags import fallbacks
from quartierwerk.search import latin
from quartierwerk.search.analysis import JOINING, SHORTEST_TAIL, Word, base, query_words, stem
from quartierwerk.search.compounds import unknown_heads
from quartierwerk.search.reasons import TYPO_FROM, heads, typos_between
from quartierwerk.search.ring import Ring
from quartierwerk.search.units import SHARES, WEIGHTS, OwnWords, Unit, rank_of, units_of

How = Literal["all", "similar", "some", "everything", "nothing"]
FIELDS = (("title", WEIGHTS.title), ("extra", WEIGHTS.extra), ("text", WEIGHTS.text))
BEGINNING_FROM = 5  # letters; only the last word may still be being typed
MOST_NEAR = 20  # words taken for what a mistyped one may mean
CONCEPT_FIELDS = (
    ("c_title", WEIGHTS.concept_title),
    ("c_extra", WEIGHTS.concept_extra),
    ("c_text", WEIGHTS.concept_text),
)


@dataclass(frozen=True)
class Wanted:
    tenants: Collection[int] | None = None
    kinds: Collection[str] | None = None
    facets: Mapping[str, Collection[str]] = field(default_factory=dict)

    def queries(
        self, schema: tantivy.Schema, *, without: str | None = None, facets: bool = True
    ) -> Iterator[Query]:
        """Filters; `without` leaves one group of facets out, to count what its other values would give."""
        for name, values in (("tenant", self.tenants), ("kind", self.kinds)):
            if values is not None:
                yield Query.term_set_query(schema, name, list(values)) if values else Query.empty_query()
        for group, chosen in self.facets.items() if facets else ():
            if group != without:
                terms = [f"{group}:{value}" for value in chosen]
                yield Query.term_set_query(schema, "facet", terms) if terms else Query.empty_query()


@dataclass
class Answer:
    """`matching` is the question without filters and without what only orders."""

    query: Query
    matching: Query
    how: How
    units: list[Unit]
    langs: tuple[str, ...]
    count: int = 0
    places: list[tuple[float, tantivy.DocAddress]] = field(default_factory=list)


class Question:
    """One search, answered step by step."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        schema: tantivy.Schema,
        query: str,
        lang: str,
        wanted: Wanted,
        ring: Ring,
        own: Collection[OwnWords] = (),
    ) -> None:
        self.searcher, self.schema, self.wanted, self.ring = searcher, schema, wanted, ring
        self.typed, self.lang = query, lang
        self.langs = tuple(fallbacks(lang))
        self.words = query_words(query, lang)
        # German is searched besides the reader's language: it is what people hear and read here.
        self.stem_langs = tuple(dict.fromkeys([*(base(name) for name in self.langs), "de"]))
        self.units = units_of(self.words, lang, ring, own) if self.words else []
        self.visible = [Query.const_score_query(part, 0.0) for part in wanted.queries(schema, facets=False)]
        self.filters = [Query.const_score_query(part, 0.0) for part in wanted.queries(schema)]

    def answer(self, limit: int, offset: int) -> Answer:
        if not self.units:
            how: How = "nothing" if self.typed.strip() else "everything"
            query = Query.empty_query() if how == "nothing" else Query.all_query()
            return self._asked(query, how, limit, offset)
        for unit in self.units:
            self._settle(unit)
        topics = self._topics()
        if not self._is_known_enough(topics):
            return self._exact_title_only(limit, offset)
        known = [unit for unit in topics if unit.count]
        how = "similar" if any(self._was_guessed(unit) for unit in known) else "all"
        answer = self._asked(self._query(topics, len(known)), how, limit, offset)
        if len(known) > 1 and answer.count < WEIGHTS.few:
            needed = max(1, ceil(len(known) * WEIGHTS.good_part))
            if needed < len(known):
                wider = self._asked(self._query(topics, needed), "some", limit, offset)
                if wider.count > answer.count:
                    wider.how = "some" if not answer.count else how
                    return wider
        if len(known) < sum(1 for unit in topics if unit.kind in ("topic", "word")) and how == "all":
            answer.how = "some"
        return answer

    # What a unit may match

    def _settle(self, unit: Unit) -> None:
        """Count what a unit matches; where it is nothing, try other spellings and typing errors."""
        unit.count = self._count(self._unit(unit))
        if unit.count or len(unit.words) > 1:
            return
        word = unit.whole or unit.words[0]
        guesses = {} if unit.concepts or unit.is_literal else self._guesses(word)
        if guesses:
            unit.concepts, unit.kind = guesses, rank_of(guesses, self.ring)
            unit.words, unit.whole = (word,), None
            unit.count = self._count(self._unit(unit))
        if not unit.count:
            unit.typos = True
            unit.count = self._count(self._unit(unit))

    def _guesses(self, word: Word) -> dict[str, str]:
        """Concepts a word outside the ring may mean: mistyped, or only begun."""
        form = word.forms[0]
        if codes := self.ring.similar_to(form, self.lang):
            return dict.fromkeys(codes, "similar")
        if codes := self.ring.beginning_with(form, self.lang):
            return dict.fromkeys(codes, "beginning")
        for head in unknown_heads(form, self.ring.is_german_word):
            if codes := self.ring.similar_to(head, "de"):
                return dict.fromkeys(codes, "similar")
        return {}

    def _was_guessed(self, unit: Unit) -> bool:
        return unit.typos or any(how != "synonym" for how in unit.concepts.values())

    def _count(self, query: Query) -> int:
        parts = [(Occur.Must, query), *((Occur.Must, part) for part in self.visible)]
        found = self.searcher.search(Query.boolean_query(parts), limit=1, count=True)
        return int(found.count)  # type: ignore[attr-defined]  # missing in the library's stubs

    # Which units decide

    def _topics(self) -> list[Unit]:
        """Units that decide; the others order. Without a topic, who it is for decides, else the kind of offer."""
        total = max(1, self._count(Query.all_query()))
        for unit in self.units:
            # Names of places and words of nearly every record narrow nothing down.
            if unit.kind == "word" and (self._is_place(unit) or unit.count > max(20, total * 0.4)):
                unit.kind = "trait"
        for kinds in (("topic", "word"), ("trait",), ("form",)):
            if topics := [unit for unit in self.units if unit.kind in kinds]:
                return topics
        return list(self.units)

    def _is_place(self, unit: Unit) -> bool:
        return any(self.searcher.doc_freq("place", form) for form in unit.words[0].forms)

    def _is_known_enough(self, topics: Sequence[Unit]) -> bool:
        """The floor: of what was asked for, enough must be known here."""
        known = sum(self._certainty(unit) for unit in topics if unit.count)
        unknown = WEIGHTS.unknown if len(self.units) < WEIGHTS.long else WEIGHTS.unknown_in_long
        missing = unknown * sum(1 for unit in topics if not unit.count)
        return known > 0 and known / (known + missing) >= WEIGHTS.floor

    def _certainty(self, unit: Unit) -> float:
        if unit.concepts or len(unit.words) > 1:
            return 1.0
        in_title = any(self.searcher.doc_freq("title", form) for form in unit.words[0].forms)
        return 1.0 if in_title and not unit.typos else WEIGHTS.uncertain

    # Queries

    def _asked(self, query: Query, how: How, limit: int, offset: int) -> Answer:
        matching = query
        if self.filters:
            query = Query.boolean_query([(Occur.Must, query), *((Occur.Must, part) for part in self.filters)])
        result = self.searcher.search(query, limit=max(1, limit), offset=max(0, offset), count=True)
        count = int(result.count)  # type: ignore[attr-defined]
        places = [(float(score), address) for score, address in result.hits] if limit > 0 else []
        return Answer(query, matching, how, self.units, self.langs, count, places)

    def _exact_title_only(self, limit: int, offset: int) -> Answer:
        answer = self._asked(self._exact(), "all", limit, offset)
        return answer if answer.count else self._asked(Query.empty_query(), "nothing", 0, 0)

    def _exact(self) -> Query:
        return Query.const_score_query(self._term("exact", fold(self.typed)), WEIGHTS.exact_title)

    def _query(self, topics: Sequence[Unit], needed: int) -> Query:
        shares = self._shares()
        known = [unit for unit in topics if unit.count]
        deciding = [(Occur.Should, Query.boost_query(self._unit(unit), shares[id(unit)])) for unit in known]
        matching = Query.boolean_query(deciding, minimum_number_should_match=needed)
        ordering = [
            (Occur.Should, Query.boost_query(self._unit(unit), shares[id(unit)]))
            for unit in self.units
            if unit.count and unit not in known
        ]
        own = Query.term_set_query(self.schema, "lang", list(self.langs))
        return Query.boolean_query(
            [
                (Occur.Must, matching),
                *ordering,
                (Occur.Should, Query.const_score_query(own, WEIGHTS.own_language)),
                (Occur.Should, self._exact()),
            ]
        )

    def _shares(self) -> dict[int, float]:
        """How much of the question each unit is, together 1: by its class and by how rare it is."""
        total = max(2, self._count(Query.all_query()))
        weights = {
            id(unit): SHARES[unit.kind] * (0.5 + log(1 + total / (1 + unit.count)) / log(1 + total))
            for unit in self.units
        }
        whole = sum(weights.values())
        return {key: weight / whole for key, weight in weights.items()}

    def _unit(self, unit: Unit) -> Query:
        parts = list(self._concepts(unit))
        for words in ([(unit.whole,)] if unit.whole else []) + [unit.words]:
            ways = [
                Query.disjunction_max_query(list(self._word(word, typos=unit.typos)), tie_breaker=WEIGHTS.tie)
                for word in words
            ]
            if len(ways) == 1:
                parts.append(ways[0])
            else:
                parts.append(Query.boost_query(_every(ways), 1 / len(ways)))
        for phrase in unit.phrases:
            ways = [
                Query.disjunction_max_query(list(self._plain(word)), tie_breaker=WEIGHTS.tie)
                for word in query_words(phrase, self.lang)
            ]
            if ways:
                parts.append(Query.boost_query(_every(ways), WEIGHTS.stem / len(ways)))
        return Query.disjunction_max_query(parts, tie_breaker=WEIGHTS.tie)

    def _concepts(self, unit: Unit) -> Iterator[Query]:
        for code, how in unit.concepts.items():
            certain = 1.0 if how == "synonym" else WEIGHTS.guessed
            broader = self.ring.concepts[code].broader
            for name, weight in CONCEPT_FIELDS:
                yield self._const(name, code, weight * certain)
                if broader:
                    yield self._const(name, broader, weight * certain * WEIGHTS.broader)

    def _plain(self, word: Word) -> Iterator[Query]:
        """The word itself in any language, and its stem in the reader's and in German."""
        for name, weight in FIELDS:
            for form in word.forms:
                yield self._const(name, form, weight)
            for lang in self.stem_langs:
                yield self._const(f"stem_{name}", f"{lang}|{stem(word.plain, lang)}", weight * WEIGHTS.stem)

    def _word(self, word: Word, *, typos: bool) -> Iterator[Query]:
        """The word, and everything that resembles it."""
        yield from self._plain(word)
        for form in word.forms:
            for name, weight in FIELDS:
                if len(form) >= BEGINNING_FROM or word is self.words[-1]:
                    yield Query.const_score_query(self._beginning(name, form), weight * WEIGHTS.beginning)
                for near in self._near(name, form) if typos else ():
                    yield self._const(name, near, weight * WEIGHTS.typo)
            if joined := self._taken_apart(form):
                yield joined
            yield from self._inside(form)
        if typos:
            for key in latin.keys_of_typed(word.typed):
                yield self._const("latin", key, WEIGHTS.title * WEIGHTS.latin)

    def _inside(self, form: str) -> Iterator[Query]:
        """The word inside a joined one."""
        for lang in self.stem_langs:
            if lang in JOINING and len(form) >= SHORTEST_TAIL:
                # A short word counts at the end of a joined one only: Deutsch·kurs, but not Kon·kurs·recht.
                inside = self._term if len(form) == SHORTEST_TAIL else self._beginning
                for name, weight in (("title", WEIGHTS.title), ("text", WEIGHTS.text)):
                    yield Query.const_score_query(
                        inside(f"parts_{name}", f"{lang}|{form}"), weight * WEIGHTS.part
                    )

    def _taken_apart(self, form: str) -> Query | None:
        """A joined word as two words that both occur: Schuldenberatung finds `Beratung bei Schulden`."""
        if len(form) < 2 * SHORTEST_TAIL:
            return None
        for cut in range(len(form) - SHORTEST_TAIL, SHORTEST_TAIL - 1, -1):
            head, tail = form[:cut], form[cut:]
            if not self._occurs(tail):
                continue
            for bare in heads(head):
                if len(bare) >= SHORTEST_TAIL and self._occurs(bare):
                    halves = [self._in_title_or_text(part) for part in (bare, tail)]
                    return Query.boost_query(_every(halves), WEIGHTS.part / 2)
        return None

    def _occurs(self, form: str) -> bool:
        return any(self.searcher.doc_freq(name, form) for name in ("title", "text"))

    def _in_title_or_text(self, form: str) -> Query:
        return Query.disjunction_max_query(
            [self._const("title", form, WEIGHTS.title), self._const("text", form, WEIGHTS.text)]
        )

    def _const(self, name: str, token: str, weight: float) -> Query:
        return Query.const_score_query(self._term(name, token), weight)

    def _term(self, name: str, token: str) -> Query:
        return Query.term_query(self.schema, name, token, index_option="basic")

    def _beginning(self, name: str, token: str) -> Query:
        return Query.fuzzy_term_query(self.schema, name, token, distance=0, prefix=True)

    def _near(self, name: str, form: str) -> list[str]:
        """Words of the index nearest to a mistyped one that begin with its first letter, or with its first two swapped."""
        if len(form) < TYPO_FROM:
            return []
        distances = {}
        for first in {form[0], form[1]}:
            for term, _count in self.searcher.terms_with_prefix(name, first):
                if (distance := typos_between(form, term)) is not None and (
                    first == form[0] or term[1] == form[0]
                ):
                    distances[term] = distance
        best = min(distances.values(), default=0)
        return [term for term, distance in distances.items() if distance == best][:MOST_NEAR]


def _every(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])
