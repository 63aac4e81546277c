"""Groups with their seats, mandate questions, meetings from agenda to decision, tasks, and the public kick-off."""

from datetime import date

from django.utils import translation

from quartierwerk.calendar.models import PublicDate, PublicDateText
from quartierwerk.chain.models import Link, Relation
from quartierwerk.languages.states import TranslationState
from quartierwerk.places.models import Address
from quartierwerk.rights import worker
from quartierwerk.tenants.example import TODAY
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
from ..steering.register import agenda
from .files import Entry, moment, values
from .plan import Plan
from .rows import Rows


class Steering(Rows):
    """The minutes of what a plan's people did with it."""

    def __init__(self, plan: Plan):
        super().__init__(
            [
                Address,
                PublicDate,
                PublicDateText,
                Group,
                GroupMember,
                Meeting,
                KickOff,
                AgendaItem,
                Decision,
                Task,
            ]
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
        for one in entry["meetings"]:
            if one.get("with_proposal"):
                self.take_proposal(self.meetings[one["key"]])
            # Last, since nothing is added to closed minutes.
            if "closed_on" in one:
                Meeting.objects.filter(pk=self.meetings[one["key"]].pk).update(
                    frozen_at=moment(one["closed_on"])
                )

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
        closed = "closed_on" in entry
        if closed and meeting.group:
            meeting.quorum_percent = meeting.group.quorum_percent
        for key in entry["present"]:
            self.attendance(meeting, key, closed, present=True)
        for key in entry["represented"]:
            self.attendance(meeting, key, closed, present=True, by_deputy=True)
        for key in entry["absent"]:
            self.attendance(meeting, key, closed)
        items = [self.item(meeting, one, position) for position, one in enumerate(entry["agenda"])]
        for one in entry["decisions"]:
            self.decision(meeting, items[one["agenda_item"] - 1], one, closed)

    def attendance(self, meeting: Meeting, key: str, closed: bool, **came: bool) -> None:
        seat = self.members[key]
        row = self.add(Attendance(meeting=meeting, member=seat, **came))
        if closed:
            row.name, row.function, row.has_vote = seat.name, seat.function, seat.is_voting
            row.deputy_name = seat.deputy_name if row.by_deputy else ""

    def take_proposal(self, meeting: Meeting) -> None:
        """What should be talked about on the town's day, each with its reason, as the office would take it."""
        person = worker("example", self.plan.town.pk)
        position = meeting.items.count()
        with translation.override(self.plan.town.source_language):
            for source, items in agenda.proposal(self.plan.concept, TODAY, person):
                for one in items:
                    if one.is_chosen:
                        meeting.items.create(
                            position=(position := position + 1),
                            title=one.title[:300],
                            outside=one.outside,
                            reason=one.kept_reason,
                            source_name=source.name,
                            source_id=one.about,
                        )

    def kick_off(self, meeting: Meeting, entry: Entry) -> None:
        """What was said there stands as needs, and in the chain before them."""
        made = self.add(KickOff(meeting=meeting, outcome=entry["minutes_text"], visibility=Visibility.PUBLIC))
        for key in entry["results"]:
            ends = {"source_id": made.element_id, "target_id": self.plan.needs[key].element_id}
            self.add(Link(**ends, relation=Relation.LED_TO))

    def item(self, meeting: Meeting, entry: Entry, position: int) -> AgendaItem:
        said = values(AgendaItem, entry) | {"minutes": f"{entry['minutes']} {entry['outcome']}".strip()}
        return self.add(AgendaItem(**said, meeting=meeting, position=position))

    def decision(self, meeting: Meeting, item: AgendaItem, entry: Entry, closed: bool) -> None:
        day = meeting.starts_at.date()
        given = values(Decision, entry) | {"decided_on": day, "entered_on": day}
        decision = self.add(Decision(**given, meeting=meeting, item=item))
        for one in entry["tasks"]:
            self.task(one, decision, day, closed)

    def task(self, entry: Entry, decision: Decision | None, given_on: date, closed: bool = False) -> None:
        row = self.add(
            Task(
                **values(Task, entry) | {"given_on": given_on},
                decision=decision,
                measure=self.plan.measures.get(entry.get("measure", "")),
                owner_team=self.plan.teams[entry["owner_team"]],
                owner_account_id=self.plan.accounts.get(entry.get("owner", "")),
            )
        )
        if closed:
            row.minuted_team, row.minuted_account_id = row.owner_team, row.owner_account_id

    def public_date(self, entry: Entry) -> PublicDate:
        space = self.plan.spaces[entry["quarter"]]
        shown = {"space": space, "visibility": Visibility.PUBLIC}
        address = self.add(Address(name=entry["place"], town=self.plan.town.name, **shown))
        row = self.add(PublicDate(**values(PublicDate, entry), address=address, **shown))
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
