"""What was typed when the session ended is not lost: kept sealed on the server, shown again after signing in (W1.2).

A cookie names the account and holds a random token for this browser. Without it nothing is kept, so strangers cannot
fill the table; the token is part of the sealing key, so the database alone does not give the text away. Another
account in the same browser, or the same account in another browser, does not see it. Files and passwords are left out.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.core import signing
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from quartierwerk.web import once
from quartierwerk.web.typed import Typed

from . import sealing
from .models import KeptInput

COOKIE = "qw_browser"
PARAMETER = "typed"
KEEP = timedelta(hours=24)
MOST_TEXT = 200_000  # characters, of one form
MOST_FORMS = 5  # of one account in one browser
_COOKIE_SECONDS = 48 * 60 * 60
_SALT = "quartierwerk.people.kept"
_NEVER = ("csrfmiddlewaretoken", "password", "credential", "code", "secret")


@dataclass(frozen=True)
class Browser:
    account_id: str
    token: str

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.token.encode()).hexdigest()

    @property
    def purpose(self) -> str:
        return f"kept {self.account_id} {self.token}"


def browser_of(request) -> Browser | None:
    try:
        said = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_COOKIE_SECONDS)
        return Browser(said["account"], said["token"])
    except (signing.BadSignature, KeyError, TypeError):
        return None


def mark_browser(request, response) -> None:
    """Give the cookie to whoever is signed in; take it from whoever signed out himself."""
    if getattr(request, "signed_out", False):
        response.delete_cookie(COOKIE)
    elif request.user.is_authenticated:
        browser = browser_of(request)
        if browser is None or browser.account_id != str(request.user.pk):
            said = {"account": str(request.user.pk), "token": secrets.token_urlsafe(24)}
            response.set_cookie(
                COOKIE,
                signing.dumps(said, salt=_SALT),
                max_age=_COOKIE_SECONDS,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )


def keep(request) -> str:
    """Keep this form and tell where it shows again; empty where nothing may or can be kept."""
    browser = browser_of(request)
    if browser is None or request.method != "POST" or once.leaves_no_trace(request):
        return ""
    values = {
        name: request.POST.getlist(name)
        for name in request.POST
        if not any(word in name.lower() for word in _NEVER)
    }
    text = json.dumps({"page": _page(request), "values": values, "files": sorted(request.FILES)})
    if not values or len(text) > MOST_TEXT:
        return ""
    mine = KeptInput.objects.filter(account_id=browser.account_id, browser=browser.fingerprint)
    surplus = mine.order_by("-created_at").values_list("pk", flat=True)[MOST_FORMS - 1 :]
    KeptInput.objects.filter(pk__in=list(surplus)).delete()
    row = KeptInput.objects.create(
        account_id=browser.account_id,
        browser=browser.fingerprint,
        target=request.path[:500],
        sealed=sealing.seal(text, browser.purpose),
    )
    page = _page(request)
    return f"{page}{'&' if '?' in page else '?'}{PARAMETER}={row.pk}"


def _page(request) -> str:
    """The page with the form: where the browser came from if that was ours, else where the form went."""
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host() or came_from.path.startswith("/accounts/"):
        return request.path
    query = QueryDict(came_from.query, mutable=True)
    query.pop(PARAMETER, None)
    return f"{came_from.path}?{query.urlencode()}" if query else came_from.path


def find(request, pk) -> Typed | None:
    """What this account typed in this browser not more than a day ago."""
    browser = browser_of(request)
    if browser is None or not request.user.is_authenticated or browser.account_id != str(request.user.pk):
        return None
    rows = KeptInput.objects.filter(account=request.user, browser=browser.fingerprint)
    row = rows.filter(pk=pk, created_at__gt=timezone.now() - KEEP).first()
    if row is None:
        return None
    try:
        said = json.loads(sealing.unseal(row.sealed, browser.purpose))
    except (sealing.Broken, ValueError):
        return None
    data = QueryDict(mutable=True)
    for name, values in said["values"].items():
        data.setlist(name, values)
    return Typed(
        data=data,
        target=row.target,
        page=said["page"],
        had_files=bool(said["files"]),
        url=reverse("kept-input", args=[row.pk]),
        discard_url=reverse("discard-kept-input", args=[row.pk]),
    )


def forget(request, *, target: str = "", pk=None) -> None:
    """Once the text arrived, or its writer does not want it back."""
    browser = browser_of(request)
    if browser and request.user.is_authenticated:
        rows = KeptInput.objects.filter(account=request.user, browser=browser.fingerprint)
        rows.filter(**({"pk": pk} if pk else {"target": target})).delete()
