from django.db import models
from django.utils.translation import gettext_lazy as _


class Imported(models.Model):
    """Where a record came from, so that a second import finds it again and unknown columns are not lost."""

    source = models.CharField(_("imported from"), max_length=120, blank=True, editable=False)
    source_id = models.CharField(_("number in the source"), max_length=200, blank=True, editable=False)
    # Columns of the source that no field of ours takes: {"column": "value"}.
    kept_columns = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True
