"""Groups with their seats, mandate questions, meetings from agenda to decision, tasks, and the public kick-off."""

from datetime import date

from quartierwerk.calendar.models import PublicDate, PublicDateText
from quartierwerk.chain.models import Link, Relation
from quartierwerk.languages.states import TranslationState
from quartierwerk.tenants.models import Visibility

from ..models import (
    AgendaItem,
    Attendance,
    Decision,
    Group,
    GroupMember,
    KickOff,
    MandateQuestion,
    Meeting,
    Task,
)
from .files import Entry, values
from .plan import Plan
from .rows import Rows


class Steering(Rows):
    """The minutes of what a plan's people did with it."""

    def __init__(self, plan: Plan):
        super().__init__(
            [PublicDate, PublicDateText, Group, GroupMember, Meeting, KickOff, AgendaItem, Decision, Task]
        )
        self.plan = plan
        self.groups: dict[str, Group] = {}
        self.members: dict[str, GroupMember] = {}
        self.meetings: dict[str, Meeting] = {}

    def store(self) -> None:
        entry = self.plan.read("steering")
        for one in entry["groups"]:
            self.group(one)
        for position, one in enumerate(entry["mandate_questions"]):
            question = values(MandateQuestion, one)
            chapter = self.plan.fields.get(one.get("field", ""))
            self.add(MandateQuestion(**question, concept=self.plan.concept, field=chapter, position=position))
        for one in entry["meetings"]:
            self.meeting(one)
        for one in entry["tasks"]:
            self.task(one, None, date.fromisoformat(one["given_on"]))
        self.write()

    def group(self, entry: Entry) -> None:
        group = self.add(Group(**values(Group, entry), concept=self.plan.concept))
        self.groups[entry["key"]] = group
        for seat in entry["members"]:
            self.members[seat["key"]] = self.add(
                GroupMember(
                    **values(GroupMember, seat),
                    group=group,
                    team=self.plan.teams.get(seat["team"]),
                    account_id=self.plan.accounts.get(seat.get("account", "")),
                )
            )

    def meeting(self, entry: Entry) -> None:
        is_public = "public_date" in entry
        meeting = self.meetings[entry["key"]] = self.add(
            Meeting(
                **values(Meeting, entry),
                concept=self.plan.concept,
                group=self.groups.get(entry["group"]),
                public_date=self.public_date(entry["public_date"]) if is_public else None,
                visibility=Visibility.PUBLIC if is_public else Visibility.TENANT,
            )
        )
        if entry["kind"] == Meeting.Kind.KICK_OFF:
            self.kick_off(meeting, entry)
        for key in entry["present"]:
            self.add(Attendance(meeting=meeting, member=self.members[key], present=True))
        for key in entry["represented"]:
            self.add(Attendance(meeting=meeting, member=self.members[key], present=True, by_deputy=True))
        for key in entry["absent"]:
            self.add(Attendance(meeting=meeting, member=self.members[key]))
        items = [self.item(meeting, one, position) for position, one in enumerate(entry["agenda"])]
        for one in entry["decisions"]:
            self.decision(meeting, items[one["agenda_item"] - 1], one)

    def kick_off(self, meeting: Meeting, entry: Entry) -> None:
        """What was said there stands as needs, and in the chain before them."""
        made = self.add(KickOff(meeting=meeting, outcome=entry["minutes_text"], visibility=Visibility.PUBLIC))
        for key in entry["results"]:
            ends = {"source_id": made.element_id, "target_id": self.plan.needs[key].element_id}
            self.add(Link(**ends, relation=Relation.LED_TO))

    def item(self, meeting: Meeting, entry: Entry, position: int) -> AgendaItem:
        said = values(AgendaItem, entry) | {"minutes": f"{entry['minutes']} {entry['outcome']}".strip()}
        return self.add(AgendaItem(**said, meeting=meeting, position=position))

    def decision(self, meeting: Meeting, item: AgendaItem, entry: Entry) -> None:
        day = meeting.starts_at.date()
        decision = self.add(Decision(**values(Decision, entry), meeting=meeting, item=item, decided_on=day))
        for one in entry["tasks"]:
            self.task(one, decision, day)

    def task(self, entry: Entry, decision: Decision | None, given_on: date) -> None:
        self.add(
            Task(
                **values(Task, entry) | {"given_on": given_on},
                decision=decision,
                measure=self.plan.measures.get(entry.get("measure", "")),
                owner_team=self.plan.teams[entry["owner_team"]],
                owner_account_id=self.plan.accounts.get(entry.get("owner", "")),
            )
        )

    def public_date(self, entry: Entry) -> PublicDate:
        space = self.plan.spaces[entry["quarter"]]
        row = self.add(PublicDate(**values(PublicDate, entry), space=space, visibility=Visibility.PUBLIC))
        for language, texts in entry["texts"].items():
            for name, text in texts.items():
                self.add(
                    PublicDateText(
                        record=row,
                        text_name=name,
                        language=language,
                        text=text,
                        state=TranslationState.MACHINE,
                        source_text=getattr(row, name),
                        origin="team, unreviewed",
                    )
                )
        return row
