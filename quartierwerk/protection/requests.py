"""Somebody without account asks for her data: a link by mail, which works once and a day long.

The page's answer is the same for every address, and so is the mail; only whoever opens the link learns what is stored.
The token leaves the address at once (it stands in no log and no history), and only a button uses it up: mail
programs that open links by themselves spoil nothing.
"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from quartierwerk.messages import sending
from quartierwerk.people import throttling
from quartierwerk.people.models import Account

from .models import DataRequest

VALID = timedelta(hours=24)
LOOKING = timedelta(minutes=30)  # how long the found data can be looked at
_TOKEN, _OPENED, _UNTIL = "data_request_token", "data_request", "data_request_until"


def ask(request: HttpRequest, mail: str, lang: str) -> None:
    """Send the link. Raises TooMany."""
    mail = mail.strip().lower()
    throttling.count(request, "data_request", key=mail)
    throttling.count_for_place(request, "data_request_place", mail)
    token = secrets.token_urlsafe(32)
    asked = DataRequest.objects.create(
        mail=mail, token_hash=DataRequest.fingerprint(token), expires_at=timezone.now() + VALID
    )
    sending.send_for_installation(
        "data request",
        to=mail,
        lang=lang,
        key=f"data request {asked.pk}",
        context={"link": request.build_absolute_uri(reverse("open-data-request", args=[token])), "hours": 24},
    )


def remember(request: HttpRequest, token: str) -> None:
    request.session[_TOKEN] = token


def waiting(request: HttpRequest) -> DataRequest | None:
    """The request whose link was followed and not used yet; None for a wrong, used or expired one alike."""
    token = request.session.get(_TOKEN)
    if not token:
        return None
    return (
        DataRequest.objects.filter(
            token_hash=DataRequest.fingerprint(token), opened_at=None, expires_at__gt=timezone.now()
        )
        .exclude(mail="")
        .first()
    )


def use(request: HttpRequest) -> DataRequest | None:
    """The button behind the link: of two clicks at once one counts."""
    asked = waiting(request)
    request.session.pop(_TOKEN, None)
    now = timezone.now()
    if asked is None or not DataRequest.objects.filter(pk=asked.pk, opened_at=None).update(opened_at=now):
        return None
    request.session[_OPENED] = str(asked.pk)
    request.session[_UNTIL] = (now + LOOKING).isoformat()
    return asked


def opened(request: HttpRequest) -> DataRequest | None:
    """The request whose data this browser may look at now."""
    pk, until = request.session.get(_OPENED), request.session.get(_UNTIL)
    if not pk or not until or datetime.fromisoformat(until) <= timezone.now():
        return None
    return DataRequest.objects.filter(pk=UUID(pk), erased_at=None).exclude(mail="").first()


def close(request: HttpRequest) -> None:
    for key in (_TOKEN, _OPENED, _UNTIL):
        request.session.pop(key, None)


def has_account(asked: DataRequest) -> bool:
    """Then password and second factor guard the data, and a mail address alone opens nothing."""
    return (
        Account.objects.filter(email__iexact=asked.mail).exists()
        or Account.objects.filter(emailaddress__email__iexact=asked.mail).exists()
    )
