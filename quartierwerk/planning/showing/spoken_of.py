"""What somebody says of the plan leads with what it is about: a measure, a field of action, a quarter, a concept."""

from uuid import UUID

from quartierwerk.directory.requests import about
from quartierwerk.directory.requests.about import About
from quartierwerk.web import addresses

from . import concept_pages, published


def register() -> None:
    about.finders.append(find)


def find(request, pk: UUID) -> About | None:
    """Called as staff know it, in whatever language the page is read."""
    if measure := published.measures(request.tenant).filter(pk=pk).first():
        url = addresses.public("planning:measure", request, pk=pk)
        return About(pk, measure.title, measure.language, url)
    if field := concept_pages.find_field(request, pk):
        url = addresses.public("planning:field", request, pk=pk)
        return About(pk, field.name, field.language, url)
    if concept := published.concepts(request.tenant).filter(pk=pk).first():
        url = addresses.public("planning:concept", request, concept=concept.slug)
        return About(pk, concept.title, concept.language, url)
    if space := concept_pages.find_quarter(request, pk):
        url = addresses.public("planning:quarter", request, pk=pk)
        return About(pk, space.name, request.tenant.source_language, url)
    return None
