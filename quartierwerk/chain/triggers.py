"""What the database itself keeps true of the chain, also under bulk writes, imports and raw SQL.

A record brings its element along, hands on who may see it, and leaves a tombstone where something is linked to it.
A link is public where both its ends are, a tie to another municipality where our end is and theirs was.
"""

import pgtrigger

# `execute` plans anew each time: a plan kept from when the tables were small would make large imports crawl.
WITH_ITS_RECORD = """
execute $q$insert into chain_element (id, tenant_id, kind, visibility, shared_with, created_at)
select element_id, tenant_id, '{kind}', {visibility}, {shared_with}, now() from new_values
on conflict (id) do nothing$q$;
return null;
"""

AS_ITS_RECORD = """
update chain_element set visibility = new.visibility, shared_with = new.shared_with
 where tenant_id = new.tenant_id and id = new.element_id;
return null;
"""

# The text goes with the record; that something was there stays, so that the way does not break.
TOMBSTONE = """
execute $q$update chain_element e set removed_at = now(), visibility = 'tenant', shared_with = '{}'
  from old_values o
 where e.tenant_id = o.tenant_id and e.id = o.element_id
   and (exists (select from chain_link l where l.tenant_id = e.tenant_id and l.source_id = e.id)
     or exists (select from chain_link l where l.tenant_id = e.tenant_id and l.target_id = e.id)
     or exists (select from chain_elsewhere w where w.tenant_id = e.tenant_id and w.element_id = e.id))$q$;
execute $q$delete from chain_element e using old_values o
 where e.tenant_id = o.tenant_id and e.id = o.element_id and e.removed_at is null$q$;
return null;
"""

LINK_IS_PUBLIC = """
execute $q$select case when count(*) = 2 then 'public' else 'tenant' end
  from chain_element where tenant_id = $1 and id in ($2, $3) and visibility = 'public'$q$
  into new.visibility using new.tenant_id, new.source_id, new.target_id;
return new;
"""

TIE_IS_PUBLIC = """
select case when new.released_to_all and visibility = 'public' then 'public' else 'tenant' end into new.visibility
  from chain_element where tenant_id = new.tenant_id and id = new.element_id;
return new;
"""

# Writing the column makes the two triggers above decide anew.
DECIDE_ANEW = """
update chain_link set visibility = 'tenant' where tenant_id = new.tenant_id and source_id = new.id;
update chain_link set visibility = 'tenant' where tenant_id = new.tenant_id and target_id = new.id;
update chain_elsewhere set visibility = 'tenant' where tenant_id = new.tenant_id and element_id = new.id;
return null;
"""


def of_records(kind: str, *, shows: bool) -> list[pgtrigger.Trigger]:
    """The triggers of a model in the chain. shows: it has a visibility of its own."""
    own = {"visibility": "visibility", "shared_with": "shared_with"}
    staff_only = {"visibility": "'tenant'", "shared_with": "'{}'"}
    found = [
        pgtrigger.Trigger(
            name="element_comes_along",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            referencing=pgtrigger.Referencing(new="new_values"),
            func=WITH_ITS_RECORD.format(kind=kind, **(own if shows else staff_only)),
        ),
        pgtrigger.Trigger(
            name="element_becomes_tombstone",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Delete,
            referencing=pgtrigger.Referencing(old="old_values"),
            func=TOMBSTONE,
        ),
    ]
    if shows:
        found.append(
            pgtrigger.Trigger(
                name="element_shows_alike",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("visibility", "shared_with"),
                condition=pgtrigger.AnyChange("visibility", "shared_with"),
                func=AS_ITS_RECORD,
            )
        )
    return found


of_elements = [
    pgtrigger.Trigger(
        name="links_decide_anew",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("visibility"),
        condition=pgtrigger.AnyChange("visibility"),
        func=DECIDE_ANEW,
    )
]
of_links = [
    pgtrigger.Trigger(
        name="link_is_public",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("visibility", "source_id", "target_id"),
        func=LINK_IS_PUBLIC,
    )
]
of_ties = [
    pgtrigger.Trigger(
        name="tie_is_public",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("visibility", "released_to_all", "element_id"),
        func=TIE_IS_PUBLIC,
    )
]
