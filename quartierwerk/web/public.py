from django.shortcuts import render

from quartierwerk.languages.names import fold
from quartierwerk.rights import open_to_all
from quartierwerk.tenants.models import Tenant


@open_to_all
def find_municipality(request):
    """Find a municipality by name or postcode."""
    asked = request.GET.get("q", "").strip()
    if asked.isdigit():
        found = list(Tenant.objects.at_postcode(asked))
    else:
        found = [tenant for tenant in Tenant.objects.order_by("name") if fold(asked) in fold(tenant.name)]
    return render(request, "web/public/find.html", {"tenants": found, "asked": asked})


@open_to_all
def home(request):
    return render(request, "web/public/home.html")
