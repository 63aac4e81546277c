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
from quartierwerk.search.analysis import Word, base, query_words
from quartierwerk.search.compounds import unknown_heads
from quartierwerk.search.ring import Ring
from quartierwerk.search.units import SHARES, WEIGHTS, OwnWords, Unit, rank_of, units_of
from quartierwerk.search.ways import Ways

MOST_SINGLE = 8
MOST_BEGUN = 4  # concepts a beginning may become
How = Literal["all", "similar", "some", "everything", "nothing"]


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
                yield _one_of(schema, name, values)
        for group, chosen in self.facets.items() if facets else ():
            if group != without:
                terms = [f"{group}:{value}" for value in chosen]
                yield _one_of(schema, "facet", terms)


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
        self.ways = Ways(
            searcher, schema, ring, lang, self.stem_langs, self.words[-1] if self.words else None
        )
        self.units = units_of(self.words, lang, ring, own) if self.words else []
        self.visible = [Query.const_score_query(part, 0.0) for part in wanted.queries(schema, facets=False)]
        self.filters = [Query.const_score_query(part, 0.0) for part in wanted.queries(schema)]

    def answer(self, limit: int, offset: int) -> Answer:
        """Estimates first: they are free and nearly always right. Where they find too little, all is counted exactly."""
        if not self.units:
            how: How = "nothing" if self.typed.strip() else "everything"
            query = Query.empty_query() if how == "nothing" else Query.all_query()
            return self._asked(query, how, limit, offset)
        for unit in self.units:
            self._settle(unit)
        # One or two letters that mean nothing here: `z`, `al`, a slip.
        told = [unit for unit in self.units if unit.count or len(unit.typed) > 2]
        self.units = told or self.units
        topics = self._topics()
        known = [unit for unit in topics if unit.count]
        if len(known) == len(topics) and self._is_known_enough(topics):
            answer = self._asked(self._query(topics, len(known)), self._how(known), limit, offset)
            if answer.count >= WEIGHTS.few or (answer.count and len(known) == 1):
                return answer
        return self._answer_exactly(limit, offset)

    def _answer_exactly(self, limit: int, offset: int) -> Answer:
        for unit in self.units:
            self._settle(unit, exactly=True)
        topics = self._topics()
        if not self._is_known_enough(topics):
            return self._exact_title_only(limit, offset)
        known = [unit for unit in topics if unit.count]
        answer = self._asked(self._query(topics, len(known)), self._how(known), limit, offset)
        if len(known) > 1 and answer.count < WEIGHTS.few:
            needed = max(1, ceil(len(known) * WEIGHTS.good_part))
            if needed < len(known):
                wider = self._asked(self._query(topics, needed), "some", limit, offset)
                if wider.count > answer.count:
                    wider.how = answer.how if answer.count else "some"
                    answer = wider
        if len(known) < sum(1 for unit in topics if unit.kind in ("topic", "word")) and answer.how == "all":
            answer.how = "some"
        return answer

    def _how(self, known: Sequence[Unit]) -> How:
        return "similar" if any(self._was_guessed(unit) for unit in known) else "all"

    # What a unit may match

    def _settle(self, unit: Unit, *, exactly: bool = False) -> None:
        """Count what a unit matches; where it is nothing, try other spellings and typing errors."""
        if not exactly and unit.kind == "word" and self._is_being_typed(unit):
            # What it may become is meant too.
            codes = self._likely(self.ring.beginning_with(unit.words[-1].forms[0], self.lang))
            unit.concepts = dict.fromkeys(codes, "beginning")
        self._count_unit(unit, exactly)
        if unit.count or len(unit.words) > 1:
            return
        word = unit.whole or unit.words[0]
        guesses = {} if unit.concepts or unit.is_literal or unit.typos else self._guesses(word)
        if guesses:
            unit.concepts, unit.kind = guesses, rank_of(guesses, self.ring)
            unit.words, unit.whole = (word,), None
            self._count_unit(unit, exactly)
        if not unit.count and not unit.typos and not unit.concepts:
            unit.typos = True
            self._count_unit(unit, exactly)

    def _count_unit(self, unit: Unit, exactly: bool) -> None:
        unit.query = self.ways.query(unit)
        unit.count = self._count(unit.query) if exactly and self.ways.met else self.ways.met

    def _is_being_typed(self, unit: Unit) -> bool:
        """The last word, which stands nowhere as it is."""
        if unit.is_literal or unit.words[-1] is not self.words[-1]:
            return False
        forms = unit.words[-1].forms
        return not any(
            self.searcher.doc_freq(name, form) for name in ("title", "extra", "text") for form in forms
        )

    def _guesses(self, word: Word) -> dict[str, str]:
        """Concepts a word outside the ring may mean: mistyped, or only begun."""
        form = word.forms[0]
        if codes := self.ring.similar_to(form, self.lang):
            return dict.fromkeys(codes, "similar")
        if codes := self._likely(self.ring.beginning_with(form, self.lang)):
            return dict.fromkeys(codes, "beginning")
        for head in unknown_heads(form, self.ring.is_german_word):
            if codes := self.ring.similar_to(head, "de"):
                return dict.fromkeys(codes, "similar")
        return {}

    def _likely(self, codes: Sequence[str]) -> Sequence[str]:
        """Of what a beginning may become, what is here at all, most of it first."""
        found = {
            code: sum(self.searcher.doc_freq(name, code) for name in ("c_title", "c_extra", "c_text"))
            for code in codes
        }
        return sorted((code for code in codes if found[code]), key=lambda code: -found[code])[:MOST_BEGUN]

    def _was_guessed(self, unit: Unit) -> bool:
        return unit.typos or any(how in ("similar", "latin") for how in unit.concepts.values())

    def _count(self, query: Query) -> int:
        parts = [(Occur.Must, query), *((Occur.Must, part) for part in self.visible)]
        found = self.searcher.search(Query.boolean_query(parts), limit=1, count=True)
        return int(found.count)  # type: ignore[attr-defined]  # missing in the library's stubs

    # Which units decide

    def _topics(self) -> list[Unit]:
        """Units that decide; the others order. Without a topic, who it is for decides, else the kind of offer."""
        total = self.searcher.num_docs
        for unit in self.units:
            # Names of places and words of nearly every record narrow nothing down.
            if unit.kind == "word" and self._is_place(unit):
                unit.kind = "place"
            elif unit.kind == "word" and unit.count > max(20, total * 0.4):
                unit.kind = "trait"
        for kinds in (("topic", "word"), ("trait",), ("place",), ("form",)):
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
        return WEIGHTS.plain if in_title and not unit.typos else WEIGHTS.uncertain

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
        title = Query.term_query(self.schema, "exact", fold(self.typed), index_option="basic")
        return Query.const_score_query(title, WEIGHTS.exact_title)

    def _query(self, topics: Sequence[Unit], needed: int) -> Query:
        shares = self._shares()
        known = [unit for unit in topics if unit.count]
        deciding = [(Occur.Should, Query.boost_query(unit.query, shares[id(unit)])) for unit in known]
        found = Query.boolean_query(deciding, minimum_number_should_match=needed)
        ordering = [
            Query.boost_query(unit.query, shares[id(unit)])
            for unit in self.units
            if unit.count and unit not in known
        ]
        if needed < len(known):
            every = Query.boolean_query([(Occur.Must, unit.query) for unit in known])
            ordering.append(Query.const_score_query(every, WEIGHTS.everything))
        own = _one_of(self.schema, "lang", self.langs)
        ordering.append(Query.const_score_query(own, WEIGHTS.own_language))
        if self.searcher.doc_freq("exact", fold(self.typed)):
            ordering.append(self._exact())
        # One inside the other: several that are optional side by side are read from end to end, one is only looked up.
        for optional in ordering:
            found = Query.boolean_query([(Occur.Must, found), (Occur.Should, optional)])
        return found

    def _shares(self) -> dict[int, float]:
        """How much of the question each unit is, together 1: by its class and by how rare it is."""
        total = max(2, self.searcher.num_docs)
        weights = {
            id(unit): SHARES[unit.kind]
            * (0.5 + log(1 + total / (1 + min(unit.count, total))) / log(1 + total))
            for unit in self.units
        }
        whole = sum(weights.values())
        return {key: weight / whole for key, weight in weights.items()}


def _one_of(schema: tantivy.Schema, name: str, values: Collection[str] | Collection[int]) -> Query:
    """Single terms are read as they come; a set is gathered first, which takes longer for a few frequent ones."""
    if not values:
        return Query.empty_query()
    if len(values) > MOST_SINGLE:
        return Query.term_set_query(schema, name, list(values))
    terms = [Query.term_query(schema, name, value, index_option="basic") for value in values]
    return terms[0] if len(terms) == 1 else Query.disjunction_max_query(terms)
