from datetime import date, timedelta

import pytest

from ...models import AgendaItem, Milestone
from ...tests import factories
from .. import sources
from ..agenda import actions
from ..rules import Refusal, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def needs(board):
    field = factories.field(concept=board.meeting.concept)
    return [
        factories.need(title, fields=[field], state="new", urgency=urgency)
        for title, urgency in (("Licht am Weg", 3), ("Bank am Platz", 1))
    ]


def titles(board):
    return list(board.meeting.items.values_list("title", flat=True))


def test_what_should_be_talked_about_is_ticked_and_taken_with_its_reason(board, desk, needs):
    page = desk.get(board.address("agenda/"))
    ticked = {one.title: one.is_chosen for _source, lines in page.context["proposal"] for one, _url in lines}
    assert ticked == {"Licht am Weg": True, "Bank am Platz": False}
    desk.post(board.address("agenda/"), {"take": "1", "chosen": [f"new needs|{needs[0].pk}"]})
    assert titles(board) == ["Kinderbetreuung", "Licht am Weg"]
    item = AgendaItem.objects.get(title="Licht am Weg")
    assert item.reason
    assert (item.source_name, item.source_id) == ("new needs", needs[0].pk)


def test_what_stands_on_the_agenda_is_not_proposed_again_until_it_is_removed(board, desk, needs):
    def offered():
        found = actions.still_proposed(board.meeting, board.coordinator)
        return {one.title for _source, items in found for one in items}

    chosen = {("new needs", needs[0].pk)}
    (item,) = actions.take(board.meeting, chosen, by=board.coordinator)
    assert offered() == {"Bank am Platz"}
    assert actions.take(board.meeting, chosen, by=board.coordinator) == []
    actions.remove(item, by=board.coordinator)
    assert offered() == {"Licht am Weg", "Bank am Platz"}


def test_what_is_not_proposed_cannot_be_taken(board, desk, needs):
    desk.post(
        board.address("agenda/"),
        {"take": "1", "chosen": ["new needs|x", f"overdue measures|{needs[0].pk}", "", "|"]},
    )
    assert titles(board) == ["Kinderbetreuung"]


def test_items_move_by_plain_buttons(board, desk):
    for title in ("Geld", "Verschiedenes"):
        actions.add(board.meeting, title, by=board.coordinator)
    last = AgendaItem.objects.get(title="Verschiedenes")
    answer = desk.post(board.address("agenda/"), {"up": str(last.pk)})
    assert answer["Location"].endswith(f"#item-{last.pk}")
    assert titles(board) == ["Kinderbetreuung", "Verschiedenes", "Geld"]
    desk.post(board.address("agenda/"), {"down": str(board.item.pk)})
    assert titles(board) == ["Verschiedenes", "Kinderbetreuung", "Geld"]
    desk.post(board.address("agenda/"), {"up": str(last.pk)})  # it is the first already
    assert titles(board) == ["Verschiedenes", "Kinderbetreuung", "Geld"]
    desk.post(board.address("agenda/"), {"up": "nonsense"})
    assert titles(board) == ["Verschiedenes", "Kinderbetreuung", "Geld"]


def test_an_item_of_another_meeting_is_not_moved_here(board, desk):
    other = factories.agenda_item("Fremd", meeting=factories.meeting("Andere", group=board.group))
    desk.post(board.address("agenda/"), {"remove": str(other.pk)})
    assert AgendaItem.objects.filter(pk=other.pk).exists()


def test_an_item_without_a_title_is_refused_and_its_reason_kept(board, desk):
    answer = desk.post(
        board.address("agenda/"), {"add": "1", "own-title": " ", "own-reason": "Wunsch aus Rethen"}
    )
    assert answer.status_code == 422
    assert "Wunsch aus Rethen" in answer.content.decode()
    assert titles(board) == ["Kinderbetreuung"]


def test_an_item_with_words_in_the_minutes_stays(board):
    AgendaItem.objects.filter(pk=board.item.pk).update(minutes="Alle wollen es.")
    board.item.refresh_from_db()
    with pytest.raises(Refused, match=Refusal.DECIDED_ALREADY):
        actions.remove(board.item, by=board.coordinator)


def test_words_saved_in_this_moment_are_not_deleted_with_the_item(board):
    opened = AgendaItem.objects.get(pk=board.item.pk)
    AgendaItem.objects.filter(pk=board.item.pk).update(minutes="Zwölf Familien warten.")
    with pytest.raises(Refused, match=Refusal.DECIDED_ALREADY):
        actions.remove(opened, by=board.coordinator)


def test_an_item_that_is_gone_is_neither_moved_nor_removed(board):
    opened = AgendaItem.objects.get(pk=board.item.pk)
    actions.remove(board.item, by=board.coordinator)
    actions.move(opened, up=True, by=board.coordinator)
    actions.remove(opened, by=board.coordinator)
    assert not AgendaItem.objects.exists()


def test_what_an_item_keeps_reads_the_same_on_every_later_day(board):
    """The proposal counts the days; an item keeps its words until the meeting and in the minutes."""
    due = date(2026, 3, 2)
    measure = factories.measure("Betreuung", fields=[factories.field()])
    Milestone.objects.create(measure=measure, title="Räume finden", due_on=due)
    early, late = (
        next(sources.overdue(factories.concept(), due + timedelta(days=days), board.coordinator))
        for days in (20, 90)
    )
    assert "20" in early.why
    assert early.why != late.why
    assert early.kept_reason == late.kept_reason
    assert "02.03.2026" in early.kept_reason


def test_what_is_not_public_is_called_by_its_kind_outside(board):
    field, day = factories.field(), date(2026, 11, 16)
    measure = factories.measure(
        "Geheim", fields=[field], ends_on=day - timedelta(days=9), visibility="tenant"
    )
    factories.measure("Offen", fields=[field], ends_on=day - timedelta(days=9))
    factories.post("Frau Musters Stelle", measure=measure, filled=True, ends_on=day + timedelta(days=9))
    told = [
        one.outside
        for source in (sources.overdue, sources.money_that_ends)
        for one in source(factories.concept(), day, board.coordinator)
    ]
    assert told == ["Eine überfällige Maßnahme", "", "Eine Stelle, deren Geld endet"]


def test_a_decision_stands_in_no_invitation(board):
    made = factories.decision("Frau Muster zahlt", meeting=board.meeting, decided_on=date(2026, 3, 2))
    factories.task(decision=made, given_on=date(2026, 3, 2), due_on=date(2026, 4, 2))
    (one,) = sources.open_decisions(board.meeting.concept, date(2026, 11, 16), board.coordinator)
    assert one.outside == "Ein offener Beschluss vom 02.03.2026"


def test_posts_of_another_concept_are_no_concern_of_this_one(board):
    day = date(2026, 11, 16)
    other = factories.concept("wohnen", title="Wohnen")
    ends = {"filled": True, "ends_on": day + timedelta(days=9)}
    here = factories.measure("Hier", fields=[factories.field()])
    there = factories.measure("Dort", fields=[factories.field("Wohnen", concept=other)])
    ended = factories.measure("Vorbei", fields=[factories.field()], stage="done")
    for measure in (here, there, ended, None):
        factories.post(f"Stelle {measure}", measure=measure, **ends)
    found = sources.money_that_ends(board.meeting.concept, day, board.coordinator)
    # One of no measure concerns every concept.
    assert [one.title for one in found] == ["Stelle Hier", "Stelle None"]
