"""The staff pages of quarters and areas."""

import json
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quartierwerk.journal.models import JournalEntry
from quartierwerk.people.persons import person_of
from quartierwerk.places import actions, rules, succession
from quartierwerk.places.models import SocialSpace, Succession
from quartierwerk.places.rules import Refusal
from quartierwerk.places.tests.test_outlines import SQUARE, collection, feature, moved, polygon
from quartierwerk.rights import Role
from quartierwerk.tenants import scope

pytestmark = pytest.mark.django_db
HERE = "/staff/musterstadt/places/"


def file(data, name="umriss.geojson"):
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return SimpleUploadedFile(name, content, content_type="application/geo+json")


def typed(**changes):
    return {"name": "Rethen", "kind": "quarter", "position": "3", "visibility": "public"} | changes


@pytest.fixture
def planner(cast):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    cast.account[Role.PLANNER].language = "en"
    cast.account[Role.PLANNER].save()
    client.force_login(cast.account[Role.PLANNER])
    return client


def saved(cast, name="Rethen"):
    with cast.in_town():
        return SocialSpace.objects.get(name=name)


def test_quarter_is_added_with_its_outline(cast, planner):
    answer = planner.post(f"{HERE}new/", typed(outline=file(polygon())), follow=True)
    assert answer.redirect_chain, answer.content.decode()
    space = saved(cast)
    assert space.outline["type"] == "Polygon"
    assert space.position == 3
    assert "<svg" in answer.content.decode()
    with cast.in_town():
        assert JournalEntry.objects.filter(action="socialspace added", object_id=str(space.pk)).exists()


def test_outline_stays_without_a_new_file(cast, planner):
    planner.post(f"{HERE}new/", typed(outline=file(polygon())))
    space = saved(cast)
    page = planner.get(f"{HERE}{space.pk}/edit/").content.decode()
    opened = page.split('name="as_opened" value="')[1].split('"')[0]
    assert planner.post(f"{HERE}{space.pk}/edit/", typed(code="07", as_opened=opened)).status_code == 302
    again = saved(cast)
    assert again.code == "07"
    assert again.outline == space.outline


def test_of_several_areas_the_one_of_the_same_name_is_taken(cast, planner):
    data = collection(
        feature(polygon(), name="Grasdorf"), feature(polygon(moved(SQUARE, 0.1, 0)), name="RETHEN")
    )
    planner.post(f"{HERE}new/", typed(outline=file(data)))
    assert saved(cast).outline["coordinates"][0][0][0] > 9.85


def test_of_several_areas_one_is_chosen_without_sending_the_file_again(cast, planner):
    data = collection(feature(polygon(), name="Nord"), feature(polygon(moved(SQUARE, 0.1, 0)), name="Süd"))
    answer = planner.post(f"{HERE}new/", typed(outline=file(data)))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The file holds 2 areas. Please choose one." in page
    assert "Süd" in page
    kept = answer.context["form"]["outline_kept"].value()
    planner.post(f"{HERE}new/", typed(outline_kept=kept, outline_area="1"))
    assert saved(cast).outline["coordinates"][0][0][0] > 9.85


def test_refused_form_keeps_the_file(cast, planner):
    answer = planner.post(f"{HERE}new/", typed(name="", outline=file(polygon())))
    assert answer.status_code == 422
    kept = answer.context["form"]["outline_kept"].value()
    planner.post(f"{HERE}new/", typed(outline_kept=kept))
    assert saved(cast).outline


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"name;x\n", "This is not a GeoJSON file."),
        (polygon(moved(SQUARE, 550_000, 5_796_000)), "look like metres"),
        (
            feature(polygon([[y, x] for x, y in SQUARE]), name="Nord"),
            "“Nord”: Latitude stands before longitude.",
        ),
    ],
)
def test_wrong_file_is_refused_in_words_and_nothing_is_stored(cast, planner, data, words):
    answer = planner.post(f"{HERE}new/", typed(outline=file(data)))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with cast.in_town():
        assert not SocialSpace.objects.filter(name="Rethen").exists()


def test_mended_outline_says_so(cast, planner):
    spike = [*SQUARE[:2], [9.81, 52.31], [9.80, 52.31], *SQUARE[2:]]
    answer = planner.post(f"{HERE}new/", typed(outline=file(polygon(spike))), follow=True)
    assert "was mended" in answer.content.decode()


def test_same_name_at_the_same_time_is_refused(cast, planner):
    answer = planner.post(f"{HERE}new/", typed(name="MITTE"))
    assert answer.status_code == 422
    assert "“Mitte” exists already at this time" in answer.content.decode()
    with cast.in_town():
        SocialSpace.objects.filter(name="Mitte").update(valid_until=date(2026, 1, 1))
    assert planner.post(f"{HERE}new/", typed(name="MITTE", valid_from="01.01.2026")).status_code == 302


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"valid_from": "31.02.2026"}, "There is no 31 February"),
        ({"valid_from": "1.5.2026", "valid_until": "1.5.2026"}, "The end lies before the beginning"),
    ],
)
def test_impossible_days_are_named(cast, planner, days, words):
    answer = planner.post(f"{HERE}new/", typed(**days))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_two_editors_are_asked_field_by_field(cast, planner):
    page = planner.get(f"{HERE}{cast.middle.pk}/edit/").content.decode()
    opened = page.split('name="as_opened" value="')[1].split('"')[0]
    with cast.in_town():
        SocialSpace.objects.filter(pk=cast.middle.pk).update(outline=polygon(), code="07")
    mine = typed(name="Mitte", code="08", position="1", as_opened=opened)
    answer = planner.post(f"{HERE}{cast.middle.pk}/edit/", mine)
    assert answer.status_code == 409
    assert 'name="keep-code"' in answer.content.decode()
    assert 'name="keep-outline"' not in answer.content.decode(), (
        "nobody else's outline is lost without a file"
    )
    drawn = collection(feature(polygon(moved(SQUARE, 0.1, 0))))
    page = planner.post(f"{HERE}{cast.middle.pk}/edit/", mine | {"outline": file(drawn)}).content.decode()
    assert 'name="keep-outline"' in page
    assert "outline with 5 points, 0.76 km² around 52.315, 9.895" in page, (
        "people compare words, not coordinates"
    )


class TestNewBorders:
    """R4.01: records keep their area when borders change."""

    def replace(self, planner, space, **changes):
        values = {"day": "01.01.2027", "name": "Mitte", "visibility": "public"} | changes
        return planner.post(f"{HERE}{space.pk}/replace/", values)

    @pytest.fixture(autouse=True)
    def _today(self):
        with time_machine.travel(date(2026, 11, 22), tick=True):
            yield

    def test_old_space_stays_for_old_days_and_the_new_one_holds_from_the_day_on(self, cast, planner):
        assert self.replace(planner, cast.middle, outline=file(polygon())).status_code == 302
        with cast.in_town():
            for day, pk in ((date(2026, 12, 31), cast.middle.pk), (date(2027, 1, 1), None)):
                (found,) = SocialSpace.objects.on(day).filter(name="Mitte")
                assert (found.pk == cast.middle.pk) == (pk is not None)
            assert JournalEntry.objects.filter(action="social space replaced").count() == 1
        page = planner.get(f"{HERE}?on=31.12.2026").content.decode()
        assert str(cast.middle.pk) in page
        assert str(cast.middle.pk) not in planner.get(f"{HERE}?on=1.1.2027").content.decode()

    def test_a_second_part_of_a_divided_space_begins_on_the_same_day(self, cast, planner):
        self.replace(planner, cast.middle, name="Mitte-Nord")
        assert self.replace(planner, cast.middle, name="Mitte-Süd").status_code == 302
        refused = self.replace(planner, cast.middle, name="Mitte-Ost", day="01.02.2027")
        assert refused.status_code == 422
        assert "ended on another day already" in refused.content.decode()
        with cast.in_town():
            assert Succession.objects.count() == 2
            parts = list(SocialSpace.objects.filter(name__startswith="Mitte-").values_list("pk", flat=True))
            found = succession.with_former(parts, public=False)
        assert all(found[part] == {part, cast.middle.pk} for part in parts)
        with cast.at_portal():
            assert succession.with_former(parts, public=True) == found

    def test_work_goes_on_in_the_new_quarter(self, cast, planner):
        self.replace(planner, cast.middle, day="22.11.2026")
        person = person_of(cast.account[Role.COMMUNITY_WORKER], cast.town.pk)
        with cast.in_town():
            new = SocialSpace.objects.get(name="Mitte", valid_from=date(2026, 11, 22))
        assert {grant.space_id for grant in person.grants} == {cast.middle.pk, new.pk}

    @staticmethod
    def address(space):
        return reverse("places_staff:replace_space", kwargs={"tenant": "musterstadt", "pk": space.pk})

    def test_whoever_replaces_reads_beforehand_that_people_follow(self, cast, planner):
        page = planner.get(self.address(cast.middle)).content.decode()
        assert '<div class="qw-note"><p>1 ' in page
        page = planner.get(self.address(cast.old)).content.decode()
        assert "qw-note" not in page

    def test_two_who_replace_at_once_make_no_gap(self, cast):
        by = cast.person(Role.PLANNER)
        with cast.in_town():
            actions.replace_space(cast.middle, SocialSpace(name="A"), date(2027, 1, 1), by=by)
            with pytest.raises(actions.NotReplaceable):
                actions.replace_space(cast.middle, SocialSpace(name="B"), date(2027, 6, 1), by=by)
            assert not SocialSpace.objects.filter(name="B").exists()


@pytest.mark.parametrize(
    ("start", "end", "day", "refusal"),
    [
        (None, None, date(2027, 1, 1), None),
        (date(2020, 1, 1), None, date(2020, 1, 1), Refusal.BEFORE_IT_BEGAN),
        (None, date(2026, 1, 1), date(2026, 1, 1), None),
        (None, date(2026, 1, 1), date(2027, 1, 1), Refusal.ALREADY_ENDED),
    ],
)
def test_day_of_replacement(start, end, day, refusal):
    assert rules.may_be_replaced(start, end, day) == refusal


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?on=31.02.2026", "This day does not exist. The last of its month is 28.02.2026."),
        ("?on=neulich", "Please write the day like 31.10.2026."),
        ("?kind=drop+table", "2 areas"),
        ("?page=999", "2 areas"),
    ],
)
def test_odd_questions_are_answered(planner, query, words):
    answer = planner.get(HERE + query)
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_list_asks_the_same_number_of_queries_for_many_areas(cast, planner):
    counts = []
    for rows in (3, 40):
        with cast.in_town():
            SocialSpace.objects.bulk_create(
                [SocialSpace(name=f"Gebiet {rows} {n}", kind="area", sort_key=str(n)) for n in range(rows)]
            )
        planner.get(HERE)
        with CaptureQueriesContext(connection) as asked, scope.entered(None):
            planner.get(HERE)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize("role", [Role.COMMUNITY_WORKER, Role.TRANSLATOR])
def test_readers_do_not_change_quarters(cast, role):
    client = Client()
    client.force_login(cast.account[role])
    assert client.get(HERE).status_code == 200
    for path in ("new/", f"{cast.middle.pk}/edit/", f"{cast.middle.pk}/replace/"):
        assert client.get(HERE + path).status_code == 404
        assert client.post(HERE + path, typed()).status_code == 404


def test_foreign_quarter_is_not_found(cast, planner):
    with cast.in_other():
        foreign = SocialSpace.objects.create(name="Fremd", visibility="public")
    for path in ("", "edit/", "replace/"):
        assert planner.get(f"{HERE}{foreign.pk}/{path}").status_code == 404
