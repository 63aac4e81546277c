"""The mails that this package writes itself; allauth's come through its adapter."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quartierwerk.messages import kinds, sending

from .models import INVITATION_DAYS, Invitation

kinds.register(
    kinds.Kind(
        "invitation",
        subject=_("Invitation to {municipality}"),
        sentences=(_("{municipality} invites you to work with it in Quartierwerk."),),
        link_label=_("Accept here:"),
        after=(_("The link works for {days} days. If you do not know what this is about, do nothing."),),
        values=frozenset({"days"}),
        secret=True,
    )
)


def send_invitation(request, invitation: Invitation, token: str) -> None:
    """In the transaction of the invitation, so that none is stored without its mail."""
    sending.send(
        "invitation",
        to=invitation.email,
        lang=request.lang,
        key=f"invitation {invitation.pk} {invitation.invited_at.isoformat()}",
        context={
            "link": request.build_absolute_uri(reverse("open-invitation", args=[token])),
            "days": INVITATION_DAYS,
        },
    )
