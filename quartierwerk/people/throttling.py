"""How often somebody may try: counted per account (or mail address), per network address and per municipality.

Counters lie in a table of PostgreSQL that all processes share. The answer is the page "please wait", the same for
addresses that have an account and for those that have none.
"""

import hmac
import re

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from django.conf import settings

from quartierwerk.web import errors

# What allauth does not count itself. "key" is what the caller names: a municipality, an invitation.
OWN_RATES = {
    # Many guesses from many network addresses at one municipality's accounts; only failures count.
    "sign_in_place": "300/5m/key",
    "reset_place": "60/h/key",
    "data_request_place": "60/h/key",
    "barrier": "10/h/ip",
    "barrier_place": "100/h/key",
    "registration": "20/h/ip",
    "registration_place": "300/h/key",
    "offer_barrier": "20/h/ip",
    "offer_barrier_place": "300/h/key",
    "wish": "20/h/ip",
    "wish_place": "300/h/key",
    "voice": "20/h/ip",
    "voice_place": "300/h/key",
    # Guessing somebody's code is hopeless; trying it is stopped all the same.
    "voice_code": "30/h/ip",
    "voice_code_place": "600/h/key",
    "proposal": "20/h/ip",
    "proposal_place": "300/h/key",
    # codes that are not valid: guessing one takes 2^35 tries
    "vote_code": "30/h/ip",
    "vote_code_place": "600/h/key",
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


def count_for_place(request, action: str, mail: str = "") -> None:
    """One more try at this municipality. Raises TooMany beyond the limit."""
    for key in _places(request, mail):
        count(request, action, key)


def refuse_for_place(request, action: str, mail: str) -> None:
    """Raises TooMany where the limit is reached already, and counts nothing."""
    for key in _places(request, mail):
        if not ratelimit.consume(
            request, app="quartierwerk.people", action=action, config=OWN_RATES, key=key, dry_run=True
        ):
            raise TooMany(request)


_AIM = re.compile(r"/(?:staff|[A-Za-z-]+)/([-\w]+)/")


def _places(request, mail: str) -> list[str]:
    """The municipality a try is aimed at.

    Signing in has none in its address, and asking the account would tell who has one. So the domain of the mail address
    counts, known or not, which a town hall's people share, and the page that is to open afterwards.
    """
    if request.tenant is not None:
        return [f"tenant {request.tenant.pk}"]
    aimed = _AIM.match(request.POST.get("next", "") or request.GET.get("next", ""))
    domain = mail.rpartition("@")[2].strip().lower()
    return [f"domain {domain}", *([f"slug {aimed[1]}"] if aimed else [])]


def hashed_key(key: str, prefix: str, version: int) -> str:
    """Name of a counter: a fingerprint, so that the table holds neither mail nor network addresses."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{prefix}:{version}:{key}".encode(), "sha256").hexdigest()
