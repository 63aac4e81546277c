"""All addresses of the installation with their policies: what the checks and the rights matrix walk."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from .policies import Policy, of_view


@dataclass(frozen=True)
class Address:
    route: str
    name: str  # with namespaces, "directory:offer"
    view: object
    policy: Policy | None


def walk(resolver: URLResolver | None = None, prefix: str = "", names: tuple = ()) -> Iterator[Address]:
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            spaces = (*names, pattern.namespace) if pattern.namespace else names
            yield from walk(pattern, route, spaces)
        elif isinstance(pattern, URLPattern):
            view = pattern.callback
            policy = of_view(view)
            yield Address(route, ":".join((*names, pattern.name or "")), view, policy)
