from django.utils.translation import gettext_lazy as _

from quartierwerk.messages import kinds

from .mailing import kind  # noqa: F401 - declares its own

ASK = _("Your organisation and its offers stand on the pages of {municipality}. People rely on them.")
HOW = _("Please open the page, look at it and press the button. It takes a minute and needs no account.")
kinds.register(
    kinds.Kind(
        "entry still true",
        subject=_("Are your entries at {municipality} still true?"),
        sentences=(ASK, HOW),
        link_label=_("Look at the entries and confirm:"),
        after=(_("If you are not the right person, please pass this mail on."),),
        secret=True,
    )
)
kinds.register(
    kinds.Kind(
        "entry still true, reminder",
        subject=_("Reminder: are your entries at {municipality} still true?"),
        sentences=(ASK, HOW),
        link_label=_("Look at the entries and confirm:"),
        after=(_("Without an answer the entries are marked as unconfirmed, and later no longer shown."),),
        secret=True,
    )
)
kinds.register(
    kinds.Kind(
        "place given",
        subject=_("You have a place"),
        sentences=(
            _("You asked {municipality} for a place. You have one."),
            _("Please come, or say so in time if you cannot: somebody else is waiting."),
        ),
    )
)
kinds.register(
    kinds.Kind(
        "registration declined",
        subject=_("About your request for a place"),
        sentences=(
            _("You asked {municipality} for a place. Unfortunately there is none for you this time."),
            _("Have a look at the other offers, or ask us: we help you search."),
        ),
    )
)
kinds.register(
    kinds.Kind(
        "place asked for",
        subject=_("Somebody asks for a place"),
        sentences=(_("Somebody asks for a place in one of your offers. Please answer within a few days."),),
        link_label=_("See it here:"),
    )
)
kinds.register(
    kinds.Kind(
        "offer could not be used",
        subject=_("Somebody could not use an offer"),
        sentences=(
            _("A visitor reported what stood in the way. It is shown with the offer until it is cleared."),
        ),
        link_label=_("See it here:"),
    )
)
kinds.register(
    kinds.Kind(
        "wish",
        subject=_("Somebody misses something in {municipality}"),
        sentences=(_("A visitor said what is missing."),),
        link_label=_("See it here:"),
    )
)
kinds.register(
    kinds.Kind(
        "change declined",
        subject=_("A change of your entries was not taken over"),
        sentences=(
            _(
                "Somebody at {municipality} looked at what you changed. It was not taken over as you wrote it."
            ),
            _("What you wrote is kept. You can change it and send it again."),
        ),
        link_label=_("Read the reason here:"),
    )
)
