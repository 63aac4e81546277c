"""The mails of this machine, to be read while trying and developing. Nothing of this exists in production."""

from functools import wraps
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quartierwerk.languages.tags import direction
from quartierwerk.rights import open_to_all
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from .models import InstallationMail, Outgoing

NEWEST = 200


def on_this_machine(view):
    """Links in these mails open accounts: whoever comes over the network finds nothing, whatever the host says."""

    @wraps(view)
    def guarded(request, **keys):
        host = request.get_host().rpartition(":")[0] or request.get_host()
        if host not in settings.MAILS_READ_AT or not ip_address(request.META["REMOTE_ADDR"]).is_loopback:
            raise Http404
        all_tenants = tuple(Tenant.objects.values_list("pk", flat=True))
        with scope.entered(scope.Scope(reads=all_tenants)):
            return view(request, **keys)

    return guarded


@open_to_all
@require_GET
@on_this_machine
def kept_mails(request):
    mails = [
        *Outgoing.objects.order_by("-created_at")[:NEWEST],
        *InstallationMail.objects.order_by("-created_at")[:NEWEST],
    ]
    mails.sort(key=lambda mail: mail.created_at, reverse=True)
    return render(request, "messages/public/mails.html", {"mails": mails[:NEWEST]})


@open_to_all
@require_GET
@on_this_machine
def kept_mail(request, pk):
    mail = Outgoing.objects.filter(pk=pk).first() or InstallationMail.objects.filter(pk=pk).first()
    if mail is None:
        raise Http404
    return render(request, "messages/public/mail.html", {"mail": mail, "dir": direction(mail.language)})
