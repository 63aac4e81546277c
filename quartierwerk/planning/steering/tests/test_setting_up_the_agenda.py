import pytest

from ...models import AgendaItem
from ...tests import factories
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
