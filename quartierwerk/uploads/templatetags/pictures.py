from django import template

from quartierwerk.uploads import pages
from quartierwerk.uploads.models import Picture

register = template.Library()


@register.inclusion_tag("uploads/_picture.html", takes_context=True)
def picture(
    context, picture: Picture | str | None, size: str = "page", credit: bool = True, alt: str | None = None
):
    """A record's picture with its description in the reader's language, and who made it; nothing where there is none.

    `alt=""` where the same words stand beside the picture already.
    """
    if not isinstance(picture, Picture):  # templates give "" for what is not there
        return {"shown": None}
    return {
        "shown": pages.shown(picture, context["request"], size),
        "size": size,
        "credit": credit,
        "silent": alt == "",
    }
