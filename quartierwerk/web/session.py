"""Keeping a session while somebody types; the page asks shortly before the end (frontend/js/session.js)."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quartierwerk.rights import open_to_all


@open_to_all
@never_cache
@require_GET
def session(request: HttpRequest) -> JsonResponse:
    """Tells whether one is signed in, and prolongs the session.

    The token is handed out again because signing in elsewhere changes it, and the open form must stay sendable.
    """
    if not request.user.is_authenticated:  # type: ignore[attr-defined]
        return JsonResponse({"signed_in": False}, status=401)
    request.session.modified = True
    return JsonResponse(
        {"signed_in": True, "seconds": request.session.get_expiry_age(), "csrf": get_token(request)}
    )
