"""Building addresses: views and templates name a page; language and municipality come from the request."""

from django.urls import reverse


def public(name: str, request, *, lang: str | None = None, tenant: str | None = None, **keys) -> str:
    """Address of a portal page in the reader's language, or in `lang`."""
    place = {"lang": lang or request.lang, "tenant": tenant or request.tenant.slug}
    return reverse(name, kwargs={**place, **keys})


def staff(name: str, request, *, tenant: str | None = None, **keys) -> str:
    return reverse(name, kwargs={"tenant": tenant or request.tenant.slug, **keys})


def same_page(request, lang: str) -> str:
    """This page in another language, its filters kept (R1.03)."""
    match = request.resolver_match
    if match is None or "lang" not in match.kwargs:
        return ""
    address = reverse(match.view_name, kwargs={**match.kwargs, "lang": lang})
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address
