import multiprocessing
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quartierwerk.search.index import Busy, Document, Index, NoIndex, Text


def offer(pk, tenant=1, kind="offers", facets=(), source="de", **texts):
    written = {
        lang.replace("_", "-"): text if isinstance(text, Text) else Text(text) for lang, text in texts.items()
    }
    return Document(kind, pk, tenant, written, source, facets)


OFFERS = [
    offer(
        "frauen",
        facets=("topic:language", "place:rethen"),
        de=Text("Deutschkurs für Frauen", "Mit Kinderbetreuung, jeden Montag im Stadthaus", "Sprachkurs", "src-1"),
        uk=Text("Курси німецької для жінок", "З доглядом за дітьми. П’ять місць", source_id="src-2"),
        ar=Text("دورة اللغة الألمانية للنساء", "مع رعاية الأطفال في المدرسة"),
        tr=Text("Kadınlar için Almanca kursu", "Pazartesi günleri IŞIK salonunda"),
    ),
    offer("schulden", facets=("topic:money", "place:rethen"), de=Text("Schuldnerberatungsstelle", "Hilfe mit Miete und Geld")),
    offer("miete", tenant=2, facets=("topic:money",), de=Text("Beratung bei Schulden", "Wir helfen bei Mietschulden")),
    offer("mueller", de="Müller und Partner"),
    offer("moeller", de="Möller und Partner"),
    offer("nguyen", kind="actors", de="Nguyễn Thị Ánh-Müller"),
    offer("stadt", tenant=3, de=Text("Straßenfest in der Größe einer Stadt", "Łódź grüßt")),
    offer("english", source="en", en=Text("Homework help", "for children of all ages")),
    offer("ecole", source="fr", fr=Text("Soutien à l’école", "pour les élèves")),
    offer("persisch", fa=Text("آموزش کامپیوتر", "می‌خواهم یاد بگیرم"), de="Computerkurs"),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    index = Index(tmp_path_factory.mktemp("search"))
    assert index.rebuild(OFFERS) == len(OFFERS)
    return index


def ids(found):
    return [hit.id for hit in found.hits]


@pytest.mark.parametrize(
    ("query", "lang", "first"),
    [
        ("Deutschkurs", "de", "frauen"), ("deutsch frauen", "de", "frauen"), ("kurs frauen", "de", "frauen"),
        ("Sprachkurs", "de", "frauen"), ("Kinderbetreuung", "de", "frauen"), ("betreuung", "de", "frauen"),
        ("beratungsstelle", "de", "schulden"), ("stelle", "de", "schulden"), ("Schuldenberatung", "de", "miete"),
        ("strasse", "de", "stadt"), ("STRASSENFEST", "de", "stadt"), ("Groesse", "de", "stadt"), ("lodz", "de", "stadt"),
        ("nguyen", "de", "nguyen"), ("Anh Muller", "de", "nguyen"), ("kinder", "en", "english"), ("child", "en", "english"),
        ("ecole", "fr", "ecole"), ("l'école", "fr", "ecole"), ("l’ecole soutien", "fr", "ecole"),
        ("курси", "uk", "frauen"), ("п'ять", "uk", "frauen"), ("пять", "uk", "frauen"), ("німецької", "uk", "frauen"),
        ("الالمانية", "ar", "frauen"), ("دَوْرَة", "ar", "frauen"), ("المدرسه رعاية", "ar", "frauen"),
        ("almanca", "tr", "frauen"), ("kadinlar", "tr", "frauen"), ("KADINLAR", "tr", "frauen"), ("ışık", "tr", "frauen"),
        ("isik", "tr", "frauen"), ("آموزش", "fa", "persisch"), ("كامپيوتر", "fa", "persisch"), ("میخواهم", "fa", "persisch"),
        ("آموزش", "prs", "persisch"),
    ],
)  # fmt: skip
def test_words_are_found_however_they_are_written(index, query, lang, first):
    found = index.search(query, lang=lang)
    assert ids(found)[:1] == [first]
    assert found.how in ("all", "some")
    assert found.hits[0].why


def test_umlauts_are_found_both_ways_and_stay_apart(index):
    for query in ("Müller", "mueller", "MULLER"):
        assert set(ids(index.search(query, lang="de"))) == {"mueller", "nguyen"}
    for query in ("Möller", "moeller", "Moller"):
        assert ids(index.search(query, lang="de")) == ["moeller"]


@pytest.mark.parametrize(
    ("query", "lang", "first"),
    [("Deutshckurs", "de", "frauen"), ("Deutschkrs", "de", "frauen"), ("Stratenfest", "de", "stadt"),
     ("schuldnerbertungstelle", "de", "schulden"), ("німецкої", "uk", "frauen"), ("almnca", "tr", "frauen")],
)  # fmt: skip
def test_typing_errors_are_forgiven_only_where_nothing_else_is_found(index, query, lang, first):
    found = index.search(query, lang=lang)
    assert (found.how, ids(found)[:1]) == ("similar", [first])
    assert found.hits[0].why[0].how == "similar"


def test_short_words_get_no_typing_errors(index):
    assert index.search("Mete", lang="de").count == 0
    assert index.search("Parnter", lang="de").count == 2


def test_the_readers_language_is_shown_and_comes_first(index):
    hit = index.search("Kinderbetreuung", lang="uk").hits[0]
    assert (hit.lang, hit.title, hit.is_own, hit.source_id) == (
        "uk",
        "Курси німецької для жінок",
        True,
        "src-2",
    )
    assert (hit.why[0].lang, hit.why[0].found) == ("de", "Kinderbetreuung")
    hit = index.search("Straßenfest", lang="uk").hits[0]
    assert (hit.lang, hit.is_own) == ("de", False)
    assert ids(index.search("kurs", lang="fa"))[0] == "persisch"
    hit = index.search("Computerkurs", lang="prs").hits[0]
    assert (hit.lang, hit.is_own) == ("fa", True)


def test_the_reason_names_word_and_field(index):
    why = index.search("Deutsch Betreuung", lang="de").hits[0].why
    assert [(match.word, match.found, match.field, match.how) for match in why] == [
        ("Deutsch", "Deutschkurs", "title", "beginning"),
        ("Betreuung", "Kinderbetreuung", "text", "part"),
    ]


def test_an_exact_title_comes_first(tmp_path):
    index = Index(tmp_path)
    many = [
        offer(str(number), de=Text(f"Sprachcafé Sprachcafé {number}", "Sprachcafé " * 20))
        for number in range(50)
    ]
    index.rebuild([*many, offer("exact", de="Das Sprachcafé"), offer("it", de="Sprachcafé")])
    found = index.search("sprachcafe", lang="de", limit=5)
    assert (ids(found)[0], found.count) == ("it", 52)


def test_filters_narrow_and_counts_stay_true(index):
    assert index.search("beratung", lang="de").count == 2
    assert ids(index.search("beratung", lang="de", tenants=[2])) == ["miete"]
    assert ids(index.search("beratung", lang="de", facets={"place": ["rethen"]})) == ["schulden"]
    assert index.search("beratung", lang="de", facets={"place": ["rethen"], "topic": ["language"]}).count == 0
    assert index.search("beratung", lang="de", facets={"topic": ["money", "language"]}).count == 2
    assert ids(index.search("nguyen", lang="de", kinds=["actors"])) == ["nguyen"]
    for nothing in ({"tenants": []}, {"kinds": []}, {"facets": {"topic": []}}):
        assert index.search("beratung", lang="de", **nothing).count == 0


def test_pages_of_hits_do_not_overlap(index):
    everything = index.search("", lang="de", limit=100)
    assert everything.how == "everything"
    assert everything.count == len(OFFERS)
    pages = [ids(index.search("", lang="de", limit=3, offset=offset)) for offset in range(0, 12, 3)]
    assert sorted(pk for page in pages for pk in page) == sorted(ids(everything))
    assert index.search("", lang="de", limit=0).hits == []


def test_facets_are_counted_among_the_hits(index):
    assert index.search("beratung", lang="de", count_facets=True).facets == {
        "topic:money": 2,
        "place:rethen": 1,
    }


def test_a_question_is_answered_by_its_telling_words(index):
    found = index.search("Wo finde ich einen Deutschkurs mit Kinderbetreuung für meine Frau?", lang="de")
    assert (found.how, ids(found)[0]) == ("all", "frauen")
    assert found.words == ("Deutschkurs", "Kinderbetreuung", "Frau")
    found = index.search(
        "Welche Behörde bezahlt mir den Deutschkurs und die Kinderbetreuung im Stadthaus?", lang="de"
    )
    assert (found.how, ids(found)[0]) == ("some", "frauen")


@pytest.mark.parametrize(
    "query",
    ['"', '"*:*"', "a AND (b OR", "NOT x", "title:Müller", "-kurs", "kurs~2", "kurs^9", "[a TO b]", "\\", "/.*/", "' OR 1=1", "\x00",
     "a" * 10_000, "a " * 10_000, "ä" * 10_000, "(" * 10_000, "*" * 100, "de|berat", "\ud800", "🙂", "．．．", "٪", "\u200c" * 50],
)  # fmt: skip
def test_hostile_queries_are_only_words(index, query):
    found = index.search(query, lang="de")
    assert found.count <= len(OFFERS)


def test_a_query_of_signs_finds_nothing_instead_of_everything(index):
    assert index.search("?!", lang="de").count == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(query=st.text(max_size=60), lang=st.sampled_from(["de", "uk", "ar", "prs", "de-simple", "xx", ""]))
def test_any_query_is_answered(index, query, lang):
    found = index.search(query, lang=lang)
    assert len(found.hits) <= found.count <= len(OFFERS)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(data=st.data())
def test_every_word_of_a_title_finds_its_record(index, data):
    document = data.draw(st.sampled_from(OFFERS))
    lang = data.draw(st.sampled_from(sorted(document.texts)))
    word = data.draw(st.sampled_from(document.texts[lang].title.split()))
    assert document.id in ids(index.search(word, lang=lang))


def test_changes_are_seen_at_the_next_search_also_by_other_readers(tmp_path):
    writer, reader = Index(tmp_path), Index(tmp_path)
    writer.rebuild([offer("a", de="Alter Titel"), offer("b", de="Bleibt")])
    assert reader.search("alter", lang="de").count == 1
    writer.update(
        [offer("a", de="Neuer Titel"), offer("c", de="Neuer Kurs")],
        removed=[("offers", "b"), ("offers", "none")],
    )
    assert reader.search("alter", lang="de").count == 0
    assert set(ids(reader.search("neuer", lang="de"))) == {"a", "c"}
    assert reader.search("bleibt", lang="de").count == 0
    writer.update(removed=[("offers", "a")])
    assert ids(reader.search("neuer", lang="de")) == ["c"]


def test_a_failed_rebuild_leaves_the_old_index(tmp_path):
    index = Index(tmp_path)
    index.rebuild([offer("a", de="Alt")])

    def broken():
        yield offer("b", de="Neu")
        raise RuntimeError("database gone")

    with pytest.raises(RuntimeError):
        index.rebuild(broken())
    with pytest.raises(RuntimeError):
        index.update(broken())
    assert ids(index.search("alt", lang="de")) == ["a"]
    assert index.search("neu", lang="de").count == 0
    assert len(list(tmp_path.glob("build-*"))) == 1
    index.rebuild([offer("c", de="Neu")])
    assert ids(Index(tmp_path).search("neu", lang="de")) == ["c"]
    assert len(list(tmp_path.glob("build-*"))) == 1


def test_without_a_build_it_says_so(tmp_path):
    index = Index(tmp_path / "missing")
    assert not index.is_built()
    with pytest.raises(NoIndex):
        index.search("x", lang="de")
    with pytest.raises(NoIndex):
        index.update([offer("a", de="x")])
    index.rebuild([])
    assert index.is_built()
    assert index.size() == 0
    assert index.search("x", lang="de").count == 0
    (tmp_path / "missing" / "current").write_text("0 build-old")
    with pytest.raises(NoIndex):
        index.search("x", lang="de")
    (tmp_path / "missing" / "current").write_text("1 build-gone")
    with pytest.raises(NoIndex):
        Index(tmp_path / "missing").search("x", lang="de")


def test_one_writer_at_a_time(tmp_path):
    index = Index(tmp_path)
    index.rebuild([])
    with index.writing(), pytest.raises(Busy):
        Index(tmp_path).update([offer("a", de="x")], wait=0.1)
    Index(tmp_path).update([offer("a", de="x")])
    assert index.search("x", lang="de").count == 1


def _die_while_writing(folder):
    import os

    def documents():
        yield offer("b", de="Halb")
        os._exit(9)

    Index(folder).update(documents())


def test_a_killed_writer_leaves_no_lock_and_no_half(tmp_path):
    index = Index(tmp_path)
    index.rebuild([offer("a", de="Ganz")])
    process = multiprocessing.get_context("spawn").Process(target=_die_while_writing, args=(tmp_path,))
    process.start()
    process.join(60)
    assert process.exitcode == 9
    assert index.search("halb", lang="de").count == 0
    index.update([offer("c", de="Danach")], wait=5)
    assert ids(index.search("danach", lang="de")) == ["c"]


def test_readers_never_see_an_index_that_is_not_there(tmp_path):
    """Searches go on while builds are switched and old ones removed."""
    index = Index(tmp_path)
    index.rebuild([offer("a", de="Kurs")])
    problems, stop = [], threading.Event()

    def search():
        reader = Index(tmp_path)
        while not stop.is_set():
            try:
                if reader.search("kurs", lang="de").count < 1:
                    problems.append("empty")
            except Exception as error:
                problems.append(repr(error))

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(8):
        index.rebuild([offer(str(number), de="Kurs")])
        index.update([offer("x", de="Kurs")])
    stop.set()
    for thread in threads:
        thread.join(20)
    assert problems == []
