from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.journal.history import tracked
from quartierwerk.tenants.models import Municipal


class ImportFile(Municipal):
    """A list on its way in. It may hold anything, so it counts as personal and goes after seven days.

    The content lies in the row: under a random number, behind the wall, out of reach of every web address, and gone
    from the disk with the row.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("not imported yet")
        WAITING = "waiting", _("is being imported")
        DONE = "done", _("imported")
        REFUSED = "refused", _("refused, nothing stored")
        # Where somebody looks at it first; "waiting" above waits for the machine.
        SENT = "sent", pgettext_lazy("list", "waits for a check")
        DECLINED = "declined", pgettext_lazy("list", "not taken over")
        WITHDRAWN = "withdrawn", pgettext_lazy("list", "taken back")

    kind = models.CharField(_("for"), max_length=40, default="directory")  # the package that asked for it
    file_name = models.CharField(_("file name"), max_length=200)
    source = models.CharField(_("where the list comes from"), max_length=120)
    language = models.CharField(_("language of the texts"), max_length=35)
    publish = models.BooleanField(_("show to visitors at once"), default=True)
    content = models.BinaryField()
    size = models.PositiveIntegerField(_("size"))
    sheet = models.CharField(_("sheet"), max_length=40, blank=True)
    mapping = models.JSONField(_("mapping"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RECEIVED)
    report = models.JSONField(_("report"), null=True, blank=True)
    # Whose account sent it.
    account_id = models.UUIDField(null=True, editable=False)
    at = models.DateTimeField(_("received"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta(Municipal.Meta):
        verbose_name = _("file to import")
        verbose_name_plural = _("files to import")
        ordering = ["-at"]
        indexes = [models.Index(fields=["tenant", "kind", "-at"], name="import_files_newest")]

    def __str__(self):
        return self.file_name


@tracked()
class SavedMapping(Municipal):
    """Which column fills which field in a list that comes again and again."""

    kind = models.CharField(_("for"), max_length=40, default="directory")
    name = models.CharField(_("name"), max_length=120)
    mapping = models.JSONField(_("mapping"))
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Municipal.Meta):
        verbose_name = _("saved mapping")
        verbose_name_plural = _("saved mappings")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["tenant", "kind", "name"], name="mapping_saved_once")]

    def __str__(self):
        return self.name
