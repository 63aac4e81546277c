"""Given names and family names as they are common here, and words that are none; read when they are first needed."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from quartierwerk.languages.names import fold

DATA = Path(__file__).parent / "data"
LANGUAGES = ("de", "en", "tr", "uk", "ru", "ar", "fa")

# Small words that folding makes the same as a name: على (on) and علي (Ali).
SMALL = frozenset(("على", "الى", "إلى", "و", "ولی"))

# Cyrillic as it is written in Latin letters: in passports, in English, in German.
_LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюя"
_LATIN = (
    "a,b,v,h,g,d,e,ie,zh,z,y,i,i,i,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,,y,,e,iu,ia",
    "a,b,v,g,g,d,e,ye,zh,z,i,i,yi,y,k,l,m,n,o,p,r,s,t,u,f,h,ts,ch,sh,sch,,y,,e,yu,ya",
    "a,b,w,g,g,d,e,je,sch,s,i,i,ji,j,k,l,m,n,o,p,r,s,t,u,f,ch,z,tsch,sch,schtsch,,y,,e,ju,ja",
)
_SPELLINGS = tuple(dict(zip(_LETTERS, line.split(","), strict=True)) for line in _LATIN)
_CYRILLIC = re.compile("[а-яёіїєґ]")
_ARABIC = re.compile("[\u0620-\u06ff]")
# What a name may end in besides as it stands in the list: cases of Ukrainian and Russian, the genitive of German and English.
_CASES = (
    "а я у ю і и ы е є ї о ой ей ою ею єю ом ем єм ём ові еві єві ого ому им ым ую ова ову ої ій ам ами ах"
)
_GENITIVE = "s ns es"
# Turkish puts its endings after an apostrophe; many leave it out.
_SUFFIX = re.compile(
    r"(?:[yn]?[iıuü]|n[iıuü]n|[iıuü]n|y?[ae]|[dt][ae]n?|y?l[ae]|l[ae]r|gil|c[iıuü][gğ][iıuü]m|ler[ei]n)$"
)
_FAMILY_ENDS = re.compile(
    r"(?:oglu|owski|owska|ewski|ewska|inski|inska|zynski|zynska|czyk|enko|tschuk|czuk|idze|adze|shvili|schwili|poulos|opoulou|zadeh|"
    r"ovic|evic|owitsch|ullah|ullin|nejad|ozai|azai|meyer|meier|maier|schmidt|hoffer|huber|iyev|ayev|[^aeiou]yan|kiewicz|iewicz|asov|enov|"
    r"енко|енка|енку|енком|щук|чук|нюк|люк|ський|ська|ської|ському|ською|швили|швілі|дзе|оглы|огли|янц|сян|рян|зода|заде)$"
)
_RUSSIAN_FAMILY = re.compile(r"^.{3,}(?:ов|ев|ин|ов[аоуы]|ев[аоуы]|ин[аоуы]|овой|евой|иной|овым|евым|овым)$")


@dataclass(frozen=True)
class Names:
    given: frozenset[str]
    family: frozenset[str]
    given_stems: frozenset[str]  # Cyrillic without their last vowel
    family_stems: frozenset[str]
    words: dict[str, frozenset[str]]  # names that are words too, by language
    stop: frozenset[str]


@cache
def names() -> Names:
    given: set[str] = set()
    family: set[str] = set()
    words: dict[str, frozenset[str]] = {}
    for path in sorted(DATA.glob("*.toml")):
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        if path.stem == "stop":
            stop = frozenset(
                fold(word) for line in found.values() for word in line.split() if word not in SMALL
            )
            continue
        given.update(_forms(f"{found['given']} {found.get('latin', '')}"))
        family.update(_forms(f"{found['family']} {found.get('latin_family', '')}"))
        words[path.stem] = frozenset(fold(word) for word in found["words"].split())
    return Names(
        frozenset(given),
        frozenset(family),
        frozenset(_stem(name) for name in given if _CYRILLIC.match(name)),
        frozenset(_stem(name) for name in family if _CYRILLIC.match(name)),
        words,
        stop,
    )


def _forms(listed: str) -> set[str]:
    forms = set()
    for name in listed.split():
        folded = fold(name)
        forms.add(folded.replace(" ", ""))
        if _CYRILLIC.match(folded):
            forms.update(_spelt(name.casefold().replace("ё", "е"), table) for table in _SPELLINGS)
    return forms


def _spelt(name: str, table: dict[str, str]) -> str:
    return fold("".join(table.get(letter, "") for letter in name))


def _stem(name: str) -> str:
    return name.rstrip("ьй").removesuffix("а").removesuffix("я").removesuffix("о").removesuffix("е") or name


@lru_cache(maxsize=50_000)
def is_given(word: str, language: str) -> bool:
    return _listed(word, language, names().given, names().given_stems)


@lru_cache(maxsize=50_000)
def is_family(word: str, language: str) -> bool:
    folded = fold(word).replace(" ", "")
    if _listed(word, language, names().family, names().family_stems) or _FAMILY_ENDS.search(folded):
        return True
    return len(folded) >= 6 and bool(_RUSSIAN_FAMILY.match(folded))


def _listed(word: str, language: str, listed: frozenset[str], stems: frozenset[str]) -> bool:
    folded = fold(word).replace(" ", "")
    if folded in listed:
        return True
    if _CYRILLIC.match(folded):
        if any(_spelt(word.casefold(), table) in listed for table in _SPELLINGS):
            return True
        cases = (
            folded[: -len(end)]
            for end in _CASES.split()
            if folded.endswith(end) and len(folded) > len(end) + 2
        )
        return any(stem in stems for stem in cases)
    if _ARABIC.match(folded):
        return False
    if any(
        folded[: -len(end)] in listed
        for end in _GENITIVE.split()
        if folded.endswith(end) and len(folded) > len(end) + 2
    ):
        return True
    if language == "tr" and len(folded) > 4:
        bare = _SUFFIX.sub("", folded)
        return bare != folded and len(bare) > 2 and bare in listed
    return False


@lru_cache(maxsize=50_000)
def is_word(word: str, language: str) -> bool:
    """Whether a name is a word as well, in a text of this language; of any where it is unknown."""
    folded = fold(word).replace(" ", "")
    lists = names().words
    if folded in lists["more"] or folded in names().stop:
        return True
    own = (language,) if language in LANGUAGES else _of_script(folded)
    if not _CYRILLIC.match(folded):
        return any(folded in lists[one] for one in own)
    # The two that share most words; a word in a case is one too.
    return any(
        folded == one or (len(one) > 3 and _stem(one) == _stem(folded))
        for tag in ("uk", "ru")
        for one in lists[tag]
    )


def _of_script(folded: str) -> tuple[str, ...]:
    if _ARABIC.match(folded):
        return ("ar", "fa")
    return ("uk", "ru") if _CYRILLIC.match(folded) else ("de", "en", "tr")


@lru_cache(maxsize=50_000)
def is_stopped(word: str) -> bool:
    return fold(word).replace(" ", "") in names().stop
