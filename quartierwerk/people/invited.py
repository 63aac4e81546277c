"""The invitation that somebody has opened in this browser, from the link until it is accepted."""

from .models import Invitation

_KEY = "invitation"


def remember(request, token: str) -> None:
    request.session[_KEY] = token


def forget(request) -> None:
    request.session.pop(_KEY, None)


def pending_token(request) -> str:
    return request.session.get(_KEY, "")


def pending(request) -> Invitation | None:
    token = pending_token(request)
    return Invitation.opened_by(token) if token else None
