"""Editions of the concept and the council's decisions. The database keeps adopted ones as they were adopted."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.journal.history import tracked
from quartierwerk.tenants.models import Municipal, Visible

from .concepts import Concept
from .consulting import Comment
from .measures import Measure
from .parts import Part
from .passages import only_taken_out

# Only a passage may be taken out, counted, after a consent was withdrawn (`editions/redacting.py`).
FROZEN = """
if tg_op = 'DELETE' then
    raise exception 'an adopted edition stays' using errcode = 'integrity_constraint_violation';
end if;
if to_jsonb(new) - 'content' - 'content_sha256' - 'redactions'
   is distinct from to_jsonb(old) - 'content' - 'content_sha256' - 'redactions'
   or new.redactions <> old.redactions + 1 then
    raise exception 'an adopted edition is frozen' using errcode = 'integrity_constraint_violation';
end if;
return new;
"""

OF_ITS_EDITION = (
    "exists (select from planning_edition e where e.decision_id = new.id and e.id = r.edition_id)"
)

# Of the decision, too, only passages may go.
DECIDED = f"""
if exists (select from planning_edition e
            where e.tenant_id = old.tenant_id and e.decision_id = old.id and e.state = 'adopted')
   and (tg_op = 'DELETE'
        or to_jsonb(new) - 'changed_at' is distinct from to_jsonb(old) - 'changed_at'
           and not {only_taken_out(("body", "session", "wording"), OF_ITS_EDITION)}) then
    raise exception 'the decision of an adopted edition stays' using errcode = 'integrity_constraint_violation';
end if;
if tg_op = 'DELETE' then
    return old;
end if;
return new;
"""  # noqa: S608 - our own column names


# What is taken out of its words later shall stand nowhere.
@tracked(leave_out=["body", "session", "wording"])
class CouncilDecision(Visible):
    """What a council decided: without it no edition is adopted (R2.06)."""

    concept = models.ForeignKey(Concept, models.PROTECT, related_name="council_decisions", db_index=False)
    body = models.CharField(_("body"), max_length=200)
    session = models.CharField(_("session"), max_length=200, blank=True)
    paper_number = models.CharField(_("number of the paper"), max_length=60)
    decided_on = models.DateField(_("decided on"))
    votes_yes = models.PositiveSmallIntegerField(_("yes"), null=True, blank=True)
    votes_no = models.PositiveSmallIntegerField(_("no"), null=True, blank=True)
    votes_abstained = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    is_unanimous = models.BooleanField(_("unanimous"), default=False)
    wording = models.TextField(_("wording of the decision"))
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Visible.Meta):
        verbose_name = _("decision of the council")
        verbose_name_plural = _("decisions of the council")
        ordering = ["-decided_on", "paper_number"]
        indexes = [
            models.Index(fields=["tenant", "concept", "-decided_on"], name="council_decisions_in_order")
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "body", "paper_number"], name="council_paper_once"),
            models.CheckConstraint(
                name="council_decision_is_whole", condition=~Q(body="") & ~Q(paper_number="") & ~Q(wording="")
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="decided",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=DECIDED,
            )
        ]

    def __str__(self):
        return f"{self.body} {self.paper_number}"


@tracked(leave_out=["content"])
class Edition(Visible):
    """The concept as it stood when the council adopted it: numbered, frozen, public (R2.05)."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of an edition", "draft")
        CONSULTATION = "consultation", pgettext_lazy("state of an edition", "in consultation")
        ADOPTED = "adopted", pgettext_lazy("state of an edition", "adopted")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of an edition", "withdrawn")

    concept = models.ForeignKey(Concept, models.PROTECT, related_name="editions", db_index=False)
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT.value)
    opened_on = models.DateField(_("begun on"), default=timezone.localdate)
    consultation_until = models.DateField(_("consultation until"), null=True, blank=True)
    decision = models.ForeignKey(
        CouncilDecision,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="editions",
        verbose_name=_("decision of the council"),
    )
    adopted_at = models.DateTimeField(_("adopted"), null=True, blank=True, editable=False)
    # Plain values as `editions/picture.py` makes them, and their fingerprint.
    content = models.JSONField(null=True, blank=True, editable=False)
    content_sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True, editable=False)
    # How often passages were taken out after the adoption.
    redactions = models.PositiveSmallIntegerField(_("redactions"), default=0, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Visible.Meta):
        verbose_name = _("edition of the concept")
        verbose_name_plural = _("editions of the concept")
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["tenant", "state", "-adopted_at"], name="editions_by_state"),
            models.Index(
                fields=["tenant", "concept", "-number"],
                name="editions_public",
                condition=Q(visibility="public"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "concept", "number"], name="edition_number_once"),
            models.UniqueConstraint(fields=["tenant", "decision"], name="edition_of_one_decision"),
            models.UniqueConstraint(
                fields=["tenant", "concept"],
                name="edition_one_open",
                condition=Q(state__in=["draft", "consultation"]),
            ),
            models.CheckConstraint(
                name="edition_adopted_by_decision",
                condition=~Q(state="adopted")
                | Q(decision__isnull=False, adopted_at__isnull=False, content__isnull=False)
                & ~Q(content_sha256=""),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="adopted"),
                func=FROZEN,
            )
        ]

    def __str__(self):
        return self.title


@tracked()
class Deferral(Municipal):
    """A measure that is not complete and is put off to a later edition, with the reason."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="deferrals", db_index=False)
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="deferrals", db_index=False)
    reason = models.TextField(_("reason"))

    class Meta(Municipal.Meta):
        verbose_name = _("deferral of a measure")
        verbose_name_plural = _("deferrals of measures")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "edition", "measure"], name="deferral_once"),
            models.CheckConstraint(name="deferral_with_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.edition_id} {self.measure_id}"


@tracked(leave_out=["words", "name", "account_id"])
class EditionComment(Comment):
    """What somebody said to a passage of an edition in consultation: "measure:<id>" or "field:<id>"."""

    DRAFT = "edition"
    GIVEN = "edition commented"

    edition = models.ForeignKey(
        Edition,
        models.CASCADE,
        related_name="comments",
        db_index=False,
        verbose_name=_("edition of the concept"),
    )

    class Meta(Comment.Meta):
        verbose_name = _("comment on an edition")
        verbose_name_plural = _("comments on editions")
        indexes = [models.Index(fields=["tenant", "edition", "at"], name="comments_of_edition")]
        constraints = [models.CheckConstraint(name="comment_has_words", condition=~Q(words=""))]


class EditionFile(Part):
    """An adopted edition as a file, kept so that everybody loads the same bytes and their size is known before."""

    PART_OF = "edition"

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files", db_index=False)
    format = models.CharField(_("format"), max_length=10)
    language = models.CharField(_("language"), max_length=35)
    content = models.BinaryField(_("content"))
    size = models.PositiveIntegerField(_("size"))
    # Of the picture it was made from: after a redaction it does not fit any more.
    content_sha256 = models.CharField(_("fingerprint"), max_length=64)
    made_at = models.DateTimeField(_("made on"), default=timezone.now)

    class Meta(Part.Meta):
        verbose_name = _("file of an edition")
        verbose_name_plural = _("files of editions")
        ordering = ["format"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "edition", "format", "language"], name="edition_file_once"
            )
        ]

    def __str__(self):
        return f"{self.edition_id} {self.format}"
