"""Changes that wait for their follow-up, on the work list of the coordination office."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk import rights
from quartierwerk.languages.days import short_day
from quartierwerk.rights import may
from quartierwerk.web import addresses
from quartierwerk.web.work import Line, Pile, piles

from ..models import ContextChange
from . import pages


def to_follow_up(request):
    rows = rights.visible(request.person, "planning.write", ContextChange.objects.to_follow_up())
    return rows.prefetch_related("tasks").order_by(F("in_force_from").asc(nulls_last=True), "pk")


def line(one: ContextChange, request) -> Line:
    words, _sign = pages.in_words(one, timezone.localdate())
    day = short_day(one.in_force_from)
    since = _("in force from %(day)s") % {"day": day} if day else ""
    detail = ", ".join(filter(None, (since, words)))
    return Line(one.title, addresses.staff("planning_staff:context_change", request, pk=one.pk), detail)


def register() -> None:
    piles.add(
        Pile(
            "plan-context",
            gettext_lazy("Changes of law and policy"),
            rows=to_follow_up,
            line=line,
            visible=lambda request: may(request.person, "planning.write"),
            hint=gettext_lazy("Give somebody the follow-up, or say why nothing follows from it."),
            first=3,
            order=107,
        )
    )
