"""How often somebody may try: counted per account (or mail address), per network address and per municipality.

Counters lie in a table of PostgreSQL that all processes share. The answer is the page "please wait", the same for
addresses that have an account and for those that have none.
"""

import hmac

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from django.conf import settings

from quartierwerk.web import errors

# What allauth does not count itself. "key" is what the caller names: a municipality, an invitation.
OWN_RATES = {
    # 100 letters an hour are a whole office; more is a mistake or misuse of the mail server's good name.
    "invite": "100/h/key",
    "invite_address": "5/h/key",
    "data_request": "20/h/ip,3/h/key",
    "open_data_request": "30/m/ip",
    "open_invitation": "30/m/ip",
    "accept_invitation": "10/m/ip,10/h/key",
}


class TooMany(ImmediateHttpResponse):
    """Ends the request with the page "please wait"."""

    def __init__(self, request, wait_seconds: int = 300):
        super().__init__(errors.too_many(request, wait_seconds))


def count(request, action: str, key: str = "", *, also_reading: bool = False) -> None:
    """One more try. Raises TooMany beyond the limit."""
    if not ratelimit.consume(
        request, app="quartierwerk.people", action=action, config=OWN_RATES, key=key, limit_get=also_reading
    ):
        raise TooMany(request)


def hashed_key(key: str, prefix: str, version: int) -> str:
    """Name of a counter: a fingerprint, so that the table holds neither mail nor network addresses."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{prefix}:{version}:{key}".encode(), "sha256").hexdigest()
