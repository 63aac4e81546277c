from django.utils.translation import gettext_lazy as _

from quartierwerk.messages import kinds

HOW = _(
    "Please open the page and choose one answer for each measure. It takes three minutes and needs no account."
)
kinds.register(
    kinds.Kind(
        "state of measures",
        subject=_("How far are your measures in {municipality}?"),
        sentences=(
            _("Once a month the coordination office asks how far the measures of the concept are."),
            HOW,
        ),
        link_label=_("Report here:"),
        after=(_("If you are not the right person, please pass this mail on."),),
        secret=True,
    )
)
kinds.register(
    kinds.Kind(
        "state of measures, reminder",
        subject=_("Reminder: how far are your measures in {municipality}?"),
        sentences=(_("Some of your measures are still without a word for this month."), HOW),
        link_label=_("Report here:"),
        after=(_("After two reminders the measures are shown with “no report”, not as on track."),),
        secret=True,
    )
)
kinds.register(
    kinds.Kind(
        "week of the plan",
        subject=_("Your week in the concept of {municipality}"),
        sentences=(_("This concerns you this week:"), "{text}"),
        link_label=_("All of it, with links:"),
        after=(
            _("You can switch this mail off on the same page. When nothing concerns you, no mail comes."),
        ),
        values=frozenset({"text"}),
    )
)
kinds.register(
    kinds.Kind(
        "meeting invitation",
        subject=_("Invitation to a meeting in {municipality}"),
        sentences=(
            _("You are invited: {title}"),
            _("When: {when}\nWhere: {place}"),
            _("Agenda:\n{agenda}"),
            _(
                "The date for your diary is attached. If you cannot come, please pass this mail on to your deputy."
            ),
        ),
        link_label=_("The meeting in Quartierwerk, if you have an account:"),
        values=frozenset({"title", "when", "place", "agenda"}),
    )
)
kinds.register(
    kinds.Kind(
        "meeting cancelled",
        subject=_("A meeting in {municipality} does not take place"),
        sentences=(
            _("This meeting does not take place: {title}"),
            _("It was planned for: {when}\nWhere: {place}"),
            _("Reason: {reason}"),
        ),
        link_label=_("The meeting in Quartierwerk, if you have an account:"),
        values=frozenset({"title", "when", "place", "reason"}),
    )
)
