"""What people said, and what they were answered.

Two rows for each voice. `Voice` holds what may be shown once a person has checked it; `VoiceOriginal` holds the words as
they were given and a way to the person, and has no public side at all: the wall itself keeps it from every portal.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.chain.models import InChain, in_chain, one_element
from quartierwerk.journal.history import tracked
from quartierwerk.languages.models import Translatable, Translation
from quartierwerk.places.models import SocialSpace
from quartierwerk.planning.models import Measure, Need, Team
from quartierwerk.planning.models.parts import Part
from quartierwerk.tenants.models import Municipal, Visibility, Visible

from ..bundling import similar
from ..kinds import OPEN, VoiceKind, VoiceState


# The history tells how it went, never what was said: words that are taken back must be gone.
@tracked(leave_out=["public_words", "element"])
@in_chain("voice")
class Voice(Visible, Translatable, InChain):
    """What somebody said. Kind, topics and quarter count whatever becomes of the words."""

    TEXTS = ("public_words",)
    Kind, State = VoiceKind, VoiceState

    class Origin(models.TextChoices):
        ONLINE = "online", pgettext_lazy("voice", "by herself or himself")
        ON_BEHALF = "on_behalf", pgettext_lazy("voice", "told to us, typed in for the person")
        PAPER = "paper", pgettext_lazy("voice", "from paper")

    kind = models.CharField(_("what it is"), max_length=10, choices=VoiceKind)
    origin = models.CharField(_("how it came"), max_length=10, choices=Origin, default=Origin.ONLINE)
    state = models.CharField(_("state"), max_length=10, choices=VoiceState, default=VoiceState.RECEIVED)
    space = models.ForeignKey(
        SocialSpace, models.PROTECT, null=True, blank=True, related_name="voices", verbose_name=_("quarter")
    )
    topics = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("topics"))
    # Names and numbers masked. Typed or confirmed by the person who checked, never by a program.
    public_words = models.TextField(_("words as everybody may read them"), blank=True)
    held_reason = models.CharField(_("why it is held back"), max_length=300, blank=True)
    # The record of the plan whose page led to the form, and what it was called then: it may have gone since.
    about_id = models.UUIDField(null=True, editable=False)
    about_title = models.CharField(_("what it is about"), max_length=300, blank=True)
    received_on = models.DateField(_("received on"), default=timezone.localdate)
    due_on = models.DateField(_("answer due on"))
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    not_ours_body = models.CharField(_("who is responsible"), max_length=300, blank=True)
    reopened_on = models.DateField(_("said to be not solved on"), null=True, blank=True)
    # A question that waits too long goes to the coordinators.
    escalated_at = models.DateTimeField(_("passed on upwards"), null=True, blank=True)
    owner_account_id = models.UUIDField(_("who looks after it"), null=True, blank=True)
    owner_team = models.ForeignKey(
        Team,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="voices",
        verbose_name=_("responsible team"),
    )

    class Meta(Visible.Meta):
        verbose_name = _("voice")
        verbose_name_plural = _("voices")
        ordering = ["-received_on", "-id"]
        indexes = [
            models.Index(fields=["tenant", "state", "due_on"], name="voices_by_state"),
            models.Index(fields=["tenant", "-received_on", "-id"], name="voices_newest"),
            models.Index(fields=["tenant", "space", "kind"], name="voices_of_quarter"),
        ]
        constraints = [
            one_element("voice"),
            models.CheckConstraint(
                name="voice_public_once_checked",
                condition=~Q(visibility=Visibility.PUBLIC)
                | ~Q(public_words="") & Q(state__in=["checked", "in_work", "answered", "not_ours"]),
            ),
            models.CheckConstraint(
                name="voice_not_ours_names_who", condition=~Q(state="not_ours") | ~Q(not_ours_body="")
            ),
            models.CheckConstraint(
                name="voice_taken_back_is_empty", condition=~Q(state="withdrawn") | Q(public_words="")
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.received_on:%d.%m.%Y}"

    @cached_property
    def original(self) -> "VoiceOriginal":
        """Lists load them at once: `prefetch_related("originals")`. Not to be had in a portal's scope."""
        return next(iter(self.originals.all()))

    @property
    def is_question(self) -> bool:
        return self.kind == VoiceKind.QUESTION

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_overdue(self, today) -> bool:
        return self.is_open and self.due_on < today


@tracked(leave_out=["text", "source_text", "checked_text"])
class VoiceText(Translation):
    """The checked words in one more language, typed in by a person; `origin` says by whom or with what."""

    record = models.ForeignKey(Voice, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("text of a voice")
        verbose_name_plural = _("texts of voices")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="voice_text_once"
            )
        ]


class VoiceOriginal(Municipal):
    """The words as they were given, and a way to the person who gave them, where she left one. Without history."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="originals", db_index=False)
    words = models.TextField(_("words as they were given"), blank=True)
    # What the words speak about, so that voices that say the same are found; gone with the words.
    keys = ArrayField(models.CharField(max_length=60), default=list, blank=True, editable=False)
    reach = models.CharField(_("mail address or phone"), max_length=254, blank=True)
    # In her own words, why it is not solved.
    reopened_words = models.TextField(_("why it is not solved"), blank=True)
    code_hash = models.CharField(max_length=64, editable=False)
    # Each new slip makes the one before worthless.
    codes_issued = models.PositiveSmallIntegerField(_("slips printed"), default=1, editable=False)

    class Meta(Municipal.Meta):
        verbose_name = _("original words of a voice")
        verbose_name_plural = _("original words of voices")
        indexes = [models.Index(fields=["tenant", "code_hash"], name="voices_by_code")]
        constraints = [models.UniqueConstraint(fields=["tenant", "voice"], name="voice_original_once")]

    def __str__(self):
        return str(self.voice_id)

    def save(self, *args, update_fields=None, **kwargs):
        if update_fields is None or "words" in update_fields:
            self.keys = sorted(similar.keys_of(self.words, self.voice.language))
            update_fields = update_fields and {*update_fields, "keys"}
        super().save(*args, update_fields=update_fields, **kwargs)


class VoicePhoto(Municipal):
    """A photo that came with a voice, drawn anew without what it told about place and camera. Staff see it, nobody else."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="photos", db_index=False)
    content = models.BinaryField(_("content"))
    mime_type = models.CharField(_("type"), max_length=20)

    class Meta(Municipal.Meta):
        verbose_name = _("photo of a voice")
        verbose_name_plural = _("photos of voices")
        constraints = [models.UniqueConstraint(fields=["tenant", "voice"], name="voice_photo_once")]

    def __str__(self):
        return str(self.voice_id)


@tracked()
class VoiceStep(Part):
    """How a voice went, day by day."""

    PART_OF = "voice"

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=10, choices=VoiceState)
    on = models.DateField(_("on"), default=timezone.localdate)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(Part.Meta):
        verbose_name = _("step of a voice")
        verbose_name_plural = _("steps of voices")
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.get_state_display()}, {self.on:%d.%m.%Y}"


class VoiceNews(Municipal):
    """A need or a measure that the voice led to has another state. No public side: the record itself may have none."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="news", db_index=False)
    need = models.ForeignKey(Need, models.CASCADE, null=True, related_name="+", verbose_name=_("need"))
    measure = models.ForeignKey(
        Measure, models.CASCADE, null=True, related_name="+", verbose_name=_("measure")
    )
    became = models.CharField(_("state"), max_length=20)
    at = models.DateTimeField(default=timezone.now)

    class Meta(Municipal.Meta):
        verbose_name = _("news for whoever gave a voice")
        verbose_name_plural = _("news for those who gave voices")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["tenant", "voice", "at"], name="voice_news_of_voice")]
        constraints = [
            models.CheckConstraint(
                name="voice_news_of_one_record",
                condition=Q(need=None, measure__isnull=False) | Q(need__isnull=False, measure=None),
            )
        ]

    def __str__(self):
        return self.became


@tracked(leave_out=["element"])
@in_chain("answer")
class VoiceAnswer(Part, Translatable, InChain):
    """What the municipality answered. Whoever gave the voice reads it by the code; everybody, where the voice is public."""

    PART_OF = "voice"
    TEXTS = ("words",)

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="answers")
    words = models.TextField(_("answer"))
    signed_as = models.CharField(_("who answers"), max_length=200)
    author = models.UUIDField(_("person"), null=True, editable=False)
    at = models.DateTimeField(_("answered on"), default=timezone.now)

    class Meta(Part.Meta):
        verbose_name = _("answer to a voice")
        verbose_name_plural = _("answers to voices")
        ordering = ["at", "id"]
        constraints = [one_element("voice_answer")]

    def __str__(self):
        return f"{self.at:%d.%m.%Y}"


@tracked()
class VoiceAnswerText(Translation):
    record = models.ForeignKey(VoiceAnswer, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("text of an answer")
        verbose_name_plural = _("texts of answers")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="voice_answer_text_once"
            )
        ]


@tracked()
class AnswerTerm(Municipal):
    """Within how many days this municipality answers."""

    days = models.PositiveSmallIntegerField(_("days until a voice is answered"), default=14)
    question_days = models.PositiveSmallIntegerField(
        _("working days until a question to a person is answered"), default=2
    )

    class Meta(Municipal.Meta):
        verbose_name = _("term for answers")
        verbose_name_plural = _("terms for answers")
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="answer_term_once"),
            models.CheckConstraint(
                name="answer_term_is_one",
                condition=Q(days__gte=1, days__lte=90, question_days__gte=1, question_days__lte=10),
            ),
        ]

    def __str__(self):
        return str(self.days)
