from django import template

from quartierwerk import rights
from quartierwerk.journal import register as versioned
from quartierwerk.web import addresses

register = template.Library()


@register.simple_tag(takes_context=True)
def public_url(context, name, **keys):
    """{% public_url 'directory:offer' pk=offer.pk %}: a portal page in the reader's language."""
    return addresses.public(name, context["request"], **keys)


@register.simple_tag(takes_context=True)
def staff_url(context, name, **keys):
    return addresses.staff(name, context["request"], **keys)


@register.simple_tag(takes_context=True)
def history_url(context, record) -> str:
    """{% history_url offer as history %}: where its earlier versions stand; empty where the reader may not see them."""
    request, kind = context["request"], versioned.kind_of(record)
    if kind is None or record._state.adding or not rights.may(request.person, kind.action, record):
        return ""
    return addresses.staff(versioned.PAGE, request, kind=kind.name, pk=record.pk)
