from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.rights import needs
from quartierwerk.web import addresses

from ..models import Offer
from .copying import copy_offer


@needs("directory.write")
@require_POST
def copy(request, pk):
    """Last term's course once more, as a draft to be given its dates."""
    offer = rights.find_or_404(request.person, "directory.write", Offer, pk)
    copied = copy_offer(offer, by=request.person)
    messages.success(request, _("This is the copy. Give it its dates, then publish it."))
    return redirect(addresses.staff("directory_staff:edit_offer", request, pk=copied.pk))
