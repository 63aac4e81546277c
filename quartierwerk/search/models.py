from django.db import models
from django.utils.translation import gettext_lazy as _


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
