"""Mail addresses, also those written so that no machine should find them: `name (at) house punkt de`."""

import re
from collections.abc import Iterator

_SIGN = "[@＠﹫]"
_AT = (
    "at|ät|aet|et|ат|ет|эт|at-zeichen|at sign|klammeraffe|affenschwanz|kuyruklu a|kuyruk|собака|собачка|равлик|песик|sobaka|"
    "آت|ات|أت|إت|اتساین|آتساین|أتساين|ادساین"
)
_DOT = "dot|punkt|point|nokta|точка|крапка|tochka|krapka|نقطة|نقطه|دات|دوت"
# After a blank a dot also ends a sentence: only what ends addresses goes on.
_TOP = "de|com|net|org|info|eu|at|ch|uk|tr|ua|ru|ir|sy|iq|lb|af|fr|nl|pl|io|me|example|test|invalid|berlin|hamburg|укр|рф"
# Providers whose name stands for the whole address.
_PROVIDERS = "gmail|googlemail|gmx|web|yahoo|hotmail|outlook|icloud|posteo|t-online|freenet|yandex|ukr|mail"
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069"
_BLANK = rf"[\s{_INVISIBLE}]"
_OPEN, _CLOSE = r"[\[({<*_\-–—~|/„“\"'«]", r"[\])}>*_\-–—~|/“”\"'»]"
_DOTS = rf"(?:{_BLANK}?{_OPEN}\s?(?:\.|{_DOT})\s?{_CLOSE}{_BLANK}?|\s(?:{_DOT})\s|{_BLANK}?\.(?=\w)|\s\.\s(?=(?:[\w-]+\s\.\s)*(?:{_TOP})\b))"
_HERE = re.compile(
    rf"(?P<glued>(?<=[\w.+-]){_SIGN}(?=\w))|(?P<spaced>{_BLANK}{{0,3}}{_SIGN}{_BLANK}{{0,3}})|"
    rf"\s?{_OPEN}\s?(?:{_SIGN}|{_AT}|a|а|ä)\s?{_CLOSE}\s?|(?P<word>\s(?:{_AT})\s)",
    re.IGNORECASE,
)
_LOCAL = re.compile(rf"(?<![\w+%-])[\w+%'’-]+(?:(?:\.|{_DOTS}|\s\.\s)[\w+%'’-]+)*\.?$", re.IGNORECASE)
_NAMES = rf"[\w-]+(?:{_DOTS}[\w-]+)+"
_DOMAIN = re.compile(_NAMES, re.IGNORECASE)
_OPEN_DOMAIN = re.compile(rf"{_NAMES}|[\w-]+(?:\s?\.\s?(?:{_TOP})\b)?", re.IGNORECASE)
# A bare `at` is a word as well: what follows must look like the end of an address and be none of its own.
_DOMAIN_AFTER_WORD = re.compile(
    rf"(?![\w.-]*\s?{_SIGN})(?:{_NAMES}(?<=[^\W\d_]{{2}})|(?:{_PROVIDERS})\b)", re.IGNORECASE
)
_FARTHEST = 80  # letters before and after the sign


def mails(words: str) -> Iterator[tuple[int, int]]:
    done = 0
    for here in _HERE.finditer(words):
        pattern = _DOMAIN_AFTER_WORD if here["word"] else _OPEN_DOMAIN if here["glued"] else _DOMAIN
        from_here = max(done, here.start() - _FARTHEST)
        local = _LOCAL.search(words[from_here : here.start()])
        domain = pattern.match(words, here.end(), here.end() + _FARTHEST)
        if local and domain:
            yield from_here + local.start(), (done := domain.end())
