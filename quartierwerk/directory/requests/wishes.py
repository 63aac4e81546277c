"""What is missing here: a search without an answer, or somebody's own words, with quarter and language."""

from django.db import transaction

from quartierwerk import journal
from quartierwerk.people import throttling
from quartierwerk.places.models import SocialSpace
from quartierwerk.tenants import scope

from ..models import Wish
from .telling import tell_of_wish


def leave(request, values: dict, *, by_staff: bool = False) -> Wish:
    """Keep a wish and tell the coordinators. values: words, topic, space (id), language, reach. Raises TooMany."""
    if not by_staff:
        throttling.count(request, "wish")
        throttling.count_for_place(request, "wish_place")
    with scope.entered(scope.staff(request.tenant)), transaction.atomic():
        space = SocialSpace.objects.filter(pk=values["space"]).first() if values.get("space") else None
        wish = Wish.objects.create(
            words=values.get("words", ""),
            topic=values.get("topic", ""),
            space=space,
            language=values.get("language") or request.lang,
            reach=values.get("reach", ""),
            on_behalf=by_staff,
        )
        journal.record("wish left", wish, by=request.person)
        tell_of_wish(request, wish)
    return wish
