"""Plans of others beside a measure, a quarter and the concept (R2.14)."""

import pytest

from quartierwerk.planning.models import PlanLink
from quartierwerk.planning.tests import factories

URL = "/staff/musterstadt/concept/plan-links/"
TYPED = {"title": "Stadtentwicklungsplan 2035", "kind": "urban_development_plan", "url": "https://plaene.example/",
         "concept": "", "measure": "", "space": "", "visibility": "public"}  # fmt: skip


def test_linked_with_a_measure_it_stands_on_both_pages(cast, desk, client):
    with cast.in_town():
        field = factories.field(visibility="public")
        measure = factories.measure(stage="running", what="Es wird betreut.", fields=[field])
    form = desk.get(f"{URL}new/?measure={measure.pk}").context["form"]
    assert form.initial["measure"] == measure.pk
    assert desk.post(f"{URL}new/", TYPED | {"measure": str(measure.pk)}).status_code == 302
    for reader, url in ((desk, f"/staff/musterstadt/concept/measures/{measure.pk}/"),
                        (client, f"/de/musterstadt/plan/measures/{measure.pk}/")):  # fmt: skip
        html = reader.get(url).content.decode()
        assert "Stadtentwicklungsplan 2035" in html
        assert 'href="https://plaene.example/"' in html


def test_what_is_not_public_stays_inside(cast, desk, client):
    with cast.in_town():
        PlanLink.objects.create(title="Entwurf", concept=factories.concept())
    assert "Entwurf" in desk.get(URL).content.decode()
    assert "Entwurf" not in client.get("/de/musterstadt/plan/").content.decode()


@pytest.mark.parametrize(
    "wrong", [{}, {"title": "", "concept": "x"}, {"url": "javascript:alert(1)"}, {"measure": "1"}]
)
def test_without_a_title_a_true_address_or_what_it_belongs_to_it_is_refused(cast, desk, wrong):
    with cast.in_town():
        factories.concept()
    assert desk.post(f"{URL}new/", TYPED | wrong).status_code == 422
    with cast.in_town():
        assert not PlanLink.objects.exists()


def test_changed_and_removed(cast, desk):
    with cast.in_town():
        concept = factories.concept()
        link = PlanLink.objects.create(title="Plan", concept=concept)
    opened = desk.get(f"{URL}{link.pk}/").context["form"].initial["as_opened"]
    typed = TYPED | {"concept": str(concept.pk), "space": str(cast.middle.pk), "as_opened": opened}
    assert desk.post(f"{URL}{link.pk}/", typed).status_code == 302
    with cast.in_town():
        link.refresh_from_db()
        assert (link.space, link.visibility) == (cast.middle, "public")
    assert desk.post(f"{URL}{link.pk}/", {"delete": "1"}).status_code == 302
    with cast.in_town():
        assert not PlanLink.objects.exists()
