"""Departments that have not looked at themselves this year, on the work list: all for the office, one's own for a department."""

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy

from quartierwerk import rights
from quartierwerk.rights import may
from quartierwerk.web import addresses
from quartierwerk.web.work import Line, Pile, piles

from ..models import SelfCheck
from .staff import departments


def missing(request):
    this_year = SelfCheck.objects.filter(team=OuterRef("pk"), year=timezone.localdate().year)
    return rights.visible(request.person, "planning.self_check", departments()).exclude(Exists(this_year))


def line(one, request) -> Line:
    return Line(
        str(one),
        addresses.staff(
            "planning_staff:fill_in_self_check", request, pk=one.pk, year=timezone.localdate().year
        ),
    )


def register() -> None:
    piles.add(
        Pile(
            "plan-self-checks",
            gettext_lazy("Self-checks of this year"),
            rows=missing,
            line=line,
            visible=lambda request: may(request.person, "planning.self_check"),
            hint=gettext_lazy(
                "Languages, forms, training, complaints: once a year each team says how it stands."
            ),
            order=108,
        )
    )
