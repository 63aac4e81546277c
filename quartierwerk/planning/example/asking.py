"""The mail with which two departments are asked how far their measures are: as the office sends it by hand."""

from django.conf import settings

from quartierwerk.rights import worker

from ..measures.update.asking import send_by_hand
from .plan import Plan


def ask(plan: Plan) -> None:
    """For the month in which the town is loaded, so that the links open. Nobody is written to: where mails really go
    out, none is made."""
    if settings.MAIL_HOST:
        return
    office = worker("example", plan.town.pk)
    for number in plan.read("steering")["asked_this_month"]:
        send_by_hand(plan.teams[number].pk, by=office)
