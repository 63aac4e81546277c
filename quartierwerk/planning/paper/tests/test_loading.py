"""What can be loaded, by whom: an adopted edition by everybody, drafts and papers for the council by staff."""

import pytest

from quartierwerk.planning.editions import actions
from quartierwerk.planning.models import Edition, EditionFile
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role

from .. import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(cast, plan) -> Edition:
    return factories.adopted_edition(concept=plan)


@pytest.fixture
def public(cast, edition) -> str:
    return f"/de/{cast.town.slug}/plan/{edition.concept.slug}/editions/1/"


@pytest.fixture
def signed_in(cast, client):
    client.force_login(cast.account[Role.COORDINATOR])
    return client


def test_everybody_loads_the_edition_with_size_and_language_said(cast, client, edition, public):
    kept.keep(edition, cast.town)
    page = client.get(public).content.decode()
    assert "concept.pdf" in page
    assert "Deutsch" in page
    assert "KB" in page
    answer = client.get(f"{public}concept.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    assert answer.content == bytes(EditionFile.objects.get(format="pdf").content)


def test_before_it_is_kept_it_is_made_when_asked_for(client, edition, public):
    assert client.get(f"{public}concept.json").json()["concept"]["title"] == edition.title
    assert "concept.json" in client.get(public).content.decode()


@pytest.mark.parametrize("name", ["concept.odt", "concept.html", "concept.csv"])
def test_other_formats_are_not_there(client, public, name):
    assert client.get(f"{public}{name}").status_code == 404


def test_a_draft_is_loaded_by_staff_only(cast, signed_in, plan):
    draft = factories.edition(1, concept=plan)
    assert signed_in.get(f"/de/{cast.town.slug}/plan/integration/editions/1/concept.pdf").status_code == 404
    at = f"/staff/{cast.town.slug}/concept/editions/{draft.pk}/"
    assert "council.docx" in signed_in.get(at).content.decode()
    assert signed_in.get(f"{at}council.docx").content.startswith(b"PK")
    assert signed_in.get(f"{at}council.xlsx").status_code == 404
    assert signed_in.get(f"{at}minutes.pdf").status_code == 404


def test_files_are_made_once_and_anew_after_a_redaction(cast, plan):
    plan.summary = "Ada Beispiel hat es geschrieben."
    plan.save()
    edition = factories.adopted_edition(concept=plan)
    assert kept.incomplete() == [edition]
    kept.keep(edition, cast.town)
    kept.keep(edition, cast.town)
    assert kept.incomplete() == []
    assert EditionFile.objects.count() == len(kept.PUBLIC_FORMATS)
    actions.redact(edition, "Ada Beispiel", "Widerruf", by=cast.person(Role.COORDINATOR))
    assert not EditionFile.objects.exists()
    edition.refresh_from_db()
    assert kept.incomplete() == [edition]
    assert "Ada Beispiel" not in kept.content(edition, cast.town, "json").decode()


def test_the_page_of_papers_offers_all_six_formats_and_warns_of_internal_notes(cast, signed_in, plan):
    page = signed_in.get(f"/staff/{cast.town.slug}/concept/papers/?lang=ar").content.decode()
    for name in (
        "concept.pdf",
        "concept.docx",
        "concept.html",
        "progress.docx",
        "format=xlsx",
        "format=csv",
        "format=json",
    ):
        assert name in page
    assert "lang=ar" in page
    assert "interne Notizen" in page


def test_papers_load_in_the_chosen_language(cast, signed_in, plan):
    at = f"/staff/{cast.town.slug}/concept/papers/{plan.slug}/"
    assert 'dir="rtl"' in signed_in.get(f"{at}concept.html?lang=ar").content.decode()
    assert signed_in.get(f"{at}progress.pdf").content.startswith(b"%PDF")
    assert signed_in.get(f"{at}progress.html").status_code == 404
    assert signed_in.get(f"{at}minutes.pdf").status_code == 404
