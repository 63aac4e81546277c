from django.db import models
from django.utils.translation import gettext_lazy as _


class ListChange(models.Model):
    """Something that public lists show was written. By triggers (`directory/changes.py`); numbers only."""

    # Without a foreign key: a municipality that goes needs no look here.
    tenant = models.BigIntegerField()
    at = models.DateTimeField(db_default=models.functions.Now(), editable=False)

    class Meta:
        verbose_name = _("change of what lists show")
        verbose_name_plural = _("changes of what lists show")
        indexes = [models.Index(fields=["tenant", "id"], name="list_changes_of_tenant")]

    def __str__(self):
        return f"{self.tenant} {self.at:%d.%m.%Y %H:%M}"
