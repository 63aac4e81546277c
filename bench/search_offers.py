"""Invented offers for the benchmark of the search: joined German words, places, a third of them in Ukrainian too."""

import random
from collections.abc import Iterator

from quartierwerk.search.index import Document, Text

TOPICS = ["Deutsch", "Schulden", "Wohnung", "Familie", "Senioren", "Migration", "Gesundheit", "Recht", "Arbeit", "Rad", "Tanz",
          "Musik", "Garten", "Küche", "Sprach", "Jugend", "Frauen", "Eltern", "Kinder", "Computer"]  # fmt: skip
FORMS = [
    "kurs",
    "beratung",
    "treff",
    "gruppe",
    "werkstatt",
    "café",
    "hilfe",
    "begleitung",
    "sprechstunde",
    "training",
]
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
WORDS = ["kostenlos", "offen", "für", "alle", "am", "Vormittag", "Abend", "mit", "ohne", "Anmeldung", "im", "Stadthaus", "Treffpunkt",
         "Nachbarschaft", "Menschen", "lernen", "zusammen", "Kaffee", "Kinderbetreuung", "stufenlos", "Dolmetscher", "Anfänger",
         "Fortgeschrittene", "Montag", "Dienstag", "Mittwoch", "Donnerstag"]  # fmt: skip
UKRAINIAN = ["курс", "німецької", "мови", "для", "початківців", "зустріч", "допомога", "консультація", "житло", "робота", "діти",
             "жінки", "безкоштовно", "субота", "центр"]  # fmt: skip
TENANTS = 20


def offers(count: int, chance: random.Random) -> Iterator[Document]:
    for number in range(count):
        topic, form, place = chance.choice(TOPICS), chance.choice(FORMS), chance.choice(PLACES)
        body = " ".join(chance.choices(WORDS, k=40))
        texts = {"de": Text(f"{topic}{form} {place} {number % 997}", f"{body} {place}")}
        if number % 3 == 0:
            words = chance.choices(UKRAINIAN, k=24)
            texts["uk"] = Text(" ".join(words[:4]), " ".join(words[4:]))
        facets = [
            f"topic:{topic.casefold()}",
            f"place:{place.casefold()}",
            f"free:{'yes' if number % 2 else 'no'}",
        ]
        yield Document("offers", str(number), number % TENANTS, texts, "de", facets, places=[place])


def mistyped(word: str, chance: random.Random) -> str:
    """Two letters swapped, not the first or last."""
    place = chance.randrange(1, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


Asked = tuple[str, str, dict]  # words, language of the reader, filters


def questions(times: int, chance: random.Random) -> dict[str, list[Asked]]:
    names = [f"{chance.choice(TOPICS)}{chance.choice(FORMS)}" for _ in range(times)]
    both = list(zip(names, chance.choices(PLACES, k=times), strict=True))
    narrowed = {"tenants": [1, 2, 3], "facets": {"free": ["yes"]}}
    return {
        "one word": [(name, "de", {}) for name in names],
        "two words": [(f"{name} {place}", "de", {}) for name, place in both],
        "beginning of a word": [(name[: chance.randrange(4, len(name))], "de", {}) for name in names],
        "end of joined words": [(chance.choice(FORMS), "de", {}) for _ in names],
        "word and filters": [(name, "de", narrowed) for name in names],
        "typing error": [(mistyped(name, chance), "de", {}) for name in names],
        "typing error and filters": [
            (
                mistyped(name, chance),
                "de",
                {**narrowed, "facets": {**narrowed["facets"], "place": [place.casefold()]}},
            )
            for name, place in both
        ],
        "two words of Ukrainian": [(" ".join(chance.choices(UKRAINIAN, k=2)), "uk", {}) for _ in names],
        "a question": [
            (f"wo finde ich {name} mit Kinderbetreuung in {place}", "de", {}) for name, place in both
        ],
    }
