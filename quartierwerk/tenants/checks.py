"""Refuses to run with a wall missing: in the models at every start, in the database before serving."""

from django.core import checks
from django.db import connections

from config import env

from . import walls
from .managers import ScopedManager


@checks.register()
def unique_constraints_name_the_tenant(app_configs, **kwargs):
    """A unique check across tenants would tell that a hidden row exists."""
    found = []
    for model in walls.municipal_models():
        if walls.is_history(model):
            continue
        for field in model._meta.concrete_fields:
            if field.unique and not field.primary_key:
                found.append(
                    checks.Error(
                        f"{model.__name__}.{field.name} is unique across municipalities; name the tenant too.",
                        obj=model,
                        id="walls.E001",
                    )
                )
        for constraint in model._meta.total_unique_constraints:
            if "tenant" not in constraint.fields:
                found.append(
                    checks.Error(
                        f"Constraint {constraint.name} of {model.__name__} leaves out the tenant.",
                        obj=model,
                        id="walls.E002",
                    )
                )
    return found


@checks.register()
def managers_filter_by_scope(app_configs, **kwargs):
    """Related managers, forms and `get_object_or_404` use the default manager: it must be the scoped one."""
    return [
        checks.Error(
            f"The default manager of {model.__name__} does not filter by municipality; derive its Meta from the base's.",
            obj=model,
            id="walls.E003",
        )
        for model in walls.municipal_models()
        if not walls.is_history(model) and not isinstance(model._default_manager, ScopedManager)
    ]


@checks.register(checks.Tags.database)
def walls_stand(app_configs, databases=None, **kwargs):
    """Compares the policies in the database with those derived from the models, and looks at the role."""
    if "default" not in (databases or []) or env.yes("QUARTIERWERK_AS_OWNER"):
        return []  # the owner is about to build the walls, or backs them up
    return [*_role_faults("default"), *_wall_faults("default")]


def _role_faults(alias: str):
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "select rolsuper or rolbypassrls, exists (select 1 from pg_tables where tableowner = current_user"
            " and schemaname = 'public') from pg_roles where rolname = current_user"
        )
        row = cursor.fetchone()
    if row and row[0]:
        yield checks.Error(
            "The server signs in to PostgreSQL with a role that may pass the walls between municipalities."
            " Set DATABASE_URL to the role qw_app.",
            id="walls.E010",
        )
    elif row and row[1]:
        yield checks.Error(
            "The server signs in to PostgreSQL as the owner of its tables. Set DATABASE_URL to the role qw_app"
            " and DATABASE_OWNER_URL to the owner.",
            id="walls.E011",
        )


# What a policy must ask for; the server prints expressions in its own way, so their marks are compared.
_MARKS = {
    "wall_seen": ("app.tenants",),
    "wall_added": ("app.writes",),
    "wall_changed": ("app.writes",),
    "wall_removed": ("app.writes",),
}
_COMMANDS = {"wall_seen": "r", "wall_added": "a", "wall_changed": "w", "wall_removed": "d"}


def _wall_faults(alias: str):
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "select c.relname, c.relrowsecurity, p.polname::text, p.polcmd::text, p.polpermissive,"
            " coalesce(pg_get_expr(p.polqual, p.polrelid), '') || ' ' ||"
            " coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')"
            " from pg_class c left join pg_policy p on p.polrelid = c.oid"
            " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
        )
        standing: dict[str, dict[str, tuple[str, bool, str]]] = {}
        enabled: dict[str, bool] = {}
        for table, is_on, name, command, permissive, words in cursor.fetchall():
            enabled[table] = is_on
            if name:
                standing.setdefault(table, {})[name] = (command, permissive, words)
    for model in walls.municipal_models():
        table = model._meta.db_table
        found = standing.get(table, {})
        whole = enabled.get(table) and set(found) == set(walls.policies(model))
        if not whole or not all(_stands(name, *found[name]) for name in found):
            yield checks.Error(
                f"Table {table} stands without its wall. Run `quartierwerk manage migrate`.", id="walls.E012"
            )


def _stands(name: str, command: str, permissive: bool, words: str) -> bool:
    return permissive and command == _COMMANDS[name] and all(mark in words for mark in _MARKS[name])
