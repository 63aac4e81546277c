"""A post whose money ends reaches the steering group: a task with an owner and a day, and an item (W3.4)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.languages.days import short_day
from quartierwerk.rights import Person

from ...measures.rules import posts
from ...models import AgendaItem, Group, MeasureInField, Meeting, StaffPost, Task
from .. import sources
from ..agenda import actions as agenda

SOURCE = "money that ends"
ALERT = min(posts.ALERTS)


def tell_steering_group(post: StaffPost, by: Person) -> None:
    """Once for each search. Without a meeting ahead the proposal for the next one names the post."""
    today = timezone.localdate()
    if Task.objects.filter(post=post, done_on=None, withdrawn_reason="").exists():
        return
    team = post.team or (post.measure.lead_team if post.measure else None)
    due = max(posts.alert_day(post.ends_on, ALERT), today) if post.ends_on else today
    Task.objects.create(
        post=post,
        measure=post.measure,
        words=_("Find new money: %(post)s") % {"post": post.title},
        owner_team=team,
        owner_account_id=None if team else by.account_id,
        given_on=today,
        due_on=due,
    )
    meeting = _next_meeting(post)
    if meeting is None or meeting.items.filter(source_name=SOURCE, source_id=post.pk).exists():
        return
    reason = _("New money is to be found by %(day)s.") % {"day": short_day(due)}
    if post.ends_on:
        ends = _("The money ends on %(day)s.") % {"day": short_day(post.ends_on)}
        reason = f"{ends} {reason}"
    AgendaItem.objects.create(
        meeting=meeting,
        position=agenda.after_the_last(meeting),
        title=post.title,
        outside=sources.a_post(),
        reason=reason,
        source_name=SOURCE,
        source_id=post.pk,
    )


def _next_meeting(post: StaffPost) -> Meeting | None:
    """Of the group that steers the concept to which the post's measure belongs; a post of no measure: of any."""
    rows = Meeting.objects.filter(
        group__kind=Group.Kind.STEERING,
        state__in=[Meeting.State.PLANNED, Meeting.State.INVITED],
        starts_at__gte=timezone.now(),
        frozen_at=None,
    )
    if post.measure_id:
        held = MeasureInField.objects.filter(measure=post.measure_id, field__ended_on=None)
        rows = rows.filter(concept__in=held.values("field__concept"))
    return rows.select_for_update(of=("self",)).order_by("starts_at").first()
