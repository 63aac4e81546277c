from django import template

from quartierwerk.web import addresses

register = template.Library()


@register.simple_tag(takes_context=True)
def public_url(context, name, **keys):
    """{% public_url 'directory:offer' pk=offer.pk %}: a portal page in the reader's language."""
    return addresses.public(name, context["request"], **keys)


@register.simple_tag(takes_context=True)
def staff_url(context, name, **keys):
    return addresses.staff(name, context["request"], **keys)
