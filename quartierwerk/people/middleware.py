"""Finds out, before anything else runs, where a request is (portal, back office, installation) and who asks.

Sets `request.tenant`, `request.person`, `request.lang`, enters the scope for the whole request, asks the policy
of the address, and gives history and journal the request's id. An address without policy is refused.
"""

import re
import uuid
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django_htmx.http import HttpResponseClientRedirect

from quartierwerk import journal
from quartierwerk.journal import context
from quartierwerk.languages import choosing
from quartierwerk.languages.interface import BY_CODE
from quartierwerk.rights import VISITOR, may, policies
from quartierwerk.tenants import kept as tenants
from quartierwerk.tenants import scope
from quartierwerk.web import typed
from quartierwerk.web.converters import LanguageTag

from . import kept
from .persons import has_worked_in, person_of

# Views take the record's keys only; these two are read here once for all.
PLACE_KEYS = ("tenant", "lang")

# Pages without a language in their address (signing in, back office) take it from `?lang=` once it was asked for.
LANGUAGE_COOKIE = "qw_lang"

STAFF_START = re.compile(r"/staff/(?P<tenant>[-\w]+)/")
PORTAL_START = re.compile(rf"/(?P<lang>{LanguageTag.regex})/(?P<tenant>[-\w]+)/")


class PlaceAndPerson:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4().hex
        request.tenant, request.person, request.lang = None, VISITOR, choosing.DEFAULT
        request.area = "installation"
        try:
            match = resolve(request.path_info)
        except Resolver404:
            match = None
        request.resolver_match = match
        with scope.entered(scope.NOBODY):
            self._find_place(request, match)
            with (
                scope.entered(self._scope(request)),
                translation.override(choosing.frame_language(request.lang)),
                context.during(request.id, actor=request.person.account_id),
                typed.shown_again(self._typed_before(request)),
            ):
                response = self.get_response(request)
                response = self._after(request, response)
        response.headers.setdefault("Content-Language", request.lang)
        return response

    @staticmethod
    def _typed_before(request) -> typed.Typed | None:
        pk = request.GET.get(kept.PARAMETER, "") if request.method == "GET" else ""
        try:
            return kept.find(request, uuid.UUID(pk)) if pk else None
        except ValueError:
            return None

    @staticmethod
    def _after(request, response):
        shown = typed.active()
        if shown and response.status_code in (404, 405):
            return HttpResponseRedirect(
                shown.url
            )  # that address only takes forms; the text has a page of its own
        if request.method == "POST" and request.person.is_known and response.status_code in (302, 303):
            kept.forget(request, target=request.path)
        if request.area != "portal" and request.GET.get("lang") in BY_CODE:
            response.set_cookie(LANGUAGE_COOKIE, request.GET["lang"], httponly=True, samesite="Lax")
        return response

    def _find_place(self, request, match) -> None:
        keys = match.kwargs if match else _place_in(request.path_info)
        if slug := keys.get("tenant"):
            request.tenant = tenants.by_slug(slug)
        request.area = (
            "staff" if request.path_info.startswith("/staff/") else "portal" if slug else "installation"
        )
        account = request.user if request.user.is_authenticated else None
        request.person = person_of(account, request.tenant.pk if request.tenant else None)
        if request.area == "portal":
            request.lang = keys.get("lang") or choosing.DEFAULT
        elif (asked := request.GET.get("lang")) in BY_CODE:
            request.lang = asked
        elif account:
            request.lang = account.language
        elif (asked := request.COOKIES.get(LANGUAGE_COOKIE)) in BY_CODE:
            request.lang = asked
        else:
            request.lang = choosing.best_for(request.headers.get("Accept-Language", ""))

    def _scope(self, request) -> scope.Scope:
        if request.tenant is None:
            return scope.NOBODY
        if request.area == "staff":
            member = any(grant.tenant_id == request.tenant.pk for grant in request.person.grants)
            return scope.staff(request.tenant) if member else scope.NOBODY
        return scope.portal(request.tenant)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        policy = policies.of(match)
        if "tenant" in kwargs and request.tenant is None:
            raise Http404
        if request.area == "portal" and not choosing.is_readable(request.lang, request.tenant.languages):
            # The page that says so leads on in a language that there is.
            request.lang = choosing.best_for(request.headers.get("Accept-Language", ""))
            translation.activate(request.lang)
            raise Http404
        for key in PLACE_KEYS:
            kwargs.pop(key, None)
        if policy is None:
            raise Http404  # forgotten; the system check has said so at the start
        if policy.kind == "open":
            return None
        if not request.person.is_known:
            return self._sign_in_first(request)
        if policy.kind == "right" and not may(request.person, policy.action):
            journal.record_security(f"refused {policy.action}", by=request.person, result="refused")
            if not request.person.grants_here() and has_worked_in(request.person, request.tenant):
                return HttpResponseRedirect(reverse("staff-start"))  # says that the role has ended
            raise Http404
        return None

    @staticmethod
    def _sign_in_first(request):
        """To the sign-in page and back; a form that came too late is kept meanwhile."""
        if request.method in ("GET", "HEAD") and not request.htmx:
            back = request.get_full_path()
        else:
            back = kept.keep(request) or urlsplit(request.htmx.current_url or "").path or request.path
        address = f"{reverse('account_login')}?{urlencode({'next': back})}"
        return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


def _place_in(path: str) -> dict[str, str]:
    """Language and place of an address that does not exist: its page says so in that language, there."""
    if inside := STAFF_START.match(path):
        return inside.groupdict()
    found = PORTAL_START.match(path)
    return found.groupdict() if found and found["lang"] in BY_CODE else {}
