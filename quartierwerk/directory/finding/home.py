"""What the directory gives the municipality's home page."""

from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk.places.models import SocialSpace
from quartierwerk.web import addresses

from .. import topics
from ..models import Organisation
from . import gathering, listed, maps


def lead(request) -> dict | None:
    offers, actors = listed.current(timezone.localdate()).count(), Organisation.published.count()
    if not offers:
        return None
    sentence = ngettext("%(n)s offer", "%(n)s offers", offers) % {"n": offers}
    who = ngettext("from %(n)s organisation", "from %(n)s organisations", actors) % {"n": actors}
    return {
        "sentence": _("%(offers)s %(who)s. Search without signing in.") % {"offers": sentence, "who": who},
        "url": addresses.public("directory:offers", request),
    }


def search(request) -> dict:
    return {
        "action": addresses.public("directory:offers", request),
        "example": _("German course, day care, football …"),
    }


def quarters(request) -> dict | None:
    spaces = SocialSpace.published.filter(tenant=request.tenant, kind=SocialSpace.Kind.QUARTER).on(
        timezone.localdate()
    )
    offers = addresses.public("directory:offers", request)
    links = [(space.name, f"{offers}?quarter={space.pk}") for space in spaces]
    if not links:
        return None
    svg = maps.of_quarters(request)
    return {"svg": mark_safe(svg) if svg else "", "spaces": links}  # noqa: S308 - drawn by us, words escaped


# Topics have no pictures of their own; those of the product's set that people read at once.
ICONS = {
    "language": "language", "school_childcare": "child", "work_training": "work", "counselling_law": "law",
    "housing": "home", "money": "money", "health": "heart", "family": "people", "women": "user", "children_youth": "child",
    "older_people": "people", "sport": "measure", "culture_leisure": "photo", "meeting_neighbours": "people",
    "volunteering": "answer", "emergency": "need",
}  # fmt: skip


def topics_with_offers(request) -> dict | None:
    """The second tap after the first: each topic with what it really holds."""
    _stamp, catalogue = gathering.catalogue_of(request.tenant)
    counts = catalogue.counts_of("topic")
    offers = addresses.public("directory:offers", request)
    found = [
        {
            "icon": ICONS.get(topic.code, "offer"),
            "label": topic.label,
            "count": counts[topic.code],
            "text": topic.explanation,
            "url": f"{offers}?topic={topic.code}",
        }
        for topic in topics.known(counts)
    ]
    return {"topics": found} if found else None
