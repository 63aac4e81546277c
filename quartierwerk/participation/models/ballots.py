"""Votes: who may, and what was chosen, in two tables between which nothing leads (docs/participation.md, ADR 0012)."""

import secrets

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.journal.history import tracked
from quartierwerk.languages.numbers import format_amount
from quartierwerk.planning.models.parts import Part
from quartierwerk.tenants.models import Municipal

from .processes import Phase, Process

# The database's own clock, read when the row is written and not when the transaction began: whoever waited in line past
# the minute is late.
CLOSED = """
if exists (select from fresh b
             join participation_vote v on v.tenant_id = b.tenant_id and v.id = b.vote_id
             join participation_phase p on p.tenant_id = v.tenant_id and p.id = v.phase_id
            where clock_timestamp() < p.opens_at or clock_timestamp() >= p.closes_at
               or v.counted_at is not null) then
    raise exception 'the ballot box is closed' using errcode = 'integrity_constraint_violation';
end if;
return null;
"""
# Once closed the box is counted before anything is taken out of it.
UNCOUNTED = """
if exists (select from gone b
             join participation_vote v on v.tenant_id = b.tenant_id and v.id = b.vote_id
             join participation_phase p on p.tenant_id = v.tenant_id and p.id = v.phase_id
            where clock_timestamp() >= p.closes_at and v.counted_at is null) then
    raise exception 'the ballot box is not counted yet' using errcode = 'integrity_constraint_violation';
end if;
return null;
"""
REPLACED = """
raise exception 'a ballot is replaced, never changed' using errcode = 'integrity_constraint_violation';
"""


def new_salt() -> bytes:
    return secrets.token_bytes(16)


@tracked(leave_out=["salt"])
class Vote(Part):
    """One vote of a process, open as long as its phase."""

    PART_OF = "process"

    class Method(models.TextChoices):
        BUDGET = "budget", pgettext_lazy("method of a vote", "choose proposals within a sum")
        POINTS = "points", pgettext_lazy("method of a vote", "give points")

    process = models.ForeignKey(Process, models.CASCADE, related_name="votes", db_index=False)
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="votes", verbose_name=_("phase"))
    method = models.CharField(_("method"), max_length=10, choices=Method, default=Method.POINTS.value)
    sum_cents = models.BigIntegerField(_("sum"), null=True, blank=True)
    points = models.PositiveSmallIntegerField(_("points of each person"), null=True, blank=True)
    # With the installation's key it makes codes valid and finds a code's ballot. Destroyed when the box is counted: then
    # nobody, not even whoever still has her slip, can tell which ballot was hers.
    salt = models.BinaryField(default=new_salt, editable=False)
    slips = models.PositiveIntegerField(_("printed codes"), default=0, editable=False)
    counted_at = models.DateTimeField(_("counted on"), null=True, blank=True, editable=False)
    # {"turnout": …, "totals": {proposal: …}}, as counted.
    result = models.JSONField(null=True, blank=True, editable=False)

    class Meta(Part.Meta):
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "process"], name="vote_of_process_once"),
            models.CheckConstraint(
                name="vote_has_its_measure",
                condition=Q(method="budget", sum_cents__gt=0, points=None)
                | Q(method="points", points__gt=0, sum_cents=None),
            ),
            models.CheckConstraint(
                name="vote_counted_has_a_result",
                condition=Q(counted_at=None, result=None) | Q(counted_at__isnull=False, result__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="counted",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__counted_at__isnull=False),
                func="""
if to_jsonb(new) - 'visibility' - 'shared_with' is distinct from to_jsonb(old) - 'visibility' - 'shared_with' then
    raise exception 'the vote is counted' using errcode = 'integrity_constraint_violation';
end if;
return new;
""",
            )
        ]

    def __str__(self):
        return f"{self.process} ({self.get_method_display()})"

    @property
    def sum_in_words(self) -> str:
        return format_amount(self.sum_cents or 0)


class RollEntry(Municipal):
    """Somebody who may vote, and whether a code was drawn for her. Never which one, never when.

    No history and no journal entry of drawing: both would tell the order. The rows are written anew, shuffled, with each
    drawing (`votes/drawing.py`).
    """

    class Way(models.TextChoices):
        MAIL = "mail", pgettext_lazy("how a code is handed out", "by a mailed link")
        POST = "post", pgettext_lazy("how a code is handed out", "by post")
        DESK = "desk", pgettext_lazy("how a code is handed out", "at the desk")

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="roll", db_index=False)
    way = models.CharField(
        _("how the code is handed out"), max_length=10, choices=Way, default=Way.DESK.value
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    mail = models.EmailField(_("mail address"), blank=True)
    has_code = models.BooleanField(_("a code was drawn"), default=False)
    # Digest of a random number that only the page knew on which the code was drawn: that page may ask once more when the
    # answer was lost on the way, no other one.
    page_digest = models.CharField(_("page on which it was drawn"), max_length=64, blank=True, editable=False)

    class Meta(Municipal.Meta):
        verbose_name = _("entry in the roll")
        verbose_name_plural = _("entries in the roll")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["tenant", "vote", "name"], name="roll_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "vote", "mail"], name="roll_mail_once", condition=~Q(mail="")
            ),
            models.CheckConstraint(
                name="roll_page_drew_a_code", condition=Q(page_digest="") | Q(has_code=True)
            ),
        ]

    def __str__(self):
        return self.name


class Ballot(Municipal):
    """What one code chose. No time, no order, no history, no journal entry: only the key, which the code alone gives.

    Replacing makes it safe to send twice. Rows are not changed but written anew, all of a vote and shuffled, with each
    ballot (`votes/casting.py`).
    """

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="ballots", db_index=False)
    key = models.CharField(_("key"), max_length=64, editable=False)
    # {proposal: 1} or {proposal: points}
    choices = models.JSONField(_("choice"), default=dict)

    class Meta(Municipal.Meta):
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "vote", "key"], name="ballot_of_code_once"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="box_open",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="fresh"),
                func=CLOSED,
            ),
            pgtrigger.Trigger(
                name="box_uncounted",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                referencing=pgtrigger.Referencing(old="gone"),
                func=UNCOUNTED,
            ),
            pgtrigger.Trigger(
                name="box_replaces",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=REPLACED,
            ),
        ]

    def __str__(self):
        return str(self.pk)
