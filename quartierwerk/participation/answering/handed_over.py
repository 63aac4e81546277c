"""Voices that somebody looks after go to somebody else, before a person leaves or a team ends."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.languages.days import short_day
from quartierwerk.people.handover import BOTH, Holder, Kind, Line, Sort, handover

from ..kinds import OPEN
from ..models import Voice


def _rows(holder: Holder) -> QuerySet[Voice]:
    rows = Voice.objects.filter(state__in=OPEN).order_by("due_on", "pk")
    if holder.kind == Kind.TEAM:
        return rows.filter(owner_team=holder.team_id)
    return rows.filter(owner_account_id=holder.account_id) if holder.account_id else rows.filter(Q(pk__in=[]))


def _line(row: Voice) -> Line:
    detail = _("answer until %(day)s") % {"day": short_day(row.due_on)}
    return Line(str(row), detail, ("participation_staff:voice", {"pk": row.pk}))


def _give(row: Voice, holder: Holder, to: Holder) -> Voice:
    row.owner_team_id, row.owner_account_id = (
        (to.team_id, None) if to.kind == Kind.TEAM else (None, to.account_id)
    )
    row.save(update_fields=["owner_team", "owner_account_id"])
    return row


def register() -> None:
    handover.add(
        Sort(
            "voices",
            gettext_lazy("Voices"),
            rows=_rows,
            line=_line,
            give=_give,
            takes=lambda holder: BOTH,
            reads="voices.read",
            lets="voices.read",
        )
    )
