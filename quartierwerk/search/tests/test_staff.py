"""Coordinators and content editors keep words of their own; visitors find with them at once."""

import pytest
from django.conf import settings

from quartierwerk.directory.tests import factories as directory
from quartierwerk.rights import Role
from quartierwerk.search import asking, keeping
from quartierwerk.search.models import SynonymRing, lines
from quartierwerk.search.tests.factories import synonym_ring
from quartierwerk.tenants import scope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_index(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "SEARCH_FOLDER", tmp_path / "search")
    keeping.index.cache_clear()
    yield
    keeping.index.cache_clear()


def test_own_words_count_at_once_and_only_here(cast):
    with cast.in_town():
        directory.offer("Kindertagesstätte am Park")
    with scope.entered(scope.NOBODY):
        keeping.bring_up_to_date()
    with cast.at_portal():
        assert asking.ask("Rappelkiste", lang="de").count == 0
    with cast.in_other():
        synonym_ring()
    with cast.at_portal():
        assert asking.ask("Rappelkiste", lang="de").count == 0, "words of the neighbours"
    with cast.in_town():
        synonym_ring()
    with cast.at_portal():
        found = asking.ask("Rappelkiste", lang="de")
    assert [hit.title for hit in found.hits] == ["Kindertagesstätte am Park"]


def test_content_editor_adds_changes_and_deletes_words(client, cast):
    client.force_login(cast.account[Role.CONTENT_EDITOR])
    base = f"/staff/{cast.town.slug}/synonyms/"
    answer = client.post(
        f"{base}new/", {"label": "Kita", "concept": "childcare", "words": "Rappelkiste", "left_out": ""}
    )
    assert answer.status_code == 302
    with cast.in_town():
        ring = SynonymRing.objects.get()
        assert (ring.visibility, ring.words) == ("public", "Rappelkiste")
    page = client.get(f"{base}{ring.pk}/")
    opened = page.context["form"]["as_opened"].value()
    client.post(
        f"{base}{ring.pk}/",
        {
            "label": "Kita",
            "concept": "childcare",
            "words": "Räuberhöhle",
            "left_out": "Hort",
            "as_opened": opened,
        },
    )
    with cast.in_town():
        assert SynonymRing.objects.get().left_out == "Hort"
    assert "Räuberhöhle" in client.get(base, {"words": "Hort", "language": "de"}).content.decode()
    assert client.post(f"{base}{ring.pk}/delete/").status_code == 422  # asked first
    client.post(f"{base}{ring.pk}/delete/", {"sure": "yes"})
    with cast.in_town():
        assert not SynonymRing.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"label": "", "words": "a\nb"}, "label"),
        ({"label": "x", "words": "nur eins"}, "words"),
        ({"label": "x", "words": "a\nb", "left_out": "c"}, "left_out"),
        ({"label": "x", "concept": "childcare", "words": ""}, "words"),
        ({"label": "x", "concept": "no such thing", "words": "a\nb"}, "concept"),
        ({"label": "x", "words": ",".join(map(str, range(61)))}, "words"),
    ],
)
def test_words_that_say_nothing_are_refused_with_what_was_typed(client, cast, typed, field):
    client.force_login(cast.account[Role.COORDINATOR])
    answer = client.post(
        f"/staff/{cast.town.slug}/synonyms/new/",
        {"label": "", "concept": "", "words": "", "left_out": "", **typed},
    )
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert typed["words"].split("\n")[0] in answer.content.decode()


def test_others_are_refused(client, cast):
    client.force_login(cast.account[Role.PLANNER])
    assert client.get(f"/staff/{cast.town.slug}/synonyms/").status_code in (403, 404)


def test_words_may_stand_in_lines_or_behind_commas():
    assert lines("Kita, Krippe\r\n Hort \n\n,") == ["Kita", "Krippe", "Hort"]
