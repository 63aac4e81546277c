"""Managers that know the active municipality: the first wall (row-level security is the second)."""

from django.db import models
from django.db.models import F

from . import scope


class InScope(models.Func):
    """`tenant in the active scope`, read when the query runs, so forms and lazy QuerySets may exist outside.

    Raises NoTenant at compile time if no scope is active; an empty scope gives no rows.
    """

    conditional, output_field = True, models.BooleanField()

    def __init__(self, *expressions, arm: str = "reads", **extra):
        super().__init__(*expressions, **extra)
        self.arm = arm

    def as_sql(self, compiler, connection, **context):
        ids = getattr(scope.required(), self.arm)
        sql, params = compiler.compile(self.source_expressions[0])
        if len(ids) == 1:
            return f"{sql} = %s", [*params, ids[0]]
        return f"{sql} = any(%s)", [*params, list(ids)]


class ScopedManager(models.Manager):
    """All rows of the tenants that the scope reads fully."""

    def get_queryset(self):
        return super().get_queryset().filter(InScope(F("tenant_id")))


class PublicManager(models.Manager):
    """Public rows of the tenants whose public rows the scope reads: what visitors see."""

    def get_queryset(self):
        return super().get_queryset().filter(InScope(F("tenant_id"), arm="readable"), visibility="public")


def children(rows: models.QuerySet, *names: str) -> models.QuerySet:
    """Prefetch rows that show where their parent shows, in a portal's scope as in a staff one.

    The scoped manager gives a visitor nothing, since a portal reads no tenant fully; these rows carry their parent's
    visibility, so row-level security alone decides, and shows the same ones.
    """
    return rows.prefetch_related(
        *(
            models.Prefetch(name, rows.model._meta.get_field(name).related_model.everywhere.all())
            for name in names
        )
    )


def scoped(queryset_class: type[models.QuerySet]):
    """The two managers for a model whose QuerySet speaks: `objects, published = scoped(OfferQuerySet)`."""
    return ScopedManager.from_queryset(queryset_class)(), PublicManager.from_queryset(queryset_class)()
