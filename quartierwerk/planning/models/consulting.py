"""What others say to a draft while it is in consultation."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quartierwerk.tenants.models import Municipal


class Comment(Municipal):
    """A word to a passage of a draft, and what was made of it. The draft is the foreign key named `DRAFT`."""

    DRAFT: ClassVar[str]
    GIVEN: ClassVar[str]  # what the journal calls giving one

    # What it is about, as the draft calls its passages; empty for the whole.
    passage = models.CharField(_("passage"), max_length=80, blank=True)
    words = models.TextField(_("comment"))
    # On behalf of whom: a department, an association; the account without a foreign key.
    name = models.CharField(_("for whom"), max_length=200, blank=True)
    account_id = models.UUIDField(_("account"), null=True, blank=True, editable=False)
    at = models.DateTimeField(_("given on"), default=timezone.now)
    answer = models.TextField(_("what was made of it"), blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True, editable=False)

    class Meta(Municipal.Meta):
        abstract = True
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.at:%d.%m.%Y}"

    @property
    def draft(self) -> models.Model:
        return getattr(self, self.DRAFT)
