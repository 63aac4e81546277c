"""Names of persons: from lists of names, from the words beside them, and from where people sign."""

import re
from collections.abc import Iterable, Iterator, Sequence

from quartierwerk.languages.names import fold

from . import cues, lists
from .signing import signatures
from .words import LISTED, Text, Word

_PROFESSION = re.compile(r"(?:in|er|ent|ant|ist|eur|mann|frau|schwester|lose|iker|ier|är)$")
_PERSIAN_FAMILY = re.compile(r"(?:ی|ي|زاده|پور|نژاد|یان|زی|فر|نیا|وند|لو|خیل|یار|اللهی|الله)$")
_NISBA = re.compile(r"^ال.{2,}[يی]$|^ال.+(?:اوي|اني)$")
_LONGEST = 5  # words of one name


def persons(
    words: str, language: str, taken: Sequence[tuple[int, int]], known: Iterable[str]
) -> Iterator[tuple[int, int]]:
    """Stretches of names.

    language  of the text as far as known, "" otherwise
    taken     stretches that are numbers, addresses, streets; whatever stands beside one may be a signature
    known     names that are looked for besides
    """
    reading = Reading(words, language, taken)
    found: dict[int, int] = {}
    for start, end in [*reading.runs(), *signatures(reading)]:
        found[start] = max(end, found.get(start, 0))
    spans = [reading.span(start, end) for start, end in found.items()]
    yield from spans
    yield from reading.again(spans, known)


class Reading(Text):
    """Finds the names of one text."""

    def runs(self) -> Iterator[tuple[int, int]]:
        certain, likely, spoken, plainly = (set(self._targets(*patterns)) for patterns in (
            (cues.CERTAIN, cues.CERTAIN_ARABIC), (cues.LIKELY, cues.LIKELY_ARABIC),
            (cues.SPOKEN, cues.I_AM_PERSIAN) if self.language == "fa" else (cues.SPOKEN,), (cues.SAID_PLAINLY,),
        ))  # fmt: skip
        place = 0
        while place < len(self.words):
            is_certain = place in certain
            begins = (
                (is_certain and self._may_follow_a_title(place))
                or (place in likely and self._may_follow_a_relative(place))
                or (place in spoken and self._may_be_said(place))
                or (place in plainly and self._is_said_plainly(place))
                or self._begins_by_itself(place)
                or self._is_in_company(place)
                or self._stands_out(place)
            )  # fmt: skip
            if not begins:
                place += 1
                continue
            start, end = self._before(place), self._run(place, is_certain=is_certain)
            things = (self._is_of_a_thing(begin, end, is_certain=is_certain) for begin in {start, place})
            if not any(things):
                yield start, end
            if cues.TITLE_AFTER.match(self.text, self.words[end - 1].end):
                certain.discard(end + 1)  # زهرا خانم آمد: the title belongs to what stands before it
            place = end

    def _targets(self, *patterns: re.Pattern[str]) -> Iterator[int]:
        for pattern in patterns:
            for hit in pattern.finditer(self.text):
                for at in (hit.end(), hit.end() + 1):  # a bracket or a quotation mark may stand between
                    if at in self.at and (at == hit.end() or not self.text[hit.end()].isalnum()):
                        yield self.at[at]
                        break

    def _may_follow_a_title(self, place: int) -> bool:
        word = self.words[place]
        if word.script == "arabic" and word.strength == "plain":
            return not word.text.startswith("ال") or bool(_NISBA.match(word.text))
        return word.strength in (*LISTED, "capital", "initial") or (
            word.strength == "particle"
            and self.follows(place)
            and self.words[place + 1].strength in (*LISTED, "capital")
        )

    def _may_follow_a_relative(self, place: int) -> bool:
        word = self.words[place]
        return word.strength in LISTED or (word.strength == "capital" and not (self.is_noun(word)))

    def _may_be_said(self, place: int) -> bool:
        word = self.words[place]
        if word.strength in LISTED:
            return True
        if word.strength != "capital" or (
            self.language in ("de", "") and (_PROFESSION.search(word.text) or self.is_noun(word))
        ):
            return False
        return self.ends_clause(place) or (
            self.follows(place) and self.words[place + 1].strength in ("capital", *LISTED)
        )

    def _is_said_plainly(self, place: int) -> bool:
        word = self.words[place]
        if (
            word.script not in ("latin", "cyrillic")
            or word.is_capital
            or len(word.text) < 3
            or lists.is_stopped(word.text)
        ):
            return word.strength == "capital"
        return lists.is_given(word.text, self.language) or self.ends_clause(place)

    def _begins_by_itself(self, place: int) -> bool:
        word = self.words[place]
        after = self.words[place + 1].strength if self.follows(place) else "no"
        if cues.TITLE_AFTER.match(self.text, word.end) and (
            word.strength in (*LISTED, "capital") or self._is_small_name(word)
        ):
            return True
        if word.script == "arabic":
            if word.strength == "particle":
                return word.text in cues.KUNYA and after in ("given", "doubtful")
            return word.strength == "given" or (
                word.strength == "doubtful" and after in LISTED and lists.is_given(word.text, self.language)
            )
        match word.strength:
            case "given" | "family":
                return True
            case "doubtful":
                return after in LISTED and lists.is_given(word.text, self.language)
            case "initial":
                return (
                    after in (*LISTED, "capital")
                    or bool(self.follows(place) and self._reaches_over(place + 1))
                ) and not self.text[: word.start].rstrip().endswith(tuple("0123456789."))
        return self.has_no_capitals and self._is_small_name(word)

    def _is_in_company(self, place: int) -> bool:
        """`Emre und Tuğkan`: an unknown word beside a sure name, joined by and."""
        word = self.words[place]
        if word.strength != "capital" or self.is_noun(word):
            return False
        for other, between in ((place - 2, place - 1), (place + 2, place + 1)):
            if 0 <= other < len(self.words) and self.words[between].text.casefold() in cues.AND:
                stands = self.text[
                    min(word.start, self.words[other].start) : max(word.end, self.words[other].end)
                ]
                if (
                    self.words[other].strength == "given"
                    and len(stands.split()) == 3
                    and self.language != "de"
                ):
                    return True
        return False

    def _stands_out(self, place: int) -> bool:
        """A capital within a sentence of a language that gives them to names only, and not behind a word for where."""
        word = self.words[place]
        if (
            self.language not in ("uk", "ru")
            or word.script != "cyrillic"
            or word.strength != "capital"
            or not place
        ):
            return False
        before = self.words[place - 1]
        between = self.text[before.end : word.start]
        if before.is_capital or before.text.casefold() in cues.WHERE or between not in (" ", ", "):
            return False
        return len(word.text) > 2 and not cues.PLACE_ENDS.search(word.text)

    def _is_small_name(self, word: Word) -> bool:
        return (
            word.script == "latin"
            and len(word.text) > 3
            and lists.is_given(word.text, "")
            and not any(lists.is_word(word.text, tag) for tag in ("de", "en", "tr"))
        )

    def _run(self, place: int, *, is_certain: bool) -> int:
        """Where the name that begins here ends."""
        end = place + 1
        while end < len(self.words) and end - place < _LONGEST and self.follows(end - 1):
            if self._goes_on(end, place, is_certain=is_certain):
                end += 1
            elif over := self._reaches_over(end):
                end = over
            else:
                break
        return end

    def _goes_on(self, place: int, start: int, *, is_certain: bool) -> bool:
        word, before = self.words[place], self.words[place - 1]
        if word.script == "arabic":
            if word.strength in LISTED or before.text in cues.KUNYA:
                return True
            if word.strength != "plain":
                return False
            if self.language == "fa" and _PERSIAN_FAMILY.search(word.text) and place - start == 1:
                return self.ends_clause(place) or is_certain
            return bool(_NISBA.match(word.text)) or (
                (is_certain or word.text.startswith("ال")) and place - start == 1 and self.ends_clause(place)
            )
        if before.script == "arabic" or word.strength == "initial":
            return word.strength == "initial" and before.script == word.script
        if word.strength == "capital":
            return not (self.is_noun(word))
        return word.strength in LISTED

    def _reaches_over(self, place: int) -> int:
        """Where the name goes on behind `van der`, `بن`; 0 if it does not."""
        start = place
        while self.words[place].strength == "particle" and self.follows(place):
            place += 1
        beyond = self.words[place]
        goes_on = beyond.strength in (*LISTED, "capital") or beyond.strength == "plain"
        return place + 1 if place > start and goes_on else 0

    def _before(self, place: int) -> int:
        """An unknown given name before a known family name belongs to it."""
        word, start = self.words[place], place
        if (
            word.strength in ("family", "given")
            and word.script != "arabic"
            and place
            and self.follows(place - 1)
        ):
            before = self.words[place - 1]
            first = place < 2 or bool(re.search(r"[.!?\n]\W*$", self.text[: before.start]))
            noun = self.language in ("de", "") and (self.is_noun(before) or first or word.strength == "given")
            if before.strength == "initial" or (before.strength == "capital" and not noun):
                start -= 1
        return start

    def _is_of_a_thing(self, start: int, end: int, *, is_certain: bool) -> bool:
        first, last = self.words[start].start, self.words[end - 1].end
        before = self.text[max(0, first - 40) : first]
        if cues.OF_AN_ANIMAL.search(before):
            return True
        if is_certain:
            return False
        return bool(cues.OF_A_THING.search(before) or cues.A_THING_FOLLOWS.match(self.text, last))

    # The same name once more, and names that were known before.

    def again(self, spans: Sequence[tuple[int, int]], known: Iterable[str]) -> Iterator[tuple[int, int]]:
        told = {
            fold(word.text)
            for word in self.words
            if len(word.text) > 2
            and word.strength != "particle"
            and any(start <= word.start and word.end <= end for start, end in spans)
        }
        asked = {fold(part) for name in known for part in re.split(r"[\s,]+", name) if len(part) > 2}
        for word in self.words:
            folded = fold(word.text)
            if folded in asked or (
                folded in told
                and (word.is_capital or word.script == "arabic")
                and word.strength not in ("no", "particle")
            ):
                yield word.start, word.end
