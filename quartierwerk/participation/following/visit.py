"""Whose voice this browser may see for a while: opened by the code, kept in the session, in no address.

Short, since people share computers: after a quarter of an hour the code is asked for again.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from ..giving import receiving
from ..models import Voice

KEPT = timedelta(minutes=15)
OPENED, SLIP = "voice", "voice_slip"


def keep(request, voice: Voice, name: str = OPENED) -> None:
    request.session[name] = [str(voice.pk), timezone.now().isoformat()]


def of(request, name: str = OPENED) -> UUID | None:
    """The voice's id, while it is kept."""
    kept = request.session.get(name)
    if not kept or timezone.now() - datetime.fromisoformat(kept[1]) > KEPT:
        return None
    return UUID(kept[0])


def end(request) -> None:
    for name in (OPENED, SLIP):
        request.session.pop(name, None)


def tenants_of(request):
    """A voice given to the Region is found from the town's portal, too."""
    return Tenant.objects.filter(pk__in=request.tenant.lineage)


def by_code(request, code: str) -> Voice | None:
    for tenant in tenants_of(request):
        with scope.entered(scope.staff(tenant)):
            if found := receiving.find(code):
                return found
    return None
