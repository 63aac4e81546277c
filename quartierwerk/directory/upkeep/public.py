"""The page behind the mailed question "is all this still true?". Opening it changes nothing: mail scanners open links."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from quartierwerk.rights import open_to_all, worker
from quartierwerk.tenants import scope
from quartierwerk.web import addresses

from . import actions, pages
from .actions import Answer

LONGEST_NOTE = 2000


@never_cache
@open_to_all
def confirm(request, token):
    """Everything that stands on the portal under this organisation's name, and one button that says it is true."""
    with scope.entered(scope.staff(request.tenant)):
        link = actions.opened_by(token)
        if link is None:
            raise Http404
        if request.method == "POST":
            said = pages.answers(request.POST)
            by = worker("directory.link for confirming", request.tenant.pk)
            actions.answer(link, said, request.POST.get("note", "").strip()[:LONGEST_NOTE], by=by)
            return redirect(addresses.public("directory:confirm", request, token=token))
        values = {
            "organisation": link.organisation,
            "offers": pages.shown_offers(link.organisation),
            "done": link.used_at is not None,
            "on": timezone.localdate(link.used_at) if link.used_at else None,
            "choices": [
                (Answer.TRUE, _("still true")),
                (Answer.CHANGED, _("has changed")),
                (Answer.OVER, _("no longer exists")),
            ],
            "crumbs": [(_("Still true?"), "")],
        }
        return render(request, "directory/public/confirm.html", values)
