from django.db import models
from django.utils.translation import gettext_lazy as _

from quartierwerk.journal.history import tracked
from quartierwerk.languages.names import fold
from quartierwerk.tenants.models import Visible

from .units import OwnWords


class Stale(models.Model):
    """A record whose entry in the index no longer says what the database says. Written by triggers."""

    kind = models.CharField(max_length=40)
    record = models.UUIDField()
    at = models.DateTimeField(db_default=models.functions.Now(), editable=False)

    class Meta:
        verbose_name = _("stale entry of the index")
        verbose_name_plural = _("stale entries of the index")

    def __str__(self):
        return f"{self.kind} {self.record}"


@tracked()
class SynonymRing(Visible):
    """Words that mean the same here: street names of a thing, the nursery everybody calls by its nickname."""

    label = models.CharField(_("name"), max_length=120)
    # A concept of the built-in ring, or empty: then the words are synonyms of each other only.
    concept = models.CharField(_("belongs to"), max_length=60, blank=True)
    words = models.TextField(_("words"), blank=True)
    left_out = models.TextField(_("words that do not mean this here"), blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Visible.Meta):
        verbose_name = _("synonym ring")
        verbose_name_plural = _("synonym rings")
        ordering = ["label"]
        indexes = [models.Index(fields=["tenant", "label"], name="synonym_rings_in_order")]
        constraints = [
            models.CheckConstraint(
                name="left_out_of_a_concept", condition=models.Q(left_out="") | ~models.Q(concept="")
            )
        ]

    def __str__(self):
        return self.label

    def as_own_words(self) -> OwnWords:
        left_out = frozenset(fold(word) for word in lines(self.left_out))
        return OwnWords(self.label, tuple(lines(self.words)), self.concept, left_out)


def lines(text: str) -> list[str]:
    """Words as typed: one a line, or separated by commas."""
    return [word.strip() for line in text.splitlines() for word in line.split(",") if word.strip()]
