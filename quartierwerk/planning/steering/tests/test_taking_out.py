"""A name leaves closed minutes: what stands there, what an addition says, and the history (Art. 17)."""

import pytest
from django.db import DatabaseError
from django.db.models import Q

from quartierwerk.documents.tests import reading
from quartierwerk.privacy import history
from quartierwerk.rights import Role

from ...models import AgendaItem, Attendance, Decision, Meeting, MinutesAddition, Redaction
from ...redactions.actions import Texts
from ...tests import factories
from ..minutes import actions, redacting
from .test_taking_minutes import came

# The history is changed through a connection of its own.
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keeper"])


def test_a_name_is_taken_out_with_a_mark_and_a_note_and_nothing_else_may_change(board, desk):
    came(board, 4)
    # Said in one way, corrected to another before the minutes were closed: the first is history.
    for words in ("Ada Muster fragt für zwölf Familien.", "Ada Muster fragt. 100 % sind dafür."):
        board.item.minutes = words
        board.item.save()
    actions.close(board.meeting, by=board.coordinator)
    board.meeting.refresh_from_db()
    actions.add_to(board.meeting, "Ada  Muster fragte für dreizehn.", by=board.coordinator)
    sent = {"passage": "Ada Muster", "reason": "Art. 17"}
    assert desk.post(board.address("redact/"), sent).status_code == 302
    assert AgendaItem.objects.get().minutes == "[…] fragt. 100 % sind dafür."
    assert MinutesAddition.objects.get().words == "[…] fragte für dreizehn."
    past = history.events_of(AgendaItem).objects.values_list("minutes", flat=True)
    assert "[…] fragt für zwölf Familien." in past
    assert not any("Muster" in words for words in past)
    note = Redaction.objects.get()
    assert (note.meeting, note.number, note.passages, note.reason) == (board.meeting, 1, 2, "Art. 17")
    assert note.by == board.cast.account[Role.COORDINATOR].pk
    # The note stands for what was done with it, not for more.
    with pytest.raises(DatabaseError, match="closed"):
        AgendaItem.objects.update(minutes="[…] sind dafür.")
    assert "Art. 17" in desk.get(board.address()).content.decode()
    printed = reading.text(desk.get(board.address("minutes.pdf")).content)
    assert "Art. 17" in printed
    assert "Muster fragt" not in printed


def test_a_name_goes_from_wording_reason_and_seats_at_once(board):
    came(board, 4)
    made = factories.decision("Ada Muster bekommt den Schlüssel", meeting=board.meeting)
    actions.close(board.meeting, by=board.coordinator)
    Decision.objects.update(state="withdrawn", withdrawn_reason="Ada Muster ist weggezogen")
    assert redacting.redact(board.meeting, "Ada Muster", "Art. 17", by=board.coordinator) == 2
    assert redacting.redact(board.meeting, "Mitglied 1", "Art. 17", by=board.coordinator) == 1
    made.refresh_from_db()
    assert (made.words, made.withdrawn_reason) == ("[…] bekommt den Schlüssel", "[…] ist weggezogen")
    assert not history.events_of(Decision).objects.filter(words__contains="Muster").exists()
    names = Attendance.objects.values_list("name", flat=True)
    assert "[…]" in names
    assert "Mitglied 1" not in names
    with pytest.raises(DatabaseError, match="closed"):
        Attendance.objects.filter(name="[…]").update(name="Bea […]")


def test_where_the_database_refuses_the_history_stays(board, monkeypatch):
    came(board, 4)
    actions.close(board.meeting, by=board.coordinator)
    place = Texts(Meeting, ("place",), Q(pk=board.meeting.pk), Q(pgh_obj_id=board.meeting.pk))
    monkeypatch.setattr(redacting, "texts_of", lambda meeting: [place])
    with pytest.raises(DatabaseError, match="closed"):
        redacting.redact(board.meeting, "Stadthaus", "Art. 17", by=board.coordinator)
    assert history.events_of(Meeting).objects.filter(place__contains="Stadthaus").exists()
    assert not Redaction.objects.exists()
