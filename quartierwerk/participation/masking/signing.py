"""Where people sign: a stretch of its own, beside a number or an address, or at the very end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from . import cues, lists
from .words import LISTED, Text

_CUT = re.compile(r"(?<!\b\w)\.(?=\s|$)|[!?…,;:،؛؟()\n|/]|\s[-–—]\s")
_ARABIC_NO_NAME = re.compile(r"^(?:ال|و|می|بال|لل|.{1,2}$)")
_MOST = 4  # words of a signature


@dataclass(frozen=True)
class Piece:
    """What stands between two commas, full stops, numbers or addresses."""

    start: int
    end: int
    is_beside: bool  # a number or an address, with nothing but a label between
    before: str  # the sign before it
    after: str
    is_last: bool


def signatures(text: Text) -> Iterator[tuple[int, int]]:
    """Places of the first word and after the last one."""
    for piece in _pieces(text):
        places = [place for place, word in enumerate(text.words) if piece.start <= word.start < piece.end]
        while places and _is_before_the_name(text, places[0]):
            places = places[1:]
        has_digits = any(map(str.isdigit, text.text[piece.start : piece.end]))
        if (
            places
            and not has_digits
            and (piece.is_beside or piece.is_last)
            and _is_signature(text, places, piece)
        ):
            yield places[0], places[-1] + 1


def _is_before_the_name(text: Text, place: int) -> bool:
    word = text.words[place]
    return (word.strength == "particle" and word.script == "latin") or word.text.casefold() in cues.SIGNED


def _pieces(text: Text) -> Iterator[Piece]:
    edges = sorted({0, len(text.text), *(edge for stretch in text.taken for edge in stretch)})
    starts, ends = {start for start, _end in text.taken}, {end for _start, end in text.taken}
    last = len(text.text.rstrip(" .!\n)"))
    for left, right in pairwise(edges):
        if left in starts and right in ends:
            continue
        stretches = list(_cut(text.text, left, right))
        is_label = [bool(cues.LABEL.match(text.text[start:end])) for start, end in stretches]
        for number, (start, end) in enumerate(stretches):
            follows = left in ends and all(is_label[:number])
            precedes = right in starts and all(is_label[number + 1 :])
            yield Piece(
                start, end, follows or precedes, text.text[:start].rstrip()[-1:], text.text[end : end + 1], end >= last
            )  # fmt: skip


def _cut(text: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    at = left
    for start, end in [*(hit.span() for hit in _CUT.finditer(text, left, right)), (right, right)]:
        if text[at:start].strip():
            yield at, start
        at = end


def _is_signature(text: Text, places: Sequence[int], piece: Piece) -> bool:
    found = [text.words[place] for place in places]
    if len(found) > _MOST or any(not text.follows(place) for place in places[:-1]):
        return False
    if any(word.strength == "no" for word in found) or found[-1].strength in ("particle", "initial"):
        return False
    is_listed = any(word.strength in LISTED for word in found)
    # `Text 0770…` and `Tel. 0171…` are labels: an unknown name is set off from the number that follows.
    is_set_off = piece.is_beside and (piece.is_last or piece.after in tuple(",،\n(–—-"))
    is_after_comma = piece.before in tuple(",،\n–—-")
    if found[0].script == "arabic":
        is_short = len(found) <= 2 and not any(_ARABIC_NO_NAME.match(word.text) for word in found)
        return is_listed or (piece.is_beside and piece.after in tuple(",،\n") and is_short)
    if not any(word.is_capital for word in found) or any(word.strength == "plain" for word in found):
        return False
    if len(found) == 1 and is_listed:
        return piece.is_beside or is_after_comma or lists.is_given(found[0].text, text.language)
    if len(found) == 1 and not (is_set_off or is_after_comma):
        return False
    return not any(word.strength == "capital" and text.is_noun(word) for word in found)
