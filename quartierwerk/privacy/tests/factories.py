from uuid import uuid4

from django.utils import timezone

from quartierwerk.privacy.models import Hold
from quartierwerk.tenants import scope


def hold(token: str, account_id=None) -> Hold:
    return Hold.objects.create(
        tenant_id=scope.writing(),
        kind=Hold.Kind.DISPUTE,
        account_id=account_id or uuid4(),
        object_kind="tenants.tenant",
        reason=token,
        # Ended: a standing one would keep everything of this person.
        ended_at=timezone.now(),
    )
