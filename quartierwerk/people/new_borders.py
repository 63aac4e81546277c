"""Who worked for a quarter works for the one that takes its place, and still reads what was recorded before."""

from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext

from quartierwerk import journal
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Person

from .models import Membership


def follow(old: SocialSpace, new: SocialSpace, day: date, by: Person) -> None:
    """Give every role of the old quarter in the new one too, from the day on and for the same time."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    for membership in _held(old, start):
        begin = max(start, membership.valid_from) if membership.valid_from else start
        given, made = Membership.objects.get_or_create(
            tenant=membership.tenant,
            account=membership.account,
            role=membership.role,
            space=new,
            organisation_id=membership.organisation_id,
            team_id=membership.team_id,
            defaults={
                "valid_from": None if begin <= timezone.now() else begin,
                "valid_until": membership.valid_until,
                "given_by": by.account_id,
            },
        )
        if made:
            journal.record("role given", given, by=by)


def foretell(old: SocialSpace) -> str:
    """How many people will work in the new quarter too; who may see them looks at Colleagues."""
    number = _held(old, timezone.now()).values("account_id").distinct().count()
    return (
        ngettext(
            "%(number)d person who works in this quarter gets the same role in the new one, for the same time.",
            "%(number)d people who work in this quarter get the same roles in the new one, for the same time.",
            number,
        )
        % {"number": number}
        if number
        else ""
    )


def _held(space: SocialSpace, moment: datetime):
    return Membership.objects.filter(tenant=space.tenant, space=space).filter(
        Q(valid_until=None) | Q(valid_until__gt=moment)
    )
