"""In which ways a word or a meaning can stand in the index: terms of its fields, each with what it counts.

Only terms that occur are asked for, which keeps questions short and answers quick.
"""

from collections.abc import Iterator, Sequence

import tantivy
from tantivy import Occur, Query

from quartierwerk.search import latin
from quartierwerk.search.analysis import JOINING, SHORTEST_TAIL, Word, query_words, stem
from quartierwerk.search.reasons import TYPO_FROM, heads, typos_between
from quartierwerk.search.ring import Ring
from quartierwerk.search.units import WEIGHTS, Unit

FIELDS = (("title", WEIGHTS.title), ("extra", WEIGHTS.extra), ("text", WEIGHTS.text))
CONCEPT_FIELDS = (
    ("c_title", WEIGHTS.concept_title),
    ("c_extra", WEIGHTS.concept_extra),
    ("c_text", WEIGHTS.concept_text),
)
BEGINNING_FROM = 5  # letters; only the last word may still be being typed
MOST_NEAR = 20  # words taken for what a mistyped one may mean
MOST_TERMS = 60  # beginnings of more words are left to the index to look up


class Ways:
    def __init__(
        self,
        searcher: tantivy.Searcher,
        schema: tantivy.Schema,
        ring: Ring,
        lang: str,
        stem_langs: Sequence[str],
        last: Word | None,
    ) -> None:
        self.searcher, self.schema, self.ring = searcher, schema, ring
        self.lang, self.stem_langs, self.last = lang, stem_langs, last
        self.fields = FIELDS  # where the unit asked for last may stand
        self.met = 0  # records met by the terms of the query made last, some counted twice

    def query(self, unit: Unit) -> Query:
        """All ways of a unit; the best one counts, the others a little."""
        self.met = 0
        parts = list(self._concepts(unit))
        seldom = [
            self.ring.concepts[code].only_titles for code in unit.concepts if code in self.ring.concepts
        ]
        self.fields = FIELDS[:1] if seldom and all(seldom) else FIELDS
        for tag in unit.speaks:
            parts += self._term("facet", f"language:{tag}", WEIGHTS.spoken)
        for words in ([(unit.whole,)] if unit.whole else []) + [unit.words]:
            parts.append(self._together([list(self._word(word, typos=unit.typos)) for word in words]))
        for phrase in unit.phrases:
            words = query_words(phrase, self.lang)
            parts.append(self._together([list(self._plain(word)) for word in words], WEIGHTS.stem))
        return _best(parts)

    def _together(self, ways: list[list[Query]], weight: float = 1.0) -> Query:
        """Words that must all occur count once."""
        if not ways or not all(ways):
            return Query.empty_query()
        if len(ways) == 1 and weight == 1.0:
            return _best(ways[0])
        every = Query.boolean_query([(Occur.Must, _best(one)) for one in ways])
        return Query.boost_query(every, weight / len(ways))

    def _concepts(self, unit: Unit) -> Iterator[Query]:
        for code, how in unit.concepts.items():
            certain = 1.0 if how == "synonym" else WEIGHTS.guessed
            broader = self.ring.concepts[code].broader
            for name, weight in CONCEPT_FIELDS:
                yield from self._term(name, code, weight * certain)
                for narrower in self.ring.narrower.get(code, ()):
                    yield from self._term(name, narrower, weight * certain * WEIGHTS.narrower)
                if broader:
                    yield from self._term(name, broader, weight * certain * WEIGHTS.broader)

    def _plain(self, word: Word) -> Iterator[Query]:
        """The word itself in any language, and its stem in the reader's and in German."""
        for form in word.forms:
            yield from self._term("place", form, WEIGHTS.place)
        for name, weight in self.fields:
            for form in word.forms:
                yield from self._term(name, form, weight)
            for lang in self.stem_langs:
                token = f"{lang}|{stem(word.plain, lang)}"
                yield from self._term(f"stem_{name}", token, weight * WEIGHTS.stem)

    def _word(self, word: Word, *, typos: bool) -> Iterator[Query]:
        """The word, and everything that resembles it."""
        yield from self._plain(word)
        for form in word.forms:
            for name, weight in self.fields:
                if len(form) >= BEGINNING_FROM or (word is self.last and len(form) > 1):
                    yield from self._beginning(name, form, weight * WEIGHTS.beginning)
                for near in self._near(name, form) if typos else ():
                    yield from self._term(name, near, weight * WEIGHTS.typo)
            yield from self._taken_apart(form)
            yield from self._inside(form)
        if typos:
            for key in latin.keys_of_typed(word.typed):
                yield from self._term("latin", key, WEIGHTS.title * WEIGHTS.latin)

    def _inside(self, form: str) -> Iterator[Query]:
        """The word inside a joined one."""
        if len(form) < SHORTEST_TAIL:
            return
        # A short word counts at the end of a joined one only: Deutsch·kurs, but not Kon·kurs·recht.
        for lang in self.stem_langs:
            if lang in JOINING:
                for name, weight in (("parts_title", WEIGHTS.title), ("parts_text", WEIGHTS.text))[
                    : len(self.fields)
                ]:
                    yield from self._term(name, f"{lang}|{form}", weight * WEIGHTS.part)
                    if len(form) > SHORTEST_TAIL:
                        yield from self._beginning(name, f"{lang}|{form}", weight * WEIGHTS.part)

    def _taken_apart(self, form: str) -> Iterator[Query]:
        """A joined word as two words that both occur: Schuldenberatung finds `Beratung bei Schulden`."""
        for cut in range(len(form) - SHORTEST_TAIL, SHORTEST_TAIL - 1, -1):
            head, tail = form[:cut], form[cut:]
            if not self._occurs(tail):
                continue
            for bare in heads(head):
                if len(bare) >= SHORTEST_TAIL and self._occurs(bare):
                    yield self._together(
                        [self._in_title_or_text(part) for part in (bare, tail)], WEIGHTS.part
                    )
                    return

    def _occurs(self, form: str) -> bool:
        return any(self.searcher.doc_freq(name, form) for name in ("title", "text"))

    def _in_title_or_text(self, form: str) -> list[Query]:
        places = (("title", WEIGHTS.title), ("text", WEIGHTS.text))
        return [query for name, weight in places for query in self._term(name, form, weight)]

    def _term(self, name: str, token: str, weight: float) -> Iterator[Query]:
        if frequency := self.searcher.doc_freq(name, token):
            self.met += frequency
            yield Query.const_score_query(self._bare(name, token), weight)

    def _bare(self, name: str, token: str) -> Query:
        return Query.term_query(self.schema, name, token, index_option="basic")

    def _beginning(self, name: str, token: str, weight: float) -> Iterator[Query]:
        """Words that begin like the token and go on."""
        found = self.searcher.terms_with_prefix(name, token)
        longer = [term for term, _count in found if term != token]
        self.met += sum(count for term, count in found if term != token)
        if len(longer) > MOST_TERMS:
            yield Query.const_score_query(
                Query.fuzzy_term_query(self.schema, name, token, distance=0, prefix=True), weight
            )
        elif len(longer) > 3:
            yield Query.const_score_query(Query.term_set_query(self.schema, name, longer), weight)
        else:
            for term in longer:
                yield Query.const_score_query(self._bare(name, term), weight)

    def _near(self, name: str, form: str) -> list[str]:
        """Words of the index nearest to a mistyped one that begin with its first letter, or with its first two swapped."""
        if len(form) < TYPO_FROM:
            return []
        distances = {}
        for first in {form[0], form[1]}:
            for term, _count in self.searcher.terms_with_prefix(name, first):
                if first != form[0] and term[1:2] != form[0]:
                    continue
                if (distance := typos_between(form, term)) is not None:
                    distances[term] = distance
        best = min(distances.values(), default=0)
        return [term for term, distance in distances.items() if distance == best][:MOST_NEAR]


def _best(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.disjunction_max_query(list(queries), tie_breaker=WEIGHTS.tie)
