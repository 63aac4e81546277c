from itertools import pairwise

import pytest

from .. import Mark, marks, masked


def found(words, language="", known=()):
    return {words[one.start : one.end]: one.kind for one in marks(words, language, known)}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Rufen Sie 0511 123456 an", "0511 123456"),
        ("oder +49 (0)511-12 34 56 abends", "+49 (0)511-12 34 56"),
        ("اتصل بي ٠١٧٦ ٥٥٥٠ ١٢٣٤ من فضلك", "٠١٧٦ ٥٥٥٠ ١٢٣٤"),
        ("0049.176.5550.1234", "0049.176.5550.1234"),
        ("звоните 8 (911) 555-01-23!", "8 (911) 555-01-23"),
        ("call me zero one seven one three nine two", "zero one seven one three nine two"),
        ("Durchwahl 0511 555-0 App. 12", "0511 555-0 App. 12"),
    ],
)
def test_phone_numbers_in_all_writings(words, expected):
    assert found(words) == {expected: "phone"}


@pytest.mark.parametrize(
    "words",
    ["am 01.02.2026 um 8.15 Uhr", "12.500 Leute, 1.200.000 Euro", "Bus 341, PLZ 30880", "2024-2026", "Az. 50.12/881", "2026-11-22", ""],
)  # fmt: skip
def test_other_numbers_are_no_phone_numbers(words):
    assert found(words, "de") == {}


@pytest.mark.parametrize(
    "mail",
    [
        "amina.k+x@post.example", "max (at) gmx.de", "t.o[at]post.example", "rory.c @ haus.example", "max.m ät web punkt de", "a.b (dot) c (at) d (dot) net",
        "oksana собака ukr крапка net", "omar -at- haus.example", "vera(a)mail.ru", "l.k@haus. example", "o . k @ netz . haus . example", "omar at gmail", "n.h\u200e@\u200epost.example", "p.h at post.example",
    ],
)  # fmt: skip
def test_mail_addresses_also_hidden_ones(mail):
    assert found(f"bitte an {mail}, danke") == {mail: "mail"}


def test_the_word_at_is_no_address():
    assert (
        found("We met at the park. Look at it. 2 kg @ 5. Mal (a) so, mal (b) so. Room - a - is at home", "en")
        == {}
    )


@pytest.mark.parametrize(
    "iban",
    ["DE89 3704 0044 0532 0130 00", "de89370400440532013000", "GB82 WEST 1234 5698 7654 32", "DE٨٩٣٧٠٤٠٠٤٤٠٥٣٢٠١٣٠٠٠", "DE88 3704 0044 0532 0130 00"],
)  # fmt: skip
def test_account_numbers_also_mistyped_ones(iban):
    assert found(f"Konto {iban}, danke") == {iban: "iban"}


@pytest.mark.parametrize(
    ("words", "street"),
    [
        ("wohne Peiner Straße 41, 2. Stock", "Peiner Straße 41"),
        ("Marktstr.12a brennt", "Marktstr.12a"),
        ("An der Masch 3 liegt Müll", "An der Masch 3"),
        ("Lange Weihe 31, bitte", "Lange Weihe 31"),
        ("at 14 Marktstraße.", "14 Marktstraße"),
        ("Пайнер штрассе, д. 15, против", "Пайнер штрассе, д. 15"),
        ("в شارع ماركت 19 رطوبة", "ماركت 19"),
        ("در Lange Weihe 120 زیرزمین پر از آب شده است", "Lange Weihe 120"),
    ],
)
def test_streets_with_their_number_in_any_script(words, street):
    assert found(words)[street] == "street"


@pytest.mark.parametrize(
    "words",
    [
        "Die Max-Planck-Straße hat keinen Radweg",
        "im Zimmer 5, am Montag 18 Uhr",
        "am Bahnhof 3 Minuten warten",
    ],
)
def test_a_street_alone_and_other_places_are_left(words):
    assert found(words, "de") == {}


@pytest.mark.parametrize(
    ("words", "language", "names"),
    [
        ("Ich heiße Kwabena Frimpong.", "de", ["Kwabena Frimpong"]),
        ("Frau Szczepanski und ihr Mann Bogumil", "de", ["Szczepanski", "Bogumil"]),
        ("mfg K. Thielbeer", "de", ["K. Thielbeer"]),
        ("bitte helfen. Danke, Kröplin, 0511 123456", "de", ["Kröplin"]),
        ("holder M. van der Heuvel.", "en", ["M. van der Heuvel"]),
        ("my name is priyanka and i wait", "en", ["priyanka"]),
        ("Hatice Nine'ye ve Ayşe'nin annesine", "tr", ["Hatice", "Ayşe"]),
        ("Benim adım Deniz, kardeşim Barış ile geldik", "tr", ["Deniz", "Barış"]),
        ("Мене звати Одарка Перебийніс.", "uk", ["Одарка Перебийніс"]),
        ("Пані Надії Горобець дякую", "uk", ["Надії Горобець"]),
        ("Соседка Зульфия Гариповна болеет", "ru", ["Зульфия Гариповна"]),
        ("أم خالد وأبو محمود يحتاجان مساعدة", "ar", ["أم خالد", "أبو محمود"]),
        ("أشكر ليلى وSabine من البيت", "ar", ["ليلى", "Sabine"]),
        ("من سپیده هستم", "fa", ["سپیده"]),
        ("زهرا خانم آمد", "fa", ["زهرا"]),
    ],
)
def test_names_by_lists_and_by_the_words_beside_them(words, language, names):
    assert [name for name, kind in found(words, language).items() if kind == "name"] == names


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Bäckerei Schmidt hat Kuchen, Hund Bruno bellt", "de"),
        ("Die Albert-Schweitzer-Schule und die Otto-Hahn-Straße", "de"),
        ("Es fehlt im Ernst nur 20 Mark, die Rose blüht", "de"),
        ("Will the hope of spring come? Rose garden.", "en"),
        ("Umut var, bahar geldi, deniz yok. Güneş çok.", "tr"),
        ("Надія є завжди. Віра теж. Роза цвіте.", "uk"),
        ("Магазин «Наташа» шумит", "ru"),
        ("عندي أمل كبير في السلام على العموم", "ar"),
        ("امید داریم بهار بیاید، ولی ستاره‌ها", "fa"),
    ],
)
def test_shops_dogs_and_words_are_no_names(words, language):
    assert found(words, language) == {}


def test_a_name_is_found_again_and_so_is_a_known_one():
    assert list(found("Herr Kowallik kam. Kowallik ging.", "de")) == ["Kowallik"]
    assert len(marks("Herr Kowallik kam. Kowallik ging.", "de")) == 2
    assert found("die blumen von quirrel gießen", "de", known=["Quirrel Abendroth"]) == {"quirrel": "name"}


def test_marks_stand_in_order_and_never_overlap():
    stretches = marks(
        "Ayşe Karaduman, Marktstraße 8, 0171 3920055, a@b.example, DE89370400440532013000", "tr"
    )
    assert [one.kind for one in stretches] == ["name", "street", "phone", "mail", "iban"]
    assert all(one.end <= other.start for one, other in pairwise(stretches))


@pytest.mark.parametrize(
    "words", ["@", "\u200c", "😀" * 50, "DE", "+", "0" * 400, "(" * 300, "a." * 500, "Straße " * 200]
)
def test_odd_input_ends_without_error(words):
    assert isinstance(marks(words, "xx-Unknown"), list)


def test_masking_replaces_each_mark_and_nothing_else():
    words = "Tel. 0511 123456 oder a@b.example!"
    assert masked(words, marks(words, "de")) == "Tel. […] oder […]!"
    assert masked("abcdef", [Mark(4, 6, "name"), Mark(0, 1, "name")]) == "[…]bcd[…]"
