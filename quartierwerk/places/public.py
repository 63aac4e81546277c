from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.rights import open_to_all

from . import pages
from .models import SocialSpace
from .register import register


@open_to_all
def quarters(request: HttpRequest) -> HttpResponse:
    """The quarters of today, in the order of the map, each with what is there."""
    rows = list(
        SocialSpace.published.filter(tenant=request.tenant, kind=SocialSpace.Kind.QUARTER).on(
            timezone.localdate()
        )
    )
    values = {
        "rows": pages.public_rows(rows, request),
        "ways": register.ways_of(request),
        "map": pages.public_map(rows, request),
        "is_schematic": any(space.outline_is_schematic for space in rows),
        "crumbs": [(_("Quarters"), "")],
    }
    return render(request, "places/public/quarters.html", values)
