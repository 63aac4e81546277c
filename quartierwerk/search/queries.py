"""From typed words to a tantivy query: built from parts, never parsed, so that no sign in a search has a meaning.

Steps, the next one only where the one before found nothing:
`all`      every word, exact, as a beginning, by its stem or as part of a joined word
`similar`  words of five letters or more may have a typing error
`some`     a good part of the words; the first step for questions of more than three words
`any`      a single word of several
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import tantivy
from rapidfuzz.distance import OSA
from tantivy import Occur, Query

from quartierwerk.languages.names import fold
from quartierwerk.languages.tags import fallbacks
from quartierwerk.search.analysis import JOINING, SHORTEST_TAIL, Word, base, query_words, stem, tokens

How = Literal["all", "similar", "some", "any", "everything", "nothing"]

TITLE, EXTRA, TEXT = 3.0, 1.6, 1.0  # weight of a word in the title, among the extra words, in the text
PREFIX, STEM, PART, TYPO = (
    0.7,
    0.8,
    0.35,
    0.4,
)  # of a word that is only begun, of the same stem, inside a joined word
OWN_LANGUAGE = 1_000.0  # lifts what can be shown in the reader's language above everything else
EXACT_TITLE = 100_000.0
MANY_WORDS = 4  # from here on people ask questions rather than name things
GOOD_PART = 0.34  # share of the words that a hit needs in step `some`
TYPO_FROM = 5  # letters; shorter words are too near to too many others
TWO_TYPOS_FROM = 9


@dataclass(frozen=True)
class Wanted:
    tenants: Collection[int] | None = None
    kinds: Collection[str] | None = None
    facets: Mapping[str, Collection[str]] = field(default_factory=dict)

    def queries(self, schema: tantivy.Schema) -> Iterator[Query]:
        if self.tenants is not None:
            yield (
                Query.term_set_query(schema, "tenant", list(self.tenants))
                if self.tenants
                else Query.empty_query()
            )
        if self.kinds is not None:
            yield (
                Query.term_set_query(schema, "kind", list(self.kinds)) if self.kinds else Query.empty_query()
            )
        for group, values in self.facets.items():
            facets = [f"{group}:{value}" for value in values]
            yield Query.term_set_query(schema, "facet", facets) if facets else Query.empty_query()


@dataclass(frozen=True)
class Match:
    """Why a record was found: which typed word, in which field, and how it matched there."""

    word: str
    found: str  # the word as it stands in the text
    field: Literal["title", "extra", "text"]
    lang: str
    how: Literal["same", "beginning", "stem", "part", "similar"]


@dataclass
class Answer:
    query: Query
    how: How
    words: list[Word]
    langs: tuple[str, ...]
    count: int = 0
    places: list[tuple[float, tantivy.DocAddress]] = field(default_factory=list)

    def why(self, texts: Mapping[str, tuple[str, str, str]], lang: str) -> list[Match]:
        """For each word its best place in the record's texts (title, text, extra), the reader's language first."""
        order = [name for name in self.langs if name in texts] + [
            name for name in texts if name not in self.langs
        ]
        fields: list[_Field] = []
        for name in order:
            title, text, extra = texts[name]
            fields += [_Field("title", name, title), _Field("extra", name, extra), _Field("text", name, text)]
        looks = [_Field.match, _Field.both_halves]
        if self.how == "similar":
            looks.append(_Field.similar)
        found = []
        for word in self.words:
            matches = (look(place, word) for look in looks for place in fields)
            if match := next(filter(None, matches), None):
                found.append(match)
        return found


class Question:
    """One search, answered step by step."""

    def __init__(
        self, searcher: tantivy.Searcher, schema: tantivy.Schema, query: str, lang: str, wanted: Wanted
    ) -> None:
        self.searcher, self.schema, self.wanted = searcher, schema, wanted
        self.typed = query
        self.langs = tuple(fallbacks(lang))
        self.words = query_words(query, lang)
        # German is searched besides the reader's language: it is what people hear and read here.
        self.stem_langs = tuple(dict.fromkeys([*(base(name) for name in self.langs), "de"]))

    def answer(self, limit: int, offset: int) -> Answer:
        if not self.words:
            how: How = "nothing" if self.typed.strip() else "everything"
            query = Query.empty_query() if how == "nothing" else Query.all_query()
            return self._asked(query, how, limit, offset)
        steps: list[How] = ["all", "similar", "some", "any"]
        if len(self.words) >= MANY_WORDS:
            steps = ["some", "any", "similar"]
        if len(self.words) == 1:
            steps = ["all", "similar"]
        answer = None
        for step in steps:
            answer = self._asked(self._query(step), step, limit, offset)
            if answer.count:
                break
        assert answer is not None  # noqa: S101 - for the type checker: there is at least one step
        return answer

    def _asked(self, query: Query, how: How, limit: int, offset: int) -> Answer:
        filters = [Query.const_score_query(part, 0.0) for part in self.wanted.queries(self.schema)]
        if filters:
            query = Query.boolean_query([(Occur.Must, query), *((Occur.Must, part) for part in filters)])
        result = self.searcher.search(query, limit=max(1, limit), offset=max(0, offset), count=True)
        count = int(result.count)  # type: ignore[attr-defined]  # missing in the library's stubs
        places = [(float(score), address) for score, address in result.hits] if limit > 0 else []
        return Answer(query, how, self.words, self.langs, count, places)

    def _query(self, how: How) -> Query:
        words = [self._word(word, typos=how == "similar") for word in self.words]
        if how in ("some", "any"):
            needed = 1 if how == "any" else max(1, round(len(words) * GOOD_PART))
            matching = Query.boolean_query(
                [(Occur.Should, part) for part in words], minimum_number_should_match=needed
            )
        else:
            matching = Query.boolean_query([(Occur.Must, part) for part in words])
        own = Query.term_set_query(self.schema, "lang", list(self.langs))
        exact = self._term("exact", fold(self.typed))
        return Query.boolean_query(
            [
                (Occur.Must, matching),
                (Occur.Should, Query.const_score_query(own, OWN_LANGUAGE)),
                (Occur.Should, Query.const_score_query(exact, EXACT_TITLE)),
            ]
        )

    def _word(self, word: Word, *, typos: bool) -> Query:
        """The word in any language, and everything that resembles it."""
        parts = []
        for form in word.forms:
            for name, weight in (("title", TITLE), ("extra", EXTRA), ("text", TEXT)):
                parts.append(Query.boost_query(self._term(name, form), weight))
                if len(form) >= 2:
                    parts.append(Query.boost_query(self._beginning(name, form), weight * PREFIX))
                if typos and len(form) >= TYPO_FROM:
                    parts.append(Query.boost_query(self._nearly(name, form), weight * TYPO))
            if joined := self._taken_apart(form):
                parts.append(Query.boost_query(joined, PART))
        parts.extend(self._stems(word, self.stem_langs))
        parts.extend(self._inside(word, self.stem_langs))
        return Query.disjunction_max_query(parts, tie_breaker=0.1)

    def _stems(self, word: Word, langs: Collection[str]) -> Iterator[Query]:
        for lang in langs:
            token = f"{lang}|{stem(word.plain, lang)}"
            yield Query.boost_query(self._term("stem_title", token), TITLE * STEM)
            yield Query.boost_query(self._term("stem_text", token), TEXT * STEM)

    def _inside(self, word: Word, langs: Collection[str]) -> Iterator[Query]:
        """The word inside a joined one."""
        for lang in langs:
            for form in word.forms:
                if lang in JOINING and len(form) >= SHORTEST_TAIL:
                    # A short word counts at the end of a joined one only: Deutsch·kurs, but not Kon·kurs·recht.
                    inside = self._term if len(form) == SHORTEST_TAIL else self._beginning
                    yield Query.boost_query(inside("parts", f"{lang}|{form}"), PART)

    def _taken_apart(self, form: str) -> Query | None:
        """A joined word as two words that both occur: Schuldenberatung finds `Beratung bei Schulden`."""
        if len(form) < 2 * SHORTEST_TAIL:
            return None
        for cut in range(len(form) - SHORTEST_TAIL, SHORTEST_TAIL - 1, -1):
            head, tail = form[:cut], form[cut:]
            if not self._occurs(tail):
                continue
            for bare in _heads(head):
                if len(bare) >= SHORTEST_TAIL and self._occurs(bare):
                    both = [self._in_title_or_text(part) for part in (bare, tail)]
                    return Query.boolean_query([(Occur.Must, part) for part in both])
        return None

    def _occurs(self, form: str) -> bool:
        return any(self.searcher.doc_freq(name, form) for name in ("title", "text"))

    def _in_title_or_text(self, form: str) -> Query:
        return Query.disjunction_max_query(
            [Query.boost_query(self._term("title", form), TITLE), self._term("text", form)]
        )

    def _term(self, name: str, token: str) -> Query:
        return Query.term_query(self.schema, name, token, index_option="freq")

    def _beginning(self, name: str, token: str) -> Query:
        return Query.fuzzy_term_query(self.schema, name, token, distance=0, prefix=True)

    def _nearly(self, name: str, form: str) -> Query:
        return Query.fuzzy_term_query(
            self.schema, name, form, distance=2 if len(form) >= TWO_TYPOS_FROM else 1
        )


class _Field:
    """The words of one text with the places they stand at, to say why it was found; judged as the index does."""

    def __init__(self, name: Literal["title", "extra", "text"], lang: str, text: str) -> None:
        self.name, self.lang, self.text = name, lang, text

    @cached_property
    def standing(self) -> dict[str, str]:
        """Folded word → the piece of text it stands in first."""
        found: dict[str, str] = {}
        for chunk in self.text.split():
            for token in tokens(chunk, self.lang).words.split():
                found.setdefault(token, chunk)
        return found

    def match(self, word: Word) -> Match | None:
        standing = self.standing
        for form in word.forms:
            if form in standing:
                return self._at(word, standing[form], "same")
        for form in word.forms:
            if len(form) >= 2 and (token := next((t for t in standing if t.startswith(form)), None)):
                return self._at(word, standing[token], "beginning")
        wanted = stem(word.plain, self.lang)
        for token, chunk in standing.items():
            # Stems share their first letters, but for the article in Arabic.
            if (token[0] == wanted[0] or self.lang == "ar") and stem(token, self.lang) == wanted:
                return self._at(word, chunk, "stem")
        for form in word.forms:
            if len(form) >= SHORTEST_TAIL and base(self.lang) in JOINING:
                for token, chunk in standing.items():
                    if token.endswith(form) if len(form) == SHORTEST_TAIL else form in token:
                        return self._at(word, chunk, "part")
        return None

    def both_halves(self, word: Word) -> Match | None:
        """A joined word whose two halves stand apart in the text."""
        form = word.forms[0]
        if len(form) < 2 * SHORTEST_TAIL:
            return None
        for tail, chunk in self.standing.items():
            if len(tail) < SHORTEST_TAIL or not form.endswith(tail):
                continue
            for bare in _heads(form.removesuffix(tail)):
                if len(bare) >= SHORTEST_TAIL and bare in self.standing:
                    return self._at(word, f"{_bare(self.standing[bare])} … {_bare(chunk)}", "part")
        return None

    def similar(self, word: Word) -> Match | None:
        for form in word.forms:
            if len(form) < TYPO_FROM:
                continue
            allowed = _typos(form)
            for token, chunk in self.standing.items():
                if OSA.distance(form, token, score_cutoff=allowed) <= allowed:
                    return self._at(word, chunk, "similar")
        return None

    def _at(
        self, word: Word, place: str, how: Literal["same", "beginning", "stem", "part", "similar"]
    ) -> Match:
        return Match(word.typed, _bare(place), self.name, self.lang, how)


def _typos(form: str) -> int:
    return 2 if len(form) >= TWO_TYPOS_FROM else 1


def _heads(head: str) -> tuple[str, ...]:
    """First half of a joined word, with and without the letters that join it."""
    return head, head.removesuffix("s"), head.removesuffix("n"), head.removesuffix("en")


def _bare(chunk: str) -> str:
    return chunk.strip(".,;:!?()[]{}„“”\"'«»…–-*_/\\")
