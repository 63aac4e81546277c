import uuid
from collections.abc import Callable
from typing import ClassVar, TypeVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quartierwerk.journal.history import tracked
from quartierwerk.tenants.models import Tenant, Visible

from . import triggers

M = TypeVar("M", bound=type[models.Model])


class Relation(models.TextChoices):
    """How one element leads to the next; always in the direction of the chain, from voice to answer."""

    LED_TO = "led to", _("led to")
    PAID_BY = "paid by", _("is paid from")
    MEASURED_BY = "measured by", _("is measured by")
    PROVEN_BY = "proven by", _("is proven by")
    ANSWERED_BY = "answered by", _("was answered by")


class Element(Visible):
    """One link of the chain: the place of a record in it. Holds no text; what it is called stands in the record.

    Made, shown and removed with its record by triggers (`triggers.py`).
    """

    kind = models.CharField(_("kind"), max_length=40, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # A tombstone: the record is gone, its links stay, so that the way does not break.
    removed_at = models.DateTimeField(_("deleted on"), null=True, editable=False)

    class Meta(Visible.Meta):
        verbose_name = _("element of the chain")
        verbose_name_plural = _("elements of the chain")
        triggers = triggers.of_elements

    def __str__(self):
        return f"{self.kind} {self.pk}"


@tracked()
class Link(Visible):
    """One element led to another. Its visibility follows from its two ends."""

    source = models.ForeignKey(
        Element, models.PROTECT, related_name="links_onward", db_index=False, verbose_name=_("from")
    )
    target = models.ForeignKey(
        Element, models.PROTECT, related_name="links_back", db_index=False, verbose_name=_("to")
    )
    relation = models.CharField(_("relation"), max_length=20, choices=Relation)
    # The account's id, without a foreign key: erasing a person leaves the link standing, nameless.
    author = models.UUIDField(_("person"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(Visible.Meta):
        verbose_name = _("link of the chain")
        verbose_name_plural = _("links of the chain")
        triggers = triggers.of_links
        indexes = [models.Index(fields=["tenant", "target"], name="links_back")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "source", "target", "relation"], name="link_once"),
            models.CheckConstraint(name="link_leads_elsewhere", condition=~Q(source=F("target"))),
        ]

    def __str__(self):
        return f"{self.source_id} {self.relation} {self.target_id}"


@tracked()
class Elsewhere(Visible):
    """A link whose other end lies in another municipality: one row on each side, no foreign key between them.

    Theirs is known by what was released to us: uuid, kind, and the title as it stood then.
    """

    element = models.ForeignKey(Element, models.PROTECT, related_name="elsewhere", db_index=False)
    is_onward = models.BooleanField(_("leads from here to there"))
    relation = models.CharField(_("relation"), max_length=20, choices=Relation)
    other = models.ForeignKey(
        Tenant, models.PROTECT, related_name="+", db_index=False, verbose_name=_("municipality")
    )
    other_element = models.UUIDField(editable=False)
    other_kind = models.CharField(max_length=40, editable=False)
    other_title = models.CharField(_("title as released"), max_length=500, editable=False)
    other_language = models.CharField(max_length=35, editable=False)
    released_to_all = models.BooleanField(default=False, editable=False)
    author = models.UUIDField(_("person"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(Visible.Meta):
        verbose_name = _("link to another municipality")
        verbose_name_plural = _("links to other municipalities")
        triggers = triggers.of_ties
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "element", "other_element", "relation", "is_onward"], name="tie_once"
            ),
        ]

    def __str__(self):
        return f"{self.element_id} {self.relation} {self.other_element}"


class InChain(models.Model):
    """A record of the chain. Subclasses are decorated with `@in_chain("kind")`, name the constraint
    `one_element("…")`, and the package adds the kind to the register (`register.py`).

    `element_id` is known before the record is saved; the database makes the element (also for bulk writes).
    """

    chain_kind: ClassVar[str] = ""

    element = models.ForeignKey(
        Element, models.PROTECT, editable=False, default=uuid.uuid4, db_index=False, related_name="+"
    )

    class Meta:
        abstract = True


def one_element(model_name: str) -> models.UniqueConstraint:
    """One record to one element."""
    return models.UniqueConstraint(fields=["tenant", "element"], name=f"{model_name}_one_element")


def in_chain(kind: str) -> Callable[[M], M]:
    """Class decorator: the model's rows are elements of this kind. Stands below `@tracked`."""

    def decorate(model: M) -> M:
        model.chain_kind = kind  # type: ignore[attr-defined]
        shows = any(field.name == "visibility" for field in model._meta.concrete_fields)
        pgtrigger.register(*triggers.of_records(kind, shows=shows))(model)
        return model

    return decorate
