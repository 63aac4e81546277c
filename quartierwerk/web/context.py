"""The frame around every page: whose portal it is, in which language, where one is and whom one can ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language

from quartierwerk.languages.interface import BY_CODE, INTERFACE_LANGUAGES
from quartierwerk.rights import needs_second_factor
from quartierwerk.web import addresses, typed
from quartierwerk.web.navigation import Link, account_nav, footer_nav, public_nav, staff_nav
from quartierwerk.web.typed import Typed

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True)
class Contact:
    """The human being who helps when the page does not. Empty parts are not drawn."""

    office: str
    person: str = ""
    place: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""
    languages: str = ""


@dataclass(frozen=True)
class Session:
    seconds: int
    renew_url: str
    sign_in_url: str


@dataclass(frozen=True)
class LanguageLink:
    code: str
    autonym: str
    autonym_lang: str
    dir: str
    url: str
    current: bool


class Frame:
    """What the base templates need, computed when they ask for it.

    Nothing here fails when the request broke off before the tenant or the person was known: error pages use it too.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.contact_is_shown = False  # on this page already, so that a person helps once

    @cached_property
    def tenant(self) -> Any | None:
        return getattr(self.request, "tenant", None)

    @cached_property
    def lang(self) -> str:
        """Language of the frame. Contents may be in one the interface does not speak (`request.lang`)."""
        return get_language() or "en"

    @property
    def dir(self) -> str:
        language = BY_CODE.get(self.lang)
        return language.dir if language else "ltr"

    @property
    def language(self) -> str:
        """The current language's own name."""
        language = BY_CODE.get(self.lang)
        return language.autonym if language else self.lang

    @cached_property
    def languages(self) -> list[LanguageLink]:
        return [
            LanguageLink(
                code=language.code,
                autonym=language.autonym,
                autonym_lang=language.autonym_lang,
                dir=language.dir,
                url=same_page_in(self.request, language.code),
                current=language.code == self.lang,
            )
            for language in INTERFACE_LANGUAGES
        ]

    @property
    def home_url(self) -> str:
        return addresses.public("home", self.request) if self.tenant else "/"

    @cached_property
    def nav(self) -> list[Link]:
        return public_nav.links(self.request) if self.tenant else []

    @cached_property
    def staff_nav(self) -> list[Link]:
        return staff_nav.links(self.request) if self.person and self.tenant else []

    @cached_property
    def footer(self) -> list[Link]:
        """The footer's lists: each a heading with its links below."""
        return footer_nav.links(self.request) if addresses.whose(self.request) else []

    @cached_property
    def account_links(self) -> tuple[Link, ...]:
        lists = account_nav.links(self.request) if self.person else []
        return lists[0].below if lists else ()

    @property
    def is_inside(self) -> bool:
        """Whether somebody works in the back office: she stays in it when a page is missing there."""
        return getattr(self.request, "area", "") == "staff" and bool(self.staff_nav)

    @property
    def base_of_errors(self) -> str:
        return "web/staff_base.html" if self.is_inside else "web/public_base.html"

    @property
    def staff_url(self) -> str:
        if self.tenant is None and self.person:
            return resolve_url(settings.LOGIN_REDIRECT_URL)
        return self.staff_nav[0].url if self.staff_nav else self.home_url

    @property
    def sign_out_url(self) -> str:
        return reverse("account_logout")

    @property
    def session(self) -> Session | None:
        """When the session of a signed-in person ends if nothing is asked for."""
        if self.person is None or not hasattr(self.request, "session"):
            return None
        return Session(
            seconds=self.request.session.get_expiry_age(),
            renew_url=reverse("session"),
            sign_in_url=resolve_url(settings.LOGIN_URL),
        )

    @property
    def subnav(self) -> tuple[Link, ...]:
        """Second level of the staff section one is in; one page alone needs no row."""
        below = next((link.below for link in self.staff_nav if link.current), ())
        return below if len(below) > 1 else ()

    @cached_property
    def person(self) -> Any | None:
        """Who is signed in; a visitor is nobody here."""
        person = getattr(self.request, "person", None)
        return person if person is not None and getattr(person, "is_known", True) else None

    @property
    def typed(self) -> Typed | None:
        """What was typed before the session ended and stands in the form again."""
        return typed.active()

    @property
    def needs_second_factor(self) -> bool:
        return self.person is not None and needs_second_factor(self.person)

    @property
    def example_account(self) -> bool:
        """Signed in with an example account, which on one's own machine is spared the second factor of its role."""
        is_example = getattr(getattr(self.request, "user", None), "is_example", False)
        return bool(is_example) and self.needs_second_factor

    @property
    def example(self) -> bool:
        return bool(getattr(self.tenant, "is_example", False))

    @property
    def official(self) -> bool:
        """The head line that marks official pages: the operator decides, an example town never has it."""
        return bool(self.tenant) and not self.example and getattr(settings, "OFFICIAL_SITE", False)

    @cached_property
    def contact(self) -> Contact | None:
        """The municipality's contact, or that of the Region above it: whatever of `contact_…` is filled in.

        Where the page belongs to none, that of who runs the installation.
        """
        whose = addresses.whose(self.request)
        if not getattr(whose, "contact_office", ""):
            whose = getattr(whose, "parent", None)
        office = getattr(whose, "contact_office", "")
        if not office:
            return None
        part = {
            name: getattr(whose, f"contact_{name}", "") or ""
            for name in ("person", "place", "phone", "email", "hours", "languages")
        }
        return Contact(office=office, **part)

    @property
    def print_url(self) -> str:
        """The page's own address, as the printed sheet shows it."""
        return self.request.build_absolute_uri(self.request.path)


def same_page_in(request: HttpRequest, code: str) -> str:
    """The same page, with its query, in another language.

    Portal addresses begin with the language, also those that lead nowhere; elsewhere `?lang=` asks for it.
    """
    first, slash, rest = request.path.lstrip("/").partition("/")
    match = getattr(request, "resolver_match", None)
    asked = match.kwargs.get("lang") if match else None
    if slash and (first in BY_CODE or first in (asked, getattr(request, "lang", None))):
        query = request.META.get("QUERY_STRING", "")
        return f"/{code}/{rest}" + (f"?{query}" if query else "")
    query_dict = request.GET.copy()
    query_dict["lang"] = code
    return f"{request.path}?{query_dict.urlencode()}"


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: `frame` in every template."""
    return {"frame": Frame(request)}
