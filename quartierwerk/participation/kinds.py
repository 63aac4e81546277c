"""What a voice is and how far it is, in the words in which visitors read it."""

from django.db import models
from django.utils.translation import pgettext_lazy

UNKNOWN = "und"  # BCP 47: nobody knows in which language it was said


class VoiceKind(models.TextChoices):
    WANT = "want", pgettext_lazy("voice", "Something that is missing")
    PROBLEM = "problem", pgettext_lazy("voice", "A problem")
    IDEA = "idea", pgettext_lazy("voice", "An idea")
    PRAISE = "praise", pgettext_lazy("voice", "Praise")
    QUESTION = "question", pgettext_lazy("voice", "A question to a person")


class VoiceState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("voice", "has arrived")
    CHECKED = "checked", pgettext_lazy("voice", "was read")
    IN_WORK = "in_work", pgettext_lazy("voice", "somebody works on it")
    ANSWERED = "answered", pgettext_lazy("voice", "is answered")
    NOT_OURS = "not_ours", pgettext_lazy("voice", "somebody else is responsible")
    HELD = "held", pgettext_lazy("voice", "is held back")
    WITHDRAWN = "withdrawn", pgettext_lazy("voice", "was taken back")


OPEN = (VoiceState.RECEIVED, VoiceState.CHECKED, VoiceState.IN_WORK)
ENDED = (VoiceState.ANSWERED, VoiceState.NOT_OURS)
