"""The synonym ring: what it holds, and what it recognises."""

import pytest

from quartierwerk.languages.names import fold
from quartierwerk.search import latin
from quartierwerk.search.index import Document, Index, Text
from quartierwerk.search.ring import Concept, Ring, built_in, keys_of
from quartierwerk.search.units import OwnWords

EIGHT = ("de", "en", "uk", "ar", "fa", "tr", "ru", "fr")
RARE = ("kmr", "ti", "prs")


def test_ring_holds_what_was_promised():
    concepts = built_in().concepts.values()
    complete = [concept for concept in concepts if all(len(concept.words.get(lang, ())) for lang in EIGHT)]
    assert len(complete) >= 150
    assert len([one for one in concepts if all(one.words.get(lang) for lang in RARE)]) >= 40
    for concept in concepts:
        assert not concept.broader or concept.broader in built_in().concepts, concept.code
        assert set(concept.words) <= {*EIGHT, *RARE}, concept.code
        for lang, words in concept.words.items():
            assert all(words), (concept.code, lang)
            assert len(set(words)) == len(words), (concept.code, lang)


OFFERS = [
    Document("offers", "tafel", 1, {"de": Text("Lebensmittelausgabe der Tafel", "Brot und Gemüse, jeden Freitag")}, "de"),
    Document("offers", "kita", 1, {"de": Text("Kindertagesstätte Regenbogen", "Plätze für Kinder ab einem Jahr")}, "de"),
    Document("offers", "deutsch", 1, {"de": Text("Deutschkurs A1", "Für Anfänger"), "uk": Text("Курс німецької мови A1")}, "de"),
    Document("offers", "hebamme", 1, {"de": Text("Hebammensprechstunde", "Fragen zu Schwangerschaft und Stillen")}, "de"),
    Document("offers", "schwimmen", 1, {"de": Text("Frauenschwimmen im aquaLaatzium", "nur für Frauen")}, "de", places=["Laatzen-Mitte"]),
    Document("offers", "formulare", 2, {"de": Text("Hilfe bei Briefen vom Amt", "Wir füllen Formulare aus")}, "de", also=[1]),
    Document("offers", "frauenhaus", 1, {"de": Text("Schutz und Beratung für Frauen", "Bei häuslicher Gewalt")}, "de"),
    Document("offers", "garten", 1, {"de": Text("Internationaler Garten Rethen", "Beete für alle")}, "de", places=["Rethen"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    index = Index(tmp_path_factory.mktemp("ring"))
    index.rebuild(OFFERS)
    return index


def first(index, words, lang, **more):
    return next((hit.id for hit in index.search(words, lang=lang, tenants=[1], **more).hits), None)


@pytest.mark.parametrize(
    ("words", "lang", "wanted"),
    [
        ("Essen umsonst", "de", "tafel"), ("Krippe", "de", "kita"), ("free food", "en", "tafel"), ("حضانة", "ar", "kita"),
        ("أريد مساعدة في تعبئة استمارة", "ar", "formulare"), ("شنا برای بانوان", "fa", "schwimmen"), ("кредит и садик", "ru", "kita"),
        ("детский сад", "ru", "kita"), ("допомога з документами", "uk", "formulare"), ("almanca ogrenmek istiyorum", "tr", "deutsch"),
        ("garde d'enfants", "fr", "kita"), ("j'ai besoin d'une sage-femme", "fr", "hebamme"), ("zarokxane", "kmr", "kita"),
        ("መሐረሲት", "ti", "hebamme"), ("کودکستان", "prs", "kita"), ("قابله", "prs", "hebamme"), ("my husband hits me", "en", "frauenhaus"),
        ("Kita", "xx", "kita"), ("جاردن", "ar", None),
    ],
)  # fmt: skip
def test_everyday_words_in_any_language_find_german_offers(index, words, lang, wanted):
    assert first(index, words, lang) == wanted


@pytest.mark.parametrize(
    ("words", "lang", "wanted"),
    [
        ("hebame", "de", "hebamme"), ("Hebamensprechstunde", "de", "hebamme"), ("hebamenberatung", "de", "hebamme"),
        ("kindergraten", "de", "kita"), ("Lebensmitelausgabe", "de", "tafel"), ("deutschkrus", "de", "deutsch"), ("swiming", "en", "schwimmen"),
        ("rethn", "de", "garten"), ("акушрка", "ru", "hebamme"),
    ],
)  # fmt: skip
def test_typing_errors_are_forgiven_also_inside_joined_words(index, words, lang, wanted):
    found = index.search(words, lang=lang)
    assert next((hit.id for hit in found.hits), None) == wanted


@pytest.mark.parametrize(
    ("words", "lang", "wanted"),
    [
        ("kurs yazyka", "ru", "deutsch"), ("kurs nemeckogo", "ru", "deutsch"), ("kursy nimetskoi", "uk", "deutsch"),
        ("detskij sad", "ru", "kita"), ("hadana", "ar", "kita"), ("kudakestan", "prs", "kita"),
        ("qabila", "ar", "hebamme"), ("nimezka mowa", "uk", "deutsch"),
    ],
)  # fmt: skip
def test_other_scripts_may_be_typed_in_latin_letters(index, words, lang, wanted):
    assert first(index, words, lang) == wanted


def test_latin_keys_agree_however_a_word_is_spelt():
    for one in ("yazyka", "jazyka", "iazyka", "yazika"):
        assert latin.key_of_word(fold("языка")) in latin.keys_of_typed(one)
    for one in ("madrasa", "madrassa", "al-madrasah"):
        assert latin.key_of_word(fold("مدرسة")) in latin.keys_of_typed(one)
    assert latin.keys_of_typed("школа") == ()
    assert latin.key_of_word("kurs") == ""


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("Tauchkurs", "de"), ("Fallschirmspringen", "de"), ("diving course", "en"), ("Pizza bestellen", "de"), ("Lottozahlen", "de"),
        ("Reiten", "de"), ("купити автомобіль", "uk"), ("دورة الغوص", "ar"), ("بلیط هواپیما", "fa"), ("uçak bileti", "tr"),
        ("billet d'avion", "fr"), ("qwertz", "de"),
    ],
)  # fmt: skip
def test_what_nobody_offers_finds_nothing(index, words, lang):
    assert index.search(words, lang=lang).count == 0


def test_the_reason_names_the_synonym_in_the_readers_language(index):
    why = index.search("Essen umsonst", lang="de").hits[0].why[0]
    assert (why.word, why.found, why.field, why.how, why.of) == (
        "Essen umsonst", "Lebensmittelausgabe", "title", "synonym", "Lebensmittel",
    )  # fmt: skip
    why = index.search("حضانة", lang="ar").hits[0].why[0]
    assert (why.found, why.how, why.of) == ("Kindertagesstätte", "synonym", "روضة أطفال")


def test_offers_of_neighbours_that_serve_the_town_are_found_there(index):
    assert first(index, "Formulare", "de") == "formulare"
    assert index.search("Formulare", lang="de", tenants=[3]).count == 0


def test_a_place_narrows_where_not_what(index):
    found = index.search("Deutschkurs Rethen", lang="de")
    assert found.hits[0].id == "deutsch"
    assert first(index, "Rethen", "de") == "garten"


def test_a_municipality_adds_and_removes_words(index):
    assert first(index, "Rappelkiste", "de") is None
    own = [OwnWords("Rappelkiste", ("Rappelkiste", "Räuberhöhle"), "childcare", frozenset({"krippe"}))]
    assert first(index, "räuberhöhle", "de", own=own) == "kita"
    assert first(index, "Krippe", "de", own=own) is None
    free = [OwnWords("Beet", ("Beet", "Acker für alle"))]
    assert first(index, "Acker für alle", "de", own=free) == "garten"


def test_chosen_facets_are_counted_as_if_not_chosen(tmp_path):
    index = Index(tmp_path)
    index.rebuild(
        Document(
            "offers", str(number), 1, {"de": Text(f"Kurs {number}")}, "de", [f"free:{free}", "kind:course"]
        )
        for number, free in enumerate(["yes", "yes", "no"])
    )
    found = index.search("Kurs", lang="de", facets={"free": ["no"]}, count_facets=True)
    assert (found.count, found.facets) == (1, {"free:yes": 2, "free:no": 1, "kind:course": 1})


def test_longest_phrase_wins_and_words_are_used_once():
    ring = Ring(
        [Concept("shelter", {"en": ("women's shelter",)}), Concept("women", {"en": ("women",)}, "trait")]
    )
    found = list(ring.phrases(["women's", "shelter", "women"], "en"))
    assert found == [((0, 1), ("shelter",), "synonym"), ((2,), ("women",), "synonym")]


def test_no_phrase_of_the_ring_shrinks_to_a_form_of_offer():
    """`IT course` without its stop word would make every course a computer course."""
    ring = built_in()
    forms = {
        (lang, keys[0])
        for concept in ring.concepts.values()
        if concept.rank == "form"
        for lang, words in concept.words.items()
        for word in words
        if len(keys := keys_of(word, lang)) == 1
    }
    shrunk = [
        (concept.code, lang, word)
        for concept in ring.concepts.values()
        if concept.rank != "form"
        for lang, words in concept.words.items()
        for word in words
        if len(keys := keys_of(word, lang)) == 1 and (lang, keys[0]) in forms
    ]
    assert shrunk == []
