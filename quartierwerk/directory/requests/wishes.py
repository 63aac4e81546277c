"""What is missing here: a search without an answer, or somebody's own words, with quarter and language."""

from django.db import transaction

from quartierwerk import journal
from quartierwerk.people import throttling
from quartierwerk.places.models import SocialSpace
from quartierwerk.tenants import scope

from ..models import Wish
from .about import About
from .telling import tell_of_wish


def leave(request, values: dict, *, by_staff: bool = False, about: About | None = None) -> Wish:
    """Keep a wish and tell the coordinators. values: words, topic, space (id), language, reach. Raises TooMany."""
    if not by_staff:
        throttling.count(request, "wish")
        throttling.count_for_place(request, "wish_place")
    with scope.entered(scope.staff(request.tenant)), transaction.atomic():
        space = SocialSpace.objects.filter(pk=values["space"]).first() if values.get("space") else None
        wish = Wish.objects.create(
            words=_led_by(about, request) + values.get("words", ""),
            topic=values.get("topic", ""),
            space=space,
            language=values.get("language") or request.lang,
            reach=values.get("reach", ""),
            on_behalf=by_staff,
        )
        journal.record("wish left", wish, by=request.person)
        tell_of_wish(request, wish)
    return wish


def _led_by(about: About | None, request) -> str:
    """What the words are about stands above them, with its address."""
    return f"{about.title}\n{request.build_absolute_uri(about.url)}\n\n" if about else ""
