"""What an administrator does with colleagues, and what comes of it: shared by the tests of inviting and of roles."""

import re

from quartierwerk.journal.models import JournalEntry
from quartierwerk.messages.models import Outgoing
from quartierwerk.rights import Role
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

NEW = {
    "name": "Quirin Quartier",
    "password1": "sieben-blaue-fahrraeder",
    "password2": "sieben-blaue-fahrraeder",
}


def invite(client, email="neu@beispiel.example", role=Role.TRANSLATOR, **more):
    return client.post(
        "/staff/musterstadt/people/invite/", {"email": email, "role": role, "last_day": "", **more}
    )


def mails():
    """What the town has sent, oldest first."""
    with scope.entered(scope.staff(Tenant.objects.get(slug="musterstadt"))):
        return list(Outgoing.objects.order_by("created_at"))


def link() -> str:
    return re.search(r"http://testserver(/accounts/invitation/\S+)", mails()[-1].text)[1]


def actions_of(cast):
    with cast.in_town():
        return list(JournalEntry.objects.order_by("at").values_list("action", flat=True))
