from django import template

from quartierwerk import rights

from ..models import Concept

register = template.Library()


@register.inclusion_tag("planning/staff/strands/_switch.html", takes_context=True)
def strands(context, concept: Concept | None):
    """From one strategy of the municipality to another, on the page one is on; nothing where there is only one."""
    rows = rights.visible(context["request"].person, "planning.read", Concept.objects.all())
    return {"strands": list(rows.order_by("position", "slug")), "current": concept}
