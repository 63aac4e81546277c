"""Building addresses: views and templates name a page; language and municipality come from the request."""

from django.urls import reverse

from quartierwerk.tenants.models import Tenant


def public(name: str, request, *, lang: str | None = None, tenant: str | None = None, **keys) -> str:
    """Address of a portal page in the reader's language, or in `lang`."""
    place = {"lang": lang or request.lang, "tenant": tenant or request.tenant.slug}
    return reverse(name, kwargs={**place, **keys})


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
