"""Who worked for a quarter works for the one that takes its place, and still reads what was recorded before."""

from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from quartierwerk import journal
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Person

from .models import Membership


def follow(old: SocialSpace, new: SocialSpace, day: date, by: Person) -> None:
    """Give every role of the old quarter in the new one too, from the day on and for the same time."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    held = Membership.objects.filter(tenant=old.tenant, space=old).filter(
        Q(valid_until=None) | Q(valid_until__gt=start)
    )
    for membership in held:
        begin = max(start, membership.valid_from) if membership.valid_from else start
        given, made = Membership.objects.get_or_create(
            tenant=membership.tenant,
            account=membership.account,
            role=membership.role,
            space=new,
            organisation_id=membership.organisation_id,
            defaults={
                "valid_from": None if begin <= timezone.now() else begin,
                "valid_until": membership.valid_until,
                "given_by": by.account_id,
            },
        )
        if made:
            journal.record("role given", given, by=by)
