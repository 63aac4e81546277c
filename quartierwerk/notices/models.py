from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.journal.history import tracked
from quartierwerk.languages.models import Translatable, Translation
from quartierwerk.tenants.managers import children
from quartierwerk.tenants.models import Visible


@tracked()
class Notice(Visible, Translatable):
    """One of the texts that a municipality owes its readers. Without a row the page says that it is missing."""

    class Kind(models.TextChoices):
        IMPRINT = "imprint", pgettext_lazy("legal notice", "Imprint")
        PRIVACY = "privacy", _("Privacy notice")

    TEXTS = ("text",)

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    text = models.TextField(_("text"), max_length=20_000)

    class Meta(Visible.Meta):
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
        constraints = [models.UniqueConstraint(fields=["tenant", "kind"], name="notice_once")]

    def __str__(self):
        return str(self.get_kind_display())

    @property
    def title(self) -> str:
        return str(self)

    @classmethod
    def shown(cls, kind: str) -> "Notice | None":
        return children(cls.published.filter(kind=kind), "translations").first()


@tracked()
class NoticeText(Translation):
    record = models.ForeignKey(Notice, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("legal text in another language")
        verbose_name_plural = _("legal texts in other languages")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="notice_text_once"
            )
        ]
