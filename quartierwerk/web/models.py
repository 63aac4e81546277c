from django.db import models
from django.utils.translation import gettext_lazy as _


class SentForm(models.Model):
    """A form that was sent and had its effect: sent again, it gets the first answer instead of a second effect."""

    key = models.BinaryField(primary_key=True, max_length=32)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    # Where the first answer led; empty where it led nowhere. Addresses hold identifiers only.
    location = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")

    def __str__(self):
        return bytes(self.key).hex()[:8]
