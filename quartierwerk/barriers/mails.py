from django.utils.translation import gettext_lazy as _

from quartierwerk.messages import kinds

kinds.register(
    kinds.Kind(
        "barrier reported",
        subject=_("A barrier was reported on the pages of {municipality}"),
        sentences=(_("Somebody could not use a page. An answer is promised within four weeks."),),
        link_label=_("Read it here:"),
    )
)
