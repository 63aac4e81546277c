"""The mails that this package writes itself; allauth's come through its adapter."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from .allauth_adapter import deliver
from .models import INVITATION_DAYS, Invitation


def send_invitation(request, invitation: Invitation, token: str) -> None:
    link = request.build_absolute_uri(reverse("open-invitation", args=[token]))
    text = render_to_string(
        "people/invitation_mail.txt", {"tenant": request.tenant, "link": link, "days": INVITATION_DAYS}
    )
    subject = _("Quartierwerk: invitation")
    deliver(EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [invitation.email]))
