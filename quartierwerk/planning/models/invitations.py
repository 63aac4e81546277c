"""Who was told of a meeting, and what the last mail said: whoever knows of it hears when it does not take place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from quartierwerk.tenants.models import Municipal

from .meetings import Meeting
from .steering import GroupMember


class MeetingInvitation(Municipal):
    """One for each seat, by mail or on paper."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invited", db_index=False)
    member = models.ForeignKey(GroupMember, models.CASCADE, related_name="invitations", db_index=False)
    told_at = models.DateTimeField(_("invited on"))
    # Fingerprint of what was said: once the meeting's own differs, the seat knows something else.
    told_with = models.CharField(max_length=64)

    class Meta(Municipal.Meta):
        verbose_name = _("invitation to a meeting")
        verbose_name_plural = _("invitations to meetings")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "meeting", "member"], name="invited_once"),
        ]
        indexes = [models.Index(fields=["tenant", "member"], name="invitations_of_seat")]

    def __str__(self):
        return f"{self.meeting_id} {self.member_id}"
