import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import override_settings
from django.utils import translation

from quartierwerk.languages.showing import Shown
from quartierwerk.web.context import Frame
from quartierwerk.web.hits import Hit, Knot
from quartierwerk.web.tests.samples import request_to


def drawn(source: str, path: str = "/de/laatzen/", lang: str = "de", **values) -> str:
    request = request_to(path, lang=lang)
    context = Context({"request": request, "frame": Frame(request), **values})
    with override_settings(ROOT_URLCONF="quartierwerk.web.tests.urls"), translation.override(lang):
        return Template("{% load qw %}" + source).render(context)


HOSTILE = '<script>alert("1")</script>'


@pytest.mark.parametrize(
    "source",
    [
        "{% bdi text %}",
        "{% ltr text %}",
        "{% phone text %}",
        "{% mail text %}",
        '{% in_language text "ar" %}',
        '{% state "ok" text %}',
        "{% tag text %}",
        "{% button text %}",
        "{% link_button text text %}",
        "{% note title=text %}{{ text }}{% endnote %}",
        "{% scroll label=text %}{{ text }}{% endscroll %}",
        '{% panel id="a" title=text url=text more=text %}{{ text }}{% endpanel %}',
        "{% voice_box title=text url=text action=text %}{{ text }}{% endvoice_box %}",
        "{% tabs text items %}",
        "{% breadcrumbs crumbs %}",
        "{% empty_state title=text text=text ways=crumbs %}",
        "{% facts facts %}",
        "{% facts_list crumbs %}",
        "{% hit hit %}",
        "{% chain knots %}",
    ],
)
def test_what_people_typed_is_never_markup(source):
    html = drawn(
        source,
        text=HOSTILE,
        items=[(HOSTILE, HOSTILE, True), (HOSTILE, HOSTILE, False)],
        crumbs=[(HOSTILE, HOSTILE), (HOSTILE, "")],
        facts=[("clock", HOSTILE)],
        hit=Hit(
            HOSTILE, HOSTILE, by=HOSTILE, why=[(HOSTILE, HOSTILE)], tags=[(HOSTILE, "")], freshness=HOSTILE
        ),
        knots=[Knot("voice", HOSTILE, HOSTILE, HOSTILE, HOSTILE)],
    )
    assert "<script" not in html
    assert "script" in html


def test_links_within_a_note_stay_links():
    assert '<a href="#x">' in drawn(
        '{% note "ok" title="Gespeichert." %} <a href="#x">Ansehen</a> {% endnote %}'
    )


@pytest.mark.parametrize(
    "source",
    [
        '{% icon "unicorn" %}',
        '{% state "great" "x" %}',
        '{% tag "x" "pink" %}',
        '{% button "x" kind="big" %}',
    ],
)
def test_a_part_that_does_not_exist_is_refused(source):
    with pytest.raises(ValueError, match="does not exist"):
        drawn(source)


def test_arrows_turn_from_right_to_left_and_telephones_do_not():
    assert "qw-icon--turn" in drawn('{% icon "arrow" %}')
    assert "qw-icon--turn" not in drawn('{% icon "phone" %}')


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("0511 000 41 20", "05110004120"),
        ("+49 (0)511 / 000-41", "+4951100041"),
        ("0511 000-41 Durchwahl 3", "0511000413"),
    ],
)
def test_phone_number_is_shown_as_written_and_dialled_in_digits(written, dialled):
    html = drawn("{% phone number %}", number=written)
    assert f'href="tel:{dialled}"' in html
    assert f'<span class="qw-ltr">{written}</span>' in html


def test_text_in_the_pages_own_language_is_not_marked():
    assert drawn('{% in_language "Kita" "de" %}') == "Kita"
    assert drawn('{% in_language "Kita" "de" %}', lang="ar") == '<bdi lang="de" dir="ltr">Kita</bdi>'
    assert 'dir="rtl"' in drawn('{% in_language "زبان" "prs" %}')


def test_pagination_keeps_the_question_and_drops_page_one():
    page = Paginator(range(100), 10).get_page(2)
    html = drawn("{% pagination page %}", path="/de/laatzen/offers/?q=Kita&page=2", page=page)
    assert 'href="?q=Kita" rel="prev"' in html
    assert 'href="?q=Kita&amp;page=3" rel="next"' in html
    assert html.count('aria-current="page"') == 1


def test_first_page_without_a_question_leads_to_the_plain_address():
    page = Paginator(range(100), 10).get_page(2)
    html = drawn("{% pagination page %}", path="/de/laatzen/offers/?page=2", page=page)
    assert 'href="/de/laatzen/offers/" rel="prev"' in html


def test_one_page_needs_no_pagination():
    assert "<nav" not in drawn("{% pagination page %}", page=Paginator(range(3), 10).get_page(1))


def test_unknown_facts_are_left_out():
    assert "<li" not in drawn("{% facts facts %}", facts=[("euro", ""), ("clock", None)])
    assert "Kosten" not in drawn("{% facts_list facts %}", facts=[("Kosten", ""), ("Wo", "Rethen")])


def test_the_way_to_an_open_link_is_dotted():
    html = drawn(
        "{% chain knots %}", knots=[Knot("offer", "A", "a", "#"), Knot("chart", "B", "b", is_open=True)]
    )
    assert html.count("pre-open") == 2
    assert html.count(" open ") == 1


def test_untranslated_hit_says_so_and_reads_in_its_own_direction():
    html = drawn("{% hit hit %}", lang="ar", hit=Hit("Deutsch B1", "#", lang="de", untranslated=True))
    assert '<bdi lang="de" dir="ltr">Deutsch B1</bdi>' in html
    assert "qw-tag--warn" in html


def test_fact_in_another_language_is_marked_and_keeps_its_times_in_order():
    hours = Shown("Di 16-18 Uhr", "de", is_fallback=True)
    arabic = Shown("الثلاثاء 16:00–18:00", "ar")
    html = drawn("{% facts items %}", items=[("clock", hours), ("euro", arabic)], lang="ar")
    assert '<bdi lang="de" dir="ltr">Di 16-18 Uhr</bdi>' in html
    assert '<span class="qw-ltr">16:00–18:00</span>' in html


def test_mail_address_breaks_at_its_joints_only():
    html = drawn('{% mail "kurse@sprachhaus.example" %}')
    assert "kurse@<wbr>sprachhaus.<wbr>example</span>" in html
    assert 'href="mailto:kurse@sprachhaus.example"' in html


def test_one_tab_alone_is_not_drawn():
    assert "<nav" not in drawn('{% tabs "Bereich" items %}', items=[("Eins", "/1/", True)])
    assert "<nav" in drawn(
        '{% tabs "Bereich" items %}', items=[("Eins", "/1/", True), ("Zwei", "/2/", False)]
    )
