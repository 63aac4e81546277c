"""Security events out of what allauth tells: it reports by signals, the one place where we listen to some."""

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as factor
from django.dispatch import receiver

from quartierwerk import journal

from .persons import person_of


def note_sign_in(action: str, request, user, *, result: str = "done") -> None:
    address = get_adapter(request).get_client_ip(request) if request is not None else None
    journal.record_security(action, by=person_of(user), address=address, result=result)


@receiver(account.user_logged_in)
def signed_in(request, user, **more):
    note_sign_in("signed in", request, user)


@receiver(account.password_changed)
@receiver(account.password_set)
def password_changed(request, user, **more):
    note_sign_in("password changed", request, user)


@receiver(account.password_reset)
def password_reset(request, user, **more):
    note_sign_in("password reset", request, user)


@receiver(account.email_changed)
def address_changed(request, user, **more):
    note_sign_in("mail address changed", request, user)


@receiver(factor.authenticator_added)
def factor_added(request, user, **more):
    note_sign_in("second factor added", request, user)


@receiver(factor.authenticator_removed)
def factor_removed(request, user, **more):
    note_sign_in("second factor removed", request, user)


@receiver(factor.authenticator_reset)
def recovery_codes_made(request, user, **more):
    note_sign_in("recovery codes made", request, user)


@receiver(factor.authentication_failed)
def factor_failed(request, user, **more):
    note_sign_in("second factor failed", request, user, result="refused")
