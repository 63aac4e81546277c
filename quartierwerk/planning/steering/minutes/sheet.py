"""The page of open minutes: its forms stand or fall one by one, and nothing typed is lost."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from django.utils import timezone

from quartierwerk.rights import Person
from quartierwerk.web import editing

from ...models import AgendaItem, Decision, Meeting, Team
from .. import pages, rules
from ..agenda import actions as agenda
from . import actions
from .forms import DecisionForm, Owners, SaidForm, SeatForm, WholeForm, as_typed

# Fields of an item: what was said, a decision's words, those of its tasks.
WORDS = re.compile(r"(?:said|decide)-(?P<item>[0-9a-f-]{36})-(?:minutes|words|task-\d+-words)")


def _typed_elsewhere(data: Mapping[str, str], there: Collection[str]) -> Iterator[str]:
    for name, typed in data.items():
        found = WORDS.fullmatch(name)
        if found and typed.strip() and found["item"] not in there:
            yield typed


class Sheet:
    def __init__(self, meeting: Meeting, data: Any) -> None:
        self.meeting, self.data = meeting, data
        self.refusals: list[str] = []
        self.told = ""
        self.turned: list[Decision] = []
        self.is_kept, self.is_asked = True, False
        self.owners = Owners()
        self.seats = [SeatForm(data, seat=seat) for seat in pages.seats(meeting)]
        self.whole = WholeForm(data, instance=meeting, prefix="whole")
        items = list(meeting.items.all())
        self.said = {item.pk: SaidForm(data, instance=item, prefix=f"said-{item.pk}") for item in items}
        self.pressed = data.get("decide", "") if data is not None else ""
        self.drafts = {
            item.pk: DecisionForm(data, item=item, owners=self.owners, is_sent=self.pressed == str(item.pk))
            for item in items
        }
        self.items_in_order = items
        # The title of one more item, until it is stored.
        self.new_item = data.get("new_item", "").strip() if data is not None else ""
        # What was typed at items that somebody took off the agenda meanwhile.
        self.left_over = list(_typed_elsewhere(data or {}, {str(item.pk) for item in items}))

    @cached_property
    def teams(self) -> dict:
        return {team.pk: team for team in Team.objects.current()}  # type: ignore[attr-defined]

    @property
    def items(self) -> list[tuple[Any, SaidForm, list[pages.Made], DecisionForm]]:
        made = list(pages.made_of(self.meeting.decisions.all()))
        return [
            (
                item,
                self.said[item.pk],
                [one for one in made if one.decision.item_id == item.pk],
                self.drafts[item.pk],
            )
            for item in self.items_in_order
        ]

    @property
    def is_to_come(self) -> bool:
        return timezone.localdate(self.meeting.starts_at) > timezone.localdate()

    @property
    def presence(self) -> rules.Presence:
        """As the buttons stand, saved or not."""
        percent = self.meeting.group.quorum_percent if self.meeting.group else 100
        return rules.presence(
            [rules.Seat(seat.has_vote, answer != actions.ABSENT) for seat, answer in self._chosen], percent
        )

    @property
    def counted_twice(self) -> list[str]:
        """Said as soon as it is ticked; kept it is not."""
        return [rules.twice_in_words(*pair) for pair in pages.counted_twice(self._chosen)]

    @property
    def _chosen(self) -> list[tuple[pages.Seat, str]]:
        return [(form.seat, self._answer(form)) for form in self.seats]

    def _answer(self, form: SeatForm) -> str:
        if form.is_bound and form.is_valid() and form.cleaned_data["came"]:
            return form.cleaned_data["came"]
        return form.seat.sign

    def save_words(self, by: Person) -> None:
        """Attendance and what was said, each for itself; what somebody else changed meanwhile is left and asked about.

        Raises Refused. After it `is_asked` tells whether a form holds both versions.
        """
        actions.begun(self.meeting, by)
        self._save_attendance(by)
        self.whole = self._saved(self.whole, by)
        for pk, form in self.said.items():
            self.said[pk] = self._saved(form, by)

    def _save_attendance(self, by: Person) -> None:
        answers = {form.seat.pk: self._answer(form) for form in self.seats}
        shown = {form.seat.pk: form.cleaned_data["shown"] for form in self.seats if form.is_valid()}
        noted = actions.note_attendance(self.meeting, answers, by=by, shown=shown)
        self.turned = noted.turned
        now = [SeatForm(None, seat=seat) for seat in pages.seats(self.meeting)]
        typed = {form.seat.pk: form for form in self.seats}
        for form in now:
            if form.seat.pk in noted.asked:
                typed[form.seat.pk].ask(noted.asked[form.seat.pk])
                self.is_asked = True
        self.seats = [typed[form.seat.pk] if form.seat.pk in noted.asked else form for form in now]

    def _saved(self, form: Any, by: Person) -> Any:
        """What the page goes on with: opened anew, since what stands there now is one's own."""
        # A page that lacks the field (an item added meanwhile) leaves it as it is.
        if form.add_prefix(form._meta.fields[0]) not in self.data or not form.is_valid():
            return form
        try:
            kept = editing.save(form, action=actions.ACTION, by=by, through=self.meeting)
        except editing.EditedMeanwhile:
            self.is_asked = True
            return form
        return type(form)(None, instance=kept, prefix=form.prefix)

    def add_item(self, by: Person) -> AgendaItem | None:
        """The item typed at the foot, if there is one; all that stands in the other forms stays there."""
        if not self.new_item:
            return None
        item = agenda.add(self.meeting, self.new_item, by=by, action=actions.ACTION)
        self.new_item = ""
        self.items_in_order.append(item)
        self.said[item.pk] = SaidForm(None, instance=item, prefix=f"said-{item.pk}")
        self.drafts[item.pk] = DecisionForm(None, item=item, owners=self.owners, is_sent=False)
        return item

    @property
    def sent_decision(self) -> DecisionForm | None:
        return next((draft for draft in self.drafts.values() if draft.is_sent), None)

    @property
    def drafts_in_work(self) -> bool:
        return any(not draft.is_empty for draft in self.drafts.values())

    def drafts_in_work_but(self, done: DecisionForm) -> bool:
        return any(not draft.is_empty for draft in self.drafts.values() if draft is not done)

    def forget(self, done: DecisionForm) -> None:
        self.drafts[done.item.pk] = DecisionForm(None, item=done.item, owners=self.owners, is_sent=False)

    def has_room_for(self, made: Decision) -> bool:
        """Whether its words can stand in the form of their item: no other decision is being typed there."""
        return made.item_id not in self.drafts or self.drafts[made.item_id].is_empty

    def take_up_again(self, made: pages.Made) -> None:
        """The words of a decision that is taken back, in the form of their item."""
        if (item := made.decision.item) is not None:
            self.drafts[item.pk] = DecisionForm(
                as_typed(made, item), item=item, owners=self.owners, is_sent=False
            )

    @property
    def forms(self) -> list:
        """For the list of faults."""
        drafts = [form for draft in self.drafts.values() for form in draft.forms]
        return [self.whole, *self.said.values(), *drafts]
