from django.shortcuts import render

from quartierwerk.rights import open_to_all
from quartierwerk.tenants.models import Tenant


@open_to_all
def find_municipality(request):
    """Find a municipality by name or postcode."""
    return render(request, "web/public/find.html", {"tenants": Tenant.objects.all()})


@open_to_all
def home(request):
    return render(request, "web/public/home.html")
