"""The second wall: row-level security, tenant-true foreign keys and inherited visibility, built from the models.

Every table with a foreign key `tenant` to Tenant gets its policies after each `migrate`; nothing has to be
remembered in a migration, and `checks.py` refuses a database whose walls differ from what is derived here
(ADR 0003). All statements can be repeated. Plain `current_setting(…)` without a subselect: the planner then
evaluates it while planning and finds the tenant index (ground for this: ADR 0003).
"""

from collections.abc import Iterator
from functools import lru_cache

from django.apps import apps
from django.db import connections, models

from config import env

READS = "current_setting('app.tenants')::bigint[]"
READABLE = "current_setting('app.readable')::bigint[]"
WRITES = "current_setting('app.writes')::bigint"

APP_ROLE, KEEPER_ROLE = "qw_app", "qw_keeper"


def municipal_models() -> list[type[models.Model]]:
    """Every concrete model whose rows belong to a municipality, history tables included."""
    return list(_municipal_among(tuple(apps.get_models(include_auto_created=True))))


@lru_cache(maxsize=2)  # asked some hundred times while the walls are derived
def _municipal_among(found: tuple[type[models.Model], ...]) -> tuple[type[models.Model], ...]:
    return tuple(
        model for model in found if model._meta.managed and not model._meta.proxy and is_municipal(model)
    )


def is_municipal(model: type[models.Model]) -> bool:
    if getattr(model, "wall_exempt", ""):
        return False
    fields = {field.name: field for field in model._meta.concrete_fields}
    tenant = fields.get("tenant")
    return tenant is not None and tenant.is_relation and tenant.related_model._meta.label == "tenants.Tenant"


def is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "pgh_tracked_model")


def is_append_only(model: type[models.Model]) -> bool:
    return is_history(model) or getattr(model, "append_only", False)


def shows(model: type[models.Model]) -> bool:
    """Whether rows of this model may be public or shared; history never is."""
    return not is_history(model) and any(field.name == "visibility" for field in model._meta.concrete_fields)


def policies(model: type[models.Model]) -> dict[str, str]:
    """Name → statement body of every policy that belongs to a municipal model."""
    own = f"tenant_id = any ({READS})"
    writes = f"tenant_id = {WRITES}"
    if shows(model):
        # Cheapest first: the later arms are asked only where the earlier ones refuse.
        seen = (
            f"{own} or (visibility = 'public' and tenant_id = any ({READABLE}))"
            f" or (visibility = 'shared' and shared_with && {READS})"
        )
        if served := arm_of_the_served(model):
            seen += f" or (visibility = 'public' and ({served}))"
    else:
        seen = own
    return {
        "wall_seen": f"for select using ({seen})",
        "wall_added": f"for insert with check ({writes})",
        "wall_changed": f"for update using ({writes}) with check ({writes})",
        "wall_removed": f"for delete using ({writes})",
    }


SERVES = "serves_tenants"


def serves(model: type[models.Model]) -> bool:
    """Whether rows name other municipalities that they serve and are public in."""
    return not is_history(model) and any(field.name == SERVES for field in model._meta.concrete_fields)


def arm_of_the_served(model: type[models.Model]) -> str:
    """Which rows of a neighbour are public here too: those that serve this municipality, and what hangs on them.

    Below such a row its children (`wall_parent`) are read, and what it names in `wall_serves`, for example an offer's
    texts and who offers it. The rows asked about stand behind their own wall, which this condition relies on.
    """
    if serves(model):
        return f"{SERVES} && {READABLE}"
    found = []
    table = f'"{model._meta.db_table}"'
    if parent := getattr(model, "wall_parent", lambda: None)():
        field = model._meta.get_field(parent)
        if arm_of_the_served(field.related_model):
            found.append((field.related_model, "id", field.column))
    for other in municipal_models():
        for name in () if is_history(other) else getattr(other, "wall_serves", ()):
            field = other._meta.get_field(name)
            if field.related_model is model:
                found.append((other, field.column, "id"))
    return " or ".join(
        f'exists (select from "{other._meta.db_table}" o where o.tenant_id = {table}.tenant_id'
        f' and o."{theirs}" = {table}."{ours}" and o.visibility = \'public\')'
        for other, theirs, ours in found
    )


def statements(model: type[models.Model], quote) -> Iterator[str]:
    table = quote(model._meta.db_table)
    yield f"alter table {table} enable row level security"
    for name, body in policies(model).items():
        yield f"drop policy if exists {name} on {table}"
        yield f"create policy {name} on {table} {body}"
    if is_append_only(model):
        yield f"revoke update, delete, truncate on {table} from {APP_ROLE}"


def tenant_keys(model: type[models.Model]) -> Iterator[tuple[str, str, str]]:
    """(constraint, column, parent table) of each foreign key that must not leave its tenant."""
    if is_history(model):
        return
    for field in model._meta.concrete_fields:
        if not field.is_relation or field.name == "tenant" or not is_municipal(field.related_model):
            continue
        yield (
            f"{model._meta.db_table}_{field.column}_same_tenant"[-63:],
            field.column,
            field.related_model._meta.db_table,
        )


def _standing(cursor) -> tuple[set[str], set[tuple[str, str]]]:
    """The names of all constraints, and (table, column) of all columns."""
    cursor.execute("select conname from pg_constraint")
    constraints = {name for (name,) in cursor.fetchall()}
    cursor.execute(
        "select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped"
    )
    return constraints, set(cursor.fetchall())


def _raise_keys(cursor, model, quote, constraints: set[str]) -> None:
    for name, column, parent in tenant_keys(model):
        unique = f"{parent}_tenant_id_id"[-63:]
        if unique not in constraints:
            cursor.execute(
                f"alter table {quote(parent)} add constraint {quote(unique)} unique (tenant_id, id)"
            )
        if name not in constraints:
            cursor.execute(
                f"alter table {quote(model._meta.db_table)} add constraint {quote(name)}"
                f" foreign key (tenant_id, {quote(column)}) references {quote(parent)} (tenant_id, id)"
                " deferrable initially deferred"
            )
        constraints |= {unique, name}


def _raise_inheritance(cursor, model, quote) -> None:
    """A child row shows exactly where its parent shows: copied when written, followed when the parent changes."""
    parent_field = getattr(model, "wall_parent", lambda: None)()
    if not parent_field:
        return
    field = model._meta.get_field(parent_field)
    child, parent = model._meta.db_table, field.related_model._meta.db_table
    take, hand = f"{child}_take_visibility"[-63:], f"{child}_hand_visibility"[-63:]
    column = quote(field.column)
    cursor.execute(f"""
        create or replace function {quote(take)}() returns trigger language plpgsql as $$ begin
          select visibility, shared_with into new.visibility, new.shared_with
            from {quote(parent)} where id = new.{column} for share; -- a withdrawal meanwhile waits, and hands on
          return new; end $$""")
    cursor.execute(
        f"create or replace trigger {quote(take)} before insert or update of {column}, visibility, shared_with"
        f" on {quote(child)} for each row execute function {quote(take)}()"
    )
    cursor.execute(f"""
        create or replace function {quote(hand)}() returns trigger language plpgsql as $$ begin
          update {quote(child)} set visibility = new.visibility, shared_with = new.shared_with
            where {column} = new.id; return new; end $$""")
    cursor.execute(
        f"create or replace trigger {quote(hand)} after update of visibility, shared_with on {quote(parent)}"
        " for each row when (old.visibility is distinct from new.visibility"
        f" or old.shared_with is distinct from new.shared_with) execute function {quote(hand)}()"
    )


def raise_all(using: str = "default") -> None:
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    quote = connection.ops.quote_name
    found = [model for model in municipal_models() if model._meta.db_table in existing]
    with connection.cursor() as cursor:
        for model in found:
            cursor.execute("; ".join(statements(model, quote)))
        for model in apps.get_models():
            # History of what belongs to no municipality has no wall, but may not be rewritten either.
            if is_history(model) and not is_municipal(model) and model._meta.db_table in existing:
                cursor.execute(
                    f"revoke update, delete, truncate on {quote(model._meta.db_table)} from {APP_ROLE}"
                )
        constraints, columns = _standing(cursor)
        for model in found:
            named = {(model._meta.db_table, field.column) for field in model._meta.concrete_fields}
            if named <= columns:  # else the table is of an older version, and gets these with its migration
                _raise_keys(cursor, model, quote, constraints)
                _raise_inheritance(cursor, model, quote)


def raise_after_migrate(sender, using, **kwargs):
    """Once per `migrate`, when the last app has reported. `flush` calls this too, as the app's role."""
    if not env.yes("QUARTIERWERK_AS_OWNER"):
        return
    if sender.label == list(apps.get_app_configs())[-1].label:
        raise_all(using)
