import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartierwerk.languages import tags
from quartierwerk.languages.tags import (
    NotALanguage,
    autonym,
    best,
    direction,
    fallbacks,
    interface_language,
    name,
    normal_tag,
)


@pytest.mark.parametrize(
    ("tag", "german", "own"),
    [
        ("prs", "Dari", "دری"), ("kmr", "Kurdisch (Kurmandschi)", "Kurmancî"), ("rom", "Romani", "Romani čhib"),
        ("rmn", "Romani", "Romani čhib"), ("gsg", "Deutsche Gebärdensprache", "Deutsche Gebärdensprache (DGS)"),
        ("de-simple", "Leichte Sprache", "Leichte Sprache"), ("ti", "Tigrinya", "ትግርኛ"), ("uk", "Ukrainisch", "Українська"),
        ("ar", "Arabisch", "العربية"), ("fr", "Französisch", "Français"), ("so", "Somali", "Soomaali"),
        ("pt-BR", "Portugiesisch (Brasilien)", "Português (Brasil)"), ("sr-Latn", "Serbisch (Lateinisch)", "Srpski (latinica)"),
        ("de", "Deutsch", "Deutsch"), ("fa-AF", "Dari", "دری"), ("ku-Arab", "Kurdisch (Arabisch)", "Kurdî (kurmancî)"),
    ],
)  # fmt: skip
def test_languages_have_names(tag, german, own):
    assert name(tag, "de") == german
    assert autonym(tag) == own


def test_names_come_in_the_readers_language():
    assert name("uk", "fr") == "ukrainien"
    assert name("de", "ar") == "الألمانية"
    assert name("prs", "de-simple") == name("prs", "de") == "Dari"
    assert name("prs", "pl") == "Dari"
    assert name("uk", "de-simple") == "Ukrainisch"


def test_every_override_is_given_for_every_interface_language():
    for tag, row in tags._NAMES.items():
        assert len(row) == len(tags.INTERFACE) - 1, tag
        assert all(row), tag


def test_no_interface_language_calls_romani_gypsy():
    assert [name("rom", language) for language in ("uk", "ar")] == ["ромська", "الرومانية (لغة الروما)"]


@pytest.mark.parametrize(
    ("written", "tag"),
    [("DE_simple", "de-simple"), ("de-SI", "de-simple"), ("pt_br", "pt-BR"), ("PRS", "prs"), (" uk ", "uk"), ("kmr", "kmr"),
     ("zh-hans", "zh-Hans"), ("eng", "en")],
)  # fmt: skip
def test_tags_get_their_usual_spelling(written, tag):
    assert normal_tag(written) == tag


@pytest.mark.parametrize(
    "written", ["", "deutsch", "xx", "de-", "ü", "<script>", "de simple", "a" * 5_000, "١"]
)
def test_what_is_no_language_is_refused(written):
    with pytest.raises(NotALanguage):
        normal_tag(written)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ar", "rtl"), ("fa", "rtl"), ("prs", "rtl"), ("ckb", "rtl"), ("ur", "rtl"), ("ps", "rtl"), ("he", "rtl"), ("ku-Arab", "rtl"),
     ("aii", "rtl"), ("kmr", "ltr"), ("tr", "ltr"), ("ti", "ltr"), ("de-simple", "ltr"), ("gsg", "ltr"), ("", "ltr"), ("??", "ltr")],
)  # fmt: skip
def test_direction_follows_the_script(tag, expected):
    assert direction(tag) == expected


def test_fallbacks_end_with_the_source():
    assert fallbacks("prs", source="de") == ["prs", "fa", "de"]
    assert fallbacks("kmr", source="de") == ["kmr", "ku", "de"]
    assert fallbacks("de-simple", source="en") == ["de-simple", "de", "en"]
    assert fallbacks("pt-BR") == ["pt-BR", "pt"]
    assert fallbacks("uk", source="de") == ["uk", "de"], "no Russian for Ukrainian readers unless they ask"


def test_the_frame_speaks_an_interface_language():
    assert interface_language("prs") == "fa"
    assert interface_language("de-AT") == "de"
    assert interface_language("ti", default="en") == "en"


def test_best_takes_the_readers_order_before_the_source():
    assert best(["ti", "ar", "en"], ["de", "en", "ar"], source="de") == "ar"
    assert best(["prs"], ["de", "fa"], source="de") == "fa"
    assert best(["so"], ["de", "en"], source="de") == "de"
    assert best(["so"], ["en"], source="de") is None


@given(st.text(max_size=20))
def test_any_text_can_be_asked_for(text):
    assert isinstance(name(text), str)
    assert name("pl", text)
    assert name("sr-Cyrl-BA", text)
    assert isinstance(autonym(text), str)
    assert direction(text) in ("rtl", "ltr")
    assert fallbacks(text)
