"""A voice leads to a need: to a new one, or to one that is known already (R8.04)."""

from django.db import transaction

from quartierwerk import journal, rights, search
from quartierwerk.chain.actions import link
from quartierwerk.chain.models import Relation
from quartierwerk.planning.models import Need
from quartierwerk.rights import Person

from ..models import Voice


@transaction.atomic
def make_need(voice: Voice, *, title: str, urgency: int, language: str, by: Person) -> Need:
    """New, in the voice's quarter, linked at once; not public until somebody decides so. Raises Refused."""
    rights.require(by, "planning.write")
    need = Need.objects.create(
        title=title,
        language=language,
        space=voice.space,
        urgency=urgency,
        noticed_on=voice.received_on,
    )
    journal.record("need added", need, by=by)
    tie(voice, need, by=by)
    search.changed()
    return need


def tie(voice: Voice, need: Need, *, by: Person) -> None:
    """The chain leads from the voice to the need; a second time it stays one link. Raises Refused."""
    link(voice, need, Relation.LED_TO, by=by)
