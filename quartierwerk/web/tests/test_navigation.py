import pytest
from django.test import override_settings

from quartierwerk.web.context import Frame, same_page_in
from quartierwerk.web.navigation import public_nav, staff_nav
from quartierwerk.web.portal import home_page
from quartierwerk.web.tests.samples import request_to

pytestmark = pytest.mark.usefixtures("empty_registers")


@pytest.fixture(autouse=True)
def addresses():
    with override_settings(ROOT_URLCONF="quartierwerk.web.tests.urls"):
        yield


def test_public_order_does_not_depend_on_the_order_of_installation():
    for name in ["monitoring", "voices", "offers"]:
        public_nav.add(name, name)
    links = public_nav.links(request_to("/de/laatzen/"))
    assert [link.url for link in links] == [
        "/de/laatzen/offers/",
        "/de/laatzen/voices/",
        "/de/laatzen/monitoring/",
    ]


def test_sections_that_nobody_filled_are_not_drawn():
    assert public_nav.links(request_to("/de/laatzen/")) == []


def test_entry_without_right_is_not_drawn():
    staff_nav.add("directory", "staff-offers", label="Offers")
    staff_nav.add(
        "import", "staff-import", label="Import", section="directory", visible=lambda request: False
    )
    (directory,) = staff_nav.links(request_to("/staff/laatzen/", signed_in=True))
    assert [page.label for page in directory.below] == ["Offers"]


def test_section_leads_to_its_first_page_one_may_open():
    staff_nav.add("directory", "staff-offers", label="Offers", visible=lambda request: False)
    staff_nav.add("import", "staff-import", label="Import", section="directory")
    (directory,) = staff_nav.links(request_to("/staff/laatzen/", signed_in=True))
    assert directory.url == "/staff/laatzen/offers/import/"
    assert directory.label == "Import"  # the one page she has here, not a word for many


def test_only_the_longest_address_is_the_current_one():
    staff_nav.add("today", "staff-today")
    staff_nav.add("directory", "staff-offers", label="Offers")
    staff_nav.add("import", "staff-import", label="Import", section="directory")
    today, directory = staff_nav.links(request_to("/staff/laatzen/offers/import/", signed_in=True))
    assert not today.current
    assert directory.current
    assert [page.current for page in directory.below] == [False, True]


def test_a_name_that_begins_alike_is_another_address():
    public_nav.add("offers", "offers")
    assert not public_nav.links(request_to("/de/laatzen/offers-of-old/"))[0].current


@pytest.mark.parametrize(
    ("name", "values"),
    [("nowhere", {}), ("child", {"section": "offers"}), ("offers", {})],
    ids=["unknown section", "without label", "twice"],
)
def test_wrong_entries_are_refused_at_the_start(name, values):
    public_nav.add("offers", "offers")
    with pytest.raises(ValueError, match="navigation"):
        public_nav.add(name, "offers", **values)


def test_home_page_refuses_unknown_and_taken_places():
    home_page.add("lead", "web/public/home/lead.html", lambda request: None)
    for place in ["lead", "banner"]:
        with pytest.raises(ValueError, match="home page"):
            home_page.add(place, "web/public/home/lead.html", lambda request: None)


def test_block_with_nothing_to_show_is_not_drawn():
    home_page.add("lead", "web/public/home/lead.html", lambda request: None)
    home_page.add("voice", "web/public/home/voice.html", lambda request: {"url": "#"})
    assert list(home_page.filled(request_to("/de/laatzen/"))) == ["voice"]


def test_language_link_stays_on_the_page_with_its_filters():
    request = request_to("/de/laatzen/offers/?q=Kita&page=2")
    assert same_page_in(request, "ar") == "/ar/laatzen/offers/?q=Kita&page=2"


def test_language_link_leaves_a_language_only_contents_have():
    assert same_page_in(request_to("/prs/laatzen/offers/", lang="prs"), "fa") == "/fa/laatzen/offers/"


def test_outside_a_portal_the_language_is_asked_for():
    assert same_page_in(request_to("/?q=Laatzen&lang=de"), "tr") == "/?q=Laatzen&lang=tr"


def test_visitor_has_neither_staff_navigation_nor_session():
    staff_nav.add("today", "staff-today")
    frame = Frame(request_to("/de/laatzen/"))
    assert (frame.staff_nav, frame.session, frame.person) == ([], None, None)


def test_municipality_without_office_has_no_contact():
    request = request_to("/de/laatzen/")
    request.tenant = type(
        "Tenant", (), {"name": "X", "slug": "x", "contact_office": "", "contact_phone": "1"}
    )()
    assert Frame(request).contact is None


def test_front_page_lights_on_itself_only_and_a_shared_page_in_its_records_section():
    staff_nav.add("today", "staff-today")
    staff_nav.add("directory", "staff-offers", label="Offers")

    def current(path: str, belongs_to: str = "") -> list[str]:
        request = request_to(path, signed_in=True)
        request.belongs_to = belongs_to
        return [str(link.label) for link in staff_nav.links(request) if link.current]

    assert len(current("/staff/laatzen/")) == 1
    assert current("/staff/laatzen/history/offers/1/") == []
    assert len(current("/staff/laatzen/history/offers/1/", "/staff/laatzen/offers/1/")) == 1
    assert current("/staff/laatzen/history/offers/1/", "/staff/laatzen/offers/1/") != current(
        "/staff/laatzen/"
    )
