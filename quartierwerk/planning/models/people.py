"""Who works on the plan: teams of the administration, what became of them, and their members."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quartierwerk.journal.history import tracked
from quartierwerk.languages.names import sort_key
from quartierwerk.tenants.managers import scoped
from quartierwerk.tenants.models import Municipal, Visible


class TeamQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_on=None)


@tracked(leave_out=["sort_key"])
class Team(Visible):
    """A team or department with its number, as the organisation chart has it: 53, day-care centres."""

    number = models.CharField(_("number"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=200)
    sort_key = models.CharField(max_length=620, editable=False, db_collation="C")
    is_department = models.BooleanField(_("is a department"), default=True)
    email = models.EmailField(_("mail address of the office"), blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    objects, published = scoped(TeamQuerySet)

    class Meta(Visible.Meta):
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["position", "sort_key"]
        indexes = [models.Index(fields=["tenant", "position", "sort_key"], name="teams_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "number"],
                name="team_number_once",
                condition=Q(ended_on=None) & ~Q(number=""),
            )
        ]

    def __str__(self):
        return f"{self.number} {self.name}".strip()

    def save(self, **kwargs):
        self.sort_key = sort_key(str(self))
        super().save(**kwargs)


@tracked()
class TeamSuccession(Municipal):
    """After a reorganisation one team goes on as another; old measures still name the old one (R2.12)."""

    earlier = models.ForeignKey(Team, models.CASCADE, related_name="successors", db_index=False)
    later = models.ForeignKey(Team, models.CASCADE, related_name="predecessors", db_index=False)
    on = models.DateField(_("on"))

    class Meta(Municipal.Meta):
        verbose_name = _("succession of teams")
        verbose_name_plural = _("successions of teams")
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "earlier", "later"], name="team_succession_once"),
            models.CheckConstraint(name="team_succeeded_by_another", condition=~Q(earlier=F("later"))),
        ]

    def __str__(self):
        return f"{self.earlier_id} → {self.later_id}"


@tracked(leave_out=["name", "account_id"])
class TeamMember(Municipal):
    """A person in a team, by her function; external members belong to no office of the municipality."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="members", db_index=False)
    # No foreign key: erasing an account leaves the function standing.
    account_id = models.UUIDField(_("account"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    function = models.CharField(_("function"), max_length=200, blank=True)
    is_lead = models.BooleanField(_("leads the team"), default=False)
    is_deputy = models.BooleanField(_("is the deputy"), default=False)
    is_external = models.BooleanField(_("does not work for the municipality"), default=False)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta(Municipal.Meta):
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of teams")
        ordering = ["-is_lead", "-is_deputy", "name", "id"]
        indexes = [
            models.Index(fields=["tenant", "team"], name="members_of_team"),
            models.Index(
                fields=["tenant", "account_id"],
                name="teams_of_account",
                condition=Q(account_id__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name or self.function


class MailSwitchedOff(Municipal):
    """Somebody does not want the weekly mail of this municipality."""

    # No foreign key: the row goes with the account (`records.py`).
    account_id = models.UUIDField(_("account"))

    class Meta(Municipal.Meta):
        verbose_name = _("weekly mail switched off")
        verbose_name_plural = _("weekly mails switched off")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "account_id"], name="mail_switched_off_once")
        ]

    def __str__(self):
        return str(self.account_id)
