"""A post whose money ends: one step begins the search for new money (W3.4). Who else takes it up registers here."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk import journal, rights
from quartierwerk.rights import Person

from ..models import Milestone, StaffPost
from .rules import posts

# Called with the post in the same transaction: the steering group puts it on its agenda.
Follower = Callable[[StaffPost, Person], None]
followers: list[Follower] = []


def alerting(today: date) -> Q:
    """Posts whose alert is due and of which nobody has taken note: the same answer as `posts.due_alert`."""
    found = Q(pk__in=[])
    nearer = today
    for months in sorted(posts.ALERTS):
        last = posts.last_end_told_of(today, months)
        told = [one for one in posts.ALERTS if one <= months]
        first = Q(ends_on__gte=nearer) if months == min(posts.ALERTS) else Q(ends_on__gt=nearer)
        found |= first & Q(ends_on__lte=last) & ~Q(alerts_sent__overlap=told)
        nearer = last
    return found


@transaction.atomic
def begin_search(post: StaffPost, *, by: Person, today: date | None = None) -> StaffPost:
    """The alert is taken note of, the measure gets a step with a day, and others who follow posts are told."""
    today = today or timezone.localdate()
    current = _noted(post, by, today)
    if current.measure_id and current.ends_on:
        alert = posts.alert_day(current.ends_on, min(posts.ALERTS))
        due = max(alert, today)
        # Everybody reads a measure's steps, and posts are named inside only.
        title = _("Search for new money")
        searched = Milestone.objects.filter(measure=current.measure_id, title=title, done_on=None)
        # A step of this very search, begun on an earlier day, lies between the two.
        if not searched.filter(due_on__range=(alert, due)).exists():
            Milestone.objects.create(measure_id=current.measure_id, title=title, due_on=due)
    for follower in followers:
        follower(current, by)
    journal.record("search for money begun", current, by=by)
    return current


@transaction.atomic
def let_end(post: StaffPost, *, by: Person, today: date | None = None) -> StaffPost:
    """The post may end as planned: nobody is told again."""
    current = _noted(post, by, today or timezone.localdate(), all_of_them=True)
    journal.record("post may end", current, by=by)
    return current


def _noted(post: StaffPost, by: Person, today: date, *, all_of_them: bool = False) -> StaffPost:
    current = StaffPost.objects.select_for_update(of=("self",)).get(pk=post.pk)
    rights.require(by, "planning.write", current)
    due = posts.due_alert(current.ends_on, today, current.alerts_sent)
    noted = set(current.alerts_sent)
    noted |= set(posts.ALERTS) if all_of_them else {one for one in posts.ALERTS if due and one >= due}
    current.alerts_sent = sorted(noted, reverse=True)
    current.save(update_fields=["alerts_sent"])
    return current
