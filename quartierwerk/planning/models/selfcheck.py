"""How open the administration itself is, team by team and year by year (R3.13)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quartierwerk.journal.history import tracked
from quartierwerk.tenants.models import Municipal

from .people import Team


def _part_of(part: str, whole: str) -> Q:
    """A part is known only together with what it is a part of."""
    return Q(**{f"{part}__isnull": True}) | Q(**{f"{whole}__isnull": False, f"{part}__lte": F(whole)})


@tracked()
class SelfCheck(Municipal):
    """What a team says of itself for one year. A number that is empty is not known, which is not zero."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="self_checks", db_index=False)
    year = models.PositiveSmallIntegerField(_("year"))
    # None: nobody knows; empty: in no other language than German.
    languages = ArrayField(
        models.CharField(max_length=35), null=True, blank=True, verbose_name=_("languages spoken at work")
    )
    people = models.PositiveIntegerField(_("people in the team"), null=True, blank=True)
    trained = models.PositiveIntegerField(_("of them trained in intercultural work"), null=True, blank=True)
    forms = models.PositiveIntegerField(_("forms and letters for residents"), null=True, blank=True)
    plain_forms = models.PositiveIntegerField(_("of them in plain language"), null=True, blank=True)
    translated_forms = models.PositiveIntegerField(_("of them in other languages"), null=True, blank=True)
    complaints = models.PositiveIntegerField(
        _("complaints about language or treatment"), null=True, blank=True
    )
    answered = models.PositiveIntegerField(_("of them answered"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    checked_on = models.DateField(_("filled in on"), default=timezone.localdate, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Municipal.Meta):
        verbose_name = _("self-check of a team")
        verbose_name_plural = _("self-checks of teams")
        ordering = ["-year", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "team", "year"], name="self_check_once_a_year"),
            models.CheckConstraint(name="self_check_year", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(name="self_check_trained", condition=_part_of("trained", "people")),
            models.CheckConstraint(name="self_check_plain", condition=_part_of("plain_forms", "forms")),
            models.CheckConstraint(
                name="self_check_translated", condition=_part_of("translated_forms", "forms")
            ),
            models.CheckConstraint(name="self_check_answered", condition=_part_of("answered", "complaints")),
        ]

    def __str__(self):
        return f"{self.team_id} {self.year}"
