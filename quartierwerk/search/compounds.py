"""German words joined from several: `Frauenschwimmkurs` is Frauen, schwimm, Kurs. Only wholly known words are cut."""

from collections.abc import Callable, Iterator

# Parts that name no topic of their own but end or begin many words. Folded.
_COMMON_PARTS = (
    "abend amt angebot arbeit bereich besuch buro cafe dienst dorf fest forum fruhstuck gruppe haus heim hilfe hof hotline "
    "initiative kreis kurs laden leistung markt nachmittag netz netzwerk paket pate person plan platz praxis programm projekt "
    "raum reihe runde schein service sprechstunde stelle stammtisch station stunde tag telefon tisch training treff treffen "
    "treffpunkt unterricht unterstutzung verein vermittlung vormittag werkstatt wesen woche zeit zentrum beratung begleitung "
    "betreuung forderung gesprach suche erst neu stadt land kinder geld antrag bogen karte test prufung"
)
_COMMON = frozenset(_COMMON_PARTS.split())
_LINKS = ("", "s", "es", "n", "en", "er", "e")
_SHORTEST_PART = 3
LONGEST = 40  # letters; words beyond are none


def parts_of(word: str, is_known: Callable[[str], bool], depth: int = 3) -> tuple[str, ...]:
    """Parts of a folded joined word, at most three; empty where a part is unknown.

    is_known  whether a folded word stands on its own
    """
    if len(word) > LONGEST:
        return ()
    for head, tail in _cuts(word):
        if not (tail in _COMMON or is_known(tail)):
            continue
        bare = next((bare for bare in _without_link(head) if bare in _COMMON or is_known(bare)), None)
        if bare is not None:
            return bare, tail
        if depth > 2 and (parts := parts_of(head.removesuffix("s"), is_known, depth - 1)):
            return *parts, tail
    return ()


def unknown_heads(word: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """A joined word whose end is known and whose beginning may be mistyped, with and without what joins them: `hebamenberatung`."""
    for head, tail in _cuts(word):
        if len(head) >= 5 and len(tail) >= 4 and (tail in _COMMON or is_known(tail)):
            return tuple(_without_link(head))
    return ()


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    """Longest tails first, so that a tail that is joined itself is taken whole."""
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        yield word[:cut], word[cut:]


def _without_link(head: str) -> Iterator[str]:
    for link in _LINKS:
        if head.endswith(link) and len(head) - len(link) >= _SHORTEST_PART:
            yield head[: len(head) - len(link)] if link else head
