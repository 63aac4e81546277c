from django.utils.translation import gettext_lazy as _

from quartierwerk.messages import kinds

from .votes.drawing import KIND

kinds.register(
    kinds.Kind(
        "voice given",
        subject=_("Somebody said something to {municipality}"),
        sentences=(_("A voice has arrived. Somebody reads it before it is shown, and answers in time."),),
        link_label=_("Read it here:"),
    )
)
kinds.register(
    kinds.Kind(
        "question asked",
        subject=_("Somebody asks a person at {municipality}"),
        sentences=(
            _("Somebody wants to speak with a person. An answer is promised within a few working days."),
        ),
        link_label=_("Read it here:"),
    )
)
kinds.register(
    kinds.Kind(
        "question waits",
        subject=_("A question at {municipality} waits too long"),
        sentences=(_("Nobody has answered it within the term. Please look after it today."),),
        link_label=_("Read it here:"),
    )
)
kinds.register(
    kinds.Kind(
        "voice reopened",
        subject=_("Not solved yet: a voice in {municipality} is open again"),
        sentences=(_("Whoever gave the voice says that it is not solved. The term begins anew."),),
        link_label=_("Read it here:"),
    )
)
kinds.register(
    kinds.Kind(
        "voice answered",
        subject=_("{municipality} has answered you"),
        sentences=(
            _("You said something to us. There is an answer."),
            _("Open the page and type the code from your slip."),
        ),
        link_label=_("Read the answer here:"),
        after=(_("If you have lost the code, the office gives you a new one."),),
    )
)
kinds.register(
    kinds.Kind(
        KIND,
        subject=_("Your code for a vote in {municipality}"),
        sentences=(
            _("The municipality asks everybody who lives here, and you may vote."),
            _(
                "Behind this link you draw your code. It is shown once; please have something to write at hand."
            ),
        ),
        link_label=_("Draw the code here:"),
        after=(_("Please do not pass this mail on: the link works once, and for you only."),),
        secret=True,
    )
)
