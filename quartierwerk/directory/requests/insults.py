"""Whether words insult somebody, by a small list of our own. Such words wait for the staff; what they report counts."""

import re

from quartierwerk.languages.names import plain

# Beginnings of words, without accents. Kept short: what is merely rude about a staircase must pass.
_BEGINNINGS = (
    # German
    "arschloch arschgeige drecksau dreckskerl dreckspack fotze hurensohn hure huren missgeburt mistkerl miststueck"
    " schlampe schwuchtel untermensch vollidiot idiot wichser kanake kanaken neger nigger zigeuner"
    " abschaum gesindel scheissladen scheisskerl scheisstuerke scheissauslander volltrottel"
    " verpiss verrecke vergas"
    # English
    " asshole bastard bitch cunt faggot fucker motherfucker moron nigga whore"
    # French
    " connard connasse encule salope putain batard"
    # Turkish
    " orospu pezevenk serefsiz amcik"
    # Ukrainian and Russian
    " сука суки блядь бляд пидор пидорас мудак уебок хуй урод мразь"
    # Arabic and Farsi
    " شرموطة كلب حقير حمار خنزير عاهرة کثافت حرامزاده جنده"
)
_DISGUISES = str.maketrans(
    {"@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "0": "o", "$": "s", "5": "s", "*": ""}
)

_UMLAUTS = str.maketrans({"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue"})


def _folded(text: str) -> str:
    return plain(text.casefold().translate(_UMLAUTS))


_INSULT = re.compile(
    r"\b(?:" + "|".join(sorted({_folded(word) for word in _BEGINNINGS.split()}, key=len)) + r")\w{0,6}\b"
)
# "i d i o t", "a.r.s.c.h.l.o.c.h": single letters set apart
_SPACED = re.compile(r"(?<!\w)(?:\w[\s.\-_]+){3,}\w(?!\w)")


def is_insulting(text: str) -> bool:
    whole = text.translate(_DISGUISES)
    joined = _SPACED.sub(lambda found: re.sub(r"[\s.\-_]+", "", found[0]), whole)
    return any(_INSULT.search(_folded(one)) for one in (text, whole, joined))
