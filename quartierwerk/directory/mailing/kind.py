"""The frame of a mail that a colleague writes to many organisations, in the language in which the municipality writes."""

from django.utils.translation import gettext_lazy as _

from quartierwerk.messages import kinds

TO_MANY = kinds.register(
    kinds.Kind(
        "to many organisations",
        subject=_("A message from {municipality}"),
        # What a colleague typed stands as it was typed.
        sentences=("{text}",),
        after=(_("You get this mail because your organisation stands in the directory of {municipality}."),),
        values=frozenset({"text"}),
    )
)
