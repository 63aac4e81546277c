"""The public beginning of a concept: people come, and what they say becomes needs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from quartierwerk.chain.models import InChain, in_chain, one_element
from quartierwerk.journal.history import tracked
from quartierwerk.tenants.models import Visible

from .meetings import Meeting


@tracked(leave_out=["element"])
@in_chain("event")
class KickOff(Visible, InChain):
    """What visitors read of a kick-off beside its date, and the source of the needs named there (R2.07)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="kick_offs", db_index=False)
    outcome = models.TextField(_("what came of it"), blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Visible.Meta):
        verbose_name = _("kick-off")
        verbose_name_plural = _("kick-offs")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "meeting"], name="kick_off_of_meeting_once"),
            one_element("kick_off"),
        ]

    def __str__(self):
        return str(self.meeting)
