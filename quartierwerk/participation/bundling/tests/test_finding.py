import pytest

from ...models import Voice, VoiceState
from ...tests import factories
from .. import finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(cast):
    with cast.in_town():
        yield cast


def test_voices_of_other_languages_are_proposed_and_strange_ones_are_not(town):
    lift = factories.voice("Der Aufzug im Hochhaus ist kaputt", language="de", space=town.middle)
    same = factories.voice("المصعد معطل في البرج", language="ar", space=town.middle)
    factories.voice("Ich wünsche mir einen Chor", language="de", space=town.middle)
    assert finding.alike(lift) == [same]


def test_what_was_taken_back_or_held_is_not_proposed_and_leaves_no_keys(town):
    lift = factories.voice("Der Aufzug ist kaputt", language="de", space=town.middle)
    gone = factories.voice("Der Aufzug ist defekt", language="de", space=town.middle)
    assert finding.alike(lift) == [gone]
    gone.original.words = ""
    gone.original.save(update_fields=["words"])
    gone.original.refresh_from_db()
    assert gone.original.keys == []
    held = factories.voice("Der Aufzug steckt", language="de", space=town.middle)
    Voice.objects.filter(pk=held.pk).update(state=VoiceState.HELD)
    assert finding.alike(lift) == []


def test_a_neighbouring_municipality_is_never_proposed(cast):
    with cast.in_town():
        lift = factories.voice("Der Aufzug ist kaputt", language="de")
    with cast.in_other():
        factories.voice("Der Aufzug ist kaputt", language="de")
    with cast.in_town():
        assert finding.alike(lift) == []
