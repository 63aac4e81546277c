"""Building addresses: views and templates name a page; language and municipality come from the request."""

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse

from quartierwerk.tenants.models import Tenant

_NO_RECORD = UUID(int=0)
_NO_RECORD_WRITTEN = str(_NO_RECORD)


def public(name: str, request, *, lang: str | None = None, tenant: str | None = None, **keys) -> str:
    """Address of a portal page in the reader's language, or in `lang`."""
    lang, tenant = lang or request.lang, tenant or request.tenant.slug
    if not keys:
        return _known(name, lang, tenant, None, *_here(request))
    if keys.keys() == {"pk"} and isinstance(keys["pk"], UUID):
        # The addresses of a page's records differ in nothing but this.
        known = _known(name, lang, tenant, _NO_RECORD, *_here(request))
        return known.replace(_NO_RECORD_WRITTEN, str(keys["pk"]))
    return reverse(name, kwargs={"lang": lang, "tenant": tenant, **keys})


def _here(request) -> tuple[str, str]:
    """What else an address depends on; the same during a whole request."""
    known = getattr(request, "addresses_start_from", None)
    if known is None:
        known = get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF
        if isinstance(request, HttpRequest):  # mails and files have a stand-in for it
            request.addresses_start_from = known  # type: ignore[attr-defined]
    return known


# A page names some fifty addresses of its portal, the same as the page before.
@lru_cache(maxsize=10_000)
def _known(name: str, lang: str, tenant: str, pk: UUID | None, _prefix: str, _urlconf: str) -> str:
    return reverse(name, kwargs={"lang": lang, "tenant": tenant} | ({} if pk is None else {"pk": pk}))


def staff(name: str, request, *, tenant: str | None = None, **keys) -> str:
    return reverse(name, kwargs={"tenant": tenant or request.tenant.slug, **keys})


def carrying_language(url: str, request) -> str:
    """A page without a language in its address, opened in the language the reader chose here."""
    return f"{url}?lang={request.lang}" if getattr(request, "area", "") == "portal" else url


def whose(request) -> Tenant | None:
    """Whose contact and legal texts the page shows: the municipality it belongs to, else who runs the installation."""
    if tenant := getattr(request, "tenant", None):
        return tenant
    if not hasattr(request, "operated_by"):
        request.operated_by = Tenant.objects.operating()
    return request.operated_by
