from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from quartierwerk.languages.interface import BY_CODE
from quartierwerk.languages.names import fold
from quartierwerk.rights import open_to_all
from quartierwerk.tenants.models import Tenant

from . import addresses


@open_to_all
def find_municipality(request):
    """Find a municipality by name or postcode."""
    asked = request.GET.get("q", "").strip()
    if asked.isdecimal():
        found = list(Tenant.objects.at_postcode(asked))
    else:
        found = [tenant for tenant in Tenant.objects.order_by("name") if fold(asked) in fold(tenant.name)]
    return render(request, "web/public/find.html", {"tenants": found, "asked": asked})


@open_to_all
def entrance(request, name):
    """Half an address: a municipality without language, or a language without municipality."""
    name = name.lower()
    if name in BY_CODE:
        return redirect(f"{reverse('find')}?lang={name}")
    tenant = Tenant.objects.filter(slug=name).first()
    if tenant is None:
        raise Http404
    return redirect(addresses.public("home", request, tenant=tenant.slug))


@open_to_all
def home(request):
    return render(request, "web/public/home.html")
