"""A network address without its end: which network, no longer which machine."""

from django.db.models import F, Func, GenericIPAddressField, QuerySet
from django.db.models.functions import Cast


def network(field: str) -> Func:
    """The first 24 bits of an IPv4 address, the first 48 of an IPv6 one; the rest is zero."""
    masked = Func(
        F(field),
        template="set_masklen(%(expressions)s, case family(%(expressions)s) when 4 then 24 else 48 end)",
        output_field=GenericIPAddressField(),
    )
    # `network` gives a cidr; as text without its length it is an address again.
    bare = Func(masked, template="host(network(%(expressions)s))", output_field=GenericIPAddressField())
    return Cast(bare, GenericIPAddressField())


def not_shortened(events: QuerySet) -> QuerySet:
    return events.exclude(address=None).exclude(address=network("address"))
