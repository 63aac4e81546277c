"""Where allauth asks us: who may have an account, what is said, how mail leaves, where secrets lie.

Accounts are made by invitation, by command or by example data only, so signing up is closed everywhere.
"""

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from quartierwerk import journal
from quartierwerk.rights import VISITOR, needs_second_factor

from . import invited, sealing, throttling
from .models import Account
from .persons import person_of
from .throttling import TooMany

_FACTOR_PURPOSE = "second factor"

# allauth's mails after a change, by the name of their template: one sentence each, one template for all.
_CHANGES = {
    "account/email/password_reset": _("Your password was set anew."),
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_set": _("A password was set for your account."),
    "account/email/email_changed": _("The mail address of your account was changed."),
    "account/email/email_deleted": _("A mail address was removed from your account."),
    "mfa/email/totp_activated": _("An app with sign-in codes was added to your account."),
    "mfa/email/totp_deactivated": _("The app with sign-in codes was removed from your account."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made for your account."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was removed from your account."),
    "socialaccount/email/account_connected": _("Your account can now be used with the municipal sign-in."),
    "socialaccount/email/account_disconnected": _("The municipal sign-in was taken off your account."),
}


# The library says "du" to Germans. Our catalogue comes before its own, so these sentences of it are said anew there.
SAID_ANEW = (
    gettext_noop("You cannot remove your primary email address."),
    gettext_noop("You cannot add more than %d email addresses."),
    gettext_noop("Your primary email address must be verified."),
    gettext_noop("Be patient, you are sending too many requests."),
    gettext_noop("You must type the same password each time."),
    gettext_noop("You must type the same email each time."),
    gettext_noop(
        "An account already exists with this email address. Please sign in to that account first, then connect your %s"
        " account."
    ),
    gettext_noop("Your account has no password set up."),
    gettext_noop("Your account has no verified email address."),
)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask the administrator of your municipality."),
        "email_password_mismatch": _("Mail address and password do not belong together."),
        "email_taken": _("This mail address cannot be used. Please take another one."),
        "enter_current_password": _("Please type your current password."),
        "incorrect_code": _("This code is not right. Please take the one that is shown now."),
        "incorrect_password": _("This password is not right."),
        "rate_limited": _("That was too often. Please wait a few minutes."),
        "same_as_current": _("This is the address you have already."),
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    # ---- mail ------------------------------------------------------------------------------------------------------

    def format_email_subject(self, subject: str) -> str:
        return f"Quartierwerk: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        request = self.request
        message = self.render_mail(
            template_prefix, email, {"request": request, "host": request.get_host(), **context}
        )
        deliver(message)

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        to = email or EmailAddress.objects.get_primary_email(user) or user.email
        self.send_mail("account/email/changed", to, {"change": _CHANGES[template_prefix], "user": user})

    # ---- signing in ------------------------------------------------------------------------------------------------

    def pre_authenticate(self, request, **credentials) -> None:
        try:
            throttling.refuse_for_place(request, "sign_in_place", credentials.get("email", ""))
            super().pre_authenticate(request, **credentials)
        except (ValidationError, TooMany):
            journal.record_security(
                "sign-in locked", by=VISITOR, address=self.get_client_ip(request), result="refused"
            )
            raise TooMany(request) from None

    def authentication_failed(self, request, **credentials) -> None:
        throttling.count_for_place(request, "sign_in_place", credentials.get("email", ""))
        # Asked for known and unknown addresses alike, so that both take the same time.
        known = Account.objects.filter(email=credentials.get("email", "").strip().lower()).first()
        journal.record_security(
            "sign-in failed", by=person_of(known), address=self.get_client_ip(request), result="refused"
        )

    def logout(self, request) -> None:
        journal.record_security("signed out", by=request.person, address=self.get_client_ip(request))
        super().logout(request)
        request.signed_out = True  # what this browser had kept is not shown to the next person at it

    def is_reauthentication_required(self, *, app, **more) -> bool:
        """Not within minutes of signing in: setting up a second factor at once must not ask for the password again."""
        proofs = get_authentication_records(self.request, self.request.user)
        if proofs and time.time() - proofs[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **more)

    def get_logout_redirect_url(self, request) -> str:
        return "/"

    def get_password_change_redirect_url(self, request) -> str:
        return settings.OWN_ACCOUNT_URL


class SocialAdapter(DefaultSocialAccountAdapter):
    """The municipal sign-in (OIDC) opens existing accounts, and new ones only for an invited, proven address."""

    def is_open_for_signup(self, request, sociallogin) -> bool:
        invitation = invited.pending(request)
        proven = {address.email.lower() for address in sociallogin.email_addresses if address.verified}
        return invitation is not None and invitation.email in proven

    def populate_user(self, request, sociallogin, data):
        account = super().populate_user(request, sociallogin, data)
        account.email = account.email.lower()
        given = " ".join(part for part in (data.get("first_name"), data.get("last_name")) if part)
        account.name = (data.get("name") or given or account.email)[:200]
        return account

    def get_connect_redirect_url(self, request, socialaccount) -> str:
        return settings.OWN_ACCOUNT_URL


class FactorAdapter(DefaultMFAAdapter):
    """Keys of second factors are sealed in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Your role needs a second factor. Add another one first, then remove this one."
        ),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Please confirm your mail address first."),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text, _FACTOR_PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text, _FACTOR_PURPOSE)

    def _get_site_name(self) -> str:
        return "Quartierwerk"

    def generate_authenticator_name(self, user, type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def can_delete_authenticator(self, authenticator) -> bool:
        """Whoever needs a second factor keeps one; recovery codes alone are none."""
        if not needs_second_factor(person_of(authenticator.user)) or authenticator.user.is_example:
            return True
        kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        others = Authenticator.objects.filter(user=authenticator.user, type__in=kinds)
        return others.exclude(pk=authenticator.pk).exists()


def deliver(message: EmailMessage) -> None:
    """The one way by which mails of accounts leave."""
    message.send()
