from django.db import models
from django.utils.translation import gettext_lazy as _

from quartierwerk.tenants.models import Municipal


class BarrierReport(Municipal):
    """Somebody could not use a page: her words, where it was, and a way to answer if she left one."""

    words = models.TextField(_("what did not work"))
    page = models.CharField(_("page"), max_length=500, blank=True)
    reply_to = models.CharField(_("way to answer"), max_length=254, blank=True)
    language = models.CharField(_("language of the pages"), max_length=35)
    reported_at = models.DateTimeField(_("reported"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta(Municipal.Meta):
        verbose_name = _("report of a barrier")
        verbose_name_plural = _("reports of barriers")
        ordering = ["-reported_at"]
        indexes = [models.Index(fields=["tenant", "-reported_at"], name="barriers_by_time")]

    def __str__(self):
        return f"{self.reported_at:%d.%m.%Y}"
