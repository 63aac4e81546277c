from django.utils.translation import gettext_lazy as _

from quartierwerk.messages import kinds

kinds.register(
    kinds.Kind(
        "data request",
        subject=_("Your request about your data"),
        sentences=(
            _("somebody, probably you, asked which data we store about this mail address."),
            _("Behind this link you can read, take along and erase what is found."),
        ),
        link_label=_("Show my data:"),
        after=(
            _("The link works once and for {hours} hours."),
            _("If you did not ask, you need not do anything. Nobody else sees your data."),
        ),
        values=frozenset({"hours"}),
        secret=True,
    )
)
