"""Drafts of the concept and of the guiding principle are commented alike, until the last day of the consultation."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quartierwerk import rights
from quartierwerk.rights import Role

from ...tests import factories
from .. import actions

pytestmark = pytest.mark.django_db

DRAFTS = pytest.mark.parametrize("make", [factories.edition, factories.principle_version])


@pytest.fixture
def town(cast):
    with cast.in_town():
        yield cast


def consulted(make, days: int):
    """In consultation until so many days from now."""
    return make(state="consultation", consultation_until=timezone.localdate() + timedelta(days=days))


@DRAFTS
def test_a_comment_is_taken_and_answered(town, make):
    draft = consulted(make, days=0)
    given = actions.comment(draft, "Bitte auch abends.", passage="p1", by=town.person(Role.DEPARTMENT))
    actions.answer(given, "Aufgenommen.", by=town.person(Role.COORDINATOR))
    stored = draft.comments.get()
    assert (stored.passage, stored.words, stored.answer) == ("p1", "Bitte auch abends.", "Aufgenommen.")
    assert stored.answered_at


@DRAFTS
def test_nobody_comments_before_or_after_the_consultation(town, make):
    by = town.person(Role.DEPARTMENT)
    draft = make(state="draft")
    with pytest.raises(actions.TakesNoComments):
        actions.comment(draft, "Zu früh.", by=by)
    type(draft).objects.update(
        state="consultation", consultation_until=timezone.localdate() - timedelta(days=1)
    )
    with pytest.raises(actions.TakesNoComments):
        actions.comment(draft, "Zu spät.", by=by)
    assert not draft.comments.exists()


@DRAFTS
def test_who_comments_does_not_answer(town, make):
    by = town.person(Role.DEPARTMENT)
    given = actions.comment(consulted(make, days=1), "Gut.", by=by)
    with pytest.raises(rights.Refused):
        actions.answer(given, "Danke.", by=by)
