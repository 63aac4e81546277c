"""Mail addresses, also those written so that no machine should find them: `name (at) house punkt de`."""

import re
from collections.abc import Iterator

_SIGN = "[@＠﹫]"
_AT = "at|ät|aet|et|ат|ет|эт|собака|собачка|равлик|песик|klammeraffe|affenschwanz|kuyruk|آت|ات|أت|إت|اتساین|آتساین"
_DOT = "dot|punkt|point|nokta|точка|крапка|نقطة|نقطه|دات|دوت"
# After a blank a dot also ends a sentence: only what ends addresses goes on.
_TOP = "de|com|net|org|info|eu|at|ch|uk|tr|ua|ru|ir|sy|iq|lb|af|fr|nl|pl|io|me|example|test|invalid|berlin|hamburg|укр|рф"
_OPEN, _CLOSE = r"[\[({<*_]", r"[\])}>*_]"
_DOTS = rf"(?:\s?{_OPEN}\s?(?:\.|{_DOT})\s?{_CLOSE}\s?|\s(?:{_DOT})\s|\s?\.(?=\w)|\s\.\s(?=(?:{_TOP})\b))"
_HERE = re.compile(
    rf"(?P<glued>(?<=[\w.+-]){_SIGN}(?=\w))|\s{{0,2}}{_SIGN}\s{{0,2}}|\s?{_OPEN}\s?(?:{_SIGN}|{_AT})\s?{_CLOSE}\s?|(?P<word>\s(?:{_AT})\s)",
    re.IGNORECASE,
)
_LOCAL = re.compile(rf"(?<![\w+%-])[\w+%'’-]+(?:(?:\.|{_DOTS})[\w+%'’-]+)*\.?$", re.IGNORECASE)
_NAMES = rf"[\w-]+(?:{_DOTS}[\w-]+)+"
_DOMAIN = re.compile(_NAMES, re.IGNORECASE)
_GLUED_DOMAIN = re.compile(rf"{_NAMES}|[\w-]+", re.IGNORECASE)
# A bare `at` is a word as well: what follows must look like the end of an address and be none of its own.
_DOMAIN_AFTER_WORD = re.compile(rf"(?![\w.-]*\s?{_SIGN}){_NAMES}(?<=[^\W\d_]{{2}})", re.IGNORECASE)
_FARTHEST = 80  # letters before and after the sign


def mails(words: str) -> Iterator[tuple[int, int]]:
    done = 0
    for here in _HERE.finditer(words):
        domain_of = _GLUED_DOMAIN if here["glued"] else _DOMAIN_AFTER_WORD if here["word"] else _DOMAIN
        from_here = max(done, here.start() - _FARTHEST)
        local = _LOCAL.search(words[from_here : here.start()])
        domain = domain_of.match(words, here.end(), here.end() + _FARTHEST)
        if local and domain:
            yield from_here + local.start(), (done := domain.end())
