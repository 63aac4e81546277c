from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.rights import open_to_all

from . import contact_finder
from .contact_finder import Reading


@open_to_all
def contact_finder_page(request):
    """Whom to ask, by postcode and programme."""
    postcode = contact_finder.read_postcode(request.GET.get("postcode", ""), contact_finder.known_postcodes())
    tenants = contact_finder.places_for(postcode, request.tenant)
    programmes = contact_finder.programmes({*tenants, request.tenant})
    programme = " ".join(request.GET.get("programme", "").split())[:120]
    typed = postcode.typed if postcode.reading is Reading.KNOWN else ""
    today = timezone.localdate()
    values = {
        "postcode": postcode,
        "typed": request.GET.get("postcode", "").strip()[:20],
        "programme": programme,
        "programmes": programmes,
        "places": [contact_finder.place(tenant, typed, programme, today) for tenant in tenants],
        "region": contact_finder.region_of(request.tenant),
        "crumbs": [(_("Whom to ask"), "")],
    }
    return render(request, "directory/public/contact_finder.html", values)
