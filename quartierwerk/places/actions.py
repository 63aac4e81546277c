from datetime import date

from django.db import transaction

from quartierwerk import journal, rights
from quartierwerk.rights import Person

from . import rules
from .models import SocialSpace, Succession
from .register import register
from .rules import Refusal


class NotReplaceable(ValueError):
    """The space cannot end on this day; `reason` as in rules.py."""

    def __init__(self, reason: Refusal):
        super().__init__(str(reason))
        self.reason = reason


@transaction.atomic
def replace_space(old: SocialSpace, new: SocialSpace, day: date, *, by: Person) -> SocialSpace:
    """From `day` on `new`, not saved yet, stands in place of `old` (R4.01). Raises NotReplaceable, Refused.

    The old one stays with its outline, and records keep it: they are found for old dates, and through the new one.
    """
    old = SocialSpace.objects.select_for_update(of=("self",)).get(pk=old.pk)
    rights.require(by, "places.write", old)
    if refusal := rules.may_be_replaced(old.valid_from, old.valid_until, day):
        raise NotReplaceable(refusal)
    new.valid_from, new.valid_until = day, None
    new.save()
    rights.require(by, "places.write", new)
    if old.valid_until != day:
        old.valid_until = day
        old.save(update_fields=["valid_until"])
    Succession.objects.create(earlier=old, later=new)
    journal.record("social space replaced", old, by=by, fields=["valid_until"])
    journal.record("social space added", new, by=by)
    for follow in register.followers:
        follow(old, new, day, by)
    return new
