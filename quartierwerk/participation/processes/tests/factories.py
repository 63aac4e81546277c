from datetime import timedelta

from django.utils import timezone

from quartierwerk.calendar.tests.factories import public_date
from quartierwerk.tenants.models import Visibility

from ...models import (
    Checked,
    GroupCount,
    Phase,
    Process,
    ProcessMeeting,
    Proposal,
    ProposalComment,
    SideFormat,
)

KINDS = [kind.value for kind in Phase.Kind]


def process(title: str = "Was soll aus dem Platz werden?", *, now: str = "", **values) -> Process:
    """Public. now: the kind of phase that is open; the others lie before and after it, a week each."""
    made = Process.objects.create(title=title, **{"visibility": Visibility.PUBLIC, **values})
    if now:
        at, here = timezone.now() - timedelta(days=1), KINDS.index(now)
        for place, kind in enumerate(KINDS):
            opens = at + timedelta(weeks=place - here)
            Phase.objects.create(
                process=made, kind=kind, opens_at=opens, closes_at=opens + timedelta(weeks=1)
            )
    return made


def proposal(title: str = "Bänke im Schatten", *, process: Process, **values) -> Proposal:
    """As a person has checked it."""
    shown = {"state": Checked.SHOWN, "visibility": Visibility.PUBLIC, **values}
    return Proposal.objects.create(process=process, title=title, **shown)


def given_proposal(token: str, **values) -> Proposal:
    """As it came in: nobody has looked at it."""
    given = values.pop("process", None) or process(now="collect")
    return Proposal.objects.create(
        process=given,
        given_title=f"Bank vor dem Haus von {token}",
        given_words=f"{token} kennt mich.",
        **values,
    )


def given_comment(token: str, **values) -> ProposalComment:
    given = values.pop("proposal", None) or proposal(process=process(now="discuss"))
    return ProposalComment.objects.create(proposal=given, given_words=f"Das sagt auch {token}.", **values)


def side_format(title: str = "Frauenrunde", *, process: Process, **values) -> SideFormat:
    return SideFormat.objects.create(
        process=process, title=title, **{"held_on": timezone.localdate(), **values}
    )


def meeting(title: str = "Abend im Stadtteilhaus", *, process: Process, **values) -> ProcessMeeting:
    friendly = values.pop("child_friendly", "unknown")
    date = public_date(title, starts_on=timezone.localdate() + timedelta(days=3), **values)
    return ProcessMeeting.objects.create(process=process, public_date=date, child_friendly=friendly)


def group_count(group: str, n: int, *, process: Process, **values) -> GroupCount:
    return GroupCount.objects.create(process=process, group=group, n=n, **values)
