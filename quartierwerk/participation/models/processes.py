"""Processes in which residents collect, discuss, prioritise and decide, and read in the end what came of it (R8.07)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.calendar.models import Answer, PublicDate
from quartierwerk.journal.history import tracked
from quartierwerk.languages.models import Translatable, Translation
from quartierwerk.places.models import SocialSpace
from quartierwerk.planning.models.parts import Part
from quartierwerk.tenants.models import Municipal, Visible

# An open box may stay open longer. It is neither un-opened nor closed early, a closed one is not opened again, and none is
# moved away from under its ballots.
VOTED_IN = """
if clock_timestamp() >= old.opens_at
   and ((new.opens_at, new.kind, new.process_id) is distinct from (old.opens_at, old.kind, old.process_id)
        or new.closes_at < old.closes_at
        or new.closes_at > old.closes_at and clock_timestamp() >= old.closes_at)
   and exists (select from participation_vote v where v.tenant_id = old.tenant_id and v.phase_id = old.id) then
    raise exception 'the ballot box of this phase is closed or open' using errcode = 'integrity_constraint_violation';
end if;
return new;
"""


@tracked()
class Process(Visible, Translatable):
    """One question to the residents, with its phases."""

    TEXTS = ("title", "description", "account")

    class Kind(models.TextChoices):
        BUDGET = "budget", pgettext_lazy("kind of a process", "money of the quarter")
        PLACE = "place", pgettext_lazy("kind of a process", "a place")
        CONCEPT = "concept", pgettext_lazy("kind of a process", "the concept")
        OTHER = "other", pgettext_lazy("kind of a process", "another question")

    title = models.CharField(_("question"), max_length=300)
    description = models.TextField(_("what it is about"), blank=True)
    account = models.TextField(_("what came of it"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OTHER.value)
    space = models.ForeignKey(
        SocialSpace,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="processes",
        verbose_name=_("quarter"),
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Visible.Meta):
        verbose_name = _("participation process")
        verbose_name_plural = _("participation processes")
        ordering = ["title", "id"]
        constraints = [models.CheckConstraint(name="process_has_a_title", condition=~Q(title=""))]

    def __str__(self):
        return self.title


@tracked()
class ProcessText(Translation):
    record = models.ForeignKey(Process, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("text of a participation process")
        verbose_name_plural = _("texts of participation processes")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="process_text_once"
            )
        ]


@tracked()
class Phase(Part):
    """What can be done from one instant until before another. Instants, so that the nights on which clocks change are clear."""

    PART_OF = "process"

    class Kind(models.TextChoices):
        COLLECT = "collect", pgettext_lazy("phase", "collect")
        DISCUSS = "discuss", pgettext_lazy("phase", "discuss")
        PRIORITISE = "prioritise", pgettext_lazy("phase", "prioritise")
        DECIDE = "decide", pgettext_lazy("phase", "decide")
        ACCOUNT = "account", pgettext_lazy("phase", "account for")

    process = models.ForeignKey(Process, models.CASCADE, related_name="phases", db_index=False)
    kind = models.CharField(_("phase"), max_length=10, choices=Kind)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))

    class Meta(Part.Meta):
        verbose_name = _("phase of a process")
        verbose_name_plural = _("phases of a process")
        ordering = ["opens_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "process", "kind"], name="phase_of_process_once"),
            models.CheckConstraint(
                name="phase_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="voted_in", when=pgtrigger.Before, operation=pgtrigger.Update, func=VOTED_IN
            )
        ]

    def __str__(self):
        return str(self.get_kind_display())


class Checked(models.TextChoices):
    """Nothing is published before a person looked at it."""

    RECEIVED = "received", pgettext_lazy("contribution", "to be looked at")
    SHOWN = "shown", pgettext_lazy("contribution", "shown")
    HELD = "held", pgettext_lazy("contribution", "not shown")


@tracked()
class SideFormat(Part):
    """A round for people whom the common meetings do not reach; what it results in joins the process (R8.14)."""

    PART_OF = "process"

    process = models.ForeignKey(Process, models.CASCADE, related_name="side_formats", db_index=False)
    title = models.CharField(_("title"), max_length=300)
    for_whom = models.CharField(_("for whom"), max_length=300, blank=True)
    held_on = models.DateField(_("held on"))
    people = models.PositiveSmallIntegerField(_("how many people came"), null=True, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("side format")
        verbose_name_plural = _("side formats")
        ordering = ["held_on", "id"]
        indexes = [models.Index(fields=["tenant", "process", "held_on"], name="side_formats_of_process")]

    def __str__(self):
        return self.title


# As with voices the history tells how it went, never what was said: a name taken out is gone.
@tracked(leave_out=["given_title", "given_words", "title", "words"])
class Proposal(Visible, Translatable):
    """What somebody proposes. `given_…` is hers, as typed; title and words are what a person checked, and alone are shown."""

    TEXTS = ("title", "words")

    class Origin(models.TextChoices):
        ONLINE = "online", pgettext_lazy("origin of a proposal", "online")
        PAPER = "paper", pgettext_lazy("origin of a proposal", "on paper or by telephone")
        MEETING = "meeting", pgettext_lazy("origin of a proposal", "at a meeting")
        SIDE = "side", pgettext_lazy("origin of a proposal", "in a side format")

    process = models.ForeignKey(Process, models.CASCADE, related_name="proposals", db_index=False)
    title = models.CharField(_("title"), max_length=300, blank=True)
    words = models.TextField(_("explanation"), blank=True)
    cost_cents = models.BigIntegerField(_("what it costs"), null=True, blank=True)
    given_title = models.CharField(_("title as given"), max_length=300, blank=True, editable=False)
    given_words = models.TextField(_("explanation as given"), blank=True, editable=False)
    origin = models.CharField(_("how it came"), max_length=10, choices=Origin, default=Origin.ONLINE.value)
    side_format = models.ForeignKey(
        SideFormat,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("side format"),
    )
    state = models.CharField(_("state"), max_length=10, choices=Checked, default=Checked.RECEIVED.value)
    why_held = models.CharField(_("why it is not shown"), max_length=500, blank=True)
    is_on_ballot = models.BooleanField(_("can be voted for"), default=True)
    received_at = models.DateTimeField(_("received on"), default=timezone.now)

    class Meta(Visible.Meta):
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["received_at", "id"]
        indexes = [models.Index(fields=["tenant", "process", "state"], name="proposals_of_process")]
        constraints = [
            models.CheckConstraint(
                name="proposal_shown_has_a_title",
                condition=~Q(title="") | (~Q(visibility="public") & ~Q(state="shown")),
            ),
            models.CheckConstraint(
                name="proposal_public_where_shown", condition=~Q(visibility="public") | Q(state="shown")
            ),
            models.CheckConstraint(
                name="proposal_costs_something", condition=Q(cost_cents=None) | Q(cost_cents__gte=0)
            ),
        ]

    def __str__(self):
        return self.title or self.given_title


@tracked(leave_out=["text", "source_text", "checked_text"])
class ProposalText(Translation):
    record = models.ForeignKey(Proposal, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("text of a proposal")
        verbose_name_plural = _("texts of proposals")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="proposal_text_once"
            )
        ]


@tracked(leave_out=["given_words", "words"])
class ProposalComment(Visible):
    """What somebody says to a proposal: as given, and as it is shown once a person has looked at it."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="comments", db_index=False)
    words = models.TextField(_("comment"), blank=True)
    given_words = models.TextField(_("comment as given"), blank=True, editable=False)
    language = models.CharField(_("language"), max_length=35, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=Checked, default=Checked.RECEIVED.value)
    received_at = models.DateTimeField(_("received on"), default=timezone.now)

    class Meta(Visible.Meta):
        verbose_name = _("comment on a proposal")
        verbose_name_plural = _("comments on proposals")
        ordering = ["received_at", "id"]
        indexes = [models.Index(fields=["tenant", "proposal", "state"], name="comments_of_proposal")]
        constraints = [
            models.CheckConstraint(
                name="comment_shown_has_words",
                condition=~Q(words="") | (~Q(visibility="public") & ~Q(state="shown")),
            ),
            models.CheckConstraint(
                name="comment_public_where_shown", condition=~Q(visibility="public") | Q(state="shown")
            ),
        ]

    def __str__(self):
        return self.words


@tracked()
class ProcessMeeting(Part):
    """A public date of a process. Childcare, interpreter and step-free stand with the date itself."""

    PART_OF = "process"

    process = models.ForeignKey(Process, models.CASCADE, related_name="meetings", db_index=False)
    public_date = models.ForeignKey(
        PublicDate, models.CASCADE, related_name="process_meetings", verbose_name=_("public date")
    )
    child_friendly = models.CharField(
        _("at a time that suits families"), max_length=10, choices=Answer, default=Answer.UNKNOWN
    )

    class Meta(Part.Meta):
        verbose_name = _("meeting of a process")
        verbose_name_plural = _("meetings of a process")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "process", "public_date"], name="date_of_process_once")
        ]

    def __str__(self):
        return str(self.public_date)


class GroupCount(Municipal):
    """How many of those who take part said that they belong to a group. Totals from the first answer on (R8.09).

    No history: it would tell the order of the answers.
    """

    process = models.ForeignKey(Process, models.CASCADE, related_name="group_counts", db_index=False)
    group = models.CharField(_("group"), max_length=20)
    n = models.PositiveIntegerField(_("how many"), default=0)
    # Of the people who live there, as the municipality knows it; for comparing.
    share_percent = models.PositiveSmallIntegerField(
        _("of the population, in percent"), null=True, blank=True
    )

    class Meta(Municipal.Meta):
        verbose_name = _("count of a group")
        verbose_name_plural = _("counts of groups")
        ordering = ["group"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "process", "group"], name="group_of_process_once")
        ]

    def __str__(self):
        return self.group
