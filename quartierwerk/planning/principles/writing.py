"""Writing a draft's paragraphs by several people: the second save keeps what the first did, or shows both versions.

The page carries which paragraphs it was opened with, signed: their keys in their order and a digest of the words of
each. So words stay with their key whatever somebody else added, removed or moved meanwhile.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core import signing

from quartierwerk.web.editing import THEIRS

SALT = "quartierwerk.planning.principle"
ORDER = "_order"  # asked like a paragraph; no key begins like this


def same(text: str) -> str:
    """Browsers send other line ends than were stored."""
    return text.replace("\r\n", "\n").strip()


def digest(text: str) -> str:
    """Of a paragraph that is gone: of no words."""
    return hashlib.sha256(same(text).encode()).hexdigest()[:20]


def signed(version: object, texts: Mapping[str, str]) -> str:
    return signing.dumps([str(version), [[key, digest(text)] for key, text in texts.items()]], salt=SALT)


def opened(sent: str, version: object) -> dict[str, str]:
    """Digests by key; none from a page that does not say: what it sends is new then, and what is there stays."""
    try:
        found, digests = signing.loads(sent, salt=SALT)
    except signing.BadSignature:
        return {}
    return dict(digests) if found == str(version) else {}


@dataclass(frozen=True)
class Question:
    key: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """paragraphs  (key, words) in their order, without key a new one; one's own words where there is a question"""

    paragraphs: list[tuple[str, str]]
    questions: list[Question]


def merged(
    opened: Mapping[str, str],
    typed: Sequence[tuple[str, str]],
    now: Mapping[str, str],
    chosen: Mapping[str, str],
) -> Merged:
    """What one typed beside what stands there now, both in their order."""
    mine = {key: text for key, text in typed if key}
    questions, texts = [], dict(now)
    for key, before in opened.items():
        theirs = now.get(key, "")
        if digest(theirs) != before and same(mine[key]) != same(theirs):
            questions.append(Question(key, mine[key], theirs))
        texts[key] = theirs if chosen.get(key) == THEIRS else mine[key]
    new = {f"+{number}": text for number, (key, text) in enumerate(typed) if not key and text.strip()}
    own = [key or f"+{number}" for number, (key, _text) in enumerate(typed) if key or f"+{number}" in new]
    shared = [key for key in opened if key in now]
    as_typed, as_now = _of(shared, own), _of(shared, now)
    theirs_first = as_typed == shared or chosen.get(ORDER) == THEIRS
    if as_now != shared and not theirs_first and as_typed != as_now:
        questions.append(Question(ORDER, _told(as_typed, now), _told(as_now, now)))
    order = _woven(list(now), own) if theirs_first else _woven(own, list(now))
    return Merged([("" if one in new else one, new.get(one, texts.get(one, ""))) for one in order], questions)


def _of(keys: Iterable[str], order: Iterable[str]) -> list[str]:
    wanted = set(keys)
    return [key for key in order if key in wanted]


def _told(keys: Iterable[str], texts: Mapping[str, str]) -> str:
    """An order by the paragraphs' first words."""
    return " · ".join(" ".join(texts[key].split()[:4]) for key in keys)


def _woven(order: list[str], other: list[str]) -> list[str]:
    """The order, and what only the other has behind the one before it there."""
    found, at = list(order), 0
    for one in other:
        if one in order:
            at = found.index(one) + 1
        else:
            found.insert(at, one)
            at += 1
    return found
