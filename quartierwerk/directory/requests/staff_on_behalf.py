"""What people tell the staff at the desk or on the phone, entered for them: a barrier, a wish."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quartierwerk import rights
from quartierwerk.rights import needs
from quartierwerk.web import addresses

from ..finding import pages
from ..models import Offer
from . import barriers, wishes
from .forms import BarrierForm, WishForm


@needs("directory.write")
def add_barrier(request, pk):
    """Somebody could not use an offer and said so."""
    offer = rights.find_or_404(request.person, "directory.write", Offer, pk)
    form = BarrierForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        barriers.report(request, offer, **form.cleaned_data, by_staff=True)
        messages.success(request, _("Noted. The provider and the office have been told."))
        return redirect(addresses.staff("directory_staff:offer", request, pk=pk))
    values = {
        "form": form,
        "title": _("Enter what somebody could not use"),
        "about": offer.title,
        "crumbs": [
            (_("Offers"), addresses.staff("directory_staff:offers", request)),
            (offer.title, addresses.staff("directory_staff:offer", request, pk=pk)),
            (_("Barrier"), ""),
        ],
    }
    return _page(request, values)


@needs("wishes.read")
def add_wish(request):
    """Somebody said what is missing."""
    form = WishForm(
        request.POST if request.method == "POST" else None,
        request=request,
        quarters=pages.quarters_of(request),
    )
    if form.is_bound and form.is_valid():
        wishes.leave(request, form.cleaned_data, by_staff=True)
        messages.success(request, _("Noted. The wish stands with the others."))
        return redirect(addresses.staff("directory_staff:add_wish", request))
    return _page(request, {"form": form, "title": _("Enter a wish"), "crumbs": [(_("Enter a wish"), "")]})


def _page(request, values: dict):
    status = 422 if values["form"].is_bound else 200
    return render(request, "directory/staff/on_behalf.html", values, status=status)
