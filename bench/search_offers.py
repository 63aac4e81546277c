"""Invented offers for the benchmark of the search: the example town's texts, many times over.

Each offer takes title and text of one of the 150, a street number that sets it apart, one of ten places and one of twenty
municipalities; two of three have one of its translations too. So words are as frequent as in real lists, where thousands
speak of German courses and hundreds of debts, which made-up words are not.
"""

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from quartierwerk.languages.names import fold
from quartierwerk.search.analysis import is_stopword
from quartierwerk.search.index import Document, Text

FILES = Path(__file__).parent.parent / "quartierwerk" / "directory" / "data" / "example" / "laatzen"
ENDS = ["kurs", "beratung", "treff", "gruppe", "werkstatt", "café", "hilfe", "sprechstunde"]
PLACES = [
    "Laatzen",
    "Rethen",
    "Gleidingen",
    "Grasdorf",
    "Ingeln",
    "Oesselse",
    "Pattensen",
    "Sehnde",
    "Hemmingen",
    "Springe",
]
TENANTS = 20
ALL = TENANTS  # one more municipality, on whose portal every offer shows


@cache
def written() -> list[dict[str, Text]]:
    """Texts by language of each offer of the example town that is written in German."""
    entries = [
        entry
        for path in sorted(FILES.glob("*.json"))
        for entry in json.loads(path.read_text(encoding="utf-8"))
    ]
    found = []
    for offer in (
        offer for entry in entries for offer in entry["offers"] if offer.get("language", "de") == "de"
    ):
        texts = {"de": _text(offer, offer["title"])}
        for lang, translated in offer.get("texts", {}).items():
            texts[lang] = _text(translated, translated.get("title", offer["title"]))
        found.append(texts)
    return found


def _text(values: dict, title: str) -> Text:
    return Text(
        title, " ".join(values[name] for name in ("description", "hours", "cost") if values.get(name))
    )


def offers(count: int, chance: random.Random) -> Iterator[Document]:
    for number in range(count):
        source, place = chance.choice(written()), chance.choice(PLACES)
        german = source["de"]
        texts = {"de": Text(german.title, german.text, f"{place} Weg {number % 997}")}
        others = [lang for lang in source if lang != "de"]
        if others and number % 3:
            texts[lang] = source[(lang := chance.choice(others))]
        facets = [f"place:{place.casefold()}", f"free:{'yes' if number % 2 else 'no'}"]
        yield Document(
            "offers", str(number), number % TENANTS, texts, "de", facets, also=[ALL], places=[place]
        )


def mistyped(word: str, chance: random.Random) -> str:
    """Two letters swapped, not the first or last."""
    place = chance.randrange(1, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


Asked = tuple[str, str, dict]  # words, language of the reader, filters


def questions(times: int, chance: random.Random) -> dict[str, list[Asked]]:
    names = [_word(chance, "de") for _ in range(times)]
    both = list(zip(names, chance.choices(PLACES, k=times), strict=True))
    narrowed = {"facets": {"free": ["yes"]}}
    return {
        "one word": [(name, "de", {}) for name in names],
        "two words": [(f"{name} {_word(chance, 'de')}", "de", {}) for name in names],
        "word and place": [(f"{name} {place}", "de", {}) for name, place in both],
        "beginning of a word": [(name[: chance.randrange(4, len(name))], "de", {}) for name in names],
        "end of joined words": [(chance.choice(ENDS), "de", {}) for _ in names],
        "word and filters": [(name, "de", narrowed) for name in names],
        "typing error": [(mistyped(name, chance), "de", {}) for name in names],
        "typing error and filters": [(mistyped(name, chance), "de", narrowed) for name in names],
        "a word of Ukrainian": [(_word(chance, "uk"), "uk", {}) for _ in names],
        "a question": [
            (f"wo finde ich {name} mit Kinderbetreuung in {place}", "de", {}) for name, place in both
        ],
    }


def _word(chance: random.Random, lang: str) -> str:
    """A telling word of a title, of six letters or more."""
    while True:
        source = chance.choice(written())
        words = [word.strip(".,:()&") for word in source[lang].title.split()] if lang in source else []
        telling = [
            word
            for word in words
            if len(fold(word)) >= 6 and fold(word).isalpha() and not is_stopword(word, lang)
        ]
        if telling:
            return chance.choice(telling)
