"""The guiding principle (Leitbild) in numbered versions, and which measures name it as their reason (R2.04)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.journal.history import tracked
from quartierwerk.languages.models import Translatable, Translation
from quartierwerk.tenants.models import Visible

from .concepts import Concept
from .consulting import Comment
from .editions import CouncilDecision
from .measures import Measure
from .meetings import Decision
from .parts import Part
from .passages import only_taken_out

FROZEN = """
raise exception 'an adopted version of the guiding principle is frozen'
    using errcode = 'integrity_constraint_violation';
"""

# Its texts belong to the version; `visibility` is the wall's to write when the version becomes public. A passage may be
# taken out, with a mark in its place.
PARAGRAPH_FROZEN = f"""
if exists (select from planning_principleversion v
            where v.id in (old.version_id, new.version_id) and v.state = 'adopted')
   and (tg_op <> 'UPDATE' or to_jsonb(new) - 'visibility' - 'shared_with'
        is distinct from to_jsonb(old) - 'visibility' - 'shared_with'
        and not {only_taken_out(("text",), "r.version_id = new.version_id")}) then
    raise exception 'an adopted version of the guiding principle is frozen'
        using errcode = 'integrity_constraint_violation';
end if;
return coalesce(new, old);
"""  # noqa: S608 - our own column names


@tracked()
class GuidingPrinciple(Visible, Translatable):
    """What the concept rests on, in paragraphs that measures can cite."""

    TEXTS = ("title",)

    concept = models.ForeignKey(Concept, models.PROTECT, related_name="principles", db_index=False)
    title = models.CharField(_("title"), max_length=300)

    class Meta(Visible.Meta):
        verbose_name = _("guiding principle")
        verbose_name_plural = _("guiding principles")
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "concept"], name="principle_of_concept_once")
        ]

    def __str__(self):
        return self.title


@tracked()
class GuidingPrincipleText(Translation):
    record = models.ForeignKey(GuidingPrinciple, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("text of a guiding principle")
        verbose_name_plural = _("texts of guiding principles")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="principle_text_once"
            )
        ]


@tracked()
class PrincipleVersion(Visible):
    """One numbered wording: drafted, commented on, adopted by a decision and from then on frozen."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a guiding principle", "draft")
        CONSULTATION = "consultation", pgettext_lazy("state of a guiding principle", "in consultation")
        ADOPTED = "adopted", pgettext_lazy("state of a guiding principle", "adopted")

    principle = models.ForeignKey(
        GuidingPrinciple,
        models.PROTECT,
        related_name="versions",
        db_index=False,
        verbose_name=_("guiding principle"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT.value)
    opened_on = models.DateField(_("begun on"), default=timezone.localdate)
    consultation_until = models.DateField(_("consultation until"), null=True, blank=True)
    # Adopted by the council or by a group of the concept: one of the two.
    council_decision = models.ForeignKey(
        CouncilDecision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="principle_versions",
        verbose_name=_("decision of the council"),
    )
    group_decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="principle_versions",
        verbose_name=_("decision of a group"),
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Visible.Meta):
        verbose_name = _("version of the guiding principle")
        verbose_name_plural = _("versions of the guiding principle")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "principle", "number"], name="principle_number_once"),
            models.UniqueConstraint(
                fields=["tenant", "principle"], name="principle_one_open", condition=~Q(state="adopted")
            ),
            models.CheckConstraint(
                name="principle_adopted_by_decision",
                condition=~Q(state="adopted", adopted_on__isnull=True)
                & (
                    Q(state="adopted", council_decision__isnull=False, group_decision__isnull=True)
                    | Q(state="adopted", council_decision__isnull=True, group_decision__isnull=False)
                    | ~Q(state="adopted") & Q(council_decision__isnull=True, group_decision__isnull=True)
                ),
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
        return str(self.number)


@tracked()
class PrincipleParagraph(Part, Translatable):
    """A paragraph; its `key` stays the same from version to version, so that what cites it still finds it."""

    PART_OF = "version"
    TEXTS = ("text",)

    version = models.ForeignKey(PrincipleVersion, models.CASCADE, related_name="paragraphs", db_index=False)
    key = models.SlugField(_("short name"), max_length=60)
    text = models.TextField(_("text"))
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta(Part.Meta):
        verbose_name = _("paragraph of the guiding principle")
        verbose_name_plural = _("paragraphs of the guiding principle")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "version", "key"], name="paragraph_key_once"),
            models.CheckConstraint(name="paragraph_has_words", condition=~Q(text="") & ~Q(key="")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=PARAGRAPH_FROZEN,
            )
        ]

    def __str__(self):
        return self.text


@tracked()
class PrincipleParagraphText(Translation):
    record = models.ForeignKey(PrincipleParagraph, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("text of a paragraph of the guiding principle")
        verbose_name_plural = _("texts of paragraphs of the guiding principle")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="paragraph_text_once"
            )
        ]


@tracked(leave_out=["words", "name", "account_id"])
class PrincipleComment(Comment):
    """What somebody said to a paragraph in consultation, by the paragraph's key."""

    DRAFT = "version"
    GIVEN = "guiding principle commented"

    version = models.ForeignKey(
        PrincipleVersion,
        models.CASCADE,
        related_name="comments",
        db_index=False,
        verbose_name=_("version of the guiding principle"),
    )

    class Meta(Comment.Meta):
        verbose_name = _("comment on the guiding principle")
        verbose_name_plural = _("comments on the guiding principle")
        indexes = [models.Index(fields=["tenant", "version", "at"], name="comments_of_principle")]
        constraints = [models.CheckConstraint(name="principle_comment_has_words", condition=~Q(words=""))]


@tracked()
class MeasureCitesPrinciple(Part):
    """A measure names a paragraph as its reason: by key, so that the next version keeps it."""

    PART_OF = "measure"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="cited_principles", db_index=False)
    principle = models.ForeignKey(GuidingPrinciple, models.CASCADE, related_name="cited_by")
    paragraph = models.CharField(_("paragraph"), max_length=60)

    class Meta(Part.Meta):
        verbose_name = _("paragraph that a measure cites")
        verbose_name_plural = _("paragraphs that measures cite")
        ordering = ["paragraph", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "measure", "principle", "paragraph"], name="paragraph_cited_once"
            )
        ]

    def __str__(self):
        return f"{self.measure_id} {self.paragraph}"
