"""From a voice to a need in one step, read both ways (R8.04)."""

import pytest

from quartierwerk.chain.models import Link
from quartierwerk.planning.models import Need
from quartierwerk.planning.tests import factories as plan

from ...tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def voice(cast):
    with cast.in_town():
        return factories.published("Kein Kurs am Abend.", space=cast.middle)


def post(desk, cast, voice, **values):
    return desk.post(f"/staff/{cast.town.slug}/voices/{voice.pk}/need/", {"urgency": "3", **values})


def test_new_need_stands_in_the_voice_s_quarter_and_leads_back_to_it(cast, desk, voice):
    page = desk.get(post(desk, cast, voice, title="Sprachkurse am Abend")["Location"]).content.decode()
    assert "Kein Kurs am Abend." in page
    with cast.in_town():
        need = Need.objects.get()
        assert (need.space, need.urgency, need.visibility) == (cast.middle, 3, "tenant")
    assert "Sprachkurse am Abend" in desk.get(f"/staff/{cast.town.slug}/voices/{voice.pk}/").content.decode()


def test_known_need_is_linked_once(cast, desk, voice):
    with cast.in_town():
        known = plan.need("Sprachkurse")
    for _ in range(2):
        post(desk, cast, voice, need=str(known.pk))
    with cast.in_town():
        assert Link.objects.filter(source=voice.element_id, target=known.element_id).count() == 1
        assert Need.objects.count() == 1


def test_need_without_a_title_is_refused(cast, desk, voice):
    assert post(desk, cast, voice, title="  ").status_code == 422
    with cast.in_town():
        assert not Need.objects.exists()
