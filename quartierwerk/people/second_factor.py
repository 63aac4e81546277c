"""Sends people whose role sees personal data to their second factor until they have one; nothing else is open."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect

from quartierwerk.rights import needs_second_factor

OPEN = ("/accounts/", "/session/", settings.STATIC_URL)
# Recovery codes alone are the way back in, not a factor.
KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def is_spared(account) -> bool:
    """Example accounts on one's own machine; a banner says so on every page."""
    return account.is_example and settings.SURROUNDINGS == "development"


class SecondFactor:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        must = needs_second_factor(request.person) and not request.path.startswith(OPEN)
        if must and not is_spared(request.user) and not is_mfa_enabled(request.user, KINDS):
            return redirect("second-factor")
        return self.get_response(request)
