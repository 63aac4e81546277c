"""Managers that know the active municipality: the first wall (row-level security is the second)."""

from django.db import models
from django.db.models import F

from . import scope, walls


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


class ReadableHere(InScope):
    """Of a municipality whose public rows the scope reads, or of a neighbour whose row serves one of them."""

    def as_sql(self, compiler, connection, **context):
        own, params = InScope(self.source_expressions[0], arm="readable").as_sql(compiler, connection)
        # A neighbour is another municipality of the same Region; who belongs to none is spared the question.
        if len(ids := scope.required().readable) < 2:
            return own, params
        serves, more = compiler.compile(self.source_expressions[1])
        return f"({own} or {serves} && %s::bigint[])", [*params, *more, list(ids)]


class ScopedManager(models.Manager):
    """All rows of the tenants that the scope reads fully."""

    def get_queryset(self):
        return super().get_queryset().filter(InScope(F("tenant_id")))


class PublicManager(models.Manager):
    """Public rows of the tenants whose public rows the scope reads, and neighbours' that serve them: what visitors see."""

    def get_queryset(self):
        if walls.serves(self.model):
            here = ReadableHere(F("tenant_id"), F(walls.SERVES))
        else:
            here = InScope(F("tenant_id"), arm="readable")
        return super().get_queryset().filter(here, visibility="public")

    def reachable(self):
        """All public rows that the wall shows here: with what hangs on the neighbours' rows that serve this place.

        For a single record or those of known ids; a list of the place's own starts from the manager itself.
        """
        scope.required()
        return super().get_queryset().filter(visibility="public")


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
